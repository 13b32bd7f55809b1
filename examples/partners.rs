//! Opens a graph and asks who partners with whom, since when, and who says so.

use keiretsu::Graph;

fn main() -> keiretsu::Result<()> {
    let graph = Graph::open("graphs")?;
    let xiaomi = graph.view().find("Xiaomi")?;
    let (partners, _) = xiaomi.partners().run();
    for partner in partners {
        println!("{}", partner.partner);
        for relation in partner.relations {
            println!("  {relation}{}", relation.details());
            for evidence in relation.evidence() {
                println!("    \"{}\" ({})", evidence.quote().unwrap_or("no quote"), evidence.source().id());
            }
        }
    }
    Ok(())
}
