use keiretsu::Country;

use super::{accepts, holds_for_texts, read, refuses, refuses_all};

/// Every officially assigned code, typed from the standard's list by first letter.
const ASSIGNED: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ \
    BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ \
    EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU \
    ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ \
    LA LB LC LI LK LR LS LT LU LV LY \
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA \
    RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ \
    TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ \
    VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

#[test]
fn reads_the_assigned_codes_and_two_more() {
    let assigned: Vec<&str> = ASSIGNED.split(' ').collect();
    assert_eq!(assigned.len(), 249);
    accepts::<Country>(&assigned);
    accepts::<Country>(&["XK", "EU"]);
    let letters = 'A'..='Z';
    let all = letters.clone().flat_map(|a| letters.clone().map(move |b| format!("{a}{b}")));
    let read = all.filter(|code| code.parse::<Country>().is_ok()).count();
    assert_eq!(read, 251);
}

#[test]
fn says_what_to_write() {
    let general = "write the two-letter code of ISO 3166, as in `IN` or `US`";
    refuses::<Country>(
        "country",
        &[
            ("IND", "write the two-letter code: `IN`"),
            ("ind", "write the two-letter code: `IN`"),
            ("in", "write `IN`"),
            ("India", "write the two-letter code: `IN`"),
            ("UK", "write the two-letter code: `GB`"),
            ("USA", "write the two-letter code: `US`"),
            ("South Korea", "write the two-letter code: `KR`"),
            ("Czechia", "write the two-letter code: `CZ`"),
            ("Czech Republic", "write the two-letter code: `CZ`"),
            ("North Macedonia", "write the two-letter code: `MK`"),
            ("Eswatini", "write the two-letter code: `SZ`"),
            ("Türkiye", "write the two-letter code: `TR`"),
            ("Turkey", "write the two-letter code: `TR`"),
            ("Netherlands", "write the two-letter code: `NL`"),
            ("Taiwan", "write the two-letter code: `TW`"),
            ("ZZ", general),
            ("Atlantis", general),
            ("", general),
        ],
    );
    refuses_all::<Country>(&["I", "In", "IN ", "ＩＮ", "SU", "YU", "worldwide"]);
    assert_eq!(read::<Country>("IN").as_str(), "IN");
}

holds_for_texts!(Country, "[A-Z]{2}");
