//! The small sections of a snapshot: title, sources, ends of relations.

use std::io::{self, Read, Write};

use super::super::section::damage::Damage;
use super::super::section::read::Source;
use super::super::section::write::Sink;
use crate::graph::store::cuts::Cuts;
use crate::graph::store::text::TextKind;
use crate::model::{Id, SourceKind, SourceRecord};
use crate::value::Date;

pub(crate) fn write_optional<W: Write>(sink: &mut Sink<W>, text: Option<&str>) -> io::Result<()> {
    sink.number(usize::from(text.is_some()))?;
    sink.bytes(text.unwrap_or_default().as_bytes())
}

pub(crate) fn read_optional<R: Read>(
    source: &mut Source<R>,
    field: &'static str,
    sort: TextKind,
) -> Result<Option<String>, Damage> {
    let is_there = source.number()? == 1;
    let text = String::from_utf8(source.bytes()?).map_err(|_| Damage::Inconsistent)?;
    Damage::in_text(field, sort, &text)?;
    Ok(Some(text).filter(|_| is_there))
}

pub(crate) fn write_sources<W: Write>(sink: &mut Sink<W>, sources: &[SourceRecord]) -> io::Result<()> {
    sink.number(sources.len())?;
    for source in sources {
        let date = |date: Option<Date>| date.map(|date| date.to_string());
        let texts = [
            Some(source.id.as_str()),
            Some(source.title.as_str()),
            source.kind.map(SourceKind::name),
            source.publisher.as_deref(),
            source.author.as_deref(),
            source.url.as_deref(),
            date(source.published).as_deref(),
            date(source.accessed).as_deref(),
            source.language.as_deref(),
        ]
        .map(|text| text.map(str::to_owned));
        for text in texts {
            write_optional(sink, text.as_deref())?;
        }
    }
    Ok(())
}

pub(crate) fn read_sources<R: Read>(source: &mut Source<R>) -> Result<Vec<SourceRecord>, Damage> {
    let count = source.number()?;
    let mut sources = Vec::new();
    for _ in 0..count {
        let mut text = |field: &'static str| read_optional(source, field, TextKind::Line);
        let id = text("id")?.ok_or(Damage::Inconsistent)?;
        let title = text("title")?.ok_or(Damage::Inconsistent)?;
        let mut record = SourceRecord::new(Id::unchecked(&id), title);
        let date = |text: Option<String>| text.map(|text| text.parse::<Date>()).transpose();
        let kind = text("kind")?.map(|name| SourceKind::from_name(&name).ok_or(Damage::Inconsistent));
        record.kind = kind.transpose()?;
        record.publisher = text("publisher")?;
        record.author = text("author")?;
        record.url = text("url")?;
        record.published = date(text("published")?).map_err(|_| Damage::Inconsistent)?;
        record.accessed = date(text("accessed")?).map_err(|_| Damage::Inconsistent)?;
        record.language = text("language")?;
        sources.push(record);
    }
    Ok(sources)
}

/// Writes the ends of relations, as four lists of numbers.
pub(crate) fn write_cuts<W: Write>(sink: &mut Sink<W>, cuts: &Cuts) -> io::Result<()> {
    cuts.to_numbers().into_iter().try_for_each(|numbers| sink.numbers(numbers.into_iter()))
}

/// Reads the ends of relations, for this many relations and facts.
pub(crate) fn read_cuts<R: Read>(
    source: &mut Source<R>,
    relations: usize,
    facts: usize,
) -> Result<Cuts, Damage> {
    let numbers = [source.numbers()?, source.numbers()?, source.numbers()?, source.numbers()?];
    Cuts::from_numbers(numbers, relations, facts).ok_or(Damage::Inconsistent)
}
