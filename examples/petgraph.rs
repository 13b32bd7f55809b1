//! Runs petgraph's algorithms on a view: components, and distances by Dijkstra with custom weights.

use keiretsu::{Graph, RelationKind};
use petgraph::algo::{connected_components, dijkstra};
use petgraph::visit::EdgeRef;

fn main() -> keiretsu::Result<()> {
    let graph = Graph::open("graphs")?;
    let view = graph.view();
    println!("components: {}", connected_components(view.as_petgraph()));

    // A sale brings two parties closer than a mere link.
    let microsoft = view.find("Microsoft")?;
    let distances = dijkstra(view.as_petgraph(), microsoft, None, |edge| match *edge.weight() {
        RelationKind::IsLinkedTo => 10,
        RelationKind::SellsTo | RelationKind::Divests => 1,
        _ => 3,
    });
    let mut nearest: Vec<_> = distances.into_iter().collect();
    nearest.sort_by_key(|(entity, distance)| (*distance, *entity));
    for (entity, distance) in nearest.iter().take(6) {
        println!("{distance:>3}  {entity}");
    }
    Ok(())
}
