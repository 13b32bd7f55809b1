//! Long chains and large rings: they answer, exactly as far as that can be, and in proportion to their size.

use keiretsu::{
    Cancel, Entity, FactKind, FactRecord, Graph, Id, Limits, Outcome, OwnerRule, Right, Role, StoppedBy,
    Verdict, View,
};

/// Companies `c0`, `c1`, ..., with stakes in percent.
fn graph(size: usize, stakes: impl Iterator<Item = (usize, usize, String)>) -> Graph {
    let mut builder = Graph::builder();
    let ids: Vec<Id> =
        (0..size).map(|n| builder.company(&format!("c{n}"), format!("{n} Ltd")).unwrap()).collect();
    for (holder, company, share) in stakes {
        let mut fact = FactRecord::new(FactKind::Ownership)
            .role(Role::Owner, ids[holder].clone())
            .role(Role::Owned, ids[company].clone())
            .attribute(keiretsu::Attribute::Share, keiretsu::AttributeValue::Share(share.parse().unwrap()));
        fact.unsourced = true;
        builder.fact(fact);
    }
    builder.build().unwrap()
}

fn company<'g>(view: View<'g>, n: usize) -> Entity<'g> {
    view.entity(&format!("c{n}")).unwrap()
}

const LENGTH: usize = 100_000;

#[test]
fn a_chain_of_a_hundred_thousand_answers() {
    let graph = graph(LENGTH, (1..LENGTH).map(|n| (n - 1, n, "51%".to_owned())));
    let view = graph.view();
    let ownership = view.ownership();
    let (top, bottom) = (company(view, 0), company(view, LENGTH - 1));

    let owners = ownership.owners(bottom, OwnerRule::Multiply).unwrap();
    assert_eq!(owners.rows.len(), LENGTH - 1);
    assert_eq!(owners.rows[1].share.exact().unwrap().to_string(), "2601/10000");
    let last = owners.rows.iter().find(|row| row.entity == top).unwrap();
    assert!(last.share.is_rounded() && last.share.low().is_zero() && !last.share.high().is_zero());
    let rest = owners.undisclosed.unwrap();
    assert!(rest.is_rounded() && *rest.low() > "999999/1000000".parse().unwrap());

    let stakes = ownership.stakes(top, OwnerRule::Multiply).unwrap();
    assert_eq!(stakes.rows.len(), LENGTH - 1);

    for rule in [OwnerRule::Psc, OwnerRule::Ofac, OwnerRule::Majority, OwnerRule::Rolling] {
        let owners = ownership.owners(bottom, rule).unwrap();
        assert_eq!(owners.rows.len(), LENGTH - 1, "{rule}");
        assert!(owners.rows.iter().all(|row| row.share.exact().unwrap().to_string() == "51/100"), "{rule}");
    }
    let control = ownership.control(bottom);
    assert_eq!((control.controlled_by.len(), control.ultimate.as_slice()), (LENGTH - 1, &[top][..]));
    assert_eq!(ownership.control(top).controls.len(), LENGTH - 1);
    let parents = ownership.ultimate_parents();
    assert!(parents.len() == LENGTH - 1 && parents.iter().all(|(_, tops)| tops.eq([top])));
}

/// Whoever stands so many stakes above has 60% to that power: a chain that went round once had passed the owner before.
#[test]
fn owners_in_a_ring_of_thousands_have_near_bounds() {
    const SIZE: usize = 4_000;
    let graph = graph(SIZE, (0..SIZE).map(|n| (n, (n + 1) % SIZE, "60%".to_owned())));
    let view = graph.view();
    let owners = view.ownership().owners(company(view, SIZE - 1), OwnerRule::Multiply).unwrap();
    assert!(!owners.is_cut);
    assert_eq!(owners.rows.len(), SIZE, "all others, and what it has of itself");
    for (n, row) in owners.rows.iter().take(40).enumerate() {
        assert_eq!(row.entity, company(view, SIZE - 2 - n));
        let share = 0.6_f64.powi(n as i32 + 1);
        let [low, high] =
            [row.share.low(), row.share.high()].map(|end| end.decimal_below(40).parse::<f64>().unwrap());
        assert!(low <= share * (1.0 + 1e-14) && high >= share * (1.0 - 1e-14), "{n}: {low} to {high}");
        assert!(high - low <= 1e-9 * share, "{n}: {low} to {high}");
    }
}

