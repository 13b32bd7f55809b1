//! Tags of the packed fields of an entity's record.

use super::evidence::Said;
use super::fields::{Blobs, Field, Fields, put_text, take_bytes, take_text};
use super::index::SourceIx;
use super::property;
use super::section::damage::Damage;
use super::text::TextKind;
use crate::model::{EntityKind, EntityRecord, EvidenceRecord, FormerName, Id, Reason};
use crate::value::{Date, Isin, RegisterNumber};

pub(crate) const ALIAS: u8 = 1;
pub(crate) const FORMER_NAME: u8 = 2;
pub(crate) const NATIVE_NAME: u8 = 3;
pub(crate) const COUNTRY: u8 = 4;
pub(crate) const LEI: u8 = 5;
pub(crate) const ISIN: u8 = 6;
pub(crate) const WIKIDATA: u8 = 7;
pub(crate) const REGISTER: u8 = 8;
const WEBSITE: u8 = 9;
const NOTE: u8 = 10;
pub(crate) const EVIDENCE: u8 = 11;
pub(crate) const INDUSTRY: u8 = 12;
const LEGAL_FORM: u8 = 13;
const HOLDERS_COMPLETE: u8 = 14;
const CLASS: u8 = 15;
pub(crate) const MEMBER: u8 = 16;
pub(crate) const NUMBER: u8 = 17;
const COUNT: u8 = 18;
const TOPIC: u8 = 19;
const FILED: u8 = 20;
const GRANTED: u8 = 21;
const EXPIRES: u8 = 22;
pub(crate) const OF: u8 = 23;
pub(crate) const REASON: u8 = 24;
const STANDS_FOR: u8 = 25;
pub(crate) const PROPERTY: u8 = 26;

/// A bit mask of the tags whose fields are parsed before they are returned, so that their text is never exposed.
pub(crate) const PARSED: u32 = 1 << COUNTRY
    | 1 << LEI
    | 1 << ISIN
    | 1 << HOLDERS_COMPLETE
    | 1 << COUNT
    | 1 << FILED
    | 1 << GRANTED
    | 1 << EXPIRES
    | 1 << REASON
    | 1 << STANDS_FOR;

/// Rejects a field with a text that no graph file could contain; `None` if the field is malformed.
pub(crate) fn check(field: Field<'_>) -> Option<Result<(), Damage>> {
    let (name, sort) = match field.tag {
        FORMER_NAME => {
            let mut value = field.value;
            return Some(Damage::in_bytes("former_names", TextKind::Name, take_bytes(&mut value)?));
        }
        EVIDENCE => return Said::check(field.value),
        PROPERTY => return property::check(field.value),
        NOTE => ("note", TextKind::Prose),
        ALIAS => ("aliases", TextKind::Name),
        NATIVE_NAME => ("native_name", TextKind::Name),
        WEBSITE => ("website", TextKind::Line),
        INDUSTRY => ("industry", TextKind::Line),
        LEGAL_FORM => ("legal_form", TextKind::Line),
        CLASS => ("class", TextKind::Line),
        TOPIC => ("topics", TextKind::Line),
        REGISTER => ("register", TextKind::Line),
        MEMBER => ("members", TextKind::Line),
        OF => ("of", TextKind::Line),
        _ => ("identifiers", TextKind::Line),
    };
    Some(Damage::in_bytes(name, sort, field.value))
}

