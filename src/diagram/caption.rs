//! The text on lines and cards: verb, terms, date, amount, and source numbers.

use super::calendar::written_out;
use super::plan::LinePlan;
use super::scene::{Cited, Label};
use crate::graph::{Entity, Fact, Relation, Source};
use crate::model::{Attribute, AttributeValue, RelationKind, Role, Stance};

/// The cited sources, numbered in order of first use: the first is `[1]`.
#[derive(Debug, Default)]
pub(crate) struct Footnotes<'g> {
    sources: Vec<Source<'g>>,
}

impl<'g> Footnotes<'g> {
    /// The numbers of the sources that support the fact.
    pub(crate) fn of(&mut self, fact: Fact<'g>) -> Vec<usize> {
        self.with_stance(fact, Stance::Supports)
    }

    fn with_stance(&mut self, fact: Fact<'g>, stance: Stance) -> Vec<usize> {
        let mut numbers = Vec::new();
        for evidence in fact.evidence().filter(|evidence| evidence.stance() == stance) {
            let known = self.sources.iter().position(|source| *source == evidence.source());
            let number = known.unwrap_or_else(|| {
                self.sources.push(evidence.source());
                self.sources.len() - 1
            });
            numbers.push(number + 1);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    pub(crate) fn into_sources(self) -> Vec<Source<'g>> {
        self.sources
    }
}

/// The label of a line.
pub(crate) fn label<'g>(line: &LinePlan<'g>, footnotes: &mut Footnotes<'g>) -> Label {
    let relation = line.relation;
    let strong = verb(relation);
    let Some(fact) = relation.fact() else { return Label { strong, ..Label::default() } };
    if relation.is_tie() {
        // A link between two facts has no terms or date of its own.
        return Label { strong, footnotes: footnotes.of(fact), ..Label::default() };
    }
    if relation.derived().is_some() {
        // "done 2016-06; follows from `the-sale`": the id means nothing to a reader of the picture.
        let note = relation.date_note();
        let (date, _) = note.split_once("; follows from").unwrap_or((&note, ""));
        let what = super::words::kind(fact.kind()).to_lowercase();
        let date =
            if date.starts_with("follows from") { String::new() } else { format!("{}, ", written_out(date)) };
        let details = vec![format!("{date}by the {what}")];
        return Label { strong, details, footnotes: footnotes.of(fact), ..Label::default() };
    }
    if !line.is_whole {
        // In an acquisition, the target is what the seller sells to the acquirer.
        let target = fact.parties(Role::Target).next();
        let details = target.map(|target| fact.told_name(target).into_owned()).into_iter().collect();
        return Label { strong, details, ..Label::default() };
    }
    let mut details = parties(relation, fact, &line.drawn);
    details.extend(terms(fact, &line.drawn));
    details.extend(
        Some(written_out(&undisputed(&without_ids(fact, relation.date_note()))))
            .filter(|note| !note.is_empty()),
    );
    let claims = fact.claims().into_iter().filter(|other| *other != fact);
    let amount = fact.record().amount.map(|amount| amount.words().to_string());
    let mut cited: Vec<Cited> = denied(fact, footnotes).into_iter().collect();
    let numbers = footnotes.of(fact);
    cited.extend(claims.map(|other| claim(other, footnotes)));
    Label { strong, details, cited, amount, footnotes: numbers }
}

