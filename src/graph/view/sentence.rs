//! Wording: relations and facts as English sentences, in the reading direction and in their tense.

use std::fmt::{self, Formatter};

use super::claims;
use super::ending::Ending;
use super::entity::Entity;
use super::fact::Fact;
use super::list::{list_in, list_of, listed};
use super::relation::Relation;
use super::side::{self, RightsOnly, is_told_jointly, names_joint_parties};
use crate::graph::store::rule::Rule;
use crate::graph::store::validity::Certainty;
use crate::model::fact_field::{Behind, FieldRef, FieldWords};
use crate::model::vocabulary::{
    AttributeRow, AttributeType, AttributeWords, COMMON_ROLES, Lead, Projection, infinitive, past, plural,
};
use crate::model::{
    Attribute, AttributeValue, Confidence, End, EntityKind, FactKind, FactRecord, Reason, RelationKind, Role,
    Status,
};
use crate::value::{Money, Share, Territory};

impl<'g> Ending<'g> {
    /// "Acme was dissolved 2019-06-30 (`id`)", "Acme was merged into Bolt 2016 (`id`)".
    pub(crate) fn end_of(&self, entity: Entity<'g>) -> String {
        let successors: Vec<Entity<'g>> = self.fact.parties(Role::Successor).collect();
        let what = match successors.is_empty() {
            true => "dissolved".to_owned(),
            false => format!("merged into {}", list_of(self.fact, &successors)),
        };
        format!("{} was {what}{} (`{}`)", self.fact.told_name(entity), self.when(), self.fact.id())
    }
}

impl<'g> Relation<'g> {
    /// As [`label`](Self::label), as who wishes or called off has it: "seeks to partner with", "was to acquire". What is
    /// [over](Self::is_over) it does not tell: that is for [`phrase`](Self::phrase).
    #[must_use]
    pub fn told_label(self) -> String {
        label(self)
    }

    /// Label and inverse, as the fact's choices word them.
    pub(crate) fn wording(self) -> (&'static str, &'static str) {
        let kind = self.kind();
        let chosen = self.fact().and_then(|fact| worded(fact, kind));
        chosen.unwrap_or((kind.label(), kind.inverse()))
    }

    /// The verb as the sentence has it: "seeks to partner with", "owns 51% of", "owned 51% of".
    #[must_use]
    pub fn phrase(self) -> String {
        verb(self)
    }

    /// When it happened or began, as a note: "announced 2016-05-31, reported", and whether it is disputed; empty if
    /// nothing is stated.
    ///
    /// That two facts are tied has no date of its own, whatever dates the facts have.
    #[must_use]
    pub fn date_note(self) -> String {
        let note = self.undisputed_note();
        match (self.is_disputed(), note.is_empty()) {
            (false, _) => note,
            (true, true) => "disputed".to_owned(),
            (true, false) => format!("{note}, disputed"),
        }
    }

    fn undisputed_note(self) -> String {
        if let Some(rule) = self.derived() {
            let note = derived_note(self, rule);
            return self.doubt().map_or_else(|| note.clone(), |doubt| format!("{note}; {doubt}"));
        }
        let note = self.fact().filter(|_| !self.is_tie()).map(Fact::date_note).unwrap_or_default();
        match self.doubt() {
            Some(doubt) if note.is_empty() => doubt.to_string(),
            Some(doubt) => format!("{note}; {doubt}"),
            None => note,
        }
    }

