//! Tags of the packed fields of a fact's record.

use super::entity_fields::evidence;
use super::evidence::Said;
use super::fields::{Blobs, Field, Fields, put_text, sound, take_bytes, take_text};
use super::index::SourceIx;
#[cfg(feature = "import")]
use super::plain::{Detail, PlainFact, When};
use super::property;
use super::section::damage::Damage;
use super::text::TextKind;
use super::validity::{Days, EndDays, Timing};
use crate::model::fact_field::{FieldMut, FieldRef, tag, tags_of};
use crate::model::vocabulary::{AttributeType, FieldRow, FieldType};
use crate::model::{Attribute, AttributeValue, Confidence, End, FactKind, FactRecord, Id, Role, Status};
use crate::value::{Date, Money, Share, Territory};

/// An attribute specific to some kinds.
pub(crate) const ATTRIBUTE: u8 = 0x7f;
/// A role, written if an entity is in the same role twice, so that the record differs from the graph.
const ROLE: u8 = 0x7e;

/// A bit mask of the tags whose fields are parsed before they are returned, so that their text is never exposed.
pub(crate) const PARSED: u32 = tags_of(&[
    FieldType::Status,
    FieldType::Date,
    FieldType::End,
    FieldType::Term,
    FieldType::Money,
    FieldType::Flag,
    FieldType::Mark,
    FieldType::Confidence,
]);

/// A bit mask of the tags of dates.
const DATES: u32 = tags_of(&[FieldType::Date, FieldType::End]);

/// Rejects a field with a text that no graph file could contain; `None` if the field is malformed.
pub(crate) fn check(field: Field<'_>) -> Option<Result<(), Damage>> {
    let (name, sort, text) = match (field.tag, field.value) {
        (ATTRIBUTE, [attribute, b't', text @ ..]) => {
            (Attribute::ALL.get(usize::from(*attribute))?.name(), TextKind::Line, text)
        }
        (ATTRIBUTE, [_, _, ..]) => return Some(Ok(())),
        (ROLE, [role, value @ ..]) => {
            let mut value = value;
            (Role::ALL.get(usize::from(*role))?.name(), TextKind::Line, take_bytes(&mut value)?)
        }
        (field, text) => match FieldRow::tagged(field) {
            Some(FieldRow { values: FieldType::Evidence, .. }) => return Said::check(text),
            Some(FieldRow { values: FieldType::Properties, .. }) => return property::check(text),
            Some(FieldRow { name, values: FieldType::Prose, .. }) => (*name, TextKind::Prose, text),
            Some(FieldRow { name, .. }) => (*name, TextKind::Line, text),
            None => ("facts", TextKind::Line, text),
        },
    };
    Some(Damage::in_bytes(name, sort, text))
}

