//! Doubt about a fact never makes an answer more certain.

use std::collections::BTreeMap;

use keiretsu::{Fraction, Graph, OwnerRule};

use super::random::Dice;

/// Stakes of 10% in `x`, and purchases, sales and mergers of their holders, one each year.
fn facts(dice: &mut Dice) -> Vec<String> {
    let holders = ["a", "b", "c", "d"];
    let mut some = |list: &[&'static str]| list[dice.roll(list.len() as u64) as usize];
    let mut facts = Vec::new();
    for holder in ["a", "b", "c"] {
        if some(&["yes", "yes", "no"]) == "yes" {
            facts.push(format!(r#"Ownership(owner: "{holder}", owned: "x", share: "10%", since: "2010""#));
        }
    }
    for year in 2011..2015 {
        let (one, other) = (some(&holders), some(&holders));
        let completed = if some(&["day", "day", "year"]) == "day" { "-05-01" } else { "" };
        let share = some(&["5%", "10%"]);
        let fact = match some(&["sale", "purchase", "merger", "reading"]) {
            "sale" if one != other => {
                format!(r#"Acquisition(acquirer: "{one}", seller: "{other}", target: "x", share: "{share}""#)
            }
            "merger" if one != other => {
                format!(r#"Succession(predecessor: "{one}", successor: "{other}", how: Merger"#)
            }
            "reading" => {
                facts.push(format!(
                    r#"Ownership(owner: "{one}", owned: "x", share: "{share}", as_of: "{year}-03-01""#
                ));
                continue;
            }
            _ => format!(r#"Acquisition(acquirer: "{one}", target: "x", share: "{share}""#),
        };
        facts.push(format!(r#"{fact}, completed: "{year}{completed}""#));
    }
    facts
}

fn graph(facts: &[String], open: Option<usize>, doubt: &str) -> Graph {
    let told = |(n, fact): (usize, &String)| match open == Some(n) {
        true => format!("{fact}, {doubt})"),
        false => format!("{fact}, unsourced: true)"),
    };
    let facts: Vec<String> = facts.iter().enumerate().map(told).collect();
    let text = format!(
        r#"Graph(
            sources: {{ "n": (kind: News, title: "N") }},
            companies: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"), "x": (name: "X") }},
            facts: [{}])"#,
        facts.join(", ")
    );
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The share of each holder on a day; nothing for those not listed.
fn shares(graph: &Graph, day: Option<&str>) -> BTreeMap<String, (Fraction, Fraction)> {
    let view = day.map_or(graph.view(), |day| graph.as_of(day.parse().unwrap()));
    let owners = view.ownership().owners(view.entity("x").unwrap(), OwnerRule::Multiply).unwrap();
    let rows = owners.rows.into_iter();
    rows.map(|row| (row.entity.id().to_owned(), (row.share.low().clone(), row.share.high().clone())))
        .collect()
}

#[test]
fn doubt_only_widens_the_share_of_an_owner() {
    let mut dice = Dice(11);
    let doubts = [r#"evidence: [(source: "n", stance: Refutes)]"#, "confidence: Rumoured, unsourced: true"];
    let zero: Fraction = "0".parse().unwrap();
    for round in 0..120 {
        let facts = facts(&mut dice);
        let open = dice.roll(facts.len() as u64) as usize;
        // A rumoured event has no results at all.
        let is_event = !facts[open].starts_with("Ownership");
        let doubt = if is_event { doubts[0] } else { doubts[round % 2] };
        let (sure, open) = (graph(&facts, None, ""), graph(&facts, Some(open), doubt));
        for day in [
            None,
            Some("2010-06-01"),
            Some("2011-07-01"),
            Some("2012-07-01"),
            Some("2013-07-01"),
            Some("2016"),
        ] {
            let (sure, doubted) = (shares(&sure, day), shares(&open, day));
            for (holder, (low, high)) in sure {
                let (least, most) = doubted.get(&holder).cloned().unwrap_or((zero.clone(), zero.clone()));
                assert!(
                    least <= low && high <= most,
                    "{round}: {holder} at {day:?}: {low}..{high}, doubted {least}..{most}: {facts:?}, {doubt}"
                );
            }
        }
    }
}