    /// What its fact is about, where the relation does not say it: of `SellsTo`, what is sold.
    #[must_use]
    pub fn about(self) -> Vec<Entity<'g>> {
        about(self)
    }

    /// What its sentence leaves out of the fact: who does it together with its subject or object, parties, territory,
    /// terms, amount and so on, each with its lead.
    ///
    /// Of a relation that shows only a side of its fact as of that which words the whole: a license says where it holds
    /// and whether it is exclusive from whichever end it is read.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "inns": (name: "Inns"), "hotels": (name: "Hotels") },
    ///     brands: { "m": (name: "MARLOWE") },
    ///     facts: [License(licensor: "hotels", licensee: "inns", of: "m", territory: ["DE"], exclusive: true, unsourced: true)],
    /// )"#)?;
    /// let brand = graph.view().find("MARLOWE")?;
    /// let told: Vec<_> = brand.relations().map(|r| format!("{r}{}", r.details())).collect();
    /// assert_eq!(told, ["MARLOWE is licensed out to Inns from Hotels in DE, exclusively"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn details(self) -> String {
        relation_details(self, &[], true)
    }

    /// As [`details`](Self::details), in a sentence that names several objects of the fact at once: these are not said again.
    #[must_use]
    pub fn details_beside(self, objects: &[Entity<'g>]) -> String {
        relation_details(self, objects, true)
    }

    /// The same without the amount, and the amount: " for USD 350 million".
    ///
    /// For where both have sources of their own: of several claims not each need tell the amount.
    #[must_use]
    pub fn details_and_amount(self, objects: &[Entity<'g>]) -> (String, String) {
        (relation_details(self, objects, false), relation_amount(self))
    }
}

impl<'g> Fact<'g> {
    /// The whole fact as a sentence: parties, objects, dates, money, terms.
    #[must_use]
    pub fn sentence(self) -> String {
        fact(self)
    }

    /// As [`Fact::sentence`], without the amount, for where that stands in a column of its own.
    #[must_use]
    pub fn summary(self) -> String {
        summary(self)
    }

    /// Who does what to whom, without dates, money and terms.
    #[cfg(feature = "diagram")]
    pub(crate) fn core(self) -> String {
        core(self)
    }

    /// Its dates, term and stated confidence as a note: "announced 2016-05-31, reported"; empty if there are none.
    #[must_use]
    pub fn date_note(self) -> String {
        date_note(self)
    }

    /// What the sentence of its principal relation leaves out: objects, territory, terms, amount.
    #[must_use]
    pub fn details(self) -> String {
        details(self)
    }
}

/// "Xiaomi buys from Microsoft (announced 2016-05-31, reported)".
pub(crate) fn write_relation(f: &mut Formatter<'_>, relation: Relation<'_>) -> fmt::Result {
    let relation = relation.told();
    let [subject, object] = [relation.subject(), relation.object()].map(|end| relation.told_name(end));
    write!(f, "{subject} {} {object}", relation.phrase())?;
    let note = relation.date_note();
    if note.is_empty() { Ok(()) } else { write!(f, " ({note})") }
}

/// The verb of a relation as the sentence has it: "seeks to partner with", "owns 51% of".
pub(crate) fn verb(relation: Relation<'_>) -> String {
    let mut verb = relation.verb().to_owned();
    if let Some(share) = relation.share() {
        verb = with_share(relation.kind(), relation.is_inverted(), &verb, share);
    } else if let Some(rights) = side::rights_only(relation) {
        verb = rights.verb(relation.subject() != relation.from());
    }
    let several = is_several(relation.subject());
    let verb = match relation.is_over() {
        true => past(&verb, several),
        false => tensed(relation, &verb, several, relation.is_read_as_told()),
    };
    let verb = jointly(relation, verb);
    match relation.certainty() {
        Some(Certainty::Possible) if !relation.surely_happened() => possibly(&verb),
        _ => verb,
    }
}

/// "jointly with Bo owns 60% of", "is jointly owned (60%) by".
fn jointly(relation: Relation<'_>, verb: String) -> String {
    if !is_told_jointly(relation) {
        return verb;
    }
    let (parties, subject) = (relation.joint_parties(), relation.subject());
    match verb.split_once(' ') {
        _ if names_joint_parties(relation) => {
            let others: Vec<_> = parties.into_iter().filter(|party| *party != subject).collect();
            format!("jointly with {} {verb}", list_in(relation, &others))
        }
        Some((be @ ("is" | "are" | "was" | "were"), rest)) => format!("{be} jointly {rest}"),
        _ => format!("jointly {verb}"),
    }
}

/// The verb from `from` to `to` as who wishes or called off has it: "was to acquire". It does not say what is over.
pub(crate) fn label(relation: Relation<'_>) -> String {
    let relation = relation.read_from(relation.from());
    let label = side::rights_only(relation).map(|rights| rights.verb(false));
    let label = tensed(relation, label.as_deref().unwrap_or(relation.label()), false, true);
    if is_told_jointly(relation) { format!("jointly {label}") } else { label }
}

/// The verb in the tense of its fact. That two facts are tied is neither wished nor called off with one of them.
fn tensed(relation: Relation<'_>, verb: &str, several: bool, from_wisher: bool) -> String {
    let Some(fact) = relation.fact().filter(|_| !relation.is_tie()) else { return verb.to_owned() };
    if from_wisher && can_wish(relation.subject()) {
        tense(fact, verb, several)
    } else {
        tense_of_thing(fact, verb, several)
    }
}

/// The verb of what does not wish itself: "is sought to run on".
fn tense_of_thing(fact: Fact<'_>, verb: &str, many: bool) -> String {
    if !fact.is_sought() {
        return tense(fact, verb, many);
    }
    let be = if many { "are" } else { "is" };
    format!("{be} sought to {}", infinitive(verb))
}

/// Whether it is somebody, and no thing.
fn can_wish(entity: Entity<'_>) -> bool {
    entity.kind().is_organisation() || matches!(entity.kind(), EntityKind::Person | EntityKind::Unspecified)
}

/// "possibly sells to", "is possibly held by".
fn possibly(verb: &str) -> String {
    match verb.split_once(' ') {
        Some((be @ ("is" | "are" | "was" | "were"), rest)) => format!("{be} possibly {rest}"),
        _ => format!("possibly {verb}"),
    }
}

/// Where a relation that nobody stated comes from: "announced 2016-05-31; follows from `patent-sale`".
pub(crate) fn derived_note(relation: Relation<'_>, rule: Rule) -> String {
    let Some(fact) = relation.fact() else { return String::new() };
    let note = date_note(fact);
    let follows = format!("follows from `{}`", fact.id());
    match (note.is_empty(), rule) {
        (true, _) => follows,
        (false, Rule::SellerHeld) => format!("until the sale {note}; {follows}"),
        (false, _) => format!("{note}; {follows}"),
    }
}

/// When it happened or began, and how sure that is: "announced 2016-05-31, reported".
pub(crate) fn date_note(fact: Fact<'_>) -> String {
    let record = fact.bare_record();
    let status = record.status_as_told(fact.newest());
    let mut parts: Vec<String> = Vec::new();
    record.for_each_field(|row, field| match row.words {
        FieldWords::Note(lead) => parts.extend(noted(lead, field)),
        FieldWords::NoteOr(lead, by, word) => {
            let by_status = || (record.status == Some(by)).then(|| word.to_owned());
            parts.extend(noted(lead, field).or_else(by_status));
        }
        FieldWords::Beginning => parts.extend(beginning(&record, status)),
        FieldWords::Completion => parts.extend(completion(&record, status)),
        FieldWords::Ending => parts.extend(end(fact, &record, status)),
        FieldWords::Certainty => {
            parts.extend(replaced(fact).or_else(|| ended(fact)));
            let told = record.confidence.filter(|confidence| *confidence != Confidence::Confirmed);
            parts.extend(told.map(|confidence| confidence.name().to_lowercase()));
        }
        FieldWords::Unsaid | FieldWords::Price | FieldWords::Tail(..) | FieldWords::Either(..) => {}
    });
    parts.join(", ")
}

/// A field with the words that lead to it: "signed 2015", "for 10 years".
fn noted(lead: &str, field: FieldRef<'_>) -> Option<String> {
    match field {
        FieldRef::Term(Some(term)) if term.is_perpetual() => Some("perpetual".to_owned()),
        field => Some(format!("{lead} {}", words_of(field)?)),
    }
}

/// What a field states, as sentences say it; none if it states nothing.
fn words_of(field: FieldRef<'_>) -> Option<String> {
    match field {
        FieldRef::Date(date) => date.map(|date| date.words().to_string()),
        FieldRef::End(end) => end.map(|end| end.to_string()),
        FieldRef::Term(term) => term.map(|term| term.to_string()),
        FieldRef::Money(money) => money.map(|money| money.words().to_string()),
        FieldRef::Quantity(Some(quantity)) if quantity.is_undisclosed() => Some("undisclosed".to_owned()),
        FieldRef::Quantity(quantity) => quantity.map(|quantity| quantity.words().to_string()),
        FieldRef::Territories(list) => (!list.is_empty()).then(|| territories(list)),
        FieldRef::Flag(flag) => flag.map(|flag| flag.to_string()),
        FieldRef::Mark(mark) => mark.then(|| "true".to_owned()),
        FieldRef::Text(text) | FieldRef::Prose(text) => text.clone(),
        FieldRef::Status(status) => status.map(|status| status.name().to_lowercase()),
        FieldRef::Confidence(confidence) => confidence.map(|confidence| confidence.name().to_lowercase()),
        FieldRef::Id(id) | FieldRef::Fact(id) => id.as_ref().map(|id| format!("`{id}`")),
        FieldRef::Facts(ids) => listed(ids.iter().map(|id| format!("`{id}`")).collect()),
        FieldRef::Evidence(_) => None,
    }
}

/// Without a date, what ended all that a fact states: "sold 2012".
fn ended(fact: Fact<'_>) -> Option<String> {
    let is_over = fact.view().date().is_none() && fact.is_surely_ended();
    let ending = fact.endings().into_iter().next().filter(|_| is_over)?;
    Some(format!("{}{}", ending.word(), ending.when()))
}

/// "replaced by `second` and `third`".
fn replaced(fact: Fact<'_>) -> Option<String> {
    let by = listed(fact.replaced_by().iter().map(|by| format!("`{}`", by.id())).collect())?;
    Some(format!("replaced by {by}"))
}

/// Whether what begins or is done lies ahead.
const fn is_planned(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Announced | Status::Agreed | Status::Sought | Status::Withdrawn))
}

