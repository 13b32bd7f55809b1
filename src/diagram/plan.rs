//! Which lines a fact becomes, so that a sale is no hairball.
//!
//! A fact projects several relations, not all of which need a line: a sale with an object reads
//! seller - object - buyer without a third line past it. Where a fact would still be many lines, they meet in
//! a junction.

use std::collections::{HashMap, HashSet};

use super::select::Chosen;
use crate::graph::{Entity, Fact, Relation};
use crate::model::vocabulary::Projection;
use crate::model::{FactKind, RelationKind, Role};

/// A fact of more lines than this gets a junction.
const MOST_LINES: usize = 2;

/// A fact that projects more relations than this has more lines than that, even as a chain.
const SURELY_MANY: usize = 8;

/// What one fact, or the records of entities, put into the picture.
#[derive(Debug)]
pub(crate) enum Plan<'g> {
    Lines(Vec<Draft<'g>>),
    Junction { fact: Fact<'g>, principal: Relation<'g>, spokes: Vec<Spoke<'g>> },
}

impl<'g> Plan<'g> {
    /// Every end of every line, as often as it is one.
    pub(crate) fn entities(&self) -> impl Iterator<Item = Entity<'g>> {
        let (drafts, spokes): (&[_], &[_]) = match self {
            Self::Lines(drafts) => (drafts, &[]),
            Self::Junction { spokes, .. } => (&[], spokes),
        };
        let ends = drafts.iter().flat_map(|draft: &Draft<'g>| [draft.from, draft.to]);
        ends.chain(spokes.iter().map(|spoke: &Spoke<'g>| spoke.entity))
    }
}

/// A line from entity to entity.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'g> {
    pub(crate) from: Entity<'g>,
    pub(crate) to: Entity<'g>,
    pub(crate) kind: RelationKind,
    pub(crate) fact: Option<Fact<'g>>,
    pub(crate) has_head: bool,
    pub(crate) words: Words<'g>,
}

/// What stands on a line.
#[derive(Clone, Debug)]
pub(crate) enum Words<'g> {
    /// The verb of a relation and what there is to say of its fact, but for these, which are drawn.
    Whole(Relation<'g>, Vec<Entity<'g>>),
    /// The first leg of a chain: as the whole, with the verb cut before its preposition.
    Leg(Relation<'g>, Vec<Entity<'g>>),
    /// Just the verb of a relation.
    Verb(Relation<'g>),
    /// Just a word.
    Word(&'static str),
}

/// A line between a junction and an entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoke<'g> {
    pub(crate) entity: Entity<'g>,
    pub(crate) role: Role,
    /// Whether it leads from the junction to the entity.
    pub(crate) is_outward: bool,
    pub(crate) has_head: bool,
    /// What the junction's verb does not say.
    pub(crate) word: Option<&'static str>,
}

/// The plans of all facts chosen, in their order; what records of entities say comes last.
pub(crate) fn plan<'g>(chosen: &Chosen<'g>) -> Vec<Plan<'g>> {
    if chosen.exact {
        let draft = |relation: &Relation<'g>| Plan::Lines(vec![whole(*relation, Vec::new())]);
        return chosen.relations.iter().map(draft).collect();
    }
    let mut groups: Vec<(Fact<'g>, Vec<Relation<'g>>)> = Vec::new();
    let mut records = Vec::new();
    for relation in &chosen.relations {
        match (relation.fact(), groups.last_mut()) {
            (None, _) => records.push(*relation),
            (Some(fact), Some((last, relations))) if *last == fact => relations.push(*relation),
            (Some(fact), _) => groups.push((fact, vec![*relation])),
        }
    }
    let known: HashSet<_> = chosen.entities.iter().copied().collect();
    let mut plans: Vec<_> = groups
        .into_iter()
        .flat_map(|(fact, relations)| fact_plans(fact, &relations, chosen, &known))
        .collect();
    let joined = pairs(&plans);
    let is_new = |relation: &Relation<'g>| {
        relation.kind() != RelationKind::IsUnitOf || !joined.contains(&pair(relation.from(), relation.to()))
    };
    plans.push(Plan::Lines(
        records.into_iter().filter(is_new).map(|relation| whole(relation, Vec::new())).collect(),
    ));
    plans
}

fn pair<'g>(one: Entity<'g>, other: Entity<'g>) -> (Entity<'g>, Entity<'g>) {
    (one.min(other), one.max(other))
}

/// The pairs that a line joins, or a junction: the box of a unit says whose it is.
fn pairs<'g>(plans: &[Plan<'g>]) -> HashSet<(Entity<'g>, Entity<'g>)> {
    let mut pairs = HashSet::new();
    for plan in plans {
        if let Plan::Lines(drafts) = plan {
            pairs.extend(drafts.iter().map(|draft| pair(draft.from, draft.to)));
        }
    }
    pairs
}

