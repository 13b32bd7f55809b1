//! The tags under which fields of a fact's record are packed.

use super::entity_fields::evidence;
use super::evidence::Said;
use super::fields::{Blobs, Field, Fields, put_text, sound, take_bytes, take_text};
use super::index::SourceIx;
#[cfg(feature = "import")]
use super::plain::{Detail, PlainFact, When};
use super::section::damage::Damage;
use super::text::TextKind;
use super::validity::{Days, EndDays, Timing};
#[cfg(feature = "import")]
use crate::model::FactField;
use crate::model::vocabulary::AttributeType;
use crate::model::{Attribute, AttributeValue, Confidence, End, FactKind, FactRecord, Id, Role, Status};
use crate::value::{Date, Money, Share, Territory};

pub(crate) const ID: u8 = 1;
pub(crate) const STATUS: u8 = 2;
pub(crate) const ANNOUNCED: u8 = 3;
pub(crate) const SIGNED: u8 = 4;
pub(crate) const SINCE: u8 = 5;
pub(crate) const COMPLETED: u8 = 6;
pub(crate) const UNTIL: u8 = 7;
pub(crate) const WITHDRAWN: u8 = 8;
pub(crate) const AS_OF: u8 = 9;
const TERM: u8 = 10;
pub(crate) const AMOUNT: u8 = 11;
const QUANTITY: u8 = 12;
const TERRITORY: u8 = 13;
const EXCEPT: u8 = 14;
const EXCLUSIVE: u8 = 15;
const CONDITION: u8 = 16;
const PART_OF: u8 = 17;
const TIED_TO: u8 = 18;
const REPLACES: u8 = 19;
const CLAIMS_OF: u8 = 20;
const CONFIDENCE: u8 = 21;
const NOTE: u8 = 22;
pub(crate) const EVIDENCE: u8 = 23;
pub(crate) const UNSOURCED: u8 = 24;
pub(crate) const ATTRIBUTE: u8 = 25;
/// A role, where the same entity stands in it twice, so that the graph and the record differ.
const ROLE: u8 = 26;

/// The tags of fields that are parsed before they are given out, and so have no text of their own; a bit for each.
pub(crate) const PARSED: u32 = 1 << STATUS
    | 1 << ANNOUNCED
    | 1 << SIGNED
    | 1 << SINCE
    | 1 << COMPLETED
    | 1 << UNTIL
    | 1 << WITHDRAWN
    | 1 << AS_OF
    | 1 << TERM
    | 1 << AMOUNT
    | 1 << EXCLUSIVE
    | 1 << CONFIDENCE
    | 1 << UNSOURCED;

/// Refuses a field with a text that no graph file could have; none if it is no field.
pub(crate) fn check(field: Field<'_>) -> Option<Result<(), Damage>> {
    let (name, sort, text) = match (field.tag, field.value) {
        (EVIDENCE, value) => return Said::check(value),
        (ATTRIBUTE, [attribute, b't', text @ ..]) => {
            (Attribute::ALL.get(usize::from(*attribute))?.name(), TextKind::Line, text)
        }
        (ATTRIBUTE, [_, _, ..]) => return Some(Ok(())),
        (ROLE, [role, value @ ..]) => {
            let mut value = value;
            (Role::ALL.get(usize::from(*role))?.name(), TextKind::Line, take_bytes(&mut value)?)
        }
        (ID, text) => ("id", TextKind::Line, text),
        (CONDITION, text) => ("condition", TextKind::Line, text),
        (PART_OF, text) => ("part_of", TextKind::Line, text),
        (TIED_TO, text) => ("tied_to", TextKind::Line, text),
        (REPLACES, text) => ("replaces", TextKind::Line, text),
        (CLAIMS_OF, text) => ("claims_of", TextKind::Line, text),
        (NOTE, text) => ("note", TextKind::Prose, text),
        (_, text) => ("facts", TextKind::Line, text),
    };
    Some(Damage::in_bytes(name, sort, text))
}

