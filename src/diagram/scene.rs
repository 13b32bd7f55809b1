//! The scene: what is drawn, before anybody decides where.
//!
//! Layouts, painters and deal cards build on this model; DOT is one way to write it down.

use std::collections::{HashMap, HashSet};

use super::Diagram;
use super::caption::{self, Caption, Captions};
use super::plan::{Draft, Plan, Spoke, Words, plan};
use super::select::Chosen;
use super::style::Look;
use super::words;
use crate::graph::{Entity, Fact, Relation, Source};
use crate::model::{Confidence, FactKind, RelationKind, Role, Stance, Status};

/// Up to this many entities are drawn whole.
const MOST_ENTITIES: usize = 300;
/// Of more, this many are drawn.
const FEW_ENTITIES: usize = 60;

/// All that is in the picture.
#[derive(Debug)]
pub(crate) struct Scene<'g> {
    pub(crate) title: Option<String>,
    pub(crate) subtitle: String,
    pub(crate) nodes: Vec<Node<'g>>,
    pub(crate) lines: Vec<Line>,
    /// What was asked for, but takes part in nothing that is drawn.
    pub(crate) unconnected: Vec<Entity<'g>>,
    /// The sources, in the order of first use: the first is `[1]`.
    pub(crate) sources: Vec<Source<'g>>,
    /// What the reader has to know about the picture itself.
    pub(crate) notes: Vec<String>,
    /// Facts of what is shown that are not drawn.
    pub(crate) left_out: Vec<Fact<'g>>,
}

/// A box.
#[derive(Debug)]
pub(crate) enum Node<'g> {
    Entity { entity: Entity<'g>, is_main: bool },
    Junction(Junction<'g>),
}

/// A fact with so many relations that its lines meet in a box of their own.
#[derive(Debug)]
pub(crate) struct Junction<'g> {
    pub(crate) fact: Fact<'g>,
    pub(crate) look: Look,
    pub(crate) standing: Standing,
    pub(crate) caption: Caption,
    /// What only this fact touches, named inside instead of drawn, by role.
    pub(crate) folded: Vec<(Role, Vec<Entity<'g>>)>,
}

/// A line between two boxes.
#[derive(Debug)]
pub(crate) struct Line {
    /// Positions in [`Scene::nodes`].
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: RelationKind,
    pub(crate) standing: Standing,
    pub(crate) has_head: bool,
    pub(crate) caption: Caption,
}

/// How firmly a fact stands, as far as it changes the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Done,
    Planned,
    Rumoured,
    Disputed,
    /// Only wished for, or called off.
    Unreal,
}

impl Standing {
    pub(crate) fn of(fact: Option<Fact<'_>>) -> Self {
        let Some(fact) = fact else { return Self::Done };
        let is_refuted = || fact.evidence().any(|evidence| evidence.stance() == Stance::Refutes);
        match fact.status() {
            Some(Status::Sought | Status::Withdrawn) => Self::Unreal,
            _ if is_refuted() => Self::Disputed,
            _ if fact.confidence() == Some(Confidence::Rumoured) => Self::Rumoured,
            Some(Status::Announced | Status::Agreed) => Self::Planned,
            _ => Self::Done,
        }
    }
}

impl<'g> Scene<'g> {
    pub(crate) fn of(diagram: &Diagram<'g>) -> Self {
        let mut chosen = Chosen::of(diagram);
        let mut plans = plan(&chosen);
        let mut notes = chosen.notes.clone();
        let connected = degrees(&plans);
        if connected.len() > MOST_ENTITIES {
            let kept = most_connected(&connected, &chosen.main);
            notes.push(format!("Showing {} of {} (most connected).", kept.len(), thousands(connected.len())));
            chosen.keep(&kept);
            plans = plan(&chosen);
        }
        notes.extend(words::left_out(&chosen.left_out));
        let mut building = Building::new(&plans, chosen.main_of(&plans));
        for plan in &plans {
            building.draw(plan);
        }
        let unconnected = building.unconnected(&chosen);
        let mut scene = building.finish(notes);
        scene.title = chosen.title;
        scene.subtitle = chosen.subtitle;
        scene.unconnected = unconnected;
        scene.left_out = chosen.left_out;
        scene.orient();
        scene
    }

    /// The looks of the lines that occur, in the order of the legend.
    pub(crate) fn looks(&self) -> Vec<Look> {
        let mut looks: Vec<Look> = self.lines.iter().map(|line| Look::of(line.kind)).collect();
        looks.sort_unstable();
        looks.dedup();
        looks
    }

    /// Whether anything drawn stands like this.
    pub(crate) fn has(&self, standing: Standing) -> bool {
        self.lines.iter().any(|line| line.standing == standing)
            || self.junctions().any(|junction| junction.standing == standing)
    }

    pub(crate) fn junctions(&self) -> impl Iterator<Item = &Junction<'g>> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Junction(junction) => Some(junction),
            Node::Entity { .. } => None,
        })
    }

    /// Turns mutual lines so that they run along with those that have a direction.
    fn orient(&mut self) {
        let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
        for line in self.lines.iter().filter(|line| !line.kind.is_symmetric()) {
            after.entry(line.from).or_default().push(line.to);
        }
        let mutual = |line: &&mut Line| line.kind.is_symmetric();
        for line in self.lines.iter_mut().filter(mutual) {
            if reaches(&after, line.to, line.from) {
                std::mem::swap(&mut line.from, &mut line.to);
            }
            after.entry(line.from).or_default().push(line.to);
        }
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

/// How many lines touch each entity, in the order of ids.
pub(crate) fn degrees<'g>(plans: &[Plan<'g>]) -> Vec<(Entity<'g>, usize)> {
    let mut degrees: HashMap<Entity<'g>, usize> = HashMap::new();
    for entity in plans.iter().flat_map(Plan::entities) {
        *degrees.entry(entity).or_default() += 1;
    }
    let mut degrees: Vec<_> = degrees.into_iter().collect();
    degrees.sort_unstable_by_key(|(entity, _)| *entity);
    degrees
}

