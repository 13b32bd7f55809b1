//! What all claims about one thing agree on.

use std::sync::Arc;

use super::claims;
use super::view::View;
use crate::graph::store::index::{EntityIx, FactIx};
use crate::graph::store::lookup::Agreed;
use crate::graph::store::validity::Certainty;
use crate::model::Role;
use crate::model::vocabulary::{FactRow, Projection};

/// How certain something is, if the view has a date.
type Judgement = Option<Certainty>;

/// How a view judges a fact by itself, as far as it shows it.
type OwnJudgement = fn(View<'_>, FactIx) -> Option<Judgement>;

/// The judgement of one of several claims, which is no more certain than what all of them say: certain is what each claim
/// that counts says for certain, with these parties.
///
/// `own` is the judgement of a fact by itself.
pub(super) fn judge(view: View<'_>, fact: FactIx, own: OwnJudgement) -> Option<Judgement> {
    let judged = own(view, fact)?;
    if judged != Some(Certainty::Certain) || view.data().claims.of(fact).is_empty() {
        return Some(judged);
    }
    let agreed = of_all(view, fact, own);
    let is_agreed = agreed.is_certain && has_what(view, fact, &agreed);
    Some(Some(if is_agreed { Certainty::Certain } else { Certainty::Possible }))
}

/// What the claims about a fact that count agree on. Each of them asks: of many, the answer is remembered.
fn of_all(view: View<'_>, fact: FactIx, own: OwnJudgement) -> Arc<Agreed> {
    let find = || Arc::new(find(view, &claims::counted(view, fact).all, own));
    match view.data().claims.of(fact) {
        group @ [first, ..] if group.len() >= claims::FEW => {
            view.data().lookups.agreed.get_or_make((view.seen_fact(*first), view.date()), find)
        }
        _ => find(),
    }
}

fn find(view: View<'_>, counted: &[FactIx], own: OwnJudgement) -> Agreed {
    let is_certain = |claim: &FactIx| own(view, *claim).flatten() == Some(Certainty::Certain);
    let mut each = counted.iter().map(|claim| view.fact_at(*claim));
    let Some(first) = each.next().filter(|_| counted.iter().all(is_certain)) else {
        return Agreed::default();
    };
    let mut common = parties(view, first.index());
    for other in each {
        if other.kind() != first.kind() {
            return Agreed::default();
        }
        let theirs = parties(view, other.index());
        common.retain(|party| theirs.binary_search(party).is_ok());
    }
    Agreed { is_certain: true, parties: common }
}

/// Whether all claims name the parties that this one names.
fn has_what(view: View<'_>, fact: FactIx, agreed: &Agreed) -> bool {
    parties(view, fact).iter().all(|party| agreed.parties.binary_search(party).is_ok())
}

/// The parties between which a fact has its principal relations, sorted.
fn parties(view: View<'_>, fact: FactIx) -> Vec<(Role, EntityIx)> {
    let fact = view.fact_at(fact);
    let wanted = principal_roles(fact.kind().row());
    let mut found: Vec<(Role, EntityIx)> = fact
        .roles()
        .filter(|(role, _)| wanted.contains(&Some(*role)))
        .map(|(role, entity)| (role, entity.index()))
        .collect();
    found.sort_unstable();
    found
}

fn principal_roles(row: &FactRow) -> [Option<Role>; 2] {
    match row.projections.first() {
        Some(Projection::Each(_, from, to)) => [Some(*from), Some(*to)],
        Some(Projection::Mutual(_, one, other)) => [Some(*one), *other],
        None => [None, None],
    }
}
