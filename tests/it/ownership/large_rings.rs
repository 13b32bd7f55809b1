//! Large rings: all owners of a company are computed at once, and agree with computing each owner alone.

use keiretsu::{Entity, Fraction, Graph, Limits, OwnerRule, Owners, ShareRange};

use super::random::{Dice, Sample, Stake};

/// Companies that all own shares of one another, and holders outside: every company has a fixed number of holders,
/// the first of which is its neighbor; shares are random.
fn ring(
    dice: &mut Dice,
    (members, outside): (usize, usize),
    each: usize,
    mut share: impl FnMut(&mut Dice) -> (u64, u64),
) -> Sample {
    let size = members + outside;
    let mut stakes = Vec::new();
    for company in 0..members {
        let mut holders = vec![(company + 1) % members];
        while holders.len() < each {
            let holder = dice.roll(size as u64) as usize;
            if holder != company && !holders.contains(&holder) {
                holders.push(holder);
            }
        }
        stakes.extend(holders.into_iter().map(|holder| {
            let (low, high) = share(dice);
            Stake { holder, company, low, high, open: (false, false) }
        }));
    }
    Sample { size, stakes, complete: vec![false; size] }
}

/// Arithmetic modulo a prime: exact fractions of any length are compared by their remainders.
mod modular {
    pub(super) const PRIME: u128 = (1 << 61) - 1;

    pub(super) fn times(a: u128, b: u128) -> u128 {
        a * b % PRIME
    }

    pub(super) fn over(a: u128, b: u128) -> u128 {
        // Fermat: b to the power of PRIME - 2.
        let (mut inverse, mut square, mut power) = (1, b, PRIME - 2);
        while power > 0 {
            if power % 2 == 1 {
                inverse = times(inverse, square);
            }
            square = times(square, square);
            power /= 2;
        }
        times(a, inverse)
    }

    pub(super) fn of_digits(digits: &str) -> u128 {
        digits.bytes().fold(0, |sum, digit| (sum * 10 + u128::from(digit - b'0')) % PRIME)
    }
}

/// The shares of one owner in all, itself included: stakes in the owner are ignored, and the rest is solved by
/// Gaussian elimination.
fn alone(sample: &Sample, owner: usize) -> Vec<u128> {
    use modular::{PRIME, over, times};
    let size = sample.size;
    let share = |stake: &Stake| over(stake.low.into(), 100);
    // One equation per company: its share minus what comes from its holders equals the owner's direct share.
    let mut rows = vec![vec![0; size + 1]; size];
    for (n, row) in rows.iter_mut().enumerate() {
        row[n] = 1;
    }
    rows[owner][size] = 1;
    for stake in sample.stakes.iter().filter(|stake| stake.company != owner) {
        let entry = &mut rows[stake.company][stake.holder];
        *entry = (*entry + PRIME - share(stake)) % PRIME;
    }
    for n in 0..size {
        let pivot = (n..size).find(|row| rows[*row][n] != 0).unwrap();
        rows.swap(n, pivot);
        let first = rows[n][n];
        rows[n].iter_mut().for_each(|entry| *entry = over(*entry, first));
        let own = rows[n].clone();
        for row in (0..size).filter(|row| *row != n) {
            let factor = rows[row][n];
            for (entry, own) in rows[row].iter_mut().zip(&own) {
                *entry = (*entry + PRIME - times(factor, *own)) % PRIME;
            }
        }
    }
    let mut found: Vec<u128> = rows.into_iter().map(|row| row[size]).collect();
    let of_itself = sample.stakes.iter().filter(|stake| stake.company == owner);
    found[owner] = of_itself.fold(0, |sum, stake| (sum + times(found[stake.holder], share(stake))) % PRIME);
    found
}

fn number(entity: Entity<'_>) -> usize {
    entity.id()[1..].parse().unwrap()
}

fn owners<'g>(graph: &'g Graph, company: usize, limits: &Limits) -> Owners<'g> {
    let company = graph.view().entity(&format!("c{company}")).unwrap();
    graph.view().ownership().within(limits).owners(company, OwnerRule::Multiply).unwrap()
}

#[test]
fn owners_found_at_once_are_those_found_one_by_one() {
    let mut dice = Dice(11);
    for round in 0..60 {
        let size = (5 + dice.roll(20) as usize, 3);
        let each = 2 + dice.roll(3) as usize;
        let sample = ring(&mut dice, size, each, |dice| {
            let share = 1 + dice.roll(100 / each as u64 - 1);
            (share, share)
        });
        let graph = sample.graph();
        let company = dice.roll(size.0 as u64) as usize;
        let found = owners(&graph, company, &Limits::default());
        for owner in 0..sample.size {
            let shares = alone(&sample, owner);
            let row = found.rows.iter().find(|row| number(row.entity) == owner);
            let told = row.map_or(0, |row| {
                let share = row.share.exact().unwrap_or_else(|| panic!("round {round}: {row:?}"));
                let (above, below) = (share.numerator(), share.denominator());
                modular::over(modular::of_digits(&above), modular::of_digits(&below))
            });
            assert_eq!(told, shares[company], "round {round}: {owner} in {company} of {sample:?}");
        }
    }
}