/// "since 2011", "from 2016-09", "on or before 2016-05-31".
fn beginning(record: &FactRecord, status: Option<Status>) -> Option<String> {
    let date = record.since?;
    let word = match (date.earliest().is_some() && date.latest().is_some(), is_planned(status)) {
        (false, _) => "",
        (true, true) => "from ",
        (true, false) => "since ",
    };
    Some(format!("{word}{}", date.words()))
}

/// "done 2016-09", "to be done 2016-09", "done".
fn completion(record: &FactRecord, status: Option<Status>) -> Option<String> {
    let Some(date) = record.completed else {
        let is_done = record.since.is_none() && record.status == Some(Status::Completed);
        return is_done.then(|| "done".to_owned());
    };
    let word = if is_planned(status) { "to be done" } else { "done" };
    Some(format!("{word} {}", date.words()))
}

/// "until 2020", "ended 2016-09", "going on".
fn end(fact: Fact<'_>, record: &FactRecord, status: Option<Status>) -> Option<String> {
    match record.until {
        Some(End::On(date))
            if fact.is_over() || status == Some(Status::Ended) && fact.view().date().is_none() =>
        {
            Some(format!("ended {}", date.words()))
        }
        Some(End::On(date)) => Some(format!("until {}", date.words())),
        Some(End::Open) => Some("going on".to_owned()),
        Some(End::Unknown) => Some("ended, not known when".to_owned()),
        None => (status == Some(Status::Ended)).then(|| "ended".to_owned()),
    }
}

