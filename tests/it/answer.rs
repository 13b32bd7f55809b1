//! Answers as the library gives them: what the rows, the text and the notes say.

use keiretsu::answer::{
    Answer, Content, OwnersQuestion, Several, StakesQuestion, StatsQuestion, TextOptions,
};
use keiretsu::{
    DealKey, ErrorKind, Graph, GraphExport, Limits, OwnerRule, RelationKind, RelationKinds, StoppedBy,
};

/// Ann, Bo and Cy own Acme: 40%, 35% and 25%, which count by the rule `multiply`. Ann has half of Bolt, too, and had all
/// of Cord.
fn graph() -> Graph {
    Graph::from_ron(
        r#"Graph(
            people: { "ann": (name: "Ann"), "bo": (name: "Bo"), "cy": (name: "Cy") },
            companies: { "acme": (name: "Acme"), "bolt": (name: "Bolt"), "cord": (name: "Cord") },
            facts: [
                Ownership(owner: "ann", owned: "acme", share: "40%", unsourced: true),
                Ownership(owner: "bo", owned: "acme", share: "35%", unsourced: true),
                Ownership(owner: "cy", owned: "acme", share: "25%", unsourced: true),
                Ownership(owner: "ann", owned: "bolt", share: "50%", unsourced: true),
                Ownership(owner: "ann", owned: "cord", share: "100%", until: "2015", unsourced: true),
            ],
        )"#,
    )
    .expect("the graph is right")
}

fn text<'g, C: Content<'g>>(answer: &Answer<'g, C>) -> String {
    answer.text(&TextOptions::default())
}

fn rows(rows: usize) -> Limits {
    Limits::default().rows(rows)
}

#[test]
fn owners_behind_the_limit_on_rows_are_not_said_to_count_for_nothing() {
    let graph = graph();
    let acme = graph.view().find("Acme").unwrap();
    let question = OwnersQuestion::of(acme);
    assert_eq!(question.answer().unwrap().rows().len(), 3);
    let answer = question.limits(rows(1)).answer().unwrap();
    assert_eq!((answer.rows().len(), answer.stopped_by()), (1, Some(StoppedBy::Rows)));
    let told = text(&answer);
    assert!(told.contains("Ann"), "{told}");
    assert!(!told.contains("not count"), "{told}");
    let told = text(&OwnersQuestion::of(acme).limits(rows(0)).answer().unwrap());
    assert!(!told.contains("no owner") && !told.contains("nobody"), "{told}");
}

#[test]
fn rules_behind_the_limit_on_rows_do_not_say_no() {
    let graph = graph();
    let bolt = graph.view().find("Bolt").unwrap();
    // Of half of the shares the rules say, in their order: yes, yes, yes, no (more than half), yes.
    let question = OwnersQuestion::of(bolt).by_all_rules().all();
    let verdicts = |told: &str| {
        let line = told.lines().find(|line| line.starts_with("Ann")).unwrap().to_owned();
        let words = line.split_whitespace().filter(|word| matches!(*word, "yes" | "no" | "?"));
        words.map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(verdicts(&text(&question.answer().unwrap())), "yes yes yes no yes");
    let answer = question.limits(rows(2)).answer().unwrap();
    assert_eq!((answer.rows().len(), answer.stopped_by()), (2, Some(StoppedBy::Rows)));
    assert_eq!(verdicts(&text(&answer)), "yes yes ? ? ?");
}

#[test]
fn stakes_behind_the_limit_on_rows_are_not_said_to_be_left_out_as_possible() {
    let graph = graph();
    let view = graph.view();
    let (ann, bo) = (view.find("Ann").unwrap(), view.find("Bo").unwrap());
    let both = Several::of([bo, ann, bo]);
    assert_eq!(both.entities(), [ann, bo]);
    for question in [StakesQuestion::of(ann), StakesQuestion::together(view, both).by(OwnerRule::Ofac)] {
        let answer = question.answer().unwrap();
        assert_eq!(answer.rows().len(), 2);
        let answer = question.limits(rows(1)).answer().unwrap();
        assert_eq!((answer.rows().len(), answer.stopped_by()), (1, Some(StoppedBy::Rows)));
        let told = text(&answer);
        assert!(told.contains("by the rule") && !told.contains("--certain"), "{told}");
    }
}

#[test]
fn an_answer_says_what_was_left_out() {
    let graph = graph();
    let view = graph.view();
    let ann = view.find("Ann").unwrap();
    let answer = StakesQuestion::of(ann).answer().unwrap();
    assert_eq!(answer.notes(), ["1 stake that ended is left out; use --as-of to ask about a date"]);
    let together = Several::of([ann]).without(7, "Nobody Known");
    let answer = OwnersQuestion::together(view.find("Acme").unwrap(), together).answer().unwrap();
    assert_eq!(answer.rows()[0].together().unwrap().not_found, ["Nobody Known"]);
    assert!(text(&answer).contains("listed but not in the graph: `Nobody Known` (line 7)\n"));
}

#[test]
fn those_added_up_are_taken_into_the_view_that_is_asked() {
    let (graph, again) = (graph(), graph());
    let view = graph.view();
    // In 2020 she had nothing of Cord any more; a view without a date shows that she had.
    let later = graph.as_of("2020".parse().unwrap());
    let (ann, acme) = (later.find("Ann").unwrap(), view.find("Acme").unwrap());
    let relations = view.find("Ann").unwrap().relations().count();
    assert_ne!(ann.relations().count(), relations);
    let stakes = StakesQuestion::together(view, Several::of([ann])).answer().unwrap();
    let owners = OwnersQuestion::together(acme, Several::of([ann])).answer().unwrap();
    for row in [&stakes.rows()[0], &owners.rows()[0]] {
        assert_eq!(row.together().unwrap().entities[0].relations().count(), relations);
    }
    let stranger = Several::of([again.view().find("Ann").unwrap()]);
    let error = StakesQuestion::together(view, stranger.clone()).answer().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherGraph);
    assert_eq!(OwnersQuestion::together(acme, stranger).answer().unwrap_err().kind(), ErrorKind::OtherGraph);
}

