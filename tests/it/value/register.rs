use keiretsu::RegisterNumber;

use super::{accepts, holds_for_texts, read, refuses_all};

#[test]
fn reads_jurisdiction_and_number() {
    for (jurisdiction, country, number) in [
        ("GB", "GB", "0123456"),
        ("GB", "GB", "SC123456"),
        ("US-DE", "US", "2918-401"),
        ("DE", "DE", "München HRB 42243"),
        ("DE", "DE", "Frankfurt (Oder) HRB 123"),
        ("FR", "FR", "552 100 554"),
        ("CH", "CH", "CHE-123.456.789"),
        ("CN", "CN", "91110108551385082Q"),
        ("CA-ON", "CA", "1234567"),
        ("GB-SCT", "GB", "SC123456"),
        ("AT-9", "AT", "FN 1a"),
        ("US-XX", "US", "1"), // no such state, but of the right form
        ("XK", "XK", "810000001"),
    ] {
        let register = RegisterNumber::new(jurisdiction, number).expect("a register number");
        assert_eq!(register.jurisdiction(), jurisdiction);
        assert_eq!(register.country().as_str(), country);
        assert_eq!(register.number(), number);
        assert_eq!(register.to_string(), format!("{jurisdiction} {number}"));
        assert_eq!(read::<RegisterNumber>(&register.to_string()), register);
    }
}

#[test]
fn says_which_part_is_wrong() {
    let number = "write letters, digits and `-`, `.`, `/`, `(`, `)` with single blanks, as in \
                  `HRB 42243`";
    let jurisdiction = "write a country or a region of ISO 3166, as in `GB` or `US-DE`";
    for (place, text, message, hint) in [
        ("UK", "1", "`UK` is not a jurisdiction", jurisdiction),
        ("US-", "1", "`US-` is not a jurisdiction", jurisdiction),
        ("US-DELA", "1", "`US-DELA` is not a jurisdiction", jurisdiction),
        ("US-de", "1", "`US-de` is not a jurisdiction", jurisdiction),
        ("US-D E", "1", "`US-D E` is not a jurisdiction", jurisdiction),
        ("US-DE-1", "1", "`US-DE-1` is not a jurisdiction", jurisdiction),
        ("UK-SCT", "1", "`UK-SCT` is not a jurisdiction", jurisdiction),
        ("-DE", "1", "`-DE` is not a jurisdiction", jurisdiction),
        ("USDE", "1", "`USDE` is not a jurisdiction", jurisdiction),
        ("", "1", "an empty text is not a jurisdiction", jurisdiction),
        ("GB", "", "an empty text is not a register number", number),
        ("GB", "ABC", "`ABC` is not a register number", number),
        ("GB", "1  2", "`1  2` is not a register number", number),
        ("GB", "1\u{7}", "`1\\u{7}` is not a register number", number),
        ("GB", "1_2", "`1_2` is not a register number", number),
        ("GB", " 1", "` 1` is not a register number", "leave out the blanks around it"),
    ] {
        let error = RegisterNumber::new(place, text).unwrap_err();
        assert_eq!((error.message(), error.hint()), (message, Some(hint)));
    }
    let error = "GB0123456".parse::<RegisterNumber>().unwrap_err();
    assert_eq!(error.hint(), Some("write the country and the number, as in `GB 0123456`"));
    assert_eq!(error.expected(), "register number");
}

#[test]
fn a_number_has_up_to_64_characters() {
    let long = format!("GB {}", "é".repeat(63) + "1");
    accepts::<RegisterNumber>(&[&long]);
    refuses_all::<RegisterNumber>(&[&(long + "1"), "GB ٣", "GB 1 ", "GB\t1"]);
}

holds_for_texts!(RegisterNumber, "(GB|DE|US-DE|CN) [A-Z]{0,3} ?[0-9]{1,9}([-./][0-9]{1,3})?");
