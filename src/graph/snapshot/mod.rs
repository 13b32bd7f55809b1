//! A graph as one file that is read in one go: its columns as they lie in memory.
//!
//! Sixteen bytes say what it is and of which version. Then come the sections, each with its length and filled up to
//! eight bytes, in two halves that are read at the same time, each with a checksum at its end; and last, how long
//! the first half is. Numbers are little-endian. Whatever is read is checked before it is
//! used: lengths against the file, numbers against what they count, so that no file can do harm.

mod damage;
mod parts;
mod read;
mod write;

pub(crate) use damage::Damage;
pub(crate) use read::Source;
pub(crate) use write::Sink;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::GraphData;
use super::beside::{beside, things_in};
use super::claims::ClaimGroups;
use super::derive::Cuts;
use super::freeze::Draft;
use super::lookup::Lookups;
use super::store::entities::Entities;
use super::store::facts::Facts;
use super::store::majorities::Majorities;
use super::store::relations::Relations;
use super::store::rows::Rows;

/// What every snapshot begins with.
pub(crate) const MAGIC: [u8; 8] = *b"KEIRETSU";

/// The version of the form; a reader reads its own only.
const VERSION: u32 = 4;

/// Writes a graph; all but its warnings.
pub(crate) fn write(data: &GraphData, mut writer: impl Write) -> io::Result<()> {
    let mut sink = Sink::new(&mut writer);
    sink.raw(&MAGIC)?;
    sink.raw(&VERSION.to_le_bytes())?;
    sink.raw(&[0; 4])?;
    parts::write_optional(&mut sink, data.title.as_deref())?;
    parts::write_optional(&mut sink, data.description.as_deref())?;
    parts::write_sources(&mut sink, &data.sources)?;
    data.entities.save(&mut sink)?;
    data.facts.save(&mut sink)?;
    data.relations.save(&mut sink)?;
    let half = sink.finish()?;
    let mut sink = Sink::new(&mut writer);
    sink.number(data.entities.len())?;
    sink.number(data.relations.len())?;
    data.rows.save(&mut sink)?;
    data.majorities.save(&mut sink)?;
    parts::write_cuts(&mut sink, &data.cuts)?;
    sink.finish()?;
    writer.write_all(&half.to_le_bytes())?;
    writer.flush()
}

/// Reads a graph from a file of so many bytes, which `open` opens; its halves at the same time.
pub(crate) fn read(open: impl Fn() -> io::Result<File> + Sync, bytes: u64) -> Result<GraphData, Damage> {
    let mut file = open()?;
    check_head(&mut file)?;
    let end = bytes.checked_sub(8).ok_or(Damage::Length)?;
    let mut half = [0; 8];
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(&mut half)?;
    let half = u64::from_le_bytes(half);
    let rest = end.checked_sub(half).ok_or(Damage::Length)?;
    file.rewind()?;
    let first = || Source::new(file, half).and_then(first_half);
    let second = || {
        let mut file = open()?;
        file.seek(SeekFrom::Start(half))?;
        second_half(Source::new(file, rest)?, half)
    };
    let (first, second) = beside(things_in(bytes), first, second);
    together(first?, second?)
}

/// Whether it begins as a snapshot of this version does.
fn check_head(file: &mut File) -> Result<(), Damage> {
    let mut head = [0; 16];
    let read = file.read_exact(&mut head);
    if read.is_err() || !head.starts_with(&MAGIC) {
        return Err(Damage::Foreign);
    }
    let version = head.get(8..12).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes);
    if version == VERSION { Ok(()) } else { Err(Damage::Version(version)) }
}

/// A graph without what the second half has: what is stated.
fn first_half(mut source: Source<File>) -> Result<(Draft, Relations), Damage> {
    let _head: [u8; 16] = source.array()?;
    let title = parts::read_optional(&mut source)?;
    let description = parts::read_optional(&mut source)?;
    let sources = parts::read_sources(&mut source)?;
    let entities = Entities::load(&mut source)?;
    let facts = Facts::load(&mut source, entities.len())?;
    let relations = Relations::load(&mut source, entities.len(), facts.len())?;
    source.finish()?;
    if !facts.fits(&relations) {
        return Err(Damage::Inconsistent);
    }
    Ok((Draft { title, description, sources, entities, facts }, relations))
}

/// What walks follow: how many entities and relations there should be, the rows of these, who owns most of whom, and what
/// ends when.
type SecondHalf = ([usize; 2], Rows, Majorities, Cuts);

fn second_half(mut source: Source<File>, first_bytes: u64) -> Result<SecondHalf, Damage> {
    let counts @ [entities, relations] = [source.number()?, source.number()?];
    // Each takes at least a byte there: no more memory is taken than what the file can say.
    if counts.iter().any(|count| *count as u64 > first_bytes) {
        return Err(Damage::Length);
    }
    let mut rows = Rows::load(&mut source, entities, relations)?;
    let majorities = Majorities::load(&mut source, entities, relations)?;
    let cuts = parts::read_cuts(&mut source)?;
    source.finish()?;
    rows.outline(entities);
    Ok((counts, rows, majorities, cuts))
}

fn together(
    (draft, relations): (Draft, Relations),
    (counts, rows, majorities, cuts): SecondHalf,
) -> Result<GraphData, Damage> {
    let Draft { title, description, sources, entities, facts } = draft;
    if counts != [entities.len(), relations.len()] || !cuts_fit(&cuts, relations.len(), facts.len()) {
        return Err(Damage::Inconsistent);
    }
    let claims = ClaimGroups::new(facts.len(), &facts.claims_of);
    Ok(GraphData {
        title,
        description,
        sources,
        entities,
        facts,
        relations,
        rows,
        majorities,
        claims,
        cuts,
        lookups: Lookups::default(),
        warnings: Vec::new(),
    })
}

fn cuts_fit(cuts: &Cuts, relations: usize, facts: usize) -> bool {
    cuts.iter()
        .all(|(relation, cuts)| relation.get() < relations && cuts.iter().all(|cut| cut.fact.get() < facts))
}
