//! Properties of every graph, checked on ten thousand random ones against the naive solver.

use keiretsu::{Entity, Fraction, OwnerRule, Ownership, Right, ShareRange};

use super::naive::{self, Matrix, Ratio};
use super::random::{Dice, Sample};

fn fraction(ratio: Ratio) -> Fraction {
    ratio.to_string().parse().unwrap()
}

fn number(entity: Entity<'_>) -> usize {
    entity.id()[1..].parse().unwrap()
}

/// Every share that the library gives by a rule, by owner and company, except zeros.
fn all(ownership: &Ownership<'_>, size: usize, rule: OwnerRule) -> Vec<Vec<Option<ShareRange>>> {
    let mut found = vec![vec![None; size]; size];
    for company in ownership.view().entities() {
        let owners = ownership.owners(company, rule).unwrap();
        for row in owners.rows {
            found[number(row.entity)][number(company)] = Some(row.share);
        }
    }
    found
}

fn share(found: &[Vec<Option<ShareRange>>], i: usize, j: usize) -> (Fraction, Fraction) {
    let zero = || "0".parse::<Fraction>().unwrap();
    found[i][j].as_ref().map_or_else(|| (zero(), zero()), |share| (share.low().clone(), share.high().clone()))
}

#[test]
fn exact_shares_are_those_of_the_naive_solver() {
    exact_shares(Dice(1));
}

/// The other half of the ten thousand, so that two cores share the work.
#[test]
fn exact_shares_are_those_of_the_naive_solver_again() {
    exact_shares(Dice(7));
}

fn exact_shares(mut dice: Dice) {
    let (mut closed, mut open) = (0, 0);
    while open < 5_000 {
        let round = closed + open;
        let sample = Sample::new(&mut dice, false);
        let matrix = sample.matrix();
        let Some(inverse) = naive::inverse(&matrix) else {
            closed += 1;
            continue;
        };
        open += 1;
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        let found = all(&ownership, sample.size, OwnerRule::Multiply);
        for i in 0..sample.size {
            // One owner of each graph, by the alternative definition too.
            let without = (round % sample.size == i).then(|| naive::without_edges_into(&matrix, i).unwrap());
            for j in 0..sample.size {
                let expected = fraction(naive::corrected(&inverse, i, j));
                assert_eq!(
                    share(&found, i, j),
                    (expected.clone(), expected.clone()),
                    "round {round}: {i} in {j} of {sample:?}"
                );
                let other = without.as_ref().map(|without| fraction(without[j]));
                assert!(i == j || other.is_none_or(|other| other == expected), "round {round}: {sample:?}");
            }
        }
        if round % 4 == 0 {
            the_whole_is_shared_out(&ownership, &matrix, &inverse, &sample);
            from_below_it_is_the_same(&ownership, &found);
        }
    }
    assert!(closed > 50, "only {closed} with closed rings");
}

/// Holders that nobody holds, and the undisclosed rest, own every company completely.
fn the_whole_is_shared_out(ownership: &Ownership<'_>, matrix: &Matrix, inverse: &Matrix, sample: &Sample) {
    let is_outside = |i: &usize| {
        matrix.iter().all(|row| row[*i].is_zero()) && !sample.stakes.iter().any(|stake| stake.company == *i)
    };
    for company in ownership.view().entities() {
        let j = number(company);
        if is_outside(&j) {
            continue;
        }
        let outside = (0..sample.size).filter(is_outside);
        let owned = outside.fold(Ratio::ZERO, |sum, i| sum.plus(inverse[i][j]));
        let rest = ownership.owners(company, OwnerRule::Multiply).unwrap().undisclosed.unwrap();
        assert_eq!(rest.exact(), Some(&fraction(Ratio::ONE.minus(owned))), "{j} of {sample:?}");
    }
}

fn from_below_it_is_the_same(ownership: &Ownership<'_>, found: &[Vec<Option<ShareRange>>]) {
    for owner in ownership.view().entities() {
        for row in ownership.stakes(owner, OwnerRule::Multiply).unwrap().rows {
            let above = found[number(owner)][number(row.entity)].as_ref();
            assert_eq!(above, Some(&row.share), "{owner:?} in {:?}", row.entity);
        }
    }
}

