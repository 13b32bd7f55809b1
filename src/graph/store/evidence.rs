//! Packs what sources say into single fields.

use super::fields::{Blobs, Fields};
use super::fields::{put_number, put_text, take_bytes, take_number, take_text};
use super::index::SourceIx;
use super::section::damage::Damage;
use super::text::TextKind;
use crate::model::{EvidenceRecord, Stance};

/// One piece of evidence, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said<'b> {
    pub(crate) source: SourceIx,
    pub(crate) quote: Option<&'b str>,
    pub(crate) locator: Option<&'b str>,
    pub(crate) said_by: Option<&'b str>,
    pub(crate) stance: Stance,
}

const QUOTE: u8 = 0x10;
const LOCATOR: u8 = 0x20;
const SAID_BY: u8 = 0x40;
const STANCE: u8 = 0x0f;

/// The texts in storage order, with their names in graph files.
const TEXTS: [(&str, TextKind, u8); 3] = [
    ("quote", TextKind::Prose, QUOTE),
    ("locator", TextKind::Line, LOCATOR),
    ("said_by", TextKind::Line, SAID_BY),
];

impl<'b> Said<'b> {
    pub(crate) fn of(record: &'b EvidenceRecord, source: SourceIx) -> Self {
        Self {
            source,
            quote: record.quote.as_deref(),
            locator: record.locator.as_deref(),
            said_by: record.said_by.as_deref(),
            stance: record.stance,
        }
    }

    /// Writes support by a source, without texts.
    #[cfg(feature = "import")]
    pub(crate) fn write_bare(source: SourceIx, tag: u8, blobs: &mut Blobs) {
        blobs.number_and_byte(tag, source.get(), Stance::Supports as u8);
    }

    pub(crate) fn pack(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4);
        put_number(&mut bytes, self.source.get());
        let texts = [(self.quote, QUOTE), (self.locator, LOCATOR), (self.said_by, SAID_BY)];
        let there = texts.iter().filter(|(text, _)| text.is_some()).fold(0, |bits, (_, bit)| bits | bit);
        bytes.push(self.stance as u8 & STANCE | there);
        for text in texts.into_iter().filter_map(|(text, _)| text) {
            put_text(&mut bytes, text);
        }
        bytes
    }

    /// Rejects a text that no graph file could contain; `None` if this is not evidence.
    pub(crate) fn check(bytes: &[u8]) -> Option<Result<(), Damage>> {
        let (_, rest) = take_number(bytes)?;
        let (flags, mut rest) = rest.split_first()?;
        for (name, sort, _) in TEXTS.into_iter().filter(|(.., bit)| flags & bit != 0) {
            if let Err(damage) = Damage::in_bytes(name, sort, take_bytes(&mut rest)?) {
                return Some(Err(damage));
            }
        }
        Some(Ok(()))
    }

    pub(crate) fn unpack(bytes: &'b [u8]) -> Option<Self> {
        let (source, rest) = take_number(bytes)?;
        let (flags, mut rest) = rest.split_first()?;
        let mut text = |bit: u8, sort: TextKind| {
            if flags & bit == 0 { Some(None) } else { take_text(&mut rest, sort).map(Some) }
        };
        Some(Self {
            source: SourceIx::new(source),
            quote: text(QUOTE, TextKind::Prose)?,
            locator: text(LOCATOR, TextKind::Line)?,
            said_by: text(SAID_BY, TextKind::Line)?,
            stance: *Stance::ALL.get(usize::from(flags & STANCE))?,
        })
    }
}

impl Blobs {
    /// Adds a copy of a record, with the sources of its evidence mapped.
    pub(crate) fn push_resolved(
        &mut self,
        record: &Fields<'_>,
        evidence: u8,
        source: &dyn Fn(SourceIx) -> SourceIx,
    ) {
        let mut rest = record.clone();
        while let Some((field, as_written)) = rest.next_as_written() {
            match Said::unpack(field.value).filter(|_| field.tag == evidence) {
                Some(said) => self.bytes(evidence, &Said { source: source(said.source), ..said }.pack()),
                None => self.as_written(as_written),
            }
        }
        self.end_record();
    }
}
