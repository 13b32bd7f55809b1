//! The columns of an answer as CSV: the fields of its JSON, flattened, in the same order.

/// A field of a result, or a field with fields of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// One column.
    Leaf(&'static str),
    /// One column per inner field, `outer.inner`; for a list, the values joined.
    Nest(&'static str, &'static [Self]),
}

use Column::{Leaf, Nest};

/// The fields of an entity.
pub const ENTITY: &[Column] = &[Leaf("id"), Leaf("kind"), Leaf("name")];

const MONEY: &[Column] =
    &[Leaf("text"), Leaf("currency"), Leaf("low"), Leaf("low_is_open"), Leaf("high"), Leaf("high_is_open")];

/// The fields of a share.
pub const SHARE: &[Column] = &[
    Leaf("text"),
    Leaf("low"),
    Leaf("low_is_open"),
    Leaf("high"),
    Leaf("high_is_open"),
    Leaf("exact"),
    Leaf("rounded"),
];

const EVIDENCE: &[Column] = &[Leaf("source"), Leaf("title"), Leaf("quote"), Leaf("stance")];

/// The fields of a relation.
pub const RELATION: &[Column] = &[
    Leaf("kind"),
    Leaf("label"),
    Nest("from", ENTITY),
    Nest("to", ENTITY),
    Leaf("fact"),
    Leaf("certainty"),
    Leaf("since"),
    Leaf("until"),
    Nest("share", SHARE),
    Nest("amount", MONEY),
    Leaf("derived"),
    Nest("evidence", EVIDENCE),
    Leaf("confidence"),
    Leaf("disputed"),
    Leaf("rests_on"),
    Nest("together_with", ENTITY),
    Leaf("territory"),
    Leaf("except"),
    Leaf("exclusive"),
    Leaf("term"),
    Nest("ended_by", &[Leaf("fact"), Leaf("rule")]),
    Leaf("amount_sources"),
    Leaf("share_sources"),
];

/// The fields of a fact.
pub const FACT: &[Column] = &[
    Leaf("id"),
    Leaf("kind"),
    Leaf("status"),
    Leaf("roles"),
    Leaf("announced"),
    Leaf("signed"),
    Leaf("since"),
    Leaf("completed"),
    Leaf("until"),
    Leaf("term"),
    Nest("amount", MONEY),
    Leaf("attributes"),
    Leaf("confidence"),
    Leaf("properties"),
    Nest("evidence", EVIDENCE),
    Leaf("certainty"),
    Leaf("disputed"),
];