/// Writes all but kind and roles. `source` resolves the id of a source, already checked. `roles_differ` if the roles of
/// the graph differ from those of the record.
pub(crate) fn write(
    record: &FactRecord,
    roles_differ: bool,
    blobs: &mut Blobs,
    mut source: impl FnMut(&Id) -> Option<SourceIx>,
) {
    record.for_each_field(|row, field| write_field(blobs, row.tag, field, &mut source));
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

#[inline]
fn write_field(
    blobs: &mut Blobs,
    tag: u8,
    field: FieldRef<'_>,
    source: &mut impl FnMut(&Id) -> Option<SourceIx>,
) {
    match field {
        FieldRef::Id(id) | FieldRef::Fact(id) => blobs.optional_text(tag, id.as_ref().map(Id::as_str)),
        FieldRef::Facts(ids) => ids.iter().for_each(|id| blobs.text(tag, id.as_str())),
        FieldRef::Status(status) => blobs.optional_text(tag, status.map(Status::name)),
        FieldRef::Confidence(confidence) => blobs.optional_text(tag, confidence.map(Confidence::name)),
        FieldRef::Date(date) => blobs.date(tag, *date),
        FieldRef::End(Some(End::On(date))) => blobs.date(tag, Some(*date)),
        FieldRef::End(end) => blobs.value(tag, *end),
        FieldRef::Term(term) => blobs.value(tag, *term),
        FieldRef::Money(money) => blobs.value(tag, *money),
        FieldRef::Quantity(quantity) => blobs.value(tag, *quantity),
        FieldRef::Territories(list) => list.iter().for_each(|one| blobs.value(tag, Some(one))),
        FieldRef::Flag(flag) => blobs.value(tag, *flag),
        FieldRef::Mark(mark) => blobs.flag(tag, *mark),
        FieldRef::Text(text) | FieldRef::Prose(text) => blobs.optional_text(tag, text.as_deref()),
        FieldRef::Properties(list) => {
            list.iter().for_each(|(key, value)| blobs.bytes(tag, &property::pack(key, value)));
        }
        FieldRef::Evidence(list) => {
            for evidence in list {
                if let Some(source) = source(&evidence.source) {
                    blobs.bytes(tag, &Said::of(evidence, source).pack());
                }
            }
        }
    }
}

/// Writes the fields of a table's fact that come before its source, as a record of their own.
#[cfg(feature = "import")]
pub(crate) fn write_before_source(blobs: &mut Blobs, fact: PlainFact<'_>) {
    blobs.optional_text(tag::id, fact.id);
    let mut details = fact.details.iter().peekable();
    let mut up_to = |blobs: &mut Blobs, tag: u8| {
        while let Some(detail) = details.next_if(|detail| tag_of(detail) < tag) {
            write_detail(blobs, detail);
        }
    };
    let dates = [
        (tag::announced, fact.announced),
        (tag::since, fact.since),
        (tag::completed, fact.completed),
        (tag::until, fact.until),
    ];
    for (tag, date) in dates {
        if let Some(date) = date {
            up_to(blobs, tag);
            write_when(blobs, tag, date);
        }
    }
    up_to(blobs, tag::amount);
    blobs.optional_text(tag::amount, fact.amount);
    up_to(blobs, tag::evidence);
    blobs.end_record();
}

#[cfg(feature = "import")]
fn write_detail(blobs: &mut Blobs, detail: &Detail) {
    match detail {
        Detail::When(_, when) => write_when(blobs, tag_of(detail), *when),
        Detail::Text(_, text) => blobs.text(tag_of(detail), text),
        Detail::Property(property) => blobs.bytes(tag_of(detail), &property.0),
        Detail::Attribute(attribute, value) => {
            blobs.bytes(tag_of(detail), &pack_attribute(*attribute, value));
        }
    }
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
        Detail::Property(_) => tag::properties,
        Detail::When(field, _) | Detail::Text(field, _) => field.row().tag,
    }
}

/// Writes the fields that come after its source.
#[cfg(feature = "import")]
pub(crate) fn write_behind_source(blobs: &mut Blobs, fact: PlainFact<'_>) {
    let is_behind = |detail: &&Detail| tag_of(detail) > tag::evidence && tag_of(detail) < ATTRIBUTE;
    fact.details.iter().filter(is_behind).for_each(|detail| write_detail(blobs, detail));
    if let Some((share, _)) = fact.share {
        blobs.bytes_after(ATTRIBUTE, &[Attribute::Share as u8, b's'], share.as_bytes());
    }
    for detail in fact.details.iter().filter(|detail| matches!(detail, Detail::Attribute(..))) {
        write_detail(blobs, detail);
    }
    blobs.end_record();
}

/// Writes the fields of a table's fact: both parts, with its source in between.
#[cfg(feature = "import")]
pub(crate) fn write_with_source(
    blobs: &mut Blobs,
    before: &Fields<'_>,
    source: Option<SourceIx>,
    behind: &Fields<'_>,
) {
    blobs.copy(before);
    match source {
        Some(source) => Said::write_bare(source, tag::evidence, blobs),
        None => blobs.flag(tag::unsourced, true),
    }
    blobs.copy(behind);
    blobs.end_record();
}

/// Reads packed fields into a record. `source` returns the id of a source. Roles are replaced if the fields have their
/// own.
pub(crate) fn read<'b>(
    record: &mut FactRecord,
    fields: impl Iterator<Item = Field<'b>>,
    source: impl Fn(SourceIx) -> Id,
) {
    let mut roles = Vec::new();
    for field in fields {
        match field.tag {
            ATTRIBUTE => record.attributes.extend(attribute(record.kind, field.value)),
            ROLE => roles.extend(role(field.value)),
            tag => {
                if let Some(own) = record.field_mut(tag) {
                    read_field(own, field, &source);
                }
            }
        }
    }
    if !roles.is_empty() {
        record.roles = roles;
    }
}

