//! The fields that every fact may have, in one table.
//!
//! Graph files, packing, snapshots, checks of texts, tables, JSON, sentences and docs/vocabulary.md are all based on it. A new
//! field needs its place in [`FactRecord`], and one row in the table below.

use super::closed::closed_list;
use super::fact::{End, FactRecord};
use super::id::Id;
use super::kinds::{Confidence, FactKind, Status};
use super::source::EvidenceRecord;
use crate::value::{Date, Money, Quantity, Term, Territory};

/// A field of all facts: its row in the vocabulary.
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldRow {
    /// The name, as written in files.
    pub name: &'static str,
    /// The type of its value.
    pub values: FieldType,
    /// Its meaning, in a line.
    pub meaning: &'static str,
    /// The field as mappings name it, if they name it among others and not in a place of its own.
    pub in_tables: Option<FactField>,
    /// Its number among packed fields: its place in the table, from 1.
    pub(crate) tag: u8,
    /// Where it stands when a fact is written.
    pub(crate) stands: Stands,
    /// How sentences tell it.
    pub(crate) words: FieldWords,
}

/// Where a field stands in a written fact, among what only some kinds have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    BeforeRoles,
    BeforeAttributes,
    Last,
}

/// How sentences tell a field.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldWords {
    /// Not at all, or by the verb.
    Unsaid,
    /// In the note in brackets, behind this: "signed 2015".
    Note(&'static str),
    /// The same; and where only the status says that it came to this, in that word.
    NoteOr(&'static str, Status, &'static str),
    /// In the note, by a rule of its own.
    Beginning,
    Completion,
    Ending,
    Certainty,
    /// Behind the clause, where prices are told.
    Price,
    /// Behind the clause, with what leads to it: ", on condition: it rains".
    Tail(Behind, &'static str),
    /// Behind the clause: what is said where it is true, and where it is false.
    Either(Behind, &'static str, &'static str),
}

/// What of a sentence stands just before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    Parties,
    Price,
    Attributes,
}

