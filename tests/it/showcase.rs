//! graphs/showcase uses every word of the format at least once.

use std::collections::BTreeSet;

use keiretsu::vocabulary::{AttributeType, FACTS};
use keiretsu::{
    AttributeValue, Confidence, End, EntityKind, EntityRecord, FactRecord, Graph, Reason, Records,
    SourceKind, Stance, Status,
};

fn records() -> Records {
    Graph::open(concat!(env!("CARGO_MANIFEST_DIR"), "/graphs/showcase")).unwrap().to_records()
}

/// The entries of a list that nothing uses.
fn unused<T: Copy + std::fmt::Debug>(all: &[T], used: impl Fn(T) -> bool) -> Vec<T> {
    all.iter().copied().filter(|item| !used(*item)).collect()
}

#[test]
fn every_kind_role_attribute_and_choice() {
    let facts = records().facts;
    let mut missing = Vec::new();
    for row in FACTS {
        let own: Vec<&FactRecord> = facts.iter().filter(|fact| fact.kind == row.kind).collect();
        if own.is_empty() {
            missing.push(row.kind.to_string());
        }
        for role in row.roles {
            if !own.iter().any(|fact| fact.in_role(role.role).next().is_some()) {
                missing.push(format!("{}.{}", row.kind, role.role));
            }
        }
        for attribute in row.attributes {
            let values: Vec<&AttributeValue> = own
                .iter()
                .flat_map(|fact| fact.attributes.iter())
                .filter(|(name, _)| *name == attribute.attribute)
                .map(|(_, value)| value)
                .collect();
            if values.is_empty() {
                missing.push(format!("{}.{}", row.kind, attribute.attribute));
            }
            if let AttributeType::Choice(words) = attribute.values {
                for word in words {
                    if !values.contains(&&AttributeValue::Choice(word.name)) {
                        missing.push(format!("{}.{}: {}", row.kind, attribute.attribute, word.name));
                    }
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_common_field_of_facts() {
    let facts = records().facts;
    let some = |used: &dyn Fn(&FactRecord) -> bool| facts.iter().any(used);
    let fields: [(&str, bool); 30] = [
        ("id", some(&|fact| fact.id.is_some())),
        ("no id", some(&|fact| fact.id.is_none())),
        ("announced", some(&|fact| fact.announced.is_some())),
        ("signed", some(&|fact| fact.signed.is_some())),
        ("since", some(&|fact| fact.since.is_some())),
        ("completed", some(&|fact| fact.completed.is_some())),
        ("until a date", some(&|fact| matches!(fact.until, Some(End::On(_))))),
        ("until open", some(&|fact| fact.until == Some(End::Open))),
        ("until unknown", some(&|fact| fact.until == Some(End::Unknown))),
        ("withdrawn", some(&|fact| fact.withdrawn.is_some())),
        ("term", some(&|fact| fact.term.is_some_and(|term| !term.is_perpetual()))),
        ("perpetual", some(&|fact| fact.term.is_some_and(|term| term.is_perpetual()))),
        ("as_of", some(&|fact| fact.as_of.is_some())),
        ("amount", some(&|fact| fact.amount.is_some())),
        ("payer", some(&|fact| fact.in_role(keiretsu::Role::Payer).next().is_some())),
        ("through", some(&|fact| fact.in_role(keiretsu::Role::Through).next().is_some())),
        ("quantity", some(&|fact| fact.quantity.is_some())),
        ("territory", some(&|fact| fact.territory.iter().any(|place| place.country().is_some()))),
        ("worldwide", some(&|fact| fact.territory.iter().any(|place| place.is_worldwide()))),
        ("except", some(&|fact| !fact.except.is_empty())),
        ("exclusive", some(&|fact| fact.exclusive == Some(true))),
        ("not exclusive", some(&|fact| fact.exclusive == Some(false))),
        ("condition", some(&|fact| fact.condition.is_some())),
        ("part_of", some(&|fact| fact.part_of.is_some())),
        ("tied_to", some(&|fact| !fact.tied_to.is_empty())),
        ("replaces", some(&|fact| !fact.replaces.is_empty())),
        ("claims_of", some(&|fact| fact.claims_of.is_some())),
        ("note", some(&|fact| fact.note.is_some())),
        ("evidence", some(&|fact| !fact.evidence.is_empty())),
        ("unsourced", some(&|fact| fact.unsourced)),
    ];
    let missing: Vec<_> = fields.iter().filter(|(_, used)| !used).map(|(name, _)| *name).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(unused(Status::ALL, |status| some(&|fact| fact.status == Some(status))), []);
    assert_eq!(unused(Confidence::ALL, |sure| some(&|fact| fact.confidence == Some(sure))), []);
    let stance = |stance| some(&|fact| fact.evidence.iter().any(|evidence| evidence.stance == stance));
    assert_eq!(unused(Stance::ALL, stance), []);
    let evidence = || facts.iter().flat_map(|fact| &fact.evidence);
    assert!(evidence().any(|e| e.locator.is_some()) && evidence().any(|e| e.said_by.is_some()));
}

#[test]
fn every_section_and_field_of_records() {
    let records = records();
    let of = |kind| records.entities.iter().filter(move |entity| entity.kind == kind);
    assert_eq!(unused(EntityKind::ALL, |kind| of(kind).next().is_some()), []);
    let any = |used: &dyn Fn(&EntityRecord) -> bool| records.entities.iter().any(used);
    let fields = [
        ("aliases", any(&|e| !e.aliases.is_empty())),
        ("former_names", any(&|e| !e.former_names.is_empty())),
        ("native_name", any(&|e| e.native_name.is_some())),
        ("country", any(&|e| e.country.is_some())),
        ("lei", any(&|e| e.identifiers.lei.is_some())),
        ("isin", any(&|e| !e.identifiers.isin.is_empty())),
        ("wikidata", any(&|e| e.identifiers.wikidata.is_some())),
        ("register", any(&|e| !e.identifiers.register.is_empty())),
        ("website", any(&|e| e.website.is_some())),
        ("note", any(&|e| e.note.is_some())),
        ("evidence", any(&|e| !e.evidence.is_empty())),
        ("industry", any(&|e| e.industry.is_some())),
        ("legal_form", any(&|e| e.legal_form.is_some())),
        ("holders_complete", any(&|e| e.holders_complete)),
        ("class", any(&|e| e.class.is_some())),
        ("members of a product", of(EntityKind::Product).any(|e| !e.members.is_empty())),
        ("members of a patent", of(EntityKind::Patent).any(|e| !e.members.is_empty())),
        ("number", any(&|e| e.number.is_some())),
        ("count", any(&|e| e.count.is_some())),
        ("topics", any(&|e| !e.topics.is_empty())),
        ("filed", any(&|e| e.filed.is_some())),
        ("granted", any(&|e| e.granted.is_some())),
        ("expires", any(&|e| e.expires.is_some())),
        ("of", any(&|e| e.of.is_some())),
        ("kind", any(&|e| e.stands_for.is_some())),
    ];
    let missing: Vec<_> = fields.iter().filter(|(_, used)| !used).map(|(name, _)| *name).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert_eq!(unused(Reason::ALL, |reason| any(&|e| e.reason == Some(reason))), []);
    let sources = &records.sources;
    assert_eq!(unused(SourceKind::ALL, |kind| sources.iter().any(|source| source.kind == Some(kind))), []);
    assert!(sources.iter().any(|s| s.publisher.is_some() && s.published.is_some()));
    assert!(sources.iter().any(|s| s.author.is_some()));
    assert!(sources.iter().any(|s| s.url.is_some()));
    assert!(sources.iter().any(|s| s.accessed.is_some()));
    assert!(sources.iter().any(|s| s.language.is_some()));
    assert!(records.title.is_some() && records.description.is_some());
}

/// Every example of docs/file-format.md's grammars, by its shape: digits as `9`, letters of codes as `A`.
#[test]
fn every_form_of_dates_and_figures() {
    let records = records();
    let mut dates = BTreeSet::new();
    let mut others = BTreeSet::new();
    let shape =
        |text: String| text.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    for fact in &records.facts {
        let ends = match fact.until {
            Some(End::On(date)) => Some(date),
            _ => None,
        };
        let all = [fact.announced, fact.signed, fact.since, fact.completed, fact.withdrawn, fact.as_of, ends];
        dates.extend(all.into_iter().flatten().map(|date| shape(date.to_string())));
        let text =
            |value: Option<String>| value.map(|value| shape(value).replace("999", "9").replace("99", "9"));
        others.extend(text(fact.quantity.map(|quantity| quantity.to_string())));
        for (_, value) in &fact.attributes {
            if let AttributeValue::Share(share) = value {
                others.extend(text(Some(share.to_string())));
            }
        }
        if let Some(amount) = fact.amount {
            others.insert(if amount.is_undisclosed() {
                "amount undisclosed".into()
            } else {
                "amount".into()
            });
            let text = amount.to_string();
            others.extend(text.contains('~').then(|| "amount ~".to_owned()));
            others.extend(text.contains("..").then(|| "amount ..".to_owned()));
            others.extend((!text.contains("illion")).then(|| "amount in digits".to_owned()));
        }
    }
    for form in
        ["9999", "9999-99", "9999-99-99", "9999-Q9", "9999-H9", "9999~", "9999-99?", "9999-99-99/9999-99-99"]
    {
        assert!(dates.contains(form), "no date like {form}: {dates:?}");
    }
    assert!(dates.iter().any(|date| date.starts_with("../")), "{dates:?}");
    assert!(dates.iter().any(|date| date.ends_with("/..")), "{dates:?}");
    let wanted = [
        "amount",
        "amount ~",
        "amount ..",
        "amount in digits",
        "amount undisclosed",
        "undisclosed",
        "majority",
    ];
    for form in wanted {
        assert!(others.contains(form), "nothing like {form}: {others:?}");
    }
    for start in ["~9", ">=9", "<=9"] {
        let like = |percent: bool| others.iter().any(|o| o.starts_with(start) && o.ends_with('%') == percent);
        assert!(like(true) && like(false), "a share and a quantity like {start}: {others:?}");
    }
    let range = |percent: bool| others.iter().any(|o| o.contains("..") && o.ends_with('%') == percent);
    assert!(range(true) && range(false), "a range of shares and of quantities: {others:?}");
}
