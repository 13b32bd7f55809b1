//! `keiretsu control`

use keiretsu::{Control, Controlled, Entity, Ownership, Relation, RelationKind, Right, ShareRange};
use serde::Serialize;

use super::ended;
use super::readings::{READING, Reading, Readings, note as note_readings, stakes_in};
use crate::failure::Failure;
use crate::output::{Answer, Column, ENTITY, Page, SHARE, name};
use crate::session::{Session, organisation};

const COLUMNS: &[Column] = &[
    Column::Nest("controls", SIDE),
    Column::Nest("controlled_by", SIDE),
    Column::Nest("may_control", SIDE),
    Column::Nest("may_be_controlled_by", SIDE),
    Column::Nest("ultimate_parents", ENTITY),
    Column::Nest("jointly_controlled_by", ENTITY),
    Column::Nest("other_readings", READING),
];

const SIDE: &[Column] = &[
    Column::Leaf("id"),
    Column::Leaf("kind"),
    Column::Leaf("name"),
    Column::Nest("votes", SHARE),
    Column::Leaf("stated"),
];

/// Who controls or is controlled, by how many votes, and whether somebody says so.
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
    jointly_controlled_by: Vec<Vec<Entity<'g>>>,
    /// What is stated about the stakes that give the votes and not added.
    other_readings: Vec<Reading<'g>>,
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
        let told = |list: &[Controlled<'g>], certain: bool| {
            list.iter().filter(|one| one.is_certain == certain).map(side).collect()
        };
        Self {
            controls: told(&control.controls, true),
            controlled_by: told(&control.controlled_by, true),
            may_control: told(&control.controls, false),
            may_be_controlled_by: told(&control.controlled_by, false),
            ultimate_parents: control.ultimate.clone(),
            jointly_controlled_by: control.jointly_controlled_by.clone(),
            other_readings: Vec::new(),
            control,
        }
    }
}

pub(crate) fn run(session: &Session, wanted: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let entity = organisation(view, wanted)?;
    let ownership = Ownership::new(view);
    let mut control = ownership.control(entity);
    let is_open_above = control.controlled_by.iter().any(|one| !one.is_certain);
    if session.options.certain {
        control.controls.retain(|one| one.is_certain);
        control.controlled_by.retain(|one| one.is_certain);
    }
    let is_of_control = |relation: &Relation<'_>| {
        let kinds = [RelationKind::OwnsShareOf, RelationKind::Controls, RelationKind::IsParentOf];
        kinds.contains(&relation.kind())
    };
    ended::hint(session, entity.relations().filter(is_of_control));
    let mut row = Row::from(control);
    let text = Text { ownership: &ownership, entity, is_open_above };
    let control = &row.control;
    let below = control.controls.iter().flat_map(|one| text.votes(entity, one.entity));
    let above = control.controlled_by.iter().flat_map(|one| text.votes(one.entity, entity));
    let votes: Vec<Relation<'_>> = below.chain(above).collect();
    let stated = control.controls.iter().chain(&control.controlled_by).flat_map(|one| &one.stated_by);
    let disputed = stated.chain(&votes).any(|relation| relation.is_disputed());
    // Together they may have given control, so those of the entity itself, and in all who control it, are told though they
    // give none.
    let mut own: Vec<Relation<'_>> =
        entity.relations().filter(|relation| relation.kind() == RelationKind::OwnsShareOf).collect();
    own.extend(control.controlled_by.iter().flat_map(|one| stakes_in(one.entity)));
    row.other_readings = Readings::default().beside(own.iter().chain(&votes), Right::Votes);
    Answer::new("control", COLUMNS, vec![row]).disputed(disputed).print(session, |rows, page| {
        for row in rows {
            text.controls(&row.control, page);
            text.controlled_by(&row.control, page);
            note_readings(&row.other_readings, page);
        }
    })
}

struct Text<'a, 'g> {
    ownership: &'a Ownership<'g>,
    entity: Entity<'g>,
    /// Whether somebody possibly controls it, who may then stand above those who surely do.
    is_open_above: bool,
}

impl<'g> Text<'_, 'g> {
    fn controls(&self, control: &Control<'g>, page: &mut Page<'g>) {
        if control.controls.is_empty() {
            return page.line(&format!("{} is not known to control anybody", name(self.entity)));
        }
        let is_certain = control.controls.iter().any(|one| one.is_certain);
        let verb = if is_certain { "controls" } else { "may control" };
        page.line(&format!("{} {verb}:", name(self.entity)));
        for one in &control.controls {
            let possibly = if one.is_certain || !is_certain { "" } else { "possibly " };
            page.line(&format!("  {possibly}{}{}", name(one.entity), how(one)));
            self.why(self.entity, one.entity, one, page);
        }
    }

    fn controlled_by(&self, control: &Control<'g>, page: &mut Page<'g>) {
        for together in &control.jointly_controlled_by {
            let names: Vec<String> = together.iter().map(|one| name(*one)).collect();
            page.line(&format!(
                "{} is controlled by {} together, and by none alone",
                name(self.entity),
                names.join(" and ")
            ));
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
        for one in &control.controlled_by {
            let possibly = if one.is_certain || !is_certain { "" } else { "possibly " };
            let ultimate = match control.ultimate.contains(&one.entity) {
                true if self.is_open_above => ", its ultimate parent as far as is certain",
                true => ", its ultimate parent",
                false => "",
            };
            page.line(&format!("  {possibly}{}{}{ultimate}", name(one.entity), how(one)));
            self.why(one.entity, self.entity, one, page);
        }
    }

    /// The facts: statements of control, and the votes of the group.
    fn why(&self, controller: Entity<'g>, controlled: Entity<'g>, one: &Controlled<'g>, page: &mut Page<'g>) {
        if page.asks_why() {
            let votes = self.votes(controller, controlled);
            for relation in one.stated_by.iter().copied().chain(votes) {
                page.relation(6, relation);
            }
        }
    }

    /// The stakes of a group in a company.
    fn votes(&self, controller: Entity<'g>, company: Entity<'g>) -> Vec<Relation<'g>> {
        let group = self.ownership.control(controller).controls;
        let members = std::iter::once(controller).chain(group.iter().map(|one| one.entity));
        members.flat_map(|member| self.ownership.stated(Right::Votes, member, company).to_vec()).collect()
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
