//! What is connected at all.

use serde::Serialize;

use super::{Answer, Column, Content, ENTITY, Page, name};
use crate::analysis::{Components, FindComponents};
use crate::graph::Entity;
use crate::limits::Limits;

const COLUMNS: &[Column] = &[Column::Leaf("size"), Column::Nest("first", ENTITY)];

const MEMBER_COLUMNS: &[Column] =
    &[Column::Leaf("component"), Column::Leaf("size"), Column::Nest("member", ENTITY)];

/// The most entities named per component.
const NAMED: usize = 5;

/// Components, the largest first.
#[derive(Clone, Debug)]
pub struct ComponentRows<'g> {
    rows: Vec<ComponentRow<'g>>,
}

/// A component.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ComponentRow<'g> {
    /// How many entities it has.
    pub size: usize,
    /// The five with the most relations, or all if there are fewer.
    pub first: Vec<Entity<'g>>,
}

/// The members of all components.
#[derive(Clone, Debug)]
pub struct MemberRows<'g> {
    rows: Vec<MemberRow<'g>>,
}

/// An entity as a member of a component.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct MemberRow<'g> {
    /// The number of its component, from 1.
    pub component: usize,
    /// How many entities the component has.
    pub size: usize,
    /// The entity.
    pub member: Entity<'g>,
}

impl<'g> FindComponents<'g> {
    /// The components as an answer, a row for each.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits};
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
    ///     facts: [ Supply(supplier: "b", customer: "d", unsourced: true) ],
    /// )"#)?;
    /// let answer = graph.view().components().answer(&Limits::default());
    /// assert_eq!(answer.rows()[0].size, 2);
    /// assert_eq!(answer.text(&TextOptions::default()), "2  B, D\n1  A\n1  C\n");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(&self, limits: &Limits) -> Answer<'g, ComponentRows<'g>> {
        self.run().answer(limits)
    }
}

impl<'g> Components<'g> {
    /// The components as an answer, a row for each, the largest first.
    #[must_use]
    pub fn answer(&self, limits: &Limits) -> Answer<'g, ComponentRows<'g>> {
        let first = self.most_connected(self.looked_at(limits.rows), NAMED);
        let rows = self.sizes().iter().zip(first).map(|(size, first)| ComponentRow { size: *size, first });
        // Components unknown to the second clock are left out.
        let rows = rows.filter(|row| !row.first.is_empty()).collect();
        Answer::new(self.view(), ComponentRows { rows })
            .outcome(self.outcome())
            .disputed(self.is_disputed())
            .at_most(limits.rows)
    }

    /// How many components, from the largest on, have one more than so many that the second clock knows: one more row
    /// shows that the limit was exceeded.
    fn looked_at(&self, rows: usize) -> usize {
        let mut is_known = vec![false; self.len()];
        for entity in self.view().entities().filter(|entity| entity.is_known()) {
            if let Some(own) = self.of(entity).and_then(|component| is_known.get_mut(component)) {
                *own = true;
            }
        }
        let mut known = is_known.iter().enumerate().filter(|(_, is_known)| **is_known);
        known.nth(rows).map_or(self.len(), |(last, _)| last + 1)
    }

    /// The members of all components as an answer, a row for each: component by component, by id within each.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits};
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [ Supply(supplier: "b", customer: "c", unsourced: true) ],
    /// )"#)?;
    /// let answer = graph.view().components().run().members(&Limits::default());
    /// assert_eq!((answer.rows()[2].component, answer.rows()[2].member.name()), (2, "A"));
    /// assert_eq!(answer.text(&TextOptions::default()), "2 connected:\n  B\n  C\n1 alone:\n  A\n");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn members(&self, limits: &Limits) -> Answer<'g, MemberRows<'g>> {
        let member = |entity: Entity<'g>| {
            let component = self.of(entity)?;
            let size = *self.sizes().get(component)?;
            Some(MemberRow { component: component + 1, size, member: entity })
        };
        let known = self.view().entities().filter(|entity| entity.is_known());
        let mut rows: Vec<MemberRow<'g>> = known.filter_map(member).collect();
        rows.sort_by_key(|row| row.component);
        Answer::new(self.view(), MemberRows { rows })
            .outcome(self.outcome())
            .disputed(self.is_disputed())
            .at_most(limits.rows)
    }
}

impl<'g> Content<'g> for ComponentRows<'g> {
    type Row = ComponentRow<'g>;

    fn command(&self) -> &'static str {
        "components"
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn rows(&self) -> &[ComponentRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// "3  A, B, C", "496321  A, B, C, D, E and 496316 more".
    fn write(&self, page: &mut Page<'g>) {
        let width = self.rows.iter().map(|row| row.size.to_string().len()).max().unwrap_or(0);
        for row in &self.rows {
            let names: Vec<String> = row.first.iter().map(|entity| name(*entity)).collect();
            let more = match row.size - row.first.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            page.line(&format!("{:>width$}  {}{more}", row.size, names.join(", ")));
        }
    }
}

impl<'g> Content<'g> for MemberRows<'g> {
    type Row = MemberRow<'g>;

    fn command(&self) -> &'static str {
        "components"
    }

    fn columns(&self) -> &'static [Column] {
        MEMBER_COLUMNS
    }

    fn rows(&self) -> &[MemberRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// "3 connected:" and a line for each of them; "1 alone:" for an isolated entity.
    fn write(&self, page: &mut Page<'g>) {
        for component in self.rows.chunk_by(|one, other| one.component == other.component) {
            let Some(MemberRow { size, .. }) = component.first() else { continue };
            page.line(&if *size == 1 { "1 alone:".to_owned() } else { format!("{size} connected:") });
            for row in component {
                page.line(&format!("  {}", name(row.member)));
            }
        }
    }
}