/// The whole fact: "Microsoft sells to FIH Mobile: feature-phone assets (done 2016) for USD 350 million".
pub(crate) fn fact(fact: Fact<'_>) -> String {
    whole_sentence(fact, true)
}

/// The whole fact without its amount.
pub(crate) fn summary(fact: Fact<'_>) -> String {
    whole_sentence(fact, false)
}

/// Who does what to whom, and with which objects: "Microsoft sells to FIH Mobile: feature-phone assets".
#[cfg(feature = "diagram")]
pub(crate) fn core(fact: Fact<'_>) -> String {
    core_and_said(fact).0
}

fn core_and_said(fact: Fact<'_>) -> (String, Vec<Role>) {
    let (clause, said) = clause(fact);
    let mut core = clause;
    if !said.contains(&Role::Of) {
        let objects: Vec<_> = fact.parties(Role::Of).collect();
        if !objects.is_empty() {
            core.push_str(&format!(": {}", list_of(fact, &objects)));
        }
    }
    (core, said)
}

fn whole_sentence(fact: Fact<'_>, with_amount: bool) -> String {
    let (mut sentence, said) = core_and_said(fact);
    let notes = [date_note(fact), claim_note(fact)];
    let note = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("; ");
    if !note.is_empty() {
        sentence.push_str(&format!(" ({note})"));
    }
    let amount = fact.amount().filter(|_| with_amount).map(amount_words);
    sentence.push_str(&trimmings(fact, &said, amount));
    sentence
}

