//! Fact records: n-ary statements with parties in roles, dates, money and evidence.

use super::id::Id;
use super::kinds::{Attribute, Confidence, FactKind, Role, Status};
use super::source::EvidenceRecord;
use crate::value::{Date, Money, Quantity, Share, Term, Territory};

/// One statement, as written.
///
/// ```
/// use keiretsu::{FactKind, FactRecord, Role};
/// let sale = FactRecord::new(FactKind::Sale)
///     .role(Role::Seller, "microsoft".parse()?)
///     .role(Role::Buyer, "fih-mobile".parse()?)
///     .amount("USD 350 million".parse()?)
///     .quote("article".parse()?, "That deal was of $350 million");
/// assert_eq!(sale.amount.unwrap().to_string(), "USD 350 million");
/// let json = serde_json::to_string(&sale)?;
/// assert_eq!(serde_json::from_str::<FactRecord>(&json)?, sale);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactRecord {
    /// Its kind.
    pub kind: FactKind,
    /// Its id, unique among facts; derived from the parties if omitted.
    pub id: Option<Id>,
    /// Its status, if the dates alone do not tell.
    pub status: Option<Status>,
    /// Who and what takes part, in written order.
    pub roles: Vec<(Role, Id)>,
    /// The attributes specific to this kind.
    pub attributes: Vec<(Attribute, AttributeValue)>,
    /// When it was made public.
    pub announced: Option<Date>,
    /// When it was signed.
    pub signed: Option<Date>,
    /// When it came into force.
    pub since: Option<Date>,
    /// When it was done.
    pub completed: Option<Date>,
    /// When its force ends.
    pub until: Option<End>,
    /// When it was called off.
    pub withdrawn: Option<Date>,
    /// How long it holds.
    pub term: Option<Term>,
    /// The date a figure refers to.
    pub as_of: Option<Date>,
    /// Its amount of money.
    pub amount: Option<Money>,
    /// The number of items.
    pub quantity: Option<Quantity>,
    /// Where it holds.
    pub territory: Vec<Territory>,
    /// Where it does not hold.
    pub except: Vec<Territory>,
    /// Whether it is exclusive.
    pub exclusive: Option<bool>,
    /// The condition it depends on.
    pub condition: Option<String>,
    /// The larger deal that it is a leg of.
    pub part_of: Option<Id>,
    /// Other facts to which it is stated to be connected.
    pub tied_to: Vec<Id>,
    /// Facts that it renews, extends, ends or settles.
    pub replaces: Vec<Id>,
    /// Another fact about the same thing, which this one states differently.
    pub claims_of: Option<Id>,
    /// How certain it is, if its sources alone do not tell.
    pub confidence: Option<Confidence>,
    /// Free text.
    pub note: Option<String>,
    /// Its open properties: fields of the program's own, each a key with its value, which mean nothing to the graph.
    pub properties: Vec<(String, String)>,
    /// What its sources say.
    pub evidence: Vec<EvidenceRecord>,
    /// Marks a fact that is known to have no source.
    pub unsourced: bool,
}

/// How the end of a fact is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It ended, or will end, then.
    On(Date),
    /// It is stated to continue.
    Open,
    /// It ended at an unknown time.
    Unknown,
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Open => f.write_str("open"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl std::str::FromStr for End {
    type Err = crate::value::ValueError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "open" => Ok(Self::Open),
            "unknown" => Ok(Self::Unknown),
            _ => text.parse().map(Self::On),
        }
    }
}

/// As its text: a date, `open` or `unknown`.
///
/// ```
/// use keiretsu::End;
/// let end: End = serde_json::from_str(r#""2018-12-31""#)?;
/// assert_eq!(serde_json::to_string(&end)?, r#""2018-12-31""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
impl serde::Serialize for End {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for End {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::serial::parsed(deserializer)
    }
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeValue {
    /// Free text.
    Text(String),
    /// A share of a whole.
    Share(Share),
    /// True or false.
    Flag(bool),
    /// One of a fixed set of words.
    Choice(&'static str),
}

impl std::fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Share(share) => share.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Choice(word) => f.write_str(word),
        }
    }
}

impl FactRecord {
    /// Sets its id.
    #[must_use]
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Adds an entity in a role.
    #[must_use]
    pub fn role(mut self, role: Role, entity: Id) -> Self {
        self.roles.push((role, entity));
        self
    }

