//! Own shares have no vote: the others' votes are parts of the rest. All figures computed by hand.

use std::fmt::Write;

use keiretsu::{ErrorKind, Graph, OwnerRule, OwnerTest, Right};

/// Stakes in Acme: `holder`, `share` and further fields.
fn acme(stakes: &[(&str, &str)]) -> Graph {
    let mut text = String::from(
        r#"Graph(
            people: { "ann": (name: "Ann"), "bo": (name: "Bo"), "cy": (name: "Cy") },
            companies: { "acme": (name: "Acme"), "leaf": (name: "Leaf") },
            facts: ["#,
    );
    for (holder, figures) in stakes {
        let _ = write!(text, "Ownership(owner: \"{holder}\", owned: \"acme\", {figures}, unsourced: true),");
    }
    text.push_str("Ownership(owner: \"acme\", owned: \"leaf\", share: \"60%\", unsourced: true)])");
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// "ann 9/16", in the order of the answer, by a rule of votes.
fn owners(graph: &Graph, rule: impl Into<OwnerTest>) -> Vec<String> {
    let ownership = graph.view().ownership();
    let found = ownership.owners(graph.view().entity("acme").unwrap(), rule).unwrap();
    let told = |row: &keiretsu::Owner<'_>| match row.share.exact() {
        Some(exact) => format!("{} {exact} {}", row.entity.id(), row.verdict.name()),
        None => format!("{} {} {}", row.entity.id(), row.share, row.verdict.name()),
    };
    found.rows.iter().map(told).collect()
}

/// "ann 56.3%", with "perhaps" if it is not certain.
fn controllers(graph: &Graph, company: &str) -> Vec<String> {
    let control = graph.view().ownership().control(graph.view().entity(company).unwrap());
    let told = |one: &keiretsu::Controlled<'_>| {
        format!("{} {}{}", one.entity.id(), one.votes, if one.is_certain { "" } else { " perhaps" })
    };
    control.controlled_by.iter().map(told).collect()
}

#[test]
fn votes_are_parts_of_what_own_shares_leave() {
    let graph = acme(&[("ann", "share: \"45%\""), ("bo", "share: \"35%\""), ("acme", "share: \"20%\"")]);
    // 45/80 and 35/80.
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 9/16 yes", "bo 7/16 no"]);
    assert_eq!(owners(&graph, OwnerRule::Psc), ["ann 9/16 yes", "bo 7/16 yes"]);
    let votes = OwnerTest::new(OwnerRule::Multiply).of(Right::Votes);
    assert_eq!(owners(&graph, votes), ["ann 9/16 yes", "bo 7/16 yes"]);
    assert_eq!(controllers(&graph, "acme"), ["ann 56.3%"]);
    // Her group commands the 60% that Acme has.
    assert_eq!(controllers(&graph, "leaf"), ["acme 60%", "ann 60%"]);
    let ownership = graph.view().ownership();
    assert_eq!(ownership.ultimate_parents().iter().next().unwrap().1.next().unwrap().id(), "ann");
}

#[test]
fn of_capital_the_ring_rule_comes_to_the_same() {
    let graph = acme(&[("ann", "share: \"45%\""), ("bo", "share: \"35%\""), ("acme", "share: \"20%\"")]);
    assert_eq!(owners(&graph, OwnerRule::Multiply), ["ann 9/16 yes", "bo 7/16 yes", "acme 1/5 no"]);
    // OFAC's rule uses all shares; so does the weakest link.
    assert_eq!(owners(&graph, OwnerRule::Ofac)[0], "ann 9/20 no");
    assert_eq!(owners(&graph, OwnerRule::Rolling)[0], "ann 9/20 yes");
}

#[test]
fn half_of_what_is_left_each_is_joint_control() {
    let graph = acme(&[("ann", "share: \"40%\""), ("bo", "share: \"40%\""), ("acme", "share: \"20%\"")]);
    let control = graph.view().ownership().control(graph.view().entity("leaf").unwrap());
    let jointly: Vec<&str> =
        control.jointly_controlled_by.iter().flat_map(|one| &one.controllers).map(|one| one.id()).collect();
    assert_eq!((controllers(&graph, "acme").len(), jointly), (0, vec!["ann", "bo"]));
}

