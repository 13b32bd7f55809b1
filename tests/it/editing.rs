//! A graph edited, and two graphs merged.

use std::fs;

use keiretsu::{
    Diagnostic, EntityKind, EntityRecord, FactKind, FactRecord, Graph, GraphBuilder, Id, MergePolicy,
    Records, Result, Role, SourceRecord,
};
use proptest::prelude::*;

use crate::property::cases;

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn company(name: &str) -> EntityRecord {
    EntityRecord::new(EntityKind::Company, id(&name.to_lowercase()), name)
}

fn supply(own: Option<&str>, from: &str, to: &str) -> FactRecord {
    let mut fact =
        FactRecord::new(FactKind::Supply).role(Role::Supplier, id(from)).role(Role::Customer, id(to));
    fact.id = own.map(id);
    fact.unsourced = true;
    fact
}

/// One edit. Numbers choose among few ids, so that edits meet.
#[derive(Clone, Copy, Debug)]
enum Edit {
    AddEntity(u8, u8),
    ReplaceEntity(u8, u8),
    RemoveEntity(u8),
    AddFact(u8, u8, u8),
    ReplaceFact(u8, u8, u8),
    RemoveFact(u8),
    AddSource(u8),
    ReplaceSource(u8, u8),
    RemoveSource(u8),
}

fn entity(n: u8, variant: u8) -> EntityRecord {
    let record = EntityRecord::new(EntityKind::Company, id(&format!("c{n}")), format!("Company {n}"));
    if variant == 0 { record } else { record.property("variant", variant.to_string()) }
}

fn source(n: u8, variant: u8) -> SourceRecord {
    SourceRecord::new(id(&format!("s{n}")), format!("Source {n}.{variant}"))
}

/// A fact with the id `f{n}`, or without for 0.
fn fact(n: u8, from: u8, to: u8) -> FactRecord {
    let own = format!("f{n}");
    supply((n > 0).then_some(own.as_str()), &format!("c{from}"), &format!("c{to}"))
}

fn start() -> Records {
    let mut records = Records::default();
    records.title = Some("Start".to_owned());
    records.sources.extend((0..3).map(|n| source(n, 0)));
    records.entities.extend((0..5).map(|n| entity(n, 0)));
    records.facts.extend([fact(1, 0, 1), fact(0, 1, 2), fact(2, 2, 3), fact(0, 1, 2), fact(3, 3, 4)]);
    records.facts[2] = records.facts[2].clone().quote(id("s0"), "it supplies").property("kept", "yes\nso");
    records
}

/// The position of a record, or none if an edit is to fail.
fn at<R>(records: &[R], id_of: impl Fn(&R) -> Option<&Id>, wanted: &str) -> Option<usize> {
    records.iter().position(|record| id_of(record).is_some_and(|own| own.as_str() == wanted))
}

/// Does to a list what the editor does to a graph; false if there is nothing to edit.
fn put<R>(records: &mut Vec<R>, place: Option<usize>, new: Option<R>) -> bool {
    match (place, new) {
        (Some(place), Some(new)) => records[place] = new,
        (Some(place), None) => drop(records.remove(place)),
        (None, _) => return false,
    }
    true
}

fn edit_records(records: &mut Records, edit: Edit) -> bool {
    let entity_at = |records: &Records, n: u8| at(&records.entities, |one| Some(&one.id), &format!("c{n}"));
    let fact_at = |records: &Records, n: u8| at(&records.facts, |one| one.id.as_ref(), &format!("f{n}"));
    let source_at = |records: &Records, n: u8| at(&records.sources, |one| Some(&one.id), &format!("s{n}"));
    match edit {
        Edit::AddEntity(n, variant) => records.entities.push(entity(n, variant)),
        Edit::AddFact(n, from, to) => records.facts.push(fact(n, from, to)),
        Edit::AddSource(n) => records.sources.push(source(n, 1)),
        Edit::ReplaceEntity(n, variant) => {
            let place = entity_at(records, n);
            return put(&mut records.entities, place, Some(entity(n, variant)));
        }
        Edit::RemoveEntity(n) => {
            let place = entity_at(records, n);
            return put(&mut records.entities, place, None);
        }
        Edit::ReplaceFact(n, from, to) => {
            let place = fact_at(records, n);
            return put(&mut records.facts, place, Some(fact(n, from, to)));
        }
        Edit::RemoveFact(n) => {
            let place = fact_at(records, n);
            return put(&mut records.facts, place, None);
        }
        Edit::ReplaceSource(n, variant) => {
            let place = source_at(records, n);
            return put(&mut records.sources, place, Some(source(n, variant)));
        }
        Edit::RemoveSource(n) => {
            let place = source_at(records, n);
            return put(&mut records.sources, place, None);
        }
    }
    true
}

