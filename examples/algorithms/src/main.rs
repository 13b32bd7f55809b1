//! petgraph's algorithms on a view: components, paths by weights of one's own, a spanning tree, ranks, flows.

use keiretsu::{Entity, Graph, Relation};
use petgraph::algo::{self, page_rank};
use petgraph::data::Element;
use petgraph::visit::{EdgeRef, IntoEdgeReferences, NodeIndexable};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let graph = Graph::open(concat!(env!("CARGO_MANIFEST_DIR"), "/../../graphs"))?;
    let view = graph.view();
    let plain = view.as_petgraph();

    println!("{} components", algo::connected_components(plain));
    let strong = algo::kosaraju_scc(plain).into_iter().max_by_key(Vec::len).unwrap_or_default();
    println!("the largest set in which each reaches each has {} entities", strong.len());

    // Weights of one's own: the more sources tell of a relation, the nearer its ends.
    let by_sources = plain.weighted(|relation: Relation<'_>| 1.0 / (1.0 + relation.evidence().len() as f64));
    let xiaomi = view.find("Xiaomi")?;
    let paths = algo::bellman_ford(by_sources, xiaomi).map_err(|_| "a weight is negative")?;
    let mut near: Vec<(f64, Entity<'_>)> = view
        .entities()
        .map(|entity| (paths.distances[NodeIndexable::to_index(&by_sources, entity)], entity))
        .filter(|(distance, entity)| distance.is_finite() && *entity != xiaomi)
        .collect();
    near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    for (distance, entity) in near.iter().take(3) {
        println!("{distance:.2}  {entity}");
    }

    let tree = algo::min_spanning_tree(by_sources);
    let kept = tree.filter(|element| matches!(element, Element::Edge { .. })).count();
    println!("a spanning forest keeps {kept} of {} edges", by_sources.edge_references().count());

    let ranks = page_rank(plain, 0.85_f64, 50);
    let first = view.entities().zip(&ranks).max_by(|one, other| one.1.total_cmp(other.1));
    if let Some((entity, rank)) = first {
        println!("{entity} has the highest page rank, {rank:.3}");
    }

    // The relation behind an edge, with its evidence.
    let edge = plain.edge_references().find(|edge| edge.source() == xiaomi).ok_or("Xiaomi has no edge")?;
    println!("{} [{}]", edge.relation(), edge.relation().evidence()[0].source().id());

    assert_eq!(paths.distances.len(), view.entities().len());
    Ok(())
}