fn read_field(own: FieldMut<'_>, field: Field<'_>, source: impl Fn(SourceIx) -> Id) {
    match own {
        FieldMut::Id(id) | FieldMut::Fact(id) => *id = Some(Id::unchecked(field.text())),
        FieldMut::Facts(ids) => ids.push(Id::unchecked(field.text())),
        FieldMut::Status(own) => *own = status(field),
        FieldMut::Confidence(confidence) => *confidence = Confidence::from_name(field.word()),
        FieldMut::Date(date) => *date = field.date(),
        FieldMut::End(end) => *end = until(field),
        FieldMut::Term(term) => *term = field.parse(),
        FieldMut::Money(money) => *money = field.parse(),
        FieldMut::Quantity(quantity) => *quantity = field.parse(),
        FieldMut::Territories(list) => list.extend(field.parse::<Territory>()),
        FieldMut::Flag(flag) => *flag = field.parse(),
        FieldMut::Mark(mark) => *mark = true,
        FieldMut::Text(text) => *text = Some(field.text().to_owned()),
        FieldMut::Prose(text) => *text = Some(field.prose().to_owned()),
        FieldMut::Properties(list) => list.extend(property::owned(field.value)),
        FieldMut::Evidence(list) => {
            list.extend(Said::unpack(field.value).map(|said| evidence(said, &source)));
        }
    }
}

/// Reads all but roles, evidence, note and properties.
pub(crate) fn read_bare(record: &mut FactRecord, fields: Fields<'_>) {
    let is_bare =
        |field: &Field<'_>| !matches!(field.tag, tag::note | tag::properties | tag::evidence | ROLE);
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

/// How a fact refers to another.
#[derive(Clone, Copy)]
pub(crate) enum Link {
    PartOf,
    TiedTo,
    ClaimOf,
    Replaces,
}

/// The ids of other facts that a fact refers to.
pub(crate) fn links(fields: Fields<'_>) -> impl Iterator<Item = (Link, &str)> {
    fields.filter_map(|field| {
        let link = match field.tag {
            tag::part_of => Link::PartOf,
            tag::tied_to => Link::TiedTo,
            tag::claims_of => Link::ClaimOf,
            tag::replaces => Link::Replaces,
            _ => return None,
        };
        Some((link, field.text()))
    })
}

/// The fields of a fact that say when it is in force, without the others.
pub(crate) fn timing(kind: FactKind, fields: Fields<'_>) -> Timing {
    let mut timing = Timing::new(kind);
    for field in fields {
        let days = || match field.day_number() {
            Some(number) => Some(Days::on(number)),
            None => field.date().map(Days::of),
        };
        match field.tag {
            tag::status => timing.status = status(field),
            tag::announced => timing.announced = days(),
            tag::signed => timing.signed = days(),
            tag::since => timing.since = days(),
            tag::completed => timing.completed = days(),
            tag::until if field.day_number().is_some() => timing.until = days().map(EndDays::On),
            tag::until => timing.until = until(field).map(EndDays::of),
            tag::withdrawn => timing.withdrawn = days(),
            tag::as_of => timing.as_of = days(),
            tag::term => timing.term = field.parse(),
            // Later fields say nothing about time.
            tag if tag > tag::as_of => break,
            _ => {}
        }
    }
    timing
}

/// The date by which a fact is sorted: `FactRecord::date` without the record.
pub(crate) fn date(fields: &Fields<'_>) -> Option<Date> {
    let of = |tag| fields.clone().find_tag(tag).and_then(Field::date);
    of(tag::announced)
        .or_else(|| of(tag::signed))
        .or_else(|| of(tag::since))
        .or_else(|| of(tag::completed))
        .or_else(|| of(tag::as_of))
}

/// The day as of which a figure holds.
pub(crate) fn as_of(fields: &Fields<'_>) -> Option<Date> {
    fields.clone().find_tag(tag::as_of).and_then(Field::date)
}

/// Every date that says when, like `FactRecord::dates`.
pub(crate) fn dates(fields: Fields<'_>) -> impl Iterator<Item = Date> {
    let is_date = |tag: u8| DATES.checked_shr(u32::from(tag)).is_some_and(|tags| tags & 1 == 1);
    fields.filter(move |field| is_date(field.tag)).filter_map(Field::date)
}

pub(crate) fn amount(fields: Fields<'_>) -> Option<Money> {
    fields.find_tag(tag::amount).and_then(Field::parse)
}

/// The confidence that a fact states.
pub(crate) fn confidence(fields: Fields<'_>) -> Option<Confidence> {
    fields.text(tag::confidence).and_then(Confidence::from_name)
}

/// The share that a fact states.
pub(crate) fn share(kind: FactKind, fields: Fields<'_>) -> Option<Share> {
    fields.filter(|field| field.tag == ATTRIBUTE).find_map(|field| match attribute(kind, field.value)? {
        (Attribute::Share, AttributeValue::Share(share)) => Some(share),
        _ => None,
    })
}

/// The open properties of a fact, in the order written.
pub(crate) fn properties(fields: Fields<'_>) -> impl Iterator<Item = (&str, &str)> + Clone {
    fields.filter(|field| field.tag == tag::properties).filter_map(|field| property::read(field.value))
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
