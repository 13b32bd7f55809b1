//! The rule based on the weakest link of the strongest chain: `rolling`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

use super::contest::Contest;
use super::flow::Share;
use super::network::{Edge, Network};
use super::number::{Number, Side, Value};
use crate::value::{Decimal, Proportion};

/// The width of a link: its bound, and whether it is wider than others with the same bound. On the low side it is if
/// the bound is open, on the high side if it is closed.
pub(crate) type Width = (Proportion, bool);

/// Budget of stake visits for the owners of one company. Beyond it, their least share is given too low.
const MOST_STEPS: usize = 20_000_000;

/// The weakest link of the strongest chain from everybody to a company, at one end of the ranges.
///
/// On the high side all links of a chain can be at their most at once, since each leads into a different company. The
/// same holds on the low side if not all holders are known. If they are, somebody has what the others do not: then the
/// least over all allocations is computed for each owner separately.
pub(crate) fn owners(network: &Network, company: u32, side: Side) -> BTreeMap<u32, Share> {
    let links = |node: u32| network.holders(node).iter().map(|edge| (edge.holder, edge)).collect();
    let back = network.holdings(company).map(|edge| (edge.company, edge)).collect();
    let mut found = widest(network, company, side, links, back);
    if side == Side::High {
        return found;
    }
    let nodes = || 0..u32::try_from(network.len()).unwrap_or(u32::MAX);
    let contested = nodes().filter(|n| is_contested(network, *n));
    let above: Vec<u32> =
        network.ancestors_of(contested).into_iter().filter(|n| found.contains_key(n)).collect();
    let twins = network.twins(&network.components(nodes(), None));
    let first = |node: u32| twins.get(node as usize).copied().unwrap_or(node);
    let passes = above.iter().filter(|owner| first(**owner) == **owner).count();
    let is_too_much = passes.saturating_mul(network.edges().len()) > MOST_STEPS;
    let mut firsts: HashMap<u32, Share> = HashMap::new();
    for owner in above {
        let share = if let Some(same) = firsts.get(&first(owner)) {
            same.clone()
        } else if is_too_much {
            let least = found.remove(&owner).unwrap_or_else(Share::none);
            Share { value: Value::Rounded(least.value.float(side)), open: false }
        } else {
            least(network, owner).remove(&company).unwrap_or_else(Share::none)
        };
        firsts.insert(owner, share.clone());
        found.insert(owner, share);
    }
    found
}

/// The weakest link of the strongest chain from an owner to every company.
pub(crate) fn stakes(network: &Network, owner: u32, side: Side) -> BTreeMap<u32, Share> {
    match side {
        Side::High => {
            let links = |node: u32| network.holdings(node).map(|edge| (edge.company, edge)).collect();
            let back = network.holders(owner).iter().map(|edge| (edge.holder, edge)).collect();
            widest(network, owner, side, links, back)
        }
        Side::Low => least(network, owner),
    }
}

/// Whether holders have what the others do not, so that they cannot all have their least at once.
fn is_contested(network: &Network, company: u32) -> bool {
    network.column(company).complete
        && network.holders(company).iter().filter(|edge| !edge.is_certain()).count() > 1
}

fn width(edge: &Edge, side: Side) -> Width {
    match side {
        Side::Low => (edge.low, edge.low_is_open),
        Side::High => (edge.high, !edge.high_is_open),
    }
}

/// Wider than any link.
fn boundless() -> Width {
    (Decimal::from(2).into(), false)
}

fn share((bound, is_wider): Width, side: Side) -> Share {
    Share { value: Value::Exact(Number::from(bound)), open: is_wider == (side == Side::Low) }
}

/// The widest path between a node and every other, and, over the stakes that lead back, from the node to itself.
/// Dijkstra's algorithm with the minimum in place of the sum.
#[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
fn widest<'n>(
    network: &Network,
    start: u32,
    side: Side,
    links: impl Fn(u32) -> Vec<(u32, &'n Edge)>,
    back: Vec<(u32, &'n Edge)>,
) -> BTreeMap<u32, Share> {
    let mut found: BTreeMap<u32, Share> = BTreeMap::new();
    let mut open: BinaryHeap<(Width, Reverse<u32>)> = BinaryHeap::new();
    let mut best: Vec<Option<Width>> = vec![None; network.len()];
    let mut done = vec![false; network.len()];
    open.push((boundless(), Reverse(start)));
    while let Some((link, Reverse(node))) = open.pop() {
        if std::mem::replace(&mut done[node as usize], true) {
            continue;
        }
        if node != start {
            found.insert(node, share(link, side));
        }
        for (next, edge) in links(node) {
            let link = width(edge, side).min(link);
            if !done[next as usize] && best[next as usize].is_none_or(|best| best < link) {
                best[next as usize] = Some(link);
                open.push((link, Reverse(next)));
            }
        }
    }
    let rest = |node: u32| if node == start { Some(boundless()) } else { best[node as usize] };
    let rounds = back.into_iter().filter_map(|(node, edge)| Some(rest(node)?.min(width(edge, side))));
    if let Some(link) = rounds.max() {
        found.insert(start, share(link, side));
    }
    found
}

/// The smallest possible width of the widest path from an owner to every company.
///
/// Companies are allocated one by one, against the owner. A company's width grows with those of its holders and never
/// exceeds them, so that Dijkstra's algorithm applies (Knuth, "A generalization of Dijkstra's algorithm", 1977): the
/// widest one is settled next.
fn least(network: &Network, owner: u32) -> BTreeMap<u32, Share> {
    let mut found: BTreeMap<u32, Width> = BTreeMap::new();
    let mut open: BinaryHeap<(Width, Reverse<u32>)> = BinaryHeap::new();
    let mut best: BTreeMap<u32, Width> = BTreeMap::new();
    let mut contests: BTreeMap<u32, Contest> = BTreeMap::new();
    let mut done: HashSet<u32> = HashSet::new();
    // In itself it has the least of what comes back to it.
    let mut own = Contest::of(network, owner);
    let mut back: Option<Width> = None;
    open.push((boundless(), Reverse(owner)));
    while let Some((reached, Reverse(node))) = open.pop() {
        if !done.insert(node) {
            continue;
        }
        if node != owner {
            found.insert(node, reached);
        }
        if let Some(edge) = network.edge(node, owner) {
            let link = if is_contested(network, owner) {
                own.settle(node, reached);
                own.least()
            } else {
                width(edge, Side::Low).min(reached)
            };
            back = back.max(Some(link));
        }
        for edge in network.holdings(node).filter(|edge| !done.contains(&edge.company)) {
            let company = edge.company;
            let link = if is_contested(network, company) {
                let contest = contests.entry(company).or_insert_with(|| Contest::of(network, company));
                contest.settle(node, reached);
                contest.least()
            } else {
                width(edge, Side::Low).min(reached)
            };
            if best.get(&company).is_none_or(|best| *best < link) {
                best.insert(company, link);
                open.push((link, Reverse(company)));
            }
        }
    }
    if let Some(link) = back {
        found.insert(owner, link);
    }
    found.into_iter().map(|(node, width)| (node, share(width, Side::Low))).collect()
}
