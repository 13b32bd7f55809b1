//! Deals in groups, and their sums; each figure is worked out by hand.

use std::collections::BTreeMap;

use keiretsu::{DealGroup, DealKey, DealOrder, Deals, Decimal, FactKind, Graph, GroupName};
use proptest::prelude::*;

use super::{State, made_graphs};
use crate::property::cases;

/// Deals of all sorts: what is counted apart has amounts that would show in a sum.
fn ledger() -> Graph {
    Graph::from_ron(
        r#"Graph(
            companies: {
                "a": (name: "Alder", country: "DE"), "b": (name: "Birch", country: "DE"),
                "c": (name: "Cedar", country: "US"), "d": (name: "Drift"),
            },
            facts: [
                Sale(id: "s1", seller: "a", buyer: "b", completed: "2014-03", amount: "USD 10 million", unsourced: true),
                Sale(id: "s2", seller: "a", buyer: "c", announced: "2014-11", completed: "2015-02", amount: "USD ~5 million", unsourced: true),
                Sale(id: "s3", seller: "c", buyer: "d", completed: "2015", amount: "EUR 1..2 million", unsourced: true),
                Sale(id: "s4", seller: "c", buyer: "d", completed: "2015", amount: "EUR >3 million", unsourced: true),
                Sale(id: "s5", seller: "d", buyer: "a", completed: "2014/2015", amount: "undisclosed", unsourced: true),
                Sale(id: "s6", seller: "d", buyer: "a", unsourced: true),
                // A whole with an amount, and its legs; the second is a leg of a leg.
                Agreement(id: "w1", between: ["a", "b"], signed: "2016", amount: "USD 100 million", unsourced: true),
                Sale(id: "l1", seller: "a", buyer: "b", completed: "2016", amount: "USD 60 million", part_of: "w1", unsourced: true),
                License(id: "l2", licensor: "a", licensee: "b", of: "a-p", since: "2016", amount: "USD 7 million", part_of: "l1", unsourced: true),
                // A whole without one.
                Agreement(id: "w2", between: ["a", "c"], signed: "2017", amount: "undisclosed", unsourced: true),
                Sale(id: "l3", seller: "a", buyer: "c", completed: "2017", amount: "USD 3 million", part_of: "w2", unsourced: true),
                // A whole that was called off: what was sold all the same counts.
                Agreement(id: "w3", between: ["a", "c"], announced: "2017", withdrawn: "2018", amount: "USD 500 million", unsourced: true),
                Sale(id: "l4", seller: "a", buyer: "c", completed: "2017", amount: "USD 2 million", part_of: "w3", unsourced: true),
                // Claims about one deal, and a rumour among them.
                Acquisition(id: "q1", acquirer: "a", target: "d", completed: "2018", amount: "GBP 8 million", unsourced: true),
                Acquisition(id: "q2", acquirer: "a", target: "d", completed: "2019", amount: "GBP 9 million", claims_of: "q1", confidence: Rumoured, unsourced: true),
                Acquisition(id: "r1", acquirer: "b", target: "d", completed: "2018", amount: "GBP 70 million", confidence: Rumoured, unsourced: true),
                Partnership(id: "p1", between: ["a", "d"], status: Sought, amount: "GBP 80 million", unsourced: true),
                Supply(id: "o1", supplier: "a", customer: "d", signed: "2018", amount: "GBP 5 million", unsourced: true),
                Supply(id: "o2", supplier: "a", customer: "d", signed: "2019", amount: "GBP 6 million", replaces: "o1", unsourced: true),
            ],
            patents: { "a-p": (name: "P") },
        )"#,
    )
    .unwrap()
}

/// "2014: 2 deals, about USD 15 million, 1 leg".
fn told(group: &DealGroup<'_>) -> String {
    let sums = group.sums.iter().map(ToString::to_string);
    let apart = [
        (group.without_amount, "without"),
        (group.only_possible, "possible"),
        (group.legs.len(), "legs"),
        (group.legs_added, "added"),
        (group.rumoured.len(), "rumoured"),
        (group.sought.len(), "sought"),
        (group.withdrawn.len(), "withdrawn"),
        (group.replaced.len(), "replaced"),
        (group.other_claims.len(), "claims"),
    ];
    let apart =
        apart.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let deals = std::iter::once(format!("{}: {}", group.name, group.deals.len()));
    deals.chain(sums).chain(apart).collect::<Vec<_>>().join("; ")
}

