//! The past of every verb of the vocabulary.

use std::collections::BTreeSet;

use keiretsu::vocabulary::{AttributeType, FACTS, RELATIONS, past};

const PAST: &[(&str, &str)] = &[
    ("partners with", "partnered with"),
    ("is a partner in", "was a partner in"),
    ("has partner", "had partner"),
    ("is a member of", "was a member of"),
    ("has member", "had member"),
    ("has an agreement with", "had an agreement with"),
    ("sells to", "sold to"),
    ("buys from", "bought from"),
    ("divests", "divested"),
    ("is divested by", "was divested by"),
    ("acquires", "acquired"),
    ("is acquired by", "was acquired by"),
    ("invests in", "invested in"),
    ("is backed by", "was backed by"),
    ("succeeds", "succeeded"),
    ("is succeeded by", "was succeeded by"),
    ("owns a share of", "owned a share of"),
    ("is owned by", "was owned by"),
    ("controls", "controlled"),
    ("is controlled by", "was controlled by"),
    ("is parent of", "was parent of"),
    ("is a subsidiary of", "was a subsidiary of"),
    ("licenses to", "licensed to"),
    ("is licensed by", "was licensed by"),
    ("holds a license for", "held a license for"),
    ("is licensed out to", "was licensed out to"),
    ("cross-licenses with", "cross-licensed with"),
    ("holds", "held"),
    ("is held by", "was held by"),
    ("covers", "covered"),
    ("is covered by", "was covered by"),
    ("supplies", "supplied"),
    ("is supplied by", "was supplied by"),
    ("manufactures for", "manufactured for"),
    ("has manufacturer", "had manufacturer"),
    ("manufactures", "manufactured"),
    ("is manufactured by", "was manufactured by"),
    ("distributes for", "distributed for"),
    ("has distributor", "had distributor"),
    ("distributes", "distributed"),
    ("is distributed by", "was distributed by"),
    ("pre-installs", "pre-installed"),
    ("is pre-installed by", "was pre-installed by"),
    ("is pre-installed on", "was pre-installed on"),
    ("ships with", "shipped with"),
    ("makes", "made"),
    ("is made by", "was made by"),
    ("uses", "used"),
    ("is used by", "was used by"),
    ("runs on", "ran on"),
    ("runs", "ran"),
    ("is part of", "was part of"),
    ("contains", "contained"),
    ("is sold as", "was sold as"),
    ("is the brand of", "was the brand of"),
    ("competes with", "competed with"),
    ("is ahead of", "was ahead of"),
    ("is behind", "was behind"),
    ("sues", "sued"),
    ("is sued by", "was sued by"),
    ("holds a position at", "held a position at"),
    ("has officer", "had officer"),
    ("acts on", "acted on"),
    ("is acted on by", "was acted on by"),
    ("is linked to", "was linked to"),
    ("is a settlor of", "was a settlor of"),
    ("has settlor", "had settlor"),
    ("is a trustee of", "was a trustee of"),
    ("has trustee", "had trustee"),
    ("is a protector of", "was a protector of"),
    ("has protector", "had protector"),
    ("is a beneficiary of", "was a beneficiary of"),
    ("has beneficiary", "had beneficiary"),
    ("is a unit of", "was a unit of"),
    ("has unit", "had unit"),
    ("sells at auction to", "sold at auction to"),
    ("buys at auction from", "bought at auction from"),
    ("makes an assignment to", "made an assignment to"),
    ("takes an assignment from", "took an assignment from"),
    ("assigns", "assigned"),
    ("is assigned by", "was assigned by"),
    ("takes over", "took over"),
    ("is taken over by", "was taken over by"),
    ("makes a donation to", "made a donation to"),
    ("takes a donation from", "took a donation from"),
    ("donates", "donated"),
    ("is donated by", "was donated by"),
    ("is given", "was given"),
    ("is given to", "was given to"),
    ("is merged from", "was merged from"),
    ("is merged into", "was merged into"),
    ("is spun off from", "was spun off from"),
    ("spins off", "spun off"),
    ("is split from", "was split from"),
    ("is split into", "was split into"),
    ("is recapitalized from", "was recapitalized from"),
    ("is recapitalized as", "was recapitalized as"),
    ("founds", "founded"),
    ("is founded by", "was founded by"),
    ("lists", "listed"),
    ("is listed by", "was listed by"),
    ("declares insolvent", "declared insolvent"),
    ("is declared insolvent by", "was declared insolvent by"),
    ("nationalizes", "nationalized"),
    ("is nationalized by", "was nationalized by"),
    ("sanctions", "sanctioned"),
    ("is sanctioned by", "was sanctioned by"),
    ("blocks", "blocked"),
    ("is blocked by", "was blocked by"),
    ("dissolves", "dissolved"),
    ("is dissolved by", "was dissolved by"),
];

#[test]
fn every_verb_has_its_past() {
    let labels = RELATIONS.iter().flat_map(|row| [row.label, row.inverse]);
    let choices = FACTS.iter().flat_map(|row| row.attributes).flat_map(|row| match row.values {
        AttributeType::Choice(words) => words,
        _ => &[],
    });
    let worded = choices.flat_map(|word| word.wording).flat_map(|(_, label, inverse)| [*label, *inverse]);
    let used: BTreeSet<&str> = labels.chain(worded).collect();
    assert_eq!(PAST.iter().map(|(label, _)| *label).collect::<BTreeSet<_>>(), used);
    for (label, expected) in PAST {
        assert_eq!(past(label, false), *expected, "past of {label}");
    }
}

#[test]
fn several_have_their_past() {
    for (label, expected) in [
        ("partners with", "partnered with"),
        ("is a member of", "were members of"),
        ("is a subsidiary of", "were subsidiaries of"),
        ("is held by", "were held by"),
        ("has an agreement with", "had an agreement with"),
        ("owns 30% of", "owned 30% of"),
        ("is owned (30%) by", "were owned (30%) by"),
    ] {
        assert_eq!(past(label, true), expected, "past of several: {label}");
    }
}
