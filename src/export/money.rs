//! Serializes money.

use serde::Serialize;

use crate::value::Money;

/// `{"text", "currency", "low", "low_is_open", "high", "high_is_open"}`: bounds as decimal strings, null if there is
/// none, each with a flag for whether it is excluded.
#[derive(Serialize)]
pub(crate) struct MoneyData {
    text: String,
    currency: Option<&'static str>,
    low: Option<String>,
    low_is_open: bool,
    high: Option<String>,
    high_is_open: bool,
}

impl From<Money> for MoneyData {
    fn from(money: Money) -> Self {
        Self {
            text: money.to_string(),
            currency: money.currency().map(|currency| currency.as_str()),
            low: money.low().map(|low| low.to_string()),
            low_is_open: money.low_is_open(),
            high: money.high().map(|high| high.to_string()),
            high_is_open: money.high_is_open(),
        }
    }
}

/// A value as the text it was written as.
pub(crate) fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