/// The minimum or maximum of one owner in all, by plain value iteration from zero.
fn extreme(sample: &Sample, owner: usize, high: bool) -> Vec<f64> {
    let share = |percent: u64| percent as f64 / 100.0;
    let of = |company: usize| sample.stakes.iter().filter(move |stake| stake.company == company).collect();
    let held: Vec<Vec<&Stake>> = (0..sample.size).map(of).collect();
    let mut values = vec![0.0_f64; sample.size];
    values[owner] = 1.0;
    for _ in 0..20_000 {
        let mut change = 0.0_f64;
        for company in (0..sample.size).filter(|company| *company != owner) {
            let held = held[company].iter();
            let mut holders: Vec<(f64, f64)> = held
                .clone()
                .map(|stake| (values[stake.holder], share(stake.high) - share(stake.low)))
                .collect();
            let mut left = 1.0 - held.clone().map(|stake| share(stake.low)).sum::<f64>();
            let mut sum: f64 = held.map(|stake| share(stake.low) * values[stake.holder]).sum();
            if !sample.complete[company] {
                holders.push((0.0, 1.0));
            }
            holders.sort_by(|(one, _), (other, _)| one.total_cmp(other));
            if high {
                holders.reverse();
            }
            for (value, room) in holders {
                let more = room.min(left);
                sum += more * value;
                left -= more;
            }
            change = change.max((sum - values[company]).abs());
            values[company] = sum;
        }
        if change < 1e-15 {
            break;
        }
    }
    values
}

fn float(share: &Fraction) -> f64 {
    share.decimal_below(20).parse().unwrap()
}

fn share<'a>(found: &'a Owners<'_>, owner: usize) -> Option<&'a ShareRange> {
    found.rows.iter().find(|row| number(row.entity) == owner).map(|row| &row.share)
}

/// Rings too large for exact answers: bounds are safe compared with the naive result, and hardly wider.
fn bounds_are_near(sample: &Sample, company: usize) {
    let graph = sample.graph();
    let found = owners(&graph, company, &Limits::default());
    assert!(!found.is_cut);
    for owner in (0..sample.size).step_by(sample.size / 7) {
        if owner == company {
            continue;
        }
        let (low, high) = (extreme(sample, owner, false)[company], extreme(sample, owner, true)[company]);
        let Some(told) = share(&found, owner) else {
            assert!(high == 0.0, "{owner} is not told");
            continue;
        };
        assert!(told.is_rounded());
        let near = 1e-8;
        assert!(
            float(told.low()) <= low + 1e-13 && float(told.low()) >= low - near,
            "{low} of {owner}: {told:?}"
        );
        assert!(
            float(told.high()) >= high - 1e-13 && float(told.high()) <= high + near,
            "{high} of {owner}: {told:?}"
        );
    }
}

#[test]
fn bounds_in_a_large_ring_of_ranges_are_near() {
    let sample = ring(&mut Dice(12), (150, 20), 5, |dice| {
        let low = 1 + dice.roll(12);
        (low, low + 1 + dice.roll(10))
    });
    bounds_are_near(&sample, 0);
}

/// What one lacks another has: chains go round until they reach the owner.
#[test]
fn bounds_in_a_large_ring_whose_holders_are_all_known_are_near() {
    let mut sample = ring(&mut Dice(13), (150, 40), 5, |dice| {
        let low = 1 + dice.roll(19);
        (low, low + 20)
    });
    sample.complete[..150].fill(true);
    bounds_are_near(&sample, 3);
}

/// Some rings may be closed if all have their maximum.
#[test]
fn bounds_in_a_large_ring_that_may_close_are_near() {
    let sample = ring(&mut Dice(14), (150, 0), 4, |dice| {
        let low = dice.roll(15);
        (low, low + 20 + dice.roll(20))
    });
    bounds_are_near(&sample, 7);
}

#[test]
fn shares_in_a_large_ring_of_points_are_near() {
    let sample = ring(&mut Dice(15), (150, 20), 10, |dice| {
        let share = 1 + dice.roll(9);
        (share, share)
    });
    bounds_are_near(&sample, 149);
}

/// Ranges that compete: the highest of all together are more than there is.
fn ranges(members: usize) -> Sample {
    ring(&mut Dice(16), (members, 0), 5, |dice| {
        let low = 1 + dice.roll(12);
        (low, low + 20 + dice.roll(10))
    })
}

/// A small budget gives wide bounds, never wrong ones, and the answer says so.
#[test]
fn limits_widen_the_bounds_of_a_large_ring() {
    let graph = ranges(200).graph();
    let whole = owners(&graph, 0, &Limits::default());
    assert!(!whole.is_cut);
    for steps in [50_000, 1_000, 0] {
        let cut = owners(&graph, 0, &Limits::default().steps(steps));
        assert!(cut.is_cut, "{steps} steps");
        let mut wider = 0;
        for row in &whole.rows {
            let told = share(&cut, number(row.entity)).unwrap();
            let (less, more) = (float(row.share.low()), float(row.share.high()));
            assert!(float(told.low()) < less + 1e-12, "{steps} steps: {told:?} {row:?}");
            assert!(float(told.high()) > more - 1e-12, "{steps} steps: {told:?} {row:?}");
            wider += usize::from(float(told.low()) < less - 1e-6 || float(told.high()) > more + 1e-6);
        }
        assert!(wider > 0, "{steps} steps");
    }
}

/// Graphs from strangers get a tenth of the steps.
#[test]
fn strict_limits_cut_a_ring_of_a_thousand() {
    let graph = ranges(1_000).graph();
    assert!(owners(&graph, 0, &Limits::strict()).is_cut);
}
