//! Computed shares as data.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::analysis::ShareRange;
use crate::value::Share;

/// Decimals of shares have so many places at most.
const PLACES: u32 = 24;

/// A stated share: `{"text", "low", "high"}`, bounds as decimal strings in parts of 1.
#[derive(Serialize)]
pub(crate) struct ShareData {
    text: String,
    low: String,
    high: String,
}

impl From<Share> for ShareData {
    fn from(share: Share) -> Self {
        Self { text: share.to_string(), low: share.low().to_string(), high: share.high().to_string() }
    }
}

/// `{"text", "low", "high", "exact"}`: bounds as decimal strings in parts of 1, the lower rounded down and the upper
/// rounded up; `exact` a fraction such as `35/44`, null for a range.
impl Serialize for ShareRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("text", &self.words(2))?;
        map.serialize_entry("low", &self.low().decimal_below(PLACES))?;
        map.serialize_entry("high", &self.high().decimal_above(PLACES))?;
        map.serialize_entry("exact", &self.exact().map(ToString::to_string))?;
        map.end()
    }
}
