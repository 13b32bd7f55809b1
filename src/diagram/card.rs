//! The contents of a deal's card.

use super::caption::{self, Footnotes, dated, list, terms, without_ids};
use super::plan::CardPlan;
use super::scene::{Card, Column, Columns};
use super::standing::Standing;
use super::style::LineStyle;
use super::words;
use crate::graph::{Entity, Fact};
use crate::model::{Attribute, AttributeValue, EntityKind, FactKind, Role, Status};

/// Objects that only this fact touches, by role: named on the card instead of drawn.
pub(crate) type Folded<'g> = Vec<(Role, Vec<Entity<'g>>)>;

/// The card of a plan. The entities in `drawn` have lines of their own.
pub(crate) fn card<'g>(
    plan: &CardPlan<'g>,
    folded: &Folded<'g>,
    drawn: &[Entity<'g>],
    footnotes: &mut Footnotes<'g>,
) -> Card {
    let fact = plan.fact;
    let (date, rest) = dated(&caption::undisputed(&without_ids(fact, plan.principal.date_note())));
    let columns = columns(folded);
    let (amount, is_term) = figure(plan);
    let rest = rest.into_iter().filter(|part| !(is_term && part.starts_with("for ")));
    let mut lines = Vec::new();
    if !fact.kind().row().deal && fact.kind() != FactKind::Link && !plan.is_cut {
        // The header and the arrow of a deal show who does what, but "comparison" does not show who is ahead.
        lines.push(plan.principal.phrase());
    }
    if columns.is_none() {
        lines.extend(folded.iter().flat_map(|(role, entities)| objects(plan.fact, *role, entities)));
    }
    let inside: Vec<_> = folded.iter().flat_map(|(_, entities)| entities.iter().copied()).collect();
    if plan.is_cut {
        // Name the parties outside the picture, so that nobody has to guess who takes part.
        lines.insert(0, fact.core());
    }
    lines.extend(terms(fact, &[drawn, &inside].concat()));
    lines.extend(plan.principal.share().map(|share| format!("stake: {}", share.words())));
    lines.extend(no_figure(plan));
    if fact.kind() == FactKind::PreInstall {
        lines.push(installed_by(fact));
    }
    lines.extend(fact.part_of().map(|whole| format!("part of: {}", part_name(whole))));
    lines.extend(plan.parts.iter().map(|part| caption::leg(*part, fact)));
    lines.extend(Some(rest.collect::<Vec<_>>().join(", ")).filter(|rest| !rest.is_empty()));
    let mut cited: Vec<_> = caption::denied(fact, footnotes).into_iter().collect();
    let numbers = footnotes.of(fact);
    cited.extend(plan.claims.iter().map(|claim| caption::claim(*claim, footnotes)));
    let standing = Standing::of(plan.principal);
    Card {
        style: style(fact),
        standing,
        kind: kind(fact, standing),
        date,
        amount,
        columns,
        lines,
        cited,
        footnotes: numbers,
    }
}

/// The line style of the fact, whichever of its relations are drawn.
fn style(fact: Fact<'_>) -> LineStyle {
    let principal = fact.kind().row().projections.first().map(|projection| LineStyle::of(projection.kind()));
    principal.unwrap_or(LineStyle::Other)
}

/// Patents can also be auctioned, assigned or donated.
fn sale_word(fact: Fact<'_>) -> Option<&'static str> {
    fact.record().attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
        (Attribute::How, AttributeValue::Choice("Auctioned")) => Some("Auction"),
        (Attribute::How, AttributeValue::Choice("Assigned")) => Some("Assignment"),
        (Attribute::How, AttributeValue::Choice("Donated")) => Some("Donation"),
        _ => None,
    })
}

/// "Patent sale", "Partnership, sought".
fn kind(fact: Fact<'_>, standing: Standing) -> String {
    let name = sale_word(fact).unwrap_or(words::kind(fact.kind()));
    let name = match object_kind(fact) {
        Some(object) => format!("{} {}", object.name(), name.to_lowercase()),
        None => name.to_owned(),
    };
    match (standing, fact.status()) {
        (Standing::Unreal, Some(Status::Withdrawn)) => format!("{name}, called off"),
        (Standing::Unreal, _) => format!("{name}, sought"),
        (Standing::Possible, _) => format!("{name}, possible"),
        _ => name,
    }
}

