//! The check that the figures of a fact occur in its quotes.

use std::collections::BTreeSet;

use super::problem::{Problem, Problems, Record};
use crate::diagnostic::Code;
use crate::model::{AttributeValue, FactRecord};
use crate::value::{Day, Decimal, Share};

/// Warns of every figure (amount, quantity, share, term, year) that no quote has.
pub(crate) fn check(fact: &FactRecord, record: Record, problems: &mut Problems<'_>) {
    let quotes = fact.evidence.iter().filter_map(|evidence| evidence.quote.as_deref());
    let mut said = BTreeSet::new();
    let mut quoted = false;
    for quote in quotes {
        quoted = true;
        numbers(quote, &mut said);
    }
    if !quoted {
        return;
    }
    for (field, figure, text) in figures(fact) {
        if !said.contains(&figure) {
            let message = format!("{text} is in no quote of this fact");
            problems.push(
                Problem::new(Code::FigureNotQuoted, record.field(field, 0), message)
                    .hint("quote the words that have it, or correct the figure"),
            );
        }
    }
}

/// The figures of a fact: field, value, and how to name it.
fn figures(fact: &FactRecord) -> Vec<(&'static str, Decimal, String)> {
    let mut figures = Vec::new();
    let mut push = |field, figure: Option<Decimal>, text: String| {
        if let Some(figure) = figure {
            figures.push((field, figure, text));
        }
    };
    if let Some(amount) = fact.amount {
        let same = amount.low() == amount.high();
        push("amount", amount.low(), amount.to_string());
        push("amount", amount.high().filter(|_| !same), amount.to_string());
    }
    if let Some(quantity) = fact.quantity {
        let same = quantity.low() == quantity.high();
        push("quantity", quantity.low(), quantity.to_string());
        push("quantity", quantity.high().filter(|_| !same), quantity.to_string());
    }
    for (attribute, value) in &fact.attributes {
        if let AttributeValue::Share(share) = value {
            for part in written_bounds(*share) {
                push(attribute.name(), part.checked_mul(Decimal::from(100_u64)), share.to_string());
            }
        }
    }
    if let Some(term) = fact.term {
        let text = term.to_string();
        push("term", leading_number(&text).map(|(number, _)| number), text);
    }
    for (field, date) in fact.dates() {
        let first = date.earliest().map(Day::year);
        let last = date.latest().map(Day::year).filter(|year| Some(*year) != first);
        for year in first.into_iter().chain(last) {
            push(field, Some(Decimal::from(u64::from(year))), format!("the year {year}"));
        }
    }
    figures
}

/// The bounds of a share that stand in its text: both of `25%..50%`, none of `majority`.
fn written_bounds(share: Share) -> Vec<Decimal> {
    let text = share.to_string();
    if !text.contains('%') {
        return Vec::new();
    }
    let low = (!text.starts_with("<=")).then(|| share.low());
    let high = (!text.starts_with(">=") && share.low() != share.high()).then(|| share.high());
    low.into_iter().chain(high).collect()
}

/// Every number of a text, however written: "1,500", "$350 million", "10-year", "ten".
fn numbers(text: &str, found: &mut BTreeSet<Decimal>) {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ','))).collect();
    for (n, word) in words.iter().enumerate() {
        let Some((number, rest)) = leading_number(word) else {
            let spelled = SPELLED.iter().find(|(name, _)| *name == word.trim_matches(['.', ',']));
            found.extend(spelled.map(|(_, value)| Decimal::from(*value)));
            continue;
        };
        found.insert(number);
        let next = words.get(n + 1).copied().unwrap_or_default();
        let unit = if rest.is_empty() { next } else { rest };
        let unit = unit.trim_matches(['.', ',']);
        let scale = SCALES.iter().find(|(name, _)| *name == unit).map(|(_, scale)| Decimal::from(*scale));
        found.extend(scale.and_then(|scale| number.checked_mul(scale)));
        // "1.5 to 2 billion": the scale is that of both.
        let before = n.checked_sub(2).and_then(|n| words.get(n)).and_then(|word| leading_number(word));
        let joined = n
            .checked_sub(1)
            .and_then(|n| words.get(n))
            .is_some_and(|word| matches!(*word, "to" | "and" | "or"));
        if let (Some(scale), Some((before, "")), true) = (scale, before, joined) {
            found.extend(before.checked_mul(scale));
        }
    }
}

/// The number with which a word starts, and what follows: `350m` gives 350 and `m`.
fn leading_number(word: &str) -> Option<(Decimal, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    let digits = digits.trim_end_matches(['.', ',']).replace(',', "");
    Some((digits.parse().ok()?, rest))
}

const SCALES: &[(&str, u64)] = &[
    ("thousand", 1_000),
    ("k", 1_000),
    ("million", 1_000_000),
    ("mn", 1_000_000),
    ("m", 1_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("b", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("tn", 1_000_000_000_000),
];

const SPELLED: &[(&str, u64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("eighteen", 18),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("hundred", 100),
    ("thousand", 1_000),
    ("half", 50),
];
