//! Checks that the figures of a fact occur in its quotes.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use super::problem::{Problem, Problems, Record};
use crate::diagnostic::Code;
use crate::model::fact_field::FieldRef;
use crate::model::{AttributeValue, FactRecord};
use crate::value::{Day, Decimal};

/// Warns of every figure (amount, quantity, share, term, year) that is in no quote.
pub(crate) fn check(fact: &FactRecord, record: Record, problems: &mut Problems<'_>) {
    for (field, _, text) in unquoted(fact) {
        let message = format!("{text} is in no quote of this fact");
        problems.push(
            Problem::new(Code::FigureNotQuoted, record.field(field, 0), message)
                .hint("quote the words that have it, or correct the figure"),
        );
    }
}

/// Whether a fact has a figure that is in no quote.
pub(crate) fn has_unquoted(fact: &FactRecord) -> bool {
    unquoted(fact).next().is_some()
}

fn unquoted(fact: &FactRecord) -> impl Iterator<Item = Figure<'_>> {
    let quotes = || fact.evidence.iter().filter_map(|evidence| evidence.quote.as_deref());
    let figures = if quotes().next().is_some() { figures(fact) } else { Vec::new() };
    let mut said = BTreeSet::new();
    if !figures.iter().all(|(_, figure, _)| quotes().any(|quote| has_digits(quote, *figure))) {
        quotes().for_each(|quote| numbers(quote, &mut said));
    } else {
        said.extend(figures.iter().map(|(_, figure, _)| *figure));
    }
    figures.into_iter().filter(move |(_, figure, _)| !said.contains(figure))
}

/// The fields whose figures occur in `words` but not in `others`.
pub(crate) fn only_in(fact: &FactRecord, words: &[&str], others: &[&str]) -> Vec<&'static str> {
    let all_of = |quotes: &[&str]| {
        let mut said = BTreeSet::new();
        quotes.iter().for_each(|quote| numbers(quote, &mut said));
        said
    };
    let (said, by_others) = (all_of(words), all_of(others));
    let figures = figures(fact).into_iter();
    let only = figures.filter(|(_, figure, _)| said.contains(figure) && !by_others.contains(figure));
    only.map(|(field, ..)| field).collect()
}

/// A field, its figure, and how to name it.
type Figure<'f> = (&'static str, Decimal, Wording<'f>);

/// How to name a figure.
enum Wording<'f> {
    Value(&'f dyn Display),
    Year(u16),
}

impl Display for Wording<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Year(year) => write!(f, "the year {year}"),
        }
    }
}

/// The figures of a fact.
fn figures(fact: &FactRecord) -> Vec<Figure<'_>> {
    let mut figures: Vec<Figure<'_>> = Vec::new();
    let mut push = |field, figure: Option<Decimal>, wording| {
        figures.extend(figure.map(|figure| (field, figure, wording)));
    };
    fact.for_each_field(|row, field| match field {
        FieldRef::Money(Some(money)) => {
            let same = money.low() == money.high();
            push(row.name, money.low(), Wording::Value(money));
            push(row.name, money.high().filter(|_| !same), Wording::Value(money));
        }
        FieldRef::Quantity(Some(quantity)) => {
            let same = quantity.low() == quantity.high();
            push(row.name, quantity.low(), Wording::Value(quantity));
            push(row.name, quantity.high().filter(|_| !same), Wording::Value(quantity));
        }
        FieldRef::Term(Some(term)) => {
            let text = term.to_string();
            push(row.name, leading_number(&text).map(|(number, _)| number), Wording::Value(term));
        }
        // Dates follow below, and the remaining fields have no figures.
        _ => {}
    });
    for (attribute, value) in &fact.attributes {
        if let AttributeValue::Share(share) = value {
            let mut percents: Vec<Decimal> = share.written().collect();
            percents.dedup();
            for percent in percents {
                push(attribute.name(), Some(percent), Wording::Value(share));
            }
        }
    }
    for (field, date) in fact.dates() {
        let first = date.earliest().map(Day::year);
        let last = date.latest().map(Day::year).filter(|year| Some(*year) != first);
        for year in first.into_iter().chain(last) {
            push(field, Some(Decimal::from(u64::from(year))), Wording::Year(year));
        }
    }
    figures
}

/// Whether a text has the number in plain digits, as nearly all do. A fast path.
fn has_digits(text: &str, figure: Decimal) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',')));
    words.any(|word| {
        let word = word.trim_end_matches(['.', ',']);
        let is_plain =
            word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|byte| byte.is_ascii_digit());
        is_plain && Decimal::read(word) == Some(figure)
    })
}

/// Every number in a text, however written: "1,500", "$350 million", "10-year", "ten".
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
        // "1.5 to 2 billion": the scale applies to both.
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

/// The number at the start of a word, and the rest: `350m` gives 350 and `m`.
fn leading_number(word: &str) -> Option<(Decimal, &str)> {
    let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    let digits = digits.trim_end_matches(['.', ',']);
    let number =
        if digits.contains(',') { Decimal::read(&digits.replace(',', "")) } else { Decimal::read(digits) };
    Some((number?, rest))
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