/// Writes all but kind and roles; `source` resolves an id that was checked. `roles_differ` if the graph has other
/// roles than the record.
pub(crate) fn write(
    record: &FactRecord,
    roles_differ: bool,
    blobs: &mut Blobs,
    mut source: impl FnMut(&Id) -> Option<SourceIx>,
) {
    blobs.optional_text(ID, record.id.as_ref().map(Id::as_str));
    blobs.value(STATUS, record.status);
    blobs.date(ANNOUNCED, record.announced);
    blobs.date(SIGNED, record.signed);
    blobs.date(SINCE, record.since);
    blobs.date(COMPLETED, record.completed);
    match record.until {
        Some(End::On(date)) => blobs.date(UNTIL, Some(date)),
        until => blobs.value(UNTIL, until),
    }
    blobs.date(WITHDRAWN, record.withdrawn);
    blobs.date(AS_OF, record.as_of);
    blobs.value(TERM, record.term);
    blobs.value(AMOUNT, record.amount);
    blobs.value(QUANTITY, record.quantity);
    for territory in &record.territory {
        blobs.value(TERRITORY, Some(territory));
    }
    for territory in &record.except {
        blobs.value(EXCEPT, Some(territory));
    }
    blobs.value(EXCLUSIVE, record.exclusive);
    blobs.optional_text(CONDITION, record.condition.as_deref());
    blobs.optional_text(PART_OF, record.part_of.as_ref().map(Id::as_str));
    for id in &record.tied_to {
        blobs.text(TIED_TO, id.as_str());
    }
    for id in &record.replaces {
        blobs.text(REPLACES, id.as_str());
    }
    blobs.optional_text(CLAIMS_OF, record.claims_of.as_ref().map(Id::as_str));
    blobs.value(CONFIDENCE, record.confidence);
    blobs.optional_text(NOTE, record.note.as_deref());
    for evidence in &record.evidence {
        if let Some(source) = source(&evidence.source) {
            blobs.bytes(EVIDENCE, &Said::of(evidence, source).pack());
        }
    }
    blobs.flag(UNSOURCED, record.unsourced);
    for (attribute, value) in &record.attributes {
        blobs.bytes(ATTRIBUTE, &pack_attribute(*attribute, value));
    }
    for (role, id) in record.roles.iter().filter(|_| roles_differ) {
        let mut bytes = vec![*role as u8];
        put_text(&mut bytes, id.as_str());
        blobs.bytes(ROLE, &bytes);
    }
    blobs.end_record();
}

/// Writes what a fact of a table has before its source, as a record of its own.
#[cfg(feature = "import")]
pub(crate) fn write_before_source(blobs: &mut Blobs, fact: PlainFact<'_>) {
    blobs.optional_text(ID, fact.id);
    let mut details = fact.details.iter().peekable();
    let mut up_to = |blobs: &mut Blobs, tag: u8| {
        while let Some(detail) = details.next_if(|detail| tag_of(detail) < tag) {
            match detail {
                Detail::When(_, when) => write_when(blobs, tag_of(detail), *when),
                Detail::Text(_, text) => blobs.text(tag_of(detail), text),
                Detail::Attribute(..) => {}
            }
        }
    };
    let dates =
        [(ANNOUNCED, fact.announced), (SINCE, fact.since), (COMPLETED, fact.completed), (UNTIL, fact.until)];
    for (tag, date) in dates {
        if let Some(date) = date {
            up_to(blobs, tag);
            write_when(blobs, tag, date);
        }
    }
    up_to(blobs, AMOUNT);
    blobs.optional_text(AMOUNT, fact.amount);
    up_to(blobs, EVIDENCE);
    blobs.end_record();
}

#[cfg(feature = "import")]
fn write_when(blobs: &mut Blobs, tag: u8, when: When) {
    match when {
        When::Day(number) => blobs.day(tag, number),
        When::Date(date) => blobs.date(tag, Some(date)),
        When::Open => blobs.value(tag, Some(End::Open)),
        When::Unknown => blobs.value(tag, Some(End::Unknown)),
    }
}

#[cfg(feature = "import")]
const fn tag_of(detail: &Detail) -> u8 {
    match detail {
        Detail::Attribute(..) => ATTRIBUTE,
        Detail::When(field, _) | Detail::Text(field, _) => match field {
            FactField::Status => STATUS,
            FactField::Signed => SIGNED,
            FactField::Withdrawn => WITHDRAWN,
            FactField::AsOf => AS_OF,
            FactField::Term => TERM,
            FactField::Quantity => QUANTITY,
            FactField::Territory => TERRITORY,
            FactField::Except => EXCEPT,
            FactField::Exclusive => EXCLUSIVE,
            FactField::Condition => CONDITION,
            FactField::Confidence => CONFIDENCE,
            FactField::Note => NOTE,
        },
    }
}