#[test]
fn the_other_rules_are_those_of_the_naive_solver() {
    let mut dice = Dice(2);
    for round in 0..2_000 {
        let sample = Sample::new(&mut dice, false);
        let matrix = sample.matrix();
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        let weakest = all(&ownership, sample.size, OwnerRule::Rolling);
        let votes = all(&ownership, sample.size, OwnerRule::Majority);
        let links = naive::weakest_links(&matrix);
        let vote = naive::without_own_shares(&matrix);
        for (i, links) in links.iter().enumerate() {
            let group = naive::group(&vote, i);
            for j in (0..sample.size).filter(|j| *j != i) {
                let expected = fraction(links[j]);
                assert_eq!(
                    share(&weakest, i, j).0,
                    expected,
                    "round {round}: weakest link of {i} to {j} of {sample:?}"
                );
                let has = group.iter().fold(Ratio::ZERO, |sum, member| sum.plus(vote[*member][j]));
                assert_eq!(
                    share(&votes, i, j).0,
                    fraction(has),
                    "round {round}: votes of {i} in {j} of {sample:?}"
                );
            }
            let entity = graph.view().entity(&format!("c{i}")).unwrap();
            let control = ownership.control(entity);
            let mut told: Vec<usize> = control.controls.iter().map(|one| number(one.entity)).collect();
            told.push(i);
            told.sort_unstable();
            assert_eq!(told, group.into_iter().collect::<Vec<_>>(), "round {round}: {sample:?}");
        }
    }
}

#[test]
fn bounds_hold_for_every_completion_and_are_reached() {
    let mut dice = Dice(3);
    let (mut bounds, mut reached) = (0_u32, 0_u32);
    for round in 0..1_000 {
        let sample = Sample::new(&mut dice, true);
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        let closed: Vec<Entity<'_>> = rings_that_may_close(&ownership);
        let found = all(&ownership, sample.size, OwnerRule::Multiply);
        let mut seen: Vec<Vec<Option<(Fraction, Fraction)>>> = vec![vec![None; sample.size]; sample.size];
        for _ in 0..10 {
            let Some(inverse) = naive::inverse(&sample.completion(&mut dice)) else { continue };
            for i in 0..sample.size {
                for j in 0..sample.size {
                    let value = fraction(naive::corrected(&inverse, i, j));
                    let (low, high) = share(&found, i, j);
                    assert!(
                        low <= value && value <= high,
                        "round {round}: {value} of {i} in {j} is not in {low}..{high} of {sample:?}"
                    );
                    let seen = &mut seen[i][j];
                    let (least, most) = seen.take().unwrap_or_else(|| (value.clone(), value.clone()));
                    *seen = Some((least.min(value.clone()), most.max(value)));
                }
            }
        }
        for (i, row) in seen.iter().enumerate().filter(|_| closed.is_empty()) {
            for (j, seen) in row.iter().enumerate() {
                let (low, high) = share(&found, i, j);
                let (least, most) = seen.clone().unwrap();
                bounds += 2;
                reached += u32::from(least == low) + u32::from(most == high);
            }
        }
    }
    // Ten tries meet most extremes; bounds that are not sharp would never be met.
    assert!(reached * 10 > bounds * 8, "{reached} of {bounds} bounds were reached");
}

fn rings_that_may_close<'g>(ownership: &Ownership<'g>) -> Vec<Entity<'g>> {
    ownership.rings(Right::Equity).into_iter().flat_map(|ring| ring.members).collect()
}

#[test]
fn shares_grow_with_every_direct_share() {
    let mut dice = Dice(4);
    for round in 0..1_000 {
        let mut sample = Sample::new(&mut dice, false);
        let before_graph = sample.graph();
        let before = all(&before_graph.view().ownership(), sample.size, OwnerRule::Multiply);
        let Some(n) = (0..sample.stakes.len()).find(|_| dice.roll(2) == 0) else { continue };
        let company = sample.stakes[n].company;
        let held: u64 =
            sample.stakes.iter().filter(|stake| stake.company == company).map(|stake| stake.low).sum();
        let more = dice.roll(101 - held);
        sample.stakes[n].low += more;
        sample.stakes[n].high += more;
        if naive::inverse(&sample.matrix()).is_none() {
            continue;
        }
        let graph = sample.graph();
        let after = all(&graph.view().ownership(), sample.size, OwnerRule::Multiply);
        for i in 0..sample.size {
            for j in 0..sample.size {
                assert!(
                    share(&before, i, j).0 <= share(&after, i, j).0,
                    "round {round}: {i} in {j} of {sample:?}"
                );
            }
        }
    }
}
