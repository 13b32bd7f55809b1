//! Asks who owns how much of what in the worked cases of graphs/ownership, by every rule.

use keiretsu::{Graph, OwnerRule, Right};

/// The owner and the company.
const CASES: &[(&str, &str)] = &[
    ("Ada Penrose", "Birchwood Foundry"),
    ("Xenia Holm", "Corrigan Docks"),
    ("Paula Kern", "Delta Holding"),
    ("Beta AG", "Delta Holding"),
    ("Quarry Ltd", "Delta Holding"),
    ("Pia Lundqvist", "Amberley Stores"),
    ("Petra Moll", "Arden Rail"),
    ("Petra Moll", "Cresswell Tracks"),
    ("Rosa Quint", "Bickford Power"),
    ("Piet Orlov", "Tideswell Press"),
    ("Priya Nand", "Brookfield Looms"),
    ("Paul Ebner", "Thornbury Hotels"),
    ("Pernille Dahl", "Trevose Dairies"),
    ("Pavel Stroud", "Groundwork Cement"),
    ("Poppy Quayle", "Tarleton Tiles"),
    ("Percy Noakes", "Turnhouse Air"),
    ("Percy Noakes", "Wexcombe Freight"),
];

fn main() -> keiretsu::Result<()> {
    let graph = Graph::open("graphs/ownership")?;
    let view = graph.view();
    let ownership = view.ownership();

    let rules = OwnerRule::ALL.iter().map(|rule| format!("{rule:<9}")).collect::<String>();
    println!("{:<14} {:<18} {:<26} {}", "owner", "company", "share", rules.trim_end());
    for (owner, company) in CASES {
        let (owner, company) = (view.find(owner)?, view.find(company)?);
        let mut share = String::new();
        let mut verdicts = String::new();
        for rule in OwnerRule::ALL {
            let owners = ownership.owners(company, *rule)?;
            let row = owners.rows.iter().find(|row| row.entity == owner);
            if let Some(row) = row.filter(|_| *rule == OwnerRule::Multiply) {
                share = row.share.exact().map_or_else(|| row.share.to_string(), ToString::to_string);
            }
            verdicts += &format!("{:<9}", row.map_or("no", |row| row.verdict.name()));
        }
        println!("{owner:<14} {company:<18} {share:<26} {}", verdicts.trim_end());
    }

    println!();
    for ring in ownership.rings(Right::Equity) {
        let members: Vec<_> = ring.members.iter().map(|member| member.name()).collect();
        println!("{}: {}", if ring.is_closed { "closed ring" } else { "ring" }, members.join(", "));
    }
    Ok(())
}
