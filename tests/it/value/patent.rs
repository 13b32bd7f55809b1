use keiretsu::PatentNumber;

use super::{accepts, holds_for_texts, read, refuses, refuses_all};

#[test]
fn reads_office_number_and_kind() {
    for (text, office, number, kind) in [
        ("US 8155091 B2", "US", "8155091", Some("B2")),
        ("US 8155091", "US", "8155091", None),
        ("US D912345 S", "US", "D912345", Some("S")),
        ("US RE43219 E1", "US", "RE43219", Some("E1")),
        ("EP 1234567 B1", "EP", "1234567", Some("B1")),
        ("WO 2016/123456 A1", "WO", "2016/123456", Some("A1")),
        ("JP H07-123456 A", "JP", "H07-123456", Some("A")),
        ("CN 201610123456.7", "CN", "201610123456.7", None),
        ("DE 102012205692 A1", "DE", "102012205692", Some("A1")),
        ("DD 123456 A5", "DD", "123456", Some("A5")),
    ] {
        let patent: PatentNumber = read(text);
        assert_eq!((patent.office(), patent.number(), patent.kind()), (office, number, kind));
        assert_eq!(patent.to_string(), text);
    }
}

#[test]
fn says_what_to_write() {
    let general = "write the office, the number and the kind, as in `US 8155091 B2`";
    refuses::<PatentNumber>(
        "patent number",
        &[
            ("US8155091B2", "write `US 8155091 B2`"),
            ("US 8,155,091 B2", "write `US 8155091 B2`"),
            ("us 8155091 b2", "write `US 8155091 B2`"),
            ("US  8155091  B2", "write `US 8155091 B2`"),
            ("US8155091", "write `US 8155091`"),
            ("USD912345S1", "write `US D912345 S1`"),
            ("8155091", general),
            ("ZZ 8155091 B2", general),
            ("US", general),
            ("", general),
        ],
    );
    refuses_all::<PatentNumber>(&[
        "US 8155091 B22",
        "US 8155091 2B",
        "US 8155091 b2",
        "US 8155091 B2 X",
        "US ABC B2",
        "US 815--5091",
        "US /815",
        "US 815/",
        "US 8155091 ",
        "US  8155091",
        "US 815é",
        "US 1234567890123456789012345",
    ]);
    accepts::<PatentNumber>(&["US 123456789012345678901234"]);
}

holds_for_texts!(PatentNumber, "(US|EP|WO|JP|us) ?[A-Z]?[0-9,]{4,9}( ?[A-Z][0-9]?)?");
