use super::{Currency, Money, hint};

/// A correction for a text that is not an amount of money.
pub(super) fn hint(text: &str) -> String {
    let text = text.trim();
    if text.to_lowercase().contains("undisclosed") {
        return "write `undisclosed` alone, in small letters".to_owned();
    }
    let Some((currency, rest)) = currency_in(text) else {
        return match text.split(' ').next() {
            Some(word) if is_code(word) => {
                format!("`{word}` is not a currency code of ISO 4217, such as `USD` or `EUR`")
            }
            _ => "write the currency code first, as in `USD 350 million`".to_owned(),
        };
    };
    let (number, scale) = split_scale(&rest);
    let fits = |number: &str| {
        let better = format!("{currency} {number}{scale}");
        Money::read(&better).map(|_| better)
    };
    let first = text.get(..3).is_some_and(|code| code.eq_ignore_ascii_case(currency.as_str()));
    match hint::amount(&number, fits) {
        Some(hint) if first => hint,
        Some(hint) => hint.replacen("write ", "write the currency code first: ", 1),
        None => "write the currency code, the number and its scale, as in `USD 350 million`, \
                 `USD ~350 million`, `USD >=1 billion` or `EUR 1.5..2 billion`"
            .to_owned(),
    }
}

/// The currency found anywhere in the text, and the rest of the text.
fn currency_in(text: &str) -> Option<(Currency, String)> {
    for (symbol, code) in SYMBOLS {
        if text.contains(symbol) {
            return Some((Currency::read(code)?, joined(&text.replacen(symbol, " ", 1))));
        }
    }
    text.split(' ').find_map(|word| {
        let word = word.trim_start_matches(['~', '>', '<', '=']);
        let (code, tail) = word.split_at_checked(3)?;
        let currency = Currency::read(&code.to_ascii_uppercase())?;
        let whole = !tail.contains(char::is_alphabetic);
        whole.then(|| (currency, joined(&text.replacen(code, " ", 1))))
    })
}

/// The number, and the scale after it with a leading blank.
fn split_scale(text: &str) -> (String, String) {
    let lower = text.to_lowercase();
    let split = SCALES.iter().find_map(|(word, scale)| {
        let number = lower.strip_suffix(word)?.trim_end();
        number.ends_with(|c: char| c.is_ascii_digit()).then_some((number, *scale))
    });
    split.map_or_else(
        || (lower.clone(), String::new()),
        |(number, scale)| (number.to_owned(), format!(" {scale}")),
    )
}

/// The words, separated by single blanks.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_code(word: &str) -> bool {
    word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Signs that stand for one currency. The dollar is that of the United States unless a letter says otherwise; the yen
/// sign is omitted because the yuan shares it.
const SYMBOLS: [(&str, &str); 11] = [
    ("US$", "USD"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("S$", "SGD"),
    ("$", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
];

const SCALES: [(&str, &str); 15] = [
    ("thousand", "thousand"),
    ("thousands", "thousand"),
    ("k", "thousand"),
    ("million", "million"),
    ("millions", "million"),
    ("mio", "million"),
    ("mn", "million"),
    ("m", "million"),
    ("billion", "billion"),
    ("billions", "billion"),
    ("bn", "billion"),
    ("b", "billion"),
    ("trillion", "trillion"),
    ("trillions", "trillion"),
    ("tn", "trillion"),
];