fn edit_graph(editor: &mut keiretsu::GraphEditor, edit: Edit) {
    match edit {
        Edit::AddEntity(n, variant) => editor.add_entity(entity(n, variant)),
        Edit::AddFact(n, from, to) => editor.add_fact(fact(n, from, to)),
        Edit::AddSource(n) => editor.add_source(source(n, 1)),
        Edit::ReplaceEntity(n, variant) => editor.replace_entity(entity(n, variant)),
        Edit::RemoveEntity(n) => editor.remove_entity(&format!("c{n}")),
        Edit::ReplaceFact(n, from, to) => editor.replace_fact(&format!("f{n}"), fact(n, from, to)),
        Edit::RemoveFact(n) => editor.remove_fact(&format!("f{n}")),
        Edit::ReplaceSource(n, variant) => editor.replace_source(source(n, variant)),
        Edit::RemoveSource(n) => editor.remove_source(&format!("s{n}")),
    };
}

/// All that can be seen of a graph.
#[derive(Debug, PartialEq)]
struct Seen {
    records: Records,
    warnings: Vec<Diagnostic>,
    relations: Vec<String>,
    facts: Vec<String>,
}

/// What was built, or the problems.
fn seen(built: &Result<Graph>) -> std::result::Result<Seen, Vec<Diagnostic>> {
    let graph = built.as_ref().map_err(|error| error.diagnostics().to_vec())?;
    Ok(Seen {
        records: graph.to_records(),
        warnings: graph.warnings().to_vec(),
        relations: graph.view().relations().map(|relation| relation.to_string()).collect(),
        facts: graph.view().facts().map(|fact| fact.id().to_owned()).collect(),
    })
}

fn an_edit() -> impl Strategy<Value = Edit> {
    let (n, one) = (0_u8..7, 1_u8..6);
    prop_oneof![
        (5_u8..9, 0_u8..2).prop_map(|(n, variant)| Edit::AddEntity(n, variant)),
        (n.clone(), 0_u8..3).prop_map(|(n, variant)| Edit::ReplaceEntity(n, variant)),
        n.clone().prop_map(Edit::RemoveEntity),
        (0_u8..9, n.clone(), n.clone()).prop_map(|(own, from, to)| Edit::AddFact(own, from, to)),
        (one.clone(), n.clone(), n.clone()).prop_map(|(own, from, to)| Edit::ReplaceFact(own, from, to)),
        one.prop_map(Edit::RemoveFact),
        (3_u8..6).prop_map(Edit::AddSource),
        (0_u8..4, 0_u8..3).prop_map(|(n, variant)| Edit::ReplaceSource(n, variant)),
        (0_u8..4).prop_map(Edit::RemoveSource),
    ]
}

proptest! {
    #![proptest_config(cases(500))]

    /// The edited graph is that of the edited records; or fails as they do.
    #[test]
    fn editing_is_building_from_the_edited_records(edits in prop::collection::vec(an_edit(), 0..8)) {
        let graph = GraphBuilder::from_records(start()).build().unwrap();
        let (mut records, mut editor) = (start(), graph.edit());
        for edit in edits {
            edit_graph(&mut editor, edit);
            if !edit_records(&mut records, edit) {
                let error = editor.build().unwrap_err();
                prop_assert!(error.to_string().contains("cannot be edited"), "{error}");
                return Ok(());
            }
        }
        prop_assert_eq!(seen(&editor.build()), seen(&GraphBuilder::from_records(records).build()));
        prop_assert_eq!(graph.to_records(), start());
    }
}

