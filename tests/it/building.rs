//! Building from records: many, in any order, with problems that name the record.

use keiretsu::{
    EntityKind, EntityRecord, FactKind, FactRecord, Graph, GraphBuilder, Id, Limits, RecordSort, Records,
    Role, SourceRecord,
};

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn company(n: usize) -> EntityRecord {
    EntityRecord::new(EntityKind::Company, id(&format!("c{n}")), format!("Company {n}"))
}

fn supply(n: usize) -> FactRecord {
    FactRecord::new(FactKind::Supply)
        .id(id(&format!("s{n}")))
        .role(Role::Supplier, id(&format!("c{n}")))
        .role(Role::Customer, id(&format!("c{}", n + 1)))
        .quote(id("letter"), "we supply them")
}

/// More than are packed at a time.
const MANY: usize = 2_000;

fn records() -> Records {
    let mut records = Records::default();
    records.title = Some("A chain".to_owned());
    records.sources.push(SourceRecord::new(id("letter"), "A letter"));
    records.entities.extend((0..=MANY).map(company));
    records.facts.extend((0..MANY).map(supply));
    records
}

/// Records that come one by one, facts first, make the graph of a list of records.
#[test]
fn a_stream_of_records_gives_the_graph_of_the_list() {
    let whole = GraphBuilder::from_records(records()).build().unwrap();
    let mut builder = Graph::builder();
    builder.title("A chain");
    builder.extend((0..MANY).map(supply));
    let copy = builder.clone();
    for mut builder in [builder, copy] {
        builder.extend((0..=MANY).rev().map(company));
        builder.extend([SourceRecord::new(id("letter"), "A letter")]);
        let graph = builder.clone().build().unwrap();
        assert_eq!(graph.to_records(), whole.to_records());
        assert_eq!(graph.warnings(), whole.warnings());
        let told = |graph: &Graph| graph.view().relations().map(|one| one.to_string()).collect::<Vec<_>>();
        assert_eq!(told(&graph), told(&whole));
    }
}

/// Limits hold for all records, whenever they are set, and a copy tells what its original does.
#[test]
fn limits_may_come_late() {
    let codes = |builder: GraphBuilder| -> Vec<(String, Option<String>)> {
        let error = builder.build().unwrap_err();
        let place = |d: &keiretsu::Diagnostic| d.record().and_then(|place| place.id.clone());
        error.diagnostics().iter().map(|d| (d.code.to_string(), place(d))).collect()
    };
    let short = Limits::default().name_chars(11);
    let mut early = Graph::builder();
    early.limits(short.clone());
    let mut late = Graph::builder();
    for builder in [&mut early, &mut late] {
        builder.extend((0..=MANY).map(company));
        // Another record of the same id, and the same one again.
        builder.entity(company(7)).entity(company(8).alias("Eight"));
        builder.source(SourceRecord::new(id("letter"), "A letter"));
        builder.extend((0..MANY).map(supply));
    }
    late.limits(short);
    let told = codes(early.clone());
    assert_eq!(told.iter().filter(|(code, _)| code == "E0504").count(), MANY + 1 - 1_000);
    assert!(told.contains(&("E0208".to_owned(), Some("c8".to_owned()))), "{told:?}");
    assert_eq!(codes(early), told);
    assert_eq!(codes(late), told);
}

#[test]
fn problems_name_the_record_and_its_field() {
    let mut builder = Graph::builder();
    builder.extend((0..=600).map(company));
    builder.entity(company(601).alias("a\u{7}b")).entity(company(7).alias("Seven"));
    builder.source(SourceRecord::new(id("letter"), "A letter")).source(SourceRecord::new(id("news"), ""));
    builder.extend((0..600).map(supply));
    let nowhere =
        FactRecord::new(FactKind::Supply).role(Role::Supplier, id("c1")).role(Role::Customer, id("c2"));
    builder.fact(nowhere.role(Role::Customer, id("nobody")).property("a b", "c"));
    let error = builder.build().unwrap_err();
    let places: Vec<_> = error
        .diagnostics()
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let place = diagnostic.record().unwrap();
            (
                diagnostic.code.as_str(),
                place.sort,
                place.position,
                place.id.as_deref(),
                place.field,
                place.item,
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("E0412", RecordSort::Source, 1, Some("news"), Some("title"), 0),
            ("E0410", RecordSort::Entity, 601, Some("c601"), Some("aliases"), 0),
            ("E0414", RecordSort::Fact, 600, None, Some("properties"), 0),
            ("E0208", RecordSort::Entity, 602, Some("c7"), None, 0),
            ("E0301", RecordSort::Fact, 600, None, Some("customer"), 1),
        ]
    );
    let json = serde_json::to_value(&error.diagnostics()[0]).unwrap();
    let record =
        serde_json::json!({"sort": "source", "position": 1, "id": "news", "field": "title", "item": 0});
    assert_eq!(json["record"], record);
}

/// Warnings of the whole graph name their facts, too.
#[test]
fn warnings_name_the_record() {
    let mut builder = Graph::builder();
    let stake = |n: usize, share: &str| {
        let fact = FactRecord::new(FactKind::Ownership)
            .id(id(&format!("stake-{n}")))
            .role(Role::Owner, id(&format!("c{n}")));
        let mut fact = fact.role(Role::Owned, id("c9"));
        let share = keiretsu::AttributeValue::Share(share.parse().unwrap());
        fact.unsourced = true;
        fact.attribute(keiretsu::Attribute::Share, share)
    };
    builder.extend((1..=9).map(company));
    builder.extend([stake(1, "60%"), stake(2, "70%")]);
    let graph = builder.build().unwrap();
    let warning = graph.warnings().iter().find(|warning| warning.code.as_str() == "W0918").unwrap();
    assert_eq!(warning.record().unwrap().id.as_deref(), Some("stake-2"), "{warning:?}");
}

#[test]
fn an_ambiguous_name_has_its_candidates() {
    let mut builder = Graph::builder();
    for n in 0..12 {
        builder.entity(EntityRecord::new(EntityKind::Company, id(&format!("delta-{n:02}")), "Delta"));
    }
    let graph = builder.build().unwrap();
    let error = graph.view().find("Delta").unwrap_err();
    assert!(error.to_string().ends_with("one of 2 more"), "{error}");
    let candidates = error.candidates();
    assert_eq!(candidates.len(), 12);
    assert_eq!(
        (candidates[11].id.as_str(), candidates[11].kind, candidates[11].name.as_str()),
        ("delta-11", "Company", "Delta")
    );
    assert!(graph.view().find("Epsilon").unwrap_err().candidates().is_empty());
}
