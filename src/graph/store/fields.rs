//! Packs records into bytes: the tag and value of each field that is present.
//!
//! A field is a tag, a varint length, and that many bytes. A date that is a single day is a tag with its highest bit
//! set and three bytes. Values other than days are stored as the text that they print and parse.

use std::io::{self, Read, Write};
use std::str::FromStr;

use super::offsets::{Offsets, end_of};
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::text::{TextKind, forbidden};
use crate::value::{Date, Day};

/// Bit set in the tag of a day.
const DAY: u8 = 0x80;

/// The fields of many records, end to end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Blobs {
    bytes: Vec<u8>,
    ends: Offsets,
}

impl Blobs {
    pub(crate) const fn memory(&self) -> usize {
        self.bytes.capacity() + self.ends.memory()
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.bytes(&self.bytes)?;
        self.ends.save(sink)
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let bytes = source.bytes()?;
        let ends = Offsets::load(source, bytes.len())?;
        Ok(Self { bytes, ends })
    }

    /// Rejects texts that no graph file could contain. Fields whose tags are in the bit mask `parsed` expose no text.
    pub(crate) fn check(
        &self,
        parsed: u32,
        look: impl Fn(Field<'_>) -> Option<Result<(), Damage>>,
    ) -> Result<(), Damage> {
        for n in 0..self.len() {
            let mut fields = self.of(n);
            for field in &mut fields {
                let may_have_text = parsed.checked_shr(u32::from(field.tag)).is_none_or(|tags| tags & 1 == 0);
                if may_have_text {
                    look(field).unwrap_or(Err(Damage::Inconsistent))?;
                }
            }
            if !fields.0.is_empty() {
                return Err(Damage::Inconsistent);
            }
        }
        Ok(())
    }

    /// How many records there are.
    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Ends a record: the fields that follow belong to the next.
    pub(crate) fn end_record(&mut self) {
        self.ends.push(end_of(self.bytes.len()));
    }

    /// The fields of the n-th record, in the order written.
    pub(crate) fn of(&self, n: usize) -> Fields<'_> {
        let bytes = self.ends.span(n).and_then(|(start, end)| self.bytes.get(start..end));
        Fields(bytes.unwrap_or_default())
    }

    pub(crate) const fn is_too_large(&self) -> bool {
        self.bytes.len() >= u32::MAX as usize
    }

    pub(crate) fn reserve(&mut self, records: usize) {
        self.ends.reserve(records);
    }

    /// Tries to reserve room for this many records and bytes.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, records: usize, bytes: usize) {
        let _ = self.bytes.try_reserve(bytes);
        self.ends.expect(records);
    }

    #[cfg(feature = "import")]
    pub(crate) const fn byte_count(&self) -> usize {
        self.bytes.len()
    }

    /// Reserves room for the same fields in another order.
    #[cfg(feature = "import")]
    pub(crate) fn reserve_like(&mut self, others: &Self) {
        self.bytes.reserve_exact(others.bytes.len());
        self.ends.reserve(others.len());
    }

    pub(crate) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink();
    }

    pub(crate) fn bytes(&mut self, tag: u8, value: &[u8]) {
        self.bytes.push(tag);
        put_number(&mut self.bytes, value.len());
        self.bytes.extend_from_slice(value);
    }

    /// A value given in two pieces.
    #[cfg(feature = "import")]
    pub(crate) fn bytes_after(&mut self, tag: u8, first: &[u8], rest: &[u8]) {
        self.bytes.push(tag);
        put_number(&mut self.bytes, first.len() + rest.len());
        self.bytes.extend_from_slice(first);
        self.bytes.extend_from_slice(rest);
    }

    /// A number followed by a byte.
    #[cfg(feature = "import")]
    pub(crate) fn number_and_byte(&mut self, tag: u8, number: usize, byte: u8) {
        let bytes = (usize::BITS - number.leading_zeros()).div_ceil(7).max(1) as u8;
        self.bytes.extend([tag, bytes + 1]);
        put_number(&mut self.bytes, number);
        self.bytes.push(byte);
    }

    /// Adds a copy of a record.
    pub(crate) fn push_copy(&mut self, record: &Fields<'_>) {
        self.bytes.extend_from_slice(record.0);
        self.end_record();
    }

    /// Copies all fields of another record.
    #[cfg(feature = "import")]
    pub(crate) fn copy(&mut self, record: &Fields<'_>) {
        self.bytes.extend_from_slice(record.0);
    }

    #[cfg(feature = "import")]
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// Copies a field from another record.
    pub(crate) fn as_written(&mut self, field: &[u8]) {
        self.bytes.extend_from_slice(field);
    }

    pub(crate) fn text(&mut self, tag: u8, text: &str) {
        self.bytes(tag, text.as_bytes());
    }

    pub(crate) fn optional_text(&mut self, tag: u8, text: Option<&str>) {
        if let Some(text) = text {
            self.text(tag, text);
        }
    }

    /// A value, stored as the text it prints.
    pub(crate) fn value(&mut self, tag: u8, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.text(tag, &value.to_string());
        }
    }

    pub(crate) fn flag(&mut self, tag: u8, flag: bool) {
        if flag {
            self.bytes(tag, &[]);
        }
    }

    /// A day, by its number.
    pub(crate) fn day(&mut self, tag: u8, number: i32) {
        let [low, middle, high, _] = number.to_le_bytes();
        self.bytes.extend([tag | DAY, low, middle, high]);
    }

    pub(crate) fn date(&mut self, tag: u8, date: Option<Date>) {
        let Some(date) = date else { return };
        match date.earliest() {
            Some(day) if Date::day(day) == date => self.day(tag, day.number()),
            _ => self.text(tag, &date.to_string()),
        }
    }
}

