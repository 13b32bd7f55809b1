//! Handles of another view or another graph: a question answers about its own view, and never about another entity.

use std::collections::{BTreeSet, HashSet};

use keiretsu::{Entity, ErrorKind, Graph, OwnerRule, Ownership, RelationKind, Right, StoppedBy, View};
use proptest::prelude::*;

use super::{entity_id, made_graphs};
use crate::property::cases;

/// The companies have the same positions as those of [`other`], and other ids.
fn graph() -> Graph {
    Graph::from_ron(
        r#"Graph(
        people: { "paula": (name: "Paula") },
        companies: { "acme": (name: "Acme", former_names: [("Apex", "2012")]), "bolt": (name: "Bolt"), "cog": (name: "Cog") },
        brands: { "mark": (name: "Mark") },
        facts: [
            Ownership(id: "stake", owner: "paula", owned: "acme", share: "60%", since: "2010", until: "2014", unsourced: true),
            Partnership(id: "first", between: ["acme", "bolt"], since: "2010", until: "2014", unsourced: true),
            Partnership(id: "second", between: ["cog", "bolt"], since: "2010", unsourced: true),
            Ownership(owner: "bolt", owned: "cog", share: "70%", since: "2010", unsourced: true),
            Sale(id: "sale", seller: "acme", buyer: "bolt", of: "mark", completed: "2011", unsourced: true),
        ],
    )"#,
    )
    .unwrap()
}

fn other() -> Graph {
    Graph::from_ron(
        r#"Graph(
        people: { "xenia": (name: "Xenia") },
        companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
        brands: { "sign": (name: "Sign") },
        facts: [
            Ownership(id: "stake", owner: "a", owned: "b", share: "80%", unsourced: true),
            Ownership(owner: "a", owned: "c", share: "60%", unsourced: true),
            Ownership(owner: "xenia", owned: "a", share: "60%", unsourced: true),
            Partnership(between: ["b", "c"], unsourced: true),
        ],
    )"#,
    )
    .unwrap()
}

fn at<'g>(view: View<'g>, id: &str) -> Entity<'g> {
    view.entity(id).unwrap()
}

/// All that takes a handle, with an entity of this view and some handle: what it says, in words.
fn answers<'g>(view: View<'g>, ownership: &Ownership<'g>, handle: Entity<'g>) -> Vec<String> {
    let own = view.entities().next().unwrap();
    let walk = || own.traverse();
    let selection = walk().run();
    let path = |path: Option<keiretsu::Path<'g>>| path.map(|path| path.to_string());
    let told = |relations: Vec<keiretsu::Relation<'g>>| format!("{relations:?}");
    let mut all = vec![
        format!("{:?}", view.adopt(handle).map(|entity| entity.relations().collect::<Vec<_>>())),
        format!("{:?}", walk().distance(handle)),
        format!("{:?}", walk().stop_at(|_| false).distance(handle)),
        format!("{:?}", path(walk().shortest_path(handle))),
        format!("{:?}", walk().paths(handle).iter().map(|path| path.to_string()).collect::<Vec<_>>()),
        format!("{} {:?}", selection.contains(handle), selection.hops(handle)),
        format!("{:?}", path(selection.path_to(handle))),
        format!("{:?}", view.deals().with(handle).run()),
        format!("{:?}", view.timeline(&[handle])),
        format!("{:?}", own.shared_partners(handle).run()),
        format!("{:?}", view.components().run().of(handle)),
        format!("{:?}", view.page_rank().run().of(handle)),
        format!("{:?}", view.majority_owners().owner(handle)),
        format!("{:?}", ownership.owners(handle, OwnerRule::Multiply).map_err(|error| error.kind())),
        format!("{:?}", ownership.stakes(handle, OwnerRule::Multiply).map_err(|error| error.kind())),
        format!(
            "{:?}",
            ownership.stakes_together(&[own, handle], OwnerRule::Ofac).map_err(|error| error.kind())
        ),
        format!(
            "{:?}",
            ownership.owners_together(own, &[handle], OwnerRule::Ofac).map_err(|error| error.kind())
        ),
        format!(
            "{:?}",
            ownership.owners_together(handle, &[own], OwnerRule::Ofac).map_err(|error| error.kind())
        ),
        format!("{:?}", ownership.control(handle)),
        format!("{:?}", ownership.own_shares(handle)),
        told(ownership.votes(handle, own)),
        told(ownership.votes(own, handle)),
        told(ownership.votes_in(own).of(handle)),
        told(ownership.votes_in(handle).of(own)),
    ];
    for entity in view.entities() {
        all.push(told(ownership.votes(handle, entity)));
        all.push(told(ownership.stated(Right::Equity, handle, entity)));
        all.push(told(ownership.stated_jointly(Right::Equity, &[handle], entity)));
        all.push(format!("{:?}", ownership.direct(Right::Equity, entity, handle)));
        all.push(format!("{:?}", ownership.chains_to(entity, OwnerRule::Multiply, 3, 9).of(handle)));
        all.push(format!("{:?}", ownership.chains_from(handle, OwnerRule::Multiply, 3, 9).of(entity)));
    }
    all
}