/// Declares the types of fields: a type as such, and a field of a record to be read or written.
macro_rules! field_types {
    ($( $(#[$meta:meta])* $name:ident($type:ty), )+) => {
        /// The type of a field of all facts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum FieldType {
            $( $(#[$meta])* $name, )+
        }

        /// A field of a record.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum FieldRef<'r> {
            $( $name(&'r $type), )+
        }

        /// A field of a record, to be written.
        #[derive(Debug)]
        pub(crate) enum FieldMut<'r> {
            $( $name(&'r mut $type), )+
        }
    };
}

field_types! {
    /// The id of the fact itself.
    Id(Option<Id>),
    /// A status, as a bare word.
    Status(Option<Status>),
    /// A date.
    Date(Option<Date>),
    /// A date, `open` or `unknown`.
    End(Option<End>),
    /// A period of time.
    Term(Option<Term>),
    /// An amount of money.
    Money(Option<Money>),
    /// A number of items.
    Quantity(Option<Quantity>),
    /// Territories, or one alone.
    Territories(Vec<Territory>),
    /// True or false.
    Flag(Option<bool>),
    /// True, or left out.
    Mark(bool),
    /// Text on one line.
    Text(Option<String>),
    /// Text that may have line breaks.
    Prose(Option<String>),
    /// The id of another fact.
    Fact(Option<Id>),
    /// The ids of other facts, or one alone.
    Facts(Vec<Id>),
    /// A confidence, as a bare word.
    Confidence(Option<Confidence>),
    /// Open properties, each a key with its value.
    Properties(Vec<(String, String)>),
    /// What sources say; its short form is called `quotes`.
    Evidence(Vec<EvidenceRecord>),
}

impl FieldType {
    /// Whether the cell of a table can have it.
    const fn fits_cells(self) -> bool {
        match self {
            Self::Status
            | Self::Date
            | Self::Term
            | Self::Quantity
            | Self::Territories
            | Self::Flag
            | Self::Text
            | Self::Prose
            | Self::Confidence => true,
            Self::Id
            | Self::End
            | Self::Money
            | Self::Mark
            | Self::Fact
            | Self::Facts
            | Self::Properties
            | Self::Evidence => false,
        }
    }
}

/// What a field is that is not stated.
trait Unstated {
    const UNSTATED: Self;
}

impl<T> Unstated for Option<T> {
    const UNSTATED: Self = None;
}

impl<T> Unstated for Vec<T> {
    const UNSTATED: Self = Self::new();
}

impl Unstated for bool {
    const UNSTATED: Self = false;
}

/// Declares the fields of all facts, a row for each, and what leads from a row to the field of a record and back.
macro_rules! fact_fields {
    ($(
        $field:ident = $name:literal: $values:ident, $meaning:literal, $stands:ident, $words:expr $(, table $variant:ident)?;
    )+) => {
        /// The fields, numbered in the order of the rows.
        #[expect(non_camel_case_types, reason = "named as the fields of records are")]
        enum Place {
            $( $field, )+
        }

        /// The numbers of packed fields.
        #[expect(non_upper_case_globals, reason = "named as the fields of records are")]
        pub(crate) mod tag {
            $( pub(crate) const $field: u8 = super::Place::$field as u8 + 1; )+
        }

        /// The rows.
        #[expect(non_upper_case_globals, reason = "named as the fields of records are")]
        mod row {
            use super::*;

            $(
                pub(super) const $field: FieldRow = FieldRow {
                    name: $name,
                    values: FieldType::$values,
                    meaning: $meaning,
                    in_tables: first([$( Some(FactField::$variant), )? None]),
                    tag: tag::$field,
                    stands: Stands::$stands,
                    words: $words,
                };
            )+
        }

        /// Every field that facts of all kinds may have, in the order in which they are packed.
        ///
        /// Snapshots number fields by their place here: whoever changes the order, or puts a row between others, raises their
        /// version (`graph/store/snapshot`).
        pub const FIELDS: &[FieldRow] = &[$( row::$field, )+];

        closed_list! {
            /// A field of facts of all kinds, other than those that have their own field in [`FactTable`](crate::FactTable).
            FactField {
                $( $(
                    #[doc = $meaning]
                    $variant = $name,
                )? )+
            }
        }

        #[cfg(feature = "import")]
        impl FactField {
            /// Its row among the fields of all facts.
            pub(crate) const fn row(self) -> &'static FieldRow {
                match self {
                    $( $( Self::$variant => &row::$field, )? )+
                }
            }
        }

        impl FieldRow {
            /// The row of this name.
            pub(crate) fn named(name: &str) -> Option<&'static Self> {
                match name {
                    $( $name => Some(&row::$field), )+
                    _ => None,
                }
            }

            /// The row of this number.
            pub(crate) const fn tagged(tag: u8) -> Option<&'static Self> {
                match tag {
                    $( tag::$field => Some(&row::$field), )+
                    _ => None,
                }
            }
        }

        impl FactRecord {
            /// A fact of this kind, with nothing else stated.
            #[must_use]
            pub const fn new(kind: FactKind) -> Self {
                Self { kind, roles: Vec::new(), attributes: Vec::new(), $( $field: Unstated::UNSTATED, )+ }
            }

            /// Shows every field with its row, in the order of the rows.
            #[inline]
            pub(crate) fn for_each_field<'r>(&'r self, mut see: impl FnMut(&'static FieldRow, FieldRef<'r>)) {
                $( see(&row::$field, FieldRef::$values(&self.$field)); )+
            }

            /// The field with this number.
            #[inline]
            pub(crate) fn field_mut(&mut self, tag: u8) -> Option<FieldMut<'_>> {
                match tag {
                    $( tag::$field => Some(FieldMut::$values(&mut self.$field)), )+
                    _ => None,
                }
            }
        }

        // A row has the name of its field.
        const _: () = {
            $( assert!(is_same(stringify!($field), $name)); )+
        };
    };
}

use FieldWords::{Beginning, Certainty, Completion, Either, Ending, Note, NoteOr, Price, Tail, Unsaid};

