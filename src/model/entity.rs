//! Entity records: the nodes of the graph, as written.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::kinds::{EntityKind, Reason};
use super::source::EvidenceRecord;
use crate::value::{Country, Date, Isin, Lei, PatentNumber, Quantity, RegisterNumber, WikidataId};

/// A node: a company, product, patent and so on, with everything in its record.
///
/// Fields that do not apply to the entity's kind stay empty.
///
/// ```
/// use keiretsu::{EntityKind, EntityRecord};
/// let word = EntityRecord::new(EntityKind::Product, "word".parse()?, "Microsoft Word").alias("Word");
/// assert_eq!(word.aliases, ["Word"]);
/// let json = serde_json::to_string(&word)?;
/// assert_eq!(json, r#"{"kind":"Product","id":"word","name":"Microsoft Word","aliases":["Word"]}"#);
/// assert_eq!(serde_json::from_str::<EntityRecord>(&json)?, word);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EntityRecord {
    /// Its kind.
    pub kind: EntityKind,
    /// Its id, unique among entities.
    pub id: Id,
    /// Its current name.
    pub name: String,
    /// Other names in use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Previous names, each with the date until which it was used, if known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<FormerName>,
    /// Its name in its native script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub native_name: Option<String>,
    /// Its country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Its identifiers in public registers.
    #[serde(default, skip_serializing_if = "Identifiers::is_empty")]
    pub identifiers: Identifiers,
    /// Its web site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its open properties: fields of the program's own, each a key with its value, which mean nothing to the graph.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "super::serial::properties")]
    pub properties: Vec<(String, String)>,
    /// What sources say about the entity itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceRecord>,
    /// Company: its line of business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Company: its legal form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_form: Option<String>,
    /// Company: whether the stated owners are all there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub holders_complete: bool,
    /// Product: its class, such as "smartphone".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Product or patent: the members of a product line or portfolio.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Id>,
    /// Patent: its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<PatentNumber>,
    /// Patent: the number of patents in a portfolio.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Quantity>,
    /// Patent: its subjects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Patent: when it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filed: Option<Date>,
    /// Patent: when it was granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Date>,
    /// Patent: when it expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Unit: the organisation it is a unit of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Id>,
    /// Unspecified: why it is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Unspecified: the kind of entity that it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<EntityKind>,
}

impl EntityRecord {
    /// An entity with only a kind, an id and a name.
    #[must_use]
    pub fn new(kind: EntityKind, id: Id, name: impl Into<String>) -> Self {
        Self {
            kind,
            id,
            name: name.into(),
            aliases: Vec::new(),
            former_names: Vec::new(),
            native_name: None,
            country: None,
            identifiers: Identifiers::default(),
            website: None,
            note: None,
            properties: Vec::new(),
            evidence: Vec::new(),
            industry: None,
            legal_form: None,
            holders_complete: false,
            class: None,
            members: Vec::new(),
            number: None,
            count: None,
            topics: Vec::new(),
            filed: None,
            granted: None,
            expires: None,
            of: None,
            reason: None,
            stands_for: None,
        }
    }

    /// Adds another name.
    #[must_use]
    pub fn alias(mut self, name: impl Into<String>) -> Self {
        self.aliases.push(name.into());
        self
    }

    /// Adds an open property, which is kept, shown and written out, and means nothing to the graph.
    ///
    /// A key has letters, digits, `_`, `-`, `.` and `:`, and starts with a letter or `_`. Building a graph fails if it does
    /// not, and if an entity has a key twice.
    ///
    /// ```
    /// use keiretsu::{EntityKind, EntityRecord, Graph};
    /// let mut builder = Graph::builder();
    /// builder.entity(EntityRecord::new(EntityKind::Company, "acme".parse()?, "Acme").property("crm:id", "A-17"));
    /// let graph = builder.build()?;
    /// assert_eq!(graph.view().find("acme")?.property("crm:id"), Some("A-17"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn property(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.properties.push((key.into(), value.into()));
        self
    }

    /// Sets the organisation that a unit belongs to.
    #[must_use]
    pub fn unit_of(mut self, organisation: Id) -> Self {
        self.of = Some(organisation);
        self
    }
}

impl EntityRecord {
    /// Fields that are filled but do not apply to this kind of entity.
    pub(crate) fn odd_fields(&self) -> impl Iterator<Item = &'static str> {
        use EntityKind::{Company, Patent, Product, Unit, Unspecified};
        let filled: [(&str, bool, &[EntityKind]); 14] = [
            ("industry", self.industry.is_some(), &[Company]),
            ("legal_form", self.legal_form.is_some(), &[Company]),
            ("holders_complete", self.holders_complete, &[Company]),
            ("class", self.class.is_some(), &[Product]),
            ("members", !self.members.is_empty(), &[Product, Patent]),
            ("number", self.number.is_some(), &[Patent]),
            ("count", self.count.is_some(), &[Patent]),
            ("topics", !self.topics.is_empty(), &[Patent]),
            ("filed", self.filed.is_some(), &[Patent]),
            ("granted", self.granted.is_some(), &[Patent]),
            ("expires", self.expires.is_some(), &[Patent]),
            ("of", self.of.is_some(), &[Unit]),
            ("reason", self.reason.is_some(), &[Unspecified]),
            ("kind", self.stands_for.is_some(), &[Unspecified]),
        ];
        let kind = self.kind;
        let odd = filled.into_iter().filter(move |(_, filled, kinds)| *filled && !kinds.contains(&kind));
        odd.map(|(name, ..)| name)
    }
}

/// A previous name of an entity.
///
/// ```
/// use keiretsu::FormerName;
/// assert_eq!(FormerName::undated("Old Name").until, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct FormerName {
    /// The name.
    pub name: String,
    /// Until when it was used; none if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl FormerName {
    /// A previous name with the date until which it was used.
    #[must_use]
    pub fn new(name: impl Into<String>, until: Date) -> Self {
        Self { name: name.into(), until: Some(until) }
    }

    /// A previous name without a date.
    #[must_use]
    pub fn undated(name: impl Into<String>) -> Self {
        Self { name: name.into(), until: None }
    }
}

/// Identifiers of an entity in public registers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Identifiers {
    /// Legal Entity Identifier (ISO 17442).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lei: Option<Lei>,
    /// International Securities Identification Numbers (ISO 6166).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub isin: Vec<Isin>,
    /// Wikidata item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<WikidataId>,
    /// Numbers in business registers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub register: Vec<RegisterNumber>,
}

impl Identifiers {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Every identifier as text: its scheme, its value, and its field name with its index there.
    pub(crate) fn texts(&self) -> Vec<(&'static str, String, usize)> {
        let lei = self.lei.iter().map(|lei| ("lei", lei.to_string(), 0));
        let isin = self.isin.iter().enumerate().map(|(n, isin)| ("isin", isin.to_string(), n));
        let wikidata = self.wikidata.iter().map(|id| ("wikidata", id.to_string(), 0));
        let register =
            self.register.iter().enumerate().map(|(n, number)| ("register", number.to_string(), n));
        lei.chain(isin).chain(wikidata).chain(register).collect()
    }
}