#[test]
fn nothing_edited_is_the_same_graph() {
    for folder in ["graphs", "graphs/showcase", "graphs/ownership"] {
        let graph = Graph::open(folder).unwrap();
        let same = graph.edit().build().unwrap();
        assert_eq!(same.to_records(), graph.to_records(), "{folder}");
        assert_eq!(same.title(), graph.title());
        let places = |graph: &Graph| {
            let mut places: Vec<_> =
                graph.warnings().iter().map(|one| (one.at.clone(), one.message.clone())).collect();
            places.sort();
            places
        };
        assert_eq!(places(&same), places(&graph), "{folder}");
    }
}

#[test]
fn a_fact_is_named_by_its_derived_id() {
    let mut records = start();
    records.facts.truncate(2);
    let graph = GraphBuilder::from_records(records).build().unwrap();
    let mut edit = graph.edit();
    edit.title("Edited").replace_fact("supply-c1-c2", supply(Some("mine"), "c2", "c1")).remove_fact("f1");
    let edited = edit.build().unwrap();
    assert_eq!(edited.title(), Some("Edited"));
    let told: Vec<_> = edited.view().facts().map(|fact| (fact.id(), fact.sentence())).collect();
    assert_eq!(told, [("mine", "Company 2 supplies Company 1".to_owned())]);
}

fn chain(title: Option<&str>, entities: &[EntityRecord], facts: &[FactRecord]) -> Graph {
    let mut records = Records::default();
    records.title = title.map(str::to_owned);
    records.entities = entities.to_vec();
    records.facts = facts.to_vec();
    GraphBuilder::from_records(records).build().unwrap()
}

fn told(graph: &Graph) -> Vec<String> {
    graph.view().relations().map(|relation| relation.to_string()).collect()
}

#[test]
fn what_two_graphs_share_is_one() {
    let first =
        chain(None, &[company("A"), company("B")], &[supply(Some("x"), "a", "b"), supply(None, "b", "a")]);
    let second = chain(
        Some("Second"),
        &[company("B"), company("C"), company("A")],
        &[supply(None, "b", "a"), supply(None, "b", "c"), supply(Some("x"), "a", "b")],
    );
    let merged = first.merge(&second).build().unwrap();
    assert_eq!(merged.title(), Some("Second"));
    let ids: Vec<_> = merged.view().facts().map(|fact| fact.id().to_owned()).collect();
    assert_eq!(ids, ["x", "supply-b-a", "supply-b-c"]);
    assert_eq!(merged.view().entities().count(), 3);
    // A graph and itself are the graph.
    for folder in ["graphs", "graphs/showcase", "graphs/ownership"] {
        let graph = Graph::open(folder).unwrap();
        let same = graph.merge(&graph).match_identifiers().build().unwrap();
        assert_eq!(same.to_records(), graph.to_records(), "{folder}");
    }
}