/// The fields of one record.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'b>(&'b [u8]);

impl<'b> Fields<'b> {
    /// The first field with this tag.
    pub(crate) fn find_tag(mut self, tag: u8) -> Option<Field<'b>> {
        self.find(|field| field.tag == tag)
    }

    /// The next field, with its bytes as stored.
    pub(crate) fn next_as_written(&mut self) -> Option<(Field<'b>, &'b [u8])> {
        let before = self.0;
        let field = self.next()?;
        Some((field, before.get(..before.len() - self.0.len()).unwrap_or_default()))
    }

    /// The text of the first field with this tag.
    pub(crate) fn text(self, tag: u8) -> Option<&'b str> {
        self.find_tag(tag).map(Field::text)
    }
}

impl<'b> Iterator for Fields<'b> {
    type Item = Field<'b>;

    fn next(&mut self) -> Option<Field<'b>> {
        let (tag, rest) = self.0.split_first()?;
        let (value, rest) = if tag & DAY == 0 {
            let (length, rest) = take_number(rest)?;
            rest.split_at_checked(length)?
        } else {
            rest.split_at_checked(3)?
        };
        self.0 = rest;
        Some(Field { tag: tag & !DAY, is_day: tag & DAY != 0, value })
    }
}

/// A field: its tag, and its value in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field<'b> {
    pub(crate) tag: u8,
    is_day: bool,
    pub(crate) value: &'b [u8],
}

impl<'b> Field<'b> {
    /// A text on one line.
    pub(crate) fn text(self) -> &'b str {
        sound(self.value, TextKind::Line)
    }

    /// A text that may have line breaks.
    pub(crate) fn prose(self) -> &'b str {
        sound(self.value, TextKind::Prose)
    }

    /// A word for comparing or parsing, never returned to callers.
    pub(crate) fn word(self) -> &'b str {
        std::str::from_utf8(self.value).unwrap_or_default()
    }

    pub(crate) fn parse<T: FromStr>(self) -> Option<T> {
        self.word().parse().ok()
    }

    /// The day number, if the field is the date of a single day.
    pub(crate) fn day_number(self) -> Option<i32> {
        match (self.is_day, self.value) {
            (true, [low, middle, high]) => Some(i32::from_le_bytes([*low, *middle, *high, 0])),
            _ => None,
        }
    }

    pub(crate) fn date(self) -> Option<Date> {
        match self.day_number() {
            Some(number) => Day::from_number(number).map(Date::day),
            None => self.parse(),
        }
    }
}

/// Appends a number as a varint of seven bits per byte.
pub(crate) fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a varint off the front.
pub(crate) fn take_number(mut bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0_usize;
    for shift in (0..usize::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        bytes = rest;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some((number, bytes));
        }
    }
    None
}

/// Appends a text, prefixed with its length.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put_number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// Takes a length-prefixed text off the front.
pub(crate) fn take_text<'b>(bytes: &mut &'b [u8], sort: TextKind) -> Option<&'b str> {
    take_bytes(bytes).map(|text| sound(text, sort))
}

/// Takes the bytes of a length-prefixed text off the front.
pub(crate) fn take_bytes<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (length, rest) = take_number(bytes)?;
    let (text, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(text)
}

/// Bytes as a text that a graph file could contain.
///
/// Only in a tampered snapshot are there others, and checking all texts when it is opened would take longer than
/// opening it. So texts are checked when they are returned, and a bad one is replaced by U+FFFD.
pub(crate) fn sound(bytes: &[u8], sort: TextKind) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) if forbidden(text, sort).is_none() => text,
        _ => "\u{FFFD}",
    }
}
