//! Plans how each fact is drawn: as a line, as a card, or as a sentence on the card of the deal that it is part of.
//!
//! A fact projects several relations, and not all of them need a line: a sale is drawn as a line from the seller to a
//! card and a line from the card to the buyer, and the card names what is sold.

mod parts;
mod sides;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::select::Chosen;
use crate::graph::{Entity, Fact, Relation};
use crate::model::vocabulary::COMMON_ROLES;
use crate::model::{FactKind, RelationKind, Role};
use parts::Parts;
pub(crate) use sides::Spoke;

/// A fact with more lines than this gets a card.
const MOST_LINES: usize = 2;

/// How much detail deals are drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Deals are cards.
    Full,
    /// Two parties are joined by a plain line; only facts with many parties are cards.
    Compact,
}

/// How one fact, or the records of entities, are drawn.
#[derive(Debug)]
pub(crate) enum Plan<'g> {
    Lines(Vec<LinePlan<'g>>),
    Card(Box<CardPlan<'g>>),
}

/// A fact whose lines meet in a card.
#[derive(Debug)]
pub(crate) struct CardPlan<'g> {
    pub(crate) fact: Fact<'g>,
    /// The relation whose verb describes the fact.
    pub(crate) principal: Relation<'g>,
    pub(crate) spokes: Vec<Spoke<'g>>,
    /// The amount that it states.
    pub(crate) amount: Option<crate::value::Money>,
    /// Whether some of its parties are not in the picture.
    pub(crate) is_cut: bool,
    /// Legs of the deal that the card describes, in a sentence each.
    pub(crate) parts: Vec<Fact<'g>>,
    /// What other sources say about the same thing.
    pub(crate) claims: Vec<Fact<'g>>,
    /// Connected facts that have cards of their own.
    pub(crate) ties: Vec<Fact<'g>>,
}

/// A line between two entities.
#[derive(Clone, Debug)]
pub(crate) struct LinePlan<'g> {
    pub(crate) relation: Relation<'g>,
    /// Entities that the label need not name, because they are drawn.
    pub(crate) drawn: Rc<[Entity<'g>]>,
    /// Whether the label describes the whole fact, or is just the verb.
    pub(crate) is_whole: bool,
}

impl<'g> Plan<'g> {
    /// The ends of all lines, repeated if an entity ends several.
    pub(crate) fn entities(&self) -> impl Iterator<Item = Entity<'g>> {
        let (lines, spokes): (&[_], &[_]) = match self {
            Self::Lines(lines) => (lines, &[]),
            Self::Card(card) => (&[], &card.spokes),
        };
        let ends = lines.iter().flat_map(|line: &LinePlan<'g>| [line.relation.from(), line.relation.to()]);
        ends.chain(spokes.iter().map(|spoke: &Spoke<'g>| spoke.entity))
    }
}

/// All plans, and the facts shown on another fact's card.
#[derive(Debug)]
pub(crate) struct Plans<'g> {
    /// In the order of facts; records of entities come last.
    pub(crate) plans: Vec<Plan<'g>>,
    /// Facts shown on the card of another fact.
    pub(crate) on_cards: HashSet<Fact<'g>>,
}

/// The selected relations of one fact.
struct Group<'g> {
    fact: Fact<'g>,
    /// Its projections.
    own: Vec<Relation<'g>>,
    /// Its derivations.
    derived: Vec<Relation<'g>>,
    /// Its links to other facts.
    ties: Vec<Relation<'g>>,
}

