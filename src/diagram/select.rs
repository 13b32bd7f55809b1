//! What a diagram is asked to show: the entities, the relations among them, and the main entities.

use std::collections::{HashMap, HashSet};

use super::Diagram;
use super::calendar::written_out;
use super::plan::Plan;
use crate::graph::{Entity, Fact, Relation, Right, View};
use crate::model::vocabulary::Projection;
use crate::model::{RelationKind, Role};
use crate::query::RelationKinds;

/// The selection of a diagram.
#[derive(Debug)]
pub(crate) struct Chosen<'g> {
    /// In order of id.
    pub(crate) entities: Vec<Entity<'g>>,
    /// In order of fact, each in its stored direction.
    pub(crate) relations: Vec<Relation<'g>>,
    pub(crate) kinds: RelationKinds,
    /// Whether only these relations are drawn, as for a path, rather than whole facts.
    pub(crate) exact: bool,
    pub(crate) main: Vec<Entity<'g>>,
    pub(crate) title: Option<String>,
    pub(crate) subtitle: String,
    pub(crate) notes: Vec<String>,
    /// Facts among the entities of which nothing is drawn.
    pub(crate) left_out: Vec<Fact<'g>>,
}

impl<'g> Chosen<'g> {
    pub(crate) fn of(diagram: &Diagram<'g>) -> Self {
        let kinds = diagram.kinds.unwrap_or(RelationKinds::ALL);
        let is_drawn = |relation: &Relation<'g>| {
            kinds.contains(relation.kind()) && (diagram.kinds.is_some() || !is_maker(relation))
        };
        let near = (!diagram.around.is_empty()).then(|| within(&diagram.around, &is_drawn));
        let is_near = |entity: &Entity<'g>| near.as_ref().is_none_or(|near| near.contains(entity));
        let (entities, relations) = match (&diagram.steps, &diagram.facts) {
            _ if !diagram.owned.is_empty() => {
                let relations = ownership(&diagram.owned);
                let ends = relations.iter().flat_map(|relation| [relation.from(), relation.to()]);
                (sorted(ends.chain(diagram.owned.iter().copied())), relations)
            }
            (Some(steps), _) => {
                let ends = steps.iter().flat_map(|step| [step.from(), step.to()]);
                (sorted(ends.chain(diagram.main.iter().copied())), steps.clone())
            }
            (None, Some(facts)) => {
                let parties = facts.iter().flat_map(|fact| fact.roles().map(|(_, entity)| entity));
                let entities = sorted(parties.filter(is_near));
                let known: HashSet<_> = facts.iter().copied().collect();
                let is_of = |relation: &Relation<'g>| relation.fact().is_some_and(|f| known.contains(&f));
                let relations = among(&entities).into_iter().filter(is_of).collect();
                (entities, relations)
            }
            (None, None) => {
                let asked = diagram.entities.clone().unwrap_or_else(|| everything(diagram));
                let entities = sorted(asked.into_iter().filter(is_near));
                let relations = among(&entities);
                (entities, relations)
            }
        };
        let relations = relations.into_iter().filter(is_drawn).collect();
        Self {
            entities,
            relations,
            kinds,
            exact: diagram.steps.is_some() || !diagram.owned.is_empty(),
            main: diagram.main.clone(),
            title: title(diagram),
            subtitle: subtitle(diagram).join(" · "),
            left_out: Vec::new(),
            notes: diagram.notes.clone(),
        }
        .with_left_out(diagram)
    }

    /// Finds the facts among the entities of which nothing is drawn; a path leaves out nothing.
    fn with_left_out(mut self, diagram: &Diagram<'g>) -> Self {
        if self.exact {
            return self;
        }
        let known: HashSet<_> = self.entities.iter().copied().collect();
        let drawn: HashSet<_> =
            self.relations.iter().filter(|r| !r.is_tie()).filter_map(|r| r.fact()).collect();
        let is_asked = |fact: &Fact<'g>| {
            let mut projections = fact.kind().row().projections.iter();
            projections.any(|projection| self.kinds.contains(projection.kind()))
        };
        let is_center = |party: Entity<'g>| diagram.around.iter().any(|(center, _)| *center == party);
        let is_shown = |fact: &Fact<'g>| {
            fact.roles().all(|(_, party)| known.contains(&party))
                || fact.roles().any(|(_, party)| is_center(party))
        };
        // The view shows several claims as one relation.
        let is_drawn =
            |fact: &Fact<'g>| drawn.contains(fact) || fact.claims().iter().any(|claim| drawn.contains(claim));
        // On a given date, facts not in force do not exist, so they are not left out.
        let in_force: Option<HashSet<Fact<'g>>> = diagram
            .view
            .filter(|view| view.asks_when())
            .map(|view| view.relations().filter_map(|relation| relation.fact()).collect());
        let is_there = |fact: &Fact<'g>| {
            in_force.as_ref().is_none_or(|in_force| in_force.contains(fact) || !has_relations(*fact))
        };
        let is_left_out =
            |fact: &Fact<'g>| !is_drawn(fact) && is_asked(fact) && is_shown(fact) && is_there(fact);
        let facts = match &diagram.facts {
            Some(facts) => facts.clone(),
            None => diagram.view.into_iter().flat_map(View::facts).collect(),
        };
        self.left_out = facts.into_iter().filter(is_left_out).collect();
        self
    }

    /// The entities asked about, or else the one or two organisations with the most facts drawn.
    pub(crate) fn main_of(&self, plans: &[Plan<'g>]) -> Vec<Entity<'g>> {
        if !self.main.is_empty() {
            return self.main.clone();
        }
        let mut facts: HashMap<Entity<'g>, usize> = HashMap::new();
        for plan in plans {
            let parties: HashSet<_> = plan.entities().filter(|e| e.kind().is_organisation()).collect();
            for party in parties {
                *facts.entry(party).or_default() += 1;
            }
        }
        let mut most: Vec<_> = facts.into_iter().collect();
        most.sort_unstable_by_key(|(entity, n)| (std::cmp::Reverse(*n), *entity));
        let count = |n: usize| most.get(n).map_or(0, |(_, count)| *count);
        let take = match (count(0), count(1), count(2)) {
            (0 | 1, ..) => 0,
            (first, second, third) if second > third && second * 2 > first => 2,
            (first, second, _) if first > second => 1,
            _ => 0,
        };
        most.into_iter().take(take).map(|(entity, _)| entity).collect()
    }
}

/// Whether the fact gives any relation, in any view.
fn has_relations(fact: Fact<'_>) -> bool {
    let count = |role: Role| fact.parties(role).count();
    fact.kind().row().projections.iter().any(|projection| match *projection {
        Projection::Each(_, from, to) => count(from) > 0 && count(to) > 0,
        Projection::Mutual(_, side, other) => count(side) > 1 || count(side) + other.map_or(0, count) > 1,
    })
}

/// The diagram's own title, else one for what it shows, else the graph's.
fn title(diagram: &Diagram<'_>) -> Option<String> {
    let owned = diagram.owned.first().map(|entity| match diagram.owned.len() {
        1 => format!("Who owns {entity}, and what it owns"),
        _ => "Who owns whom".to_owned(),
    });
    let around = diagram.around.first().map(|(entity, _)| match diagram.around.len() {
        1 => format!("Around {entity}"),
        _ => "Around several names".to_owned(),
    });
    diagram.title.clone().or(owned).or(around).or_else(|| diagram.view?.title().map(str::to_owned))
}

/// Relations of ownership, control, group membership or trusts.
const OWNERSHIP: [RelationKind; 7] = [
    RelationKind::OwnsShareOf,
    RelationKind::Controls,
    RelationKind::IsParentOf,
    RelationKind::IsSettlorOf,
    RelationKind::IsTrusteeOf,
    RelationKind::IsProtectorOf,
    RelationKind::IsBeneficiaryOf,
];

/// The owners of these entities and their owners, and what these entities own and what that owns.
fn ownership<'g>(entities: &[Entity<'g>]) -> Vec<Relation<'g>> {
    let mut found = HashSet::new();
    for upwards in [true, false] {
        let mut seen: HashSet<_> = entities.iter().copied().collect();
        let mut waiting = entities.to_vec();
        while let Some(entity) = waiting.pop() {
            // Without a date too, what purchases and sales left to this day is part of it.
            let relations: Vec<_> = if upwards {
                entity.entering().chain(entity.stakes_in_it()).collect()
            } else {
                entity.leaving().chain(entity.stakes_it_has()).collect()
            };
            let is_stake =
                |relation: &Relation<'g>| OWNERSHIP.contains(&relation.kind()) && relation.counts();
            for relation in relations.into_iter().filter(is_stake) {
                let next = if upwards { relation.from() } else { relation.to() };
                found.insert(relation);
                if seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
    }
    // Of several readings of one stake the newest counts; ended stakes are drawn as ended.
    let Some(view) = entities.first().map(|entity| entity.view()) else { return Vec::new() };
    let ownership = view.ownership();
    let counts = |relation: &Relation<'g>| {
        relation.kind() != RelationKind::OwnsShareOf
            || ownership.stated(Right::Equity, relation.from(), relation.to()).contains(relation)
            || ownership.ended(Right::Equity).contains(relation)
            || ownership.not_added(Right::Equity).contains(relation)
            || relation.gives_profit_only()
                && ownership.stated(Right::Profit, relation.from(), relation.to()).contains(relation)
    };
    let mut relations: Vec<_> =
        found.into_iter().filter(counts).map(|relation| relation.read_from(relation.from())).collect();
    relations.sort_unstable_by_key(|relation| relation.index());
    relations
}

