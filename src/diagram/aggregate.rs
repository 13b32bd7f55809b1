//! A scene for thousands of entities: one box per corporate group, country or kind, with counts on the lines.

use std::collections::{BTreeMap, HashMap};

use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::select::Chosen;
use super::standing::Standing;
use super::style::LineStyle;
use super::words::{counted, thousands};
use crate::graph::Entity;
use crate::model::{EntityKind, RelationKind};

/// The most boxes; the smallest groups share one.
const MOST_GROUPS: usize = 30;
/// The most lines; those that stand for the most relations are kept.
const MOST_LINES: usize = 90;

/// What entities are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Group,
    Country,
    Kind,
}

/// The scene of groups; the main entities keep boxes of their own.
pub(crate) fn scene<'g>(
    chosen: &Chosen<'g>,
    connected: &[(Entity<'g>, usize)],
    notes: &mut Vec<String>,
) -> Scene {
    let entities: Vec<_> = connected.iter().map(|(entity, _)| *entity).collect();
    let parents = parents(chosen);
    let by = choose(&entities, &parents);
    let keys: HashMap<Entity<'g>, String> =
        entities.iter().map(|entity| (*entity, key(*entity, by, chosen, &parents))).collect();
    let boxes = boxes(&entities, &keys, chosen);
    let position = |entity: Entity<'g>| keys.get(&entity).and_then(|key| boxes.positions.get(key)).copied();
    let mut within: HashMap<usize, usize> = HashMap::new();
    let mut between: BTreeMap<(usize, usize, LineStyle, bool), usize> = BTreeMap::new();
    for relation in &chosen.relations {
        let (Some(from), Some(to)) = (position(relation.from()), position(relation.to())) else { continue };
        if from == to {
            *within.entry(from).or_default() += 1;
            continue;
        }
        let is_mutual = relation.kind().is_symmetric();
        let (from, to) = if is_mutual && to < from { (to, from) } else { (from, to) };
        *between.entry((from, to, LineStyle::of(relation.kind()), !is_mutual)).or_default() += 1;
    }
    let mut scene = Scene { nodes: boxes.nodes, ..Scene::default() };
    for (node, count) in within {
        if let Some(Node { body: Body::Name(name), .. }) = scene.nodes.get_mut(node) {
            name.sublines.push(format!("{} among them", counted(count, "relation", "relations")));
        }
    }
    let all = between.len();
    scene.lines = lines(between);
    let by = match by {
        By::Group => "corporate group",
        By::Country => "country",
        By::Kind => "kind",
    };
    notes.push(format!(
        "Too many to draw one by one: {} for {} and {}, grouped by {by}.",
        counted(scene.nodes.len(), "box stands", "boxes stand"),
        counted(entities.len(), "entity", "entities"),
        counted(chosen.relations.len(), "relation", "relations")
    ));
    if all > scene.lines.len() {
        notes.push(format!(
            "Showing {} of {} lines (those with the most relations).",
            scene.lines.len(),
            thousands(all)
        ));
    }
    scene
}

/// The parent of each entity that belongs to a corporate group.
fn parents<'g>(chosen: &Chosen<'g>) -> HashMap<Entity<'g>, Entity<'g>> {
    let mut parents: HashMap<Entity<'g>, Entity<'g>> = HashMap::new();
    for relation in &chosen.relations {
        let (child, parent) = match relation.kind() {
            RelationKind::IsParentOf => (relation.to(), relation.from()),
            RelationKind::IsUnitOf => (relation.from(), relation.to()),
            _ => continue,
        };
        if child != parent {
            parents.entry(child).or_insert(parent);
        }
    }
    parents
}

/// The outermost parent. In a ring of parents, wherever the walk stands when it reaches its limit.
fn head<'g>(entity: Entity<'g>, parents: &HashMap<Entity<'g>, Entity<'g>>) -> Entity<'g> {
    const MOST_LEVELS: usize = 64;
    let mut head = entity;
    for _ in 0..MOST_LEVELS {
        match parents.get(&head) {
            Some(parent) => head = *parent,
            None => break,
        }
    }
    head
}

/// Groups by corporate group if that gives few boxes, by country if most entities have one, otherwise by kind.
fn choose<'g>(entities: &[Entity<'g>], parents: &HashMap<Entity<'g>, Entity<'g>>) -> By {
    let heads: std::collections::HashSet<_> = entities.iter().map(|entity| head(*entity, parents)).collect();
    if heads.len() <= MOST_GROUPS {
        return By::Group;
    }
    let located = entities.iter().filter(|entity| entity.record().country.is_some()).count();
    if located * 2 > entities.len() { By::Country } else { By::Kind }
}