/// Writes what comes behind it.
#[cfg(feature = "import")]
pub(crate) fn write_behind_source(blobs: &mut Blobs, fact: PlainFact<'_>) {
    if let Some((share, _)) = fact.share {
        blobs.bytes_after(ATTRIBUTE, &[Attribute::Share as u8, b's'], share.as_bytes());
    }
    for detail in fact.details {
        if let Detail::Attribute(attribute, value) = detail {
            blobs.bytes(ATTRIBUTE, &pack_attribute(*attribute, value));
        }
    }
    blobs.end_record();
}

/// Writes the fields of a fact of a table: both parts, and its source between them.
#[cfg(feature = "import")]
pub(crate) fn write_with_source(
    blobs: &mut Blobs,
    before: &Fields<'_>,
    source: Option<SourceIx>,
    behind: &Fields<'_>,
) {
    blobs.copy(before);
    match source {
        Some(source) => Said::write_bare(source, EVIDENCE, blobs),
        None => blobs.flag(UNSOURCED, true),
    }
    blobs.copy(behind);
    blobs.end_record();
}

/// Puts a record together again; `source` names a source. Its roles are replaced where the record has others.
pub(crate) fn read<'b>(
    record: &mut FactRecord,
    fields: impl Iterator<Item = Field<'b>>,
    source: impl Fn(SourceIx) -> Id,
) {
    let mut roles = Vec::new();
    for field in fields {
        match field.tag {
            ID => record.id = Some(Id::unchecked(field.text())),
            STATUS => record.status = status(field),
            ANNOUNCED => record.announced = field.date(),
            SIGNED => record.signed = field.date(),
            SINCE => record.since = field.date(),
            COMPLETED => record.completed = field.date(),
            UNTIL => record.until = until(field),
            WITHDRAWN => record.withdrawn = field.date(),
            AS_OF => record.as_of = field.date(),
            TERM => record.term = field.parse(),
            AMOUNT => record.amount = field.parse(),
            QUANTITY => record.quantity = field.parse(),
            TERRITORY => record.territory.extend(field.parse::<Territory>()),
            EXCEPT => record.except.extend(field.parse::<Territory>()),
            EXCLUSIVE => record.exclusive = field.parse(),
            CONDITION => record.condition = Some(field.text().to_owned()),
            PART_OF => record.part_of = Some(Id::unchecked(field.text())),
            TIED_TO => record.tied_to.push(Id::unchecked(field.text())),
            REPLACES => record.replaces.push(Id::unchecked(field.text())),
            CLAIMS_OF => record.claims_of = Some(Id::unchecked(field.text())),
            CONFIDENCE => record.confidence = Confidence::from_name(field.word()),
            NOTE => record.note = Some(field.prose().to_owned()),
            EVIDENCE => record.evidence.extend(Said::unpack(field.value).map(|said| evidence(said, &source))),
            UNSOURCED => record.unsourced = true,
            ATTRIBUTE => record.attributes.extend(attribute(record.kind, field.value)),
            ROLE => roles.extend(role(field.value)),
            _ => {}
        }
    }
    if !roles.is_empty() {
        record.roles = roles;
    }
}

/// The same without roles, evidence and note.
pub(crate) fn read_bare(record: &mut FactRecord, fields: Fields<'_>) {
    let is_bare = |field: &Field<'_>| !matches!(field.tag, NOTE | EVIDENCE | ROLE);
    read(record, fields.filter(is_bare), |_| Id::unchecked(""));
}

pub(crate) fn status(field: Field<'_>) -> Option<Status> {
    Status::from_name(field.word())
}

fn until(field: Field<'_>) -> Option<End> {
    match field.day_number() {
        Some(_) => field.date().map(End::On),
        None => field.parse(),
    }
}

/// How a fact names another.
#[derive(Clone, Copy)]
pub(crate) enum Link {
    PartOf,
    TiedTo,
    ClaimOf,
    Replaces,
}

/// The ids of other facts that a fact names.
pub(crate) fn links(fields: Fields<'_>) -> impl Iterator<Item = (Link, &str)> {
    fields.filter_map(|field| {
        let link = match field.tag {
            PART_OF => Link::PartOf,
            TIED_TO => Link::TiedTo,
            CLAIMS_OF => Link::ClaimOf,
            REPLACES => Link::Replaces,
            _ => return None,
        };
        Some((link, field.text()))
    })
}