/// "one of 2 claims, disputed": so that nobody takes several claims about one deal for several deals, and adds them up.
fn claim_note(fact: Fact<'_>) -> String {
    match fact.claims().len() {
        0 | 1 => String::new(),
        claims if fact.is_disputed() => format!("one of {claims} claims, disputed"),
        claims => format!("one of {claims} claims"),
    }
}

/// What the fact of a relation is about, where the relation does not say it: of `SellsTo`, what is sold.
pub(crate) fn about<'g>(relation: Relation<'g>) -> Vec<Entity<'g>> {
    let Some(fact) = projecting(relation) else { return Vec::new() };
    let said = said_by(fact, relation.kind());
    let roles = [Role::Of, Role::Target].into_iter().filter(|role| !said.contains(role));
    roles.flat_map(|role| fact.parties(role)).collect()
}

/// What a sentence on one relation of the fact leaves out, such as " over Word in IN, to sell more"; with the amount, or
/// without. `objects` are all that the sentence names as such.
pub(crate) fn relation_details<'g>(
    relation: Relation<'g>,
    objects: &[Entity<'g>],
    with_amount: bool,
) -> String {
    let Some(fact) = projecting(relation) else { return String::new() };
    let amount = with_amount.then(|| relation_amount(relation));
    let said = said_by(fact, relation.kind());
    // The party on the other side may be the one that it passed on from.
    let sides = if relation.derived().is_some() { String::new() } else { led(fact, &said, of_side) };
    let part = share(fact).filter(|_| relation.kind() == RelationKind::SellsTo);
    let part = part.map(|share| format!(", {} of it", share.words())).unwrap_or_default();
    format!("{}{}{part}{}", side::together(relation, objects), sides, trimmings(fact, &said, amount))
}

/// What the claims behind a relation say of the amount: " for USD 30 million".
pub(crate) fn relation_amount(relation: Relation<'_>) -> String {
    if projecting(relation).is_none() || relation.derived().is_some() {
        return String::new();
    }
    let (amount, differ) = claims::amount(relation);
    let note = if differ { " (disputed)".to_owned() } else { doubt_of_amount(relation) };
    amount.map_or_else(String::new, |amount| format!("{}{note}", amount_words(amount)))
}

/// " (rumoured)", where only some of several claims tell the amount, and all of these so.
fn doubt_of_amount(relation: Relation<'_>) -> String {
    let telling = claims::that_tell_amount(relation);
    let mut stated = telling.into_iter().map(|claim| claim.bare_record().confidence);
    match stated.next().flatten() {
        Some(first) if first != Confidence::Confirmed && stated.all(|other| other == Some(first)) => {
            format!(" ({})", first.name().to_lowercase())
        }
        _ => String::new(),
    }
}

