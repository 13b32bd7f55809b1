//! A custom walk: from a company along everything that passes on patents, brands and units, up to the first unnamed
//! party.

use keiretsu::{EntityKind, FactKind, Graph, RelationKind};

fn main() -> keiretsu::Result<()> {
    let graph = Graph::open("graphs")?;
    let microsoft = graph.view().find("Microsoft")?;
    let kinds = [
        RelationKind::Divests,
        RelationKind::Acquires,
        RelationKind::HoldsLicenseFor,
        RelationKind::IsLinkedTo,
    ];
    let reached = microsoft
        .traverse()
        .follow(kinds)
        // Follow a link between two deals, but not a mere link between companies.
        .follow_if(|step| step.relation().fact().is_none_or(|fact| fact.kind() != FactKind::Link))
        .stop_at(|entity| entity.kind() == EntityKind::Unspecified)
        .run();
    for entity in reached.entities().skip(1) {
        println!("{} ({})", entity, entity.kind().noun());
        if let Some(path) = reached.path_to(entity) {
            for step in path.steps() {
                println!("    {step}");
            }
        }
    }
    Ok(())
}
