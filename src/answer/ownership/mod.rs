//! Who owns, and who controls whom.

mod apart;
mod chains;
mod control;
mod control_text;
mod names;
mod own_shares;
mod owners;
mod owners_text;
mod reading_notes;
mod readings;
mod ring_refs;
mod rings;
mod row;
mod rules;
mod several;
mod share_words;
mod stakes;
mod table;
mod terms;
mod together;

pub use control::{ControlQuestion, ControlRow, ControlRows, ControlSide, ControlledTogether, ControlsWith};
pub use owners::{OwnerRows, OwnersQuestion};
pub use readings::Reading;
pub use ring_refs::RingRef;
pub use rings::{RingRow, RingRows, RingsQuestion};
pub use row::{AddedUp, OwnerRow, Who};
pub use several::Several;
pub use stakes::{StakeRows, StakesQuestion};
