use std::fmt;
use std::str::FromStr;

use super::written::Written;
use super::{Currency, Date, Decimal, Money, ValueError, error};

/// What one unit of a currency is worth in another, and of when that is: `USD=0.92@2016`.
///
/// The other currency is that of the question: `USD=0.92@2016` for amounts in euros says that one US dollar was worth
/// 0.92 euros in 2016. A rate is above zero.
///
/// ```
/// use keiretsu::{Currency, ExchangeRate, Money};
///
/// let (rate, euro): (ExchangeRate, Currency) = ("USD=0.92@2016".parse()?, "EUR".parse()?);
/// let price: Money = "USD 350 million".parse()?;
/// assert_eq!(rate.convert(price, euro).unwrap().to_string(), "EUR 322 million");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ExchangeRate {
    currency: Currency,
    rate: Written,
    date: Date,
}

impl ExchangeRate {
    /// The currency of which one unit is worth so much.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// What one unit is worth.
    #[must_use]
    pub fn rate(self) -> Decimal {
        self.rate.value()
    }

    /// Of when the rate is.
    #[must_use]
    pub const fn date(self) -> Date {
        self.date
    }

    /// The amount in another currency, both bounds multiplied exactly; none if the amount is not in the currency of
    /// this rate, or if the product has too many digits.
    #[must_use]
    pub fn convert(self, amount: Money, to: Currency) -> Option<Money> {
        let is_ours = amount.currency() == Some(self.currency);
        if is_ours { amount.times(self.rate(), to) } else { None }
    }

    fn read(text: &str) -> Option<Self> {
        let (currency, rest) = text.split_once('=')?;
        let (rate, date) = rest.split_once('@')?;
        let rate = Written::read(rate).filter(|rate| rate.digits() > 0)?;
        Some(Self { currency: Currency::read(currency)?, rate, date: Date::read(date)? })
    }
}

impl FromStr for ExchangeRate {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("an exchange rate", text, Self::read, hint)
    }
}

impl fmt::Display for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}@{}", self.currency, self.rate, self.date)
    }
}

/// The part that is wrong, with its own hint.
fn hint(text: &str) -> String {
    let whole =
        || "write the currency, what one unit of it is worth, and of when, as in `USD=0.92@2016`".to_owned();
    let Some((currency, rest)) = text.split_once('=') else { return whole() };
    let Some((rate, date)) = rest.split_once('@') else { return whole() };
    let of = |error: ValueError| match error.hint() {
        Some(hint) => format!("{error}: {hint}"),
        None => error.to_string(),
    };
    if let Err(error) = currency.parse::<Currency>() {
        return of(error);
    }
    if let Err(error) = rate.parse::<Decimal>() {
        return of(error);
    }
    if let Err(error) = date.parse::<Date>() {
        return of(error);
    }
    "a rate is above zero".to_owned()
}