#[rustfmt::skip]
fact_fields! {
    id = "id": Id, "its id; left out, it is derived from kind, first party of each required role, and earliest day", BeforeRoles, Unsaid;
    status = "status": Status, "how far it has come, where the dates do not say it", BeforeRoles, Unsaid, table Status;
    announced = "announced": Date, "when it was made public: a date", Last, NoteOr("announced", Status::Announced, "announced");
    signed = "signed": Date, "when it was signed: a date", Last, NoteOr("signed", Status::Agreed, "agreed"), table Signed;
    since = "since": Date, "since when it is in force: a date", Last, Beginning;
    completed = "completed": Date, "when it was done: a date", Last, Completion;
    until = "until": End, "until when it is in force: a date, `\"open\"` (said to go on), `\"unknown\"` (ended, not known when)", Last, Ending;
    withdrawn = "withdrawn": Date, "when it was called off: a date", Last, NoteOr("withdrawn", Status::Withdrawn, "withdrawn"), table Withdrawn;
    term = "term": Term, "for how long it holds: `\"10 years\"`, `\"18 months\"`, `\"perpetual\"`", Last, Note("for"), table Term;
    as_of = "as_of": Date, "on which day a figure was taken: a date", Last, Note("as of"), table AsOf;
    amount = "amount": Money, "the money: `\"USD 350 million\"`, `\"undisclosed\"`", Last, Price;
    quantity = "quantity": Quantity, "the number of pieces: `\"1500\"`, `\">=1500\"`", Last, Tail(Behind::Price, ", quantity "), table Quantity;
    territory = "territory": Territories, "where it holds: `[\"IN\"]`, `[\"worldwide\"]`", BeforeAttributes, Tail(Behind::Parties, " "), table Territory;
    except = "except": Territories, "where it does not hold", BeforeAttributes, Tail(Behind::Parties, " except "), table Except;
    exclusive = "exclusive": Flag, "whether it excludes others: `true` or `false`", BeforeAttributes, Either(Behind::Price, ", exclusively", ", not exclusively"), table Exclusive;
    condition = "condition": Text, "on what it depends", BeforeAttributes, Tail(Behind::Attributes, ", on condition: "), table Condition;
    part_of = "part_of": Fact, "the larger deal of which it is a leg: the id of a fact", Last, Unsaid;
    tied_to = "tied_to": Facts, "facts with which it is stated to be connected: their ids", Last, Unsaid;
    replaces = "replaces": Facts, "facts that it renews, widens, ends or settles: their ids", Last, Unsaid;
    claims_of = "claims_of": Fact, "the fact that states the same thing differently: its id", Last, Unsaid;
    confidence = "confidence": Confidence, "how sure it is, where the sources do not say it", Last, Certainty, table Confidence;
    note = "note": Prose, "free text", Last, Unsaid, table Note;
    properties = "properties": Properties, "fields of the writer's own, which mean nothing to the graph: `{\"internal_id\": \"4711\"}`", Last, Unsaid;
    evidence = "evidence": Evidence, "the long form: `[(source, quote, locator, said_by, stance)]`", Last, Unsaid;
    unsourced = "unsourced": Mark, "`true`: there is no source, and we know", Last, Unsaid;
}

/// What mappings name is of a type that cells can have.
const _: () = {
    let mut rows = FIELDS;
    while let [row, rest @ ..] = rows {
        assert!(row.in_tables.is_none() || row.values.fits_cells());
        rows = rest;
    }
};

const fn first<const N: usize>(names: [Option<FactField>; N]) -> Option<FactField> {
    match names.as_slice() {
        [first, ..] => *first,
        [] => None,
    }
}

const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([a, one_rest @ ..], [b, other_rest @ ..]) = (one, other) {
        if *a != *b {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    one.is_empty() && other.is_empty()
}

/// The tags of the fields of some types, a bit for each.
pub(crate) const fn tags_of(mut types: &[FieldType]) -> u32 {
    let mut tags = 0;
    while let [wanted, rest @ ..] = types {
        let mut rows = FIELDS;
        while let [row, rest @ ..] = rows {
            if row.values as u8 == *wanted as u8 {
                tags |= 1 << row.tag;
            }
            rows = rest;
        }
        types = rest;
    }
    tags
}

/// How many dates a fact can have.
const DATES: usize = tags_of(&[FieldType::Date, FieldType::End]).count_ones() as usize;

impl FactRecord {
    /// Every date of an occurrence, with the name of its field.
    pub(crate) fn dates(&self) -> impl Iterator<Item = (&'static str, Date)> {
        let (mut dates, mut free) = ([None; DATES], 0);
        self.for_each_field(|row, field| {
            let (FieldRef::Date(Some(date)) | FieldRef::End(Some(End::On(date)))) = field else { return };
            if let Some(place) = dates.get_mut(free) {
                *place = Some((row.name, *date));
                free += 1;
            }
        });
        dates.into_iter().flatten()
    }
}