/// The main entities, then those with the most lines.
fn most_connected<'g>(degrees: &[(Entity<'g>, usize)], main: &[Entity<'g>]) -> HashSet<Entity<'g>> {
    let mut by_degree = degrees.to_vec();
    by_degree.sort_by_key(|(entity, degree)| (!main.contains(entity), std::cmp::Reverse(*degree)));
    by_degree.into_iter().take(FEW_ENTITIES).map(|(entity, _)| entity).collect()
}

/// "2,000".
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A scene on its way.
struct Building<'g> {
    nodes: Vec<Node<'g>>,
    positions: HashMap<Entity<'g>, usize>,
    lines: Vec<Line>,
    captions: Captions<'g>,
    main: Vec<Entity<'g>>,
    /// How many plans touch each entity: what only one touches may be folded into it.
    touched: HashMap<Entity<'g>, usize>,
    /// Named in a box or on a line, so not to be named again as unconnected.
    mentioned: HashSet<Entity<'g>>,
}

impl<'g> Building<'g> {
    fn new(plans: &[Plan<'g>], main: Vec<Entity<'g>>) -> Self {
        let mut touched = HashMap::new();
        for plan in plans {
            let entities: HashSet<_> = plan.entities().collect();
            for entity in entities {
                *touched.entry(entity).or_default() += 1;
            }
        }
        Self {
            nodes: Vec::new(),
            positions: HashMap::new(),
            lines: Vec::new(),
            captions: Captions::default(),
            main,
            touched,
            mentioned: HashSet::new(),
        }
    }

    fn draw(&mut self, plan: &Plan<'g>) {
        match plan {
            Plan::Lines(drafts) => {
                for draft in drafts {
                    self.line(draft);
                }
            }
            Plan::Junction { fact, principal, spokes } => self.junction(*fact, *principal, spokes),
        }
    }

    fn junction(&mut self, fact: Fact<'g>, principal: Relation<'g>, spokes: &[Spoke<'g>]) {
        let (inside, outside): (Vec<Spoke<'g>>, Vec<_>) = spokes.iter().partition(|s| self.is_folded(s));
        let mut folded: Vec<(Role, Vec<Entity<'g>>)> = Vec::new();
        for Spoke { role, entity, .. } in inside {
            self.mentioned.insert(entity);
            match folded.iter_mut().find(|(known, _)| *known == role) {
                Some((_, entities)) => entities.push(entity),
                None => folded.push((role, vec![entity])),
            }
        }
        let drawn: Vec<_> = spokes.iter().map(|spoke| spoke.entity).collect();
        self.mentioned.extend(caption::named(fact, &drawn));
        let mut caption = self.captions.whole(principal, &drawn);
        let parties = fact.kind() == FactKind::PreInstall;
        caption.details.splice(0..0, parties.then(|| caption::installed_by(fact)));
        let look = Look::of(principal.kind());
        let standing = Standing::of(Some(fact));
        let position = self.nodes.len();
        self.nodes.push(Node::Junction(Junction { fact, look, standing, caption, folded }));
        for spoke in outside {
            let entity = self.position(spoke.entity);
            let (from, to) = if spoke.is_outward { (position, entity) } else { (entity, position) };
            let caption = spoke.word.map(Caption::word).unwrap_or_default();
            let kind = principal.kind();
            self.lines.push(Line { from, to, kind, standing, has_head: spoke.has_head, caption });
        }
    }

    /// Whether it is named in the junction rather than drawn: an object that nothing else touches.
    fn is_folded(&self, spoke: &Spoke<'g>) -> bool {
        spoke.role.is_object()
            && !self.main.contains(&spoke.entity)
            && self.touched.get(&spoke.entity) == Some(&1)
    }

    fn line(&mut self, draft: &Draft<'g>) {
        let (from, to) = (self.position(draft.from), self.position(draft.to));
        if let (Some(fact), Words::Whole(_, drawn) | Words::Leg(_, drawn)) = (draft.fact, &draft.words) {
            self.mentioned.extend(caption::named(fact, drawn));
        }
        let caption = self.captions.of(&draft.words);
        let standing = Standing::of(draft.fact);
        self.lines.push(Line { from, to, kind: draft.kind, standing, has_head: draft.has_head, caption });
    }

    fn position(&mut self, entity: Entity<'g>) -> usize {
        let next = self.nodes.len();
        let position = *self.positions.entry(entity).or_insert(next);
        if position == next {
            self.nodes.push(Node::Entity { entity, is_main: self.main.contains(&entity) });
        }
        position
    }

    fn unconnected(&self, chosen: &Chosen<'g>) -> Vec<Entity<'g>> {
        let is_seen =
            |entity: &Entity<'g>| self.positions.contains_key(entity) || self.mentioned.contains(entity);
        chosen.entities.iter().copied().filter(|entity| !is_seen(entity)).collect()
    }

    fn finish(self, notes: Vec<String>) -> Scene<'g> {
        Scene {
            title: None,
            subtitle: String::new(),
            nodes: self.nodes,
            lines: self.lines,
            unconnected: Vec::new(),
            sources: self.captions.into_sources(),
            notes,
            left_out: Vec::new(),
        }
    }
}
