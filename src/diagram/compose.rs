//! Builds the scene from plans: boxes, cards and lines, and what is folded into a card instead of drawn.

use std::collections::{HashMap, HashSet};

use super::caption::{self, Footnotes};
use super::card::{self, Folded};
use super::plan::{CardPlan, LinePlan, Plan, Spoke};
use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::standing::Standing;
use super::style::LineStyle;
use super::words;
use crate::graph::{Entity, Fact, Relation};
use crate::model::{EntityKind, RelationKind};

/// Everything drawn, and what the scene names without drawing it.
pub(crate) struct Composed<'g> {
    pub(crate) scene: Scene,
    /// What each line stands for; empty for the lines of a card, which add nothing to the card.
    pub(crate) relations: Vec<Vec<Relation<'g>>>,
    /// Entities drawn, or named on a card or a line.
    pub(crate) seen: HashSet<Entity<'g>>,
}

/// Composes the scene. A party without a name gets a box per fact, unless `is_exact`.
pub(crate) fn compose<'g>(plans: &[Plan<'g>], main: &[Entity<'g>], is_exact: bool) -> Composed<'g> {
    let mut composer = Composer::new(plans, main, is_exact);
    for plan in plans {
        match plan {
            Plan::Lines(lines) => lines.iter().for_each(|line| composer.line(line)),
            Plan::Card(card) => composer.card(card),
        }
    }
    for plan in plans {
        if let Plan::Card(card) = plan {
            composer.ties(card);
        }
    }
    composer.finish()
}

/// Above this many lines none are oriented: searching for paths among all of them is slow, and most are folded or cut
/// later.
const MOST_ORIENTED: usize = 1_000;

/// Whether a line may be reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Orientation {
    Fixed,
    /// May be reversed on its own.
    Mutual,
    /// May be reversed together with the other lines of its card.
    Card(usize),
}

/// A scene under construction.
struct Composer<'p, 'g> {
    nodes: Vec<Node>,
    lines: Vec<Line>,
    /// Keyed by entity and, if the entity has no name, by fact.
    boxes: HashMap<(Entity<'g>, Option<Fact<'g>>), usize>,
    cards: HashMap<Fact<'g>, usize>,
    footnotes: Footnotes<'g>,
    main: &'p [Entity<'g>],
    is_exact: bool,
    /// How many plans touch each entity: one that a single plan touches may be folded into it.
    touched: HashMap<Entity<'g>, usize>,
    seen: HashSet<Entity<'g>>,
    /// How many lines have each key prefix so far.
    named: HashMap<String, usize>,
    /// Whether each line may be reversed.
    orientations: Vec<Orientation>,
    /// What each line stands for.
    relations: Vec<Vec<Relation<'g>>>,
}

