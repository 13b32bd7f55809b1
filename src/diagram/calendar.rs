//! Dates as newspapers print them: "31 May 2016" for `2016-05-31`.

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writes out the dates in a text: `announced 2016-05-31` becomes "announced 31 May 2016".
///
/// `2016-05/2016-07`, a date that lies between two, becomes "between May 2016 and Jul 2016", and `2016~` becomes
/// "about 2016". For dates and notes on dates only, not for text that a user wrote.
pub(crate) fn written_out(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let (date, tail) = match word.strip_suffix([',', ';']) {
            Some(date) => (date, word.get(date.len()..).unwrap_or_default()),
            None => (word, ""),
        };
        let written = match date.split_once('/') {
            Some((from, to)) => match (point(from), point(to)) {
                (Some(from), Some(to)) => format!("between {from} and {to}"),
                _ => date.to_owned(),
            },
            None => point(date).unwrap_or_else(|| date.to_owned()),
        };
        format!("{written}{tail}")
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A year, month or day written out; none if it is not a date.
fn point(text: &str) -> Option<String> {
    match (text.strip_suffix('~'), text.strip_suffix('?')) {
        (Some(text), _) => Some(format!("about {}", unmarked(text)?)),
        (None, Some(text)) => Some(format!("{}?", unmarked(text)?)),
        (None, None) => unmarked(text),
    }
}

fn unmarked(text: &str) -> Option<String> {
    let is_number =
        |part: &str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| is_number(year, 4))?;
    let (within, day) = (parts.next(), parts.next());
    match (within, day, parts.next()) {
        (None, None, None) => Some(year.to_owned()),
        (Some(part @ ("Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2")), None, None) => {
            Some(format!("{part} {year}"))
        }
        (Some(month), None, None) => Some(format!("{} {year}", named(month)?)),
        (Some(month), Some(day), None) if is_number(day, 2) => {
            Some(format!("{} {} {year}", day.trim_start_matches('0'), named(month)?))
        }
        _ => None,
    }
}

/// The name of a month given as two digits.
fn named(month: &str) -> Option<&'static str> {
    let number: usize = month.parse().ok().filter(|_| month.len() == 2)?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::written_out;

    #[test]
    fn dates_are_written_out_and_nothing_else() {
        for (text, expected) in [
            ("announced 2016-05-31, reported", "announced 31 May 2016, reported"),
            ("on or before 2016-09", "on or before Sep 2016"),
            ("since 2011", "since 2011"),
            ("2016-05-31/2016-09", "between 31 May 2016 and Sep 2016"),
            ("2015/2016", "between 2015 and 2016"),
            ("since 2016-05~", "since about May 2016"),
            ("2016-Q3", "Q3 2016"),
            ("done 2016-01-05?", "done 5 Jan 2016?"),
            ("2016-13", "2016-13"),
            ("for 10 years", "for 10 years"),
            ("a/b 2016-05-xx", "a/b 2016-05-xx"),
        ] {
            assert_eq!(written_out(text), expected);
        }
    }
}
