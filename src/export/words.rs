//! Serializes the words of answers: each as its name.

use serde::{Serialize, Serializer};

use crate::analysis::{Fraction, MomentKind, OwnerRule, Verdict};
use crate::error::ErrorKind;
use crate::graph::{Certainty, Claims, EndRule, ReadingOrder, Right, Rule};
use crate::query::StoppedBy;

macro_rules! by_name {
    ($( $word:ident )+) => { $(
        /// Its name.
        impl Serialize for $word {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )+ };
}

by_name! {
    Certainty Claims EndRule ErrorKind MomentKind OwnerRule ReadingOrder Right Rule StoppedBy Verdict
}

/// The text that it prints, exactly: `"35/44"`.
impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
