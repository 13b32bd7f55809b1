//! What makes room in a large picture: fewer labels, leaves folded into one box, parallel lines drawn as one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::plan::Plan;
use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::standing::Standing;
use super::style::Look;
use super::words::{counted, thousands};
use crate::graph::Fact;
use crate::value::{Currency, Money};

/// So many amounts are shown.
const MOST_AMOUNTS: usize = 20;
/// A hub with this many leaves of one kind keeps only a few of them.
const MANY_LEAVES: usize = 6;
/// So many.
const FEW_LEAVES: usize = 3;

/// The facts with the largest amounts.
///
/// Currencies are never compared: the largest of each come first, then the second largest of each, and so on.
pub(crate) fn largest_amounts<'g>(plans: &[Plan<'g>]) -> HashSet<Fact<'g>> {
    let mut by_currency: BTreeMap<Currency, Vec<(Money, Fact<'g>)>> = BTreeMap::new();
    let mut seen = HashSet::new();
    for fact in plans.iter().flat_map(facts).filter(|fact| seen.insert(*fact)) {
        let Some(amount) = fact.record().amount else { continue };
        if let Some(currency) = amount.currency() {
            by_currency.entry(currency).or_default().push((amount, fact));
        }
    }
    let mut ranked: Vec<(usize, Currency, Fact<'g>)> = Vec::new();
    for (currency, mut amounts) in by_currency {
        // A sort that keeps the order of facts where amounts are equal.
        amounts.sort_by_key(|(amount, _)| std::cmp::Reverse(amount.high().or_else(|| amount.low())));
        ranked.extend(amounts.into_iter().enumerate().map(|(rank, (_, fact))| (rank, currency, fact)));
    }
    ranked.sort_by_key(|(rank, currency, _)| (*rank, *currency));
    ranked.into_iter().take(MOST_AMOUNTS).map(|(.., fact)| fact).collect()
}

fn facts<'g>(plan: &Plan<'g>) -> Vec<Fact<'g>> {
    match plan {
        Plan::Lines(drafts) => drafts.iter().filter_map(|draft| draft.relation.fact()).collect(),
        Plan::Card(card) => vec![card.fact],
    }
}

/// Leaves stakes, the largest amounts, and the verbs of lines that may mean anything; says whether amounts were cut.
///
/// `facts` are those of the lines.
pub(crate) fn label_sparsely(
    scene: &mut Scene,
    facts: &[Option<Fact<'_>>],
    largest: &HashSet<Fact<'_>>,
) -> bool {
    let mut shown = HashSet::new();
    let mut is_cut = false;
    for (line, fact) in scene.lines.iter_mut().zip(facts) {
        let label = std::mem::take(&mut line.label);
        // A fact of several lines has its amount on one, or it would look like several.
        let is_largest = |fact: Fact<'_>| largest.contains(&fact);
        is_cut |= label.amount.is_some() && !fact.is_some_and(is_largest);
        let amount =
            label.amount.filter(|_| fact.is_some_and(|fact| is_largest(fact) && shown.insert(fact.id())));
        // Lines of one look that may mean anything keep their verb.
        let is_telling = line.look == Look::Other || line.look == Look::Owns && label.strong.contains('%');
        let strong = if is_telling { label.strong } else { String::new() };
        if amount.is_some() || !strong.is_empty() {
            line.label = Label { strong, amount, footnotes: label.footnotes, details: Vec::new() };
        }
    }
    for node in &mut scene.nodes {
        if let Body::Card(card) = &mut node.body {
            card.lines.clear();
            card.columns = None;
        }
    }
    cite_anew(scene);
    is_cut
}

/// Drops the sources that nothing cites any more, and numbers the others again.
fn cite_anew(scene: &mut Scene) {
    let mut footnotes: Vec<&mut Vec<usize>> = Vec::new();
    footnotes.extend(scene.lines.iter_mut().map(|line| &mut line.label.footnotes));
    footnotes.extend(scene.nodes.iter_mut().filter_map(|node| match &mut node.body {
        Body::Card(card) => Some(&mut card.footnotes),
        Body::Name(_) => None,
    }));
    let cited: std::collections::BTreeSet<usize> =
        footnotes.iter().flat_map(|numbers| numbers.iter().copied()).collect();
    let renumbered: HashMap<usize, usize> = cited.iter().copied().zip(1..).collect();
    for number in footnotes.into_iter().flatten() {
        *number = renumbered.get(number).copied().unwrap_or(*number);
    }
    let sources = std::mem::take(&mut scene.sources);
    let kept = sources.into_iter().zip(1..).filter(|(_, number)| cited.contains(number));
    scene.sources = kept.map(|(source, _)| source).collect();
}

/// Folds the many leaves of a hub into one box; gives back how many names are folded.
pub(crate) fn leaves(scene: &mut Scene) -> usize {
    let mut degrees = vec![0_usize; scene.nodes.len()];
    for end in scene.lines.iter().flat_map(|line| [line.from, line.to]) {
        degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
    }
    let is_leaf = |node: usize| {
        let is_plain = |node: &Node| matches!(&node.body, Body::Name(name) if !name.is_main);
        degrees.get(node) == Some(&1) && scene.nodes.get(node).is_some_and(is_plain)
    };
    let mut fans: BTreeMap<Fan, Vec<usize>> = BTreeMap::new();
    for (at, line) in scene.lines.iter().enumerate() {
        match (is_leaf(line.from), is_leaf(line.to)) {
            (false, true) => fans.entry(Fan::of(line, line.from, true)).or_default().push(at),
            (true, false) => fans.entry(Fan::of(line, line.to, false)).or_default().push(at),
            _ => {}
        }
    }
    let mut gone_nodes = HashSet::new();
    let mut gone_lines = HashSet::new();
    for (fan, mut lines) in fans.into_iter().filter(|(_, lines)| lines.len() >= MANY_LEAVES) {
        // Those with something on their line are the last to go.
        lines.sort_by_key(|at| scene.lines.get(*at).is_none_or(|line| line.label.is_empty()));
        let folded = lines.split_off(FEW_LEAVES);
        let leaf = |line: &Line| if fan.is_outward { line.to } else { line.from };
        let leaves: Vec<_> = folded.iter().filter_map(|at| scene.lines.get(*at)).map(leaf).collect();
        let more = more(scene, fan, &leaves);
        let position = scene.nodes.len();
        let (from, to) = if fan.is_outward { (fan.hub, position) } else { (position, fan.hub) };
        scene.lines.push(Line {
            key: more.key.clone(),
            from,
            to,
            look: fan.look,
            standing: fan.standing,
            has_head: fan.has_head,
            label: Label::default(),
            is_level: false,
            told: String::new(),
        });
        scene.nodes.push(more);
        gone_nodes.extend(leaves);
        gone_lines.extend(folded);
    }
    remove(scene, &gone_nodes, &gone_lines);
    gone_nodes.len()
}

/// Lines of one look that lead from a hub to leaves, or from leaves to a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fan {
    hub: usize,
    is_outward: bool,
    look: Look,
    standing: Standing,
    has_head: bool,
}

