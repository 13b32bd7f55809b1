//! The columns that say what a relation or a fact says, for all answers alike.

use super::sentence;
use super::table::{Cell, RowsBy};
use super::table_builder::{Name, TableBuilder};
use crate::analysis::DealSum;
use crate::graph::{Certainty, Ending, Entity, Evidence, Fact, Relation, Right, Rule};
use crate::model::fact_field::{FIELDS, FieldRef};
use crate::model::{Attribute, AttributeValue, Confidence, End, FactRecord, Role};
use crate::value::Money;

/// The column that is true in the first row of each fact.
pub(super) const FIRST: &str = "first_of_fact";

/// The most keys of properties that have a column.
const MOST_KEYS: u16 = 50;

/// The place of what replaces a fact, behind its fields.
const REPLACED_BY: u16 = 100;

/// Where columns stand.
#[derive(Clone, Copy)]
#[repr(u16)]
enum At {
    Kind = 500,
    Label,
    From,
    To,
    Role,
    Party,
    PartyOf,
    Fact,
    FactKind,
    Status,
    Certainty,
    Confidence,
    Disputed,
    First,
    Announced,
    Signed,
    Since,
    Completed,
    Until,
    Term,
    Amount,
    Share,
    Attributes,
    Fields,
    Properties,
    Derived,
    RestsOn,
    Together,
    Ended,
    EndedRule,
    Sentence,
    Source,
    Sources,
}

const fn at(group: At, text: &str) -> Name<'_> {
    Name::at(group as u16, 0, text)
}