/// What the second clock does not know takes no row from what it knows.
#[test]
fn the_unknown_take_no_rows() {
    let graph = Graph::from_ron(
        r#"Graph(
            sources: { "late": (kind: News, title: "Late", published: "2020") },
            companies: { "a": (name: "A", evidence: [(source: "late")]), "b": (name: "B"), "c": (name: "C") },
        )"#,
    )
    .unwrap();
    let view = graph.view().known_by("2010".parse().unwrap());
    let names = |most| {
        let answer = view.components().answer(&rows(most));
        let ranks = view.page_rank().answer(most);
        let ranked: Vec<_> = ranks.rows().iter().map(|row| row.entity.name()).collect();
        let found: Vec<_> = answer.rows().iter().map(|row| row.first[0].name()).collect();
        assert_eq!(found, ranked);
        (found.concat(), answer.is_complete())
    };
    assert_eq!(names(1), ("B".to_owned(), false));
    assert_eq!(names(2), ("BC".to_owned(), true));
}

/// Deals come in pages: all pages together are all deals, in the same order.
#[test]
fn deals_come_in_pages() {
    let graph = Graph::open("graphs/decade").unwrap();
    let ids = |skip: usize, most: usize| -> (Vec<String>, bool) {
        let answer = graph.view().deals().skip(skip).limits(rows(most)).answer();
        (answer.rows().iter().map(|deal| deal.fact.id().to_owned()).collect(), answer.is_complete())
    };
    let (all, is_complete) = ids(0, 10_000);
    assert!(is_complete && all.len() > 20, "{}", all.len());
    let pages: Vec<(Vec<String>, bool)> = (0..=all.len()).step_by(7).map(|skip| ids(skip, 7)).collect();
    assert_eq!(pages.iter().flat_map(|(page, _)| page.clone()).collect::<Vec<_>>(), all);
    // Only the last page says that nothing follows.
    let last = all.len().div_ceil(7) - 1;
    assert!(pages.iter().enumerate().all(|(n, (_, is_complete))| *is_complete == (n >= last)));
    assert_eq!(ids(all.len() + 5, 7), (Vec::new(), true));
}

/// The last row is the total of all deals, however few rows there may be.
#[test]
fn groups_of_deals_keep_their_total() {
    let graph = Graph::open("graphs/decade").unwrap();
    let answer = |most| graph.view().deals().limits(rows(most)).groups_answer(DealKey::Year);
    let names =
        |most| answer(most).rows().iter().map(|group| group.name.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(names(10_000), "2011 2012 2014 2015 2016 2017 2018 2019 2021 undated total");
    assert!(answer(11).is_complete() && !answer(10).is_complete());
    assert_eq!((names(3), names(0)), ("2011 2012 total".to_owned(), String::new()));
    assert_eq!(answer(3).rows()[2].deals.len(), 17);
}

/// What `--top` leaves out was not asked for: the answer is complete, and a note says how many there are.
#[test]
fn the_first_deals_are_a_complete_answer() {
    let graph = Graph::open("graphs/decade").unwrap();
    let all = graph.view().deals().run().facts().len();
    let answer = graph.view().deals().top(3).answer();
    assert!(answer.is_complete() && answer.rows().len() == 3);
    assert_eq!(answer.notes(), [format!("{} more deals: omit --top", all - 3)]);
    let groups = graph.view().deals().top(9).groups_answer(DealKey::Year);
    assert_eq!(
        (groups.is_complete(), groups.notes()),
        (true, ["1 more group: omit --top".to_owned()].as_slice())
    );
}

/// What looks at the whole rests on everything that it looks at.
#[test]
fn questions_about_the_whole_rest_on_disputes() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
            sources: { "n": (kind: News, title: "Denial") },
            facts: [
                Ownership(owner: "a", owned: "b", share: "30%", evidence: [(source: "n", stance: Refutes)]),
                Supply(supplier: "b", customer: "c", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let view = graph.view();
    let disputed = |kinds: RelationKinds| {
        let limits = Limits::default();
        let components = view.components().follow(kinds).run();
        [
            components.answer(&limits).is_disputed(),
            components.members(&limits).is_disputed(),
            view.page_rank().follow(kinds).answer(3).is_disputed(),
        ]
    };
    assert_eq!(disputed(RelationKinds::ALL), [true; 3]);
    assert_eq!(disputed(RelationKind::Supplies.into()), [false; 3]);
    assert!(StatsQuestion::of(view).answer().is_disputed());
    assert!(GraphExport(view).answer().is_disputed());
}
