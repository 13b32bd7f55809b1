//! Serializes deals, and deals in groups.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::{MoneyData, text};
use crate::analysis::{DealGroup, DealSum, GroupName};
use crate::graph::{Entity, Fact};
use crate::query::{Converted, Deal, DealEnd};

/// The fields of its [`Fact`], and `{"date", "converted", "ends"}`: the date by which it is sorted; its amount as the
/// asker's rate makes it, with `rate` and `rate_date`, or null; when it ends, if that was asked, or null.
impl Serialize for Deal<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'g> {
            #[serde(flatten)]
            fact: Fact<'g>,
            date: Option<String>,
            converted: Option<Converted>,
            ends: Option<DealEnd>,
        }
        let date = text(self.fact.date());
        Fields { fact: self.fact, date, converted: self.converted, ends: self.end }.serialize(serializer)
    }
}

/// The fields of money, and `{"rate", "rate_date"}`.
impl Serialize for Converted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields {
            #[serde(flatten)]
            amount: MoneyData,
            rate: String,
            rate_date: String,
        }
        let (rate, rate_date) = (self.rate.rate().to_string(), self.rate.date().to_string());
        Fields { amount: self.amount.into(), rate, rate_date }.serialize(serializer)
    }
}

/// `{"date", "certainty"}`: the first day on which it is over, null if that is not known.
impl Serialize for DealEnd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("date", &text(self.date))?;
        map.serialize_entry("certainty", self.certainty.name())?;
        map.end()
    }
}

/// `{"group", "entity", "total", "deals", "sums", "without_amount", "only_possible", "legs", "legs_added", "rumoured",
/// "sought", "withdrawn", "replaced", "other_claims", "facts"}`.
///
/// `group` is null for what is not known and for the total, whose `total` is true; `entity` is the party of a group by
/// parties. All but `sums` and `facts` are counts; `facts` has the ids of the deals that `deals` counts.
impl Serialize for DealGroup<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = Some(self.name).filter(|name| !matches!(name, GroupName::Unknown(_) | GroupName::All));
        let entity: Option<Entity<'_>> = match self.name {
            GroupName::Party(party) => Some(party),
            _ => None,
        };
        // A date as it is written elsewhere in JSON.
        let name = match name {
            Some(GroupName::Year(date)) => Some(date.to_string()),
            name => text(name),
        };
        let mut map = serializer.serialize_map(Some(15))?;
        map.serialize_entry("group", &name)?;
        map.serialize_entry("entity", &entity)?;
        map.serialize_entry("total", &(self.name == GroupName::All))?;
        map.serialize_entry("deals", &self.deals.len())?;
        map.serialize_entry("sums", &self.sums)?;
        map.serialize_entry("without_amount", &self.without_amount)?;
        map.serialize_entry("only_possible", &self.only_possible)?;
        map.serialize_entry("legs", &self.legs.len())?;
        map.serialize_entry("legs_added", &self.legs_added)?;
        map.serialize_entry("rumoured", &self.rumoured.len())?;
        map.serialize_entry("sought", &self.sought.len())?;
        map.serialize_entry("withdrawn", &self.withdrawn.len())?;
        map.serialize_entry("replaced", &self.replaced.len())?;
        map.serialize_entry("other_claims", &self.other_claims.len())?;
        map.serialize_entry("facts", &self.deals.iter().map(|fact| fact.id()).collect::<Vec<_>>())?;
        map.end()
    }
}

/// The fields of money, and `{"approximate", "amounts", "rates"}`: whether an amount in it is approximate, how many
/// amounts it adds, and the rates that converted some. If the
/// sum has too many digits, `text` and both bounds are null.
impl Serialize for DealSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sum = self.amount;
        let mut map = serializer.serialize_map(Some(9))?;
        map.serialize_entry("text", &text(sum))?;
        map.serialize_entry("currency", self.currency.as_str())?;
        map.serialize_entry("low", &text(sum.and_then(|sum| sum.low())))?;
        map.serialize_entry("low_is_open", &sum.is_some_and(|sum| sum.low_is_open()))?;
        map.serialize_entry("high", &text(sum.and_then(|sum| sum.high())))?;
        map.serialize_entry("high_is_open", &sum.is_some_and(|sum| sum.high_is_open()))?;
        map.serialize_entry("approximate", &self.is_approximate)?;
        map.serialize_entry("amounts", &self.amounts)?;
        map.serialize_entry("rates", &self.rates)?;
        map.end()
    }
}
