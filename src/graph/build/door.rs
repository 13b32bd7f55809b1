//! Checks of a record that need nothing else of the graph, for every way in: files, programs and tables.

use super::problem::{Problem, Record};
use crate::diagnostic::{Code, a};
use crate::model::vocabulary::{COMMON_ROLES, Projection, RoleRow};
use crate::model::{EntityKind, FactKind, Role};

/// What is wrong with the roles of a fact, whoever the parties are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Miscast {
    /// A required role is empty.
    Empty(Role),
    /// This many parties have a role meant for one.
    Several(Role, usize),
    /// A mutual fact has only one party, in the first of these roles.
    Alone(Role, Option<Role>),
}

impl Miscast {
    pub(crate) fn problem(self, kind: FactKind, record: Record) -> Problem {
        let kind = a(kind.name());
        match self {
            Self::Empty(role) => {
                Problem::new(Code::MissingField, record.whole(), format!("{kind} needs the role `{role}`"))
                    .hint("a party that the source does not name is an entry of the section `unspecified`")
            }
            Self::Several(role, count) => {
                let message = format!("the role `{role}` of {kind} takes one entity, not {count}");
                Problem::new(Code::WrongNumber, record.field(role.name(), 1), message)
                    .hint("write one fact for each")
            }
            Self::Alone(side, other) => {
                let mut hint = format!("name the second party in `{side}`");
                if let Some(other) = other {
                    hint.push_str(&format!(" or in `{other}`"));
                }
                let message = format!("{kind} needs two parties");
                Problem::new(Code::WrongNumber, record.field(side.name(), 0), message).hint(hint)
            }
        }
    }
}

/// Everything wrong with the roles of a fact of this kind.
pub(crate) fn miscast<P: PartialEq>(
    kind: FactKind,
    cast: impl Iterator<Item = (Role, P)> + Clone,
) -> impl Iterator<Item = Miscast> {
    let row = kind.row();
    let alone = match row.projections.first() {
        Some(Projection::Mutual(_, side, other)) => {
            let mut sides = cast.clone().filter(|(role, _)| role == side || Some(*role) == *other);
            let first = sides.next();
            let has_first = || cast.clone().any(|(role, _)| role == *side);
            let is_alone = first.is_some_and(|(_, one)| !sides.any(|(_, party)| party != one));
            (is_alone && has_first()).then_some(Miscast::Alone(*side, *other))
        }
        _ => None,
    };
    let of_role = move |own: &RoleRow| {
        let count = cast.clone().filter(|(role, _)| *role == own.role).count();
        match count {
            0 => own.required.then_some(Miscast::Empty(own.role)),
            1 => None,
            _ => (!own.many).then_some(Miscast::Several(own.role, count)),
        }
    };
    // Nothing can be wrong with the other roles.
    let is_bound = |own: &&RoleRow| own.required || !own.many;
    row.roles.iter().chain(COMMON_ROLES).filter(is_bound).filter_map(of_role).chain(alone)
}

/// The field, besides the name, that every entity of a kind must have.
pub(crate) const fn needed_field(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Unit => Some("of"),
        _ => None,
    }
}