impl Fan {
    const fn of(line: &Line, hub: usize, is_outward: bool) -> Self {
        Self { hub, is_outward, look: line.look, standing: line.standing, has_head: line.has_head }
    }
}

/// The box that stands for the leaves of a hub.
fn more(scene: &Scene, fan: Fan, leaves: &[usize]) -> Node {
    let names = leaves.iter().filter_map(|leaf| match &scene.nodes.get(*leaf)?.body {
        Body::Name(name) => Some(name.name.as_str()),
        Body::Card(_) => None,
    });
    let names: Vec<_> = names.collect();
    let hub = scene.nodes.get(fan.hub).map(|node| node.key.as_str()).unwrap_or_default();
    let way = if fan.is_outward { "to" } else { "from" };
    Node {
        key: format!("more {way} {hub} {:?} {:?} {}", fan.look, fan.standing, fan.has_head),
        told: format!("and {} more: {}", thousands(names.len()), names.join(", ")),
        body: Body::Name(NameBox {
            kind: None,
            is_main: false,
            name: format!("and {} more", thousands(names.len())),
            sublines: Vec::new(),
        }),
    }
}

/// Takes nodes and lines out of the scene.
fn remove(scene: &mut Scene, nodes: &HashSet<usize>, lines: &HashSet<usize>) {
    let mut positions = Vec::with_capacity(scene.nodes.len());
    let mut next = 0;
    for node in 0..scene.nodes.len() {
        positions.push(next);
        next += usize::from(!nodes.contains(&node));
    }
    let mut at = 0..;
    scene.nodes.retain(|_| at.next().is_some_and(|node| !nodes.contains(&node)));
    let mut at = 0..;
    scene.lines.retain(|_| at.next().is_some_and(|line| !lines.contains(&line)));
    for line in &mut scene.lines {
        line.from = positions.get(line.from).copied().unwrap_or_default();
        line.to = positions.get(line.to).copied().unwrap_or_default();
    }
}

/// Draws lines of one look between the same two as one, with their number.
pub(crate) fn parallels(scene: &mut Scene) {
    let mut first: BTreeMap<(usize, usize, Look, Standing, bool), usize> = BTreeMap::new();
    let mut counts: HashMap<usize, usize> = HashMap::new();
    let mut gone = HashSet::new();
    for (at, line) in scene.lines.iter().enumerate().filter(|(_, line)| line.label.is_empty()) {
        let ends = if line.has_head {
            (line.from, line.to)
        } else {
            (line.from.min(line.to), line.from.max(line.to))
        };
        let kept = *first.entry((ends.0, ends.1, line.look, line.standing, line.has_head)).or_insert(at);
        *counts.entry(kept).or_default() += 1;
        if kept != at {
            gone.insert(at);
        }
    }
    for (at, count) in counts.into_iter().filter(|(_, count)| *count > 1) {
        if let Some(line) = scene.lines.get_mut(at) {
            line.label.strong = counted(count, "fact", "facts");
        }
    }
    remove(scene, &HashSet::new(), &gone);
}

/// Keeps so many lines: those with something on them, then those of the most connected; and the boxes of these.
///
/// Gives back how many boxes are gone.
pub(crate) fn keep_lines(scene: &mut Scene, most: usize) -> usize {
    let mut degrees = vec![0_usize; scene.nodes.len()];
    for end in scene.lines.iter().flat_map(|line| [line.from, line.to]) {
        degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
    }
    let degree = |node: usize| degrees.get(node).copied().unwrap_or_default();
    let mut order: Vec<usize> = (0..scene.lines.len()).collect();
    order.sort_by_key(|at| {
        let weight =
            scene.lines.get(*at).map(|line| (!line.label.is_empty(), degree(line.from) + degree(line.to)));
        std::cmp::Reverse(weight)
    });
    let gone: HashSet<usize> = order.into_iter().skip(most).collect();
    let is_kept = |(at, _): &(usize, &Line)| !gone.contains(at);
    let touched: HashSet<usize> =
        scene.lines.iter().enumerate().filter(is_kept).flat_map(|(_, line)| [line.from, line.to]).collect();
    let bare: HashSet<usize> = (0..scene.nodes.len()).filter(|node| !touched.contains(node)).collect();
    remove(scene, &bare, &gone);
    bare.len()
}