fn groups(deals: &Deals<'_>, key: DealKey) -> Vec<String> {
    let groups = deals.groups(key);
    groups.groups().iter().chain([groups.total()]).map(told).collect()
}

/// EUR: 1..2 + more than 3. GBP: 8..9, by two claims, + 6. USD: 10 + about 5 + 100 + the legs of wholes without an
/// amount that counts, 3 and 2.
const TOTAL: &str = "total: 10; more than EUR 4 million; GBP 14 to 15 million; about USD 120 million; 3 without; \
                     4 legs; 2 added; 1 rumoured; 1 sought; 1 withdrawn; 1 replaced; 1 claims";

#[test]
fn deals_by_year() {
    let graph = ledger();
    let expected = [
        "2014: 2; about USD 15 million",
        "2014/2015: 1; 1 without",
        "2015: 2; more than EUR 4 million",
        "2016: 1; USD 100 million; 2 legs",
        "2017: 1; USD 5 million; 1 without; 2 legs; 2 added; 1 withdrawn",
        "2018: 1; GBP 8 to 9 million; 1 rumoured; 1 replaced",
        "2019: 1; GBP 6 million; 1 claims",
        "undated: 1; 1 without; 1 sought",
    ];
    let mut found = groups(&graph.view().deals(), DealKey::Year);
    assert_eq!(found.pop().unwrap(), TOTAL);
    assert_eq!(found, expected);
}

#[test]
fn deals_by_currency_kind_and_status() {
    let graph = ledger();
    let deals = graph.view().deals();
    let of = |key| {
        let mut found = groups(&deals, key);
        assert_eq!(found.pop().unwrap(), TOTAL, "{key:?}");
        found
    };
    let expected = [
        "USD: 3; about USD 120 million; 4 legs; 2 added; 1 withdrawn",
        "EUR: 2; more than EUR 4 million",
        "GBP: 2; GBP 14 to 15 million; 1 rumoured; 1 sought; 1 replaced; 1 claims",
        "no stated amount: 3; 3 without",
    ];
    assert_eq!(of(DealKey::Currency), expected);
    let expected = [
        "Sale: 6; more than EUR 4 million; about USD 20 million; 2 without; 3 legs; 2 added",
        "Agreement: 2; USD 100 million; 1 without; 1 withdrawn",
        "Acquisition: 1; GBP 8 to 9 million; 1 rumoured; 1 claims",
        "Supply: 1; GBP 6 million; 1 replaced",
        "License: 0; 1 legs",
        "Partnership: 0; 1 sought",
    ];
    assert_eq!(of(DealKey::Kind), expected);
    let expected = [
        "Completed: 6; more than EUR 4 million; GBP 8 to 9 million; about USD 20 million; 1 without; 4 legs; 2 added; \
         1 rumoured; 1 claims",
        "Agreed: 3; GBP 6 million; USD 100 million; 1 without; 1 replaced",
        "Sought: 0; 1 sought",
        "Withdrawn: 0; 1 withdrawn",
        "no status: 1; 1 without",
    ];
    let found = of(DealKey::Status);
    assert_eq!(found, expected);
}

/// Each party and each country has the deal; the total has it once.
#[test]
fn deals_by_party_and_country_overlap() {
    let graph = ledger();
    let deals = graph.view().deals().kind(FactKind::Sale);
    // The wholes are no sales, and their amounts are not in the sums, but the leg of one would be counted with it.
    let expected = [
        "Alder: 4; about USD 20 million; 2 without; 3 legs; 2 added",
        "Drift: 4; more than EUR 4 million; 2 without",
        "Cedar: 3; more than EUR 4 million; about USD 10 million; 2 legs; 2 added",
        "Birch: 1; USD 10 million; 1 legs",
        "total: 6; more than EUR 4 million; about USD 20 million; 2 without; 3 legs; 2 added",
    ];
    assert_eq!(groups(&deals, DealKey::Party), expected);
    let expected = [
        "DE: 4; about USD 20 million; 2 without; 3 legs; 2 added",
        "US: 3; more than EUR 4 million; about USD 10 million; 2 legs; 2 added",
        "no known country: 4; more than EUR 4 million; 2 without",
        "total: 6; more than EUR 4 million; about USD 20 million; 2 without; 3 legs; 2 added",
    ];
    assert_eq!(groups(&deals, DealKey::Country), expected);
}

