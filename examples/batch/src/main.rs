//! A batch: builds a graph of generated stakes, writes it as a snapshot, opens that again, and asks about the owners of
//! all companies. `cargo run -- 300000` sets the number of facts.

use std::time::Instant;

use keiretsu::{Attribute, AttributeValue, FactKind, FactRecord, Graph, Id, Loader, OwnerRule, Role, Share};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let facts: usize = std::env::args().nth(1).map_or(Ok(5_000), |number| number.parse())?;
    let start = Instant::now();

    // A tree of companies, each with a third of several below it.
    let third = Share::ratio(1, 3).ok_or("no share")?;
    let mut builder = Graph::builder();
    let mut companies: Vec<Id> = vec![builder.company("c0", "Company 0")?];
    for n in 1..=facts {
        let company = builder.company(&format!("c{n}"), format!("Company {n}"))?;
        let owner = companies[(n - 1) / 8].clone();
        let mut stake = FactRecord::new(FactKind::Ownership)
            .role(Role::Owner, owner)
            .role(Role::Owned, company.clone())
            .attribute(Attribute::Share, AttributeValue::Share(third));
        stake.unsourced = true;
        builder.fact(stake);
        companies.push(company);
    }
    let graph = builder.build()?;
    println!("built {} facts in {:.1?}", graph.view().facts().count(), start.elapsed());

    let start = Instant::now();
    let mut snapshot = Vec::new();
    graph.write_snapshot(&mut snapshot)?;
    let graph = Loader::new().bytes(&snapshot)?;
    println!("written and read again, {} bytes, in {:.1?}", snapshot.len(), start.elapsed());

    let start = Instant::now();
    let ownership = graph.view().ownership();
    let mut levels = vec![0_usize; 1];
    for (_, owners) in ownership.owners_of_all(OwnerRule::Multiply) {
        let above = owners?.rows.len();
        levels.resize(levels.len().max(above + 1), 0);
        levels[above] += 1;
    }
    println!("owners of all in {:.1?}", start.elapsed());
    for (above, companies) in levels.iter().enumerate().skip(1) {
        println!("{companies} companies have {above} owners");
    }
    assert_eq!(levels.iter().sum::<usize>(), facts, "each company but the first has an owner");
    Ok(())
}