/// What is said of a handle of another graph: nothing, or that it is of another graph.
fn is_nothing(answer: &str) -> bool {
    const NOTHING: &[&str] =
        &["None", "[]", "(None, Complete)", "false None", "([], Complete)", "Err(OtherGraph)"];
    let empty_deals = "DealList { deals: [], replaced: [], undated: 0, no_amount: 0, other_currency: 0";
    let no_control = "Control { controls: [], controlled_by: [], ultimate: [], jointly_controlled_by: [], \
                      jointly_controls: [], stakes: [], is_cut: false }";
    NOTHING.contains(&answer) || answer.starts_with(empty_deals) || answer == no_control
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_handle_of_another_view_is_taken_into_the_view_that_is_asked(made in made_graphs(6, 8), n in 0..6_usize) {
        let graph = made.graph();
        let id = entity_id(n % made.kinds.len());
        let year = |year: &str| year.parse().unwrap();
        let views = [graph.view(), graph.as_of(year("2015")), graph.as_of(year("2021")).certain(), graph.view().known_by(year("2016"))];
        for view in views {
            let ownership = view.ownership();
            let own = answers(view, &ownership, at(view, id.as_str()));
            for seen in views {
                prop_assert_eq!(&answers(view, &ownership, at(seen, id.as_str())), &own);
            }
        }
    }

    #[test]
    fn a_handle_of_another_graph_gets_nothing(made in made_graphs(6, 8), strange in made_graphs(6, 8)) {
        let (graph, strange) = (made.graph(), strange.graph());
        let view = graph.view();
        let ownership = view.ownership();
        for handle in strange.view().entities() {
            for answer in answers(view, &ownership, handle) {
                prop_assert!(is_nothing(&answer), "{}", answer);
            }
        }
    }

    #[test]
    fn the_order_of_entities_agrees_with_their_equality(made in made_graphs(5, 1), strange in made_graphs(5, 1)) {
        let (graph, strange) = (made.graph(), strange.graph());
        let dated = graph.as_of("2015".parse().unwrap());
        let all: Vec<Entity<'_>> = graph.view().entities().chain(dated.entities()).chain(strange.view().entities()).collect();
        for one in &all {
            for two in &all {
                prop_assert_eq!(one == two, one.cmp(two).is_eq());
                prop_assert_eq!(one.cmp(two), two.cmp(one).reverse());
                if one.id() != two.id() {
                    prop_assert_eq!(one.cmp(two), one.id().cmp(two.id()));
                }
                for three in &all {
                    prop_assert!(!(one < two && two < three) || one < three);
                }
            }
        }
        let sets = (all.iter().collect::<BTreeSet<_>>().len(), all.iter().collect::<HashSet<_>>().len());
        let distinct = graph.view().entities().len() + strange.view().entities().len();
        prop_assert_eq!(sets, (distinct, distinct));
    }
}

#[test]
fn owners_are_not_those_of_a_company_at_the_same_place() {
    let (graph, other) = (graph(), other());
    let ownership = other.view().ownership();
    let bolt = at(graph.view(), "bolt");
    assert_eq!(bolt.position(), at(other.view(), "b").position());
    let error = ownership.owners(bolt, OwnerRule::Multiply).unwrap_err();
    assert_eq!((error.kind(), error.kind().name()), (ErrorKind::OtherGraph, "other graph"));
    assert_eq!(error.to_string(), "`bolt` is of another graph");
    assert_eq!(error.suggestion(), Some("look it up by its id in the graph that is asked"));
    assert!(other.view().majority_owners().owner(bolt).is_none());
    // A clone is the same graph.
    let clone = graph.clone();
    let rows = clone.view().ownership().owners(at(graph.view(), "cog"), OwnerRule::Multiply).unwrap().rows;
    assert_eq!(rows[0].entity.name(), "Bolt");
}

#[test]
fn a_failure_of_another_graph_names_no_company_of_this_one() {
    let text = |company: &str| {
        let text = r#"Graph(people: { "ann": (name: "Ann") }, companies: { "COMPANY": (name: "Some") }, facts: [
            Ownership(owner: "ann", owned: "COMPANY", share: "120 shares", unsourced: true),
            Ownership(owner: "ann", owned: "COMPANY", share: "60%", class: "a", unsourced: true),
            Ownership(owner: "ann", owned: "COMPANY", share: "70%", class: "b", unsourced: true),
        ])"#;
        Graph::from_ron(&text.replace("COMPANY", company).replace(r#"share: "120 shares", "#, ""))
    };
    let (graph, other) = (text("bolt").unwrap(), text("cog").unwrap());
    let (ownership, others) = (graph.view().ownership(), other.view().ownership());
    let error = ownership.owners(at(graph.view(), "bolt"), OwnerRule::Multiply).unwrap_err();
    assert_eq!(ownership.overfull_in(Right::Equity, &error).len(), 1);
    assert_eq!(others.overfull(Right::Equity).len(), 1);
    assert!(others.overfull_in(Right::Equity, &error).is_empty());
}

