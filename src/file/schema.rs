//! Which fields a record has in a file, and what shape each has: what the reader accepts and `fmt` orders.

use crate::model::vocabulary::{AttributeType, COMMON_ROLES};
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

/// How the value of a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Whatever stands there: text, lists and maps of text.
    Any,
    /// A bare word of a choice.
    Word,
    /// A list of records.
    Records(Record),
}

type Fields = &'static [(&'static str, Shape)];

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

    /// The shape of a field, if the record has it.
    pub(crate) fn field(self, name: &str) -> Option<Shape> {
        let own = self.own().iter().chain(self.shared()).find(|(field, _)| *field == name);
        own.map(|(_, shape)| *shape).or_else(|| self.vocabulary_field(name))
    }

    /// The names of all its fields.
    pub(crate) fn field_names(self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.own().iter().chain(self.shared()).map(|(name, _)| *name).collect();
        if let Self::Fact(kind) = self {
            let row = kind.row();
            names.extend(row.roles.iter().map(|role| role.role.name()));
            names.extend(row.attributes.iter().map(|attribute| attribute.attribute.name()));
        }
        names
    }

    fn vocabulary_field(self, name: &str) -> Option<Shape> {
        let Self::Fact(kind) = self else { return None };
        let row = kind.row();
        if row.roles.iter().chain(COMMON_ROLES).any(|role| role.role.name() == name) {
            return Some(Shape::Any);
        }
        let attribute = row.attributes.iter().find(|attribute| attribute.attribute.name() == name)?;
        Some(match attribute.values {
            AttributeType::Choice(_) => Shape::Word,
            _ => Shape::Any,
        })
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

use Shape::{Any, Word};

const SOURCE: Fields = &[
    ("kind", Word),
    ("title", Any),
    ("publisher", Any),
    ("author", Any),
    ("url", Any),
    ("published", Any),
    ("accessed", Any),
    ("language", Any),
];

const ENTITY: Fields = &[
    ("name", Any),
    ("aliases", Any),
    ("former_names", Any),
    ("native_name", Any),
    ("country", Any),
    ("identifiers", Any),
    ("website", Any),
    ("note", Any),
    ("quotes", Any),
    ("evidence", Shape::Records(Record::Evidence)),
];

const COMPANY: Fields = &[("industry", Any), ("legal_form", Any), ("holders_complete", Any)];

const PRODUCT: Fields = &[("class", Any), ("members", Any)];

const PATENT: Fields = &[
    ("number", Any),
    ("count", Any),
    ("topics", Any),
    ("members", Any),
    ("filed", Any),
    ("granted", Any),
    ("expires", Any),
];

const UNIT: Fields = &[("of", Any)];

const UNSPECIFIED: Fields = &[("reason", Word), ("kind", Word)];

const EVIDENCE: Fields =
    &[("source", Any), ("quote", Any), ("locator", Any), ("said_by", Any), ("stance", Word)];

const FACT: Fields = &[
    ("id", Any),
    ("status", Word),
    ("payer", Any),
    ("through", Any),
    ("exclusive", Any),
    ("territory", Any),
    ("except", Any),
    ("condition", Any),
    ("announced", Any),
    ("signed", Any),
    ("since", Any),
    ("completed", Any),
    ("until", Any),
    ("withdrawn", Any),
    ("term", Any),
    ("as_of", Any),
    ("amount", Any),
    ("quantity", Any),
    ("part_of", Any),
    ("tied_to", Any),
    ("replaces", Any),
    ("claims_of", Any),
    ("confidence", Word),
    ("note", Any),
    ("quotes", Any),
    ("evidence", Shape::Records(Record::Evidence)),
    ("unsourced", Any),
];