/// The parties that act together with the ends of the line, and the parties in its other roles, unless they are
/// drawn.
fn parties(relation: Relation<'_>, fact: Fact<'_>, drawn: &[Entity<'_>]) -> Vec<String> {
    let is_end = |entity: &Entity<'_>| *entity == relation.from() || *entity == relation.to();
    let is_new = |entity: &Entity<'_>| !is_end(entity) && !drawn.contains(entity);
    let beside: Vec<_> = relation.together_with().into_iter().filter(is_new).collect();
    let mut parties: Vec<_> =
        (!beside.is_empty()).then(|| format!("together with {}", list(fact, &beside))).into_iter().collect();
    for role in SIDES {
        let others: Vec<_> =
            fact.parties(*role).filter(|party| is_new(party) && !beside.contains(party)).collect();
        if !others.is_empty() {
            parties.push(led(*role, &list(fact, &others)));
        }
    }
    parties
}

/// Roles that may have no line.
const SIDES: &[Role] =
    &[Role::Seller, Role::Buyer, Role::Target, Role::Licensor, Role::Principal, Role::Installer];

/// Names behind the words that lead to their role: "from Vend".
fn led(role: Role, names: &str) -> String {
    match role.lead().words() {
        "" => names.to_owned(),
        lead => format!("{lead} {names}"),
    }
}

/// Replaces the id of the superseding fact in a note by that fact's date: ids mean nothing to a reader of the
/// picture.
pub(crate) fn without_ids(fact: Fact<'_>, note: String) -> String {
    fact.replaced_by().into_iter().fold(note, |note, by| {
        let kind = super::words::kind(by.kind()).to_lowercase();
        let dates = by.date_note();
        let day =
            dates.split(", ").find(|part| is_date(part)).map(|day| format!(" {day}")).unwrap_or_default();
        note.replace(&format!("`{}`", by.id()), &format!("the {kind}{day}"))
    })
}

/// A note without its word for a dispute, because the label states it more exactly: who denies it, or what other
/// sources say.
pub(crate) fn undisputed(note: &str) -> String {
    note.strip_suffix("disputed").map_or(note, |rest| rest.trim_end_matches(", ")).to_owned()
}

/// "denied by [3]".
pub(crate) fn denied<'g>(fact: Fact<'g>, footnotes: &mut Footnotes<'g>) -> Option<Cited> {
    let numbers = footnotes.with_stance(fact, Stance::Refutes);
    (!numbers.is_empty()).then(|| Cited(vec![("denied by".to_owned(), numbers)]))
}

/// The verb in its tense. For stakes, with the share: "owns 51%".
fn verb(relation: Relation<'_>) -> String {
    let verb = relation.phrase();
    match relation.kind() {
        // "owns 51%", "has 50% of the profit".
        RelationKind::OwnsShareOf | RelationKind::Acquires if !verb.ends_with("a share of") => {
            verb.strip_suffix(" of").unwrap_or(&verb).to_owned()
        }
        _ => verb,
    }
}

/// Splits a note into the date for a card's header and the rest: "announced 31 May 2016" and "reported".
pub(crate) fn dated(note: &str) -> (String, Vec<String>) {
    let parts = note.split(", ").filter(|part| !part.is_empty());
    let (mut dates, rest): (Vec<_>, Vec<_>) = parts.partition(|part| is_date(part));
    let more = dates.split_off(dates.len().min(1));
    let rest = more.into_iter().chain(rest).map(written_out).collect();
    (dates.first().map(|date| written_out(date)).unwrap_or_default(), rest)
}

/// Whether this part of a note is a date, rather than a duration or a degree of certainty.
fn is_date(part: &str) -> bool {
    part.contains(|c: char| c.is_ascii_digit()) && !part.starts_with("for ")
}

/// Roles without a line of their own.
const NAMED: &[Role] =
    &[Role::Of, Role::Over, Role::Software, Role::Device, Role::Accused, Role::Through, Role::Payer];