pub(crate) fn plan<'g>(chosen: &Chosen<'g>, detail: Detail) -> Plans<'g> {
    if chosen.exact {
        // Each box shows its own name.
        let drawn: Rc<[Entity<'g>]> = chosen.entities.as_slice().into();
        let line = |relation: &Relation<'g>| LinePlan { drawn: Rc::clone(&drawn), ..whole(*relation) };
        let plans = vec![Plan::Lines(chosen.relations.iter().map(line).collect())];
        return Plans { plans, on_cards: HashSet::new() };
    }
    let (groups, records) = grouped(&chosen.relations);
    let known: HashSet<_> = chosen.entities.iter().copied().collect();
    let parts = Parts::of(&groups, chosen, detail);
    let cards: HashSet<Fact<'g>> = groups
        .iter()
        .filter(|group| parts.host(group.fact).is_none() && is_card(group, &parts, chosen, &known, detail))
        .map(|group| group.fact)
        .collect();
    let drawn: HashSet<_> =
        groups.iter().filter(|group| !group.own.is_empty()).map(|group| group.fact).collect();
    let mut plans = Vec::new();
    for group in groups.iter().filter(|group| parts.host(group.fact).is_none()) {
        match cards.contains(&group.fact) {
            true => plans.extend(card(group, &parts, &cards, &known, &drawn)),
            false => plans.push(Plan::Lines(lines(group, detail))),
        }
        plans.push(Plan::Lines(rest(group, &cards)));
    }
    let joined = joined(&plans);
    let is_new = |relation: &Relation<'g>| {
        relation.kind() != RelationKind::IsUnitOf || !joined.contains(&pair(relation.from(), relation.to()))
    };
    plans.push(Plan::Lines(records.into_iter().filter(is_new).map(whole).collect()));
    plans.retain(|plan| !matches!(plan, Plan::Lines(lines) if lines.is_empty()));
    Plans { plans, on_cards: parts.on_cards() }
}

fn grouped<'g>(relations: &[Relation<'g>]) -> (Vec<Group<'g>>, Vec<Relation<'g>>) {
    let mut groups: Vec<Group<'g>> = Vec::new();
    let mut positions: HashMap<Fact<'g>, usize> = HashMap::new();
    let mut records = Vec::new();
    for relation in relations {
        let Some(fact) = relation.fact() else {
            records.push(*relation);
            continue;
        };
        let position = *positions.entry(fact).or_insert(groups.len());
        if position == groups.len() {
            groups.push(Group { fact, own: Vec::new(), derived: Vec::new(), ties: Vec::new() });
        }
        if let Some(group) = groups.get_mut(position) {
            match (relation.derived().is_some(), relation.is_tie()) {
                (true, _) => group.derived.push(*relation),
                (false, true) => group.ties.push(*relation),
                (false, false) => group.own.push(*relation),
            }
        }
    }
    (groups, records)
}

fn pair<'g>(one: Entity<'g>, other: Entity<'g>) -> (Entity<'g>, Entity<'g>) {
    (one.min(other), one.max(other))
}

/// The pairs that a line already joins: the box of a unit names the company it belongs to.
fn joined<'g>(plans: &[Plan<'g>]) -> HashSet<(Entity<'g>, Entity<'g>)> {
    let mut pairs = HashSet::new();
    for plan in plans {
        match plan {
            Plan::Lines(lines) => {
                pairs.extend(lines.iter().map(|line| pair(line.relation.from(), line.relation.to())));
            }
            Plan::Card(card) => {
                let parties = card.spokes.iter().filter(|spoke| !spoke.role.is_object());
                let objects = || card.spokes.iter().filter(|spoke| spoke.role.is_object());
                pairs.extend(
                    parties.flat_map(|party| objects().map(|object| pair(party.entity, object.entity))),
                );
            }
        }
    }
    pairs
}

fn whole(relation: Relation<'_>) -> LinePlan<'_> {
    LinePlan { relation, drawn: Rc::default(), is_whole: true }
}

/// Whether the lines of the fact meet in a card: a deal with something to show, or a fact with many lines.
fn is_card<'g>(
    group: &Group<'g>,
    parts: &Parts<'g>,
    chosen: &Chosen<'g>,
    known: &HashSet<Entity<'g>>,
    detail: Detail,
) -> bool {
    let (fact, record) = (group.fact, group.fact.record());
    if group.own.is_empty() || is_of_statements(fact) {
        return false;
    }
    let count = lines(group, detail).len();
    // A price paid for the whole is shown once.
    let is_worded = group.own.iter().any(|relation| relation.is_principal());
    let is_joint = detail == Detail::Full && count > 1 && record.amount.is_some() && is_worded;
    if count > MOST_LINES || is_joint || is_cut(fact, known) {
        return true;
    }
    let row = fact.kind().row();
    let is_whole = row.projections.iter().all(|projection| chosen.kinds.contains(projection.kind()));
    if detail == Detail::Compact || !row.deal || !is_whole {
        return false;
    }
    let has_objects = fact.roles().any(|(role, entity)| role.is_object() && known.contains(&entity));
    let has_figures = record.amount.is_some() || record.quantity.is_some();
    has_objects || has_figures || !parts.of_host(fact).is_empty() || fact.claim_count() > 1
}

