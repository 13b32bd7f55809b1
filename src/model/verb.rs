//! Verb forms: the labels of the vocabulary are in the third person singular.

/// The bare form of a verb in third person singular: "sells to" gives "sell to", "is part of" gives "be part of".
#[must_use]
pub fn infinitive(label: &str) -> String {
    conjugate(label, "be")
}

/// The plural form of a verb in third person singular: "sells to" gives "sell to", "is a member of" gives
/// "are members of".
#[must_use]
pub fn plural(label: &str) -> String {
    let plain = conjugate(label, "are");
    match plain.strip_prefix("are a ").and_then(|rest| rest.split_once(' ')) {
        Some((noun, rest)) => match noun.strip_suffix('y') {
            Some(stem) => format!("are {stem}ies {rest}"),
            None => format!("are {noun}s {rest}"),
        },
        None => plain,
    }
}

fn conjugate(label: &str, be: &str) -> String {
    let (verb, rest) = match label.split_once(' ') {
        Some((verb, rest)) => (verb, format!(" {rest}")),
        None => (label, String::new()),
    };
    match (verb, verb.strip_suffix("ies")) {
        ("is", _) => format!("{be}{rest}"),
        ("has", _) => format!("have{rest}"),
        (_, Some(stem)) => format!("{stem}y{rest}"),
        (_, None) => format!("{}{rest}", verb.strip_suffix('s').unwrap_or(verb)),
    }
}

/// The past form of a verb in third person singular: "sells to" gives "sold to", "is held by" gives "was held by", or
/// "were held by" for several subjects.
///
/// ```
/// use keiretsu::vocabulary::past;
/// assert_eq!(past("partners with", false), "partnered with");
/// assert_eq!(past("owns 30% of", false), "owned 30% of");
/// assert_eq!(past("is a member of", true), "were members of");
/// ```
#[must_use]
pub fn past(label: &str, many: bool) -> String {
    let whole = if many { plural(label) } else { label.to_owned() };
    let (verb, rest) = split(&whole);
    let be = match verb {
        "is" => Some("was"),
        "are" => Some("were"),
        _ => None,
    };
    let verb = be.map_or_else(|| past_of(split(&infinitive(label)).0), str::to_owned);
    format!("{verb}{rest}")
}

/// The past form of a verb in its bare form.
fn past_of(verb: &str) -> String {
    if let Some((_, past)) = IRREGULAR.iter().find(|(bare, _)| *bare == verb) {
        return (*past).to_owned();
    }
    let before_y = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before_y {
        Some(stem) => format!("{stem}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{verb}ed"),
    }
}

/// Verbs with an irregular past, including those that double their last letter.
const IRREGULAR: &[(&str, &str)] = &[
    ("have", "had"),
    ("buy", "bought"),
    ("sell", "sold"),
    ("hold", "held"),
    ("make", "made"),
    ("run", "ran"),
    ("spin", "spun"),
    ("take", "took"),
    ("give", "gave"),
    ("control", "controlled"),
    ("ship", "shipped"),
];

/// The verb, and the rest including the space between them.
fn split(label: &str) -> (&str, &str) {
    let end = label.find(' ').unwrap_or(label.len());
    label.split_at_checked(end).unwrap_or((label, ""))
}
