//! Coordinates across the flow: straight and short lines, separated neighbors.

use super::bundle;
use super::component::Component;
use super::net::{Course, Kind, Net};
use super::simplex::{self, Constraint};
use super::spacing::Spacing;

/// The total cost of all pivots, in visited spots; small nets are always solved to optimality.
const EFFORT: usize = 25_000_000;

/// How often each spot is moved to the middle of its optimal interval.
const BALANCE_PASSES: usize = 12;

/// Two neighboring spots of a chain, and the weight of keeping them aligned.
#[derive(Clone, Copy)]
struct Segment {
    upper: usize,
    lower: usize,
    weight: i64,
}

/// The coordinate of each spot; the order within each rank is given.
///
/// Builds the auxiliary graph of Gansner et al. 1993, section 4.2, and solves it by network simplex. The simplex
/// leaves each spot at one end of its interval of optimal positions, so a last pass moves it to the middle.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
pub(super) fn coordinates(
    component: &Component,
    net: &Net,
    rows: &[Vec<usize>],
    spacing: &Spacing,
) -> Vec<f64> {
    let segments = segments(component, net);
    let gaps = Gaps::new(component, net, spacing);
    let count = net.spots.len();
    let mut constraints = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        for head in [segment.upper, segment.lower] {
            constraints.push(Constraint { tail: count + index, head, weight: segment.weight, length: 0 });
        }
    }
    for row in rows {
        for pair in row.windows(2) {
            let weight = if gaps.are_joined(pair[0], pair[1]) { 2 } else { 0 };
            let length = gaps.least(pair[0], pair[1]).ceil() as i64;
            constraints.push(Constraint { tail: pair[0], head: pair[1], weight, length });
        }
    }
    let nodes = count + segments.len();
    let pivots = (EFFORT / nodes.max(1)).clamp(200, 20_000);
    let solved = simplex::solve(nodes, &constraints, pivots);
    let mut x: Vec<f64> = solved[..count].iter().map(|&at| at as f64).collect();
    balance(net, rows, &segments, &gaps, &mut x);
    x
}

/// Aligned bends have the greatest weight, then lines leaving blocks, then lines between two blocks.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
fn segments(component: &Component, net: &Net) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (course, edge) in net.courses.iter().zip(&component.edges) {
        let Course::Chain(chain) = course else { continue };
        for pair in chain.windows(2) {
            let blocks = pair.iter().filter(|&&spot| net.spots[spot].is_block()).count();
            let weight = edge.weight * [8, 2, 1][blocks];
            segments.push(Segment { upper: pair[0], lower: pair[1], weight });
        }
    }
    segments
}

/// The minimum distances between neighbors on a rank.
struct Gaps<'n> {
    net: &'n Net,
    spacing: &'n Spacing,
    /// For each block, its neighbors by level links, and the gap that those links need.
    level: Vec<Vec<(usize, f64)>>,
}

impl<'n> Gaps<'n> {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
    fn new(component: &Component, net: &'n Net, spacing: &'n Spacing) -> Self {
        let mut level = vec![Vec::new(); component.nodes.len()];
        for bundle in &net.bundles {
            let Some(edge) = bundle.edges.first().map(|&edge| &component.edges[edge]) else { continue };
            if !edge.is_loop() {
                let gap = bundle::gap(component, &bundle.edges);
                level[edge.from].push((edge.to, gap));
                level[edge.to].push((edge.from, gap));
            }
        }
        Self { net, spacing, level }
    }

    fn level_gap(&self, left: usize, right: usize) -> Option<f64> {
        self.level.get(left)?.iter().find(|(other, _)| *other == right).map(|&(_, gap)| gap)
    }

    fn are_joined(&self, left: usize, right: usize) -> bool {
        self.level_gap(left, right).is_some()
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
    fn least(&self, left: usize, right: usize) -> f64 {
        let (a, b) = (self.net.spots[left], self.net.spots[right]);
        let Spacing { block, line, .. } = *self.spacing;
        let gap = match (a.is_block(), b.is_block()) {
            (true, true) => block.max(self.level_gap(left, right).unwrap_or(0.0)),
            (false, false) if a.kind == Kind::Label || b.kind == Kind::Label => line * 0.8,
            (false, false) => line,
            _ => line.max(block * 0.7),
        };
        a.after + b.before + gap
    }
}

#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
fn balance(net: &Net, rows: &[Vec<usize>], segments: &[Segment], gaps: &Gaps, x: &mut [f64]) {
    let mut around: Vec<Vec<(usize, i64)>> = vec![Vec::new(); net.spots.len()];
    for segment in segments {
        around[segment.upper].push((segment.lower, segment.weight));
        around[segment.lower].push((segment.upper, segment.weight));
    }
    let forward: Vec<(usize, usize)> =
        (0..rows.len()).flat_map(|rank| (0..rows[rank].len()).map(move |at| (rank, at))).collect();
    let mut pulls = Vec::new();
    for pass in 0..BALANCE_PASSES {
        for step in 0..forward.len() {
            let (rank, at) = forward[if pass % 2 == 0 { step } else { forward.len() - 1 - step }];
            let row = &rows[rank];
            let spot = row[at];
            if around[spot].is_empty() {
                continue;
            }
            let least = if at > 0 { x[row[at - 1]] + gaps.least(row[at - 1], spot) } else { f64::MIN };
            let most = row.get(at + 1).map_or(f64::MAX, |&next| x[next] - gaps.least(spot, next));
            if most < least {
                continue;
            }
            pulls.clear();
            pulls.extend(around[spot].iter().map(|&(other, weight)| (x[other], weight)));
            let (from, to) = median_interval(&mut pulls);
            let (from, to) = (from.clamp(least, most), to.clamp(least, most));
            let moves_to_middle = net.spots[spot].is_block() || pass >= 3;
            x[spot] = if moves_to_middle { (from + to) / 2.0 } else { x[spot].clamp(from, to) };
        }
    }
}

/// The interval in which the weighted sum of distances to the points is minimal.
fn median_interval(points: &mut [(f64, i64)]) -> (f64, f64) {
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: i64 = points.iter().map(|point| point.1).sum();
    let mut sum = 0;
    for (index, &(place, weight)) in points.iter().enumerate() {
        sum += weight;
        if 2 * sum > total {
            return (place, place);
        }
        if 2 * sum == total {
            return (place, points.get(index + 1).map_or(place, |next| next.0));
        }
    }
    (0.0, 0.0)
}
