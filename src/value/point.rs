use std::fmt;

use super::Day;
use super::day::digits;

/// A date without a slash: `2016`, `2016-H2`, `2016-Q3`, `2016-05`, `2016-05-31`, each also with
/// `~` or `?`.
///
/// Stored as its first day and its precision, so six bytes are enough for every form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Point {
    first: Day,
    form: Form,
    qualifier: Qualifier,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Year,
    Half,
    Quarter,
    Month,
    Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Qualifier {
    None,
    About,
    Uncertain,
}

impl Point {
    pub(super) fn day(day: Day) -> Self {
        Self { first: day, form: Form::Day, qualifier: Qualifier::None }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let (body, qualifier) = if let Some(body) = text.strip_suffix('~') {
            (body, Qualifier::About)
        } else if let Some(body) = text.strip_suffix('?') {
            (body, Qualifier::Uncertain)
        } else {
            (text, Qualifier::None)
        };
        let (first, form) = read_body(body)?;
        Some(Self { first, form, qualifier })
    }

    pub(super) fn first(self) -> Day {
        self.first
    }

    pub(super) fn last(self) -> Day {
        match self.form {
            Form::Year => self.first.end_of_month(11),
            Form::Half => self.first.end_of_month(5),
            Form::Quarter => self.first.end_of_month(2),
            Form::Month => self.first.end_of_month(0),
            Form::Day => self.first,
        }
    }

    pub(super) fn is_approximate(self) -> bool {
        self.qualifier == Qualifier::About
    }

    pub(super) fn is_uncertain(self) -> bool {
        self.qualifier == Qualifier::Uncertain
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        match self.form {
            Form::Year => write!(f, "{year:04}")?,
            Form::Half => write!(f, "{year:04}-H{}", month.div_ceil(6))?,
            Form::Quarter => write!(f, "{year:04}-Q{}", month.div_ceil(3))?,
            Form::Month => write!(f, "{year:04}-{month:02}")?,
            Form::Day => self.first.fmt(f)?,
        }
        f.write_str(match self.qualifier {
            Qualifier::None => "",
            Qualifier::About => "~",
            Qualifier::Uncertain => "?",
        })
    }
}

/// The first day and the form of a date without its qualifier.
fn read_body(body: &str) -> Option<(Day, Form)> {
    let Some((year, rest)) = body.split_once('-') else {
        return Some((Day::new(digits(body, 4)?, 1, 1)?, Form::Year));
    };
    let (month, form) = match rest {
        "H1" => (1, Form::Half),
        "H2" => (7, Form::Half),
        "Q1" => (1, Form::Quarter),
        "Q2" => (4, Form::Quarter),
        "Q3" => (7, Form::Quarter),
        "Q4" => (10, Form::Quarter),
        _ if rest.contains('-') => return Some((Day::read(body)?, Form::Day)),
        _ => (u8::try_from(digits(rest, 2)?).ok()?, Form::Month),
    };
    Some((Day::new(digits(year, 4)?, month, 1)?, form))
}