/// The entities that the fact's text names because they are not drawn with it.
pub(crate) fn named<'g>(fact: Fact<'g>, drawn: &[Entity<'g>]) -> Vec<Entity<'g>> {
    let roles = NAMED.iter().flat_map(|role| fact.parties(*role));
    roles.filter(|entity| !drawn.contains(entity)).collect()
}

/// The fact's terms: objects that are not drawn, subject matter, territory, and the rest.
pub(crate) fn terms(fact: Fact<'_>, drawn: &[Entity<'_>]) -> Vec<String> {
    let record = fact.record();
    let mut terms = Vec::new();
    for role in NAMED {
        let names: Vec<_> = fact.parties(*role).filter(|entity| !drawn.contains(entity)).collect();
        if !names.is_empty() {
            terms.push(led(*role, &list(fact, &names)));
        }
    }
    for (attribute, value) in &record.attributes {
        let row = fact.kind().row().attribute(*attribute);
        let is_right = matches!(attribute, Attribute::Votes | Attribute::Profit);
        let Some((before, behind)) = row.and_then(|row| row.card) else { continue };
        match value {
            AttributeValue::Text(text) => terms.push(format!("{before}{text}{behind}")),
            AttributeValue::Share(share) if !(is_right && fact.gives_rights_only()) => {
                terms.push(format!("{before}{}{behind}", share.words()));
            }
            AttributeValue::Share(_) | AttributeValue::Flag(_) | AttributeValue::Choice(_) => {}
        }
    }
    let exclusive = match record.exclusive {
        Some(true) => Some("exclusive"),
        Some(false) => Some("not exclusive"),
        None => None,
    };
    let condition = record.condition.as_ref().map(|condition| format!("on condition: {condition}"));
    terms.extend(territory(fact).into_iter().chain(exclusive.map(str::to_owned)).chain(condition));
    terms
}

fn territory(fact: Fact<'_>) -> Option<String> {
    let codes = |territory: &[crate::value::Territory]| {
        territory.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    let record = fact.record();
    let within = if record.territory.iter().any(|territory| territory.is_worldwide()) {
        Some("worldwide".to_owned())
    } else {
        Some(codes(&record.territory)).filter(|codes| !codes.is_empty()).map(|codes| format!("in {codes}"))
    };
    let except = Some(codes(&record.except)).filter(|codes| !codes.is_empty());
    let except = except.map(|codes| format!("except {codes}"));
    let parts: Vec<_> = within.into_iter().chain(except).collect();
    Some(parts.join(" ")).filter(|text| !text.is_empty())
}

/// A leg of a deal as a sentence on the deal's card, leaving out what the card already says.
pub(crate) fn leg(fact: Fact<'_>, whole: Fact<'_>) -> String {
    let said: Vec<String> = whole.date_note().split(", ").map(str::to_owned).collect();
    let note = fact.date_note();
    let is_new = |part: &&str| !part.is_empty() && !said.iter().any(|said| said == part);
    let note: Vec<_> = note.split(", ").filter(is_new).map(written_out).collect();
    let core = fact.core();
    if note.is_empty() { core } else { format!("{core} ({})", note.join(", ")) }
}

/// Another source's claim about the same thing: "or done Feb 2017, USD 6 million [2]".
pub(crate) fn claim<'g>(fact: Fact<'g>, footnotes: &mut Footnotes<'g>) -> Cited {
    let note = Some(written_out(&fact.date_note())).filter(|note| !note.is_empty());
    let amount = fact.record().amount.map(|amount| amount.words().to_string());
    let said: Vec<_> = note.into_iter().chain(amount).collect();
    let said = said.join(", ");
    match denied(fact, footnotes) {
        Some(Cited(denied)) => {
            let lead = if said.is_empty() { "or".to_owned() } else { format!("or {said},") };
            let denied = denied.into_iter().map(|(text, numbers)| (format!("{lead} {text}"), numbers));
            Cited(denied.chain([(String::new(), footnotes.of(fact))]).collect())
        }
        None => Cited(vec![(format!("or {said}"), footnotes.of(fact))]),
    }
}

/// The most names in a list; the rest are counted.
const MOST_NAMES: usize = 12;

/// "A, B and C", by their names at the time of the fact; a long list ends with a count of the rest.
pub(crate) fn list<'g>(fact: Fact<'g>, entities: &[Entity<'g>]) -> String {
    let names: Vec<_> = entities.iter().take(MOST_NAMES).map(|entity| fact.told_name(*entity)).collect();
    if entities.len() > MOST_NAMES {
        return format!("{} and {} more", names.join(", "), entities.len() - MOST_NAMES);
    }
    match names.split_last() {
        Some((last, [])) => last.to_string(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
