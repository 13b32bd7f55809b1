//! Many texts in one buffer, found by number.

use std::io::{self, Read, Write};

use super::offsets::{Offsets, end_of};
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::text::TextKind;

/// Texts stored end to end, in the order given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Offsets,
}

impl Texts {
    pub(crate) const fn memory(&self) -> usize {
        self.text.capacity() + self.ends.memory()
    }

    #[cfg(feature = "import")]
    pub(crate) fn with_capacity(count: usize, bytes: usize) -> Self {
        let mut ends = Offsets::default();
        ends.reserve(count);
        Self { text: String::with_capacity(bytes), ends }
    }

    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    #[cfg(feature = "import")]
    pub(crate) const fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Tries to reserve room for this many times these texts.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, part: &Self, times: usize) {
        let _ = self.text.try_reserve(part.text.len().saturating_mul(times));
        self.ends.expect(part.len().saturating_mul(times));
    }

    #[cfg(feature = "import")]
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(end_of(self.text.len()));
    }

    /// The n-th text; empty beyond the last.
    pub(crate) fn get(&self, n: usize) -> &str {
        self.ends.span(n).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// Prefetches texts.
    pub(crate) fn touch(&self, numbers: &[u32]) {
        let places = numbers.iter().filter_map(|n| self.ends.span(*n as usize));
        let starts: Vec<usize> = places.map(|(start, _)| start).collect();
        let bytes = starts.iter().filter_map(|start| self.text.as_bytes().get(*start));
        std::hint::black_box(bytes.fold(0, |sum, byte| sum ^ byte));
    }

    /// The bytes of all texts, and the start and end of each.
    #[cfg(feature = "import")]
    pub(crate) fn places(&self) -> (&[u8], impl Iterator<Item = (u32, u32)>) {
        (self.text.as_bytes(), self.ends.iter())
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.bytes(self.text.as_bytes())?;
        self.ends.save(sink)
    }

    /// Reads texts of one line; `field` is their name in graph files.
    pub(crate) fn load<R: Read>(source: &mut Source<R>, field: &'static str) -> Result<Self, Damage> {
        let text = String::from_utf8(source.bytes()?).map_err(|_| Damage::Inconsistent)?;
        Damage::in_text(field, TextKind::Line, &text)?;
        let ends = Offsets::load(source, text.len())?;
        Ok(Self { text, ends })
    }

    /// Whether the texts are in strictly ascending order.
    pub(crate) fn are_sorted(&self) -> bool {
        let bytes = self.text.as_bytes();
        let mut before: Option<(u64, &[u8])> = None;
        self.ends.iter().all(|(start, end)| {
            let rest = bytes.get(start as usize..).unwrap_or_default();
            let own = rest.get(..(end - start) as usize).unwrap_or_default();
            let first = first_bytes(rest, own.len());
            // The first bytes settle most comparisons.
            before
                .replace((first, own))
                .is_none_or(|(before, text)| before < first || before == first && text < own)
        })
    }

    /// Whether there is more text than offsets can address.
    pub(crate) const fn is_too_large(&self) -> bool {
        self.text.len() >= u32::MAX as usize
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
    }
}

/// The first eight bytes of a text of this length, as a number with the same order.
fn first_bytes(rest: &[u8], length: usize) -> u64 {
    match rest.first_chunk() {
        Some(word) if length >= 8 => u64::from_be_bytes(*word),
        Some(word) => u64::from_be_bytes(*word) & !(u64::MAX >> (8 * length)),
        None => rest
            .iter()
            .take(length)
            .zip(0..)
            .fold(0, |first, (byte, n)| first | u64::from(*byte) << (56 - 8 * n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_all_bytes() {
        let all = [
            "",
            "\0",
            "a",
            "a\0",
            "a\0b",
            "abcdefg",
            "abcdefgh",
            "abcdefghi",
            "abcdefgi",
            "b",
            "\u{e9}",
            "\u{ffff}",
        ];
        for one in all {
            for other in all {
                for after in ["", "0123456789"] {
                    let mut texts = Texts::default();
                    [one, other].into_iter().for_each(|text| texts.push(text));
                    texts.text.push_str(after);
                    assert_eq!(texts.are_sorted(), one < other, "{one:?} {other:?}");
                }
            }
        }
    }
}
