//! The weakest link of the strongest chain is sharp: all distributions are tried.

use keiretsu::{Fraction, Graph, OwnerRule};

use super::naive;
use super::random::{Dice, Sample};

/// The number of parts a whole is divided into. Stated shares are in fifths, so that a third and a half of the rest
/// are whole numbers of parts too.
const WHOLE: u64 = 30;
const FIFTH: u64 = WHOLE / 5;

/// All distributions of the whole among some holders, each within its own range.
fn ways(ranges: &[(u64, u64)]) -> Vec<Vec<u64>> {
    let mut ways: Vec<Vec<u64>> = vec![Vec::new()];
    for (low, high) in ranges {
        ways = ways
            .iter()
            .flat_map(|way| (*low..=*high).map(move |part| [way.as_slice(), &[part]].concat()))
            .collect();
        ways.retain(|way| way.iter().sum::<u64>() <= WHOLE);
    }
    ways.retain(|way| way.iter().sum::<u64>() == WHOLE);
    ways
}

/// Three ranges in fifths that can be the whole; none if they cannot.
fn ranges(dice: &mut Dice) -> Option<Vec<(u64, u64)>> {
    let mut ranges = Vec::new();
    for _ in 0..3 {
        let low = dice.roll(3);
        ranges.push((low * FIFTH, (low + dice.roll(6 - low)) * FIFTH));
    }
    (!ways(&ranges).is_empty()).then_some(ranges)
}

/// `o` has some of `a` and `b`; all of `c` is held by `o`, `a` and `b`, and all of `d` by `a`, `b` and `c`.
#[test]
fn the_least_is_that_of_all_ways_to_share_out() {
    let mut dice = Dice(11);
    let mut tried = 0;
    while tried < 150 {
        let (a, b) = (dice.roll(6) * FIFTH, dice.roll(6) * FIFTH);
        let (Some(of_c), Some(of_d)) = (ranges(&mut dice), ranges(&mut dice)) else { continue };
        tried += 1;
        let through = |way: &[u64], widths: [u64; 3]| {
            way.iter().zip(widths).map(|(part, width)| (*part).min(width)).max().unwrap()
        };
        let mut widths_of_c: Vec<u64> = ways(&of_c).iter().map(|way| through(way, [WHOLE, a, b])).collect();
        widths_of_c.sort_unstable();
        widths_of_c.dedup();
        let of = |c: u64| ways(&of_d).iter().map(|way| through(way, [a, b, c])).collect::<Vec<_>>();
        let widths_of_d: Vec<u64> = widths_of_c.iter().flat_map(|c| of(*c)).collect();
        let graph = graph((a, b), &of_c, &of_d);
        let view = graph.view();
        let ownership = view.ownership();
        for (company, widths) in [("c", widths_of_c), ("d", widths_of_d)] {
            let part =
                |part: Option<&u64>| -> Fraction { format!("{}/{WHOLE}", part.unwrap()).parse().unwrap() };
            let expected = (part(widths.iter().min()), part(widths.iter().max()));
            let owners = ownership.owners(view.entity(company).unwrap(), OwnerRule::Rolling).unwrap();
            let stakes = ownership.stakes(view.entity("o").unwrap(), OwnerRule::Rolling).unwrap();
            for (rows, other) in [(owners.rows, "o"), (stakes.rows, company)] {
                let row = rows.iter().find(|row| row.entity.id() == other);
                let nothing = || (Fraction::zero(), Fraction::zero());
                let told =
                    row.map_or_else(nothing, |row| (row.share.low().clone(), row.share.high().clone()));
                assert_eq!(told, expected, "{company} with {a}, {b}, {of_c:?}, {of_d:?}");
            }
        }
    }
}

fn graph((a, b): (u64, u64), of_c: &[(u64, u64)], of_d: &[(u64, u64)]) -> Graph {
    let mut facts = String::new();
    let mut state = |holder: &str, company: &str, (low, high): (u64, u64)| {
        facts.push_str(&format!(
            r#"Ownership(owner: "{holder}", owned: "{company}", share: "{low}/{WHOLE}..{high}/{WHOLE}", unsourced: true),"#
        ));
    };
    state("o", "a", (a, a));
    state("o", "b", (b, b));
    ["o", "a", "b"].iter().zip(of_c).for_each(|(holder, range)| state(holder, "c", *range));
    ["a", "b", "c"].iter().zip(of_d).for_each(|(holder, range)| state(holder, "d", *range));
    Graph::from_ron(&format!(
        r#"Graph(
            companies: {{
                "o": (name: "Oak"), "a": (name: "Ash"), "b": (name: "Birch"),
                "c": (name: "Cedar", holders_complete: true), "d": (name: "Dogwood", holders_complete: true),
            }},
            facts: [{facts}],
        )"#
    ))
    .unwrap()
}

/// On any graph, including rings, no distribution exceeds the bounds, and no bounds are inverted.
#[test]
fn no_way_is_beyond_the_bounds() {
    let mut dice = Dice(12);
    for round in 0..400 {
        let sample =
            if round % 2 == 0 { Sample::small(&mut dice) } else { Sample::that_may_close(&mut dice) };
        let graph = sample.graph();
        let ownership = graph.view().ownership();
        for company in graph.view().entities() {
            let j: usize = company.id()[1..].parse().unwrap();
            let owners = ownership.owners(company, OwnerRule::Rolling).unwrap();
            for row in &owners.rows {
                assert!(row.share.low() <= row.share.high(), "round {round}: {} of {sample:?}", row.share);
            }
            for _ in 0..5 {
                let links = naive::weakest_links(&sample.completion(&mut dice));
                for i in (0..sample.size).filter(|i| *i != j) {
                    let value: Fraction = links[i][j].to_string().parse().unwrap();
                    let row = owners.rows.iter().find(|row| row.entity.id() == format!("c{i}"));
                    let nothing = Fraction::zero();
                    let (low, high) =
                        row.map_or((&nothing, &nothing), |row| (row.share.low(), row.share.high()));
                    assert!(
                        *low <= value && value <= *high,
                        "round {round}: {value} of {i} in {j} is not in {low}..{high} of {sample:?}"
                    );
                }
            }
        }
    }
}
