use std::collections::BTreeMap;

use crate::value::{Currency, ExchangeRate, Money};

/// What some deals amount to in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DealSum {
    /// The currency.
    pub currency: Currency,
    /// The exact sum: a range if an amount is a range, without an upper bound if one has none. None if it has more
    /// than 28 digits.
    pub amount: Option<Money>,
    /// Whether an amount in it is only about what is stated, so that the bounds are not strict.
    pub is_approximate: bool,
    /// How many amounts it adds.
    pub amounts: usize,
    /// The rates by which some of them were converted, in the order of their currencies.
    pub rates: Vec<ExchangeRate>,
}

/// "USD 350 million", "about USD 505 to 525 million", "at least about USD 6 million".
impl std::fmt::Display for DealSum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(amount) = self.amount else {
            return write!(f, "{}: too many digits to add", self.currency);
        };
        let words = amount.words().to_string();
        // A range of amounts some of which are approximate is not marked itself.
        if !self.is_approximate || amount.is_approximate() {
            return f.write_str(&words);
        }
        let lead = words.find(self.currency.as_str()).unwrap_or(0);
        let (lead, rest) = words.split_at_checked(lead).unwrap_or(("", &words));
        write!(f, "{lead}about {rest}")
    }
}

/// Sums of amounts, one for each currency.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums(BTreeMap<Currency, DealSum>);

impl Sums {
    /// Adds an amount; whether it is disclosed.
    pub(super) fn add(&mut self, amount: Option<Money>, rate: Option<ExchangeRate>) -> bool {
        let Some((amount, currency)) = amount.and_then(|amount| Some((amount, amount.currency()?))) else {
            return false;
        };
        match self.0.get_mut(&currency) {
            Some(sum) => {
                sum.amount = sum.amount.and_then(|sum| sum.checked_add(amount));
                sum.is_approximate |= amount.is_approximate();
                sum.amounts += 1;
                sum.rates.extend(rate.filter(|rate| !sum.rates.contains(rate)));
            }
            None => {
                let rates = rate.into_iter().collect();
                let (is_approximate, amount) = (amount.is_approximate(), Some(amount));
                self.0.insert(currency, DealSum { currency, amount, is_approximate, amounts: 1, rates });
            }
        }
        true
    }

    /// In the order of their currencies.
    pub(super) fn finish(self) -> Vec<DealSum> {
        let mut sums: Vec<DealSum> = self.0.into_values().collect();
        for sum in &mut sums {
            sum.rates.sort_by_key(|rate| rate.currency());
        }
        sums
    }
}
