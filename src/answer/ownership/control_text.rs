//! How control reads.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::control::ControlRow;
use super::names::several;
use super::own_shares::note as note_own_shares;
use super::reading_notes::note as note_readings;
use crate::analysis::{Control, Controlled, Ownership};
use crate::answer::{Page, name};
use crate::graph::{Entity, Relation, has_ended};
use crate::model::RelationKind;

/// What the text of an answer tells besides the row.
#[derive(Clone, Debug)]
pub(super) struct ControlText<'g> {
    /// Finds the stakes behind the votes, if they are asked for.
    pub(super) ownership: Arc<Ownership<'g>>,
    pub(super) entity: Entity<'g>,
    /// Whether somebody may control it who would then rank above the certain ones.
    pub(super) is_open_above: bool,
}

impl<'g> ControlText<'g> {
    pub(super) fn write(&self, row: &ControlRow<'g>, page: &mut Page<'g>) {
        self.controls(&row.control, page);
        self.jointly_controls(&row.control, page);
        self.controlled_by(&row.control, page);
        self.notes(row, page);
    }

    /// What is said below.
    pub(super) fn notes(&self, row: &ControlRow<'g>, page: &mut Page<'g>) {
        note_own_shares(&row.own_shares, page);
        note_readings(&row.other_readings, page);
    }

    fn controls(&self, control: &Control<'g>, page: &mut Page<'g>) {
        let below = Below::of(control, page);
        if control.controls.is_empty() && !control.jointly_controls.is_empty() {
            return;
        }
        if control.controls.is_empty() {
            return page.line(&format!("{} is not known to control anybody", name(self.entity)));
        }
        let is_certain = control.controls.iter().any(|one| one.is_certain);
        let verb = if is_certain { "controls" } else { "may control" };
        page.line(&format!("{} {verb}:", name(self.entity)));
        for one in &control.controls {
            let possibly = if one.is_certain || !is_certain { "" } else { "possibly " };
            page.line(&format!("  {possibly}{}{}", name(one.entity), how(one)));
            let stakes = || with_the_way(self.entity, one, one.entity, below.stakes(one), &control.controls);
            why(one, stakes, page);
        }
    }

    fn jointly_controls(&self, control: &Control<'g>, page: &mut Page<'g>) {
        let stakes = Below::of(control, page);
        for one in &control.jointly_controls {
            let others = several(&one.with, name);
            let possibly = if one.is_certain { "" } else { "possibly " };
            page.line(&format!(
                "{} {possibly}controls together with {others}, but not alone:",
                name(self.entity)
            ));
            for below in &one.controls {
                page.line(&format!("  {}{}", name(below.entity), how(below)));
                why(below, || stakes.stakes(below), page);
            }
        }
    }

    fn controlled_by(&self, control: &Control<'g>, page: &mut Page<'g>) {
        for together in &control.jointly_controlled_by {
            let possibly = if together.is_certain { "" } else { "possibly " };
            let through = together.through.map(|one| format!(" through {}", name(one))).unwrap_or_default();
            page.line(&format!(
                "{} is {possibly}controlled by {} together{through}, but by none alone",
                name(self.entity),
                several(&together.controllers, name)
            ));
            if page.asks_why() {
                for relation in &together.stated_by {
                    page.relation(6, *relation);
                }
            }
        }
        if control.controlled_by.is_empty() {
            if control.jointly_controlled_by.is_empty() {
                page.line(&format!("nobody is known to control {}", name(self.entity)));
            }
            return;
        }
        let is_certain = control.controlled_by.iter().any(|one| one.is_certain);
        let verb = if is_certain { "is controlled by" } else { "may be controlled by" };
        page.line(&format!("{} {verb}:", name(self.entity)));
        let votes = page.asks_why().then(|| self.ownership.votes_in(self.entity));
        let ultimate_parents: HashSet<Entity<'_>> = control.ultimate.iter().copied().collect();
        for one in &control.controlled_by {
            let possibly = if one.is_certain || !is_certain { "" } else { "possibly " };
            let ultimate = match ultimate_parents.contains(&one.entity) {
                true if self.is_open_above => ", its ultimate parent as far as is certain",
                true => ", its ultimate parent",
                false => "",
            };
            page.line(&format!("  {possibly}{}{}{ultimate}", name(one.entity), how(one)));
            let stakes = || votes.as_ref().map(|votes| votes.of(one.entity)).unwrap_or_default();
            let all = || with_the_way(one.entity, one, self.entity, stakes(), &control.controlled_by);
            why(one, all, page);
        }
    }
}

