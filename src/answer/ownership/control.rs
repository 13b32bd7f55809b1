//! Whom an entity controls, and who controls it.

use std::sync::Arc;

use serde::Serialize;

use super::control_text::ControlText;
use super::names::several;
use super::own_shares::own_shares;
use super::readings::{Reading, Readings, stakes_in};
use super::share_words::share_words;
use super::terms::cut_by;
use crate::analysis::{Control, Controlled, JointControl, JointlyControls, OwnShares, Ownership, ShareRange};
use crate::answer::{Answer, Column, Content, Page, TableBuilder, ended};
use crate::graph::{Entity, Relation, Right, View};
use crate::limits::Limits;
use crate::model::RelationKind;
use crate::query::Outcome;

const COLUMNS: &[Column] = &[
    Column::One("side"),
    Column::Entity("entity"),
    Column::Range("votes"),
    Column::One("stated"),
    Column::Entity("through"),
];

/// The question whom an entity controls, and who controls it.
///
/// ```
/// use keiretsu::Graph;
/// use keiretsu::answer::{ControlQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(
///     people: { "ann": (name: "Ann") }, companies: { "acme": (name: "Acme") },
///     facts: [ Ownership(owner: "ann", owned: "acme", share: "60%", unsourced: true) ],
/// )"#)?;
/// let answer = ControlQuestion::of(graph.view().find("Ann")?).answer();
/// assert_eq!(answer.rows()[0].controls[0].entity.name(), "Acme");
/// assert!(answer.text(&TextOptions::default()).starts_with("Ann controls:\n  Acme (60% of the votes)\n"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct ControlQuestion<'g> {
    entity: Entity<'g>,
    /// What is known of who owns what; none if that is to be found out.
    known: Option<Ownership<'g>>,
    limits: Limits,
}

/// Who controls whom, around one entity.
#[derive(Clone, Debug)]
pub struct ControlRows<'g> {
    rows: Vec<ControlRow<'g>>,
    text: ControlText<'g>,
}

/// Whom an entity controls, and who controls it: the only row of its answer.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ControlRow<'g> {
    /// Whom it certainly controls.
    pub controls: Vec<ControlSide<'g>>,
    /// Who certainly controls it.
    pub controlled_by: Vec<ControlSide<'g>>,
    /// Whom it possibly controls.
    pub may_control: Vec<ControlSide<'g>>,
    /// Who possibly controls it.
    pub may_be_controlled_by: Vec<ControlSide<'g>>,
    /// Those who control it and whom nobody controls.
    pub ultimate_parents: Vec<Entity<'g>>,
    /// Those who control it together, and none alone.
    pub jointly_controlled_by: Vec<ControlledTogether<'g>>,
    /// Whom it controls together with others, and not alone.
    pub jointly_controls: Vec<ControlsWith<'g>>,
    /// Other readings of the stakes that give the votes; these are not added.
    pub other_readings: Vec<Reading<'g>>,
    /// Shares that companies hold of themselves, which have no vote.
    pub own_shares: Vec<OwnShares<'g>>,
    /// The analysis; not in the JSON.
    #[serde(skip)]
    pub control: Control<'g>,
}

/// A controlling or controlled entity: by how many votes, and whether control is stated.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ControlSide<'g> {
    /// The entity.
    #[serde(flatten)]
    pub entity: Entity<'g>,
    /// The votes that the controlling group commands.
    pub votes: ShareRange,
    /// Whether a fact states that it is controlled.
    pub stated: bool,
}

/// Entities that control jointly but not alone.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ControlledTogether<'g> {
    /// Who they are.
    pub controllers: Vec<Entity<'g>>,
    /// The company through which they do, if it is not this one.
    pub through: Option<Entity<'g>>,
    /// Whether it is so for every way to fill in what is not disclosed.
    pub certain: bool,
}

/// Something controlled jointly with others.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct ControlsWith<'g> {
    /// The others.
    pub with: Vec<Entity<'g>>,
    /// What they control.
    pub controls: Vec<ControlSide<'g>>,
    /// Whether it is so for every way to fill in what is not disclosed.
    pub certain: bool,
}

impl<'g> From<&Controlled<'g>> for ControlSide<'g> {
    fn from(one: &Controlled<'g>) -> Self {
        Self { entity: one.entity, votes: one.votes.clone(), stated: !one.stated_by.is_empty() }
    }
}

