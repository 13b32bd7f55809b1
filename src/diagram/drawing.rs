//! Builds the scene of a diagram: decides how much of what was asked for is drawn, and in what detail.
//!
//! | asked for | drawn |
//! |---|---|
//! | up to 60 boxes and cards | everything, deals as cards |
//! | up to 300 with several neighbors | lines without cards, parallel ones merged, leaves folded into "and 37 more" |
//! | up to 2,000 of these | the 60 most connected, as above, and the neighbors of those asked about |
//! | more | one box for each group, country or kind, with counts |
//!
//! The largest are kept; the rest are counted and summed. The picture states whatever is not drawn.

use std::collections::{HashMap, HashSet};

use super::Diagram;
use super::Fold;
use super::aggregate;
use super::compose::{Composed, compose};
use super::fold::{self, Room};
use super::plan::{Detail, plan};
use super::rest;
use super::said;
use super::scene::Scene;
use super::select::Chosen;
use super::words::{self, counted, thousands};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Entity, Fact};

/// The most boxes and cards drawn in full.
const MOST_IN_FULL: usize = 60;
/// The most lines drawn in full.
const MOST_LINES_IN_FULL: usize = 150;
/// With more entities than this, folding into cards cannot bring the boxes down to [`MOST_IN_FULL`], so it is not
/// tried.
const SURELY_MORE: usize = 4 * MOST_IN_FULL;
/// The most entities with several neighbors that are drawn in less detail.
const MOST_DRAWN: usize = 300;
/// How many entities are drawn if there are more than [`MOST_DRAWN`].
const MOST_CONNECTED: usize = 60;
/// With more entities than this that have several neighbors, groups are drawn.
const MOST_SINGLE: usize = 2_000;
/// With more entities than this, groups are drawn whatever their neighbors.
const MOST_FOLDED: usize = 20_000;
/// The most lines in a picture.
const MOST_LINES: usize = 250;
/// The most boxes if everything is asked for: more take minutes to lay out.
const MOST_UNFOLDED: usize = 500;
/// The most lines if everything is asked for.
const MOST_LINES_UNFOLDED: usize = 1_000;
/// A hub with this many leaves of one kind keeps only the largest.
const MANY_LEAVES: usize = 8;
/// How many leaves such a hub keeps.
const FEW_LEAVES: usize = 5;

/// A scene, and what it leaves out.
#[derive(Debug)]
pub(crate) struct Drawing<'g> {
    pub(crate) scene: Scene,
    /// Facts within the selection that are not drawn.
    pub(crate) left_out: Vec<Fact<'g>>,
    /// The number of entities and relations, if these are too many to draw one by one.
    pub(crate) too_many: Option<(usize, usize)>,
}

impl<'g> Drawing<'g> {
    pub(crate) fn of(diagram: &Diagram<'g>) -> Self {
        let mut chosen = Chosen::of(diagram);
        let connected = degrees(&chosen);
        let mut notes = chosen.notes.clone();
        let mut too_many = None;
        let mut scene = match diagram.fold {
            Fold::Never => unfolded(&mut chosen, connected.len()).unwrap_or_else(|| {
                too_many = Some((connected.len(), chosen.relations.len()));
                Scene::default()
            }),
            _ if connected.len() > MOST_FOLDED || core(&chosen, &connected).len() > MOST_SINGLE => {
                aggregate::scene(&chosen, &connected, &mut notes)
            }
            fold => single(&mut chosen, &connected, fold, &mut notes),
        };
        if let Some(view) = diagram.view.filter(|_| !diagram.owned.is_empty()) {
            rest::add(&mut scene, view);
            said::declared(&mut scene, view, &diagram.owned, &mut notes);
            said::readings(&scene, view, &chosen.relations, &mut notes);
        }
        if scene.nodes.is_empty() {
            notes.push("There is nothing to draw.".to_owned());
        }
        notes.extend(words::left_out(&chosen.left_out));
        let mut scene = Scene { title: chosen.title, subtitle: chosen.subtitle, notes, ..scene };
        scene.settle();
        scene.explain();
        Self { scene, left_out: chosen.left_out, too_many }
    }

    /// The scene, unless there is more than can be drawn.
    pub(crate) fn scene(self) -> Result<Scene> {
        match self.too_many {
            Some((entities, relations)) => {
                let message = format!(
                    "{} and {} are too many to draw one by one; the limit is {MOST_UNFOLDED} boxes and {} lines",
                    counted(entities, "entity", "entities"),
                    counted(relations, "relation", "relations"),
                    thousands(MOST_LINES_UNFOLDED)
                );
                let hint = "allow folding, or draw less, such as the surroundings of one name".to_owned();
                Err(Error::new(ErrorKind::Limit, message).hint(Some(hint)))
            }
            None => Ok(self.scene),
        }
    }
}

