//! What a fact states, in a form that can be compared.

use std::hash::{Hash, Hasher};

use crate::graph::store::validity::Days;
use crate::model::{AttributeValue, End, FactKind, FactRecord, Id, Role, Status};
use crate::value::{Date, Territory};

/// What two facts must share to state the same.
///
/// Amounts, shares and the like are not part of it: two facts that differ only there contradict each other.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Statement<'f> {
    kind: FactKind,
    roles: Vec<(Role, &'f Id)>,
    dates: Vec<(&'static str, Date)>,
    until: Option<End>,
    status: Option<Status>,
    details: Vec<String>,
    territory: Vec<Territory>,
    except: Vec<Territory>,
    part_of: Option<&'f Id>,
    replaces: Vec<&'f Id>,
}

impl<'f> Statement<'f> {
    pub(crate) fn of(fact: &'f FactRecord) -> Self {
        let details = fact.attributes.iter().filter(|(_, v)| !matches!(v, AttributeValue::Share(_)));
        Self {
            kind: fact.kind,
            roles: sorted(fact.roles.iter().map(|(role, id)| (*role, id))),
            dates: fact.dates().collect(),
            until: fact.until,
            status: fact.status,
            details: sorted(details.map(|(attribute, value)| format!("{attribute}: {value}"))),
            territory: sorted(fact.territory.iter().copied()),
            except: sorted(fact.except.iter().copied()),
            part_of: fact.part_of.as_ref(),
            replaces: sorted(fact.replaces.iter()),
        }
    }
}

impl Statement<'_> {
    /// Hashes of the statement: without its dates, and with them.
    pub(crate) fn hashes(&self, mut hasher: impl Hasher) -> (u64, u64) {
        let Self { kind, roles, dates, until, status, details, territory, except, part_of, replaces } = self;
        (kind, roles, status, details, territory, except, part_of, replaces).hash(&mut hasher);
        let undated = hasher.finish();
        (dates, until).hash(&mut hasher);
        (undated, hasher.finish())
    }

    /// Whether two state the same apart from their dates. An end that is not a date must be the same.
    pub(crate) fn is_same_without_dates(&self, other: &Self) -> bool {
        let has_date = |until: Option<End>| matches!(until, Some(End::On(_)));
        (self.kind, &self.roles, self.status, &self.details, &self.territory, &self.except)
            == (other.kind, &other.roles, other.status, &other.details, &other.territory, &other.except)
            && (self.part_of, &self.replaces) == (other.part_of, &other.replaces)
            && (self.until == other.until || has_date(self.until) && has_date(other.until))
    }
}

/// The items sorted, without duplicates.
fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

/// Whether two facts may state the same: their dates may mean the same days, and no figure speaks against it.
///
/// Readings as of different days are different, so `as_of` is compared as written.
pub(crate) fn may_be_one(one: &FactRecord, other: &FactRecord) -> bool {
    Statement::of(one).is_same_without_dates(&Statement::of(other))
        && one.dates().count() == other.dates().count()
        && one.dates().zip(other.dates()).all(|((field, date), (other_field, other_date))| {
            field == other_field && (date == other_date || field != "as_of" && overlap(date, other_date))
        })
        && do_agree(one.amount, other.amount)
        && do_agree(one.quantity, other.quantity)
        && one.attributes.iter().all(|(attribute, share)| {
            let others = other.attributes.iter().filter(|(own, _)| own == attribute);
            others.into_iter().all(|(_, other)| match (share, other) {
                (AttributeValue::Share(share), AttributeValue::Share(other)) => share == other,
                _ => true,
            })
        })
}

/// Whether a fact has a date that is not a single day.
pub(crate) fn is_imprecise(fact: &FactRecord) -> bool {
    fact.dates().any(|(field, date)| field != "as_of" && date.earliest() != date.latest())
}

fn overlap(one: Date, other: Date) -> bool {
    let ((first, last), (other_first, other_last)) = (Days::of(one).bounds(), Days::of(other).bounds());
    first <= other_last && other_first <= last
}

fn do_agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}
