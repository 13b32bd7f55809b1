//! What relations that follow from events rest on, where a view may doubt it: facts that a source refutes, rumours, and
//! claims that others deny.

use std::io::{self, Read, Write};

use super::fields::Blobs;
use super::index::{FactIx, RelationIx};
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use crate::value::Share;

/// What something rests on. Later ones refer to earlier ones, so that a long line of events takes one for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A relation that a fact states, or that an event left.
    Relation(RelationIx),
    /// An event that left nothing.
    Fact(FactIx),
    /// Both of two.
    Both(GroundIx, GroundIx),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct GroundIx(u32);

/// The number of a [`Doubt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DoubtIx(u32);

impl DoubtIx {
    /// As a number for a snapshot; zero for none.
    pub(crate) const fn number(doubt: Option<Self>) -> u32 {
        match doubt {
            Some(Self(n)) => n.saturating_add(1),
            None => 0,
        }
    }
}

/// What is left if anything that it rests on is in doubt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doubt {
    pub(crate) ground: GroundIx,
    /// For a stake, the share whichever of its grounds hold, if known.
    pub(crate) share: Option<Share>,
    /// Whether something is left, whichever of its grounds hold.
    pub(crate) is_kept: bool,
}

/// The doubts about what follows from events.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    grounds: Vec<Ground>,
    doubts: Vec<Doubt>,
}

/// At most so many grounds of one relation are looked at. What rests on more is in doubt.
const MOST_GROUNDS: usize = 1 << 8;

/// Tags of the fields of a doubt in a snapshot.
const SHARE: u8 = 1;
const KEPT: u8 = 2;

impl Doubts {
    pub(crate) fn memory(&self) -> usize {
        room(&self.grounds) + room(&self.doubts)
    }

    pub(crate) fn ground(&mut self, ground: Ground) -> GroundIx {
        self.grounds.push(ground);
        GroundIx(super::offsets::end_of(self.grounds.len() - 1))
    }

    pub(crate) fn both(&mut self, one: Option<GroundIx>, other: Option<GroundIx>) -> Option<GroundIx> {
        match (one, other) {
            (Some(one), Some(other)) if one != other => Some(self.ground(Ground::Both(one, other))),
            (one, other) => one.or(other),
        }
    }

    pub(crate) fn push(&mut self, doubt: Doubt) -> DoubtIx {
        self.doubts.push(doubt);
        DoubtIx(super::offsets::end_of(self.doubts.len() - 1))
    }

    pub(crate) fn get(&self, doubt: DoubtIx) -> Option<Doubt> {
        self.doubts.get(doubt.0 as usize).copied()
    }

    /// The inverse of [`DoubtIx::number`]; `None` if there are not so many.
    pub(crate) fn numbered(&self, number: u32) -> Option<Option<DoubtIx>> {
        match number.checked_sub(1) {
            None => Some(None),
            Some(n) => ((n as usize) < self.doubts.len()).then_some(Some(DoubtIx(n))),
        }
    }

    /// The grounds, latest first, each once. `None` stands for more than are looked at.
    pub(crate) fn grounds_of(&self, doubt: DoubtIx) -> impl Iterator<Item = Option<Ground>> {
        let mut open: Vec<GroundIx> = self.get(doubt).map(|doubt| doubt.ground).into_iter().collect();
        let mut seen = std::collections::HashSet::new();
        std::iter::from_fn(move || {
            while let Some(next) = open.pop() {
                if seen.len() > MOST_GROUNDS {
                    open.clear();
                    return Some(None);
                }
                if !seen.insert(next) {
                    continue;
                }
                match self.grounds.get(next.0 as usize)? {
                    Ground::Both(one, other) => open.extend([*one, *other]),
                    ground => return Some(Some(*ground)),
                }
            }
            None
        })
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.items(self.grounds.iter().map(|ground| match ground {
            Ground::Relation(relation) => [0, relation.number(), 0],
            Ground::Fact(fact) => [1, fact.number(), 0],
            Ground::Both(one, other) => [2, one.0, other.0],
        }))?;
        let mut fields = Blobs::default();
        for doubt in &self.doubts {
            fields.optional_text(SHARE, doubt.share.map(|share| share.to_string()).as_deref());
            fields.optional_text(KEPT, doubt.is_kept.then_some("kept"));
            fields.end_record();
        }
        fields.save(sink)?;
        sink.numbers(self.doubts.iter().map(|doubt| doubt.ground.0))
    }

    /// Reads doubts, for this many facts and relations.
    pub(crate) fn load<R: Read>(
        source: &mut Source<R>,
        facts: usize,
        relations: usize,
    ) -> Result<Self, Damage> {
        let [facts, relations] = [facts, relations].map(super::offsets::end_of);
        let grounds = source.threes_where(|[tag, one, other]| match tag {
            0 => (Ground::Relation(RelationIx::of(one)), one < relations),
            1 => (Ground::Fact(FactIx::of(one)), one < facts),
            _ => (Ground::Both(GroundIx(one), GroundIx(other)), tag == 2),
        })?;
        let is_earlier = |(at, ground): (usize, &Ground)| match ground {
            Ground::Both(one, other) => [one, other].iter().all(|inner| (inner.0 as usize) < at),
            Ground::Relation(_) | Ground::Fact(_) => true,
        };
        if !grounds.iter().enumerate().all(is_earlier) {
            return Err(Damage::Inconsistent);
        }
        let fields = Blobs::load(source)?;
        let of = source.numbers()?;
        if fields.len() != of.len() || of.iter().any(|ground| *ground as usize >= grounds.len()) {
            return Err(Damage::Inconsistent);
        }
        let doubt = |(n, ground): (usize, &u32)| {
            let share = fields.of(n).find_tag(SHARE).map(|field| field.parse().ok_or(Damage::Inconsistent));
            let is_kept = fields.of(n).find_tag(KEPT).is_some();
            Ok(Doubt { ground: GroundIx(*ground), share: share.transpose()?, is_kept })
        };
        let doubts = of.iter().enumerate().map(doubt).collect::<Result<Vec<_>, Damage>>()?;
        Ok(Self { grounds, doubts })
    }
}
