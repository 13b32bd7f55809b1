//! `keiretsu control`

use std::collections::{HashMap, HashSet};

use keiretsu::{
    Control, Controlled, Entity, Outcome, Ownership, Relation, RelationKind, Right, ShareRange, StoppedBy,
};
use serde::Serialize;

use super::entity_names::several;
use super::own_shares::{OWN, Own, note as note_own_shares, own_shares};
use super::reading_notes::{READING, note as note_readings};
use super::readings::{Reading, Readings, stakes_in};
use crate::failure::Failure;
use crate::output::{Answer, Column, ENTITY, Page, SHARE, name, note_ended};
use crate::session::{Session, organisation};

const COLUMNS: &[Column] = &[
    Column::Nest("controls", SIDE),
    Column::Nest("controlled_by", SIDE),
    Column::Nest("may_control", SIDE),
    Column::Nest("may_be_controlled_by", SIDE),
    Column::Nest("ultimate_parents", ENTITY),
    Column::Nest("jointly_controlled_by", TOGETHER),
    Column::Nest("jointly_controls", WITH),
    Column::Nest("other_readings", READING),
    Column::Nest("own_shares", OWN),
];

const SIDE: &[Column] = &[
    Column::Leaf("id"),
    Column::Leaf("kind"),
    Column::Leaf("name"),
    Column::Nest("votes", SHARE),
    Column::Leaf("stated"),
];

const TOGETHER: &[Column] =
    &[Column::Nest("controllers", ENTITY), Column::Nest("through", ENTITY), Column::Leaf("certain")];

const WITH: &[Column] =
    &[Column::Nest("with", ENTITY), Column::Nest("controls", SIDE), Column::Leaf("certain")];

/// Entities that control jointly but not alone, and the company through which they do, if it is not this one.
#[derive(Serialize)]
struct Together<'g> {
    controllers: Vec<Entity<'g>>,
    through: Option<Entity<'g>>,
    certain: bool,
}

/// Something controlled jointly with others.
#[derive(Serialize)]
struct With<'g> {
    with: Vec<Entity<'g>>,
    controls: Vec<Side<'g>>,
    certain: bool,
}

/// A controlling or controlled entity: by how many votes, and whether control is stated.
#[derive(Serialize)]
struct Side<'g> {
    #[serde(flatten)]
    entity: Entity<'g>,
    votes: ShareRange,
    stated: bool,
}

#[derive(Serialize)]
struct Row<'g> {
    controls: Vec<Side<'g>>,
    controlled_by: Vec<Side<'g>>,
    may_control: Vec<Side<'g>>,
    may_be_controlled_by: Vec<Side<'g>>,
    ultimate_parents: Vec<Entity<'g>>,
    jointly_controlled_by: Vec<Together<'g>>,
    jointly_controls: Vec<With<'g>>,
    /// Other readings of the stakes that give the votes; these are not added.
    other_readings: Vec<Reading<'g>>,
    /// Shares that companies hold of themselves, which have no vote.
    own_shares: Vec<Own<'g>>,
    #[serde(skip)]
    control: Control<'g>,
}

impl<'g> From<Control<'g>> for Row<'g> {
    fn from(control: Control<'g>) -> Self {
        let side = |one: &Controlled<'g>| Side {
            entity: one.entity,
            votes: one.votes.clone(),
            stated: !one.stated_by.is_empty(),
        };
        let sides = |list: &[Controlled<'g>], certain: bool| {
            list.iter().filter(|one| one.is_certain == certain).map(side).collect()
        };
        Self {
            controls: sides(&control.controls, true),
            controlled_by: sides(&control.controlled_by, true),
            may_control: sides(&control.controls, false),
            may_be_controlled_by: sides(&control.controlled_by, false),
            ultimate_parents: control.ultimate.clone(),
            jointly_controlled_by: control
                .jointly_controlled_by
                .iter()
                .map(|one| Together {
                    controllers: one.controllers.clone(),
                    through: one.through,
                    certain: one.is_certain,
                })
                .collect(),
            jointly_controls: control
                .jointly_controls
                .iter()
                .map(|one| With {
                    with: one.with.clone(),
                    controls: one.controls.iter().map(side).collect(),
                    certain: one.is_certain,
                })
                .collect(),
            other_readings: Vec::new(),
            own_shares: Vec::new(),
            control,
        }
    }
}

