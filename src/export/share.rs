//! Serializes shares, stated and computed.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::analysis::{Fraction, ShareRange};
use crate::value::{Proportion, Share};

/// The most decimal places of a share.
pub(crate) const PLACES: u32 = 24;

/// A stated share: like a computed [range](ShareRange), with the text as written.
pub(crate) struct ShareData(Share);

impl From<Share> for ShareData {
    fn from(share: Share) -> Self {
        Self(share)
    }
}

impl Serialize for ShareData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(share) = self;
        let [low, high] = bounds(*share);
        let bounds = [(low, share.low_is_open()), (high, share.high_is_open())];
        let exact = share.exact().map(|share| Fraction::from(share).to_string());
        serialize(serializer, &share.to_string(), bounds, exact, false)
    }
}

/// The bounds of a stated share as decimal numbers, the lower rounded down and the upper rounded up.
pub(crate) fn bounds(share: Share) -> [String; 2] {
    let exact = |bound: Proportion| bound.decimal().map(|decimal| decimal.to_string());
    let low = exact(share.low()).unwrap_or_else(|| Fraction::from(share.low()).decimal_below(PLACES));
    let high = exact(share.high()).unwrap_or_else(|| Fraction::from(share.high()).decimal_above(PLACES));
    [low, high]
}

/// `{"text", "low", "low_is_open", "high", "high_is_open", "exact", "rounded"}`: bounds as decimal strings in parts
/// of 1, the lower rounded down and the upper rounded up, each with a flag for whether it is excluded; `exact` is a
/// fraction such as `35/44`, null for a range; `rounded` says whether the bounds are wider than the true ones.
impl Serialize for ShareRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let low = (self.low().decimal_below(PLACES), self.low_is_open());
        let high = (self.high().decimal_above(PLACES), self.high_is_open());
        let exact = self.exact().map(ToString::to_string);
        serialize(serializer, &self.words(2), [low, high], exact, self.is_rounded())
    }
}

fn serialize<S: Serializer>(
    serializer: S,
    text: &str,
    [(low, low_is_open), (high, high_is_open)]: [(String, bool); 2],
    exact: Option<String>,
    rounded: bool,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(7))?;
    map.serialize_entry("text", text)?;
    map.serialize_entry("low", &low)?;
    map.serialize_entry("low_is_open", &low_is_open)?;
    map.serialize_entry("high", &high)?;
    map.serialize_entry("high_is_open", &high_is_open)?;
    map.serialize_entry("exact", &exact)?;
    map.serialize_entry("rounded", &rounded)?;
    map.end()
}
