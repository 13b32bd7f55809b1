//! Parses cells: ids, dates, shares, amounts. Plain forms have fast paths.

use std::borrow::Cow;

use super::faults::{Coded, Fault};
use crate::diagnostic::{Code, shown};
use crate::graph::When;
use crate::model::{Id, ShareUnit};
use crate::value::{Date, Day, Decimal, Money, Proportion, Share, ValueError};

/// A text on one line, without characters that graph files forbid.
pub(super) fn line<'t>(text: &'t str, what: &str, most: usize) -> Result<&'t str, Fault> {
    if let Some(c) = text.chars().find(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        let reason = format!("a control character ({}) in the {what}", c.escape_unicode());
        return Err(Fault::new(Code::ControlCharacter, reason));
    }
    // Count characters only if there are enough bytes.
    if text.len() > most && text.chars().count() > most {
        return Err(Fault::new(Code::TextTooLong, format!("the {what} is longer than {most} characters")));
    }
    Ok(text)
}

/// A text as graph files may have, on one line or several.
pub(super) fn text(text: &str, name: &str, has_lines: bool, most: usize) -> Result<String, Fault> {
    if text.len() > most {
        return Err(Fault::new(Code::TextTooLong, format!("the {name} is longer than {most} bytes")));
    }
    let is_break = |c: char| matches!(c, '\n' | '\r' | '\t');
    for part in text.split(|c| has_lines && is_break(c)) {
        line(part, name, usize::MAX)?;
    }
    Ok(text.to_owned())
}

/// The id in a cell, for an entity that is being added.
pub(super) fn new_id(text: &str, most: usize) -> Result<Cow<'_, str>, Fault> {
    let id = id(text).coded(Code::BadId)?;
    line(&id, "id", most)?;
    Ok(id)
}

/// The id in a cell: the text itself, or the id most like it.
pub(super) fn id(text: &str) -> Result<Cow<'_, str>, String> {
    let slug = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let starts = text.bytes().next().is_some_and(slug);
    if starts && text.bytes().all(|c| slug(c) || c == b'.' || c == b'-') {
        return Ok(Cow::Borrowed(text));
    }
    let made = Id::slug(text).ok_or_else(|| format!("`{}` has no letter or digit for an id", shown(text)))?;
    Ok(Cow::Owned(made.as_str().to_owned()))
}

/// A date, with a fast path for whole days, which are most common.
pub(super) fn date(text: &str) -> Result<When, String> {
    if let Some(day) = day(text) {
        return Ok(When::Day(day));
    }
    text.parse::<Date>().map(When::Date).map_err(|error| with_hint(&error))
}

/// When something ended: a date, `open` or `unknown`.
pub(super) fn end(text: &str) -> Result<When, String> {
    match text {
        "open" => Ok(When::Open),
        "unknown" => Ok(When::Unknown),
        _ => date(text),
    }
}

/// What is wrong with a value, with a hint if there is one.
pub(super) fn with_hint(error: &ValueError) -> String {
    match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

/// The day number of a date such as `2016-05-31`.
fn day(text: &str) -> Option<i32> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let year = digit(y1)? * 1_000 + digit(y2)? * 100 + digit(y3)? * 10 + digit(y4)?;
    let month = digit(m1)? * 10 + digit(m2)?;
    let day = digit(d1)? * 10 + digit(d2)?;
    Day::number_of(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// What is known of a share, besides its printed form.
#[derive(Clone, Copy)]
pub(super) struct ShareRead {
    /// Whether it is certainly more than half.
    pub(super) is_majority: bool,
    /// Whether it is a number without a sign, above 0 and up to 1; `None` if it says nothing about the unit.
    pub(super) is_small: Option<bool>,
}

/// Parses a share, and writes its printed form to `buffer`.
pub(super) fn share(text: &str, unit: ShareUnit, buffer: &mut String) -> Result<ShareRead, String> {
    buffer.clear();
    let is_sure = text.contains('%');
    if unit == ShareUnit::Fraction && !is_sure {
        return fraction(text, buffer);
    }
    for (n, end) in text.split("..").enumerate() {
        buffer.push_str(if n == 0 { "" } else { ".." });
        buffer.push_str(end);
        if end.bytes().last().is_some_and(|byte| byte.is_ascii_digit()) && !end.contains('/') {
            buffer.push('%');
        }
    }
    if let Some(hundredths) = plain_percent(text) {
        let is_small = (hundredths > 0).then_some(hundredths <= 100);
        return Ok(ShareRead { is_majority: hundredths > 5_000, is_small });
    }
    let share: Share = buffer.parse().map_err(|error: ValueError| with_hint(&error))?;
    buffer.clear();
    buffer.push_str(&share.to_string());
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains('/')
        && share.high() > Proportion::ZERO;
    let is_small = || {
        !is_sure && share.high().checked_mul(Decimal::from(100)).is_some_and(|high| high <= Proportion::ONE)
    };
    Ok(ShareRead { is_majority: share.is_majority(), is_small: is_number.then(is_small) })
}

/// Parses a share in parts of 1, and writes it in percent.
fn fraction(text: &str, buffer: &mut String) -> Result<ShareRead, String> {
    for (n, part) in text.split("..").enumerate() {
        if n > 0 {
            buffer.push_str("..");
        }
        let start = part.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(part.len());
        let (sign, number) = part.split_at(start);
        buffer.push_str(sign);
        in_percent(number.trim_end(), buffer);
    }
    let share: Share = buffer.parse().map_err(|_| {
        let text = shown(text);
        format!("`{text}` is not a share between 0 and 1, as fractions are (the mapping has `share_unit: \"fraction\"`)")
    })?;
    buffer.clear();
    buffer.push_str(&share.to_string());
    Ok(ShareRead { is_majority: share.is_majority(), is_small: None })
}

/// Appends a number times a hundred, with a percent sign. Other text is appended unchanged.
fn in_percent(number: &str, buffer: &mut String) {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{part:0<2}");
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit());
    if !is_number || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return buffer.push_str(number);
    }
    let (whole, rest) = digits.split_at(whole.len() + 2);
    let whole = whole.trim_start_matches('0');
    buffer.push_str(if whole.is_empty() { "0" } else { whole });
    if !rest.is_empty() {
        buffer.push('.');
        buffer.push_str(rest);
    }
    buffer.push('%');
}

/// `60.84` in hundredths of a percent, if it is plain and prints as written.
fn plain_percent(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| {
        let plain = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.bytes().fold(0, |number, byte| number * 10 + u32::from(byte - b'0')))
    };
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    let hundredths = digits(part, 2)? * if part.len() == 1 { 10 } else { 1 };
    let percent = digits(whole, 3)? * 100 + hundredths;
    (percent <= 10_000 && !leading_zero).then_some(percent)
}

/// Whether an amount is only a whole number.
#[derive(Clone, Copy)]
pub(super) struct IsPlain(pub(super) bool);

/// Parses an amount, and writes its printed form to `buffer`.
pub(super) fn amount(text: &str, currency: Option<&str>, buffer: &mut String) -> Result<IsPlain, String> {
    buffer.clear();
    let starts_with_number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '~' | '>' | '<'));
    if let Some(currency) = currency.filter(|_| starts_with_number) {
        buffer.push_str(currency);
        buffer.push(' ');
    }
    buffer.push_str(text);
    let is_plain =
        text.len() <= 15 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain && currency.is_some() {
        return Ok(IsPlain(true));
    }
    let money: Money = buffer.parse().map_err(|error: ValueError| with_hint(&error))?;
    buffer.clear();
    buffer.push_str(&money.to_string());
    Ok(IsPlain(is_plain))
}
