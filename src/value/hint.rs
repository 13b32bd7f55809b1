//! Corrections for amounts that do not follow the grammar.

/// A correction for an amount, if one is found. `fits` returns the full text to suggest for a tidied amount, if
/// valid.
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

/// The amount with its signs, range and numbers in the form of the grammar, as far as possible.
pub(super) fn tidy(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let (sign, rest) = LEADS
        .iter()
        .find_map(|(lead, sign)| text.strip_prefix(lead).map(|rest| (*sign, rest)))
        .or_else(|| text.strip_suffix('+').map(|rest| (">=", rest)))
        .unwrap_or(("", &text));
    let range = RANGES.iter().find_map(|(between, sign)| {
        let (low, high) = rest.split_once(between)?;
        // With one end missing, two points are required: `-5` is not a range.
        let is_range = between.starts_with("..") || !low.trim().is_empty() && !high.trim().is_empty();
        is_range.then_some((low, *sign, high.trim_start()))
    });
    let Some((low, between, high)) = range else {
        return format!("{sign}{}", plain_number(rest));
    };
    let is_open = between == "<" || high.starts_with('<') && !high.starts_with("<=");
    // The lower end of a range is included unless a sign says otherwise.
    let sign = if sign == ">=" { "" } else { sign };
    let high = high.trim_start_matches(['<', '=']);
    format!("{sign}{}..{}{}", plain_number(low), if is_open { "<" } else { "" }, plain_number(high))
}

/// Separators that people put between groups of three digits.
const SEPARATORS: [char; 6] = [',', '_', '\'', ' ', '\u{a0}', '\u{202f}'];

/// Whether there are separators, each between two digits.
fn is_separated(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let next = text.split(SEPARATORS).skip(1);
    let mut pairs = text.split(SEPARATORS).zip(next);
    text.contains(SEPARATORS) && pairs.all(|(a, b)| a.ends_with(digit) && b.starts_with(digit))
}

/// Words that people put before an amount, and the sign for each.
const LEADS: [(&str, &str); 30] = [
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
    ("not less than ", ">="),
    (">=", ">="),
    ("=>", ">="),
    ("≥", ">="),
    ("more than ", ">"),
    ("over ", ">"),
    ("above ", ">"),
    (">", ">"),
    ("at most ", "<="),
    ("up to ", "<="),
    ("not more than ", "<="),
    ("<=", "<="),
    ("≤", "<="),
    ("less than ", "<"),
    ("below ", "<"),
    ("under ", "<"),
    ("<", "<"),
    ("between ", ""),
];

/// Words that people put between the ends of a range, and the sign for the upper end.
const RANGES: [(&str, &str); 14] = [
    (" but not more than ", ""),
    (" but less than ", "<"),
    (", but not more than ", ""),
    (", but less than ", "<"),
    (" and up to ", ""),
    (", up to ", ""),
    (", less than ", "<"),
    (" and ", ""),
    ("...", ""),
    ("..", ""),
    (" to ", ""),
    ("–", ""),
    ("—", ""),
    ("-", ""),
];

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

/// `1,500` as `1500`, and `1,5` as `1.5`: a separator is followed by groups of three digits, a decimal comma is not.
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
