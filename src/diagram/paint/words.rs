//! Text helpers for pictures.

use super::font::regular;
use super::mark::Run;
use crate::diagram::color::Color;
use crate::diagram::scene::{Body, Line, Node};
use crate::diagram::standing::Standing;
use crate::diagram::style::LineStyle;
use crate::model::EntityKind;

/// The text in capitals.
pub(crate) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// "[1] [3]", small; none without sources.
pub(crate) fn footnotes(numbers: &[usize], color: Color) -> Option<Run> {
    let numbers: Vec<_> = numbers.iter().map(|n| format!("[{n}]")).collect();
    (!numbers.is_empty()).then(|| Run::new(numbers.join(" "), regular(8.0), color))
}

/// The class of a node, for style sheets and scripts: "node company main", "node card sale".
pub(crate) fn node_class(node: &Node) -> String {
    match &node.body {
        Body::Card(card) => format!("node card {} {}", style(card.style), standing(card.standing)),
        Body::Name(name) => {
            let kind = name.kind.map_or("several", kind);
            format!("node {kind}{}", if name.is_main { " main" } else { "" })
        }
    }
}

/// The class of a line: "line sale done".
pub(crate) fn line_class(line: &Line) -> String {
    format!("line {} {}", style(line.style), standing(line.standing))
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

const fn style(style: LineStyle) -> &'static str {
    match style {
        LineStyle::Sale => "sale",
        LineStyle::Owns => "owns",
        LineStyle::Supply => "supply",
        LineStyle::Partnership => "partnership",
        LineStyle::License => "license",
        LineStyle::PreInstall => "pre-install",
        LineStyle::Comparison => "comparison",
        LineStyle::Other => "other",
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
