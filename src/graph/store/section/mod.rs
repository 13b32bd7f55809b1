//! Sections of bytes, as a snapshot has them: written and read in blocks, summed up, and refused where they are damaged.

pub(crate) mod damage;
pub(crate) mod read;
pub(crate) mod write;