/// The stakes in each controlled entity, if they are asked for.
struct Below<'g>(HashMap<Entity<'g>, Vec<Relation<'g>>>);

impl<'g> Below<'g> {
    fn of(control: &Control<'g>, page: &Page<'g>) -> Self {
        let mut stakes: HashMap<Entity<'g>, Vec<Relation<'g>>> = HashMap::new();
        for stake in control.stakes.iter().filter(|_| page.asks_why()) {
            stakes.entry(stake.to()).or_default().push(*stake);
        }
        Self(stakes)
    }

    fn stakes(&self, one: &Controlled<'g>) -> Vec<Relation<'g>> {
        self.0.get(&one.entity).cloned().unwrap_or_default()
    }
}

/// Stakes in a company, with the statements of control by which somebody commands their holders, who are in its group.
fn with_the_way<'g>(
    root: Entity<'g>,
    one: &Controlled<'g>,
    company: Entity<'g>,
    stakes: Vec<Relation<'g>>,
    group: &[Controlled<'g>],
) -> Vec<Relation<'g>> {
    if !one.stated_by.is_empty() {
        return stakes;
    }
    let members: HashSet<Entity<'g>> = group.iter().map(|one| one.entity).chain([root]).collect();
    let mut seen = HashSet::from([root, company]);
    let mut open: Vec<Entity<'g>> = stakes.iter().map(|stake| stake.from()).collect();
    let mut above: HashMap<Entity<'g>, Vec<Relation<'g>>> = HashMap::new();
    while let Some(holder) = open.pop() {
        if !members.contains(&holder) || !seen.insert(holder) {
            continue;
        }
        let is_over = |relation: &Relation<'g>| relation.view().date().is_none() && has_ended(*relation);
        for relation in holder.relations().filter(|own| own.to() == holder && own.counts() && !is_over(own)) {
            let from = relation.from();
            let is_command = matches!(relation.kind(), RelationKind::Controls | RelationKind::OwnsShareOf);
            if is_command && from != company && members.contains(&from) {
                above.entry(from).or_default().push(relation.as_stored());
                open.push(from);
            }
        }
    }
    // Of what is above the holders, only what the root commands.
    let mut statements = Vec::new();
    let mut open = vec![root];
    while let Some(one) = open.pop() {
        let below = above.remove(&one).unwrap_or_default();
        open.extend(below.iter().map(|relation| relation.to()));
        statements.extend(below.into_iter().filter(|relation| relation.kind() == RelationKind::Controls));
    }
    statements.into_iter().chain(stakes).collect()
}

/// The facts: statements of control, and the votes of the group.
fn why<'g>(one: &Controlled<'g>, stakes: impl FnOnce() -> Vec<Relation<'g>>, page: &mut Page<'g>) {
    if page.asks_why() {
        for relation in one.stated_by.iter().copied().chain(stakes()) {
            page.relation(6, relation);
        }
    }
}

/// " (55% of the votes)", " (stated)".
fn how(one: &Controlled<'_>) -> String {
    let votes = (!one.votes.high().is_zero()).then(|| {
        if one.votes.is_unknown() {
            "share of the votes unknown".to_owned()
        } else {
            format!("{} of the votes", one.votes)
        }
    });
    let stated = (!one.stated_by.is_empty()).then(|| "stated".to_owned());
    let parts: Vec<String> = stated.into_iter().chain(votes).collect();
    match parts.is_empty() {
        true => " (through its group)".to_owned(),
        false => format!(" ({})", parts.join(", ")),
    }
}
