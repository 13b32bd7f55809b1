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
    let range = RANGES.iter().find_map(|(between, sign)| {
        let (low, high) = rest.split_once(between)?;
        // Only two points stand with one end: `-5` is no range.
        let is_range = between.starts_with("..") || !low.trim().is_empty() && !high.trim().is_empty();
        is_range.then_some((low, *sign, high.trim_start()))
    });
    let Some((low, between, high)) = range else {
        return format!("{sign}{}", plain_number(rest));
    };
    let is_open = between == "<" || high.starts_with('<') && !high.starts_with("<=");
    // The lower end of a range is in it unless a sign says otherwise.
    let sign = if sign == ">=" { "" } else { sign };
    let high = high.trim_start_matches(['<', '=']);
    format!("{sign}{}..{}{}", plain_number(low), if is_open { "<" } else { "" }, plain_number(high))
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

/// What people put before an amount, and the sign for it.
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

/// What people put between the ends of a range, and the sign for the upper end.
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
