//! Shares as registers state them: excluded ends, fractions, approximate shares.

use keiretsu::{Graph, OwnerRule, Verdict};

/// Stakes as `holder company share`; rule; owner and company; expected share and verdict. Holders of `full` are complete.
const CASES: &[(&[&str], OwnerRule, &str, &str, Verdict)] = &[
    // The bands of the register of persons with significant control.
    (&["p a >25%..50%"], PSC, "p a", "more than 25%, up to 50%", Verdict::Counts),
    (&["p a 25%..50%"], PSC, "p a", "25% to 50%", Verdict::MayCount),
    (&["p a >25%"], PSC, "p a", "more than 25%", Verdict::Counts),
    (&["p a >50%..<75%"], MAJORITY, "p a", "more than 50%, less than 75%", Verdict::Counts),
    (&["p a 50%..<75%"], MAJORITY, "p a", "at least 50%, less than 75%", Verdict::MayCount),
    (&["p a >=75%"], MAJORITY, "p a", "75% or more", Verdict::Counts),
    (&["p a <50%"], MAJORITY, "p a", "less than 50%", Verdict::No),
    (&["p a <50%"], OFAC, "p a", "less than 50%", Verdict::No),
    (&["p a ..50%"], OFAC, "p a", "up to 50%", Verdict::MayCount),
    (&["p a <25%"], MULTIPLY, "p a", "less than 25%", Verdict::No),
    (&["p a <=25%"], MULTIPLY, "p a", "up to 25%", Verdict::MayCount),
    // The others leave less than half of something held by a majority, and exactly half of a half.
    (&["p a majority", "q a undisclosed"], OFAC, "q a", "less than 50%", Verdict::No),
    (&["p a 50%", "q a undisclosed"], OFAC, "q a", "up to 50%", Verdict::MayCount),
    (&["p a >30%", "q a >=20%"], MULTIPLY, "q a", "at least 20%, less than 70%", Verdict::MayCount),
    // Nor does anybody have less than the rest, where there are no others.
    (&["p full <50%", "q full undisclosed"], MAJORITY, "q full", "more than 50%", Verdict::Counts),
    (&["p full ..50%", "q full undisclosed"], MAJORITY, "q full", "50% or more", Verdict::MayCount),
    (&["p full <50%", "q full undisclosed"], ROLLING, "q full", "more than 50%", Verdict::Counts),
    (
        &["p full <30%", "q full 60%..<80%"],
        MULTIPLY,
        "p full",
        "more than 20%, less than 30%",
        Verdict::MayCount,
    ),
    (
        &["p full 40%..<60%", "q full 30%..50%"],
        MULTIPLY,
        "p full",
        "at least 50%, less than 60%",
        Verdict::Counts,
    ),
    // Chains: more than half of more than half is more than a quarter.
    (&["p b >50%", "b a >50%"], MULTIPLY, "p a", "more than 25%", Verdict::Counts),
    (&["p b >50%", "b a 50%"], MULTIPLY, "p a", "more than 25%, up to 50%", Verdict::Counts),
    (&["p b <50%", "b a 50%"], MULTIPLY, "p a", "less than 25%", Verdict::No),
    (&["p b <100%", "b a >25%..50%"], MULTIPLY, "p a", "less than 50%", Verdict::MayCount),
    (&["p b >50%..75%", "b a 30%"], PSC, "p a", "30%", Verdict::Counts),
    (&["p b 50%..75%", "b a 30%"], PSC, "p a", "up to 30%", Verdict::MayCount),
    (&["p b <50%", "b a 30%"], PSC, "p a", "0%", Verdict::No),
    (&["p b >25%", "b a >25%..<30%"], ROLLING, "p a", "more than 25%, less than 30%", Verdict::Counts),
    (&["p b 25%..", "b a >25%..<30%"], ROLLING, "p a", "at least 25%, less than 30%", Verdict::MayCount),
    // All of `full` is distributed: a holder on both paths has half of it through one of them, or what the caps
    // leave.
    (&["p full 60%", "q full 20%"], ROLLING, "p full", "60%", Verdict::Counts),
    (&["p full 60%", "q full 20%"], ROLLING, "q full", "20%", Verdict::No),
    (
        &["p b 100%", "b full undisclosed", "p full undisclosed"],
        ROLLING,
        "p full",
        "50% or more",
        Verdict::Counts,
    ),
    (
        &["p b 30%", "b full undisclosed", "p full undisclosed"],
        ROLLING,
        "p full",
        "30% or more",
        Verdict::Counts,
    ),
    (
        &["p b 20%", "b full undisclosed", "p full undisclosed"],
        ROLLING,
        "p full",
        "20% or more",
        Verdict::MayCount,
    ),
    (&["p b >25%", "b full ..60%", "p full ..60%"], ROLLING, "p full", "40% to 60%", Verdict::Counts),
    (
        &["p b >25%", "b full <75%", "p full ..75%"],
        ROLLING,
        "p full",
        "more than 25%, up to 75%",
        Verdict::Counts,
    ),
    (
        &["p b 100%", "b full ..40%", "p full ..40%", "q full ..40%"],
        ROLLING,
        "p full",
        "30% to 40%",
        Verdict::Counts,
    ),
    (
        &["p b 100%", "b full ..40%", "p full <40%", "q full <40%"],
        ROLLING,
        "p full",
        "more than 30%, up to 40%",
        Verdict::Counts,
    ),
    // Two paths: one excluded end excludes the maximum; both are needed for the minimum.
    (
        &["p b 50%", "b a >20%..30%", "p a 10%"],
        MULTIPLY,
        "p a",
        "more than 20%, up to 25%",
        Verdict::MayCount,
    ),
    // In a ring: p has 1/2 of a, and a has w of b, which has 1/10 of a: w/2 / (1 - w/10), so from 5/19 to 15/47.
    (
        &["p a 50%", "a b >50%..60%", "b a 10%"],
        MULTIPLY,
        "p b",
        "more than 26.3%, up to 31.9%",
        Verdict::Counts,
    ),
    (
        &["p a 50%", "a b 50%..<60%", "b a 10%"],
        MULTIPLY,
        "p b",
        "at least 26.3%, less than 31.9%",
        Verdict::Counts,
    ),
    // Fractions.
    (&["p a 1/3"], ROLLING, "p a", "33.3%", Verdict::Counts),
    (&["p a 1/3", "q a 2/3"], MULTIPLY, "q a", "66.7%", Verdict::Counts),
    (&["p a 1/4"], MULTIPLY, "p a", "25%", Verdict::Counts),
    (&["p a 1/3", "q a >=1/3"], MULTIPLY, "q a", "33.3% to 66.7%", Verdict::Counts),
    (&["p b 1/2", "b a 1/2"], MULTIPLY, "p a", "25%", Verdict::Counts),
    (&["p b 2/3", "b a 3/8"], MULTIPLY, "p a", "25%", Verdict::Counts),
    // "About" is a tenth more or less: it never certainly reaches or misses its own threshold.
    (&["p a ~25%"], MULTIPLY, "p a", "22.5% to 27.5%", Verdict::MayCount),
    (&["p a ~25%"], PSC, "p a", "22.5% to 27.5%", Verdict::MayCount),
    (&["p a ~50%"], MAJORITY, "p a", "45% to 55%", Verdict::MayCount),
    (&["p a ~15%"], MULTIPLY, "p a", "13.5% to 16.5%", Verdict::No),
    (&["p a ~30%"], MULTIPLY, "p a", "27% to 33%", Verdict::Counts),
];

