//! Small exact values that a graph file contains as text: dates, amounts, places and identifiers.
//!
//! Each is parsed by `FromStr` with a small grammar and printed by `Display` exactly as it was written. What the
//! grammar does not allow is a [`ValueError`], never a guess; a guess may be given in its hint.

mod country;
mod currency;
mod date;
mod date_hint;
mod day;
mod decimal;
mod error;
mod exchange_rate;
mod figure;
mod hint;
mod identifier;
mod money;
mod money_hint;
mod patent;
mod point;
mod proportion;
mod quantity;
mod range;
mod register;
mod serial;
mod share;
mod term;
mod territory;
mod words;
mod written;

pub use country::Country;
pub use currency::Currency;
pub use date::Date;
pub use day::Day;
pub use decimal::Decimal;
pub use error::ValueError;
pub use exchange_rate::ExchangeRate;
pub use identifier::{Isin, Lei, WikidataId};
pub use money::Money;
pub use patent::PatentNumber;
pub use proportion::Proportion;
pub use quantity::Quantity;
pub use register::RegisterNumber;
pub use share::Share;
pub use term::Term;
pub use territory::Territory;