#[test]
fn groups_are_sorted_and_cut_as_asked() {
    let graph = ledger();
    let deals = || graph.view().deals();
    let names = |deals: Deals<'_>, key| {
        let groups = deals.groups(key);
        let names: Vec<_> = groups.groups().iter().map(|group| group.name.to_string()).collect();
        (names.join(" "), groups.more())
    };
    let by = |order, key| names(deals().sort(order), key).0;
    assert_eq!(by(DealOrder::Name, DealKey::Party), "Alder Birch Cedar Drift");
    // By the first deal of each: 2014/2015 for Drift and Alder, 2014-03 for Birch, 2014-11 for Cedar.
    assert_eq!(by(DealOrder::Date, DealKey::Party), "Alder Drift Birch Cedar");
    // Those with euros first, then those with pounds, then Birch, who has dollars alone.
    assert_eq!(by(DealOrder::Amount, DealKey::Party), "Cedar Drift Alder Birch");
    // Drift was asked about: the others are its parties, and nobody asks for their own country.
    let drift = || deals().with(graph.view().find("Drift").unwrap()).sort(DealOrder::Name);
    assert_eq!(names(drift(), DealKey::Party).0, "Alder Birch Cedar");
    assert_eq!(names(drift(), DealKey::Country).0, "DE US");
    assert_eq!(names(deals().top(2), DealKey::Year), ("2014 2014/2015".to_owned(), 6));
    assert_eq!(names(deals().skip(6).top(2), DealKey::Year), ("2019 undated".to_owned(), 0));
    let cut = deals().top(1).groups(DealKey::Year);
    assert_eq!(told(cut.total()), told(deals().groups(DealKey::Year).total()));
}

#[test]
fn rates_make_one_sum_of_several() {
    let graph = ledger();
    let rate = |text: &str| text.parse().unwrap();
    let deals = graph.view().deals().currency("EUR".parse().unwrap());
    let deals = deals.rate(rate("USD=0.5@2016")).rate(rate("GBP=2@2016"));
    let groups = deals.groups(DealKey::Currency);
    // More than 4, and 120 / 2, and (14 to 15) x 2.
    let sums = &groups.total().sums;
    assert_eq!(sums.iter().map(ToString::to_string).collect::<Vec<_>>(), ["more than about EUR 92 million"]);
    let rates: Vec<_> = sums[0].rates.iter().map(ToString::to_string).collect();
    assert_eq!((sums[0].amounts, rates), (9, vec!["GBP=2@2016".to_owned(), "USD=0.5@2016".to_owned()]));
    let names: Vec<_> = groups.groups().iter().map(|group| group.name).collect();
    assert_eq!(names, [GroupName::Currency("EUR".parse().unwrap()), GroupName::Unknown(DealKey::Currency)]);
}

/// On a date, what is replaced is not in force; it is counted all the same.
#[test]
fn on_a_date_what_is_replaced_is_counted_apart() {
    let graph = ledger();
    let supplies = graph.as_of("2021".parse().unwrap()).deals().kind(FactKind::Supply);
    let expected = ["2018: 0; 1 replaced", "2019: 1; GBP 6 million", "total: 1; GBP 6 million; 1 replaced"];
    assert_eq!(groups(&supplies, DealKey::Year), expected);
    let unclear = graph.as_of("2019".parse().unwrap()).deals().kind(FactKind::Supply);
    let expected = [
        "2018: 0; 1 replaced",
        "2019: 1; GBP 6 million; 1 possible",
        "total: 1; GBP 6 million; 1 possible; 1 replaced",
    ];
    assert_eq!(groups(&unclear, DealKey::Year), expected);
}

