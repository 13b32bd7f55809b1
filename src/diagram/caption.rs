//! What is written on lines and in junctions: verb, terms, date, amount, and the numbers of the sources.

use super::plan::Words;
use crate::graph::{Entity, Fact, Relation, Source};
use crate::model::{Attribute, AttributeValue, FactKind, Role, Stance};

/// What is written on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The first line, bold.
    pub(crate) verb: String,
    /// Terms, date.
    pub(crate) details: Vec<String>,
    /// Money, which stands out.
    pub(crate) amount: Option<String>,
    /// The numbers of its sources.
    pub(crate) footnotes: Vec<usize>,
}

impl Caption {
    /// Just a word.
    pub(crate) fn word(word: &str) -> Self {
        Self { details: vec![word.to_owned()], ..Self::default() }
    }

    /// "`[1]` `[3]`"; nothing without a source.
    pub(crate) fn numbers(&self) -> String {
        let numbers: Vec<_> = self.footnotes.iter().map(|n| format!("[{n}]")).collect();
        numbers.join("\u{A0}")
    }
}

/// Writes captions, and numbers the sources in the order of first use.
#[derive(Debug, Default)]
pub(crate) struct Captions<'g> {
    sources: Vec<Source<'g>>,
}

impl<'g> Captions<'g> {
    pub(crate) fn of(&mut self, words: &Words<'g>) -> Caption {
        match words {
            Words::Whole(relation, drawn) => self.whole(*relation, drawn),
            Words::Leg(relation, drawn) => {
                let caption = self.whole(*relation, drawn);
                let verb = caption.verb.strip_suffix(" to").or_else(|| caption.verb.strip_suffix(" for"));
                let verb = verb.unwrap_or(&caption.verb).to_owned();
                Caption { verb, ..caption }
            }
            Words::Verb(relation) => {
                // Of an acquisition, what the seller sells to the acquirer.
                let target = relation.fact().and_then(|fact| fact.parties(Role::Target).next());
                let details = target.map(|target| target.name().to_owned()).into_iter().collect();
                Caption { verb: relation.told_verb(), details, ..Caption::default() }
            }
            Words::Word(word) => Caption::word(word),
        }
    }

    /// Everything that there is to say of a relation and its fact.
    pub(crate) fn whole(&mut self, relation: Relation<'g>, drawn: &[Entity<'g>]) -> Caption {
        let verb = relation.told_verb();
        let Some(fact) = relation.fact() else { return Caption { verb, ..Caption::default() } };
        if relation.is_tie() {
            // That two facts are connected has no terms and no date of its own.
            return Caption { verb, footnotes: self.footnotes(fact), ..Caption::default() };
        }
        let mut details = terms(fact, drawn);
        details.extend(Some(relation.date_note()).filter(|note| !note.is_empty()));
        if fact.evidence().any(|evidence| evidence.stance() == Stance::Refutes) {
            details.push("disputed".to_owned());
        }
        let amount = fact.record().amount.map(|amount| amount.words().to_string());
        Caption { verb, details, amount, footnotes: self.footnotes(fact) }
    }

    /// All sources cited, the first of them `[1]`.
    pub(crate) fn into_sources(self) -> Vec<Source<'g>> {
        self.sources
    }

    fn footnotes(&mut self, fact: Fact<'g>) -> Vec<usize> {
        let mut numbers = Vec::new();
        for evidence in fact.evidence().filter(|evidence| evidence.stance() != Stance::Mentions) {
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
}

/// Parties and objects that no line of the fact leads to, and the words that lead to them.
const NAMED: &[(Role, &str)] = &[
    (Role::Of, ""),
    (Role::Over, "over "),
    (Role::Software, "with "),
    (Role::Device, "on "),
    (Role::Accused, "accusing "),
    (Role::Through, "through "),
    (Role::Payer, "paid by "),
];

/// Whom the caption of the fact names because they are not drawn with it.
pub(crate) fn named<'g>(fact: Fact<'g>, drawn: &[Entity<'g>]) -> Vec<Entity<'g>> {
    let roles = NAMED.iter().flat_map(|(role, _)| fact.parties(*role));
    roles.filter(|entity| !drawn.contains(entity)).collect()
}

/// "by A for B": of a pre-installation, the arrow goes with the software and not with the verb.
pub(crate) fn installed_by(fact: Fact<'_>) -> String {
    let installers: Vec<_> = fact.parties(Role::Installer).collect();
    let principals: Vec<_> = fact.parties(Role::Principal).collect();
    match principals.is_empty() {
        true => format!("by {}", list(&installers)),
        false => format!("by {} for {}", list(&installers), list(&principals)),
    }
}

/// Objects not drawn, where it holds, and the one text that says what it is about.
fn terms(fact: Fact<'_>, drawn: &[Entity<'_>]) -> Vec<String> {
    let mut terms = Vec::new();
    for (role, lead) in NAMED {
        let names: Vec<_> = fact.parties(*role).filter(|entity| !drawn.contains(entity)).collect();
        if !names.is_empty() {
            terms.push(format!("{lead}{}", list(&names)));
        }
    }
    for (attribute, value) in &fact.record().attributes {
        match (attribute, value) {
            (
                Attribute::Scope
                | Attribute::What
                | Attribute::Market
                | Attribute::Position
                | Attribute::Round
                | Attribute::Field,
                AttributeValue::Text(text),
            ) => terms.push(text.clone()),
            (Attribute::Share, AttributeValue::Share(share)) if fact.kind() == FactKind::Investment => {
                terms.push(format!("for {}", share.words()));
            }
            _ => {}
        }
    }
    terms.extend(territory(fact));
    terms
}

fn territory(fact: Fact<'_>) -> Option<String> {
    let territory = &fact.record().territory;
    if territory.iter().any(|territory| territory.is_worldwide()) {
        return Some("worldwide".to_owned());
    }
    let codes: Vec<_> = territory.iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| format!("in {}", codes.join(", ")))
}

/// How many names a list has before it says how many more there are.
const MOST_NAMES: usize = 12;

/// "A, B and C"; of very many, the first and how many more.
pub(crate) fn list(entities: &[Entity<'_>]) -> String {
    let names: Vec<_> = entities.iter().take(MOST_NAMES).map(|entity| entity.name()).collect();
    if entities.len() > MOST_NAMES {
        return format!("{} and {} more", names.join(", "), entities.len() - MOST_NAMES);
    }
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
