//! Checksummed sections of bytes, the building blocks of a snapshot.

pub(crate) mod damage;
pub(crate) mod read;
pub(crate) mod write;
