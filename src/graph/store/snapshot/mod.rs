//! A graph as one file, read in one pass: its columns in their in-memory layout.
//!
//! The header is sixteen bytes with magic number and version. Then come the sections, each with its length and padded
//! to eight bytes, in four parts that are read concurrently: entities, facts, relations, adjacency lists. The footer
//! has the length and checksum of each part. Numbers are little-endian. Everything is checked before use, lengths
//! against the file and numbers against what they count, so that no file can do harm.

mod parts;

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::adjacency::AdjacencyLists;
use super::claims::ClaimGroups;
use super::cuts::Cuts;
use super::data::{Draft, GraphData, Warnings};
use super::entities::Entities;
use super::facts::Facts;
use super::lookup::Lookups;
use super::majorities::Majorities;
use super::relations::Relations;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::{Counts, Sink};
use super::text::TextKind;
use crate::parallel::{items_in, join_if_large};

/// The bytes at the start of every snapshot.
pub(crate) const MAGIC: [u8; 8] = *b"KEIRETSU";

/// The version of the format. A reader reads only its own.
const VERSION: u32 = 13;

/// The number of parts, and the bytes of each part's entry in the footer.
const PARTS: usize = 4;
const FOOTER: usize = 16;

/// Writes a graph, without its warnings.
pub(crate) fn write(data: &GraphData, mut writer: impl Write) -> io::Result<()> {
    let counts: Counts = [data.entities.len(), data.facts.len(), data.relations.len()];
    let mut sink = Sink::new(&mut writer);
    sink.raw(&MAGIC)?;
    sink.raw(&VERSION.to_le_bytes())?;
    sink.raw(&[0; 4])?;
    parts::write_optional(&mut sink, data.title.as_deref())?;
    parts::write_optional(&mut sink, data.description.as_deref())?;
    parts::write_sources(&mut sink, &data.sources)?;
    data.entities.save(&mut sink)?;
    let entities = sink.finish()?;
    let mut sink = Sink::of(&mut writer, counts)?;
    data.facts.save(&mut sink)?;
    let facts = sink.finish()?;
    let mut sink = Sink::of(&mut writer, counts)?;
    data.relations.save(&mut sink)?;
    data.majorities.save(&mut sink)?;
    parts::write_cuts(&mut sink, &data.cuts)?;
    let relations = sink.finish()?;
    let mut sink = Sink::of(&mut writer, counts)?;
    data.adjacency.save(&mut sink)?;
    let adjacency = sink.finish()?;
    for part in [entities, facts, relations, adjacency] {
        writer.write_all(&part.map(u64::to_le_bytes).concat())?;
    }
    writer.flush()
}

/// Reads a graph from a file, or memory, of this many bytes, its parts concurrently. `open` opens it.
pub(crate) fn read<R: Read + Seek>(
    open: impl Fn() -> io::Result<R> + Sync,
    bytes: u64,
) -> Result<GraphData, Damage> {
    let places = places(&mut open()?, bytes)?;
    let part = |n: usize| {
        let mut file = open()?;
        let place = places.get(n).ok_or(Damage::Length)?;
        file.seek(SeekFrom::Start(place.start))?;
        Ok(Source::new(file, place.bytes, place.sum))
    };
    let entities = || part(0).and_then(entities_part);
    let facts = || part(1).and_then(|source| facts_part(source, bytes));
    let relations = || part(2).and_then(|source| relations_part(source, bytes));
    let adjacency = || part(3).and_then(|source| rows_part(source, bytes));
    let things = items_in(bytes);
    let ((adjacency, facts), (relations, entities)) = join_if_large(
        things,
        || join_if_large(things, adjacency, facts),
        || join_if_large(things, relations, entities),
    );
    together(entities?, facts?, relations?, adjacency?)
}

/// Rejects texts that no graph file could contain, as far as opening does not check them.
pub(crate) fn check_texts(data: &GraphData) -> Result<(), Damage> {
    data.entities.check_texts().and_then(|()| data.facts.check_texts())
}