fn everything<'g>(diagram: &Diagram<'g>) -> Vec<Entity<'g>> {
    diagram.view.into_iter().flat_map(View::entities).filter(|entity| entity.is_known()).collect()
}

/// Which part of the graph is shown, then the graph's own title: that a graph is fictional, say, holds for its parts
/// too.
fn subtitle(diagram: &Diagram<'_>) -> Vec<String> {
    let around = diagram.around.iter().map(|(entity, hops)| {
        let noun = if *hops == 1 { "relation" } else { "relations" };
        format!("within {hops} {noun} of {entity}")
    });
    let around: Vec<_> = around.collect();
    let kinds = diagram.kinds.map(|kinds| {
        let labels: Vec<_> = kinds.iter().map(|kind| kind.to_string()).collect();
        format!(
            "only {}",
            if labels.len() > MOST_KINDS { "some kinds".to_owned() } else { labels.join(", ") }
        )
    });
    let view = diagram.view;
    // The graph's title is at the top unless this picture has its own.
    let has_own = title(diagram).as_deref() != view.and_then(View::title);
    let graph = view.and_then(View::title).filter(|_| has_own).map(|title| format!("from: {title}"));
    let description = view.and_then(View::description).map(str::to_owned);
    let shown = Some(around.join("; ")).filter(|around| !around.is_empty());
    let own = diagram.subtitle.as_deref().map(written_out);
    shown.into_iter().chain(kinds).chain(own).chain(graph).chain(description).collect()
}