fn whole<'g>(relation: Relation<'g>, drawn: Vec<Entity<'g>>) -> Draft<'g> {
    let words = Words::Whole(relation, drawn);
    draft(relation, relation.from(), relation.to(), words)
}

fn draft<'g>(relation: Relation<'g>, from: Entity<'g>, to: Entity<'g>, words: Words<'g>) -> Draft<'g> {
    let (kind, fact) = (relation.kind(), relation.fact());
    Draft { from, to, kind, fact, has_head: !kind.is_symmetric(), words }
}

fn fact_plans<'g>(
    fact: Fact<'g>,
    relations: &[Relation<'g>],
    chosen: &Chosen<'g>,
    known: &HashSet<Entity<'g>>,
) -> Vec<Plan<'g>> {
    let projected = |kind: RelationKind| fact.kind().row().projections.iter().any(|p| p.kind() == kind);
    let (own, tied): (Vec<Relation<'g>>, Vec<_>) = relations.iter().partition(|r| projected(r.kind()));
    let mut plans = Vec::new();
    // So many relations are more than enough lines, whichever way they are drawn.
    let lines = match own.len() > SURELY_MANY {
        true => Vec::new(),
        false => chain(fact, &own, chosen, known).unwrap_or_else(|| direct(fact, &own)),
    };
    match principal(&own) {
        Some(principal) if own.len() > SURELY_MANY || lines.len() > MOST_LINES => {
            let spokes = spokes(fact, principal, &own, known);
            plans.push(Plan::Junction { fact, principal, spokes });
        }
        _ => plans.push(Plan::Lines(lines)),
    }
    if !tied.is_empty() {
        plans.push(Plan::Lines(
            tied.into_iter().map(|r| draft(r, r.from(), r.to(), Words::Verb(r))).collect(),
        ));
    }
    plans
}

/// The relation that words the fact; where it is not among those chosen, the first that is.
fn principal<'g>(relations: &[Relation<'g>]) -> Option<Relation<'g>> {
    relations.iter().find(|relation| relation.is_principal()).or_else(|| relations.first()).copied()
}

/// The relations as lines; the first has all the words, and so has each other of the same kind.
fn direct<'g>(fact: Fact<'g>, relations: &[Relation<'g>]) -> Vec<Draft<'g>> {
    let kinds: HashSet<_> = relations.iter().map(|relation| relation.kind()).collect();
    // The venture stands between its partners.
    let is_said = |relation: &Relation<'g>| {
        fact.kind() == FactKind::JointVenture
            && relation.kind() == RelationKind::PartnersWith
            && kinds.contains(&RelationKind::IsPartnerIn)
    };
    let Some(principal) = principal(relations) else { return Vec::new() };
    let shown: Vec<_> = relations.iter().copied().filter(|relation| !is_said(relation)).collect();
    let drawn: Vec<_> = shown.iter().flat_map(|relation| [relation.from(), relation.to()]).collect();
    let words = |relation: Relation<'g>| match relation.kind() == principal.kind() {
        true => Words::Whole(relation, drawn.clone()),
        false => Words::Verb(relation),
    };
    shown.into_iter().map(|r| draft(r, r.from(), r.to(), words(r))).collect()
}

/// Facts that read well as subject - object - other side: who, what, to whom, and the word on the second leg.
const CHAINS: &[(FactKind, Role, Role, Role, &str)] = &[
    (FactKind::Sale, Role::Seller, Role::Of, Role::Buyer, "to"),
    (FactKind::License, Role::Licensor, Role::Of, Role::Licensee, "to"),
    (FactKind::Supply, Role::Supplier, Role::Of, Role::Customer, "to"),
    (FactKind::Manufacturing, Role::Manufacturer, Role::Of, Role::Principal, "for"),
    (FactKind::Distribution, Role::Distributor, Role::Of, Role::Principal, "for"),
];

/// The fact through its objects, if all of it may be drawn.
fn chain<'g>(
    fact: Fact<'g>,
    relations: &[Relation<'g>],
    chosen: &Chosen<'g>,
    known: &HashSet<Entity<'g>>,
) -> Option<Vec<Draft<'g>>> {
    let (_, from, of, to, word) = CHAINS.iter().find(|(kind, ..)| *kind == fact.kind())?;
    let projections = fact.kind().row().projections;
    let principal = relations.iter().copied().find(|relation| relation.is_principal())?;
    let objects: Vec<_> = fact.parties(*of).collect();
    let is_whole = projections.iter().all(|projection| chosen.kinds.contains(projection.kind()))
        && !objects.is_empty()
        && objects.iter().all(|object| known.contains(object));
    if !is_whole {
        return None;
    }
    let (first, second) = leg_kinds(principal.kind());
    let mut legs = Vec::new();
    for object in &objects {
        for subject in fact.parties(*from).filter(|subject| known.contains(subject)) {
            let wording = relations.iter().copied().find(|r| r.kind() == first).unwrap_or(principal);
            let wording = if is_worded(wording) { wording } else { principal };
            let words = Words::Leg(wording, objects.clone());
            legs.push(Draft { has_head: false, kind: first, ..draft(principal, subject, *object, words) });
        }
    }
    for object in &objects {
        for party in fact.parties(*to).filter(|party| known.contains(party)) {
            let words = Words::Word(word);
            legs.push(Draft { has_head: true, kind: second, ..draft(principal, *object, party, words) });
        }
    }
    Some(legs)
}

