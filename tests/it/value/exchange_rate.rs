//! What a currency is worth, by somebody's word.

use keiretsu::{Currency, ExchangeRate, Money};

use super::{accepts, decimal, read, refuses};

#[test]
fn rates_read_back() {
    accepts::<ExchangeRate>(&[
        "USD=0.92@2016",
        "GBP=1.50@2016-05-31",
        "JPY=0.0081@2016-Q3",
        "DEM=0.5@2001/2002",
    ]);
    let rate: ExchangeRate = read("GBP=1.50@2016-05");
    assert_eq!(
        (rate.currency().as_str(), rate.rate(), rate.date().to_string()),
        ("GBP", decimal("1.5"), "2016-05".into())
    );
}

#[test]
fn what_is_no_rate_is_explained() {
    let whole = "write the currency, what one unit of it is worth, and of when, as in `USD=0.92@2016`";
    refuses::<ExchangeRate>(
        "exchange rate",
        &[
            ("USD", whole),
            ("USD=0.92", whole),
            ("0.92@2016", whole),
            ("usd=0.92@2016", "`usd` is not a currency: write `USD`"),
            ("USD=0,92@2016", "`0,92` is not a number: write `0.92`"),
            (
                "USD=0.92@16",
                "`16` is not a date: write year-month-day, as in `2016-05-31`; a month alone is `2016-05`",
            ),
            ("USD=0@2016", "a rate is above zero"),
            ("USD=0.00@2016", "a rate is above zero"),
            ("USD=-1@2016", "a rate is above zero"),
            (" USD=0.92@2016", "leave out the blanks around it"),
        ],
    );
}

#[test]
fn amounts_are_converted_exactly() {
    let (rate, euro): (ExchangeRate, Currency) = (read("USD=0.92@2016"), read("EUR"));
    let table = [
        ("USD 350 million", Some("EUR 322 million")),
        ("USD ~350 million", Some("EUR ~322 million")),
        ("USD 1.5..2 billion", Some("EUR 1.38..1.84 billion")),
        ("USD >1.5..<2 billion", Some("EUR >1.38..<1.84 billion")),
        ("USD >=1 billion", Some("EUR >=920 million")),
        ("USD <100", Some("EUR <92")),
        ("USD 1234567.89", Some("EUR 1135802.4588")),
        ("USD 0", Some("EUR 0")),
        ("undisclosed", None),
        ("GBP 5 million", None),
        // 28 digits times 92 has too many.
        ("USD 1234567890123456789012345678", None),
    ];
    for (amount, expected) in table {
        let converted = rate.convert(read::<Money>(amount), euro).map(|money| money.to_string());
        assert_eq!(converted.as_deref(), expected, "{amount}");
    }
}
