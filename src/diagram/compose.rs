//! From plans to the scene: boxes, cards and lines, and what is folded into a card instead of drawn.

use std::collections::{HashMap, HashSet};

use super::caption::{self, Footnotes};
use super::card::{self, Folded};
use super::plan::{CardPlan, Draft, Plan, Spoke};
use super::scene::{Body, Label, Line, NameBox, Node, Scene};
use super::standing::Standing;
use super::style::Look;
use super::words;
use crate::graph::{Entity, Fact, Relation};
use crate::model::{EntityKind, RelationKind};

/// Everything drawn, and what the drawing has named without drawing it.
pub(crate) struct Composed<'g> {
    pub(crate) scene: Scene,
    /// What each line stands for; nothing for the lines of a card, which say no more than the card.
    pub(crate) relations: Vec<Vec<Relation<'g>>>,
    /// Drawn, or named on a card or a line.
    pub(crate) seen: HashSet<Entity<'g>>,
}

/// Draws the plans. Parties without a name get a box for every fact, unless `is_exact`.
pub(crate) fn compose<'g>(plans: &[Plan<'g>], main: &[Entity<'g>], is_exact: bool) -> Composed<'g> {
    let mut composer = Composer::new(plans, main, is_exact);
    for plan in plans {
        match plan {
            Plan::Lines(drafts) => drafts.iter().for_each(|draft| composer.line(draft)),
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

/// Of more lines, most are folded or cut later, and looking for ways among all of them takes long.
const MOST_ORIENTED: usize = 1_000;

/// Which way a line may run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Fixed,
    /// Either way.
    Mutual,
    /// Either way, together with the other lines of a card.
    Card(usize),
}

/// A scene on its way.
struct Composer<'p, 'g> {
    nodes: Vec<Node>,
    lines: Vec<Line>,
    /// By entity and, of one without a name, the fact.
    boxes: HashMap<(Entity<'g>, Option<Fact<'g>>), usize>,
    cards: HashMap<Fact<'g>, usize>,
    footnotes: Footnotes<'g>,
    main: &'p [Entity<'g>],
    is_exact: bool,
    /// How many plans touch each entity: what only one touches may be folded into it.
    touched: HashMap<Entity<'g>, usize>,
    seen: HashSet<Entity<'g>>,
    /// Lines so far by what their keys begin with.
    named: HashMap<String, usize>,
    /// Which of the lines may be turned.
    ways: Vec<Way>,
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
            ways: Vec::new(),
            relations: Vec::new(),
        }
    }

    fn card(&mut self, plan: &CardPlan<'g>) {
        let outside: Vec<Spoke<'g>> = plan.spokes.iter().copied().filter(|s| !self.is_folded(s)).collect();
        let is_outside = |entity: Entity<'g>| outside.iter().any(|spoke| spoke.entity == entity);
        // What is not part of the picture at all is named on the card too.
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
        let (look, standing) = (card.look, card.standing);
        let position = self.nodes.len();
        self.cards.insert(plan.fact, position);
        self.nodes.push(Node {
            key: format!("fact {}", plan.fact.id()),
            body: Body::Card(card),
            told: plan.fact.sentence(),
        });
        let mut worded = HashSet::new();
        for spoke in outside {
            let entity = self.entity(spoke.entity, Some(plan.fact));
            let (from, to) = if spoke.is_outward { (position, entity) } else { (entity, position) };
            let key = self.key(&format!("{} {}", plan.fact.id(), spoke.role));
            // A fan of many needs its word once.
            let label = spoke.word.filter(|word| worded.insert(*word)).map(Label::word).unwrap_or_default();
            let has_head = spoke.has_head;
            let told = String::new();
            self.ways.push(if plan.principal.kind().is_symmetric() {
                Way::Card(position)
            } else {
                Way::Fixed
            });
            self.relations.push(Vec::new());
            self.lines.push(Line { key, from, to, look, standing, has_head, label, is_level: false, told });
        }
    }

    /// Whether it is named on the card rather than drawn: an object that nothing else touches.
    fn is_folded(&self, spoke: &Spoke<'g>) -> bool {
        spoke.role.is_object()
            && !self.main.contains(&spoke.entity)
            && self.touched.get(&spoke.entity) == Some(&1)
    }

    /// Lines from card to card, where facts are stated to be connected.
    fn ties(&mut self, plan: &CardPlan<'g>) {
        for other in &plan.ties {
            let (Some(from), Some(to)) = (self.cards.get(&plan.fact), self.cards.get(other)) else {
                continue;
            };
            let (from, to) = (*from, *to);
            self.ways.push(Way::Mutual);
            self.relations.push(Vec::new());
            let key = self.key(&format!("{} tie {}", plan.fact.id(), other.id()));
            self.lines.push(Line {
                key,
                from,
                to,
                look: Look::of(RelationKind::IsLinkedTo),
                standing: Standing::Done,
                has_head: false,
                label: Label::word("connected"),
                is_level: false,
                told: format!("{} is connected with {}", plan.fact.id(), other.id()),
            });
        }
    }

    fn line(&mut self, draft: &Draft<'g>) {
        let relation = draft.relation;
        let fact = relation.fact();
        let (from, to) = (self.entity(relation.from(), fact), self.entity(relation.to(), fact));
        if let Some(fact) = fact.filter(|_| draft.is_whole) {
            self.seen.extend(caption::named(fact, &draft.drawn));
        }
        let stem = fact.map_or_else(|| relation.from().id(), Fact::id);
        let key = self.key(&format!("{stem} {}", relation.kind()));
        self.relations.push(vec![relation]);
        self.ways.push(if relation.kind().is_symmetric() { Way::Mutual } else { Way::Fixed });
        self.lines.push(Line {
            key,
            from,
            to,
            look: Look::of(relation.kind()),
            standing: Standing::of(relation),
            has_head: !relation.kind().is_symmetric(),
            label: caption::label(draft, &mut self.footnotes),
            is_level: false,
            told: relation.to_string(),
        });
    }

    /// The box of an entity; it is made where it is met first.
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

    /// A key that no other line has.
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
        for (line, way) in self.lines.iter_mut().zip(&self.ways) {
            let between_names = [line.from, line.to].iter().all(|end| nodes.get(*end).is_some_and(is_plain));
            let is_even = *way == Way::Mutual || line.look == Look::Comparison;
            line.is_level = is_even && between_names && (is_leaf(line.from) || is_leaf(line.to));
        }
        let sources = self.footnotes.into_sources().into_iter().map(words::cited).collect();
        let scene = Scene { nodes: self.nodes, lines: self.lines, sources, ..Scene::default() };
        Composed { scene, relations: self.relations, seen: self.seen }
    }

    /// Turns what has no direction so that it runs along with what has one.
    fn orient(&mut self) {
        if self.lines.len() > MOST_ORIENTED {
            return;
        }
        let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
        for (line, way) in self.lines.iter().zip(&self.ways) {
            if *way == Way::Fixed {
                after.entry(line.from).or_default().push(line.to);
            }
        }
        let mut done = HashSet::new();
        for at in 0..self.lines.len() {
            let Some((line, way)) = self.lines.get(at).zip(self.ways.get(at)) else { continue };
            let turning: Vec<usize> = match *way {
                Way::Fixed => continue,
                Way::Mutual => vec![at],
                Way::Card(card) if !done.insert(card) => continue,
                way @ Way::Card(_) => {
                    (0..self.lines.len()).filter(|n| self.ways.get(*n) == Some(&way)).collect()
                }
            };
            let is_against = match *way {
                Way::Card(card) => self.is_against(card, &after),
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

    /// Whether a way leads from where a card's lines go to where they come from.
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
    Node { key, body: Body::Name(name_box(entity, is_main)), told: told(entity) }
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
fn told(entity: Entity<'_>) -> String {
    let kind = entity.kind().name().to_lowercase();
    let parts: Vec<_> = [entity.to_string(), kind].into_iter().chain(words::sublines(entity)).collect();
    parts.join(", ")
}
