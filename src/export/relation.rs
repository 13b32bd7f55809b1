//! Relations as data.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::{MoneyData, text};
use super::share::ShareData;
use crate::graph::{Certainty, Relation, Rule};

/// `{"kind", "label", "from", "to", "fact", "certainty", "since", "until", "share", "amount", "derived",
/// "evidence"}`.
///
/// `label` is the verb from `from` to `to` in its tense: "was to acquire". `since` is when it began or happened, if that is stated.
/// `certainty` is null without a date to judge by.
impl Serialize for Relation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fact = self.fact();
        let record = fact.map(|fact| fact.record());
        let mut map = serializer.serialize_map(Some(12))?;
        map.serialize_entry("kind", &self.kind())?;
        map.serialize_entry("label", &self.told_label())?;
        map.serialize_entry("from", &self.from())?;
        map.serialize_entry("to", &self.to())?;
        map.serialize_entry("fact", &fact.map(|fact| fact.id()))?;
        map.serialize_entry("certainty", &self.certainty().map(Certainty::name))?;
        map.serialize_entry(
            "since",
            &text(record.as_ref().and_then(|record| record.since.or(record.completed))),
        )?;
        map.serialize_entry("until", &text(record.and_then(|record| record.until)))?;
        map.serialize_entry("share", &self.share().map(ShareData::from))?;
        map.serialize_entry("amount", &self.amount().map(MoneyData::from))?;
        map.serialize_entry("derived", &self.derived().map(Rule::name))?;
        map.serialize_entry("evidence", &self.evidence())?;
        map.end()
    }
}
