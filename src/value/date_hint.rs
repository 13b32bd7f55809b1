use super::{Date, Day};

/// A correction for a text that is not a date.
pub(super) fn hint(text: &str) -> String {
    mistake(text, |better| Date::read(better).is_some())
        .or_else(|| interval(text))
        .unwrap_or_else(|| "write year-month-day, as in `2016-05-31`; a month alone is `2016-05`".to_owned())
}

/// What is wrong with a date or day, if it is a common mistake. Suggests only texts that `fits` accepts.
pub(super) fn mistake(text: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let text = text.trim();
    let named = named(text);
    calendar(text)
        .or_else(|| calendar(named.as_deref()?))
        .or_else(|| {
            let better = [named, reordered(text), about(text), quarter(text)];
            let better = better.into_iter().flatten().find(|better| fits(better))?;
            Some(format!("write `{better}`"))
        })
        .or_else(|| {
            numeric_order(text)
                .then(|| "write year-month-day, as in `2016-05-31`: which is the month?".to_owned())
        })
}

/// What is wrong with an interval: its order, its separator, or one of its ends.
fn interval(text: &str) -> Option<String> {
    let Some((from, to)) = text.split_once('/') else {
        let (from, to) = text.split_once("..")?;
        let better = format!("{from}/{to}");
        Date::read(&better)?;
        return Some(format!("write `{better}`"));
    };
    let better = match (from, to) {
        ("..", "..") => return Some("leave out a date that is not known".to_owned()),
        ("", to) => format!("../{to}"),
        (from, "") => format!("{from}/.."),
        (from, to) => format!("{to}/{from}"),
    };
    if Date::read(&better).is_some() {
        let reversed = !from.is_empty() && !to.is_empty();
        let lead = if reversed { "the earlier date comes first: " } else { "" };
        return Some(format!("{lead}write `{better}`"));
    }
    let wrong = [from, to].into_iter().find(|end| *end != ".." && Date::read(end).is_none())?;
    mistake(wrong, |better| Date::read(better).is_some())
}

/// A well-formed text that names a day missing from the calendar.
fn calendar(text: &str) -> Option<String> {
    let text = text.strip_suffix(['~', '?']).unwrap_or(text);
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    if year == 0 {
        return Some("years are 0001 to 9999".to_owned());
    }
    let month = parts.next()?;
    if month.starts_with('Q') {
        return (!matches!(month, "Q1" | "Q2" | "Q3" | "Q4")).then(|| "quarters are `Q1` to `Q4`".to_owned());
    }
    if month.starts_with('H') {
        return (!matches!(month, "H1" | "H2")).then(|| "half-years are `H1` and `H2`".to_owned());
    }
    let month = u8::try_from(number(month, 2)?).ok()?;
    let Some(first) = Day::new(year, month, 1) else {
        return Some("months are 01 to 12".to_owned());
    };
    let (day, None) = (number(parts.next()?, 2)?, parts.next()) else {
        return None;
    };
    let length = first.end_of_month(0).day();
    let name = MONTHS.get(usize::from(month) - 1)?;
    (day == 0 || day > u16::from(length)).then(|| format!("{name} {year} has {length} days"))
}

/// `31 May 2016`, `May 31st, 2016` and `May 2016` as year-month-day.
fn named(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let words = text.split([' ', ',', '.', '-']).filter(|word| !matches!(*word, "" | "of" | "the"));
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let (slot, value) = if let Some(value) = month_number(word) {
            (&mut month, value)
        } else if let Some(value) = number(word, 4) {
            (&mut year, value)
        } else {
            (&mut day, number(figures, figures.len().clamp(1, 2))?)
        };
        if slot.replace(value).is_some() {
            return None;
        }
    }
    let (year, month) = (year?, month?);
    Some(match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    })
}

/// The month with this English name in lower case, or with its first three letters or more.
fn month_number(word: &str) -> Option<u16> {
    let is_month = |name: &&str| word.len() >= 3 && name.to_lowercase().starts_with(word);
    u16::try_from(MONTHS.iter().position(is_month)?).ok().map(|n| n + 1)
}

/// `2016/05/31`, `2016.5.31`, `31.05.2016` and `05/31/2016` as year-month-day, if only one reading is possible.
fn reordered(text: &str) -> Option<String> {
    let ((a, b, c), separator) = three_numbers(text)?;
    let (year, month, day) = if a.len() == 4 {
        (a, b, c)
    } else if c.len() != 4 {
        return None;
    } else if separator == '.' || number(a, a.len())? > 12 {
        (c, b, a)
    } else if number(b, b.len())? > 12 {
        (c, a, b)
    } else {
        return None;
    };
    Some(format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Whether the text is three numbers, one of which looks like a year.
fn numeric_order(text: &str) -> bool {
    three_numbers(text).is_some_and(|((a, _, c), _)| a.len() == 4 || c.len() == 4)
}

/// `~2016`, `c. 2016` and similar texts as `2016~`.
fn about(text: &str) -> Option<String> {
    ["~", "about ", "around ", "circa ", "ca. ", "c. "]
        .iter()
        .find_map(|lead| text.strip_prefix(lead))
        .map(|rest| format!("{}~", rest.trim()))
}

/// `Q3 2016`, `2016 Q3`, `2016Q3`, `2016-q3` as `2016-Q3`, and likewise for half-years.
fn quarter(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase();
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let at = text.find(['Q', 'H']).filter(|_| letters == 1)?;
    let part = text.get(at..at + 2)?;
    let year: String = text.replacen(part, "", 1);
    let year = year.trim_matches([' ', '-', '/']);
    Some(format!("{year}-{part}"))
}

/// Three groups of digits with the same separator between them.
fn three_numbers(text: &str) -> Option<((&str, &str, &str), char)> {
    let separator = text.chars().find(|c| matches!(c, '/' | '.' | '-' | ' '))?;
    let mut parts = text.split(separator);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let short = [a, b, c].iter().all(|part| number(part, part.len()).is_some());
    (short && parts.next().is_none()).then_some(((a, b, c), separator))
}

/// A number with exactly this many digits, one to four.
fn number(text: &str, count: usize) -> Option<u16> {
    if count > 4 {
        return None;
    }
    super::day::digits(text, count)
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
