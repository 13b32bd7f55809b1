//! Money as data.

use serde::Serialize;

use crate::value::Money;

/// `{"text", "currency", "low", "high"}`: bounds as decimal strings, null where undisclosed or open.
#[derive(Serialize)]
pub(crate) struct MoneyData {
    text: String,
    currency: Option<&'static str>,
    low: Option<String>,
    high: Option<String>,
}

impl From<Money> for MoneyData {
    fn from(money: Money) -> Self {
        Self {
            text: money.to_string(),
            currency: money.currency().map(|currency| currency.as_str()),
            low: money.low().map(|low| low.to_string()),
            high: money.high().map(|high| high.to_string()),
        }
    }
}

/// A value as the text in which it was written.
pub(crate) fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}
