//! Numbers with a decimal comma.

use crate::diagnostic::shown;
use crate::model::DecimalMark;

/// Reads a cell of numbers by `read`, which expects decimal points.
pub(super) fn read<T>(
    text: &str,
    mark: DecimalMark,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, String> {
    if mark == DecimalMark::Point {
        return read(text);
    }
    let plain = with_points(text).ok_or_else(|| {
        let text = shown(text);
        format!(
            "`{text}` is no number with a decimal comma, as in `60,84` or `1.500,50` (the mapping has `decimal: \",\"`)"
        )
    })?;
    read(&plain).map_err(|reason| {
        let (reason, plain) = (with_commas(&reason), with_commas(&plain));
        match plain == text {
            true => reason,
            false => format!("`{}` is read as `{}`: {reason}", shown(text), shown(&plain)),
        }
    })
}

/// A text with commas in place of points between two digits.
fn with_commas(text: &str) -> String {
    let next = text.chars().skip(1).chain([' ']);
    let mut before = ' ';
    let with_comma = text.chars().zip(next).map(|(c, next)| {
        let is_decimal = c == '.' && before.is_ascii_digit() && next.is_ascii_digit();
        before = c;
        if is_decimal { ',' } else { c }
    });
    with_comma.collect()
}

/// Whether the numbers of a cell seem to have a decimal comma.
pub(super) fn has_comma(text: &str) -> bool {
    text.contains(',') && with_points(text).is_some()
}

/// The numbers in a cell, as written.
pub(super) fn all(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("..").flat_map(|part| part.split(|c| !is_of_number(c)));
    parts.filter(|part| part.bytes().any(|byte| byte.is_ascii_digit()))
}

const fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// A cell with points for commas, and without digit separators and blanks before a percent sign.
pub(super) fn with_points(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    for (n, part) in text.split("..").enumerate() {
        if n > 0 {
            plain.push_str("..");
        }
        let mut rest = part;
        while let Some(start) = rest.find(is_of_number) {
            let (before, behind) = rest.split_at(start);
            let end = behind.find(|c| !is_of_number(c)).unwrap_or(behind.len());
            let (number, behind) = behind.split_at(end);
            plain.push_str(before);
            with_point(number, &mut plain)?;
            rest = behind;
        }
        plain.push_str(rest);
    }
    if let Some(number) = plain.strip_suffix('%') {
        plain.truncate(number.trim_end().len());
        plain.push('%');
    }
    Some(plain)
}

/// Appends `1.500,5` as `1500.5`. A point that follows a zero, or is not followed by three digits, is rejected: it is
/// more likely a decimal point.
fn with_point(number: &str, plain: &mut String) -> Option<()> {
    if !number.bytes().any(|byte| byte.is_ascii_digit()) {
        plain.push_str(number);
        return Some(());
    }
    let (whole, part) = number.split_once(',').map_or((number, None), |(whole, part)| (whole, Some(part)));
    let (first, groups) = whole.split_once('.').map_or((whole, None), |(first, rest)| (first, Some(rest)));
    plain.push_str(first);
    if let Some(groups) = groups {
        if !(1..=3).contains(&first.len()) || first.starts_with('0') {
            return None;
        }
        for group in groups.split('.') {
            if group.len() != 3 {
                return None;
            }
            plain.push_str(group);
        }
    }
    if let Some(part) = part {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        plain.push('.');
        plain.push_str(part);
    }
    Some(())
}