/// The fact of a relation that its kind projects, and not what ties it to another; of what passed to a successor, the fact
/// that stated it.
fn projecting<'g>(relation: Relation<'g>) -> Option<Fact<'g>> {
    let projects =
        |fact: &Fact<'g>| fact.kind().row().projections.iter().any(|p| p.kind() == relation.kind());
    let stated = if relation.derived().is_some() {
        relation.stated_before_it_passed_on().and_then(Relation::fact)
    } else {
        relation.fact()
    };
    stated.filter(projects)
}

/// As [`relation_details`] of the fact's principal relation.
pub(crate) fn details(fact: Fact<'_>) -> String {
    let kind = fact.kind().row().projections.first().map(Projection::kind);
    let amount = fact.amount().map(amount_words);
    kind.map(|kind| trimmings(fact, &said_by(fact, kind), amount)).unwrap_or_default().trim_start().to_owned()
}

/// The roles that a relation of this kind names by itself.
fn said_by(fact: Fact<'_>, kind: RelationKind) -> Vec<Role> {
    let row = fact.kind().row();
    match row.projections.iter().find(|projection| projection.kind() == kind) {
        Some(Projection::Each(_, from, to)) => vec![*from, *to],
        Some(Projection::Mutual(_, side, other)) => std::iter::once(*side).chain(*other).collect(),
        None => Vec::new(),
    }
}

/// Subjects, verb and objects of the whole fact, and the roles that this named.
fn clause(fact: Fact<'_>) -> (String, Vec<Role>) {
    let filled = |role: Role| fact.parties(role).next().is_some();
    for projection in fact.kind().row().projections {
        match *projection {
            Projection::Each(kind, from, to) if filled(from) && filled(to) => {
                let (subjects, objects) = (fact.parties(from).collect(), fact.parties(to).collect());
                return (join(fact, kind, subjects, objects), vec![from, to]);
            }
            Projection::Mutual(kind, side, other) if filled(side) => {
                let first: Vec<_> = fact.parties(side).collect();
                let second: Vec<_> = other.map(|role| fact.parties(role).collect()).unwrap_or_default();
                let said = std::iter::once(side).chain(other).collect();
                return (mutual(fact, kind, first, second), said);
            }
            _ => {}
        }
    }
    without_agent(fact)
}

fn mutual<'g>(fact: Fact<'g>, kind: RelationKind, first: Vec<Entity<'g>>, second: Vec<Entity<'g>>) -> String {
    match (first.as_slice(), second.is_empty()) {
        (_, false) => join(fact, kind, first, second),
        ([one, other], true) => join(fact, kind, vec![*one], vec![*other]),
        (several, true) => {
            let verb =
                if fact.is_over() { past(kind.label(), true) } else { tense(fact, kind.label(), true) };
            format!("{} {verb} each other", list_of(fact, several))
        }
    }
}

/// A fact that projects no relation: "Acme is founded".
fn without_agent(fact: Fact<'_>) -> (String, Vec<Role>) {
    let Some(role) = fact.roles().map(|(role, _)| role).next() else {
        return (fact.kind().name().to_owned(), Vec::new());
    };
    let parties: Vec<_> = fact.parties(role).collect();
    let worded = worded(fact, RelationKind::ActsOn).filter(|_| fact.kind() == FactKind::Event);
    let verb = match worded.and_then(|(_, inverse)| inverse.strip_suffix(" by")) {
        Some(inverse) if parties.len() > 1 => format!(" {}", plural(inverse)),
        Some(inverse) => format!(" {inverse}"),
        None => ": other event".to_owned(),
    };
    (format!("{}{verb}", list_of(fact, &parties)), vec![role])
}

