use keiretsu::Currency;

use super::{accepts, holds_for_texts, read, refuses, refuses_all};

#[test]
fn reads_codes_in_use_and_those_before_the_euro() {
    accepts::<Currency>(&["USD", "EUR", "JPY", "CNY", "KRW", "INR", "GBP", "CHF", "TWD", "DEM"]);
    accepts::<Currency>(&["FRF", "ITL", "XEU", "HRK"]);
    assert_eq!(read::<Currency>("USD").as_str(), "USD");
}

#[test]
fn says_what_to_write() {
    let general = "write the three-letter code of ISO 4217, as in `USD` or `EUR`";
    refuses::<Currency>(
        "currency",
        &[("usd", "write `USD`"), ("$", general), ("dollar", general), ("ABC", general)],
    );
    refuses_all::<Currency>(&["US", "USDX", "US ", "ＵＳＤ", "usD"]);
}

holds_for_texts!(Currency, "[A-Z]{3}");
