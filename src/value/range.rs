use std::fmt::{self, Display};

use super::words;
use super::written::Written;

/// A number that can be the bound of a range.
pub(super) trait Number: Copy + Display {
    /// Compares it with another.
    fn compare(self, other: Self) -> std::cmp::Ordering;

    /// Whether it is the least possible number.
    fn is_least(self) -> bool;
}

impl Number for Written {
    fn compare(self, other: Self) -> std::cmp::Ordering {
        self.value().cmp(&other.value())
    }

    fn is_least(self) -> bool {
        self.digits() == 0
    }
}

/// A number and how exactly it is known: `5`, `~5`, `>=5`, `<=5`, `>5`, `<5`, `5..6`, `>5..6`, `5..<6`, `5..`, `..6`.
///
/// The grammar shared by quantities, money and shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Range<N> {
    Exactly(N),
    About(N),
    AtLeast(N),
    AtMost(N),
    Above(N),
    Below(N),
    /// From one end to the other; one of them may be missing.
    Between(Option<End<N>>, Option<End<N>>),
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct End<N> {
    pub(super) number: N,
    /// Whether the number itself is excluded.
    pub(super) open: bool,
}

impl<N: Number> Range<N> {
    /// Parses a range whose numbers are parsed by `number`. None if there is no number between its ends.
    pub(super) fn read(text: &str, number: impl Fn(&str) -> Option<N>) -> Option<Self> {
        let Some((low, high)) = text.split_once("..") else {
            let (make, rest) = SIGNS.iter().find_map(|sign| Some((sign, text.strip_prefix(sign)?)))?;
            let number = number(rest)?;
            return match *make {
                "~" => Some(Self::About(number)),
                ">=" => Some(Self::AtLeast(number)),
                "<=" => Some(Self::AtMost(number)),
                ">" => Some(Self::Above(number)),
                "<" => (!number.is_least()).then_some(Self::Below(number)),
                _ => Some(Self::Exactly(number)),
            };
        };
        let end = |text: &str, sign: char| {
            let rest = text.strip_prefix(sign);
            Some(End { number: number(rest.unwrap_or(text))?, open: rest.is_some() })
        };
        let low = if low.is_empty() { None } else { Some(end(low, '>')?) };
        let high = if high.is_empty() { None } else { Some(end(high, '<')?) };
        Self::between(low, high)
    }

    /// From one end to the other, if there is a number between them.
    pub(super) fn between(low: Option<End<N>>, high: Option<End<N>>) -> Option<Self> {
        let is_range = match (low, high) {
            (Some(low), Some(high)) => match low.number.compare(high.number) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => !low.open && !high.open,
                std::cmp::Ordering::Greater => false,
            },
            (None, Some(high)) => !(high.open && high.number.is_least()),
            (low, None) => low.is_some(),
        };
        is_range.then_some(Self::Between(low, high))
    }

    /// The lower bound; none for `<=`.
    pub(super) fn low(self) -> Option<End<N>> {
        match self {
            Self::Exactly(number) | Self::About(number) | Self::AtLeast(number) => {
                Some(End { number, open: false })
            }
            Self::Above(number) => Some(End { number, open: true }),
            Self::Between(low, _) => low,
            Self::AtMost(_) | Self::Below(_) => None,
        }
    }

    /// The upper bound; none for `>=`.
    pub(super) fn high(self) -> Option<End<N>> {
        match self {
            Self::Exactly(number) | Self::About(number) | Self::AtMost(number) => {
                Some(End { number, open: false })
            }
            Self::Below(number) => Some(End { number, open: true }),
            Self::Between(_, high) => high,
            Self::AtLeast(_) | Self::Above(_) => None,
        }
    }

    pub(super) fn is_approximate(self) -> bool {
        matches!(self, Self::About(_))
    }

    /// The numbers written in it.
    pub(super) fn numbers(self) -> impl Iterator<Item = N> {
        let second = matches!(self, Self::Between(..)).then(|| self.high()).flatten();
        let first = self.low().or_else(|| self.high().filter(|_| second.is_none()));
        first.into_iter().chain(second).map(|end| end.number)
    }

    /// The range for a sentence, with each number put into words: "at least 1,500", "more than 25%, up to 50%".
    pub(super) fn words(self, number: impl Fn(N) -> String) -> impl Display {
        words::show(move |f| {
            let Self::Between(Some(low), Some(high)) = self else {
                let end = self.low().or_else(|| self.high());
                return end.map_or(Ok(()), |end| write!(f, "{}{}", self.lead(), number(end.number)));
            };
            let (least, most) = (number(low.number), number(high.number));
            match (low.open, high.open) {
                (false, false) => write!(f, "{least} to {most}"),
                (true, false) => write!(f, "more than {least}, up to {most}"),
                (false, true) => write!(f, "at least {least}, less than {most}"),
                (true, true) => write!(f, "more than {least}, less than {most}"),
            }
        })
    }

    /// The words before a single number.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Self::Exactly(_) | Self::Between(Some(_), Some(_)) => "",
            Self::About(_) => "about ",
            Self::AtLeast(_) => "at least ",
            Self::AtMost(_) => "at most ",
            Self::Above(_) => "more than ",
            Self::Below(_) => "less than ",
            Self::Between(Some(low), None) => {
                if low.open {
                    "more than "
                } else {
                    "at least "
                }
            }
            Self::Between(None, high) => {
                if high.is_some_and(|high| high.open) {
                    "less than "
                } else {
                    "at most "
                }
            }
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Exactly(_) | Self::Between(..) => "",
            Self::About(_) => "~",
            Self::AtLeast(_) => ">=",
            Self::AtMost(_) => "<=",
            Self::Above(_) => ">",
            Self::Below(_) => "<",
        }
    }
}

/// As written.
impl<N: Number> Display for Range<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Between(low, high) = self else {
            let end = self.low().or_else(|| self.high());
            return end.map_or(Ok(()), |end| write!(f, "{}{}", self.sign(), end.number));
        };
        let end = |f: &mut fmt::Formatter<'_>, end: &Option<End<N>>, sign: &str| match end {
            Some(End { number, open }) => write!(f, "{}{number}", if *open { sign } else { "" }),
            None => Ok(()),
        };
        end(f, low, ">")?;
        f.write_str("..")?;
        end(f, high, "<")
    }
}

/// Signs that may precede a number; longer ones first.
const SIGNS: [&str; 6] = ["~", ">=", "<=", ">", "<", ""];
