//! Several owners added up, against a naive reference and against the answers for one.

use std::collections::BTreeSet;

use keiretsu::{Entity, ErrorKind, Graph, OwnerRule, OwnerTest, Verdict};

use super::naive::{Matrix, Ratio, without_own_shares};
use super::random::{Dice, Sample};

/// What some have of each company, together with every company of which they have enough, until the set is stable;
/// and which companies are in it.
fn naive(
    shares: &Matrix,
    first: &BTreeSet<usize>,
    is_enough: fn(Ratio) -> bool,
) -> (Vec<Ratio>, BTreeSet<usize>) {
    let mut set = first.clone();
    loop {
        let has = |j: usize| set.iter().fold(Ratio::ZERO, |sum, i| sum.plus(shares[*i][j]));
        let sums: Vec<Ratio> = (0..shares.len()).map(has).collect();
        let joined: Vec<usize> =
            (0..shares.len()).filter(|n| is_enough(sums[*n]) && !set.contains(n)).collect();
        if joined.is_empty() {
            return (sums, set);
        }
        set.extend(joined);
    }
}

/// Half or more, and more than half.
fn has_half(share: Ratio) -> bool {
    Ratio::new(1, 2).at_most(share)
}

fn has_most(share: Ratio) -> bool {
    !share.at_most(Ratio::new(1, 2))
}

#[test]
fn several_have_what_a_naive_set_has() {
    let mut dice = Dice(13);
    for round in 0..1_000 {
        let sample = Sample::new(&mut dice, false);
        let shares = sample.matrix();
        let votes = without_own_shares(&shares);
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        let entities: Vec<Entity<'_>> = graph.view().entities().collect();
        let first: BTreeSet<usize> = (0..sample.size).filter(|_| dice.roll(3) == 0).collect();
        for company in (0..sample.size).filter(|n| !first.contains(n)) {
            let set: Vec<Entity<'_>> = first.iter().map(|n| entities[*n]).collect();
            for (rule, shares, is_enough) in [
                (OwnerRule::Ofac, &shares, has_half as fn(Ratio) -> bool),
                (OwnerRule::Majority, &votes, has_most),
            ] {
                let (sums, members) = naive(shares, &first, is_enough);
                let found = ownership.owners_together(entities[company], &set, rule).unwrap();
                assert_eq!(
                    found.share.exact().unwrap().to_string(),
                    sums[company].to_string(),
                    "round {round}: {first:?} of {company}, {rule}: {sample:?}"
                );
                assert_eq!(found.verdict == Verdict::Counts, members.contains(&company), "round {round}");
            }
        }
    }
}

/// For one it agrees with `owners`, for several with `stakes_together`, including ranges.
#[test]
fn one_rule_has_one_answer_however_it_is_asked() {
    let mut dice = Dice(17);
    for round in 0..500 {
        let sample = Sample::new(&mut dice, true);
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        let entities: Vec<Entity<'_>> = graph.view().entities().collect();
        for rule in [OwnerRule::Ofac, OwnerRule::Majority] {
            for company in &entities {
                let owners = ownership.owners(*company, rule).unwrap();
                for row in owners.rows.iter().filter(|row| row.entity != *company) {
                    let alone = ownership.owners_together(*company, &[row.entity], rule).unwrap();
                    assert_eq!(
                        (&alone.share, alone.verdict),
                        (&row.share, row.verdict),
                        "round {round}: {sample:?}"
                    );
                }
            }
            let pair = [entities[0], entities[1]];
            for row in ownership.stakes_together(&pair, rule).unwrap().rows {
                let together = ownership.owners_together(row.entity, &pair, rule).unwrap();
                assert_eq!(
                    (together.share, together.verdict),
                    (row.share, row.verdict),
                    "round {round}: {sample:?}"
                );
            }
        }
    }
}

const THREE: &str = r#"Graph(
    people: { "ann": (name: "Ann"), "bo": (name: "Bo"), "cy": (name: "Cy") },
    companies: { "firm": (name: "Firm"), "mid": (name: "Mid") },
    facts: [
        Ownership(owner: "ann", owned: "firm", share: "3%", unsourced: true),
        Ownership(owner: "mid", owned: "firm", share: "47%", unsourced: true),
        Ownership(owner: "bo", owned: "mid", share: "25%", unsourced: true),
        Ownership(owner: "cy", owned: "mid", share: "25%..30%", unsourced: true),
    ],
)"#;

#[test]
fn what_is_added_up_is_told() {
    let graph = Graph::from_ron(THREE).unwrap();
    let find = |id: &str| graph.view().entity(id).unwrap();
    let ownership = graph.view().ownership();
    // Named twice, and the company itself among them.
    let set = [find("cy"), find("ann"), find("bo"), find("ann"), find("firm")];
    let found = ownership.owners_together(find("firm"), &set, OwnerRule::Ofac).unwrap();
    let ids: Vec<&str> = found.owners.iter().map(|owner| owner.id()).collect();
    assert_eq!((ids, found.is_itself_named), (vec!["ann", "bo", "cy"], true));
    assert_eq!((found.share.to_string().as_str(), found.verdict), ("50%", Verdict::Counts));
    let parts: Vec<String> = found
        .parts
        .iter()
        .map(|part| format!("{} {} {}", part.holders[0].id(), part.share, part.is_certain))
        .collect();
    assert_eq!(parts, ["mid 47% true", "ann 3% true"]);
    let stakes: Vec<String> = found.stakes.iter().map(ToString::to_string).collect();
    assert_eq!(
        stakes,
        ["Ann owns 3% of Firm", "Mid owns 47% of Firm", "Bo owns 25% of Mid", "Cy owns 25% to 30% of Mid"]
    );
    // Without Cy, Mid is not theirs.
    let fewer = ownership.owners_together(find("firm"), &[find("ann"), find("bo")], OwnerRule::Ofac).unwrap();
    assert_eq!((fewer.share.to_string().as_str(), fewer.verdict), ("3%", Verdict::No));
    // Nobody, and somebody without stakes.
    let nobody = ownership.owners_together(find("firm"), &[find("firm")], OwnerRule::Ofac).unwrap();
    assert_eq!((nobody.share.to_string().as_str(), nobody.verdict), ("0%", Verdict::No));
    let lower = OwnerTest::new(OwnerRule::Ofac).at("0.6".parse::<keiretsu::Decimal>().unwrap());
    assert_eq!(ownership.owners_together(find("firm"), &set, lower).unwrap().verdict, Verdict::No);
    for rule in [OwnerRule::Multiply, OwnerRule::Psc, OwnerRule::Rolling] {
        let error = ownership.owners_together(find("firm"), &set, rule).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Value, "{error}");
        assert!(ownership.stakes_together(&set, rule).is_err());
    }
}
