//! Cut answers say so, and are a prefix of the complete answer.

use keiretsu::{Cancel, Graph, Limits, Outcome, Path, StoppedBy};
use proptest::prelude::*;

use super::{chain, entity, everybody, made_graphs, number, plain_path, rules};
use crate::property::cases;

const STEPS: Outcome = Outcome::Stopped(StoppedBy::Steps);

fn trusted(change: impl FnOnce(&mut Limits)) -> Limits {
    let mut limits = Limits::trusted();
    change(&mut limits);
    limits
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_step_budget_leaves_a_beginning(made in made_graphs(8, 6), rules in rules(), ends in (0..8_usize, 0..8_usize)) {
        let (graph, n) = (made.graph(), made.kinds.len());
        let (start, to) = (entity(&graph, ends.0 % n), entity(&graph, ends.1 % n));
        let whole: Vec<usize> = rules.traversal(start).run().entities().map(number).collect();
        let all: Vec<_> = rules.traversal(start).limits(Limits::trusted()).paths(to).iter().map(plain_path).collect();
        let best = rules.traversal(start).shortest_path(to).as_ref().map(plain_path);
        for budget in (0..40).chain([100, 400]) {
            let asked = rules.traversal(start).limits(trusted(|limits| limits.steps = budget));
            let selection = asked.run();
            let reached: Vec<usize> = selection.entities().map(number).collect();
            prop_assert!(whole.starts_with(&reached));
            prop_assert!(matches!(selection.outcome(), Outcome::Complete) && reached == whole || selection.outcome() == STEPS);
            let paths = asked.paths(to);
            let found: Vec<_> = paths.iter().map(plain_path).collect();
            prop_assert!(all.starts_with(&found));
            prop_assert!(matches!(paths.outcome(), Outcome::Complete) && found == all || paths.outcome() == STEPS);
            let (path, outcome) = asked.shortest(to);
            match outcome {
                Outcome::Complete => prop_assert_eq!(path.as_ref().map(plain_path), best.clone()),
                stopped => prop_assert_eq!((path, stopped), (None, STEPS)),
            }
        }
    }

    #[test]
    fn a_limit_on_hops_is_told(made in made_graphs(8, 6), rules in rules(), ends in (0..8_usize, 0..8_usize), most in 0..5_usize) {
        let (graph, n) = (made.graph(), made.kinds.len());
        let (start, to) = (entity(&graph, ends.0 % n), entity(&graph, ends.1 % n));
        let free = rules.traversal(start).limits(Limits::trusted());
        let cut = rules.traversal(start).limits(trusted(|limits| limits.hops = most));
        let (whole, near) = (free.run(), cut.run());
        let within: Vec<_> = whole.entities().filter(|entity| whole.hops(*entity).unwrap() <= most).collect();
        prop_assert_eq!(near.entities().collect::<Vec<_>>(), within.clone());
        let complete = within.len() == whole.len();
        prop_assert_eq!(near.outcome(), if complete { Outcome::Complete } else { Outcome::Stopped(StoppedBy::Hops) });

        let (all, short) = (free.paths(to), cut.paths(to));
        let within: Vec<_> = all.iter().filter(|path| path.hops() <= most).cloned().collect();
        prop_assert_eq!(short.iter().cloned().collect::<Vec<_>>(), within.clone());
        if within.len() < all.len() {
            prop_assert_eq!(short.outcome(), Outcome::Stopped(StoppedBy::Hops));
        }
        let (path, outcome) = cut.shortest(to);
        match free.shortest_path(to) {
            Some(best) if best.hops() > most => prop_assert_eq!((path, outcome), (None, Outcome::Stopped(StoppedBy::Hops))),
            best => prop_assert_eq!(path, best),
        }
    }

    #[test]
    fn a_limit_on_paths_is_told(made in made_graphs(6, 6), ends in (0..6_usize, 0..6_usize), most in 0..6_usize) {
        let (graph, n) = (made.graph(), made.kinds.len());
        let (start, to) = (entity(&graph, ends.0 % n), entity(&graph, ends.1 % n));
        let all = start.traverse().limits(Limits::trusted()).paths(to);
        let few = start.traverse().limits(trusted(|limits| limits.paths = most)).paths(to);
        prop_assert_eq!(few.iter().collect::<Vec<_>>(), all.iter().take(most).collect::<Vec<_>>());
        let expected = if all.len() > most { Outcome::Stopped(StoppedBy::Paths) } else { Outcome::Complete };
        prop_assert_eq!(few.outcome(), expected);
    }
}