fn join<'g>(
    fact: Fact<'g>,
    kind: RelationKind,
    subjects: Vec<Entity<'g>>,
    objects: Vec<Entity<'g>>,
) -> String {
    let label = worded(fact, kind).map_or(kind.label(), |(label, _)| label);
    let rights = RightsOnly::of(fact).filter(|_| kind == RelationKind::OwnsShareOf);
    let label = match (share(fact), rights) {
        (Some(share), _) => with_share(kind, false, label, share),
        (None, Some(rights)) => rights.verb(false),
        (None, None) => label.to_owned(),
    };
    let many = subjects.len() > 1 || subjects.iter().copied().any(is_several);
    let wisher = subjects.iter().copied().all(can_wish);
    let verb = match (fact.is_over(), wisher) {
        (true, _) => past(&label, many),
        (false, true) => tense(fact, &label, many),
        (false, false) => tense_of_thing(fact, &label, many),
    };
    let is_joint = matches!(kind, RelationKind::OwnsShareOf | RelationKind::Controls) && subjects.len() > 1;
    let jointly = if is_joint { "jointly " } else { "" };
    format!("{} {jointly}{verb} {}", list_of(fact, &subjects), list_of(fact, &objects))
}

/// Whether an unspecified entity stands for several, so that its verb is in the plural.
fn is_several(entity: Entity<'_>) -> bool {
    entity.reason() == Some(Reason::Several)
}

/// The verb in its tense: what was wished for "seeks to", what was called off "was to".
fn tense(fact: Fact<'_>, label: &str, many: bool) -> String {
    match (fact.is_sought(), fact.counts(), many) {
        (true, _, true) => format!("seek to {}", infinitive(label)),
        (true, _, false) => format!("seeks to {}", infinitive(label)),
        (false, false, true) => format!("were to {}", infinitive(label)),
        (false, false, false) => format!("was to {}", infinitive(label)),
        (false, true, true) => plural(label),
        (false, true, false) => label.to_owned(),
    }
}

/// Label and inverse of a relation kind as a choice of the fact words them.
pub(crate) fn worded(fact: Fact<'_>, kind: RelationKind) -> Option<(&'static str, &'static str)> {
    let row = fact.kind().row();
    fact.attributes().find_map(|(attribute, value)| {
        let AttributeType::Choice(words) = row.attribute(attribute)?.values else { return None };
        let AttributeValue::Choice(chosen) = value else { return None };
        let word = words.iter().find(|word| word.name == chosen)?;
        word.wording.iter().find(|(k, ..)| *k == kind).map(|(_, label, inverse)| (*label, *inverse))
    })
}

/// Roles, terms, money and attributes that the clause has not said, each with the words that lead to it.
fn trimmings(fact: Fact<'_>, said: &[Role], amount: Option<String>) -> String {
    let record = fact.bare_record();
    let mut text = led(fact, said, always);
    text.push_str(&tail(&record, Behind::Parties));
    text.push_str(&amount.unwrap_or_default());
    text.push_str(&tail(&record, Behind::Price));
    for (attribute, value) in &record.attributes {
        text.push_str(&attribute_words(fact, *attribute, value));
    }
    text.push_str(&tail(&record, Behind::Attributes));
    text
}

/// The fields that a sentence tells in one place behind its clause.
fn tail(record: &FactRecord, place: Behind) -> String {
    let mut text = String::new();
    record.for_each_field(|row, field| match (row.words, field) {
        (FieldWords::Tail(own, lead), field) if own == place => {
            text.extend(words_of(field).map(|words| format!("{lead}{words}")));
        }
        (FieldWords::Either(own, yes, no), FieldRef::Flag(Some(flag))) if own == place => {
            text.push_str(if *flag { yes } else { no });
        }
        _ => {}
    });
    text
}

/// The parties in roles that are not said yet, each role with the words that lead to it: " from Vend on Clock". Objects come
/// first, then parties, then who passes it on and who pays.
fn led(fact: Fact<'_>, said: &[Role], words: impl Fn(Lead) -> Option<&'static str>) -> String {
    let roles = || fact.kind().row().roles.iter().map(|row| row.role);
    let objects = roles().filter(|role| role.is_object());
    let others = roles().filter(|role| !role.is_object());
    let common = COMMON_ROLES.iter().map(|row| row.role);
    let mut text = String::new();
    for role in objects.chain(others).chain(common).filter(|role| !said.contains(role)) {
        let Some(lead) = words(role.lead()) else { continue };
        let parties: Vec<_> = fact.parties(role).collect();
        if !parties.is_empty() {
            text.push_str(&format!(" {lead} {}", list_of(fact, &parties)));
        }
    }
    text
}

