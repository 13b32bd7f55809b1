//! The text in boxes and below the picture.

use std::collections::BTreeMap;

use super::calendar::written_out;
use super::label::is_unprintable;
use crate::graph::{Entity, Fact, Source};
use crate::model::{EntityKind, FactKind, Reason, Role};

/// The lines below the name: country and line of business, or what kind of thing the entity is.
pub(crate) fn sublines(entity: Entity<'_>) -> Vec<String> {
    let record = entity.record();
    let country = record.country.map(|country| country.to_string());
    let what = match entity.kind() {
        EntityKind::Company => record.industry.clone(),
        EntityKind::Product => record.class.clone(),
        EntityKind::Patent => record
            .count
            .map(|count| format!("{} patents", count.words()))
            .or_else(|| record.number.as_ref().map(ToString::to_string))
            .or_else(|| Some("patent".to_owned())),
        EntityKind::Brand => Some("brand".to_owned()),
        EntityKind::Unit => {
            Some(entity.unit_of().map_or_else(|| "unit".to_owned(), |of| format!("unit of {of}")))
        }
        EntityKind::Person => None,
        EntityKind::Body => Some("public body".to_owned()),
        EntityKind::Alliance => Some("alliance".to_owned()),
        EntityKind::Unspecified => record.reason.map(|reason| reason_words(reason).to_owned()),
    };
    let parts: Vec<_> = country.into_iter().chain(what).collect();
    let first = Some(parts.join(" · ")).filter(|line| !line.is_empty());
    let topics = Some(record.topics.join(", ")).filter(|topics| !topics.is_empty());
    first.into_iter().chain(topics).collect()
}

const fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::NotNamed => "not named",
        Reason::Anonymous => "anonymous",
        Reason::Several => "several, not named",
        Reason::Unknown => "not known",
    }
}

/// The name, or a replacement if nothing of it can be shown.
pub(crate) fn shown_name(entity: Entity<'_>) -> String {
    let is_shown = entity.name().chars().any(|c| !is_unprintable(c) && !c.is_whitespace());
    if is_shown { entity.to_string() } else { format!("(a name without letters: {})", entity.id()) }
}

/// The word that introduces the entities of a role on a card.
pub(crate) const fn lead(role: Role) -> &'static str {
    match role {
        Role::Over => "over ",
        Role::Device => "on ",
        Role::Accused => "accusing ",
        _ => "",
    }
}

/// The kind of fact as shown in a card's header: "Pre-install".
pub(crate) const fn kind(kind: FactKind) -> &'static str {
    match kind {
        FactKind::PreInstall => "Pre-install",
        FactKind::CrossLicense => "Cross-license",
        FactKind::JointVenture => "Joint venture",
        kind => kind.name(),
    }
}

/// The most names listed below the picture; the rest are counted.
const MOST_UNCONNECTED: usize = 60;

/// "Also named, with no relation drawn: Alcatel, ZTE."; none if all are drawn.
pub(crate) fn unconnected(entities: &[Entity<'_>]) -> Option<String> {
    let names: Vec<_> = entities.iter().take(MOST_UNCONNECTED).map(|entity| entity.told_name()).collect();
    let names = match entities.len().saturating_sub(MOST_UNCONNECTED) {
        0 => names.join(", "),
        more => format!("{} and {} more", names.join(", "), thousands(more)),
    };
    (!names.is_empty()).then(|| format!("Also named, with no relation drawn: {names}."))
}

/// "Title, Publisher, 31 May 2016".
pub(crate) fn cited(source: Source<'_>) -> String {
    let record = source.record();
    let mut parts = vec![record.title.clone()];
    parts.extend(record.publisher.clone());
    parts.extend(record.published.map(|date| written_out(&date.words().to_string())));
    parts.join(", ")
}

/// "Not drawn: 1 Event, 2 Production."; none if everything is drawn.
pub(crate) fn left_out(facts: &[Fact<'_>]) -> Option<String> {
    let mut kinds: BTreeMap<FactKind, usize> = BTreeMap::new();
    for fact in facts {
        *kinds.entry(fact.kind()).or_default() += 1;
    }
    let counts: Vec<_> = kinds.iter().map(|(kind, n)| format!("{} {kind}", thousands(*n))).collect();
    (!counts.is_empty()).then(|| format!("Not drawn: {}.", counts.join(", ")))
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

/// "1 line", "2,000 lines".
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}
