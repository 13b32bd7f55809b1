//! Serializes relations.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::{MoneyData, text};
use super::property::Properties;
use super::share::ShareData;
use crate::graph::{Certainty, Relation, Right, Rule};
use crate::model::{Confidence, FactRecord};

/// `{"kind", "label", "from", "to", "fact", "certainty", "status", "announced", "signed", "since", "until", "share", "amount",
/// "derived", "evidence"}`.
///
/// `status` and all dates are those of its fact. An investment has the share that it buys, if stated.
/// `label` is the verb from `from` to `to` in its tense: "was to acquire". `since` is when the relation began or
/// happened, if stated. `certainty` is null without a date to judge by. A relation that ended, or may have ended by
/// the date of the view, for a reason other than its own dates also has `ended_by`: `[{"fact", "rule"}]`.
/// `together_with`, `territory`, `except`, `exclusive`, `term` and `properties` are present if stated, and so is `confidence`; what
/// follows from a rumour has that of a rumour. `disputed` is present where it is true, and `rests_on` with the ids of
/// the doubtful facts that a derived relation rests on. If only some of several claims state
/// the amount or the share, `amount_sources` and `share_sources` list the ids of those claims' sources.
impl Serialize for Relation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StakeExport(*self, Right::Equity).serialize(serializer)
    }
}

/// A stake: like its [`Relation`], but `share` is its share of the given right.
#[derive(Clone, Copy, Debug)]
pub struct StakeExport<'g>(pub Relation<'g>, pub Right);

impl Serialize for StakeExport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(relation, right) = self;
        let fact = relation.fact();
        let record = fact.map(|fact| fact.record());
        let mut map = serializer.serialize_map(Some(15))?;
        map.serialize_entry("kind", &relation.kind())?;
        map.serialize_entry("label", &relation.told_label())?;
        map.serialize_entry("from", &relation.from())?;
        map.serialize_entry("to", &relation.to())?;
        map.serialize_entry("fact", &fact.map(|fact| fact.id()))?;
        map.serialize_entry("certainty", &relation.certainty().map(Certainty::name))?;
        map.serialize_entry("status", &fact.and_then(|fact| fact.status()))?;
        map.serialize_entry("announced", &text(record.as_ref().and_then(|record| record.announced)))?;
        map.serialize_entry("signed", &text(record.as_ref().and_then(|record| record.signed)))?;
        map.serialize_entry(
            "since",
            &text(record.as_ref().and_then(|record| record.since.or(record.completed))),
        )?;
        map.serialize_entry("until", &text(record.as_ref().and_then(|record| record.until)))?;
        map.serialize_entry("share", &relation.told_share_of(*right).map(ShareData::from))?;
        map.serialize_entry("amount", &relation.amount().map(MoneyData::from))?;
        map.serialize_entry("derived", &relation.derived().map(Rule::name))?;
        map.serialize_entry("evidence", &relation.evidence())?;
        marks::<S>(&mut map, *relation, record.as_ref())?;
        let together = relation.together_with();
        if !together.is_empty() {
            map.serialize_entry("together_with", &together)?;
        }
        // Terms of a fact do not apply to its derivations.
        if let Some(record) = record.filter(|_| relation.derived().is_none()) {
            for (name, territory) in [("territory", &record.territory), ("except", &record.except)] {
                let codes: Vec<String> = territory.iter().map(ToString::to_string).collect();
                if !codes.is_empty() {
                    map.serialize_entry(name, &codes)?;
                }
            }
            if let Some(exclusive) = record.exclusive {
                map.serialize_entry("exclusive", &exclusive)?;
            }
            if let Some(term) = record.term.filter(|_| !relation.is_tie()) {
                map.serialize_entry("term", &term.to_string())?;
            }
            if let Some(fact) = fact.filter(|_| !record.properties.is_empty()) {
                map.serialize_entry("properties", &Properties(fact.properties()))?;
            }
        }
        let endings = relation.endings();
        if !endings.is_empty() {
            map.serialize_entry("ended_by", &endings)?;
        }
        // Some claims may omit what others state.
        for (name, telling) in
            [("amount_sources", relation.amount_evidence()), ("share_sources", relation.share_evidence())]
        {
            let mut sources: Vec<&str> = telling.iter().map(|evidence| evidence.source().id()).collect();
            sources.dedup();
            if !sources.is_empty() {
                map.serialize_entry(name, &sources)?;
            }
        }
        map.end()
    }
}

/// What the note of its sentence says of how certain it is.
fn marks<S: Serializer>(
    map: &mut S::SerializeMap,
    relation: Relation<'_>,
    record: Option<&FactRecord>,
) -> Result<(), S::Error> {
    let stated = record.filter(|_| relation.derived().is_none() && !relation.is_tie());
    let rumoured = Some(Confidence::Rumoured).filter(|_| relation.is_rumoured());
    if let Some(confidence) = stated.and_then(|record| record.confidence).or(rumoured) {
        map.serialize_entry("confidence", &confidence)?;
    }
    if relation.is_disputed() {
        map.serialize_entry("disputed", &true)?;
    }
    let rests_on: Vec<&str> = relation.rests_on().iter().map(|fact| fact.id()).collect();
    if !rests_on.is_empty() {
        map.serialize_entry("rests_on", &rests_on)?;
    }
    Ok(())
}