/// The scene with a box for everything; none if that is too much.
fn unfolded<'g>(chosen: &mut Chosen<'g>, connected: usize) -> Option<Scene> {
    if connected > MOST_UNFOLDED {
        return None;
    }
    let is_small =
        |scene: &Scene| scene.nodes.len() <= MOST_UNFOLDED && scene.lines.len() <= MOST_LINES_UNFOLDED;
    let full = plan(chosen, Detail::Full);
    let composed = compose(&full.plans, &chosen.main_of(&full.plans), chosen.exact);
    if is_small(&composed.scene) {
        chosen.left_out.retain(|fact| !full.on_cards.contains(fact));
        return Some(with_unconnected(chosen, composed));
    }
    let plans = plan(chosen, Detail::Compact).plans;
    let composed = compose(&plans, &chosen.main_of(&plans), chosen.exact);
    is_small(&composed.scene).then(|| with_unconnected(chosen, composed))
}

/// The scene in which every drawn entity has its own box, except for folded leaves.
fn single<'g>(
    chosen: &mut Chosen<'g>,
    connected: &[(Entity<'g>, usize)],
    fold: Fold,
    notes: &mut Vec<String>,
) -> Scene {
    let core = core(chosen, connected);
    let is_cut = core.len() > MOST_DRAWN;
    if is_cut {
        let kept = most_connected(connected, chosen);
        let of = (kept.len(), connected.len());
        keep(chosen, &kept);
        notes.push(format!(
            "Showing the {} most connected of {}, and what joins them.",
            of.0,
            thousands(of.1)
        ));
    }
    let is_asked = matches!(fold, Fold::Beyond(_)) && has_many_leaves(chosen, fold);
    if !is_cut && !is_asked && connected.len() <= SURELY_MORE {
        let plans = plan(chosen, Detail::Full);
        let mut composed = compose(&plans.plans, &chosen.main_of(&plans.plans), chosen.exact);
        fold::amounts_once(&mut composed);
        if composed.scene.nodes.len() <= MOST_IN_FULL && composed.scene.lines.len() <= MOST_LINES_IN_FULL {
            chosen.left_out.retain(|fact| !plans.on_cards.contains(fact));
            return with_unconnected(chosen, composed);
        }
    }
    let plans = plan(chosen, Detail::Compact).plans;
    let mut composed = compose(&plans, &chosen.main_of(&plans), chosen.exact);
    compact(&mut composed, fold, notes);
    with_unconnected(chosen, composed)
}

/// How many leaves of a hub are named. A single leaf is never folded: its name takes no more room than the box that
/// would replace it.
const fn room(fold: Fold) -> Room {
    match fold {
        Fold::Beyond(top) => Room { many: top.saturating_add(2), named: top, splits_ties: true },
        Fold::Usual | Fold::Never => Room { many: MANY_LEAVES, named: FEW_LEAVES, splits_ties: false },
    }
}

/// Whether some entity has enough leaves that they are to be folded.
fn has_many_leaves<'g>(chosen: &Chosen<'g>, fold: Fold) -> bool {
    let mut around: HashMap<Entity<'g>, usize> = HashMap::new();
    for hub in only_neighbors(chosen).into_values().flatten() {
        *around.entry(hub).or_default() += 1;
    }
    around.values().any(|count| *count >= room(fold).many)
}

/// The only neighbor of each entity; none if it has several.
fn only_neighbors<'g>(chosen: &Chosen<'g>) -> HashMap<Entity<'g>, Option<Entity<'g>>> {
    let mut only: HashMap<Entity<'g>, Option<Entity<'g>>> = HashMap::new();
    for relation in chosen.relations.iter().filter(|relation| relation.from() != relation.to()) {
        for (one, other) in [(relation.from(), relation.to()), (relation.to(), relation.from())] {
            let known = only.entry(one).or_insert(Some(other));
            if *known != Some(other) {
                *known = None;
            }
        }
    }
    only
}

