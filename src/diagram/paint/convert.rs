//! From the scene that DOT is written of to the scene that is painted.

use super::scene_model as model;
use crate::diagram::caption::{Caption, list};
use crate::diagram::scene::{Line, Node, Scene, Standing};
use crate::diagram::style::Look;
use crate::diagram::words;
use crate::model::EntityKind;

pub(crate) fn convert(scene: &Scene<'_>) -> model::Scene {
    let unconnected = (!scene.unconnected.is_empty())
        .then(|| format!("Also named, with no relation drawn: {}.", words::unconnected(&scene.unconnected)));
    model::Scene {
        title: scene.title.clone(),
        subtitle: scene.subtitle.clone(),
        nodes: scene.nodes.iter().enumerate().map(|(n, node)| convert_node(n, node)).collect(),
        lines: scene.lines.iter().enumerate().map(|(n, line)| convert_line(n, line)).collect(),
        legend: legend(scene),
        notes: scene.notes.clone(),
        unconnected,
        sources: scene.sources.iter().map(|source| words::cited(*source)).collect(),
    }
}

fn legend(scene: &Scene<'_>) -> Vec<model::Key> {
    let looks = scene.looks().into_iter().map(model::Key::Look);
    let standings = [Standing::Planned, Standing::Rumoured, Standing::Disputed, Standing::Unreal];
    let has_planned = scene.junctions().any(|junction| junction.standing == Standing::Planned);
    let occurs = |standing: &Standing| match standing {
        Standing::Planned => has_planned,
        standing => scene.has(*standing),
    };
    let standings =
        standings.into_iter().filter(occurs).map(|standing| model::Key::Standing(convert_standing(standing)));
    let has_unnamed = scene
        .nodes
        .iter()
        .any(|node| matches!(node, Node::Entity { entity, .. } if entity.kind() == EntityKind::Unspecified));
    looks.chain(standings).chain(has_unnamed.then_some(model::Key::Unnamed)).collect()
}

fn convert_node(n: usize, node: &Node<'_>) -> model::Node {
    match node {
        Node::Entity { entity, is_main } => model::Node {
            key: entity.id().to_string(),
            told: entity.name().to_owned(),
            body: model::Body::Name(model::NameBox {
                kind: Some(entity.kind()),
                is_main: *is_main,
                name: entity.name().to_owned(),
                sublines: words::sublines(*entity),
            }),
        },
        Node::Junction(junction) => {
            let caption = &junction.caption;
            let folded =
                junction.folded.iter().map(|(role, names)| format!("{}{}", words::lead(*role), list(names)));
            model::Node {
                key: format!("fact {n}"),
                told: caption.verb.clone(),
                body: model::Body::Card(model::Card {
                    look: junction.look,
                    standing: convert_standing(junction.standing),
                    kind: words::kind(junction.fact.kind()).to_owned(),
                    date: String::new(),
                    amount: caption.amount.clone(),
                    columns: None,
                    lines: folded.chain(caption.details.iter().cloned()).collect(),
                    footnotes: caption.footnotes.clone(),
                }),
            }
        }
    }
}

fn convert_line(n: usize, line: &Line) -> model::Line {
    let Caption { verb, details, amount, footnotes } = line.caption.clone();
    model::Line {
        key: n.to_string(),
        from: line.from,
        to: line.to,
        look: Look::of(line.kind),
        standing: convert_standing(line.standing),
        has_head: line.has_head,
        told: verb.clone(),
        label: model::Label { strong: verb, details, amount, footnotes },
        is_level: false,
    }
}

const fn convert_standing(standing: Standing) -> model::Standing {
    match standing {
        Standing::Done => model::Standing::Done,
        Standing::Planned => model::Standing::Planned,
        Standing::Rumoured => model::Standing::Rumoured,
        Standing::Disputed => model::Standing::Disputed,
        Standing::Unreal => model::Standing::Unreal,
    }
}
