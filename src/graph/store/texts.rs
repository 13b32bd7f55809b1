//! Many texts in one piece of memory, each found by its number.

use std::io::{self, Read, Write};

use super::super::snapshot::{Damage, Sink, Source};

/// Texts end to end, in the order given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    #[cfg(feature = "import")]
    pub(crate) fn with_capacity(count: usize, bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::with_capacity(count) }
    }

    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    #[cfg(feature = "import")]
    pub(crate) const fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Makes room for so many times these texts, if there is as much.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, part: &Self, times: usize) {
        let _ = self.text.try_reserve(part.text.len().saturating_mul(times));
        let _ = self.ends.try_reserve(part.len().saturating_mul(times));
    }

    #[cfg(feature = "import")]
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(end(self.text.len()));
    }

    /// The n-th text; empty beyond the last.
    pub(crate) fn get(&self, n: usize) -> &str {
        span(&self.ends, n).and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// Fetches texts that will be looked at soon.
    pub(crate) fn touch(&self, numbers: &[u32]) {
        let places = numbers.iter().filter_map(|n| span(&self.ends, *n as usize));
        let starts: Vec<usize> = places.map(|(start, _)| start).collect();
        let bytes = starts.iter().filter_map(|start| self.text.as_bytes().get(*start));
        std::hint::black_box(bytes.fold(0, |sum, byte| sum ^ byte));
    }

    /// The bytes of all texts, and where in these each starts and ends.
    #[cfg(feature = "import")]
    pub(crate) fn places(&self) -> (&[u8], impl Iterator<Item = (u32, u32)>) {
        let mut start = 0;
        let places = self.ends.iter().map(move |end| (std::mem::replace(&mut start, *end), *end));
        (self.text.as_bytes(), places)
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.bytes(self.text.as_bytes())?;
        sink.numbers(self.ends.iter().copied())
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let text = String::from_utf8(source.bytes()?).map_err(|_| Damage::Inconsistent)?;
        let ends = source.numbers()?;
        if are_ends(&ends, text.len()) { Ok(Self { text, ends }) } else { Err(Damage::Inconsistent) }
    }

    /// Whether each text comes before the next.
    pub(crate) fn are_sorted(&self) -> bool {
        let bytes = self.text.as_bytes();
        let mut start = 0;
        let mut before: Option<&[u8]> = None;
        self.ends.iter().all(|end| {
            let own = bytes.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            before.replace(own).is_none_or(|before| before < own)
        })
    }

    /// Whether there is more text than can be addressed.
    pub(crate) const fn is_too_large(&self) -> bool {
        self.text.len() >= u32::MAX as usize
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// Whether these are where things end that are so many bytes together.
pub(super) fn are_ends(ends: &[u32], bytes: usize) -> bool {
    ends.is_sorted() && ends.last().map_or(0, |end| *end as usize) == bytes
}

/// Where something ends, as stored; more than fits is refused when the graph is put together.
pub(crate) fn end(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Where the n-th of some things laid end to end starts and ends.
pub(super) fn span(ends: &[u32], n: usize) -> Option<(usize, usize)> {
    let end = *ends.get(n)?;
    let start = n.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    Some((start as usize, end as usize))
}