impl<'p, 'g> Composer<'p, 'g> {
    fn new(plans: &[Plan<'g>], main: &'p [Entity<'g>], is_exact: bool) -> Self {
        let mut touched = HashMap::new();
        for plan in plans {
            let entities: HashSet<_> = plan.entities().collect();
            for entity in entities {
                *touched.entry(entity).or_default() += 1;
            }
        }
        Self {
            nodes: Vec::new(),
            lines: Vec::new(),
            boxes: HashMap::new(),
            cards: HashMap::new(),
            footnotes: Footnotes::default(),
            main,
            is_exact,
            touched,
            seen: HashSet::new(),
            named: HashMap::new(),
            orientations: Vec::new(),
            relations: Vec::new(),
        }
    }

    fn card(&mut self, plan: &CardPlan<'g>) {
        let outside: Vec<Spoke<'g>> = plan.spokes.iter().copied().filter(|s| !self.is_folded(s)).collect();
        let is_outside = |entity: Entity<'g>| outside.iter().any(|spoke| spoke.entity == entity);
        // Objects outside the picture are named on the card too.
        let mut folded: Folded<'g> = Vec::new();
        for (role, entity) in
            plan.fact.roles().filter(|(role, entity)| role.is_object() && !is_outside(*entity))
        {
            self.seen.insert(entity);
            match folded.iter_mut().find(|(known, _)| *known == role) {
                Some((_, entities)) => entities.push(entity),
                None => folded.push((role, vec![entity])),
            }
        }
        let drawn: Vec<_> = plan.spokes.iter().map(|spoke| spoke.entity).collect();
        self.seen.extend(caption::named(plan.fact, &drawn));
        let card = card::card(plan, &folded, &drawn, &mut self.footnotes);
        let (style, standing) = (card.style, card.standing);
        let position = self.nodes.len();
        self.cards.insert(plan.fact, position);
        self.nodes.push(Node {
            key: format!("fact {}", plan.fact.id()),
            body: Body::Card(card),
            alt_text: plan.fact.sentence(),
        });
        let mut worded = HashSet::new();
        for spoke in outside {
            let entity = self.entity(spoke.entity, Some(plan.fact));
            let (from, to) = if spoke.is_outward { (position, entity) } else { (entity, position) };
            let key = self.key(&format!("{} {}", plan.fact.id(), spoke.role));
            // Several lines with the same word show it once.
            let label = spoke.word.filter(|word| worded.insert(*word)).map(Label::word).unwrap_or_default();
            let has_head = spoke.has_head;
            let alt_text = String::new();
            self.orientations.push(if plan.principal.kind().is_symmetric() {
                Orientation::Card(position)
            } else {
                Orientation::Fixed
            });
            self.relations.push(Vec::new());
            self.lines.push(Line {
                key,
                from,
                to,
                style,
                standing,
                has_head,
                label,
                is_level: false,
                alt_text,
            });
        }
    }

    /// Whether the entity is named on the card instead of drawn: an object that nothing else touches.
    fn is_folded(&self, spoke: &Spoke<'g>) -> bool {
        spoke.role.is_object()
            && !self.main.contains(&spoke.entity)
            && self.touched.get(&spoke.entity) == Some(&1)
    }

    /// Draws lines between cards whose facts are stated to be connected.
    fn ties(&mut self, plan: &CardPlan<'g>) {
        for other in &plan.ties {
            let (Some(from), Some(to)) = (self.cards.get(&plan.fact), self.cards.get(other)) else {
                continue;
            };
            let (from, to) = (*from, *to);
            self.orientations.push(Orientation::Mutual);
            self.relations.push(Vec::new());
            let key = self.key(&format!("{} tie {}", plan.fact.id(), other.id()));
            self.lines.push(Line {
                key,
                from,
                to,
                style: LineStyle::of(RelationKind::IsLinkedTo),
                standing: Standing::Done,
                has_head: false,
                label: Label::word("connected"),
                is_level: false,
                alt_text: format!("{} is connected with {}", plan.fact.id(), other.id()),
            });
        }
    }

    fn line(&mut self, line: &LinePlan<'g>) {
        let relation = line.relation;
        let fact = relation.fact();
        let (from, to) = (self.entity(relation.from(), fact), self.entity(relation.to(), fact));
        if let Some(fact) = fact.filter(|_| line.is_whole) {
            self.seen.extend(caption::named(fact, &line.drawn));
        }
        let stem = fact.map_or_else(|| relation.from().id(), Fact::id);
        let key = self.key(&format!("{stem} {}", relation.kind()));
        self.relations.push(vec![relation]);
        self.orientations.push(if relation.kind().is_symmetric() {
            Orientation::Mutual
        } else {
            Orientation::Fixed
        });
        self.lines.push(Line {
            key,
            from,
            to,
            style: LineStyle::of(relation.kind()),
            standing: Standing::of(relation),
            has_head: !relation.kind().is_symmetric(),
            label: caption::label(line, &mut self.footnotes),
            is_level: false,
            alt_text: relation.to_string(),
        });
    }

    /// The box of an entity, added on first use.
    fn entity(&mut self, entity: Entity<'g>, fact: Option<Fact<'g>>) -> usize {
        let is_main = self.main.contains(&entity);
        let is_single = entity.kind() != EntityKind::Unspecified || is_main || self.is_exact;
        let fact = fact.filter(|_| !is_single);
        self.seen.insert(entity);
        let next = self.nodes.len();
        let position = *self.boxes.entry((entity, fact)).or_insert(next);
        if position == next {
            let key = match fact {
                Some(fact) => format!("entity {} in {}", entity.id(), fact.id()),
                None => format!("entity {}", entity.id()),
            };
            self.nodes.push(Node { key, ..entity_node(entity, is_main) });
        }
        position
    }

    /// A unique key for a line.
    fn key(&mut self, stem: &str) -> String {
        let count = self.named.entry(stem.to_owned()).or_default();
        *count += 1;
        format!("{stem} {count:04}")
    }

    fn finish(mut self) -> Composed<'g> {
        self.orient();
        let mut degrees = vec![0_usize; self.nodes.len()];
        for end in self.lines.iter().flat_map(|line| [line.from, line.to]) {
            degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
        }
        let is_leaf = |node: usize| degrees.get(node) == Some(&1);
        let is_plain = |node: &Node| matches!(node.body, Body::Name(_));
        let nodes = &self.nodes;
        for (line, orientation) in self.lines.iter_mut().zip(&self.orientations) {
            let between_names = [line.from, line.to].iter().all(|end| nodes.get(*end).is_some_and(is_plain));
            let is_even = *orientation == Orientation::Mutual || line.style == LineStyle::Comparison;
            line.is_level = is_even && between_names && (is_leaf(line.from) || is_leaf(line.to));
        }
        let sources = self.footnotes.into_sources().into_iter().map(words::cited).collect();
        let scene = Scene { nodes: self.nodes, lines: self.lines, sources, ..Scene::default() };
        Composed { scene, relations: self.relations, seen: self.seen }
    }

    /// Reverses symmetric lines where that makes them follow the directed ones.
    fn orient(&mut self) {
        if self.lines.len() > MOST_ORIENTED {
            return;
        }
        let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
        for (line, orientation) in self.lines.iter().zip(&self.orientations) {
            if *orientation == Orientation::Fixed {
                after.entry(line.from).or_default().push(line.to);
            }
        }
        let mut done = HashSet::new();
        for at in 0..self.lines.len() {
            let Some((line, orientation)) = self.lines.get(at).zip(self.orientations.get(at)) else {
                continue;
            };
            let turning: Vec<usize> = match *orientation {
                Orientation::Fixed => continue,
                Orientation::Mutual => vec![at],
                Orientation::Card(card) if !done.insert(card) => continue,
                orientation @ Orientation::Card(_) => (0..self.lines.len())
                    .filter(|n| self.orientations.get(*n) == Some(&orientation))
                    .collect(),
            };
            let is_against = match *orientation {
                Orientation::Card(card) => self.is_against(card, &after),
                _ => reaches(&after, line.to, line.from),
            };
            for n in turning {
                let Some(line) = self.lines.get_mut(n) else { continue };
                if is_against {
                    std::mem::swap(&mut line.from, &mut line.to);
                }
                after.entry(line.from).or_default().push(line.to);
            }
        }
    }

    /// Whether a path leads from the targets of a card's lines back to their sources.
    fn is_against(&self, card: usize, after: &HashMap<usize, Vec<usize>>) -> bool {
        let sources: Vec<_> =
            self.lines.iter().filter(|line| line.to == card).map(|line| line.from).collect();
        let targets = self.lines.iter().filter(|line| line.from == card).map(|line| line.to);
        targets.into_iter().any(|target| sources.iter().any(|source| reaches(after, target, *source)))
    }
}

fn reaches(after: &HashMap<usize, Vec<usize>>, from: usize, to: usize) -> bool {
    let mut seen = HashSet::from([from]);
    let mut waiting = vec![from];
    while let Some(here) = waiting.pop() {
        if here == to {
            return true;
        }
        waiting.extend(after.get(&here).into_iter().flatten().copied().filter(|next| seen.insert(*next)));
    }
    false
}

/// The box of an entity.
pub(crate) fn entity_node(entity: Entity<'_>, is_main: bool) -> Node {
    let key = format!("entity {}", entity.id());
    Node { key, body: Body::Name(name_box(entity, is_main)), alt_text: alt_text(entity) }
}

fn name_box(entity: Entity<'_>, is_main: bool) -> NameBox {
    NameBox {
        kind: Some(entity.kind()),
        is_main,
        name: words::shown_name(entity),
        sublines: words::sublines(entity),
    }
}

/// "Xiaomi, company, CN · smartphones".
fn alt_text(entity: Entity<'_>) -> String {
    let kind = entity.kind().name().to_lowercase();
    let parts: Vec<_> = [entity.to_string(), kind].into_iter().chain(words::sublines(entity)).collect();
    parts.join(", ")
}