impl<'g> From<&JointControl<'g>> for ControlledTogether<'g> {
    fn from(one: &JointControl<'g>) -> Self {
        Self { controllers: one.controllers.clone(), through: one.through, certain: one.is_certain }
    }
}

impl<'g> From<&JointlyControls<'g>> for ControlsWith<'g> {
    fn from(one: &JointlyControls<'g>) -> Self {
        let controls = one.controls.iter().map(ControlSide::from).collect();
        Self { with: one.with.clone(), controls, certain: one.is_certain }
    }
}

impl<'g> From<Control<'g>> for ControlRow<'g> {
    fn from(control: Control<'g>) -> Self {
        let sides = |list: &[Controlled<'g>], certain: bool| {
            list.iter().filter(|one| one.is_certain == certain).map(ControlSide::from).collect()
        };
        Self {
            controls: sides(&control.controls, true),
            controlled_by: sides(&control.controlled_by, true),
            may_control: sides(&control.controls, false),
            may_be_controlled_by: sides(&control.controlled_by, false),
            ultimate_parents: control.ultimate.clone(),
            jointly_controlled_by: control.jointly_controlled_by.iter().map(Into::into).collect(),
            jointly_controls: control.jointly_controls.iter().map(Into::into).collect(),
            other_readings: Vec::new(),
            own_shares: Vec::new(),
            control,
        }
    }
}

impl<'g> ControlQuestion<'g> {
    /// Of this entity.
    pub fn of(entity: Entity<'g>) -> Self {
        Self { entity, known: None, limits: Limits::default() }
    }

    /// Uses this ownership and its view, which saves reading all stakes again: see
    /// [`KeptOwnership`](crate::KeptOwnership).
    pub fn using(self, ownership: &Ownership<'g>) -> Self {
        let entity = ownership.view().adopt(self.entity).unwrap_or(self.entity);
        Self { entity, known: Some(ownership.clone()), ..self }
    }

    /// Bounds the search and the rows.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Both sides; of a view of what is certain, without those who possibly control.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, ControlRows<'g>> {
        let Self { entity, known, limits } = self;
        let entity = entity.everywhere();
        let view = entity.view();
        let ownership = known.clone().unwrap_or_else(|| view.ownership()).within(limits);
        let mut control = ownership.control(entity);
        let is_open_above = control.controlled_by.iter().any(|one| !one.is_certain);
        list(&mut control, view);
        if view.is_only_certain() {
            control.controls.retain(|one| one.is_certain);
            control.controlled_by.retain(|one| one.is_certain);
            control.jointly_controlled_by.retain(|one| one.is_certain);
            control.jointly_controls.retain(|one| one.is_certain);
        }
        let is_of_control = |relation: &Relation<'_>| {
            let kinds = [RelationKind::OwnsShareOf, RelationKind::Controls, RelationKind::IsParentOf];
            kinds.contains(&relation.kind())
        };
        let ended = ended::left_out(view, entity.relations().filter(is_of_control), "relation");
        let disputed = is_disputed(&control);
        let outcome = if control.is_cut { cut_by(limits) } else { Outcome::Complete };
        let row = row(&ownership, entity, control);
        let text = ControlText { ownership: Arc::new(ownership), entity, is_open_above };
        Answer::new(view, ControlRows { rows: vec![row], text })
            .outcome(outcome)
            .disputed(disputed)
            .note(ended)
            .at_most(limits.rows)
    }
}

/// Keeps those that the view's filter lists.
fn list(control: &mut Control<'_>, view: View<'_>) {
    control.controls.retain(|one| view.lists(one.entity));
    control.controlled_by.retain(|one| view.lists(one.entity));
    control.ultimate.retain(|parent| view.lists(*parent));
    control.jointly_controlled_by.retain(|one| one.controllers.iter().any(|owner| view.lists(*owner)));
    for one in &mut control.jointly_controls {
        one.controls.retain(|controlled| view.lists(controlled.entity));
    }
    control.jointly_controls.retain(|one| !one.controls.is_empty());
}

/// Whether any fact that control may rest on is disputed.
fn is_disputed(control: &Control<'_>) -> bool {
    let jointly = control.jointly_controls.iter().flat_map(|one| &one.controls);
    let all = control.controls.iter().chain(&control.controlled_by).chain(jointly);
    let stated = all.flat_map(|one| &one.stated_by);
    let together = control.jointly_controlled_by.iter().flat_map(|one| &one.stated_by);
    stated.chain(together).chain(&control.stakes).any(|relation| relation.is_disputed())
}

