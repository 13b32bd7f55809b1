//! Folds the many leaves of a hub into one box: the largest keep their names, the others are summed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::size::{Stakes, Total, ranked};
use super::{can_be_added, remove};
use crate::diagram::compose::Composed;
use crate::diagram::scene::{Body, Label, Line, NameBox, Node, Scene};
use crate::diagram::standing::Standing;
use crate::diagram::style::LineStyle;
use crate::diagram::words::thousands;
use crate::graph::Relation;

/// The most names in the alternative text of a box.
const MOST_LISTED: usize = 100;

/// How many boxes stand for others, and for how many entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) boxes: usize,
    pub(crate) names: usize,
}

/// The number of leaves at which a hub is folded, and how many then keep boxes of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) many: usize,
    pub(crate) named: usize,
    /// Whether a tie may be split into named and folded leaves.
    pub(crate) splits_ties: bool,
}

/// Folds the many leaves of each hub into one box; the largest keep their own.
pub(crate) fn leaves(composed: &mut Composed<'_>, room: Room) -> Folded {
    let stakes = Stakes::default();
    let mut folded = Folded::default();
    let (mut gone_nodes, mut gone_lines) = (HashSet::new(), HashSet::new());
    for (fan, leaves) in fans(composed).into_iter().filter(|(_, leaves)| leaves.len() >= room.many) {
        let (mut leaves, last) = by_size(composed, leaves, &stakes, room);
        let rest = leaves.split_off(last);
        if rest.is_empty() {
            continue;
        }
        let (kept, sum) = (relations(composed, &leaves), relations(composed, &rest));
        let more = more(composed, fan, &rest, sublines(fan, &stakes, &kept, &sum));
        let position = composed.scene.nodes.len();
        let (from, to) = if fan.is_outward { (fan.hub, position) } else { (position, fan.hub) };
        composed.scene.lines.push(Line {
            key: more.key.clone(),
            from,
            to,
            style: fan.style,
            standing: fan.standing,
            has_head: fan.has_head,
            label: Label::default(),
            is_level: false,
            alt_text: String::new(),
        });
        composed.relations.push(sum);
        composed.scene.nodes.push(more);
        folded.boxes += 1;
        folded.names += rest.len();
        gone_nodes.extend(rest.iter().map(|leaf| leaf.node));
        gone_lines.extend(rest.into_iter().flat_map(|leaf| leaf.lines));
    }
    remove(composed, &gone_nodes, &gone_lines);
    folded
}

/// Lines in one style that lead from a hub to its leaves, or from the leaves to their hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fan {
    hub: usize,
    is_outward: bool,
    style: LineStyle,
    standing: Standing,
    has_head: bool,
}

/// A box, and the lines between it and its hub.
#[derive(Clone, Debug)]
struct Leaf {
    node: usize,
    lines: Vec<usize>,
}

/// The leaves of every hub. A leaf has a name, is not a main entity, and has one neighbor, to which all its lines are
/// alike.
fn fans(composed: &Composed<'_>) -> BTreeMap<Fan, Vec<Leaf>> {
    let scene = &composed.scene;
    let mut touching: Vec<Vec<usize>> = vec![Vec::new(); scene.nodes.len()];
    for (at, line) in scene.lines.iter().enumerate() {
        for end in [line.from, line.to] {
            touching.get_mut(end).into_iter().for_each(|lines| lines.push(at));
        }
    }
    let fan_of = |node: usize, lines: &[usize]| {
        let mut fans = lines.iter().filter_map(|at| scene.lines.get(*at)).map(|line| Fan {
            hub: if line.to == node { line.from } else { line.to },
            is_outward: line.to == node,
            style: line.style,
            standing: line.standing,
            has_head: line.has_head,
        });
        let first = fans.next()?;
        fans.all(|fan| fan == first).then_some(first)
    };
    let mut leaves: HashMap<usize, Fan> = HashMap::new();
    for (node, lines) in touching.iter().enumerate() {
        let is_plain = |node: &Node| matches!(&node.body, Body::Name(name) if !name.is_main);
        let fan = fan_of(node, lines).filter(|fan| fan.hub != node);
        if let Some(fan) = fan.filter(|_| scene.nodes.get(node).is_some_and(is_plain)) {
            leaves.insert(node, fan);
        }
    }
    let mut fans: BTreeMap<Fan, Vec<Leaf>> = BTreeMap::new();
    for (node, lines) in touching.into_iter().enumerate() {
        // In an isolated pair, neither is a leaf of the other.
        if let Some(fan) = leaves.get(&node).filter(|fan| !leaves.contains_key(&fan.hub)) {
            fans.entry(*fan).or_default().push(Leaf { node, lines });
        }
    }
    fans
}