/// What the members of a group have in common: "country DE".
fn key<'g>(
    entity: Entity<'g>,
    by: By,
    chosen: &Chosen<'g>,
    parents: &HashMap<Entity<'g>, Entity<'g>>,
) -> String {
    if chosen.main.contains(&entity) {
        return format!("{MAIN}{}", entity.id());
    }
    match by {
        By::Group => format!("{GROUP}{}", head(entity, parents).id()),
        By::Country => entity.record().country.map_or_else(String::new, |country| country.to_string()),
        By::Kind => plural(entity.kind()).to_owned(),
    }
}

/// Prefixes for the keys of main entities and of groups; the rest is an id, which contains no space.
const MAIN: &str = "main ";
const GROUP: &str = "group ";

/// The boxes, and which box each group is drawn in.
struct Boxes {
    nodes: Vec<Node>,
    positions: HashMap<String, usize>,
}

fn boxes<'g>(entities: &[Entity<'g>], keys: &HashMap<Entity<'g>, String>, chosen: &Chosen<'g>) -> Boxes {
    let mut members: BTreeMap<&str, Vec<Entity<'g>>> = BTreeMap::new();
    for entity in entities {
        if let Some(key) = keys.get(entity) {
            members.entry(key).or_default().push(*entity);
        }
    }
    let mut groups: Vec<_> = members.into_iter().collect();
    groups.sort_by_key(|(key, members)| (!key.starts_with(MAIN), std::cmp::Reverse(members.len())));
    let mut boxes = Boxes { nodes: Vec::new(), positions: HashMap::new() };
    let room = MOST_GROUPS + chosen.main.len();
    let others = if groups.len() > room { groups.split_off(room) } else { Vec::new() };
    for (key, members) in &groups {
        boxes.positions.insert((*key).to_owned(), boxes.nodes.len());
        boxes.nodes.push(node(key, members, chosen));
    }
    if !others.is_empty() {
        let all: Vec<_> = others.iter().flat_map(|(_, members)| members.iter().copied()).collect();
        let place = boxes.nodes.len();
        boxes.positions.extend(others.iter().map(|(key, _)| ((*key).to_owned(), place)));
        let mut rest = node("others", &all, chosen);
        if let Body::Name(name) = &mut rest.body {
            name.name = format!("{} more", thousands(others.len()));
        }
        boxes.nodes.push(rest);
    }
    boxes
}

fn node<'g>(key: &str, members: &[Entity<'g>], chosen: &Chosen<'g>) -> Node {
    let main = members.first().filter(|entity| members.len() == 1 && chosen.main.contains(entity));
    let name = match (main, key.strip_prefix(GROUP)) {
        (Some(main), _) => main.to_string(),
        (None, Some(id)) => members
            .first()
            .and_then(|m| m.view().entity(id).ok())
            .map_or_else(|| id.to_owned(), |head| head.to_string()),
        (None, None) if key.is_empty() => "no country stated".to_owned(),
        (None, None) => key.to_owned(),
    };
    let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for entity in members {
        *kinds.entry(entity.kind()).or_default() += 1;
    }
    let counts: Vec<_> =
        kinds.iter().map(|(kind, n)| counted(*n, kind.name(), plural(*kind)).to_lowercase()).collect();
    let sublines = if main.is_some() { Vec::new() } else { vec![counts.join(", ")] };
    let alt_text = format!("{name}: {}", counts.join(", "));
    let kind = main.map(|main| main.kind());
    let body = Body::Name(NameBox { kind, is_main: main.is_some(), name, sublines });
    Node { key: format!("of {key}"), body, alt_text }
}

/// The plural name of a kind.
const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "Companies",
        EntityKind::Product => "Products",
        EntityKind::Patent => "Patents",
        EntityKind::Brand => "Brands",
        EntityKind::Person => "People",
        EntityKind::Unit => "Units",
        EntityKind::Body => "Public bodies",
        EntityKind::Alliance => "Alliances",
        EntityKind::Unspecified => "Not named",
    }
}

fn lines(between: BTreeMap<(usize, usize, LineStyle, bool), usize>) -> Vec<Line> {
    let mut between: Vec<_> = between.into_iter().collect();
    between.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    between.truncate(MOST_LINES);
    let line = |((from, to, style, has_head), count): ((usize, usize, LineStyle, bool), usize)| Line {
        key: format!("{from:04} {to:04} {style:?} {has_head}"),
        from,
        to,
        style,
        standing: Standing::Done,
        has_head,
        label: Label { strong: thousands(count), ..Label::default() },
        is_level: false,
        alt_text: format!("{}: {}", style.legend(), counted(count, "relation", "relations")),
    };
    between.into_iter().map(line).collect()
}