#[test]
fn a_bound_that_was_asked_for_is_no_cut() {
    let graph = everybody(6).graph();
    let paths = entity(&graph, 0).traverse().max_hops(2).paths(entity(&graph, 1));
    assert_eq!((paths.len(), paths.outcome()), (5, Outcome::Complete));
    let chain = chain(3);
    let start = chain.view().entity("e0000000").unwrap();
    assert_eq!(start.traverse().max_hops(1).run().outcome(), Outcome::Complete);
    let far = chain.view().entity("e0000003").unwrap();
    assert_eq!(start.traverse().max_hops(2).shortest(far), (None, Outcome::Complete));
    assert_eq!(start.traverse().max_hops(2).paths(far).outcome(), Outcome::Complete);
}

/// The default limit on hops is met by a chain of forty.
#[test]
fn what_lies_beyond_the_default_hops_is_told() {
    let chain = chain(40);
    let (start, end) = ends(&chain, 40);
    let cut = Outcome::Stopped(StoppedBy::Hops);
    assert_eq!(start.traverse().run().outcome(), cut);
    assert_eq!(start.traverse().shortest(end), (None, cut));
    assert_eq!(start.traverse().paths(end).outcome(), cut);
    assert_eq!(start.partners().broad().hops(40).run().1, cut);
}