fn relations<'g>(composed: &Composed<'g>, leaves: &[Leaf]) -> Vec<Relation<'g>> {
    let lines = leaves.iter().flat_map(|leaf| &leaf.lines);
    lines.filter_map(|at| composed.relations.get(*at)).flatten().copied().collect()
}

/// Sorts leaves with the largest first: by stake, then by amount, then by number of facts, with ties in the order of
/// ids. Also returns how many are named.
fn by_size<'g>(
    composed: &Composed<'g>,
    mut leaves: Vec<Leaf>,
    stakes: &Stakes<'g>,
    room: Room,
) -> (Vec<Leaf>, usize) {
    leaves.sort_by_key(|leaf| composed.scene.nodes.get(leaf.node).map(|node| node.key.as_str()));
    let folded: Vec<Vec<Relation<'g>>> =
        leaves.iter().map(|leaf| relations(composed, std::slice::from_ref(leaf))).collect();
    let totals: Vec<Total<'g>> = folded.iter().map(|relations| Total::of(relations)).collect();
    let costs = totals
        .iter()
        .enumerate()
        .flat_map(|(n, total)| total.amounts().map(move |(currency, amount)| (n, currency, amount)));
    let mut ranks: HashMap<usize, usize> = HashMap::new();
    for (rank, n) in ranked(costs).into_iter().enumerate() {
        ranks.entry(n).or_insert(rank);
    }
    let rank = |n: usize| ranks.get(&n).copied().unwrap_or(usize::MAX);
    let owns = |relation: &Relation<'g>| LineStyle::of(relation.kind()) == LineStyle::Owns;
    let mut sized: Vec<_> = leaves
        .into_iter()
        .zip(folded)
        .enumerate()
        .map(|(n, (leaf, relations))| {
            let share = stakes.largest(&relations);
            let (stake, part) = if relations.iter().any(owns) { (share, None) } else { (None, share) };
            ((Reverse(stake), rank(n), Reverse(part), Reverse(relations.len())), leaf)
        })
        .collect();
    sized.sort_by(|(one, _), (other, _)| one.cmp(other));
    let named = room.named.min(sized.len());
    let size = |at: usize| sized.get(at).map(|(size, _)| size);
    let mut last = named;
    while !room.splits_ties && last > 0 && last < sized.len() && size(last - 1) == size(last) {
        last -= 1;
    }
    // If all are equal, the first few are named as examples.
    let last = if last == 0 { named } else { last };
    (sized.into_iter().map(|(_, leaf)| leaf).collect(), last)
}

/// The totals of the folded leaves: shares, if all hold the same company, and amounts by currency.
fn sublines<'g>(
    fan: Fan,
    stakes: &Stakes<'g>,
    kept: &[Relation<'g>],
    folded: &[Relation<'g>],
) -> Vec<String> {
    if !can_be_added(fan.standing) {
        return Vec::new();
    }
    let mut total = Total::default().without(kept);
    folded.iter().for_each(|relation| total.add(*relation));
    let shares = if fan.is_outward { Vec::new() } else { stakes.together(folded) };
    let amounts = total.words().map(|words| format!("{words} together"));
    shares.into_iter().chain(amounts).chain(total.unknown()).collect()
}

/// The box that stands for leaves.
fn more(composed: &Composed<'_>, fan: Fan, leaves: &[Leaf], sublines: Vec<String>) -> Node {
    let scene: &Scene = &composed.scene;
    let names = leaves.iter().filter_map(|leaf| match &scene.nodes.get(leaf.node)?.body {
        Body::Name(name) => Some(name.name.as_str()),
        Body::Card(_) => None,
    });
    let mut names: Vec<_> = names.take(MOST_LISTED).map(str::to_owned).collect();
    if leaves.len() > MOST_LISTED {
        names.push(format!("and {} more", thousands(leaves.len() - MOST_LISTED)));
    }
    let hub = scene.nodes.get(fan.hub).map(|node| node.key.as_str()).unwrap_or_default();
    let way = if fan.is_outward { "to" } else { "from" };
    let name = format!("and {} more", thousands(leaves.len()));
    let sum = sublines.iter().map(|line| format!(", {line}")).collect::<String>();
    Node {
        key: format!("more {way} {hub} {:?} {:?} {}", fan.style, fan.standing, fan.has_head),
        alt_text: format!("{name}{sum}: {}", names.join(", ")),
        body: Body::Name(NameBox { kind: None, is_main: false, name, sublines }),
    }
}
