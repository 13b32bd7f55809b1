//! What stands around an entity.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{Answer, Cell, Column, Content, KindFilter, Page, TableBuilder, counted, ended, nothing};
use crate::graph::{Entity, Relation};
use crate::limits::Limits;
use crate::query::{Direction, Path, Selection};

const COLUMNS: &[Column] =
    &[Column::Entity("entity"), Column::One("hops"), Column::One("step"), Column::Relation];

/// The question what is connected with an entity, and how.
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct Neighborhood<'g> {
    start: Entity<'g>,
    kinds: KindFilter,
    direction: Direction,
    hops: usize,
    limits: Limits,
}

/// Who and what was found around an entity.
#[derive(Clone, Debug)]
pub struct Neighbors<'g> {
    start: Entity<'g>,
    rows: Vec<Neighbor<'g>>,
}

/// An entity that was found, and how it is connected.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Neighbor<'g> {
    /// The entity.
    pub entity: Entity<'g>,
    /// How many relations away it is.
    pub hops: usize,
    /// For one hop every relation; for more, one shortest chain.
    pub relations: Vec<Relation<'g>>,
}

impl<'g> Neighborhood<'g> {
    /// Around an entity: along relations of all kinds, in both directions, one hop far.
    pub fn of(start: Entity<'g>) -> Self {
        Self {
            start,
            kinds: KindFilter::default(),
            direction: Direction::Both,
            hops: 1,
            limits: Limits::default(),
        }
    }

    /// Along relations of these kinds only.
    pub fn kinds(self, kinds: KindFilter) -> Self {
        Self { kinds, ..self }
    }

    /// In this direction only.
    pub fn direction(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    /// Up to so many relations away.
    pub fn hops(self, hops: usize) -> Self {
        Self { hops, ..self }
    }

    /// Bounds the walk and the rows.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// What was found, by hops, then by id.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, Neighbors<'g>> {
        let Self { start, kinds, direction, hops, limits } = self;
        let (start, direction) = (start.everywhere(), *direction);
        let walk = start.traverse().direction(direction).max_hops(*hops).limits(limits.clone());
        let reached = walk.follow_if(|step| kinds.accepts(step.relation())).run();
        let mut around: HashMap<Entity<'g>, Vec<Relation<'g>>> = HashMap::new();
        let (mut undone, lists_undone) = (Vec::new(), start.view().asks_for_undone());
        for relation in start.relations() {
            if !kinds.accepts(relation) || !runs(relation, start, direction) {
                continue;
            }
            if relation.counts() || lists_undone {
                around.entry(relation.object()).or_default().push(relation);
            }
            if !relation.counts() && start.view().lists(relation.object()) {
                undone.push(relation);
            }
        }
        // Walks pass by what is only sought or was called off: whoever is only connected so stands behind those next to it.
        let next = |entity: &Entity<'g>| reached.hops(*entity) == Some(1);
        let mut only_so: Vec<Entity<'g>> = around.keys().copied().filter(|entity| !next(entity)).collect();
        only_so.sort_unstable();
        let is_further = |entity: &Entity<'g>| !next(entity) && only_so.binary_search(entity).is_err();
        let found = reached.entities().filter(next).chain(only_so.iter().copied());
        let found = found.chain(reached.entities().filter(is_further));
        let found = found.filter(|entity| *entity != start && start.view().lists(*entity));
        // One more row than the limit shows that it was exceeded.
        let rows: Vec<Neighbor<'g>> = found
            .take(limits.rows.saturating_add(1))
            .map(|entity| neighbor(entity, &reached, &mut around))
            .collect();
        let relations = || rows.iter().flat_map(|row| row.relations.iter().copied());
        let ended = ended::note(start.view(), relations());
        let disputed = relations().any(|relation| relation.is_disputed());
        let missing = if rows.is_empty() { nothing::around(start, kinds) } else { Vec::new() };
        let passed_by = (!undone.is_empty() && !lists_undone).then(|| {
            let count = counted(undone.len(), "relation");
            format!("left out: {count} only sought or called off; --status Sought,Withdrawn lists such")
        });
        Answer::new(start.view(), Neighbors { start, rows })
            .outcome(reached.outcome())
            .disputed(disputed)
            .note(ended)
            .note(missing)
            .note(passed_by)
            .at_most(limits.rows)
    }
}

fn neighbor<'g>(
    entity: Entity<'g>,
    reached: &Selection<'g>,
    around: &mut HashMap<Entity<'g>, Vec<Relation<'g>>>,
) -> Neighbor<'g> {
    let path = reached.path_to(entity);
    let own = around.remove(&entity).unwrap_or_default();
    let hops = if own.is_empty() { path.as_ref().map_or(0, Path::hops) } else { 1 };
    let relations = match path {
        Some(path) if own.is_empty() => path.steps().to_vec(),
        _ => own,
    };
    Neighbor { entity, hops, relations }
}

/// Whether a relation has the requested direction, as seen from the start.
fn runs(relation: Relation<'_>, start: Entity<'_>, direction: Direction) -> bool {
    match direction {
        Direction::Both => true,
        _ if relation.kind().is_symmetric() => true,
        Direction::Outgoing => relation.from() == start,
        Direction::Incoming => relation.to() == start,
    }
}

impl<'g> Neighbors<'g> {
    /// That nothing was found.
    fn nothing(&self) -> String {
        format!("nothing that matches {} around {}", nothing::stated(self.start.view()), self.start)
    }

    /// "15,000 entities: PartnersWith 12000, Supplies 3000", by the relations of one hop.
    fn summary(&self, page: &mut Page<'g>) {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for relation in self.rows.iter().filter(|row| row.hops == 1).flat_map(|row| &row.relations) {
            *kinds.entry(relation.kind().name()).or_default() += 1;
        }
        let kinds: Vec<_> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        page.line(&format!("around {}: {} entities ({})", self.start, self.rows.len(), kinds.join(", ")));
        page.gap();
    }
}

impl<'g> Content<'g> for Neighbors<'g> {
    type Row = Neighbor<'g>;

    fn command(&self) -> &'static str {
        "neighbors"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.nothing());
        }
        for row in &self.rows {
            for (step, relation) in (1..).zip(row.relations.iter().copied()) {
                table.row();
                table.entity("entity", Some(row.entity));
                table.number("hops", Some(row.hops));
                table.number("step", (row.hops > 1).then_some(step));
                table.relation(relation);
                table.reads_text("entity", row.entity.told_name());
                table.reads("hops", Cell::Number(row.hops.to_string()));
                table.reads_relation("relation", relation);
            }
        }
    }

    fn rows(&self) -> &[Neighbor<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(&self.nothing());
        }
        let left_out = page.left_out(self.rows.len());
        if left_out > 0 {
            self.summary(page);
        }
        for row in self.rows.iter().take(self.rows.len() - left_out) {
            if row.hops > 1 {
                page.line(&format!("{} is {} hops away:", row.entity, row.hops));
                page.chain(2, &row.relations);
            } else {
                row.relations.iter().for_each(|relation| page.relation(0, *relation));
            }
        }
        page.say_left_out(0, left_out);
    }
}
