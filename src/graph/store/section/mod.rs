//! Checksummed sections of bytes, from which a snapshot is made.

pub(crate) mod damage;
pub(crate) mod read;
pub(crate) mod write;
