use keiretsu::{Country, Territory};

use super::{accepts, holds_for_texts, read, refuses};

#[test]
fn reads_countries_and_worldwide() {
    accepts::<Territory>(&["IN", "US", "EU", "worldwide"]);
    let country: Country = read("IN");
    assert_eq!(read::<Territory>("IN"), Territory::Country(country));
    assert_eq!(Territory::from(country).country(), Some(country));
    assert_eq!(read::<Territory>("worldwide").country(), None);
    assert!(Territory::Worldwide.is_worldwide());
    assert!(!Territory::Country(country).is_worldwide());
}

#[test]
fn says_what_to_write() {
    refuses::<Territory>(
        "territory",
        &[
            ("IND", "write the two-letter code: `IN`"),
            ("india", "write the two-letter code: `IN`"),
            ("Worldwide", "write `worldwide`"),
            ("global", "write `worldwide`"),
            ("Narnia", "write the two-letter code of ISO 3166, as in `IN` or `US`"),
        ],
    );
}

holds_for_texts!(Territory, "[A-Z]{2}|worldwide");
