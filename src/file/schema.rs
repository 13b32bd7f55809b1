//! Which sections a file has, and which fields a record in it.

use crate::model::vocabulary::COMMON_ROLES;
use crate::model::{EntityKind, FactKind};

/// The sections of a graph, in their order.
pub(crate) const SECTIONS: &[(&str, Section)] = &[
    ("version", Section::Value),
    ("title", Section::Value),
    ("description", Section::Value),
    ("sources", Section::Records(Record::Source)),
    ("companies", Section::Records(Record::Entity(EntityKind::Company))),
    ("products", Section::Records(Record::Entity(EntityKind::Product))),
    ("patents", Section::Records(Record::Entity(EntityKind::Patent))),
    ("brands", Section::Records(Record::Entity(EntityKind::Brand))),
    ("units", Section::Records(Record::Entity(EntityKind::Unit))),
    ("people", Section::Records(Record::Entity(EntityKind::Person))),
    ("bodies", Section::Records(Record::Entity(EntityKind::Body))),
    ("alliances", Section::Records(Record::Entity(EntityKind::Alliance))),
    ("unspecified", Section::Records(Record::Entity(EntityKind::Unspecified))),
    ("facts", Section::Facts),
];

/// What a section holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    Value,
    Records(Record),
    Facts,
}

/// A record with named fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Record {
    Source,
    Entity(EntityKind),
    Evidence,
    Fact(FactKind),
}

type Fields = &'static [&'static str];

impl Record {
    /// The name that may stand before its bracket, and that messages call it by.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Source => "Source",
            Self::Entity(kind) => kind.name(),
            Self::Evidence => "Evidence",
            Self::Fact(kind) => kind.name(),
        }
    }

    /// The names of all its fields.
    pub(crate) fn field_names(self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.own().iter().chain(self.shared()).copied().collect();
        if let Self::Fact(kind) = self {
            let row = kind.row();
            names.extend(row.roles.iter().chain(COMMON_ROLES).map(|role| role.role.name()));
            names.extend(row.attributes.iter().map(|attribute| attribute.attribute.name()));
        }
        names
    }

    /// Whether it has a field of this name.
    pub(crate) fn has_field(self, name: &str) -> bool {
        let is_listed = |fields: Fields| fields.contains(&name);
        match self {
            Self::Fact(kind) => {
                let row = kind.row();
                row.roles.iter().chain(COMMON_ROLES).any(|role| role.role.name() == name)
                    || row.attributes.iter().any(|attribute| attribute.attribute.name() == name)
                    || is_listed(FACT)
            }
            _ => is_listed(self.own()) || is_listed(self.shared()),
        }
    }

    const fn own(self) -> Fields {
        match self {
            Self::Source => SOURCE,
            Self::Evidence => EVIDENCE,
            Self::Fact(_) => FACT,
            Self::Entity(EntityKind::Company) => COMPANY,
            Self::Entity(EntityKind::Product) => PRODUCT,
            Self::Entity(EntityKind::Patent) => PATENT,
            Self::Entity(EntityKind::Unit) => UNIT,
            Self::Entity(EntityKind::Unspecified) => UNSPECIFIED,
            Self::Entity(_) => &[],
        }
    }

    const fn shared(self) -> Fields {
        match self {
            Self::Entity(_) => ENTITY,
            _ => &[],
        }
    }
}

const SOURCE: Fields = &["kind", "title", "publisher", "author", "url", "published", "accessed", "language"];

const ENTITY: Fields = &[
    "name",
    "aliases",
    "former_names",
    "native_name",
    "country",
    "identifiers",
    "website",
    "note",
    "quotes",
    "evidence",
];

const COMPANY: Fields = &["industry", "legal_form", "holders_complete"];

const PRODUCT: Fields = &["class", "members"];

const PATENT: Fields = &["number", "count", "topics", "members", "filed", "granted", "expires"];

const UNIT: Fields = &["of"];

const UNSPECIFIED: Fields = &["reason", "kind"];

const EVIDENCE: Fields = &["source", "quote", "locator", "said_by", "stance"];

const FACT: Fields = &[
    "id",
    "status",
    "exclusive",
    "territory",
    "except",
    "condition",
    "announced",
    "signed",
    "since",
    "completed",
    "until",
    "withdrawn",
    "term",
    "as_of",
    "amount",
    "quantity",
    "part_of",
    "tied_to",
    "replaces",
    "claims_of",
    "confidence",
    "note",
    "quotes",
    "evidence",
    "unsourced",
];
