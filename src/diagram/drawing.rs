//! From a diagram to its scene: how much of what was asked for is drawn, and how closely.
//!
//! | entities with relations | drawn |
//! |---|---|
//! | up to 60 boxes and cards | everything, deals as cards |
//! | up to 300 | lines without cards, amounts on the largest, leaves folded into "and 37 more" |
//! | up to 2,000 | the 60 most connected, as above |
//! | more | one box for each group, country or kind, with counts |
//!
//! Whatever is not drawn, the picture says so.

use std::collections::{HashMap, HashSet};

use super::Diagram;
use super::aggregate;
use super::compose::{Composed, compose};
use super::fold;
use super::plan::{Detail, plan};
use super::rest;
use super::scene::Scene;
use super::select::Chosen;
use super::words::{self, counted, thousands};
use crate::graph::{Entity, Fact};

/// Up to this many boxes and cards are drawn in full.
const MOST_IN_FULL: usize = 60;
/// And up to so many lines.
const MOST_LINES_IN_FULL: usize = 150;
/// More entities than this cannot become so few boxes by folding, so that there is no need to try.
const SURELY_MORE: usize = 4 * MOST_IN_FULL;
/// Up to this many entities are drawn, if less closely.
const MOST_DRAWN: usize = 300;
/// Of more, this many are drawn.
const MOST_CONNECTED: usize = 60;
/// Of more than this, groups are drawn.
const MOST_SINGLE: usize = 2_000;
/// Most lines of a picture.
const MOST_LINES: usize = 250;

/// A scene, and what it leaves out.
#[derive(Debug)]
pub(crate) struct Drawing<'g> {
    pub(crate) scene: Scene,
    /// Facts of what is shown that are not drawn.
    pub(crate) left_out: Vec<Fact<'g>>,
}

impl<'g> Drawing<'g> {
    pub(crate) fn of(diagram: &Diagram<'g>) -> Self {
        let mut chosen = Chosen::of(diagram);
        let connected = degrees(&chosen);
        let mut notes = chosen.notes.clone();
        let scene = if connected.len() > MOST_SINGLE {
            aggregate::scene(&chosen, &connected, &mut notes)
        } else {
            single(&mut chosen, &connected, &mut notes)
        };
        let mut scene = scene;
        if let Some(view) = diagram.view.filter(|_| !diagram.owned.is_empty()) {
            rest::add(&mut scene, view);
        }
        if scene.nodes.is_empty() {
            notes.push("Nothing that can be drawn is stated.".to_owned());
        }
        notes.extend(words::left_out(&chosen.left_out));
        let mut scene = Scene { title: chosen.title, subtitle: chosen.subtitle, notes, ..scene };
        scene.explain();
        Self { scene, left_out: chosen.left_out }
    }
}

/// The scene in which every entity drawn has its own box.
fn single<'g>(chosen: &mut Chosen<'g>, connected: &[(Entity<'g>, usize)], notes: &mut Vec<String>) -> Scene {
    let is_cut = connected.len() > MOST_DRAWN;
    if is_cut {
        let kept = most_connected(connected, chosen);
        notes.push(format!(
            "Showing what joins {} of {} (most connected).",
            kept.len(),
            thousands(connected.len())
        ));
        chosen.keep(&kept);
    }
    if !is_cut && connected.len() <= SURELY_MORE {
        let plans = plan(chosen, Detail::Full);
        let composed = compose(&plans.plans, &chosen.main_of(&plans.plans), chosen.exact);
        if composed.scene.nodes.len() <= MOST_IN_FULL && composed.scene.lines.len() <= MOST_LINES_IN_FULL {
            chosen.left_out.retain(|fact| !plans.told.contains(fact));
            return with_unconnected(chosen, composed);
        }
    }
    let plans = plan(chosen, Detail::Compact).plans;
    let largest = fold::largest_amounts(&plans);
    let mut composed = compose(&plans, &chosen.main_of(&plans), chosen.exact);
    compact(&mut composed, &largest, notes);
    with_unconnected(chosen, composed)
}

/// Takes the details away that a large picture has no room for, and says which.
fn compact<'g>(composed: &mut Composed<'g>, largest: &HashSet<Fact<'g>>, notes: &mut Vec<String>) {
    let is_cut = fold::label_sparsely(&mut composed.scene, &composed.facts, largest);
    let amounts = if is_cut {
        format!("Amounts stand on the {} largest only; d", largest.len())
    } else {
        "D".to_owned()
    };
    notes.push(format!("{amounts}ates, terms and other sources are left out for want of room."));
    let folded = fold::leaves(&mut composed.scene);
    if folded > 0 {
        notes.push(format!(
            "{} with a single line each {} folded into “and … more”.",
            counted(folded, "name", "names"),
            if folded == 1 { "is" } else { "are" }
        ));
    }
    fold::parallels(&mut composed.scene);
    let lines = composed.scene.lines.len();
    if lines > MOST_LINES {
        let gone = fold::keep_lines(&mut composed.scene, MOST_LINES);
        let boxes = counted(gone, "box", "boxes");
        notes.push(format!(
            "Showing {MOST_LINES} of {} lines, of the most connected; {boxes} with none of them left out.",
            thousands(lines)
        ));
    }
}

/// How many relations touch each entity, in the order of ids.
fn degrees<'g>(chosen: &Chosen<'g>) -> Vec<(Entity<'g>, usize)> {
    let mut degrees: HashMap<Entity<'g>, usize> = HashMap::new();
    for entity in chosen.relations.iter().flat_map(|relation| [relation.from(), relation.to()]) {
        *degrees.entry(entity).or_default() += 1;
    }
    let mut degrees: Vec<_> = degrees.into_iter().collect();
    degrees.sort_unstable_by_key(|(entity, _)| *entity);
    degrees
}

/// The main entities, then those with the most relations, and of these those with the most amounts.
fn most_connected<'g>(degrees: &[(Entity<'g>, usize)], chosen: &Chosen<'g>) -> HashSet<Entity<'g>> {
    let mut priced: HashMap<Entity<'g>, usize> = HashMap::new();
    let with_amount =
        chosen.relations.iter().filter(|r| r.fact().is_some_and(|f| f.record().amount.is_some()));
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