/// Whether each of its lines is a statement of its own, as in a trust: its settlor, its trustee, its beneficiary.
fn is_of_statements(fact: Fact<'_>) -> bool {
    fact.kind() == FactKind::Trust
}

/// Whether some party of the fact is not in the picture, so that its lines alone would be misleading.
fn is_cut<'g>(fact: Fact<'g>, known: &HashSet<Entity<'g>>) -> bool {
    let is_party = |role: Role| !role.is_object() && !COMMON_ROLES.iter().any(|common| common.role == role);
    fact.roles().any(|(role, entity)| is_party(role) && !known.contains(&entity))
}

/// The relations as lines. The first, and others of its kind, carry the whole description.
fn lines<'g>(group: &Group<'g>, detail: Detail) -> Vec<LinePlan<'g>> {
    let Some(principal) = principal(&group.own) else { return Vec::new() };
    let kinds: HashSet<_> = group.own.iter().map(|relation| relation.kind()).collect();
    // The venture stands between its partners, so their partnership needs no line.
    let is_said = |relation: &Relation<'g>| {
        group.fact.kind() == FactKind::JointVenture
            && relation.kind() == RelationKind::PartnersWith
            && kinds.contains(&RelationKind::IsPartnerIn)
    };
    // What is sold is shown only in the full picture.
    let is_detail = |relation: &Relation<'g>| {
        detail == Detail::Compact && relation.kind() != principal.kind() && group.fact.kind().row().deal
    };
    let shown: Vec<_> = group.own.iter().copied().filter(|r| !is_said(r) && !is_detail(r)).collect();
    let drawn: Rc<[_]> = shown.iter().flat_map(|relation| [relation.from(), relation.to()]).collect();
    let is_apart = is_of_statements(group.fact);
    let line = |relation: Relation<'g>| LinePlan {
        relation,
        drawn: Rc::clone(&drawn),
        is_whole: is_apart || relation.kind() == principal.kind(),
    };
    // A fact with more lines than this becomes a card anyway.
    let most = if is_apart { usize::MAX } else { MOST_LINES + 1 };
    shown.into_iter().take(most).map(line).collect()
}

/// The relation whose verb describes the fact, or the first selected one.
fn principal<'g>(relations: &[Relation<'g>]) -> Option<Relation<'g>> {
    relations.iter().find(|relation| relation.is_principal()).or_else(|| relations.first()).copied()
}

fn card<'g>(
    group: &Group<'g>,
    parts: &Parts<'g>,
    cards: &HashSet<Fact<'g>>,
    known: &HashSet<Entity<'g>>,
    drawn: &HashSet<Fact<'g>>,
) -> Option<Plan<'g>> {
    let principal = principal(&group.own)?;
    let fact = group.fact;
    Some(Plan::Card(Box::new(CardPlan {
        fact,
        principal,
        spokes: sides::spokes(fact, principal, &group.own, known),
        amount: fact.record().amount,
        is_cut: is_cut(fact, known),
        parts: parts.of_host(fact).to_vec(),
        claims: other_claims(fact, drawn),
        ties: fact.tied_to().filter(|other| cards.contains(other) && *other != fact).collect(),
    })))
}

/// What other sources say about the same thing, if the view merges their relations into one.
fn other_claims<'g>(fact: Fact<'g>, drawn: &HashSet<Fact<'g>>) -> Vec<Fact<'g>> {
    fact.claims().into_iter().filter(|other| *other != fact && !drawn.contains(other)).collect()
}

/// The derivations of a fact, and its links to other facts unless a line between two cards shows them.
fn rest<'g>(group: &Group<'g>, cards: &HashSet<Fact<'g>>) -> Vec<LinePlan<'g>> {
    let tied_as_cards =
        cards.contains(&group.fact) && group.fact.tied_to().all(|other| cards.contains(&other));
    let ties = group.ties.iter().filter(|_| !tied_as_cards);
    let verb =
        |relation: &Relation<'g>| LinePlan { relation: *relation, drawn: Rc::default(), is_whole: false };
    group.derived.iter().chain(ties).map(verb).collect()
}