    /// Adds an attribute.
    #[must_use]
    pub fn attribute(mut self, attribute: Attribute, value: AttributeValue) -> Self {
        self.attributes.push((attribute, value));
        self
    }

    /// Sets its status.
    #[must_use]
    pub const fn status(mut self, status: Status) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets when it was made public.
    #[must_use]
    pub const fn announced(mut self, date: Date) -> Self {
        self.announced = Some(date);
        self
    }

    /// Sets when it came into force.
    #[must_use]
    pub const fn since(mut self, date: Date) -> Self {
        self.since = Some(date);
        self
    }

    /// Sets when it was done.
    #[must_use]
    pub const fn completed(mut self, date: Date) -> Self {
        self.completed = Some(date);
        self
    }

    /// Sets when its force ends.
    #[must_use]
    pub const fn until(mut self, end: End) -> Self {
        self.until = Some(end);
        self
    }

    /// Sets its amount.
    #[must_use]
    pub const fn amount(mut self, amount: Money) -> Self {
        self.amount = Some(amount);
        self
    }

    /// Adds an open property, which is kept, shown and written out, and means nothing to the graph.
    ///
    /// A key has letters, digits, `_`, `-`, `.` and `:`, and starts with a letter or `_`. Building a graph fails if it does
    /// not, and if a fact has a key twice.
    ///
    /// ```
    /// use keiretsu::{FactKind, FactRecord, Graph, Role};
    /// let mut builder = Graph::builder();
    /// let (acme, bolt) = (builder.company("acme", "Acme")?, builder.company("bolt", "Bolt")?);
    /// let supply = FactRecord::new(FactKind::Supply).role(Role::Supplier, acme).role(Role::Customer, bolt);
    /// builder.fact(supply.property("internal_id", "4711"));
    /// let graph = builder.build()?;
    /// let fact = graph.view().facts().next().unwrap();
    /// assert_eq!(fact.property("internal_id"), Some("4711"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn property(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.push((key.into(), value.into()));
        self
    }

    /// Adds a supporting quote from a source.
    #[must_use]
    pub fn quote(mut self, source: Id, words: impl Into<String>) -> Self {
        self.evidence.push(EvidenceRecord::quote(source, words));
        self
    }

    /// The entities in a role, in written order.
    pub fn in_role(&self, role: Role) -> impl Iterator<Item = &Id> {
        self.roles.iter().filter(move |(r, _)| *r == role).map(|(_, id)| id)
    }

    /// Its status: as stated, otherwise as its dates imply to somebody who writes on `stated_on`.
    ///
    /// `None` if no date implies a status. Dates are considered in this order: withdrawal, end, completion or
    /// beginning, signature, announcement. An end, completion or beginning that lies entirely after `stated_on` is
    /// planned, and neither ends nor completes anything yet; one on the very day of `stated_on` counts. Without `stated_on`
    /// every date counts as past. A [term](Self::term) that has run out is not a stated end.
    #[must_use]
    pub fn status_as_told(&self, stated_on: Option<Date>) -> Option<Status> {
        let past = |date: Date| match (date.earliest(), stated_on.and_then(Date::latest)) {
            (Some(begins), Some(stated_on)) => begins <= stated_on,
            _ => true,
        };
        let by_dates = || {
            if self.withdrawn.is_some() {
                return Some(Status::Withdrawn);
            }
            let ended = match self.until {
                Some(End::On(date)) => past(date),
                Some(End::Unknown) => true,
                Some(End::Open) | None => false,
            };
            if ended {
                return Some(Status::Ended);
            }
            if self.completed.or(self.since).is_some_and(past) {
                return Some(Status::Completed);
            }
            if self.signed.is_some() {
                return Some(Status::Agreed);
            }
            self.announced.or(self.since).or(self.completed).map(|_| Status::Announced)
        };
        self.status.or_else(by_dates)
    }

    /// Whether it counts in walks, partners and totals: a sought or cancelled deal does not.
    #[must_use]
    pub fn counts(&self) -> bool {
        match self.status {
            Some(status) => !matches!(status, Status::Sought | Status::Withdrawn),
            None => self.withdrawn.is_none(),
        }
    }

    /// The date used for sorting: the first one stated among `announced`, `signed`, `since`, `completed` and `as_of`.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.announced.or(self.signed).or(self.since).or(self.completed).or(self.as_of)
    }
}
