//! Ownership that is kept beside its graph, and questions about all companies at once.

use keiretsu::{Entity, ErrorKind, Graph, KeptOwnership, Limits, OwnerRule, Owners, Ownership, Result};

fn told(ownership: &Ownership<'_>, company: &str) -> Vec<String> {
    let company = ownership.view().entity(company).unwrap();
    let owners = ownership.owners(company, OwnerRule::Multiply).unwrap();
    let control = ownership.control(company).controlled_by;
    let owners = owners.rows.iter().map(|row| format!("{} {}", row.entity, row.share));
    owners.chain(control.iter().map(|one| format!("by {}", one.entity))).collect()
}

/// What is kept answers as what it was kept from, in other threads too, and after the view is gone.
#[test]
fn kept_ownership_answers_as_the_first() {
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let graph = Graph::open("graphs/ownership").unwrap();
    let view = graph.as_of("2020".parse().unwrap());
    let all: Vec<&str> = graph.view().entities().map(|entity| entity.id()).collect();
    let expected: Vec<_> = all.iter().map(|one| told(&view.ownership(), one)).collect();
    let kept: KeptOwnership = view.ownership().keep(&graph.clone()).unwrap();
    is_shared(&kept);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let found: Vec<_> = all.iter().map(|one| told(&kept.ownership(), one)).collect();
                assert_eq!(found, expected);
            });
        }
    });
    let outlives = { kept.clone() };
    assert_eq!(outlives.ownership().view().asked_as_of(), Some("2020".parse().unwrap()));
    // A handle of the graph that it was kept with is a handle of the kept one's graph.
    let paula = graph.view().find("Paula Kern").unwrap();
    assert!(!outlives.ownership().stakes(paula, OwnerRule::Multiply).unwrap().rows.is_empty());
}

/// It is not kept with another graph, not even with one of the same text.
#[test]
fn it_is_kept_with_its_own_graph_only() {
    let (graph, again) = (Graph::open("graphs/ownership").unwrap(), Graph::open("graphs/ownership").unwrap());
    let error = graph.view().ownership().keep(&again).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OtherGraph);
    assert!(error.to_string().contains("another graph"), "{error}");
}

/// Groups that are incomplete because of a limit are not taken for the whole once there is room for it.
#[test]
fn what_was_cut_is_found_out_anew() {
    // Two neighbors together have most of the next company, and one entity has most of the first two.
    let size = 100;
    let own = |owner: usize, owned: usize, share: &str| {
        format!(r#"Ownership(owner: "c{owner}", owned: "c{owned}", share: "{share}", unsourced: true),"#)
    };
    let pairs = (2..size).flat_map(|n| [own(n - 2, n, "30%"), own(n - 1, n, "30%")]);
    let facts = pairs.collect::<String>() + &own(size, 0, "60%") + &own(size, 1, "60%");
    let names: String = (0..=size).map(|n| format!(r#""c{n}": (name: "C{n}"),"#)).collect();
    let graph = Graph::from_ron(&format!("Graph(companies: {{{names}}}, facts: [{facts}])")).unwrap();
    let last = graph.view().entity("c99").unwrap();
    let kept = graph.view().ownership().within(&Limits::default().steps(10)).keep(&graph).unwrap();
    let cut = kept.ownership().control(last);
    let whole = kept.ownership().within(&Limits::default()).control(last);
    assert!(cut.is_cut && !whole.is_cut);
    assert_eq!(whole.controlled_by.len(), 1);
}

/// The owners of all companies are those of each, in the order of ids.
#[test]
fn owners_of_all_are_those_of_each() {
    let graph = Graph::open("graphs/ownership").unwrap();
    let view = graph.view();
    let ownership = view.ownership();
    for rule in OwnerRule::ALL {
        let line = |(company, owners): (Entity<'_>, Result<Owners<'_>>)| {
            let owners = match owners {
                Ok(owners) if owners.rows.is_empty() && owners.jointly.is_empty() => return None,
                Ok(owners) => owners,
                Err(error) => return Some(format!("{}: {error}", company.id())),
            };
            let rows =
                owners.rows.iter().map(|row| format!("{} {} {:?}", row.entity.id(), row.share, row.verdict));
            let jointly = owners.jointly.iter().map(|row| format!("{:?} {}", row.owners, row.share));
            Some(format!("{}: {}", company.id(), rows.chain(jointly).collect::<Vec<_>>().join(", ")))
        };
        let of_each = view.entities().map(|company| (company, ownership.owners(company, *rule)));
        let expected: Vec<String> = of_each.filter_map(line).collect();
        let found: Vec<String> = ownership.owners_of_all(*rule).filter_map(line).collect();
        assert!(!found.is_empty());
        assert_eq!(found, expected, "{rule}");
    }
}