const MULTIPLY: OwnerRule = OwnerRule::Multiply;
const PSC: OwnerRule = OwnerRule::Psc;
const OFAC: OwnerRule = OwnerRule::Ofac;
const MAJORITY: OwnerRule = OwnerRule::Majority;
const ROLLING: OwnerRule = OwnerRule::Rolling;

#[test]
fn ends_that_are_left_out_stay_so() {
    let mut wrong = Vec::new();
    for (stakes, rule, ends, share, verdict) in CASES {
        let graph = graph(stakes);
        let (owner, company) = ends.split_once(' ').unwrap();
        let view = graph.view();
        let ownership = view.ownership();
        let above = ownership.owners(view.entity(company).unwrap(), *rule).unwrap();
        let below = ownership.stakes(view.entity(owner).unwrap(), *rule).unwrap();
        for (rows, other) in [(above.rows, owner), (below.rows, company)] {
            let row = rows.iter().find(|row| row.entity.id() == other);
            let nothing = ("0%".to_owned(), Verdict::No);
            let told = row.map_or(nothing, |row| (row.share.to_string(), row.verdict));
            if told != ((*share).to_owned(), *verdict) {
                wrong.push(format!("{stakes:?}: by `{rule}` {ends} is {told:?}, not {share}, {verdict:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn three_thirds_are_all() {
    let graph = graph(&["p a 1/3", "q a 1/3", "b a 1/3"]);
    let view = graph.view();
    let owners = view.ownership().owners(view.entity("a").unwrap(), OwnerRule::Multiply).unwrap();
    assert!(owners.rows.iter().all(|row| row.share.exact().unwrap().to_string() == "1/3"));
    assert_eq!(owners.undisclosed.unwrap().exact().unwrap().to_string(), "0");
    assert!(view.ownership().overfull(keiretsu::Right::Equity).is_empty());
}

#[test]
fn more_than_all_is_seen_through_ends_and_fractions() {
    for (stakes, expected) in [
        (&["p a >50%", "q a 50%"][..], true),
        (&["p a 50%", "q a 50%"], false),
        (&["p a 1/3", "q a 1/3", "b a >1/3"], true),
        (&["p a 1/3", "q a 1/3", "b a 33.34%"], true),
        (&["p a ~50%", "q a ~52%"], false),
    ] {
        let graph = graph(stakes);
        let overfull = graph.view().ownership().overfull(keiretsu::Right::Equity);
        assert_eq!(!overfull.is_empty(), expected, "{stakes:?}");
    }
}

/// Of several companies of which more than all is held, a failed question is told those that it met.
#[test]
fn a_failed_question_tells_which_companies_are_overfull() {
    let graph = Graph::from_ron(
        r#"Graph(
            people: { "p": (name: "P"), "q": (name: "Q") },
            companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
            facts: [
                Ownership(owner: "p", owned: "a", share: "60%", unsourced: true),
                Ownership(owner: "q", owned: "a", share: "50%", unsourced: true),
                Ownership(owner: "p", owned: "b", share: "70%", unsourced: true),
                Ownership(owner: "a", owned: "b", share: "50%", unsourced: true),
                Ownership(owner: "p", owned: "c", share: "90%", unsourced: true),
                Ownership(owner: "q", owned: "c", share: "40%", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let view = graph.view();
    let ownership = view.ownership();
    let right = keiretsu::Right::Equity;
    for (company, expected) in [("A", "a"), ("B", "a b"), ("C", "c")] {
        let error = ownership.owners(view.find(company).unwrap(), OwnerRule::Multiply).unwrap_err();
        let overfull = ownership.overfull_in(right, &error);
        let ids: Vec<&str> = overfull.iter().map(|one| one.company.id()).collect();
        assert_eq!(ids.join(" "), expected, "{company}");
        let told: Vec<_> = overfull.iter().map(|one| one.diagnostic(right)).collect();
        assert_eq!(told, error.diagnostics(), "{company}");
    }
    let other = view.find("Nobody Known").unwrap_err();
    assert!(ownership.overfull_in(right, &other).is_empty());
}

fn graph(stakes: &[&str]) -> Graph {
    let fact = |stake: &&str| {
        let [owner, owned, share] = stake.split(' ').collect::<Vec<_>>()[..] else { panic!("{stake}") };
        format!(r#"Ownership(owner: "{owner}", owned: "{owned}", share: "{share}", unsourced: true),"#)
    };
    let facts: String = stakes.iter().map(fact).collect();
    Graph::from_ron(&format!(
        r#"Graph(
            people: {{ "p": (name: "Paula"), "q": (name: "Quentin") }},
            companies: {{
                "a": (name: "Acme"), "b": (name: "Bolt"), "full": (name: "Full", holders_complete: true),
            }},
            facts: [{facts}],
        )"#
    ))
    .unwrap_or_else(|error| panic!("{error}\n{facts}"))
}
