//! A graph as one file that is read in one go: its columns as they lie in memory.
//!
//! Sixteen bytes say what it is and of which version; then come the sections, each with its length and filled up to
//! eight bytes; then a checksum over all of it. Numbers are little-endian. Whatever is read is checked before it is
//! used: lengths against the file, numbers against what they count, so that no file can do harm.

mod damage;
mod parts;
mod read;
mod write;

pub(crate) use damage::Damage;
pub(crate) use read::Source;
pub(crate) use write::Sink;

use std::io::{self, Read, Write};

use super::GraphData;
use super::claims::ClaimGroups;
use super::derive::Cuts;
use super::store::entities::Entities;
use super::store::facts::Facts;
use super::store::lazy::Lazy;
use super::store::relations::Relations;
use super::store::rows::Rows;

/// What every snapshot begins with.
pub(crate) const MAGIC: [u8; 8] = *b"KEIRETSU";

/// The version of the form; a reader reads its own only.
const VERSION: u32 = 1;

/// Writes a graph; all but its warnings.
pub(crate) fn write(data: &GraphData, writer: impl Write) -> io::Result<()> {
    let mut sink = Sink::new(writer);
    sink.raw(&MAGIC)?;
    sink.raw(&VERSION.to_le_bytes())?;
    sink.raw(&[0; 4])?;
    parts::write_optional(&mut sink, data.title.as_deref())?;
    parts::write_optional(&mut sink, data.description.as_deref())?;
    parts::write_sources(&mut sink, &data.sources)?;
    data.entities.save(&mut sink)?;
    data.facts.save(&mut sink)?;
    data.relations.save(&mut sink)?;
    data.rows.save(&mut sink)?;
    parts::write_cuts(&mut sink, &data.cuts)?;
    sink.finish()
}

/// Reads a graph from so many bytes.
pub(crate) fn read(reader: impl Read, bytes: u64) -> Result<GraphData, Damage> {
    let mut source = Source::new(reader, bytes)?;
    let head: [u8; 16] = source.array()?;
    if !head.starts_with(&MAGIC) {
        return Err(Damage::Foreign);
    }
    let version = head.get(8..12).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes);
    if version != Some(VERSION) {
        return Err(Damage::Version(version.unwrap_or_default()));
    }
    let title = parts::read_optional(&mut source)?;
    let description = parts::read_optional(&mut source)?;
    let sources = parts::read_sources(&mut source)?;
    let entities = Entities::load(&mut source)?;
    let facts = Facts::load(&mut source)?;
    let relations = Relations::load(&mut source)?;
    let rows = Rows::load(&mut source)?;
    let cuts = parts::read_cuts(&mut source)?;
    source.finish()?;
    let fit = facts.fits(entities.len(), &relations)
        && relations.fits(entities.len(), facts.len())
        && rows.fits(entities.len(), relations.len())
        && cuts_fit(&cuts, relations.len(), facts.len());
    if !fit {
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
        claims,
        cuts,
        names: Lazy::default(),
        warnings: Vec::new(),
    })
}

fn cuts_fit(cuts: &Cuts, relations: usize, facts: usize) -> bool {
    cuts.iter()
        .all(|(relation, cuts)| relation.get() < relations && cuts.iter().all(|cut| cut.fact.get() < facts))
}