/// Of two claims about a purchase, 8 million in 2018 and 9 in 2019, only those that are listed are added up.
#[test]
fn claims_that_are_not_listed_are_not_added_up() {
    let graph = ledger();
    let acquisitions = || graph.view().deals().kind(FactKind::Acquisition);
    let total = |deals: Deals<'_>| told(deals.groups(DealKey::Kind).total());
    let both = "total: 1; GBP 8 to 9 million; 1 rumoured; 1 claims";
    assert_eq!(total(acquisitions()), both);
    assert_eq!(total(acquisitions().until("2018".parse().unwrap())), "total: 1; GBP 8 million; 1 rumoured");
    assert_eq!(total(acquisitions().since("2019".parse().unwrap())), "total: 1; GBP 9 million");
}

#[test]
fn a_sum_of_too_many_digits_is_none() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B") },
            facts: [
                Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 9000000000000000000000000000", unsourced: true),
                Sale(seller: "b", buyer: "a", completed: "2014", amount: "USD 0.01", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let groups = graph.view().deals().groups(DealKey::Year);
    let sum = &groups.total().sums[0];
    assert_eq!((sum.amount, sum.amounts), (None, 2));
    assert_eq!(sum.to_string(), "USD: too many digits to add");
}

/// Bounds of the sums by currency, added up over groups; an upper bound that is missing stays missing.
fn added<'a>(
    groups: impl IntoIterator<Item = &'a DealGroup<'a>>,
) -> BTreeMap<String, (Decimal, Option<Decimal>, usize)> {
    let mut all = BTreeMap::new();
    for sum in groups.into_iter().flat_map(|group| &group.sums) {
        let amount = sum.amount.unwrap();
        let low = amount.low().unwrap_or(Decimal::ZERO);
        let of = all.entry(sum.currency.to_string()).or_insert((Decimal::ZERO, Some(Decimal::ZERO), 0));
        of.0 = of.0.checked_add(low).unwrap();
        of.1 = of.1.zip(amount.high()).map(|(one, other)| one.checked_add(other).unwrap());
        of.2 += sum.amounts;
    }
    all
}

proptest! {
    #![proptest_config(cases(300))]

    /// Where no deal is in two groups, the groups add up to the total; and the total to a plain sum.
    #[test]
    fn groups_add_up_to_the_total(made in made_graphs(6, 12)) {
        let graph = made.graph();
        for key in [DealKey::Year, DealKey::Currency, DealKey::Kind, DealKey::Status] {
            let found = graph.view().deals().groups(key);
            let total = found.total();
            prop_assert_eq!(added(found.groups()), added([total]));
            let count = |of: fn(&DealGroup<'_>) -> usize| (found.groups().iter().map(of).sum::<usize>(), of(total));
            for (groups, total) in [
                count(|group| group.deals.len()),
                count(|group| group.without_amount),
                count(|group| group.sought.len()),
                count(|group| group.withdrawn.len()),
                count(|group| group.facts().count()),
            ] {
                prop_assert_eq!(groups, total);
            }
            let deals = graph.view().deals().run();
            prop_assert_eq!(total.facts().count(), deals.facts().len());
            // Dollars: `5`, or `3..9`.
            let counted = deals.facts().filter(|fact| {
                let n: usize = fact.id()[1..].parse().unwrap();
                !matches!(made.facts[n].state, State::Sought | State::Withdrawn | State::WithdrawnOn)
            });
            let dollars = counted.filter_map(|fact| match fact.amount()?.to_string().as_str() {
                "USD 5" => Some((5, 5)),
                "USD 3..9" => Some((3, 9)),
                _ => None,
            });
            let naive = dollars.fold((0, 0), |sum, amount| (sum.0 + amount.0, sum.1 + amount.1));
            let sum = added([total]).get("USD").map(|(low, high, _)| (low.to_string(), high.unwrap().to_string()));
            prop_assert_eq!(sum.unwrap_or_else(|| ("0".into(), "0".into())), (naive.0.to_string(), naive.1.to_string()));
        }
    }
}