/// The entities with several neighbors and the main ones: folding removes none of these.
fn core<'g>(chosen: &Chosen<'g>, connected: &[(Entity<'g>, usize)]) -> Vec<Entity<'g>> {
    let only = only_neighbors(chosen);
    let is_core =
        |entity: &Entity<'g>| chosen.main.contains(entity) || only.get(entity).is_none_or(Option::is_none);
    connected.iter().map(|(entity, _)| *entity).filter(is_core).collect()
}

/// Reduces the selection to these entities, and to the neighbors of the main ones. Each such neighbor keeps one link
/// only, so that it can be folded and its stake or price enters the sum.
fn keep<'g>(chosen: &mut Chosen<'g>, kept: &HashSet<Entity<'g>>) {
    let main: HashSet<_> = chosen.main.iter().copied().collect();
    let mut beside: HashMap<Entity<'g>, Entity<'g>> = HashMap::new();
    for relation in &chosen.relations {
        for (one, other) in [(relation.from(), relation.to()), (relation.to(), relation.from())] {
            if main.contains(&one) && !kept.contains(&other) {
                beside.entry(other).or_insert(one);
            }
        }
    }
    chosen.relations.retain(|relation| {
        let (from, to) = (relation.from(), relation.to());
        let is_kept = kept.contains(&from) && kept.contains(&to);
        is_kept || beside.get(&from) == Some(&to) || beside.get(&to) == Some(&from)
    });
    chosen.entities.retain(|entity| kept.contains(entity) || beside.contains_key(entity));
    chosen.left_out.retain(|fact| fact.roles().any(|(_, party)| kept.contains(&party)));
}

/// Removes details that a large picture has no room for, and notes which.
fn compact(composed: &mut Composed<'_>, fold: Fold, notes: &mut Vec<String>) {
    if fold::parallels(composed) {
        notes.push(
            "Similar facts about the same two parties share a line, with their count and total.".to_owned(),
        );
    }
    let folded = fold::leaves(composed, room(fold));
    fold::amounts_once(composed);
    let is_large =
        composed.scene.nodes.len() > MOST_IN_FULL || composed.scene.lines.len() > MOST_LINES_IN_FULL;
    if is_large {
        let amounts = match fold::label_sparsely(composed) {
            Some(left) => format!("Amounts are shown only on the {left} lines with the largest; d"),
            None => "D".to_owned(),
        };
        notes.push(format!("{amounts}ates, terms and other sources are left out to save space."));
    }
    if folded.names > 0 {
        let (verb, names) = (if folded.names == 1 { "is" } else { "are" }, folded.names);
        let into = match folded.boxes {
            1 => format!("“and {} more”", thousands(names)),
            boxes => format!("{boxes} boxes “and … more”"),
        };
        notes.push(format!(
            "{} that {} only one other {verb} folded into {into}: the largest are named, and among equals the first by id.",
            counted(names, "name", "names"),
            if names == 1 { "touches" } else { "touch" }
        ));
    }
    let lines = composed.scene.lines.len();
    if lines > MOST_LINES {
        let gone = fold::keep_lines(composed, MOST_LINES);
        let boxes = counted(gone, "box", "boxes");
        notes.push(format!(
            "Showing {MOST_LINES} of {} lines: the largest amounts and stakes, then those of the most connected; \
             {boxes} without any such line left out.",
            thousands(lines)
        ));
    }
    fold::cite_anew(&mut composed.scene);
}

/// The number of relations of each entity, in the order of ids.
fn degrees<'g>(chosen: &Chosen<'g>) -> Vec<(Entity<'g>, usize)> {
    let mut degrees: HashMap<Entity<'g>, usize> = HashMap::new();
    for entity in chosen.relations.iter().flat_map(|relation| [relation.from(), relation.to()]) {
        *degrees.entry(entity).or_default() += 1;
    }
    let mut degrees: Vec<_> = degrees.into_iter().collect();
    degrees.sort_unstable_by_key(|(entity, _)| *entity);
    degrees
}

/// The main entities, then those with the most relations, with the most amounts first among equals.
fn most_connected<'g>(degrees: &[(Entity<'g>, usize)], chosen: &Chosen<'g>) -> HashSet<Entity<'g>> {
    let mut priced: HashMap<Entity<'g>, usize> = HashMap::new();
    // Not by its record: a fact of many parties has more relations than parties, and a record lists all of these.
    let with_amount =
        chosen.relations.iter().filter(|r| r.fact().is_some_and(|f| f.bare_record().amount.is_some()));
    for entity in with_amount.flat_map(|relation| [relation.from(), relation.to()]) {
        *priced.entry(entity).or_default() += 1;
    }
    let main: HashSet<_> = chosen.main.iter().copied().collect();
    let mut by_degree = degrees.to_vec();
    by_degree.sort_by_key(|(entity, degree)| {
        let priced = priced.get(entity).copied().unwrap_or_default();
        (!main.contains(entity), std::cmp::Reverse((*degree, priced)))
    });
    by_degree.into_iter().take(MOST_CONNECTED).map(|(entity, _)| entity).collect()
}

fn with_unconnected<'g>(chosen: &Chosen<'g>, composed: Composed<'g>) -> Scene {
    let is_seen = |entity: &Entity<'g>| composed.seen.contains(entity);
    let unseen: Vec<_> = chosen.entities.iter().copied().filter(|entity| !is_seen(entity)).collect();
    Scene { unconnected: words::unconnected(&unseen), ..composed.scene }
}