/// The words that lead to what no verb names.
const fn always(lead: Lead) -> Option<&'static str> {
    match lead {
        Lead::Always(words) => Some(words),
        Lead::OfSide(_) | Lead::None => None,
    }
}

/// The words that lead to what the verb of a side does not name.
const fn of_side(lead: Lead) -> Option<&'static str> {
    match lead {
        Lead::OfSide(words) => Some(words),
        Lead::Always(_) | Lead::None => None,
    }
}

/// " for USD 350 million".
fn amount_words(amount: Money) -> String {
    if amount.is_undisclosed() {
        " for an undisclosed amount".to_owned()
    } else {
        format!(" for {}", amount.words())
    }
}

/// What a sentence tells of an attribute: ", class A", ", 51% of votes"; empty if the verb tells it.
fn attribute_words(fact: Fact<'_>, attribute: Attribute, value: &AttributeValue) -> String {
    let Some(row) = fact.kind().row().attribute(attribute) else { return String::new() };
    let is_right = matches!(attribute, Attribute::Votes | Attribute::Profit);
    if is_right && RightsOnly::of(fact).is_some() {
        return String::new();
    }
    match (row.words, value) {
        (AttributeWords::InVerb, _) => String::new(),
        (AttributeWords::Either(yes, _), AttributeValue::Flag(true)) => yes.to_owned(),
        (AttributeWords::Either(_, no), _) => no.to_owned(),
        (AttributeWords::Around(..), AttributeValue::Choice(word)) if !is_told(row, word) => String::new(),
        (AttributeWords::Around(before, behind), value) => {
            let words = match value {
                AttributeValue::Choice(word) => lower_words(word),
                AttributeValue::Share(share) => share.words().to_string(),
                AttributeValue::Text(_) | AttributeValue::Flag(_) => value.to_string(),
            };
            format!("{before}{words}{behind}")
        }
    }
}

/// Whether a choice is told besides the verb.
fn is_told(row: &AttributeRow, chosen: &str) -> bool {
    match row.values {
        AttributeType::Choice(words) => words.iter().any(|word| word.name == chosen && word.is_told),
        AttributeType::Text | AttributeType::Share | AttributeType::Flag => false,
    }
}

/// "GeneralPartner" as "general partner".
fn lower_words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// The share that the verb says: "owns 51% of".
pub(crate) fn share(fact: Fact<'_>) -> Option<Share> {
    let is_in_verb = |attribute| {
        let row = fact.kind().row().attribute(attribute);
        row.is_some_and(|row| matches!(row.words, AttributeWords::InVerb))
    };
    fact.attributes().find_map(|(attribute, value)| match value {
        AttributeValue::Share(share) if is_in_verb(attribute) => Some(share),
        _ => None,
    })
}

/// The verb with a share, if it can have one: "owns 51% of", "is owned (51%) by".
fn with_share(kind: RelationKind, is_inverse: bool, verb: &str, share: Share) -> String {
    match (kind.row().share, is_inverse) {
        (Some([(before, behind), _]), false) | (Some([_, (before, behind)]), true) => {
            format!("{before}{}{behind}", share.words())
        }
        (None, _) => verb.to_owned(),
    }
}

fn territories(territories: &[Territory]) -> String {
    if territories.iter().any(|territory| territory.is_worldwide()) {
        return "worldwide".to_owned();
    }
    let codes: Vec<_> = territories.iter().map(ToString::to_string).collect();
    format!("in {}", codes.join(", "))
}

impl std::fmt::Display for Relation<'_> {
    /// The sentence, with its date: "Xiaomi buys from Microsoft (announced 2016-05-31, reported)".
    ///
    /// A wish is told from who wishes, from whichever end it is [read](Relation::told).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_relation(f, *self)
    }
}
