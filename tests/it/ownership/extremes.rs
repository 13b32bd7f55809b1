//! Bounds are sharp: on small graphs with ranges every extreme way to fill them in is tried.
//!
//! The ways to share out one column are a polytope; its corners are reached by serving the holders, and whoever is not
//! listed, one after the other, each as much as there is room. A corrected share is, in each column alone, a quotient of two
//! linear functions, and so largest and smallest in corners.

use std::collections::BTreeSet;

use keiretsu::{Fraction, OwnerRule, Ownership};

use super::naive::{self, Matrix, Ratio};
use super::random::{Dice, Sample};

/// More combinations of corners than this are too many to try.
const MOST: usize = 300;

/// The corners of each column: shares in whole percents, by stake of that column.
fn corners(sample: &Sample, company: usize) -> Vec<Vec<(usize, u64)>> {
    let own: Vec<usize> = (0..sample.stakes.len()).filter(|n| sample.stakes[*n].company == company).collect();
    let least: u64 = own.iter().map(|n| sample.stakes[*n].low).sum();
    // The one beyond the stakes is whoever is not listed.
    let mut served: Vec<usize> =
        (0..own.len()).filter(|n| sample.stakes[own[*n]].low < sample.stakes[own[*n]].high).collect();
    if !sample.complete[company] {
        served.push(own.len());
    }
    let mut found = BTreeSet::new();
    for order in orders(&served) {
        let mut left = 100 - least;
        let mut shares: Vec<u64> = own.iter().map(|n| sample.stakes[*n].low).collect();
        for n in order {
            let room =
                if n == own.len() { left } else { sample.stakes[own[n]].high - sample.stakes[own[n]].low };
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

/// Every combination of corners; none if they are too many.
fn completions(sample: &Sample) -> Option<Vec<Matrix>> {
    let columns: Vec<_> = (0..sample.size).map(|company| corners(sample, company)).collect();
    let count = columns.iter().map(Vec::len).product::<usize>();
    if count > MOST {
        return None;
    }
    let mut matrices = vec![vec![vec![Ratio::ZERO; sample.size]; sample.size]];
    for column in columns {
        let with = |matrix: &Matrix, corner: &Vec<(usize, u64)>| {
            let mut matrix = matrix.clone();
            for (stake, share) in corner {
                let stake = sample.stakes[*stake];
                matrix[stake.holder][stake.company] = Ratio::percent((*share).into());
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
    for round in 0..1_500 {
        let sample = Sample::small(&mut dice);
        let Some(matrices) = completions(&sample) else { continue };
        let inverses: Option<Vec<Matrix>> = matrices.iter().map(naive::inverse).collect();
        // Where some way closes a ring, shares in it mean nothing.
        let Some(inverses) = inverses else { continue };
        tried += 1;
        let graph = sample.graph();
        let ownership = Ownership::new(graph.view());
        rings += usize::from(!ownership.rings(keiretsu::Right::Equity).is_empty());
        for company in graph.view().entities() {
            let owners = ownership.owners(company, OwnerRule::Multiply).unwrap();
            let j: usize = company.id()[1..].parse().unwrap();
            for i in 0..sample.size {
                let (low, high) = ends(inverses.iter().map(|inverse| naive::corrected(inverse, i, j)));
                let row = owners.rows.iter().find(|row| row.entity.id() == format!("c{i}"));
                let told = row.map_or((Ratio::ZERO.to_string(), Ratio::ZERO.to_string()), |row| {
                    (row.share.low().to_string(), row.share.high().to_string())
                });
                let expected = (fraction(low).to_string(), fraction(high).to_string());
                assert_eq!(told, expected, "round {round}: {i} in {j} of {sample:?}");
            }
            let is_held = sample.complete[j] || sample.stakes.iter().any(|stake| stake.company == j);
            let rest =
                matrices.iter().zip(&inverses).map(|(matrix, inverse)| rest(&sample, matrix, inverse, j));
            let (low, high) = if is_held { ends(rest) } else { (Ratio::ONE, Ratio::ONE) };
            let told = owners.undisclosed.unwrap();
            assert_eq!(
                (told.low(), told.high()),
                (&fraction(low), &fraction(high)),
                "round {round}: rest of {j} of {sample:?}"
            );
        }
    }
    assert!(tried > 800 && rings > 200, "{tried} graphs were tried, {rings} with rings");
}

/// What nobody known has of a company.
fn rest(sample: &Sample, matrix: &Matrix, inverse: &Matrix, company: usize) -> Ratio {
    let has_holders = |j: usize| sample.complete[j] || sample.stakes.iter().any(|stake| stake.company == j);
    let held = |j: usize| matrix.iter().fold(Ratio::ZERO, |sum, row| sum.plus(row[j]));
    let open = (0..sample.size).filter(|j| has_holders(*j));
    open.fold(Ratio::ZERO, |sum, j| sum.plus(inverse[j][company].times(Ratio::ONE.minus(held(j)))))
}

#[test]
fn certain_control_holds_in_all_ways_and_possible_control_covers_all() {
    let mut dice = Dice(6);
    for round in 0..500 {
        let sample = Sample::small(&mut dice);
        let Some(matrices) = completions(&sample) else { continue };
        let graph = sample.graph();
        let ownership = Ownership::new(graph.view());
        for i in 0..sample.size {
            let control = ownership.control(graph.view().entity(&format!("c{i}")).unwrap());
            let told = |certain: bool| -> BTreeSet<usize> {
                let of = control.controls.iter().filter(|one| one.is_certain || !certain);
                of.map(|one| one.entity.id()[1..].parse().unwrap()).chain([i]).collect()
            };
            let (certain, possible) = (told(true), told(false));
            for matrix in &matrices {
                let group = naive::group(matrix, i);
                assert!(certain.is_subset(&group), "round {round}: {i} of {sample:?}");
                assert!(group.is_subset(&possible), "round {round}: {i} of {sample:?}");
            }
        }
    }
}
