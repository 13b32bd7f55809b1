//! Bounds are sharp: on small graphs with ranges every extreme completion is tried.
//!
//! The distributions of one column are a polytope; its corners are reached by serving the holders and the unlisted
//! rest one after the other, each as much as possible. A corrected share is, in each column alone, a quotient of two
//! linear functions, so its extremes are in corners.

use std::collections::BTreeSet;

use keiretsu::{Fraction, OwnerRule};

use super::naive::{self, Matrix, Ratio};
use super::random::{Dice, Sample, Stake};

/// More combinations of corners than this are too many to try.
const MOST: usize = 300;

/// The number of parts distributed: large, so that a part is small compared with a percent.
const WHOLE: u64 = 1_000;

/// The minimum and the maximum of a stake, in parts; moved inwards by `by` parts at an excluded end.
fn ends_of(stake: &Stake, by: u64) -> (u64, u64) {
    let (low, high) = (stake.low * 10, stake.high * 10);
    (low + by * u64::from(stake.open.0), high - by * u64::from(stake.open.1))
}

/// The corners of each column: shares in parts, by stake in that column.
fn corners(sample: &Sample, company: usize, by: u64) -> Vec<Vec<(usize, u64)>> {
    let own: Vec<usize> = (0..sample.stakes.len()).filter(|n| sample.stakes[*n].company == company).collect();
    let low = |n: usize| ends_of(&sample.stakes[own[n]], by).0;
    let high = |n: usize| ends_of(&sample.stakes[own[n]], by).1;
    let least: u64 = (0..own.len()).map(low).sum();
    let most: u64 = (0..own.len()).map(high).sum();
    if least > WHOLE || sample.complete[company] && most < WHOLE {
        return Vec::new();
    }
    // The extra entry is for the unlisted holders.
    let mut served: Vec<usize> = (0..own.len()).filter(|n| low(*n) < high(*n)).collect();
    if !sample.complete[company] {
        served.push(own.len());
    }
    let mut found = BTreeSet::new();
    for order in orders(&served) {
        let mut left = WHOLE - least;
        let mut shares: Vec<u64> = (0..own.len()).map(low).collect();
        for n in order {
            let room = if n == own.len() { left } else { high(n) - low(n) };
            let more = room.min(left);
            left -= more;
            if n < own.len() {
                shares[n] += more;
            }
        }
        found.insert(shares);
    }
    found.into_iter().map(|shares| own.iter().copied().zip(shares).collect()).collect()
}

fn orders(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (n, first) in items.iter().enumerate() {
        let rest: Vec<usize> =
            items.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, item)| *item).collect();
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, *first);
            order
        }));
    }
    all
}

/// Every combination of corners; none if there are none, or too many.
fn completions(sample: &Sample, by: u64) -> Option<Vec<Matrix>> {
    let columns: Vec<_> = (0..sample.size).map(|company| corners(sample, company, by)).collect();
    let count = columns.iter().map(Vec::len).product::<usize>();
    if count == 0 || count > MOST {
        return None;
    }
    let mut matrices = vec![vec![vec![Ratio::ZERO; sample.size]; sample.size]];
    for column in columns {
        let with = |matrix: &Matrix, corner: &Vec<(usize, u64)>| {
            let mut matrix = matrix.clone();
            for (stake, share) in corner {
                let stake = sample.stakes[*stake];
                matrix[stake.holder][stake.company] = Ratio::new((*share).into(), WHOLE.into());
            }
            matrix
        };
        matrices = matrices
            .iter()
            .flat_map(|matrix| column.iter().map(move |corner| with(matrix, corner)))
            .collect();
    }
    Some(matrices)
}

fn fraction(ratio: Ratio) -> Fraction {
    ratio.to_string().parse().unwrap()
}

/// The least and the most of some numbers.
fn ends(values: impl Iterator<Item = Ratio>) -> (Ratio, Ratio) {
    values.fold((Ratio::ONE, Ratio::ZERO), |(low, high), value| {
        let low = if value.at_most(low) { value } else { low };
        (low, if high.at_most(value) { value } else { high })
    })
}

#[test]
fn bounds_are_the_extremes() {
    let mut dice = Dice(5);
    let (mut tried, mut rings) = (0, 0);
    for round in 0..1_200 {
        if let Some(has_rings) = are_the_extremes(round, &Sample::small(&mut dice)) {
            tried += 1;
            rings += usize::from(has_rings);
        }
    }
    assert!(tried > 800 && rings > 200, "{tried} graphs were tried, {rings} with rings");
}

/// If some completion closes a ring, nobody outside has any of it in that one, and perhaps all of it in all others.
#[test]
fn bounds_are_the_extremes_where_rings_may_close() {
    let mut dice = Dice(8);
    let tried =
        (0..1_500).filter(|round| are_the_extremes(*round, &Sample::that_may_close(&mut dice)).is_some());
    let tried = tried.count();
    assert!(tried > 800, "{tried} graphs were tried");
}