#[test]
fn what_two_graphs_state_differently_goes_by_the_policy() {
    let letter = |title: &str| SourceRecord::new(id("letter"), title);
    let graph = |name: &str, customer: &str, title: &str| {
        let mut records = Records::default();
        records.sources = vec![letter(title)];
        records.entities =
            vec![company("B"), company("C"), EntityRecord::new(EntityKind::Company, id("a"), name)];
        records.facts =
            vec![supply(Some("x"), "a", customer), supply(Some("y"), "b", "c").quote(id("letter"), "it is")];
        records.facts[1].unsourced = false;
        GraphBuilder::from_records(records).build().unwrap()
    };
    let (first, second) = (graph("One", "b", "A letter"), graph("Two", "c", "Another"));
    let error = first.merge(&second).build().unwrap_err();
    let conflicts: Vec<_> = error
        .diagnostics()
        .iter()
        .filter(|one| one.is_error())
        .map(|one| (one.code.as_str(), one.record().and_then(|place| place.id.clone()).unwrap()))
        .collect();
    assert_eq!(
        conflicts,
        [("E0208", "letter".to_owned()), ("E0208", "a".to_owned()), ("E0208", "x".to_owned())]
    );
    let expected = [
        (MergePolicy::KeepFirst, "One supplies B", "A letter", "that of the first graph was kept"),
        (MergePolicy::KeepSecond, "Two supplies C", "Another", "that of the second graph was kept"),
    ];
    for (policy, sentence, title, warning) in expected {
        let merged = first.merge(&second).policy(policy).build().unwrap();
        assert_eq!(told(&merged), [sentence, "B supplies C"]);
        assert_eq!(merged.view().sources().next().unwrap().title(), title);
        let warnings = merged.warnings().iter().filter(|one| one.code.as_str() == "W0928");
        let warnings: Vec<_> =
            warnings.map(|one| (one.record().unwrap().id.as_deref().unwrap(), &one.message)).collect();
        assert_eq!(warnings.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["letter", "a", "x"]);
        assert!(warnings.iter().all(|(_, message)| message.ends_with(warning)), "{warnings:?}");
    }
}

#[test]
fn entities_are_matched_by_identifiers_only_when_asked() {
    let with = |id: &str, name: &str, lei: &str| {
        let json = format!(
            r#"{{"kind": "Company", "id": "{id}", "name": "{name}", "identifiers": {{"lei": "{lei}"}}}}"#
        );
        serde_json::from_str::<EntityRecord>(&json).unwrap()
    };
    const LEI: &str = "INR2EJN1ERAN0W5ZP974";
    let first = chain(None, &[with("acme", "Acme", LEI), company("B")], &[supply(Some("x"), "acme", "b")]);
    let second =
        chain(None, &[with("acme-ltd", "Acme", LEI), company("C")], &[supply(Some("y"), "acme-ltd", "c")]);
    // Without, the identifier stands at two entities, which no graph may have.
    let error = first.merge(&second).build().unwrap_err();
    assert!(error.diagnostics().iter().any(|one| one.code.as_str() == "E0305"), "{error}");
    let merged = first.merge(&second).match_identifiers().build().unwrap();
    assert_eq!(told(&merged), ["Acme supplies B", "Acme supplies C"]);
    assert_eq!(
        merged.view().entities().map(|one| one.id().to_owned()).collect::<Vec<_>>(),
        ["acme", "b", "c"]
    );
    // Two of the second graph may be one of the first only if they say the same.
    let wikidata = r#"{"kind": "Company", "id": "b", "name": "B", "identifiers": {"wikidata": "Q42"}}"#;
    let first = chain(
        None,
        &[with("acme", "Acme", LEI), serde_json::from_str(wikidata).unwrap()],
        &[supply(None, "acme", "b")],
    );
    let both = format!(
        r#"{{"kind": "Company", "id": "both", "name": "Both", "identifiers": {{"lei": "{LEI}", "wikidata": "Q42"}}}}"#
    );
    let second = chain(None, &[serde_json::from_str(&both).unwrap()], &[]);
    let error = first.merge(&second).match_identifiers().policy(MergePolicy::KeepFirst).build().unwrap_err();
    assert!(
        error.to_string().contains("`both` of the second graph has identifiers of `acme` and `b`"),
        "{error}"
    );
}

/// Merged and edited graphs are graphs like others.
#[test]
fn an_edited_graph_is_packed_like_others() {
    let graph = chain(None, &[company("A"), company("B")], &[supply(Some("x"), "a", "b")]);
    let mut edit = graph.edit();
    edit.add_entity(company("C")).add_fact(supply(None, "b", "c").property("n", "1"));
    let edited = edit.build().unwrap();
    let path = std::env::temp_dir().join(format!("keiretsu-edited-{}.keiretsu", std::process::id()));
    let mut bytes = Vec::new();
    edited.write_snapshot(&mut bytes).unwrap();
    fs::write(&path, bytes).unwrap();
    assert_eq!(Graph::open(&path).unwrap().to_records(), edited.to_records());
    fs::remove_file(path).unwrap();
}
