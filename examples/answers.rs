//! Asks a graph and prints whole answers: as JSON for programs, as sentences for people.

use keiretsu::answer::{Answer, Content, OwnersQuestion, TextOptions};
use keiretsu::{Graph, OwnerRule};

fn main() -> keiretsu::Result<()> {
    let graph = Graph::open("graphs")?;
    let foxconn = graph.view().find("Foxconn")?;
    let partners = foxconn.partners().answer();
    show(&partners);
    println!("{}", partners.json("graphs"));

    let graph = Graph::open("graphs/ownership")?;
    let company = graph.view().find("Delta Holding")?;
    show(&OwnersQuestion::of(company).by(OwnerRule::Multiply).answer()?);
    Ok(())
}

/// The sentences, and what belongs to them.
fn show<'g, C: Content<'g>>(answer: &Answer<'g, C>) {
    print!("{}", answer.text(&TextOptions::default()));
    for note in answer.notes() {
        println!("note: {note}");
    }
    for source in answer.sources() {
        println!("cited: {}", source.id());
    }
    if let Some(limit) = answer.stopped_by() {
        println!("incomplete: the limit on {} was reached", limit.name());
    }
    println!();
}
