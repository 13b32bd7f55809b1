//! What is connected at all.

use serde::Serialize;

use super::{Answer, Cell, Column, Content, Page, TableBuilder, name};
use crate::analysis::{Components, FindComponents};
use crate::graph::Entity;
use crate::limits::Limits;

const MEMBERS: &[Column] = &[Column::One("component"), Column::One("size"), Column::Entity("member")];

const COLUMNS: &[Column] = &[Column::One("component"), Column::One("size")];

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

impl<'g> ComponentRow<'g> {
    /// "A, B, C, D, E and 496316 more".
    fn told(&self, name: impl Fn(Entity<'g>) -> String) -> String {
        let names: Vec<String> = self.first.iter().map(|entity| name(*entity)).collect();
        let more = match self.size - self.first.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}{more}", names.join(", "))
    }
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

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for (number, row) in (1..).zip(&self.rows) {
            table.row();
            table.number("component", Some(number));
            table.number("size", Some(row.size));
            table.entities("first", &row.first);
            table.reads("size", Cell::Number(row.size.to_string()));
            table.reads_text("members", row.told(|entity| entity.told_name().into_owned()));
        }
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
            page.line(&format!("{:>width$}  {}", row.size, row.told(name)));
        }
    }
}

impl<'g> Content<'g> for MemberRows<'g> {
    type Row = MemberRow<'g>;

    fn command(&self) -> &'static str {
        "components"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(MEMBERS);
        for row in &self.rows {
            table.row();
            table.number("component", Some(row.component));
            table.number("size", Some(row.size));
            table.entity("member", Some(row.member));
            table.reads("component", Cell::Number(row.component.to_string()));
            table.reads("size", Cell::Number(row.size.to_string()));
            table.reads_text("member", row.member.told_name());
        }
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
