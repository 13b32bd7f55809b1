//! Small words of pictures.

use super::font::regular;
use super::mark::Span;
use crate::diagram::scene::{Body, Line, Node};
use crate::diagram::standing::Standing;
use crate::diagram::style::Look;
use crate::model::EntityKind;

/// In capitals.
pub(crate) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// "[1] [3]", small; nothing where there is no source.
pub(crate) fn footnotes(numbers: &[usize], color: &'static str) -> Option<Span> {
    let numbers: Vec<_> = numbers.iter().map(|n| format!("[{n}]")).collect();
    (!numbers.is_empty()).then(|| Span::new(numbers.join(" "), regular(8.0), color))
}

/// What a style sheet or a script may call a node: "node company main", "node card sale".
pub(crate) fn node_class(node: &Node) -> String {
    match &node.body {
        Body::Card(card) => format!("node card {} {}", look(card.look), standing(card.standing)),
        Body::Name(name) => {
            let kind = name.kind.map_or("several", kind);
            format!("node {kind}{}", if name.is_main { " main" } else { "" })
        }
    }
}

/// "line sale done".
pub(crate) fn line_class(line: &Line) -> String {
    format!("line {} {}", look(line.look), standing(line.standing))
}

const fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "company",
        EntityKind::Product => "product",
        EntityKind::Patent => "patent",
        EntityKind::Brand => "brand",
        EntityKind::Unit => "unit",
        EntityKind::Person => "person",
        EntityKind::Body => "body",
        EntityKind::Alliance => "alliance",
        EntityKind::Unspecified => "unnamed",
    }
}

const fn look(look: Look) -> &'static str {
    match look {
        Look::Sale => "sale",
        Look::Owns => "owns",
        Look::Supply => "supply",
        Look::Partnership => "partnership",
        Look::License => "license",
        Look::PreInstall => "pre-install",
        Look::Comparison => "comparison",
        Look::Other => "other",
    }
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::Planned => "planned",
        Standing::Unstated => "unstated",
        Standing::Ended => "ended",
        Standing::Possible => "possible",
        Standing::Rumoured => "rumoured",
        Standing::Disputed => "disputed",
        Standing::Unreal => "unreal",
    }
}