/// The kind of object of a sale or a license, if all are of one kind.
fn object_kind(fact: Fact<'_>) -> Option<EntityKind> {
    if !matches!(fact.kind(), FactKind::Sale | FactKind::License | FactKind::CrossLicense) {
        return None;
    }
    let mut kinds = fact.parties(Role::Of).map(|object| object.kind());
    let first = kinds.next()?;
    let is_told =
        matches!(first, EntityKind::Patent | EntityKind::Brand | EntityKind::Product | EntityKind::Unit);
    (is_told && kinds.all(|kind| kind == first)).then_some(first)
}

/// The card's main figure, and whether it is one: the amount, else the number of items, else the term of a license.
fn figure(plan: &CardPlan<'_>) -> (Option<String>, bool) {
    let fact = plan.fact;
    if let Some(amount) = amount(plan).filter(|amount| !amount.is_undisclosed()) {
        return (Some(amount.words().to_string()), false);
    }
    if let Some(pieces) = pieces(fact) {
        return (Some(pieces), false);
    }
    let is_license = matches!(fact.kind(), FactKind::License | FactKind::CrossLicense);
    let term = fact.record().term.filter(|term| is_license && !term.is_perpetual());
    (term.map(|term| term.to_string()), term.is_some())
}

/// The amount that the deal's own source states: other claims have their own lines.
const fn amount(plan: &CardPlan<'_>) -> Option<crate::value::Money> {
    plan.amount
}

/// "1,500 patents"; just the number if the items have no common noun.
fn pieces(fact: Fact<'_>) -> Option<String> {
    let quantity = fact.record().quantity.filter(|quantity| !quantity.is_undisclosed())?;
    let of_patents = object_kind(fact) == Some(EntityKind::Patent);
    Some(if of_patents {
        format!("{} patents", quantity.words())
    } else {
        format!("{} pieces", quantity.words())
    })
}

/// What is stated as undisclosed, and the number of items if the main figure is an amount.
fn no_figure(plan: &CardPlan<'_>) -> Vec<String> {
    let money = amount(plan);
    let mut lines = Vec::new();
    if money.is_some_and(|amount| amount.is_undisclosed()) {
        lines.push("amount not disclosed".to_owned());
    }
    let record = plan.fact.record();
    if record.quantity.is_some_and(|quantity| quantity.is_undisclosed()) {
        lines.push("quantity not disclosed".to_owned());
    } else if money.is_some_and(|amount| !amount.is_undisclosed()) {
        lines.extend(pieces(plan.fact));
    }
    lines
}

/// The objects of one role in words; for patents, including their field.
fn objects<'g>(fact: Fact<'g>, role: Role, entities: &[Entity<'g>]) -> Vec<String> {
    let mut lines = vec![format!("{}{}", words::lead(role), list(fact, entities))];
    if let [entity] = entities {
        lines.extend(Some(entity.record().topics.join(", ")).filter(|topics| !topics.is_empty()));
    }
    lines
}

/// A short description of the deal that this is a leg of: "partnership, announced 31 May 2016".
fn part_name(whole: Fact<'_>) -> String {
    let (date, _) = dated(&whole.date_note());
    let name = words::kind(whole.kind()).to_lowercase();
    if date.is_empty() { name } else { format!("{name}, {date}") }
}

/// The most names in a column; the rest are counted.
const MOST_ROWS: usize = 12;

/// Two columns, apps on devices, if there are several of either.
fn columns(folded: &Folded<'_>) -> Option<Columns> {
    let of = |role: Role| {
        folded
            .iter()
            .find(|(known, _)| *known == role)
            .map(|(_, entities)| entities.as_slice())
            .unwrap_or_default()
    };
    let (software, devices) = (of(Role::Software), of(Role::Device));
    let is_worth_it = !software.is_empty() && !devices.is_empty() && software.len() + devices.len() > 2;
    is_worth_it.then(|| Columns {
        left: column("Software", software),
        joint: "on",
        right: column("Devices", devices),
    })
}

fn column(heading: &str, entities: &[Entity<'_>]) -> Column {
    let shown = if entities.len() > MOST_ROWS { MOST_ROWS - 1 } else { entities.len() };
    let mut names: Vec<_> = entities.iter().take(shown).map(ToString::to_string).collect();
    if entities.len() > shown {
        names.push(format!("and {} more", words::thousands(entities.len() - shown)));
    }
    Column { heading: heading.to_owned(), names }
}

/// "by A for B": the arrow of a pre-installation follows the software, not the verb.
fn installed_by(fact: Fact<'_>) -> String {
    let installers: Vec<_> = fact.parties(Role::Installer).collect();
    let principals: Vec<_> = fact.parties(Role::Principal).collect();
    match principals.is_empty() {
        true => format!("by {}", list(fact, &installers)),
        false => format!("by {} for {}", list(fact, &installers), list(fact, &principals)),
    }
}