/// What a row is about.
#[derive(Clone, Copy)]
enum Told<'g> {
    Relation(Relation<'g>, Right),
    Fact(Fact<'g>),
    NoRelation,
    NoFact,
}

/// Columns that a table has whatever it lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Column {
    /// A text, a number, or what is true or false.
    One(&'static str),
    /// A date.
    Date(&'static str),
    /// Money.
    Money(&'static str),
    /// A share as stated.
    Share(&'static str),
    /// A computed share.
    Range(&'static str),
    /// An entity.
    Entity(&'static str),
    /// What a relation says.
    Relation,
    /// What a fact says.
    Fact,
}

impl<'g> TableBuilder<'g> {
    /// What a relation says, and its fact.
    pub fn relation(&mut self, relation: Relation<'g>) {
        self.stake(relation, Right::Equity);
    }

    /// The same with the share of this right.
    pub(super) fn stake(&mut self, relation: Relation<'g>, right: Right) {
        let parties = if self.by() == RowsBy::Parties { parties_of(relation) } else { Vec::new() };
        let evidence = relation.evidence();
        self.tell(Told::Relation(relation, right), parties, evidence);
    }

    /// What a fact says, with a column for each role.
    pub fn fact(&mut self, fact: Fact<'g>) {
        let evidence = fact.evidence().collect();
        self.fact_by(fact, evidence);
    }

    /// The same with some of the evidence.
    pub(super) fn fact_by(&mut self, fact: Fact<'g>, evidence: Vec<Evidence<'g>>) {
        let parties = fact.roles().map(|(role, party)| (role.name(), party)).collect();
        if self.by() != RowsBy::Parties {
            self.roles(fact);
        }
        self.tell(Told::Fact(fact), parties, evidence);
    }

    /// A column for each role, and each of its parties.
    fn roles(&mut self, fact: Fact<'g>) {
        let mut told: Vec<Role> = Vec::new();
        for (role, _) in fact.roles() {
            if told.contains(&role) {
                continue;
            }
            told.push(role);
            let place = Role::ALL.iter().position(|other| *other == role).unwrap_or_default();
            let name = Name::at(At::Role as u16, u16::try_from(place).unwrap_or_default(), role.name());
            self.parties_at(name, fact.parties(role));
        }
    }

    /// Sets the columns that the table has whatever it lists, before its first row.
    pub fn columns(&mut self, columns: &[Column]) {
        self.scratch(|table| {
            for column in columns {
                match *column {
                    Column::One(name) => table.text(name, None),
                    Column::Date(name) => table.date(name, None),
                    Column::Money(name) => table.money(name, None),
                    Column::Share(name) => table.share(name, None),
                    Column::Range(name) => table.share_range(name, None),
                    Column::Entity(name) => table.entity(name, None),
                    Column::Relation => table.tell(Told::NoRelation, Vec::new(), Vec::new()),
                    Column::Fact => table.tell(Told::NoFact, Vec::new(), Vec::new()),
                }
            }
        });
    }

    /// What the record of an entity says besides: its properties, and where it comes from.
    pub(super) fn record_of(&mut self, entity: Entity<'g>) {
        self.properties(entity.properties());
        let evidence: Vec<_> = entity.evidence().collect();
        self.first_source(&evidence);
        self.told(Vec::new(), evidence, false);
    }

    /// That a row says nothing of a relation or fact.
    pub(super) fn untold(&mut self) {
        self.told(Vec::new(), Vec::new(), false);
    }

    /// What ended the fact of the row.
    pub(super) fn ended(&mut self, by: &[Ending<'g>]) {
        self.texts_at(at(At::Ended, "ended_by"), by.iter().map(|ending| ending.fact.id()));
        self.texts_at(at(At::EndedRule, "ended_by_rule"), by.iter().map(|ending| ending.rule.name()));
    }

    /// Sums, each in columns of its currency.
    pub(super) fn sums(&mut self, sums: &[DealSum]) {
        sums.iter().for_each(|sum| self.sum(sum));
        self.untold();
    }

    fn sum(&mut self, sum: &DealSum) {
        let code = sum.currency.as_str();
        let letters = code.bytes().map(|letter| u16::from(letter.saturating_sub(b'A')));
        let item = letters.fold(0_u16, |item, letter| item.saturating_mul(26).saturating_add(letter));
        let column = format!("sum_{code}");
        let name = Name::at(At::Amount as u16, item, &column);
        let number =
            |bound: Option<_>| bound.map_or(Cell::Empty, |bound| Cell::Number(ToString::to_string(&bound)));
        self.text_at(name, sum.amount.map(|sum| sum.to_string()));
        self.put(name, 1, "_low", number(sum.amount.and_then(Money::low)));
        self.put(name, 2, "_high", number(sum.amount.and_then(Money::high)));
        self.put(name, 3, "_approximate", Cell::Flag(sum.is_approximate));
        self.put(name, 4, "_amounts", Cell::Number(sum.amounts.to_string()));
    }

    fn tell(
        &mut self,
        told: Told<'g>,
        parties: Vec<(&'static str, Entity<'g>)>,
        evidence: Vec<Evidence<'g>>,
    ) {
        let fact = match told {
            Told::Relation(relation, _) => relation.fact(),
            Told::Fact(fact) => Some(fact),
            Told::NoRelation | Told::NoFact => None,
        };
        let record = fact.map(|fact| fact.record());
        let is_first = fact.is_none_or(|fact| self.seen.insert(fact));
        match told {
            Told::Relation(relation, right) => self.ends(relation, right, record.as_ref()),
            Told::Fact(fact) => self.own_fields(fact, record.as_ref()),
            Told::NoRelation => self.no_ends(),
            Told::NoFact => self.no_fields(),
        }
        self.text_at(at(At::Fact, "fact"), fact.map(|fact| fact.id()));
        self.text_at(
            at(At::Status, "status"),
            fact.and_then(|fact| fact.status()).map(|status| status.name()),
        );
        self.put(at(At::First, FIRST), 0, "", fact.map_or(Cell::Empty, |_| Cell::Flag(is_first)));
        self.dates(told, record.as_ref());
        if let Some(fact) = fact {
            self.properties(fact.properties());
        }
        self.first_source(&evidence);
        self.told(parties, evidence, is_first);
    }

    /// What only relations say.
    fn ends(&mut self, relation: Relation<'g>, right: Right, record: Option<&FactRecord>) {
        self.text_at(at(At::Kind, "kind"), Some(relation.kind().name()));
        self.text_at(at(At::Label, "label"), Some(relation.told_label()));
        self.entity_at(at(At::From, "from"), Some(relation.from()));
        self.entity_at(at(At::To, "to"), Some(relation.to()));
        self.text_at(at(At::FactKind, "fact_kind"), relation.fact().map(|fact| fact.kind().name()));
        let stated = record.filter(|_| relation.derived().is_none() && !relation.is_tie());
        let rumoured = Some(Confidence::Rumoured).filter(|_| relation.is_rumoured());
        let confidence = stated.and_then(|record| record.confidence).or(rumoured);
        self.sureness(relation.certainty(), confidence, relation.is_disputed());
        self.money_at(at(At::Amount, "amount"), relation.amount());
        self.share_at(at(At::Share, "share"), relation.told_share_of(right));
        if let Some(record) = stated {
            self.fields(record, &["territory", "except", "exclusive"]);
        }
        self.text_at(at(At::Derived, "derived"), relation.derived().map(Rule::name));
        self.texts_at(at(At::RestsOn, "rests_on"), relation.rests_on().iter().map(|fact| fact.id()));
        self.entities_at(at(At::Together, "together_with"), relation.together_with());
        let endings = relation.endings();
        self.texts_at(at(At::Ended, "ended_by"), endings.iter().map(|ending| ending.fact.id()));
        self.texts_at(at(At::EndedRule, "ended_by_rule"), endings.iter().map(|ending| ending.rule.name()));
        let sentence = sentence::relation(relation, &mut super::footnotes::Footnotes::new());
        self.put(at(At::Sentence, "sentence"), 0, "", Cell::Sentence(sentence));
    }

    /// The columns of what only relations say.
    fn no_ends(&mut self) {
        let nothing = None::<&str>;
        self.text_at(at(At::Label, "label"), nothing);
        self.entity_at(at(At::From, "from"), None);
        self.entity_at(at(At::To, "to"), None);
        self.text_at(at(At::FactKind, "fact_kind"), nothing);
        self.text_at(at(At::Derived, "derived"), nothing);
        self.no_fields();
    }

    /// The columns of what relations and facts say.
    fn no_fields(&mut self) {
        for (group, name) in [
            (At::Kind, "kind"),
            (At::Certainty, "certainty"),
            (At::Confidence, "confidence"),
            (At::Disputed, "disputed"),
            (At::Sentence, "sentence"),
        ] {
            self.text_at(at(group, name), None::<&str>);
        }
        self.money_at(at(At::Amount, "amount"), None);
        self.share_at(at(At::Share, "share"), None);
    }

    /// What only facts say.
    fn own_fields(&mut self, fact: Fact<'g>, record: Option<&FactRecord>) {
        self.text_at(at(At::Kind, "kind"), Some(fact.kind().name()));
        self.sureness(fact.certainty(), fact.confidence(), fact.is_disputed());
        self.money_at(at(At::Amount, "amount"), fact.amount());
        self.share_at(at(At::Share, "share"), None);
        for (attribute, value) in fact.attributes() {
            self.attribute(attribute, &value);
        }
        if let Some(record) = record {
            self.fields(record, OTHERS);
        }
        let replaced_by = Name::at(At::Fields as u16, REPLACED_BY, "replaced_by");
        self.texts_at(replaced_by, fact.replaced_by().iter().map(|by| by.id()));
        self.put(at(At::Sentence, "sentence"), 0, "", Cell::Sentence(fact.sentence().into()));
    }

    fn sureness(&mut self, certainty: Option<Certainty>, confidence: Option<Confidence>, disputed: bool) {
        self.text_at(at(At::Certainty, "certainty"), certainty.map(Certainty::name));
        self.text_at(at(At::Confidence, "confidence"), confidence.map(Confidence::name));
        self.put(at(At::Disputed, "disputed"), 0, "", Cell::Flag(disputed));
    }

    /// The dates of the fact; a relation begins when its fact did, or was done.
    fn dates(&mut self, told: Told<'g>, record: Option<&FactRecord>) {
        self.date_at(at(At::Announced, "announced"), record.and_then(|record| record.announced));
        self.date_at(at(At::Signed, "signed"), record.and_then(|record| record.signed));
        let (since, completed) = (record.and_then(|r| r.since), record.and_then(|r| r.completed));
        let is_of_fact = match told {
            Told::Relation(relation, _) => relation.derived().is_none() && !relation.is_tie(),
            Told::Fact(_) => true,
            Told::NoRelation | Told::NoFact => false,
        };
        match told {
            Told::Relation(..) | Told::NoRelation => {
                self.date_at(at(At::Since, "since"), since.or(completed));
            }
            Told::Fact(_) | Told::NoFact => {
                self.date_at(at(At::Since, "since"), since);
                self.date_at(at(At::Completed, "completed"), completed);
            }
        }
        let until = record.and_then(|record| record.until);
        let day = match until {
            Some(End::On(date)) => Some(date),
            _ => None,
        };
        self.date_at(at(At::Until, "until"), day);
        if let Some(until @ (End::Open | End::Unknown)) = until {
            self.text_at(at(At::Until, "until"), Some(until.to_string()));
        }
        let term = record.filter(|_| is_of_fact).and_then(|record| record.term);
        self.text_at(at(At::Term, "term"), term.map(|term| term.to_string()));
    }

    fn attribute(&mut self, attribute: Attribute, value: &AttributeValue) {
        let place = Attribute::ALL.iter().position(|other| *other == attribute).unwrap_or_default();
        let item = u16::try_from(place).unwrap_or_default();
        let name = Name::at(At::Attributes as u16, item, attribute.name());
        match value {
            AttributeValue::Share(share) if attribute == Attribute::Share => {
                self.share_at(at(At::Share, "share"), Some(*share));
            }
            AttributeValue::Share(share) => self.share_at(name, Some(*share)),
            AttributeValue::Flag(flag) => self.put(name, 0, "", Cell::Flag(*flag)),
            AttributeValue::Text(text) => self.text_at(name, Some(text.as_str())),
            AttributeValue::Choice(word) => self.text_at(name, Some(*word)),
        }
    }

    /// Fields that few facts have: these of them.
    fn fields(&mut self, record: &FactRecord, wanted: &[&str]) {
        record.for_each_field(|row, field| {
            if !wanted.contains(&row.name) {
                return;
            }
            let place = FIELDS.iter().position(|other| other.name == row.name).unwrap_or_default();
            let name = Name::at(At::Fields as u16, u16::try_from(place).unwrap_or_default(), row.name);
            self.field(name, field);
        });
    }

    fn field(&mut self, name: Name<'_>, field: FieldRef<'_>) {
        match field {
            FieldRef::Date(Some(date)) => self.date_at(name, Some(*date)),
            FieldRef::Quantity(Some(quantity)) => {
                let number = |bound: Option<_>| {
                    bound.map_or(Cell::Empty, |bound| Cell::Number(ToString::to_string(&bound)))
                };
                self.text_at(name, Some(quantity.to_string()));
                self.put(name, 1, "_low", number(quantity.low()));
                self.put(name, 2, "_high", number(quantity.high()));
            }
            FieldRef::Text(Some(text)) | FieldRef::Prose(Some(text)) => {
                self.text_at(name, Some(text.as_str()));
            }
            FieldRef::Id(Some(id)) | FieldRef::Fact(Some(id)) => self.text_at(name, Some(id.as_str())),
            FieldRef::Facts(ids) => self.texts_at(name, ids.iter().map(|id| id.as_str())),
            FieldRef::Territories(list) => {
                let codes: Vec<String> = list.iter().map(ToString::to_string).collect();
                self.texts_at(name, codes.iter().map(String::as_str));
            }
            FieldRef::Flag(Some(flag)) => self.put(name, 0, "", Cell::Flag(*flag)),
            FieldRef::Mark(true) => self.put(name, 0, "", Cell::Flag(true)),
            // The rest have columns of their own, or are not stated.
            _ => {}
        }
    }

    /// A column for each of the first keys.
    fn properties(&mut self, properties: impl Iterator<Item = (&'g str, &'g str)>) {
        for (key, value) in properties {
            let next = u16::try_from(self.keys.len()).unwrap_or(MOST_KEYS);
            let item = match self.keys.get(key) {
                Some(item) => *item,
                None if next < MOST_KEYS => {
                    self.keys.insert(key, next);
                    next
                }
                None => {
                    self.has_more_keys = true;
                    continue;
                }
            };
            let column = format!("property_{key}");
            self.text_at(Name::at(At::Properties as u16, item, &column), Some(value));
        }
    }

    /// The first piece of evidence, and from how many sources it comes.
    fn first_source(&mut self, evidence: &[Evidence<'g>]) {
        if self.by() != RowsBy::Sources {
            self.source(evidence.first().copied());
        }
        let mut sources: Vec<&str> = evidence.iter().map(|evidence| evidence.source().id()).collect();
        sources.sort_unstable();
        sources.dedup();
        self.put(at(At::Sources, "sources"), 0, "", Cell::Number(sources.len().to_string()));
    }

    fn source(&mut self, evidence: Option<Evidence<'g>>) {
        let source = evidence.map(|evidence| evidence.source());
        let name = at(At::Source, "source");
        let text = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()));
        self.put(name, 0, "", text(source.map(|source| source.id())));
        self.put(name, 1, "_title", text(source.map(|source| source.title())));
        let published = source.and_then(|source| source.record().published);
        self.put(name, 2, "_published", text(published.map(|date| date.to_string()).as_deref()));
        self.put(name, 3, "_url", text(source.and_then(|source| source.record().url.as_deref())));
        self.put(name, 4, "_stance", text(evidence.map(|evidence| evidence.stance().name())));
        self.put(name, 5, "_quote", text(evidence.and_then(Evidence::quote)));
        if self.by() == RowsBy::Sources {
            self.put(name, 6, "_locator", text(evidence.and_then(Evidence::locator)));
            self.put(name, 7, "_said_by", text(evidence.and_then(Evidence::said_by)));
        }
    }

    /// For each party its cells.
    pub(super) fn rows_of_parties(
        &mut self,
        parties: &[(&'static str, Entity<'g>)],
    ) -> Vec<Vec<(usize, Cell)>> {
        let fill = |table: &mut Self, (role, party): (&'static str, Entity<'g>)| {
            table.text_at(at(At::Role, "role"), Some(role));
            table.entity_at(at(At::Party, "party"), Some(party));
            let country = party.country().map(|country| country.to_string());
            table.text_at(Name::at(At::PartyOf as u16, 0, "party_country"), country);
            table.text_at(Name::at(At::PartyOf as u16, 1, "party_industry"), party.industry());
        };
        parties.iter().map(|party| self.apart(|table| fill(table, *party))).collect()
    }

    /// For each piece of evidence its cells.
    pub(super) fn rows_of_sources(&mut self, evidence: &[Evidence<'g>]) -> Vec<Vec<(usize, Cell)>> {
        evidence.iter().map(|evidence| self.apart(|table| table.source(Some(*evidence)))).collect()
    }
}

/// The ends of a relation, and who has it together with one of them.
fn parties_of(relation: Relation<'_>) -> Vec<(&'static str, Entity<'_>)> {
    let together = relation.together_with();
    let ends = [("from", relation.from()), ("to", relation.to())];
    ends.into_iter().chain(together.into_iter().map(|one| ("together_with", one))).collect()
}

/// The fields of facts that have no column in every table.
const OTHERS: &[&str] = &[
    "withdrawn",
    "as_of",
    "quantity",
    "territory",
    "except",
    "exclusive",
    "condition",
    "part_of",
    "tied_to",
    "replaces",
    "claims_of",
    "note",
    "unsourced",
];
