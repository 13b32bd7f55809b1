//! From records to columns: intake, checks, projection, layout.

pub(crate) mod alike;
pub(crate) mod attributes;
#[cfg(feature = "import")]
pub(crate) mod bulk;
pub(crate) mod check;
pub(crate) mod dates;
pub(crate) mod derive;
pub(crate) mod door;
pub(crate) mod figures;
pub(crate) mod freeze;
pub(crate) mod ids;
pub(crate) mod intake;
pub(crate) mod lives;
pub(crate) mod namesakes;
pub(crate) mod problem;
pub(crate) mod project;
pub(crate) mod records;
pub(crate) mod resolve;
pub(crate) mod retold;
pub(crate) mod seen;
pub(crate) mod statement;
pub(crate) mod text;