/// The kinds of the two legs, which say how they look.
const fn leg_kinds(principal: RelationKind) -> (RelationKind, RelationKind) {
    match principal {
        RelationKind::SellsTo => (RelationKind::Divests, RelationKind::Acquires),
        kind => (kind, kind),
    }
}

/// Whether a choice of the fact words the relation otherwise: "assigns", not "divests".
fn is_worded(relation: Relation<'_>) -> bool {
    relation.label() != relation.kind().label()
}

/// The lines of a junction: from those who do it, to those to whom it is done, and to what it is about.
fn spokes<'g>(
    fact: Fact<'g>,
    principal: Relation<'g>,
    relations: &[Relation<'g>],
    known: &HashSet<Entity<'g>>,
) -> Vec<Spoke<'g>> {
    let sides = Sides::of(fact, principal.kind());
    let touched: HashSet<_> = relations.iter().flat_map(|r| [r.from(), r.to()]).collect();
    let mut seen: HashMap<Entity<'g>, Role> = HashMap::new();
    let mut spokes = Vec::new();
    let mut first_side = 0;
    for (role, entity) in fact.roles() {
        let is_party = sides.has(role) && (touched.contains(&entity) || role.is_object());
        if !known.contains(&entity) || !is_party || seen.insert(entity, role).is_some() {
            continue;
        }
        first_side += usize::from(sides.inward == Some(role));
        spokes.push(sides.spoke(role, entity));
    }
    for role in [Role::Over, Role::Software, Role::Device, Role::Accused] {
        // A fan of many needs the word once.
        for spoke in spokes.iter_mut().filter(|spoke| spoke.role == role).skip(1) {
            spoke.word = None;
        }
    }
    if sides.is_round {
        // Partners among each other: half of them on either side.
        for spoke in spokes.iter_mut().filter(|s| sides.inward == Some(s.role)).skip(first_side.div_ceil(2)) {
            spoke.is_outward = true;
        }
    }
    spokes
}

/// Which roles of a fact are on which side of its junction.
struct Sides {
    inward: Option<Role>,
    outward: Option<Role>,
    /// Roles of other projections.
    others: Vec<Role>,
    is_mutual: bool,
    /// Mutual, with one side only.
    is_round: bool,
}

impl Sides {
    fn of(fact: Fact<'_>, principal: RelationKind) -> Self {
        let row = fact.kind().row();
        let main = row.projections.iter().find(|projection| projection.kind() == principal);
        let (inward, outward, is_mutual) = match (fact.kind(), main) {
            // The software goes from its owner to who installs it.
            (FactKind::PreInstall, _) => (Some(Role::Principal), Some(Role::Installer), false),
            (_, Some(Projection::Each(_, from, to))) => (Some(*from), Some(*to), false),
            (_, Some(Projection::Mutual(_, side, other))) => (Some(*side), *other, true),
            (_, None) => (None, None, false),
        };
        let others = row.projections.iter().flat_map(|projection| match projection {
            Projection::Each(_, from, to) => vec![*from, *to],
            Projection::Mutual(_, side, other) => std::iter::once(*side).chain(*other).collect(),
        });
        let objects = row.roles.iter().map(|row| row.role).filter(|role| role.is_object());
        let is_round = is_mutual && outward.is_none_or(|role| fact.parties(role).next().is_none());
        Self { inward, outward, others: others.chain(objects).collect(), is_mutual, is_round }
    }

    fn has(&self, role: Role) -> bool {
        self.inward == Some(role) || self.outward == Some(role) || self.others.contains(&role)
    }

    fn spoke<'g>(&self, role: Role, entity: Entity<'g>) -> Spoke<'g> {
        // Software goes in, and with its devices out.
        let is_outward = self.inward != Some(role) && role != Role::Software;
        let has_head = self.outward == Some(role) && !self.is_mutual;
        let is_said = self.inward == Some(role) || self.outward == Some(role);
        let word = match role {
            _ if is_said => None,
            Role::Over => Some("over"),
            Role::Software => Some("pre-installed software"),
            Role::Device => Some("on"),
            Role::Accused => Some("accusing"),
            _ => None,
        };
        Spoke { entity, role, is_outward, has_head, word }
    }
}
