//! An answer as a picture: everything within two relations of Xiaomi, as DOT on stdout.
//!
//! `cargo run --example diagram | dot -Tsvg > xiaomi.svg`; `dark` selects colours for dark screens, `portrait` a
//! layout from top to bottom.

use keiretsu::{Graph, Page, Theme};

fn main() -> keiretsu::Result<()> {
    let wishes: Vec<String> = std::env::args().skip(1).collect();
    let asked = |word: &str| wishes.iter().any(|wish| wish == word);

    let graph = Graph::open("graphs/xiaomi-microsoft-2016.ron")?;
    let xiaomi = graph.view().find("Xiaomi")?;
    let near = xiaomi.traverse().max_hops(2).run();
    let diagram = near
        .diagram()
        .title("Around Xiaomi")
        .page(if asked("portrait") { Page::Portrait } else { Page::Landscape })
        .theme(if asked("dark") { Theme::Dark } else { Theme::Light });
    #[expect(clippy::print_stdout, reason = "the picture is what the program is for")]
    {
        print!("{}", diagram.dot()?);
    }
    Ok(())
}