pub(crate) fn run(session: &Session, wanted: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let entity = organisation(view, wanted)?;
    let ownership = view.ownership().within(&session.limits);
    let mut control = ownership.control(entity);
    let is_open_above = control.controlled_by.iter().any(|one| !one.is_certain);
    if session.options.certain {
        control.controls.retain(|one| one.is_certain);
        control.controlled_by.retain(|one| one.is_certain);
        control.jointly_controlled_by.retain(|one| one.is_certain);
        control.jointly_controls.retain(|one| one.is_certain);
    }
    let is_of_control = |relation: &Relation<'_>| {
        let kinds = [RelationKind::OwnsShareOf, RelationKind::Controls, RelationKind::IsParentOf];
        kinds.contains(&relation.kind())
    };
    note_ended(view, entity.relations().filter(is_of_control));
    let mut row = Row::from(control);
    let text = Text { ownership: &ownership, entity, is_open_above };
    let control = &row.control;
    let all = || {
        let jointly = control.jointly_controls.iter().flat_map(|one| &one.controls);
        control.controls.iter().chain(&control.controlled_by).chain(jointly)
    };
    let stated = all().flat_map(|one| &one.stated_by);
    let together = control.jointly_controlled_by.iter().flat_map(|one| &one.stated_by);
    let disputed = stated.chain(together).chain(&control.stakes).any(|relation| relation.is_disputed());
    // Together these may have given control, so those of the entity itself, and of all who control it, are listed
    // even if they give none.
    let mut own: Vec<Relation<'_>> =
        entity.relations().filter(|relation| relation.kind() == RelationKind::OwnsShareOf).collect();
    own.extend(control.controlled_by.iter().flat_map(|one| stakes_in(one.entity)));
    row.other_readings = Readings::default().beside(own.iter().chain(&control.stakes), Right::Votes);
    let above = control.controlled_by.iter().map(|one| one.entity);
    let companies = control.stakes.iter().map(|stake| stake.to()).chain(above);
    row.own_shares = own_shares(&ownership, companies.chain([entity]));
    let outcome = if control.is_cut { Outcome::Stopped(StoppedBy::Steps) } else { Outcome::Complete };
    let answer = Answer::new("control", COLUMNS, vec![row]).disputed(disputed).outcome(outcome);
    answer.print(session, |rows, page| {
        for row in rows {
            text.controls(&row.control, page);
            text.jointly_controls(&row.control, page);
            text.controlled_by(&row.control, page);
            note_own_shares(&row.own_shares, page);
            note_readings(&row.other_readings, page);
        }
    })
}

struct Text<'a, 'g> {
    ownership: &'a Ownership<'g>,
    entity: Entity<'g>,
    /// Whether somebody may control it who would then rank above the certain ones.
    is_open_above: bool,
}

impl<'g> Text<'_, 'g> {
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
            why(one, || below.stakes(one), page);
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
            why(one, || votes.as_ref().map(|votes| votes.of(one.entity)).unwrap_or_default(), page);
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
    let votes = (!one.votes.high().is_zero()).then(|| format!("{} of the votes", one.votes));
    let stated = (!one.stated_by.is_empty()).then(|| "stated".to_owned());
    let parts: Vec<String> = stated.into_iter().chain(votes).collect();
    match parts.is_empty() {
        true => " (through its group)".to_owned(),
        false => format!(" ({})", parts.join(", ")),
    }
}
