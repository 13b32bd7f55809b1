//! In a picture of owners: what of a company no stated stake accounts for, as a dashed box.

use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::standing::Standing;
use super::style::Look;
use crate::analysis::Ownership;
use crate::graph::{Right, View};
use crate::model::EntityKind;
use crate::value::Decimal;

/// Adds a box of holders who are not stated for every company in the scene of which some shares are stated, but not all.
pub(crate) fn add(scene: &mut Scene, view: View<'_>) {
    let ownership = Ownership::new(view);
    for position in 0..scene.nodes.len() {
        let id = scene.nodes.get(position).and_then(|node| node.key.strip_prefix("entity "));
        let Some(company) = id.and_then(|id| view.entity(id).ok()) else { continue };
        let has_owner = scene.lines.iter().any(|line| line.to == position && line.look == Look::Owns);
        let Some((least, most)) = ownership.unstated(Right::Equity, company).filter(|_| has_owner) else {
            continue;
        };
        let share = words(least, most);
        let told = format!("who else holds {company} is not stated: {share}");
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
            look: Look::Owns,
            standing: Standing::Unstated,
            has_head: true,
            label: Label { strong: share, ..Label::default() },
            is_level: false,
            told: told.clone(),
        });
        scene.nodes.push(Node { key, body: Body::Name(name), told });
    }
}

/// "40%", "up to 75%", "9% to 20%".
fn words(least: Decimal, most: Decimal) -> String {
    let percent = |part: Decimal| {
        let hundred = Decimal::from(100_u64);
        part.checked_mul(hundred).unwrap_or(part)
    };
    match (least == most, least > Decimal::ZERO) {
        (true, _) => format!("{}%", percent(most)),
        (false, true) => format!("{}% to {}%", percent(least), percent(most)),
        (false, false) => format!("up to {}%", percent(most)),
    }
}