/// What of a fact says when it is in force, without its other fields.
pub(crate) fn timing(kind: FactKind, fields: Fields<'_>) -> Timing {
    let mut timing = Timing::new(kind);
    for field in fields {
        let days = || match field.day_number() {
            Some(number) => Some(Days::on(number)),
            None => field.date().map(Days::of),
        };
        match field.tag {
            STATUS => timing.status = status(field),
            ANNOUNCED => timing.announced = days(),
            SIGNED => timing.signed = days(),
            SINCE => timing.since = days(),
            COMPLETED => timing.completed = days(),
            UNTIL if field.day_number().is_some() => timing.until = days().map(EndDays::On),
            UNTIL => timing.until = until(field).map(EndDays::of),
            WITHDRAWN => timing.withdrawn = days(),
            AS_OF => timing.as_of = days(),
            TERM => timing.term = field.parse(),
            // No field after these says when.
            tag if tag > TERM => break,
            _ => {}
        }
    }
    timing
}

/// The date by which a fact stands among others: `FactRecord::date` without the record.
pub(crate) fn date(fields: &Fields<'_>) -> Option<Date> {
    let of = |tag| fields.clone().find_tag(tag).and_then(Field::date);
    of(ANNOUNCED).or_else(|| of(SIGNED)).or_else(|| of(SINCE)).or_else(|| of(COMPLETED)).or_else(|| of(AS_OF))
}

/// On which day a figure was taken.
pub(crate) fn as_of(fields: &Fields<'_>) -> Option<Date> {
    fields.clone().find_tag(AS_OF).and_then(Field::date)
}

/// Every date that says when, as `FactRecord::dates`.
pub(crate) fn dates(fields: Fields<'_>) -> impl Iterator<Item = Date> {
    let is_date = |tag: u8| matches!(tag, ANNOUNCED..=AS_OF);
    fields.filter(move |field| is_date(field.tag)).filter_map(Field::date)
}

pub(crate) fn amount(fields: Fields<'_>) -> Option<Money> {
    fields.find_tag(AMOUNT).and_then(Field::parse)
}

/// How sure it is stated to be.
pub(crate) fn confidence(fields: Fields<'_>) -> Option<Confidence> {
    fields.text(CONFIDENCE).and_then(Confidence::from_name)
}

/// The share that a fact states.
pub(crate) fn share(kind: FactKind, fields: Fields<'_>) -> Option<Share> {
    fields.filter(|field| field.tag == ATTRIBUTE).find_map(|field| match attribute(kind, field.value)? {
        (Attribute::Share, AttributeValue::Share(share)) => Some(share),
        _ => None,
    })
}

/// The attributes of a fact, in the order written.
pub(crate) fn attributes(
    kind: FactKind,
    fields: Fields<'_>,
) -> impl Iterator<Item = (Attribute, AttributeValue)> {
    fields.filter(|field| field.tag == ATTRIBUTE).filter_map(move |field| attribute(kind, field.value))
}

fn pack_attribute(attribute: Attribute, value: &AttributeValue) -> Vec<u8> {
    let form = match value {
        AttributeValue::Text(_) => b't',
        AttributeValue::Share(_) => b's',
        AttributeValue::Flag(_) => b'f',
        AttributeValue::Choice(_) => b'c',
    };
    let mut bytes = vec![attribute as u8, form];
    bytes.extend_from_slice(value.to_string().as_bytes());
    bytes
}

fn attribute(kind: FactKind, bytes: &[u8]) -> Option<(Attribute, AttributeValue)> {
    let [attribute, form, text @ ..] = bytes else { return None };
    let attribute = *Attribute::ALL.get(usize::from(*attribute))?;
    if *form == b't' {
        return Some((attribute, AttributeValue::Text(sound(text, TextKind::Line).to_owned())));
    }
    let text = std::str::from_utf8(text).ok()?;
    let value = match form {
        b's' => AttributeValue::Share(text.parse().ok()?),
        b'f' => AttributeValue::Flag(text.parse().ok()?),
        _ => {
            let AttributeType::Choice(words) = kind.row().attribute(attribute)?.values else { return None };
            AttributeValue::Choice(words.iter().find(|word| word.name == text)?.name)
        }
    };
    Some((attribute, value))
}

fn role(bytes: &[u8]) -> Option<(Role, Id)> {
    let (role, mut rest) = bytes.split_first()?;
    Some((*Role::ALL.get(usize::from(*role))?, Id::unchecked(take_text(&mut rest, TextKind::Line)?)))
}
