//! What people write for an amount when they do not know the grammar.

/// How to write an amount properly, if it can be told. `fits` gives the whole text to propose for
/// a tidied amount, if that is right.
pub(super) fn amount(text: &str, fits: impl Fn(&str) -> Option<String>) -> Option<String> {
    let tidied = tidy(text);
    if let Some(better) = fits(&tidied) {
        let separated = is_separated(text) && text.replace(SEPARATORS, "") == tidied;
        let why = if separated { " without separators" } else { "" };
        return Some(format!("write `{better}`{why}"));
    }
    let (low, high) = tidied.split_once("..")?;
    let better = fits(&format!("{high}..{low}"))?;
    Some(format!("the lower number comes first: write `{better}`"))
}

/// The amount with its signs, range and numbers as the grammar has them, as far as can be told.
pub(super) fn tidy(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let (sign, rest) = LEADS
        .iter()
        .find_map(|(lead, sign)| text.strip_prefix(lead).map(|rest| (*sign, rest)))
        .or_else(|| text.strip_suffix('+').map(|rest| (">=", rest)))
        .unwrap_or(("", &text));
    let numbers = RANGES.iter().find_map(|range| rest.split_once(range)).map_or_else(
        || plain_number(rest),
        |(low, high)| format!("{}..{}", plain_number(low), plain_number(high)),
    );
    format!("{sign}{numbers}")
}

/// What people put between groups of three digits.
const SEPARATORS: [char; 6] = [',', '_', '\'', ' ', '\u{a0}', '\u{202f}'];

/// Whether there are separators, each between two digits.
fn is_separated(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let next = text.split(SEPARATORS).skip(1);
    let mut pairs = text.split(SEPARATORS).zip(next);
    text.contains(SEPARATORS) && pairs.all(|(a, b)| a.ends_with(digit) && b.starts_with(digit))
}

/// What people put before an amount, and the sign for it. "more than" is not "at least", and is
/// left to them.
const LEADS: [(&str, &str); 19] = [
    ("approximately ", "~"),
    ("approx. ", "~"),
    ("about ", "~"),
    ("around ", "~"),
    ("some ", "~"),
    ("circa ", "~"),
    ("ca. ", "~"),
    ("c. ", "~"),
    ("~", "~"),
    ("≈", "~"),
    ("at least ", ">="),
    ("no less than ", ">="),
    (">=", ">="),
    ("=>", ">="),
    ("≥", ">="),
    ("at most ", "<="),
    ("up to ", "<="),
    ("<=", "<="),
    ("≤", "<="),
];

/// What people put between the ends of a range.
const RANGES: [&str; 6] = ["...", "..", " to ", "–", "—", "-"];

/// A number, with or without `%`, without separators, leading zeros and blanks.
fn plain_number(text: &str) -> String {
    let text = text.trim();
    let (number, unit) = ["%", "percent", "per cent", "pct"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit).map(|number| (number.trim_end(), "%")))
        .unwrap_or((text, ""));
    let number = ungrouped(number).unwrap_or_else(|| number.to_owned());
    let digits = number.trim_start_matches('0');
    let bare = digits.starts_with('.') || (digits.is_empty() && !number.is_empty());
    let zero = if bare { "0" } else { "" };
    format!("{zero}{digits}{unit}")
}

/// `1,500` as `1500`, and `1,5` as `1.5`: a separator stands before groups of three, a decimal
/// comma does not.
fn ungrouped(number: &str) -> Option<String> {
    let separator = number.chars().find(|c| SEPARATORS.contains(c))?;
    let (whole, fraction) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut groups = whole.split(separator);
    let first = groups.next()?;
    if (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) {
        return Some(whole.replace(separator, "") + fraction);
    }
    (separator == ',' && fraction.is_empty()).then(|| whole.replacen(',', ".", 1))
}
