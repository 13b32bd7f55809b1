//! The many that touch one other only, folded into one box: the largest keep their names, the others are summed.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::size::{Stakes, Total, ranked};
use super::{can_be_added, remove};
use crate::diagram::compose::Composed;
use crate::diagram::scene::{Body, Label, Line, NameBox, Node, Scene};
use crate::diagram::standing::Standing;
use crate::diagram::style::Look;
use crate::diagram::words::thousands;
use crate::graph::Relation;

/// So many names are read out of those in one box.
const MOST_TOLD: usize = 100;

/// How many boxes stand for others, and for how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) boxes: usize,
    pub(crate) names: usize,
}

/// From how many leaves on a hub is folded, and how many keep boxes of their own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub(crate) many: usize,
    pub(crate) named: usize,
    /// Whether of equal ones some may be named and others not.
    pub(crate) splits_ties: bool,
}

/// Folds the many leaves of a hub into one box; the largest keep theirs.
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
            look: fan.look,
            standing: fan.standing,
            has_head: fan.has_head,
            label: Label::default(),
            is_level: false,
            told: String::new(),
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

/// Lines of one look that lead from a hub to leaves, or from leaves to a hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fan {
    hub: usize,
    is_outward: bool,
    look: Look,
    standing: Standing,
    has_head: bool,
}

/// A box, and the lines between it and its hub.
#[derive(Clone, Debug)]
struct Leaf {
    node: usize,
    lines: Vec<usize>,
}

/// The leaves of every hub: what has a name, is not what the picture is about, and touches one other in one way only.
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
            look: line.look,
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
        // Of two that touch nobody else neither is the other's leaf.
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

/// The largest first: by stake, then by money, then by the number of facts; those that are equal in the order of ids.
/// And how many of them are named.
fn by_size<'g>(
    composed: &Composed<'g>,
    mut leaves: Vec<Leaf>,
    stakes: &Stakes<'g>,
    room: Room,
) -> (Vec<Leaf>, usize) {
    leaves.sort_by_key(|leaf| composed.scene.nodes.get(leaf.node).map(|node| node.key.as_str()));
    let told: Vec<Vec<Relation<'g>>> =
        leaves.iter().map(|leaf| relations(composed, std::slice::from_ref(leaf))).collect();
    let totals: Vec<Total<'g>> = told.iter().map(|relations| Total::of(relations)).collect();
    let costs = totals
        .iter()
        .enumerate()
        .flat_map(|(n, total)| total.amounts().map(move |(currency, amount)| (n, currency, amount)));
    let mut ranks: HashMap<usize, usize> = HashMap::new();
    for (rank, n) in ranked(costs).into_iter().enumerate() {
        ranks.entry(n).or_insert(rank);
    }
    let rank = |n: usize| ranks.get(&n).copied().unwrap_or(usize::MAX);
    let owns = |relation: &Relation<'g>| Look::of(relation.kind()) == Look::Owns;
    let mut sized: Vec<_> = leaves
        .into_iter()
        .zip(told)
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
    // Where all are equal the first few stand for what the others are.
    let last = if last == 0 { named } else { last };
    (sized.into_iter().map(|(_, leaf)| leaf).collect(), last)
}

/// What those in the box come to: of holders of one company their shares, and amounts by currency.
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
    let mut names: Vec<_> = names.take(MOST_TOLD).map(str::to_owned).collect();
    if leaves.len() > MOST_TOLD {
        names.push(format!("and {} more", thousands(leaves.len() - MOST_TOLD)));
    }
    let hub = scene.nodes.get(fan.hub).map(|node| node.key.as_str()).unwrap_or_default();
    let way = if fan.is_outward { "to" } else { "from" };
    let name = format!("and {} more", thousands(leaves.len()));
    let sum = sublines.iter().map(|line| format!(", {line}")).collect::<String>();
    Node {
        key: format!("more {way} {hub} {:?} {:?} {}", fan.look, fan.standing, fan.has_head),
        told: format!("{name}{sum}: {}", names.join(", ")),
        body: Body::Name(NameBox { kind: None, is_main: false, name, sublines }),
    }
}
