//! In a picture of owners, adds a dashed box for the part of a company that no stated stake accounts for.

use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::standing::Standing;
use super::style::LineStyle;
use crate::graph::{Right, View};
use crate::model::EntityKind;

/// Adds a box of unstated holders to every company in the scene whose stated shares do not add up to all of it.
pub(crate) fn add(scene: &mut Scene, view: View<'_>) {
    let ownership = view.ownership();
    for position in 0..scene.nodes.len() {
        let id = scene.nodes.get(position).and_then(|node| node.key.strip_prefix("entity "));
        let Some(company) = id.and_then(|id| view.entity(id).ok()) else { continue };
        let has_owner = scene.lines.iter().any(|line| line.to == position && line.style == LineStyle::Owns);
        let Some(rest) = ownership.unstated(Right::Equity, company).filter(|_| has_owner) else {
            continue;
        };
        let share = rest.words(2);
        let alt_text = format!("who else holds {company} is not stated: {share}");
        let name = NameBox {
            kind: Some(EntityKind::Unspecified),
            is_main: false,
            name: "Others".to_owned(),
            sublines: vec!["not stated".to_owned()],
        };
        let key = format!("rest of {}", company.id());
        scene.lines.push(Line {
            key: key.clone(),
            from: scene.nodes.len(),
            to: position,
            style: LineStyle::Owns,
            standing: Standing::Unstated,
            has_head: true,
            label: Label { strong: share, ..Label::default() },
            is_level: false,
            alt_text: alt_text.clone(),
        });
        scene.nodes.push(Node { key, body: Body::Name(name), alt_text });
    }
}
