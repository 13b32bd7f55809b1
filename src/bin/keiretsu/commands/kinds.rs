//! `keiretsu kinds`

use keiretsu::FactKind;
use keiretsu::vocabulary::{AttributeRow, AttributeType, FactRow, RELATIONS, RoleRow};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Answer, Column, Page};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::Leaf("kind"),
    Column::Leaf("family"),
    Column::Leaf("meaning"),
    Column::Leaf("event"),
    Column::Leaf("deal"),
    Column::Leaf("roles"),
    Column::Leaf("attributes"),
    Column::Leaf("relations"),
];

#[derive(Serialize)]
struct Row {
    kind: FactKind,
    family: &'static str,
    meaning: &'static str,
    event: bool,
    deal: bool,
    roles: Vec<RoleCell>,
    attributes: Vec<AttributeCell>,
    relations: Vec<RelationCell>,
}

#[derive(Serialize)]
struct RoleCell {
    name: &'static str,
    required: bool,
    several: bool,
    accepts: Vec<&'static str>,
}

#[derive(Serialize)]
struct AttributeCell {
    name: &'static str,
    values: Vec<&'static str>,
}

#[derive(Serialize)]
struct RelationCell {
    name: &'static str,
    label: &'static str,
    inverse: &'static str,
    symmetric: bool,
}

impl From<&FactRow> for Row {
    fn from(row: &FactRow) -> Self {
        let relation = |projection: &keiretsu::vocabulary::Projection| {
            let row = projection.kind().row();
            RelationCell {
                name: row.kind.name(),
                label: row.label,
                inverse: row.inverse,
                symmetric: row.symmetric,
            }
        };
        Self {
            kind: row.kind,
            family: row.family.name(),
            meaning: row.meaning,
            event: row.event,
            deal: row.deal,
            roles: row.roles.iter().map(role).collect(),
            attributes: row.attributes.iter().map(attribute).collect(),
            relations: row.projections.iter().map(relation).collect(),
        }
    }
}

fn role(row: &RoleRow) -> RoleCell {
    RoleCell {
        name: row.role.name(),
        required: row.required,
        several: row.many,
        accepts: row.accepts.iter().map(|kind| kind.name()).collect(),
    }
}

fn attribute(row: &AttributeRow) -> AttributeCell {
    let values = match row.values {
        AttributeType::Text => vec!["text"],
        AttributeType::Share => vec!["share"],
        AttributeType::Flag => vec!["true", "false"],
        AttributeType::Choice(words) => words.iter().map(|word| word.name).collect(),
        _ => Vec::new(),
    };
    AttributeCell { name: row.attribute.name(), values }
}

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let rows: Vec<Row> = FactKind::ALL.iter().map(|kind| Row::from(kind.row())).collect();
    Answer::new("kinds", COLUMNS, rows).print(session, text)
}

/// Three lines per kind: its meaning, its fields, its relations.
fn text(rows: &[Row], page: &mut Page<'_>) {
    for row in rows {
        page.line(&format!("{}: {}", row.kind, row.meaning));
        let roles = row.roles.iter().map(|role| {
            let optional = if role.required { "" } else { "?" };
            let several = if role.several { "*" } else { "" };
            format!("{}{optional}{several}", role.name)
        });
        page.line(&format!("    roles: {}", roles.collect::<Vec<_>>().join(", ")));
        if !row.attributes.is_empty() {
            let attributes = row.attributes.iter().map(|attribute| match attribute.values.as_slice() {
                ["text" | "share"] | ["true", "false"] => attribute.name.to_owned(),
                words => format!("{} ({})", attribute.name, words.join(", ")),
            });
            page.line(&format!("    own fields: {}", attributes.collect::<Vec<_>>().join(", ")));
        }
        let relations = row.relations.iter().map(|relation| {
            let inverse = if relation.symmetric { String::new() } else { format!(", {}", relation.inverse) };
            format!("{} ({}{inverse})", relation.name, relation.label)
        });
        page.line(&format!("    relations: {}", relations.collect::<Vec<_>>().join(", ")));
    }
    page.gap();
    page.line("? optional, * several. Every kind may also name `payer` and `through`.");
    let others = RELATIONS.iter().filter(|relation| !projected(relation.kind.name(), rows));
    let others: Vec<_> = others.map(|relation| format!("{} ({})", relation.kind, relation.label)).collect();
    page.line(&format!("Relations from records of entities: {}, IsPartOf (members).", others.join(", ")));
}

fn projected(relation: &str, rows: &[Row]) -> bool {
    rows.iter().any(|row| row.relations.iter().any(|cell| cell.name == relation))
}
