//! Time and evidence, as described in docs/time-and-evidence.md: tables computed by hand, and references.

mod agree;
mod claims;
mod days;
mod doubted;
mod endings;
mod heard;
mod joint;
mod known;
mod left_behind;
mod model;
mod order;
mod readings;
mod told;
mod vague;
mod worlds;

mod validity;

use keiretsu::{Certainty, Date, Graph, Relation, RelationKind};

const ENTITIES: &str = r#"
    companies: {
        "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"), "e": (name: "E"),
    },
    patents: { "t": (name: "T"), "w": (name: "W") },
    people: { "x": (name: "X") },
    brands: { "m": (name: "M") },
    units: { "u": (name: "U", of: "a") },
    products: { "p": (name: "P") },
"#;

/// Sources by when they were published; "s0" does not say.
const SOURCES: &str = r#"{
    "s0": (title: "Undated", kind: News),
    "s2010": (title: "Of 2010", kind: News, published: "2010"),
    "s2014": (title: "Of 2014", kind: News, published: "2014-06-15"),
    "s2016": (title: "Of 2016", kind: News, published: "2016-05"),
    "s2018": (title: "Of 2018", kind: News, published: "2018-05"),
    "f2012": (title: "Filing", kind: Filing, published: "2012-01-01"),
    "f0": (title: "Undated filing", kind: Filing),
    "r2013": (title: "A says", kind: PressRelease, publisher: "A", published: "2013-01-01"),
}"#;

/// A graph of the entities above, with these facts.
#[track_caller]
fn with(facts: &str) -> Graph {
    let text = format!("Graph(sources: {SOURCES}, {ENTITIES} facts: [{facts}])");
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{facts}: {error}"))
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// `c`ertain, `p`ossible, or `-`.
fn letter(certainty: Option<Certainty>) -> char {
    match certainty {
        Some(Certainty::Certain) => 'c',
        Some(Certainty::Possible) => 'p',
        Some(other) => panic!("{other:?}"),
        None => '-',
    }
}

/// A relation with its certainty, rule and share: "b Holds t c buyer-holds".
fn line(relation: Relation<'_>) -> String {
    let mut line = format!(
        "{} {} {} {}",
        relation.from().id(),
        relation.kind(),
        relation.to().id(),
        letter(relation.certainty())
    );
    if let Some(rule) = relation.derived() {
        line.push_str(&format!(" {}", rule.name()));
    }
    if let Some(share) = relation.share() {
        line.push_str(&format!(" {share}"));
    }
    line
}

/// Holdings and stakes in a view, sorted.
fn holdings(view: keiretsu::View<'_>) -> String {
    let kinds = [RelationKind::Holds, RelationKind::OwnsShareOf];
    let held = view.relations().filter(|relation| kinds.contains(&relation.kind()));
    let mut lines: Vec<String> = held.map(line).collect();
    lines.sort();
    lines.join("; ")
}