/// Companies that have all of one another: none is an owner of another, and each has all that they have of what is below.
#[test]
fn each_of_a_closed_ring_has_what_all_have() {
    for size in [3, 40, 2_000] {
        let ring = (0..size).flat_map(|n| [1, 2].map(|by| (n, (n + by) % size, "50%".to_owned())));
        let below =
            [(0, size, "30%".to_owned()), (1, size, "20%".to_owned()), (size + 1, size, "10%".to_owned())];
        let graph = graph(size + 2, ring.chain(below));
        let view = graph.view();
        let shares = |of: usize| {
            let owners = view.ownership().owners(company(view, of), OwnerRule::Multiply).unwrap();
            assert!(!owners.is_cut);
            owners
                .rows
                .iter()
                .map(|row| (row.entity, row.share.exact().unwrap().to_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(shares(0), []);
        let below = shares(size);
        assert_eq!(below.len(), size + 1, "{below:?}");
        let (outside, inside): (Vec<_>, Vec<_>) =
            below.iter().partition(|(one, _)| *one == company(view, size + 1));
        assert!(inside.iter().all(|(_, share)| share == "1/2"), "{inside:?}");
        assert_eq!(outside[0].1, "1/10");
    }
}

/// Each is a parent of all others: that many pairs, but one list.
#[test]
fn the_parents_of_a_ring_take_no_more_than_the_ring() {
    let graph = graph(LENGTH, (0..LENGTH).map(|n| (n, (n + 1) % LENGTH, "60%".to_owned())));
    let view = graph.view();
    let ownership = view.ownership();
    let parents = ownership.ultimate_parents();
    assert_eq!((parents.len(), parents.outcome()), (LENGTH, Outcome::Complete));
    let of_third: Vec<_> = parents.of(company(view, 2)).take(4).map(|parent| parent.id()).collect();
    // In the order of ids, as text.
    assert_eq!(of_third, ["c0", "c1", "c10", "c100"]);
    assert_eq!(parents.of(company(view, 2)).count(), LENGTH - 1);
    assert!(parents.of(company(view, 2)).all(|parent| parent != company(view, 2)));

    let few = view.ownership().within(&Limits::default().steps(1_000)).ultimate_parents();
    assert_eq!((few.len(), few.outcome()), (0, Outcome::Stopped(StoppedBy::Steps)));
    let stop = Cancel::default();
    stop.cancel();
    let none = view.ownership().within(&Limits::default().cancelled_by(&stop)).ultimate_parents();
    assert_eq!((none.len(), none.outcome()), (0, Outcome::Stopped(StoppedBy::Cancelled)));
}

#[test]
fn a_whole_chain_of_a_hundred_thousand_stays_exact() {
    let graph = graph(LENGTH, (1..LENGTH).map(|n| (n - 1, n, "100%".to_owned())));
    let ownership = graph.view().ownership();
    let owners = ownership.owners(company(graph.view(), LENGTH - 1), OwnerRule::Multiply).unwrap();
    assert!(owners.rows.iter().all(|row| row.share.exact().unwrap().to_string() == "1"));
}

/// Everybody may own any part of everybody, and no share is known: that takes no pass for each owner, so no steps.
#[test]
fn a_mesh_without_shares_is_told_at_once() {
    let size = 200;
    let stakes =
        (0..size).flat_map(|n| [1, 7, 31, 77].map(|by| (n, (n + by) % size, "undisclosed".to_owned())));
    let graph = graph(size, stakes);
    let no_steps = keiretsu::Limits::default().steps(0);
    let ownership = graph.view().ownership().within(&no_steps);
    let owners = ownership.owners(company(graph.view(), 0), OwnerRule::Multiply).unwrap();
    let others: Vec<_> = owners.rows.iter().filter(|row| row.entity != company(graph.view(), 0)).collect();
    assert_eq!(others.len(), size - 1);
    for row in others {
        assert!(row.share.low().is_zero() && row.share.high().to_string() == "1", "{row:?}");
        assert!(!row.share.is_rounded() && row.verdict == Verdict::MayCount, "{row:?}");
    }
}

/// Every member holds 30% of the next, and has an owner outside with the rest.
#[test]
fn a_ring_of_three_hundred_is_exact() {
    let ring = 300;
    let inside = (0..ring).map(|n| (n, (n + 1) % ring, "30%".to_owned()));
    let outside = (0..ring).map(|n| (ring + n, n, "70%".to_owned()));
    let graph = graph(2 * ring, inside.chain(outside));
    let view = graph.view();
    let ownership = view.ownership();
    let rings = ownership.rings(Right::Equity);
    assert_eq!((rings.len(), rings[0].members.len(), rings[0].is_simple), (1, ring, true));
    assert_eq!(rings[0].members[..3], [company(view, 0), company(view, 1), company(view, 2)]);

    let owners = ownership.owners(company(view, 0), OwnerRule::Multiply).unwrap();
    let share =
        |n: usize| owners.rows.iter().find(|row| row.entity == company(view, n)).unwrap().share.clone();
    // 0.7 / (1 - 0.3^300): exceeds 7/10 by less than can be printed, but is a different number.
    let nearest = share(ring);
    assert!(nearest.exact().is_some_and(|exact| *exact > "7/10".parse().unwrap()));
    assert!(nearest.exact().unwrap().decimal_below(100).starts_with("0.7"));
    assert_eq!(share(ring - 1).exact().unwrap().to_string(), "3/10");
    assert!(share(1).exact().is_some());
    assert_eq!(owners.undisclosed.unwrap().exact().unwrap().to_string(), "0");
}

/// Everybody holds a little of everybody: exact fractions would have thousands of digits.
///
/// The shares differ, but of every company the members hold 44.7% and one outside 40%. So all of the outsider's shares are the
/// same x with x = 0.4 + 0.447 x.
#[test]
fn a_dense_ring_is_told_as_intervals_that_hold() {
    let size = 150;
    let share = |i: usize, j: usize| {
        // The others in pairs: what one has more than 0.3% the other has less.
        let n = (i + size - j - 1) % size;
        let more = (n / 2 * 7 + j * 13) % 100;
        match n {
            148 => 300,
            _ if n.is_multiple_of(2) => 300 + more,
            _ => 300 - more,
        }
    };
    let pairs = (0..size).flat_map(|i| (0..size).filter(move |j| i != *j).map(move |j| (i, j)));
    let inside = pairs.map(|(i, j)| (i, j, format!("0.{:03}%", share(i, j))));
    let graph = graph(size + 1, inside.chain((0..size).map(|n| (size, n, "40%".to_owned()))));
    let view = graph.view();
    let ownership = view.ownership();
    let stakes = ownership.stakes(company(view, size), OwnerRule::Multiply).unwrap();
    assert_eq!(stakes.rows.len(), size);
    let truth: keiretsu::Fraction = "400/553".parse().unwrap();
    let float = |share: &keiretsu::Fraction| share.decimal_below(20).parse::<f64>().unwrap();
    for row in &stakes.rows {
        let (low, high) = (row.share.low(), row.share.high());
        assert!(row.share.is_rounded() && row.share.exact().is_none());
        assert!(*low < truth && truth < *high, "{row:?}");
        assert!(float(high) - float(low) < 1e-12, "a narrow interval: {row:?}");
        assert_eq!(row.verdict, Verdict::Counts);
    }
}

/// Of hundreds of holders a message names a few.
#[test]
fn more_than_all_held_by_many_is_told_in_short() {
    let fact = |n: usize| format!("Ownership(owner: \"p{n}\", owned: \"a\", share: \"1%\", unsourced: true)");
    let people: Vec<_> = (0..150).map(|n| format!("\"p{n:03}\": (name: \"Person {n}\")")).collect();
    let facts: Vec<_> =
        (0..150).map(|n| fact(n).replace(&format!("p{n}\""), &format!("p{n:03}\""))).collect();
    let text = format!(
        "Graph(companies: {{\"a\": (name: \"A\")}}, people: {{{}}}, facts: [{}])",
        people.join(","),
        facts.join(",")
    );
    let graph = Graph::from_ron(&text).unwrap();
    let messages: Vec<_> = graph.warnings().iter().map(|d| d.message.clone()).collect();
    let holders: Vec<_> = (0..8).map(|n| format!("`p{n:03}` (1%)")).collect();
    assert_eq!(
        messages,
        [format!("the holders of `a` have 150% of it: {} and 142 more", holders.join(", "))]
    );
}

/// Each of a chain has a little of the last, besides most of the next: by majorities, each has what all below it have.
#[test]
fn small_stakes_along_a_chain_add_up_in_proportion() {
    let (size, last) = (20_001, 20_000);
    let chain = (1..last).map(|n| (n - 1, n, "60%".to_owned()));
    let graph = graph(size, chain.chain((0..last).map(|n| (n, last, "0.002%".to_owned()))));
    let ownership = graph.view().ownership();
    let owners = ownership.owners(company(graph.view(), last), OwnerRule::Psc).unwrap();
    assert_eq!(owners.rows.len(), last);
    for (n, row) in owners.rows.iter().enumerate() {
        assert_eq!(row.entity, company(graph.view(), n));
        let sum: keiretsu::Fraction = format!("{}/50000", last - n).parse().unwrap();
        assert_eq!(row.share.exact(), Some(&sum));
    }

    // Without steps nobody has less than that for certain, nor more than everything.
    let ownership = ownership.within(&Limits::default().steps(10));
    let owners = ownership.owners(company(graph.view(), last), OwnerRule::Psc).unwrap();
    assert!(owners.is_cut && owners.rows.len() == last);
    assert!(owners.rows.iter().all(|row| row.share.high().to_string() == "2/5"));
}

/// Of joint holders that hold nothing else each has the same: one pass tells it of all.
#[test]
fn many_joint_holders_take_one_pass() {
    let size = 6_000;
    let mut builder = Graph::builder();
    let ids: Vec<Id> =
        (0..=size).map(|n| builder.company(&format!("c{n}"), format!("{n} Ltd")).unwrap()).collect();
    let share = keiretsu::AttributeValue::Share("60%".parse().unwrap());
    let fact = FactRecord::new(FactKind::Ownership).attribute(keiretsu::Attribute::Share, share);
    let fact = fact.role(Role::Owned, ids[size].clone());
    let mut fact = ids[..size].iter().fold(fact, |fact, id| fact.role(Role::Owner, id.clone()));
    fact.unsourced = true;
    builder.fact(fact);
    let graph = builder.build().unwrap();
    let ownership = graph.view().ownership().within(&Limits::default().steps(10_000));
    for rule in [OwnerRule::Multiply, OwnerRule::Rolling] {
        let owners = ownership.owners(company(graph.view(), size), rule).unwrap();
        assert_eq!((owners.rows.len(), owners.is_cut), (size, false), "{rule}");
        for row in &owners.rows {
            assert!(!row.share.is_rounded() && row.share.low().is_zero(), "{rule}: {row:?}");
            assert_eq!(row.share.high().to_string(), "3/5", "{rule}: {row:?}");
        }
    }
}