/// The place of a part in the file, and its expected checksum.
#[derive(Clone, Copy, Default)]
struct Place {
    start: u64,
    bytes: u64,
    sum: u64,
}

/// Checks the header, and reads the places of the parts.
fn places(file: &mut (impl Read + Seek), bytes: u64) -> Result<[Place; PARTS], Damage> {
    let mut head = [0; 16];
    let read = file.read_exact(&mut head);
    if read.is_err() || !head.starts_with(&MAGIC) {
        return Err(Damage::Foreign);
    }
    let version = head.get(8..12).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    if version != VERSION {
        return Err(Damage::Version(version));
    }
    let mut footer = [[[0; 8]; FOOTER / 8]; PARTS];
    let end = bytes.checked_sub((PARTS * FOOTER) as u64).ok_or(Damage::Length)?;
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(footer.as_flattened_mut().as_flattened_mut())?;
    let mut start = 0_u64;
    let mut places = [Place::default(); PARTS];
    for (place, footer) in places.iter_mut().zip(footer) {
        let [bytes, sum] = footer.map(u64::from_le_bytes);
        *place = Place { start, bytes, sum };
        start = start.checked_add(bytes).ok_or(Damage::Length)?;
    }
    if start == end { Ok(places) } else { Err(Damage::Length) }
}

fn entities_part(mut source: Source<impl Read>) -> Result<Draft, Damage> {
    let _head: [u8; 16] = source.array()?;
    let title = parts::read_optional(&mut source, "title", TextKind::Line)?;
    let description = parts::read_optional(&mut source, "description", TextKind::Prose)?;
    let sources = parts::read_sources(&mut source)?;
    let entities = Entities::load(&mut source)?;
    source.finish()?;
    Ok(Draft { title, description, sources, entities, ..Draft::default() })
}

fn facts_part(mut source: Source<impl Read>, bytes: u64) -> Result<(Counts, Facts), Damage> {
    let counts @ [entities, ..] = source.counts(bytes)?;
    let facts = Facts::load(&mut source, entities)?;
    source.finish()?;
    Ok((counts, facts))
}

/// Relations, majority stakes, and what events end.
type Related = (Counts, Relations, Majorities, Cuts);

fn relations_part(mut source: Source<impl Read>, bytes: u64) -> Result<Related, Damage> {
    let counts @ [entities, facts, relations] = source.counts(bytes)?;
    let all = Relations::load(&mut source, entities, facts)?;
    let majorities = Majorities::load(&mut source, entities, relations)?;
    let cuts = parts::read_cuts(&mut source, relations, facts)?;
    source.finish()?;
    Ok((counts, all, majorities, cuts))
}

fn rows_part(mut source: Source<impl Read>, bytes: u64) -> Result<(Counts, AdjacencyLists), Damage> {
    let counts @ [entities, _, relations] = source.counts(bytes)?;
    let adjacency = AdjacencyLists::load(&mut source, entities, relations)?;
    source.finish()?;
    Ok((counts, adjacency))
}

fn together(
    draft: Draft,
    (of_facts, facts): (Counts, Facts),
    (of_relations, relations, majorities, cuts): Related,
    (of_rows, adjacency): (Counts, AdjacencyLists),
) -> Result<GraphData, Damage> {
    let Draft { title, description, sources, entities, .. } = draft;
    let counts: Counts = [entities.len(), facts.len(), relations.len()];
    let fits = [of_facts, of_relations, of_rows] == [counts; 3] && facts.fits(&relations);
    if !fits {
        return Err(Damage::Inconsistent);
    }
    let claims = ClaimGroups::new(&facts);
    Ok(GraphData {
        title,
        description,
        sources,
        entities,
        facts,
        relations,
        adjacency,
        majorities,
        claims,
        cuts,
        lookups: Lookups::default(),
        warnings: Warnings::default(),
    })
}