/// The most kinds named in the subtitle.
const MOST_KINDS: usize = 6;

/// Who makes what, and what a product line consists of: these touch everything, so they are left out unless asked
/// for.
fn is_maker(relation: &Relation<'_>) -> bool {
    match relation.kind() {
        RelationKind::Makes | RelationKind::RunsOn => true,
        RelationKind::IsPartOf => relation.fact().is_none(),
        _ => false,
    }
}

fn sorted<'g>(entities: impl Iterator<Item = Entity<'g>>) -> Vec<Entity<'g>> {
    let mut entities: Vec<_> = entities.collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}

/// All relations among these entities, in order of fact.
fn among<'g>(entities: &[Entity<'g>]) -> Vec<Relation<'g>> {
    let known: HashSet<_> = entities.iter().copied().collect();
    let leaving = entities.iter().flat_map(|entity| entity.leaving());
    let mut relations: Vec<_> = leaving.filter(|relation| known.contains(&relation.to())).collect();
    relations.sort_unstable_by_key(|relation| relation.index());
    relations
}

/// The entities within this many drawn relations, including sought and cancelled deals.
fn within<'g>(
    around: &[(Entity<'g>, usize)],
    is_drawn: &impl Fn(&Relation<'g>) -> bool,
) -> HashSet<Entity<'g>> {
    let mut all = HashSet::new();
    for (center, hops) in around {
        let mut reached = HashSet::from([*center]);
        let mut edge = vec![*center];
        for _ in 0..*hops {
            let mut next = Vec::new();
            for relation in edge.iter().flat_map(|entity| entity.relations()).filter(|r| is_drawn(r)) {
                if reached.insert(relation.object()) {
                    next.push(relation.object());
                }
            }
            if next.is_empty() {
                break;
            }
            edge = next;
        }
        all.extend(reached);
    }
    all
}