#[test]
fn own_shares_that_are_a_range_make_votes_a_range() {
    // From 45/100 to 45/80.
    let graph = acme(&[("ann", "share: \"45%\""), ("acme", "share: \"..20%\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 45% to 56.3% perhaps"]);
    assert_eq!(controllers(&graph, "acme"), ["ann 45% to 56.3% perhaps"]);
    // More than 10% of its own: more than 45/90, a majority for certain.
    let graph = acme(&[("ann", "share: \"45%\""), ("acme", "share: \">10%\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann more than 50% yes"]);
    let graph = acme(&[("ann", "share: \"45%\""), ("acme", "share: \"10%..\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 50% or more perhaps"]);
    // Less than 10%: less than 45/90, never one.
    let graph = acme(&[("ann", "share: \"45%\""), ("acme", "share: \"<10%\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann at least 45%, less than 50% no"]);
    // It is undisclosed: at most the 55% that Ann leaves.
    let graph = acme(&[("ann", "share: \"45%\""), ("acme", "share: \"undisclosed\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 45% or more perhaps"]);
}

#[test]
fn votes_of_own_shares_may_be_stated_apart() {
    // That own shares have no vote does not affect Ann's, whose capital is stated: 45/80.
    let own = ("acme", "share: \"20%\", votes: \"0%\"");
    let graph = acme(&[("ann", "share: \"45%\""), own]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 9/16 yes"]);
    // If her votes are stated, they are parts of the existing votes.
    let graph = acme(&[("ann", "share: \"45%\", votes: \"48%\""), own]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 12/25 no"]);
    // Stated as parts of all shares, own shares included: 45/90.
    let graph = acme(&[("ann", "votes: \"45%\""), ("acme", "share: \"20%\", votes: \"10%\"")]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 1/2 no"]);
    // One class with votes stated and one without: 10% of votes and 40% of 80, or 30% + 40% of that.
    let classes =
        [("ann", "share: \"5%\", votes: \"30%\", class: \"A\""), ("ann", "share: \"30%\", class: \"B\"")];
    let graph = acme(&[classes[0], classes[1], own]);
    assert_eq!(owners(&graph, OwnerRule::Majority), ["ann 60% to 75% yes"]);
}

#[test]
fn what_is_wrong_stays_wrong() {
    let graph = acme(&[("ann", "share: \"45%\""), ("bo", "share: \"45%\""), ("acme", "share: \"20%\"")]);
    let ownership = graph.view().ownership();
    let company = graph.view().entity("acme").unwrap();
    let error = ownership.owners(company, OwnerRule::Majority).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    // If Bo has less than is said, Ann has up to 45/80.
    assert_eq!(controllers(&graph, "acme"), ["ann 35% to 56.3% perhaps", "bo 35% to 56.3% perhaps"]);
}

#[test]
fn a_company_that_holds_all_of_itself_is_nobodys() {
    let graph = acme(&[("ann", "share: \"0%\""), ("acme", "share: \"100%\"")]);
    let company = graph.view().entity("acme").unwrap();
    assert!(graph.view().ownership().own_shares(company).is_none());
    assert!(controllers(&graph, "acme").is_empty());
}

#[test]
fn what_a_subsidiary_holds_votes_as_stated() {
    let text = r#"Graph(
        people: { "ann": (name: "Ann") },
        companies: { "acme": (name: "Acme"), "leaf": (name: "Leaf") },
        facts: [
            Ownership(owner: "ann", owned: "acme", share: "45%", unsourced: true),
            Ownership(owner: "acme", owned: "leaf", share: "60%", unsourced: true),
            Ownership(owner: "leaf", owned: "acme", share: "20%", unsourced: true),
        ],
    )"#;
    let graph = Graph::from_ron(text).unwrap();
    assert!(controllers(&graph, "acme").is_empty());
}

/// Somebody stated to control counts whatever votes are known, and whatever the threshold.
#[test]
fn stated_control_counts_below_the_threshold() {
    let text = r#"Graph(
        people: { "ann": (name: "Ann"), "bo": (name: "Bo") },
        companies: { "acme": (name: "Acme") },
        facts: [
            Ownership(owner: "ann", owned: "acme", share: "40%", unsourced: true),
            Ownership(owner: "bo", owned: "acme", share: "45%", unsourced: true),
            Control(controller: "ann", controlled: "acme", means: Contract, unsourced: true),
        ],
    )"#;
    let graph = Graph::from_ron(text).unwrap();
    assert_eq!(owners(&graph, OwnerRule::Majority), ["bo 9/20 no", "ann 2/5 yes"]);
    let higher = OwnerTest::new(OwnerRule::Majority).at("0.75".parse::<keiretsu::Decimal>().unwrap());
    assert_eq!(owners(&graph, higher), ["bo 9/20 no", "ann 2/5 yes"]);
    assert_eq!(controllers(&graph, "acme"), ["ann 40%"]);
    // Majority chains look at stated shares alone.
    assert!(graph.view().majority_owners().chains().next().is_none());
}