#[test]
fn the_date_that_counts_is_that_of_the_view_that_is_asked() {
    let graph = graph();
    let (all, later) = (graph.view(), graph.as_of("2020".parse().unwrap()));
    let (acme, bolt, cog) = (at(all, "acme"), at(all, "bolt"), at(all, "cog"));
    // Acme's partnership with Bolt is over by 2020; Acme still sold Mark to it.
    let partners =
        |start: Entity<'_>, end| start.traverse().follow([RelationKind::PartnersWith]).distance(end).0;
    assert_eq!((partners(acme, at(later, "cog")), partners(at(later, "acme"), cog)), (Some(2), None));
    let ways =
        |start: Entity<'_>, end| start.traverse().follow([RelationKind::PartnersWith]).paths(end).len();
    assert_eq!((ways(acme, at(later, "cog")), ways(at(later, "acme"), cog)), (1, 0));
    let shared = |one: Entity<'_>, two| one.shared_partners(two).run().0.len();
    assert_eq!(
        (shared(acme, at(later, "cog")), shared(at(later, "cog"), acme), shared(acme, bolt)),
        (1, 0, 0)
    );
    assert!(later.ownership().owners(acme, OwnerRule::Multiply).unwrap().rows.is_empty());
    let owners = all.ownership().owners(at(later, "cog"), OwnerRule::Multiply).unwrap();
    assert_eq!(owners.rows[0].entity.id(), "bolt");
    // Names, too, are those of the view that tells them.
    let known = graph.view().known_by("2011".parse().unwrap());
    let sale = all.fact("sale").unwrap();
    assert_eq!(sale.told_name(at(known, "acme")), "Apex (now Acme)");
    assert_eq!(sale.told_name(at(other().view(), "a")), "A");
}

#[test]
fn selections_of_another_graph_have_nothing_in_common() {
    let (graph, other) = (graph(), other());
    let (ours, theirs) = (at(graph.view(), "acme").traverse().run(), at(other.view(), "a").traverse().run());
    let ids = |selection: &keiretsu::Selection<'_>| {
        selection.entities().map(|one| one.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&ours.union(&theirs)), ids(&ours));
    assert_eq!(ids(&ours.difference(&theirs)), ids(&ours));
    assert!(ours.intersection(&theirs).is_empty());
}

#[test]
fn limits_do_not_hide_that_a_handle_is_of_another_graph() {
    let (graph, other) = (graph(), other());
    let start = at(graph.view(), "acme");
    let walk = start.traverse().limits(keiretsu::Limits::default().steps(0));
    assert_eq!(walk.distance(at(graph.view(), "cog")).1, keiretsu::Outcome::Stopped(StoppedBy::Steps));
    assert_eq!(walk.distance(at(other.view(), "c")), (None, keiretsu::Outcome::Complete));
}

#[cfg(feature = "diagram")]
#[test]
fn a_diagram_draws_its_own_view_and_refuses_another_graph() {
    let (graph, other) = (graph(), other());
    let (all, later) = (graph.view(), graph.as_of("2020".parse().unwrap()));
    let drawn = |view: View<'_>, seen: View<'_>| view.diagram().around(at(seen, "acme"), 1).dot().unwrap();
    for view in [all, later] {
        assert_eq!(drawn(view, all), drawn(view, later));
    }
    assert_ne!(drawn(all, all), drawn(later, all));
    let owned = |view: View<'_>, seen: View<'_>| view.diagram().ownership(at(seen, "cog")).dot().unwrap();
    assert_eq!(owned(later, all), owned(later, later));
    let stranger = at(other.view(), "a");
    let fact = other.view().fact("stake").unwrap();
    let path = stranger.traverse().shortest_path(at(other.view(), "c")).unwrap();
    let diagram = || all.diagram();
    let refused = [
        diagram().around(stranger, 1),
        diagram().ownership(stranger),
        diagram().mark(stranger),
        diagram().facts([fact]),
        diagram().path(&path),
    ];
    for diagram in refused {
        assert_eq!(diagram.dot().unwrap_err().kind(), ErrorKind::OtherGraph);
    }
    let way = at(all, "acme")
        .traverse()
        .follow([RelationKind::PartnersWith])
        .shortest_path(at(all, "cog"))
        .unwrap();
    let steps = |view: View<'_>| view.diagram().path(&way).dot().unwrap();
    assert!(
        steps(all).contains("Acme") && steps(all).matches("->").count() > steps(later).matches("->").count()
    );
}
