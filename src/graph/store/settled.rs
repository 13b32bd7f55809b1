//! Shares that events left, as known once earlier events of inexact dates have certainly happened.

use std::io::{self, Read, Write};

use super::fields::Blobs;
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use crate::value::Share;

/// The number of a [`Settled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SettledIx(u32);

/// A share from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The first day, as a number, by which all earlier events have certainly happened.
    pub(crate) day: i32,
    pub(crate) share: Share,
}

/// Shares from a day on.
#[derive(Debug, Default)]
pub(crate) struct SettledShares(Vec<Settled>);

/// The tag of the share in a snapshot.
const SHARE: u8 = 1;

impl SettledShares {
    pub(crate) fn memory(&self) -> usize {
        room(&self.0)
    }

    pub(crate) fn push(&mut self, settled: Settled) -> SettledIx {
        self.0.push(settled);
        SettledIx(super::offsets::end_of(self.0.len() - 1))
    }

    pub(crate) fn get(&self, index: SettledIx) -> Option<Settled> {
        self.0.get(index.0 as usize).copied()
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let mut shares = Blobs::default();
        for settled in &self.0 {
            shares.text(SHARE, &settled.share.to_string());
            shares.end_record();
        }
        shares.save(sink)?;
        sink.numbers(self.0.iter().map(|settled| settled.day.cast_unsigned()))
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let shares = Blobs::load(source)?;
        let days = source.numbers()?;
        if shares.len() != days.len() {
            return Err(Damage::Inconsistent);
        }
        let settled = |(n, day): (usize, u32)| {
            let share = shares.of(n).find_tag(SHARE).and_then(|field| field.parse());
            share.map(|share| Settled { day: day.cast_signed(), share }).ok_or(Damage::Inconsistent)
        };
        days.into_iter().enumerate().map(settled).collect::<Result<_, _>>().map(Self)
    }

    /// The inverse of [`SettledIx::number`]; `None` if there are not so many.
    pub(crate) fn numbered(&self, number: u32) -> Option<Option<SettledIx>> {
        match number.checked_sub(1) {
            None => Some(None),
            Some(n) => ((n as usize) < self.0.len()).then_some(Some(SettledIx(n))),
        }
    }
}

impl SettledIx {
    /// As a number for a snapshot; zero for none.
    pub(crate) const fn number(settled: Option<Self>) -> u32 {
        match settled {
            Some(Self(n)) => n.saturating_add(1),
            None => 0,
        }
    }
}
