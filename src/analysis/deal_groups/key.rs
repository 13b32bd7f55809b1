use crate::graph::{Entity, Fact};
use crate::model::{FactKind, Status};
use crate::value::{Country, Currency, Date, Money};

/// What deals are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DealKey {
    /// The year of [`Fact::date`], so that a deal announced in 2014 and closed in 2015 counts once, in 2014. A date that
    /// is not within one year is a group of its own, such as 2014/2015.
    Year,
    /// The currency of the amount; of a converted amount, the currency that it is converted to.
    Currency,
    /// Each party, besides those that were [asked for](crate::Deals::with). A deal counts for all of its other parties, so
    /// that sums overlap.
    Party,
    /// The kind of fact.
    Kind,
    /// The status, as stated or judged by the dates.
    Status,
    /// Each country of a party, besides those that were [asked for](crate::Deals::with). A deal counts for all of them, so
    /// that sums overlap.
    Country,
}

/// What the deals of a group have in common.
///
/// `Display` is its name: "2014", "USD", "Microsoft", "undated".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GroupName<'g> {
    /// A year, or several of which nobody knows which.
    Year(Date),
    /// A currency.
    Currency(Currency),
    /// A party.
    Party(Entity<'g>),
    /// A kind of fact.
    Kind(FactKind),
    /// A status.
    Status(Status),
    /// A country.
    Country(Country),
    /// It is not known: no date, no stated amount, no country.
    Unknown(DealKey),
    /// All deals, for the total.
    All,
}

impl std::fmt::Display for GroupName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Year(date) => write!(f, "{}", date.words()),
            Self::Currency(currency) => currency.fmt(f),
            Self::Party(party) => f.write_str(&party.told_name()),
            Self::Kind(kind) => f.write_str(kind.name()),
            Self::Status(status) => f.write_str(status.name()),
            Self::Country(country) => country.fmt(f),
            Self::Unknown(key) => f.write_str(key.unknown()),
            Self::All => f.write_str("total"),
        }
    }
}

impl DealKey {
    /// The groups of a deal with this amount, each once; at least one. Parties that were asked for are in none, unless
    /// there are no others.
    pub(super) fn of<'g>(
        self,
        fact: Fact<'g>,
        amount: Option<Money>,
        asked: &[Entity<'g>],
    ) -> Vec<GroupName<'g>> {
        let mut parties = Vec::new();
        if matches!(self, Self::Party | Self::Country) {
            parties.extend(fact.roles().filter(|(role, _)| !role.is_object()).map(|(_, party)| party));
        }
        if parties.iter().any(|party| !asked.contains(party)) {
            parties.retain(|party| !asked.contains(party));
        }
        let country = |party: &Entity<'g>| party.country().map(GroupName::Country);
        let one = match self {
            Self::Year => fact.date().and_then(years).map(GroupName::Year),
            Self::Currency => amount.and_then(Money::currency).map(GroupName::Currency),
            Self::Kind => Some(GroupName::Kind(fact.kind())),
            Self::Status => fact.status().map(GroupName::Status),
            Self::Party | Self::Country => None,
        };
        let mut groups: Vec<GroupName<'g>> = match self {
            Self::Party => parties.iter().map(|party| GroupName::Party(*party)).collect(),
            Self::Country => {
                parties.iter().map(|party| country(party).unwrap_or(GroupName::Unknown(self))).collect()
            }
            _ => one.into_iter().collect(),
        };
        if groups.is_empty() {
            groups.push(GroupName::Unknown(self));
        }
        let mut seen = std::collections::HashSet::new();
        groups.retain(|group| seen.insert(*group));
        groups
    }

    const fn unknown(self) -> &'static str {
        match self {
            Self::Year => "undated",
            Self::Currency => "no stated amount",
            Self::Party => "no party",
            Self::Kind => "no kind",
            Self::Status => "no status",
            Self::Country => "no known country",
        }
    }
}

/// The years in which a date may lie.
fn years(date: Date) -> Option<Date> {
    let year = |day: crate::value::Day| format!("{:04}", day.year());
    let (first, last) = (date.earliest().map(year), date.latest().map(year));
    let text = match (first, last) {
        (Some(first), Some(last)) if first == last => first,
        (first, last) => format!("{}/{}", first.as_deref().unwrap_or(".."), last.as_deref().unwrap_or("..")),
    };
    text.parse().ok()
}