/// The row, with what is not added and what has no vote.
fn row<'g>(ownership: &Ownership<'g>, entity: Entity<'g>, control: Control<'g>) -> ControlRow<'g> {
    // Together these may have given control, so those of the entity itself, and of all who control it, are listed
    // even if they give none.
    let mut own: Vec<Relation<'g>> =
        entity.relations().filter(|relation| relation.kind() == RelationKind::OwnsShareOf).collect();
    own.extend(control.controlled_by.iter().flat_map(|one| stakes_in(one.entity)));
    let other_readings = Readings::default().beside(own.iter().chain(&control.stakes), Right::Votes);
    let above = control.controlled_by.iter().map(|one| one.entity);
    let companies = control.stakes.iter().map(|stake| stake.to()).chain(above);
    let own_shares = own_shares(ownership, companies.chain([entity]));
    ControlRow { other_readings, own_shares, ..ControlRow::from(control) }
}

impl<'g> Content<'g> for ControlRows<'g> {
    type Row = ControlRow<'g>;

    fn command(&self) -> &'static str {
        "control"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for row in &self.rows {
            let sides = [
                ("controls", &row.controls),
                ("controlled_by", &row.controlled_by),
                ("may_control", &row.may_control),
                ("may_be_controlled_by", &row.may_be_controlled_by),
            ];
            for (side, one) in
                sides.into_iter().flat_map(|(side, all)| all.iter().map(move |one| (side, one)))
            {
                fill(side, Some(one), &[], None, table);
            }
            for parent in &row.ultimate_parents {
                table.row();
                table.text("side", Some("ultimate_parent"));
                table.entity("entity", Some(*parent));
                table.reads_text("side", "ultimate parent");
                table.reads_text("entity", parent.told_name());
            }
            for together in &row.jointly_controlled_by {
                fill(
                    jointly("jointly_controlled_by", together.certain),
                    None,
                    &together.controllers,
                    together.through,
                    table,
                );
            }
            for with in &row.jointly_controls {
                let side = jointly("jointly_controls", with.certain);
                with.controls.iter().for_each(|one| fill(side, Some(one), &with.with, None, table));
            }
        }
        let is_empty = self.count() == 0;
        table.remarks_of(|page| {
            self.rows.iter().for_each(|row| match is_empty {
                true => self.text.write(row, page),
                false => self.text.notes(row, page),
            });
        });
    }

    fn rows(&self) -> &[ControlRow<'g>] {
        &self.rows
    }

    fn count(&self) -> usize {
        let joint = |row: &ControlRow<'_>| row.jointly_controlled_by.len() + row.jointly_controls.len();
        let alone = |row: &ControlRow<'_>| row.control.controls.len() + row.control.controlled_by.len();
        self.rows.iter().map(|row| joint(row) + alone(row)).sum()
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        self.rows.iter().for_each(|row| self.text.write(row, page));
    }
}

/// The side of those who do so together.
fn jointly(side: &'static str, certain: bool) -> &'static str {
    match (side, certain) {
        (side, true) => side,
        ("jointly_controls", false) => "may_jointly_control",
        (_, false) => "may_be_jointly_controlled_by",
    }
}

/// A row: who is controlled or controls, by how many votes, with whom.
fn fill<'g>(
    side: &'static str,
    one: Option<&ControlSide<'g>>,
    with: &[Entity<'g>],
    through: Option<Entity<'g>>,
    table: &mut TableBuilder<'g>,
) {
    table.row();
    table.text("side", Some(side));
    table.entity("entity", one.map(|one| one.entity));
    table.share_range("votes", one.map(|one| &one.votes));
    table.flag("stated", one.map(|one| one.stated));
    table.entities("with", with);
    table.entity("through", through);
    table.reads_text("side", side.replace('_', " "));
    table.reads_text("entity", one.map_or_else(String::new, |one| one.entity.told_name().into_owned()));
    table.reads_text("with", several(with, |one| one.told_name().into_owned()));
    table.reads_text("through", through.map_or_else(String::new, |one| one.told_name().into_owned()));
    table.reads_text("votes", one.map_or_else(String::new, |one| share_words(&one.votes)));
    table.reads_text("stated", if one.is_some_and(|one| one.stated) { "yes" } else { "" });
}