/// A longer path begins where the target is beyond the limit.
#[test]
fn a_detour_beyond_the_limit_is_told() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "s": (name: "S"), "t": (name: "T"), "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
            facts: [
                Supply(supplier: "s", customer: ["t", "a"], unsourced: true),
                Supply(supplier: "a", customer: "b", unsourced: true),
                Supply(supplier: "b", customer: "c", unsourced: true),
                Supply(supplier: "c", customer: "t", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let (s, t) = (graph.view().find("S").unwrap(), graph.view().find("T").unwrap());
    let asked = s.traverse().direction(keiretsu::Direction::Outgoing);
    let paths = asked.limits(trusted(|limits| limits.hops = 2)).paths(t);
    assert_eq!((paths.len(), paths.outcome()), (1, Outcome::Stopped(StoppedBy::Hops)));
}

#[test]
fn a_cancelled_search_says_so() {
    let cancel = Cancel::default();
    let limits = trusted(|limits| limits.cancel = Some(cancel.clone()));
    let chain = chain(3_000);
    let (start, end) = ends(&chain, 3_000);
    let asked = start.traverse().limits(limits.clone());
    assert_eq!(asked.run().outcome(), Outcome::Complete);
    cancel.cancel();
    let cancelled = Outcome::Stopped(StoppedBy::Cancelled);
    let selection = asked.run();
    assert_eq!(selection.outcome(), cancelled);
    assert!(selection.len() < 1_100, "{}", selection.len());
    assert_eq!(asked.shortest(end), (None, cancelled));
    assert_eq!(asked.paths(end).outcome(), cancelled);
    let partners = chain.view().partners().broad();
    assert_eq!(partners.clone().limits(limits.clone()).run().1, cancelled);
    assert_eq!(start.partners().broad().hops(9_999).limits(limits).run().1, cancelled);
}

#[test]
fn a_step_budget_stops_partners_too() {
    let graph = everybody(14).graph();
    let (all, outcome) = graph.view().partners().run();
    assert_eq!((all.len(), outcome), (91, Outcome::Complete));
    let (few, outcome) = graph.view().partners().limits(trusted(|limits| limits.steps = 50)).run();
    assert_eq!(outcome, STEPS);
    assert!(!few.is_empty() && few.iter().all(|partner| all.contains(partner)));
}

fn ends(chain: &Graph, relations: usize) -> (keiretsu::Entity<'_>, keiretsu::Entity<'_>) {
    let id = |n: usize| format!("e{n:07}");
    (chain.view().entity(&id(0)).unwrap(), chain.view().entity(&id(relations)).unwrap())
}

/// Nothing recurses: a chain of this many relations is walked in every way.
fn walk_a_chain(relations: usize) {
    let graph = chain(relations);
    let (start, end) = ends(&graph, relations);
    let asked = start.traverse().limits(Limits::trusted());
    let selection = asked.run();
    assert_eq!((selection.len(), selection.outcome()), (relations + 1, Outcome::Complete));
    assert_eq!(selection.path_to(end).unwrap().hops(), relations);
    assert_eq!(asked.shortest_path(end).as_ref().map(Path::hops), Some(relations));
    let paths = asked.paths(end);
    assert_eq!((paths.len(), paths.outcome()), (1, Outcome::Complete));
}

#[test]
fn a_long_chain_is_walked_without_recursion() {
    walk_a_chain(100_000);
}

#[test]
#[ignore = "takes a minute and some gigabytes without optimisation"]
fn a_chain_of_a_million_is_walked_without_recursion() {
    walk_a_chain(1_000_000);
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn whole_questions_are_cut_where_they_say_so(made in made_graphs(8, 10), steps in 0..30_u64) {
        let graph = made.graph();
        let view = graph.view();
        let limits = trusted(|limits| limits.steps = steps);
        let all: Vec<_> = view.facts().collect();

        let (whole, cut) = (view.deals().run(), view.deals().limits(limits.clone()).run());
        prop_assert_eq!(whole.outcome(), Outcome::Complete);
        prop_assert_eq!(cut.outcome(), if all.len() as u64 <= steps { Outcome::Complete } else { STEPS });
        let looked: Vec<_> = all.into_iter().take(steps as usize).collect();
        let expected: Vec<_> = whole.facts().filter(|fact| looked.contains(fact)).collect();
        prop_assert_eq!(cut.facts().collect::<Vec<_>>(), expected);

        let relations = view.relations().filter(|relation| relation.counts()).count() as u64;
        let (whole, cut) = (view.components().run(), view.components().limits(limits.clone()).run());
        prop_assert_eq!(cut.outcome(), if relations <= steps { Outcome::Complete } else { STEPS });
        let is_whole = cut.outcome() == Outcome::Complete;
        prop_assert!(cut.len() >= whole.len() && (!is_whole || cut.sizes() == whole.sizes()));

        let (whole, cut) = (view.page_rank().run(), view.page_rank().limits(limits).run());
        prop_assert_eq!(whole.outcome(), Outcome::Complete);
        prop_assert!(cut.digits() <= whole.digits());
        if cut.outcome() == Outcome::Complete {
            prop_assert_eq!(cut.top(8), whole.top(8));
        }
    }
}

#[test]
fn whole_questions_end_when_cancelled() {
    let graph = chain(2_000);
    let limits = Limits::trusted().cancelled_by(&Cancel::default());
    let outcomes = || {
        let view = graph.view();
        [
            view.deals().kind(keiretsu::FactKind::Supply).limits(limits.clone()).run().outcome(),
            view.components().limits(limits.clone()).run().outcome(),
            view.page_rank().limits(limits.clone()).run().outcome(),
        ]
    };
    assert_eq!(outcomes(), [Outcome::Complete; 3]);
    limits.cancel.as_ref().unwrap().cancel();
    assert_eq!(outcomes(), [Outcome::Stopped(StoppedBy::Cancelled); 3]);
    let few = graph.view().page_rank().limits(trusted(|limits| limits.steps = 1)).run();
    assert_eq!(few.outcome(), STEPS);
    assert!(few.digits() < graph.view().page_rank().run().digits());
}