/// Writes all but kind, id and name. `source` resolves the id of a source, already checked.
pub(crate) fn write(
    record: &EntityRecord,
    blobs: &mut Blobs,
    mut source: impl FnMut(&Id) -> Option<SourceIx>,
) {
    for alias in &record.aliases {
        blobs.text(ALIAS, alias);
    }
    for former in &record.former_names {
        let mut bytes = Vec::new();
        put_text(&mut bytes, &former.name);
        // Empty if unknown.
        put_text(&mut bytes, &former.until.map_or_else(String::new, |until| until.to_string()));
        blobs.bytes(FORMER_NAME, &bytes);
    }
    blobs.optional_text(NATIVE_NAME, record.native_name.as_deref());
    blobs.value(COUNTRY, record.country);
    blobs.value(LEI, record.identifiers.lei);
    for isin in &record.identifiers.isin {
        blobs.value(ISIN, Some(isin));
    }
    blobs.value(WIKIDATA, record.identifiers.wikidata.as_ref());
    for number in &record.identifiers.register {
        blobs.value(REGISTER, Some(number));
    }
    blobs.optional_text(WEBSITE, record.website.as_deref());
    blobs.optional_text(NOTE, record.note.as_deref());
    for evidence in &record.evidence {
        if let Some(source) = source(&evidence.source) {
            blobs.bytes(EVIDENCE, &Said::of(evidence, source).pack());
        }
    }
    blobs.optional_text(INDUSTRY, record.industry.as_deref());
    blobs.optional_text(LEGAL_FORM, record.legal_form.as_deref());
    blobs.flag(HOLDERS_COMPLETE, record.holders_complete);
    blobs.optional_text(CLASS, record.class.as_deref());
    for member in &record.members {
        blobs.text(MEMBER, member.as_str());
    }
    blobs.value(NUMBER, record.number.as_ref());
    blobs.value(COUNT, record.count);
    for topic in &record.topics {
        blobs.text(TOPIC, topic);
    }
    blobs.date(FILED, record.filed);
    blobs.date(GRANTED, record.granted);
    blobs.date(EXPIRES, record.expires);
    blobs.optional_text(OF, record.of.as_ref().map(Id::as_str));
    blobs.value(REASON, record.reason);
    blobs.value(STANDS_FOR, record.stands_for);
    for (key, value) in &record.properties {
        blobs.bytes(PROPERTY, &property::pack(key, value));
    }
    blobs.end_record();
}

/// Reads packed fields into a record. `source` returns the id of a source.
pub(crate) fn read(record: &mut EntityRecord, fields: Fields<'_>, source: impl Fn(SourceIx) -> Id) {
    for field in fields {
        let text = || field.text().to_owned();
        match field.tag {
            ALIAS => record.aliases.push(text()),
            FORMER_NAME => record.former_names.extend(
                former_name(field.value).map(|(name, until)| FormerName { name: name.to_owned(), until }),
            ),
            NATIVE_NAME => record.native_name = Some(text()),
            COUNTRY => record.country = field.parse(),
            LEI => record.identifiers.lei = field.parse(),
            ISIN => record.identifiers.isin.extend(field.parse::<Isin>()),
            WIKIDATA => record.identifiers.wikidata = field.parse(),
            REGISTER => record.identifiers.register.extend(field.parse::<RegisterNumber>()),
            WEBSITE => record.website = Some(text()),
            NOTE => record.note = Some(field.prose().to_owned()),
            EVIDENCE => record.evidence.extend(Said::unpack(field.value).map(|said| evidence(said, &source))),
            INDUSTRY => record.industry = Some(text()),
            LEGAL_FORM => record.legal_form = Some(text()),
            HOLDERS_COMPLETE => record.holders_complete = true,
            CLASS => record.class = Some(text()),
            MEMBER => record.members.push(Id::unchecked(field.text())),
            NUMBER => record.number = field.parse(),
            COUNT => record.count = field.parse(),
            TOPIC => record.topics.push(text()),
            FILED => record.filed = field.date(),
            GRANTED => record.granted = field.date(),
            EXPIRES => record.expires = field.date(),
            OF => record.of = Some(Id::unchecked(field.text())),
            REASON => record.reason = Reason::from_name(field.word()),
            PROPERTY => record.properties.extend(property::owned(field.value)),
            STANDS_FOR => record.stands_for = EntityKind::from_name(field.word()),
            _ => {}
        }
    }
}

/// Whether a patent has a number.
pub(crate) fn has_number(fields: Fields<'_>) -> bool {
    fields.find_tag(NUMBER).is_some()
}

/// A former name, and until when it was used, if known.
pub(crate) fn former_name(mut bytes: &[u8]) -> Option<(&str, Option<Date>)> {
    let name = take_text(&mut bytes, TextKind::Name)?;
    let until = take_text(&mut bytes, TextKind::Line)?;
    Some((name, until.parse().ok()))
}

/// A piece of evidence as a record.
pub(crate) fn evidence(said: Said<'_>, source: impl Fn(SourceIx) -> Id) -> EvidenceRecord {
    EvidenceRecord {
        source: source(said.source),
        quote: said.quote.map(str::to_owned),
        locator: said.locator.map(str::to_owned),
        said_by: said.said_by.map(str::to_owned),
        stance: said.stance,
    }
}