/// Compares all shares with the extremes over all completions, and returns whether there are rings; none if there are
/// too many completions.
fn are_the_extremes(round: u32, sample: &Sample) -> Option<bool> {
    let matrices = completions(sample, 0)?;
    let graph = sample.graph();
    let ownership = graph.view().ownership();
    let rings = ownership.rings(keiretsu::Right::Equity);
    // Members of a ring that is closed in all completions are not owners of one another.
    if rings.iter().any(|ring| ring.is_closed) {
        return None;
    }
    let owned: Option<Vec<Vec<Vec<Ratio>>>> =
        matrices.iter().map(|matrix| (0..sample.size).map(|i| naive::owned(matrix, i)).collect()).collect();
    let owned = owned.unwrap();
    for company in graph.view().entities() {
        let owners = ownership.owners(company, OwnerRule::Multiply).unwrap();
        let j: usize = company.id()[1..].parse().unwrap();
        for i in 0..sample.size {
            let (low, high) = ends(owned.iter().map(|owned| owned[i][j]));
            let row = owners.rows.iter().find(|row| row.entity.id() == format!("c{i}"));
            let told = row.map_or((Ratio::ZERO.to_string(), Ratio::ZERO.to_string()), |row| {
                (row.share.low().to_string(), row.share.high().to_string())
            });
            let expected = (fraction(low).to_string(), fraction(high).to_string());
            assert_eq!(told, expected, "round {round}: {i} in {j} of {sample:?}");
        }
        let is_held = sample.complete[j] || sample.stakes.iter().any(|stake| stake.company == j);
        let rest = matrices.iter().map(|matrix| rest(sample, matrix)[j]);
        let (low, high) = if is_held { ends(rest) } else { (Ratio::ONE, Ratio::ONE) };
        let told = owners.undisclosed.unwrap();
        assert_eq!(
            (told.low(), told.high()),
            (&fraction(low), &fraction(high)),
            "round {round}: rest of {j} of {sample:?}"
        );
    }
    Some(!rings.is_empty())
}

/// The share of each company without a known holder.
fn rest(sample: &Sample, matrix: &Matrix) -> Vec<Ratio> {
    let has_holders = |j: usize| sample.complete[j] || sample.stakes.iter().any(|stake| stake.company == j);
    let held = |j: usize| matrix.iter().fold(Ratio::ZERO, |sum, row| sum.plus(row[j]));
    let rest = |j: usize| if has_holders(j) { Ratio::ONE.minus(held(j)) } else { Ratio::ZERO };
    let given: Vec<Ratio> = (0..sample.size).map(rest).collect();
    naive::spread(&given, |k, j| matrix[k][j]).unwrap()
}

/// An end is excluded if and only if narrowing the ranges slightly at their excluded ends changes the extreme.
#[test]
fn ends_that_no_way_reaches_are_left_out() {
    let mut dice = Dice(9);
    let (mut tried, mut left_out) = (0, 0);
    for round in 0..2_000 {
        let sample = Sample::open(&mut dice);
        let (Some(wide), Some(narrow)) = (completions(&sample, 0), completions(&sample, 1)) else { continue };
        let inverses = |matrices: &[Matrix]| matrices.iter().map(naive::inverse).collect::<Option<Vec<_>>>();
        let (Some(wide), Some(narrow)) = (inverses(&wide), inverses(&narrow)) else { continue };
        tried += 1;
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        for company in graph.view().entities() {
            let j: usize = company.id()[1..].parse().unwrap();
            for row in ownership.owners(company, OwnerRule::Multiply).unwrap().rows {
                let i: usize = row.entity.id()[1..].parse().unwrap();
                let of = |inverses: &[Matrix]| {
                    ends(inverses.iter().map(|inverse| naive::corrected(inverse, i, j)))
                };
                let (wide, narrow) = (of(&wide), of(&narrow));
                let expected = (wide.0 != narrow.0, wide.1 != narrow.1);
                let told = (row.share.low_is_open(), row.share.high_is_open());
                assert_eq!(told, expected, "round {round}: {i} in {j} is {} of {sample:?}", row.share);
                left_out += usize::from(told.0) + usize::from(told.1);
            }
        }
    }
    assert!(tried > 800 && left_out > 800, "{tried} graphs were tried, {left_out} ends left out");
}

#[test]
fn certain_control_holds_in_all_ways_and_possible_control_covers_all() {
    let mut dice = Dice(6);
    for round in 0..500 {
        let sample = Sample::small(&mut dice);
        let Some(matrices) = completions(&sample, 0) else { continue };
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        for i in 0..sample.size {
            let control = ownership.control(graph.view().entity(&format!("c{i}")).unwrap());
            let told = |certain: bool| -> BTreeSet<usize> {
                let of = control.controls.iter().filter(|one| one.is_certain || !certain);
                of.map(|one| one.entity.id()[1..].parse().unwrap()).chain([i]).collect()
            };
            let (certain, possible) = (told(true), told(false));
            for matrix in &matrices {
                let group = naive::group(&naive::without_own_shares(matrix), i);
                assert!(certain.is_subset(&group), "round {round}: {i} of {sample:?}");
                assert!(group.is_subset(&possible), "round {round}: {i} of {sample:?}");
            }
        }
    }
}
