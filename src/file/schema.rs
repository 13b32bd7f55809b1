//! Which sections a file has, and which fields a record in it.

use crate::model::vocabulary::{AttributeRow, COMMON_ROLES, FIELDS, FieldRow};
use crate::model::{Attribute, EntityKind, FactKind, Role};

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

/// The short forms of the field `evidence`: with words, and without.
pub(crate) const QUOTES: &str = "quotes";
pub(crate) const SOURCE: &str = "source";

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
            names.extend(FIELDS.iter().map(|field| field.name));
            names.extend([QUOTES, SOURCE]);
            names.extend(row.roles.iter().chain(COMMON_ROLES).map(|role| role.role.name()));
            names.extend(row.attributes.iter().map(|attribute| attribute.attribute.name()));
        }
        names
    }

    /// Whether it has a field of this name.
    pub(crate) fn has_field(self, name: &str) -> bool {
        match self {
            Self::Fact(kind) => {
                field_of_facts(name).is_some()
                    || role_of(kind, name).is_some()
                    || attribute_of(kind, name).is_some()
            }
            Self::Entity(_) => is_of_entities(name) || self.own().contains(&name),
            _ => self.own().contains(&name),
        }
    }

    const fn own(self) -> Fields {
        match self {
            Self::Source => OF_SOURCES,
            Self::Evidence => EVIDENCE,
            Self::Entity(EntityKind::Company) => COMPANY,
            Self::Entity(EntityKind::Product) => PRODUCT,
            Self::Entity(EntityKind::Patent) => PATENT,
            Self::Entity(EntityKind::Unit) => UNIT,
            Self::Entity(EntityKind::Unspecified) => UNSPECIFIED,
            Self::Entity(_) | Self::Fact(_) => &[],
        }
    }

    const fn shared(self) -> Fields {
        match self {
            Self::Entity(_) => ENTITY,
            _ => &[],
        }
    }
}

/// The role of this name that a kind of fact has.
pub(crate) fn role_of(kind: FactKind, name: &str) -> Option<Role> {
    let role = Role::from_name(name)?;
    kind.row().roles.iter().chain(COMMON_ROLES).any(|row| row.role == role).then_some(role)
}

/// The field of this name that facts of all kinds have.
pub(crate) fn field_of_facts(name: &str) -> Option<&'static FieldRow> {
    FieldRow::named(if matches!(name, QUOTES | SOURCE) { "evidence" } else { name })
}

/// The attribute of this name that a kind of fact has.
pub(crate) fn attribute_of(kind: FactKind, name: &str) -> Option<&'static AttributeRow> {
    let attribute = Attribute::from_name(name)?;
    kind.row().attribute(attribute)
}

const OF_SOURCES: Fields =
    &["kind", "title", "publisher", "author", "url", "published", "accessed", "language"];

/// Declares a list of names, and the question whether a name is one of them: so it is asked by length and letters, not
/// by name after name.
macro_rules! names {
    ($list:ident, $is_listed:ident: $( $name:literal, )+) => {
        const $list: Fields = &[$( $name, )+];

        fn $is_listed(name: &str) -> bool {
            matches!(name, $( $name )|+)
        }
    };
}

names! { ENTITY, is_of_entities:
    "name",
    "aliases",
    "former_names",
    "native_name",
    "country",
    "identifiers",
    "website",
    "note",
    "properties",
    "quotes",
    "source",
    "evidence",
}

const COMPANY: Fields = &["industry", "legal_form", "holders_complete"];

const PRODUCT: Fields = &["class", "members"];

const PATENT: Fields = &["number", "count", "topics", "members", "filed", "granted", "expires"];

const UNIT: Fields = &["of"];

const UNSPECIFIED: Fields = &["reason", "kind"];

const EVIDENCE: Fields = &["source", "quote", "locator", "said_by", "stance"];
