//! Builds a graph in code, without files, queries it, and writes it as a graph file.

use keiretsu::{EntityKind, EntityRecord, FactKind, FactRecord, Graph, Role, SourceRecord, to_ron};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Graph::builder();
    builder.source(SourceRecord::new("gazette".parse()?, "The Made-up Gazette"));
    let acme = builder.company("acme", "Acme Ltd")?;
    let bolt = builder.company("bolt", "Bolt GmbH")?;
    builder.entity(EntityRecord::new(EntityKind::Brand, "sprocket".parse()?, "Sprocket"));
    builder.fact(
        FactRecord::new(FactKind::Sale)
            .role(Role::Seller, acme)
            .role(Role::Buyer, bolt)
            .role(Role::Of, "sprocket".parse()?)
            .completed("2019-04".parse()?)
            .amount("EUR 2 million".parse()?)
            .quote("gazette".parse()?, "In April 2019 Bolt paid 2 million euros for the Sprocket brand"),
    );
    let graph = builder.build()?;

    // A look-up ignores legal suffixes and case.
    for relation in graph.view().find("ACME")?.relations() {
        println!("{relation}");
    }
    println!();
    print!("{}", to_ron(&graph.to_records()));
    Ok(())
}
