//! Questions about the whole that limits cut, and say so.

use keiretsu::{Cancel, Date, Graph, Limits, Outcome, OwnerRule, StoppedBy};

/// Ten supplies of one year each, by one company to ten others, and a ring of three owners.
fn graph() -> Graph {
    let companies: String = (0..11).map(|n| format!("\"c{n}\": (name: \"Company {n}\"), ")).collect();
    let supply = |n: i32| {
        let year = 2000 + n;
        let days = format!("since: \"{year}-01-01\", until: \"{year}-12-31\"");
        format!("Supply(supplier: \"c0\", customer: \"c{n}\", {days}, unsourced: true), ")
    };
    let stake = |n: i32| {
        let owned = n % 3 + 1;
        format!("Ownership(owner: \"c{n}\", owned: \"c{owned}\", share: \"60%..70%\", unsourced: true), ")
    };
    let facts: String = (1..11).map(supply).chain((1..4).map(stake)).collect();
    Graph::from_ron(&format!("Graph(companies: {{ {companies} }}, facts: [ {facts} ])")).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn cancelled() -> Limits {
    let stop = Cancel::default();
    stop.cancel();
    Limits::default().cancelled_by(&stop)
}

#[test]
fn a_timeline_ends_with_its_steps() {
    let graph = graph();
    let first = graph.view().entity("c0").unwrap();
    let within = |steps| graph.view().timeline_within(&[first], &Limits::default().steps(steps));
    // Each supply begins and ends.
    assert_eq!((within(100).0.len(), within(100).1), (20, Outcome::Complete));
    assert_eq!((within(4).0.len(), within(4).1), (8, Outcome::Stopped(StoppedBy::Steps)));
    assert_eq!(graph.view().timeline(&[first]).len(), 20);
}

#[test]
fn a_difference_ends_with_its_steps() {
    let graph = graph();
    let first = graph.view().entity("c0").unwrap();
    let (from, to) = (date("2003-06"), date("2009-06"));
    let all = |steps| graph.view().diff_within(from, to, &Limits::default().steps(steps));
    let own = |steps| first.diff_within(from, to, &Limits::default().steps(steps));
    // The supply of 2003 has ended, that of 2009 has begun.
    assert_eq!((all(100).0.len(), all(100).1), (2, Outcome::Complete));
    assert_eq!((own(100).0.len(), own(100).1), (2, Outcome::Complete));
    // The first relation that is looked at is that of 2003.
    assert_eq!((all(1).0.len(), all(1).1), (1, Outcome::Stopped(StoppedBy::Steps)));
    assert_eq!((own(1).0.len(), own(1).1), (1, Outcome::Stopped(StoppedBy::Steps)));
}

#[test]
fn a_search_ends_with_its_steps_or_rows() {
    let graph = graph();
    let within = |limits: Limits| graph.view().search_within("company", &limits);
    assert_eq!((within(Limits::default()).0.len(), within(Limits::default()).1), (11, Outcome::Complete));
    let few = within(Limits::default().rows(3));
    assert_eq!((few.0.len(), few.1), (3, Outcome::Stopped(StoppedBy::Rows)));
    let short = within(Limits::default().steps(5));
    assert_eq!((short.0.len(), short.1), (5, Outcome::Stopped(StoppedBy::Steps)));
    // As many rows as there are cut nothing.
    assert_eq!(within(Limits::default().rows(11)).1, Outcome::Complete);
}

#[test]
fn who_cancels_gets_bounds_that_hold() {
    let graph = graph();
    let first = graph.view().entity("c1").unwrap();
    let whole = graph.view().ownership().owners(first, OwnerRule::Multiply).unwrap();
    let cut = graph.view().ownership().within(&cancelled()).owners(first, OwnerRule::Multiply).unwrap();
    assert_eq!((whole.is_cut, cut.is_cut), (false, true));
    for (row, told) in
        whole.rows.iter().map(|row| (row, cut.rows.iter().find(|one| one.entity == row.entity)))
    {
        let told = told.unwrap();
        assert!(told.share.low() <= row.share.low() && told.share.high() >= row.share.high(), "{told:?}");
    }
}

/// Whoever cancels before asking gets no answer that looks whole, however small the graph.
#[cfg(feature = "answer")]
#[test]
fn every_question_cancelled_beforehand_says_so() {
    use keiretsu::answer::{
        ControlQuestion, DiffQuestion, Neighborhood, OwnersQuestion, PathQuestion, SearchQuestion, Several,
        StakesQuestion, TimelineQuestion,
    };

    let graph = graph();
    let view = graph.view();
    let [first, second, fifth] = ["c1", "c2", "c5"].map(|id| view.entity(id).unwrap());
    let some = || Several::of([second, fifth]);
    let asked = |limits: &Limits| {
        let limits = || limits.clone();
        [
            ("partners", view.partners().limits(limits()).answer().stopped_by()),
            ("partners of one", first.partners().limits(limits()).answer().stopped_by()),
            ("path", PathQuestion::between(first, fifth).limits(limits()).answer().stopped_by()),
            ("paths", PathQuestion::between(first, fifth).all().limits(limits()).answer().stopped_by()),
            ("neighbors", Neighborhood::of(first).limits(limits()).answer().stopped_by()),
            ("deals", view.deals().limits(limits()).answer().stopped_by()),
            ("timeline", TimelineQuestion::about(view, &[first]).limits(limits()).answer().stopped_by()),
            (
                "diff",
                DiffQuestion::between(view, date("2003"), date("2009"))
                    .limits(limits())
                    .answer()
                    .stopped_by(),
            ),
            ("find", SearchQuestion::of(view, "company").limits(limits()).answer().stopped_by()),
            ("owners", OwnersQuestion::of(first).limits(limits()).answer().unwrap().stopped_by()),
            (
                "owners by all rules",
                OwnersQuestion::of(first).by_all_rules().limits(limits()).answer().unwrap().stopped_by(),
            ),
            (
                "owners together",
                OwnersQuestion::together(first, some()).limits(limits()).answer().unwrap().stopped_by(),
            ),
            ("stakes", StakesQuestion::of(first).limits(limits()).answer().unwrap().stopped_by()),
            ("control", ControlQuestion::of(first).limits(limits()).answer().stopped_by()),
            ("components", view.components().limits(limits()).answer(&limits()).stopped_by()),
            ("rank", view.page_rank().limits(limits()).answer(10).stopped_by()),
            ("betweenness", view.betweenness().limits(limits()).answer(&[], 10).stopped_by()),
        ]
    };
    for (question, stopped_by) in asked(&Limits::default()) {
        assert_eq!(stopped_by, None, "{question}");
    }
    let cancelled = asked(&cancelled());
    let deaf: Vec<&str> =
        cancelled.iter().filter(|(_, by)| *by != Some(StoppedBy::Cancelled)).map(|(name, _)| *name).collect();
    assert_eq!(deaf, [] as [&str; 0]);
}
