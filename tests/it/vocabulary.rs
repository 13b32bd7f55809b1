//! Compares the vocabulary's table with a second copy written by hand, and generates docs/vocabulary.md from it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use keiretsu::vocabulary::{
    AttributeRow, AttributeType, COMMON_ROLES, FACTS, FIELDS, FactRow, Family, Projection, RELATIONS,
    RoleRow, infinitive, plural,
};
use keiretsu::{
    Attribute, AttributeValue, Confidence, EntityKind, EntityRecord, FactKind, FactRecord, GraphBuilder, Id,
    Reason, RelationKind, Role, SourceKind, Stance, Status,
};

/// The design's table: kind | family | flags | roles | attributes | relations. `?` optional, `*` several;
/// Org = Company, Unit, Person, Body or Alliance; Any = every kind.
const DESIGN: &str = "
Partnership   | alliance  | D  | between*: Org, with?*: Org, over?*: Product/Patent/Brand | scope | PartnersWith
JointVenture  | alliance  | D  | partner*: Org, venture: Company | | IsPartnerIn, PartnersWith
Membership    | alliance  |    | member*: Org, alliance: Alliance | | IsMemberOf
Agreement     | alliance  | D  | between*: Org, with?*: Org, over?*: Product/Patent/Brand | what | HasAgreementWith
Sale          | trade     | ED | seller*: Org, buyer*: Org, of?*: Product/Patent/Brand/Unit | how=Sold/Auctioned/Assigned/Donated | SellsTo, Divests, Acquires
Acquisition   | ownership | ED | acquirer*: Org, target: Company, seller?*: Org | share% | Acquires, SellsTo
Investment    | ownership | ED | investor*: Org, company: Company | round, share% | InvestsIn
Succession    | ownership | E  | successor*: Company, predecessor*: Company | how=Merger/SpinOff/Split/Recapitalization | Succeeds
Ownership     | ownership |    | owner*: Org, owned: Company/Alliance | share%, votes%, profit%, class, direct! | OwnsShareOf
Control       | ownership |    | controller*: Org, controlled: Org | means=Votes/Board/GeneralPartner/Manager/Contract/Trustee | Controls
Subsidiary    | ownership |    | parent: Org, child*: Company | level=Direct/Ultimate | IsParentOf
Trust         | ownership |    | trust: Company, settlor?*: Org, trustee?*: Org, protector?*: Org, beneficiary?*: Org | | IsSettlorOf, IsTrusteeOf, IsProtectorOf, IsBeneficiaryOf
License       | rights    | D  | licensor*: Org, licensee*: Org, of*: Product/Patent/Brand | field, royalty | LicensesTo, HoldsLicenseFor
CrossLicense  | rights    | D  | between*: Org, with?*: Org, of?*: Product/Patent/Brand | field | CrossLicensesWith
Holding       | rights    |    | holder*: Org, of*: Product/Patent/Brand/Unit | | Holds
Coverage      | rights    |    | patent*: Patent, product*: Product | basis=Declared/Asserted/Held, to | Covers
Supply        | trade     | D  | supplier*: Org, customer*: Org, of?*: Product | tier | Supplies
Manufacturing | trade     | D  | manufacturer*: Org, principal: Org, of?*: Product | site | ManufacturesFor, Manufactures
Distribution  | trade     | D  | distributor*: Org, principal?: Org, of?*: Product/Brand | | DistributesFor, Distributes
PreInstall    | trade     | D  | installer*: Org, principal?: Org, software*: Product, device?*: Product | | PreInstalls, IsPreInstalledOn, DistributesFor
Production    | product   |    | maker*: Org, of*: Product | | Makes
Usage         | product   |    | user*: Org/Product, of*: Product/Patent | | Uses
Platform      | product   |    | product*: Product, runs_on*: Product | | RunsOn
Component     | product   |    | part*: Product/Patent, whole: Product/Patent | | IsPartOf
Branding      | product   |    | product*: Product, brand: Brand | | IsSoldAs
Competition   | rivalry   |    | between*: Org/Product, with?*: Org/Product | market | CompetesWith
Comparison    | rivalry   |    | ahead*: Org/Product, behind*: Org/Product | market | IsAheadOf
Litigation    | rivalry   |    | plaintiff*: Org, defendant*: Org, over?*: Product/Patent/Brand, accused?*: Product | court, outcome | Sues
Position      | people    |    | person: Person, at: Org | position | HoldsPositionAt
Event         | other     | E  | of*: Any, by?: Org | what=Founded/Listed/Insolvent/Nationalized/Sanctioned/Blocked/Dissolved/NoOwnerDeclared/Other, share% | ActsOn
Link          | other     |    | between*: Any, with?*: Any | what | IsLinkedTo
";

/// Every verb there is: third person singular, infinitive, plural.
const VERBS: &[(&str, &str, &str)] = &[
    ("partners with", "partner with", "partner with"),
    ("is a partner in", "be a partner in", "are partners in"),
    ("has partner", "have partner", "have partner"),
    ("is a member of", "be a member of", "are members of"),
    ("has member", "have member", "have member"),
    ("has an agreement with", "have an agreement with", "have an agreement with"),
    ("sells to", "sell to", "sell to"),
    ("buys from", "buy from", "buy from"),
    ("divests", "divest", "divest"),
    ("is divested by", "be divested by", "are divested by"),
    ("acquires", "acquire", "acquire"),
    ("is acquired by", "be acquired by", "are acquired by"),
    ("invests in", "invest in", "invest in"),
    ("is backed by", "be backed by", "are backed by"),
    ("succeeds", "succeed", "succeed"),
    ("is succeeded by", "be succeeded by", "are succeeded by"),
    ("owns a share of", "own a share of", "own a share of"),
    ("is owned by", "be owned by", "are owned by"),
    ("controls", "control", "control"),
    ("is controlled by", "be controlled by", "are controlled by"),
    ("is parent of", "be parent of", "are parent of"),
    ("is a subsidiary of", "be a subsidiary of", "are subsidiaries of"),
    ("is a settlor of", "be a settlor of", "are settlors of"),
    ("has settlor", "have settlor", "have settlor"),
    ("is a trustee of", "be a trustee of", "are trustees of"),
    ("has trustee", "have trustee", "have trustee"),
    ("is a protector of", "be a protector of", "are protectors of"),
    ("has protector", "have protector", "have protector"),
    ("is a beneficiary of", "be a beneficiary of", "are beneficiaries of"),
    ("has beneficiary", "have beneficiary", "have beneficiary"),
    ("licenses to", "license to", "license to"),
    ("is licensed by", "be licensed by", "are licensed by"),
    ("holds a license for", "hold a license for", "hold a license for"),
    ("is licensed out to", "be licensed out to", "are licensed out to"),
    ("cross-licenses with", "cross-license with", "cross-license with"),
    ("holds", "hold", "hold"),
    ("is held by", "be held by", "are held by"),
    ("covers", "cover", "cover"),
    ("is covered by", "be covered by", "are covered by"),
    ("supplies", "supply", "supply"),
    ("is supplied by", "be supplied by", "are supplied by"),
    ("manufactures for", "manufacture for", "manufacture for"),
    ("has manufacturer", "have manufacturer", "have manufacturer"),
    ("manufactures", "manufacture", "manufacture"),
    ("is manufactured by", "be manufactured by", "are manufactured by"),
    ("distributes for", "distribute for", "distribute for"),
    ("has distributor", "have distributor", "have distributor"),
    ("distributes", "distribute", "distribute"),
    ("is distributed by", "be distributed by", "are distributed by"),
    ("pre-installs", "pre-install", "pre-install"),
    ("is pre-installed by", "be pre-installed by", "are pre-installed by"),
    ("is pre-installed on", "be pre-installed on", "are pre-installed on"),
    ("ships with", "ship with", "ship with"),
    ("makes", "make", "make"),
    ("is made by", "be made by", "are made by"),
    ("uses", "use", "use"),
    ("is used by", "be used by", "are used by"),
    ("runs on", "run on", "run on"),
    ("runs", "run", "run"),
    ("is part of", "be part of", "are part of"),
    ("contains", "contain", "contain"),
    ("is sold as", "be sold as", "are sold as"),
    ("is the brand of", "be the brand of", "are the brand of"),
    ("competes with", "compete with", "compete with"),
    ("is ahead of", "be ahead of", "are ahead of"),
    ("is behind", "be behind", "are behind"),
    ("sues", "sue", "sue"),
    ("is sued by", "be sued by", "are sued by"),
    ("holds a position at", "hold a position at", "hold a position at"),
    ("has as office-holder", "have as office-holder", "have as office-holder"),
    ("acts on", "act on", "act on"),
    ("is acted on by", "be acted on by", "are acted on by"),
    ("is linked to", "be linked to", "are linked to"),
    ("is a unit of", "be a unit of", "are units of"),
    ("has unit", "have unit", "have unit"),
    // As choices word them.
    ("sells at auction to", "sell at auction to", "sell at auction to"),
    ("buys at auction from", "buy at auction from", "buy at auction from"),
    ("makes an assignment to", "make an assignment to", "make an assignment to"),
    ("takes an assignment from", "take an assignment from", "take an assignment from"),
    ("assigns", "assign", "assign"),
    ("is assigned by", "be assigned by", "are assigned by"),
    ("takes over", "take over", "take over"),
    ("is taken over by", "be taken over by", "are taken over by"),
    ("makes a donation to", "make a donation to", "make a donation to"),
    ("takes a donation from", "take a donation from", "take a donation from"),
    ("donates", "donate", "donate"),
    ("is donated by", "be donated by", "are donated by"),
    ("is given", "be given", "are given"),
    ("is given to", "be given to", "are given to"),
    ("is merged from", "be merged from", "are merged from"),
    ("is merged into", "be merged into", "are merged into"),
    ("is spun off from", "be spun off from", "are spun off from"),
    ("spins off", "spin off", "spin off"),
    ("is split from", "be split from", "are split from"),
    ("is split into", "be split into", "are split into"),
    ("is recapitalized from", "be recapitalized from", "are recapitalized from"),
    ("is recapitalized as", "be recapitalized as", "are recapitalized as"),
    ("founds", "found", "found"),
    ("is founded by", "be founded by", "are founded by"),
    ("lists", "list", "list"),
    ("is listed by", "be listed by", "are listed by"),
    ("declares the insolvency of", "declare the insolvency of", "declare the insolvency of"),
    ("is declared insolvent by", "be declared insolvent by", "are declared insolvent by"),
    ("nationalizes", "nationalize", "nationalize"),
    ("is nationalized by", "be nationalized by", "are nationalized by"),
    ("sanctions", "sanction", "sanction"),
    ("is sanctioned by", "be sanctioned by", "are sanctioned by"),
    ("blocks", "block", "block"),
    ("is blocked by", "be blocked by", "are blocked by"),
    ("dissolves", "dissolve", "dissolve"),
    ("is dissolved by", "be dissolved by", "are dissolved by"),
    ("declares no owner of", "declare no owner of", "declare no owner of"),
    ("declares no owner by", "declare no owner by", "declare no owner by"),
];

#[test]
fn rows_stand_in_the_order_of_their_enums() {
    assert_eq!(FACTS.iter().map(|row| row.kind).collect::<Vec<_>>(), FactKind::ALL);
    assert_eq!(RELATIONS.iter().map(|row| row.kind).collect::<Vec<_>>(), RelationKind::ALL);
    assert!(FactKind::ALL.iter().all(|kind| kind.row().kind == *kind));
    assert!(RelationKind::ALL.iter().all(|kind| kind.row().kind == *kind));
}

#[test]
fn the_table_is_the_design() {
    let lines: Vec<&str> = DESIGN.trim().lines().collect();
    assert_eq!(lines.len(), FACTS.len());
    for (line, row) in lines.iter().zip(FACTS) {
        let columns: Vec<&str> = line.split('|').map(str::trim).collect();
        let ours = [
            row.kind.name().to_owned(),
            row.family.name().to_owned(),
            format!("{}{}", if row.event { "E" } else { "" }, if row.deal { "D" } else { "" }),
            joined(row.roles, role_text),
            joined(row.attributes, attribute_text),
            joined(row.projections, |projection| projection.kind().name().to_owned()),
        ];
        assert_eq!(columns, ours);
    }
    assert_eq!(joined(COMMON_ROLES, role_text), "through?*: Org, payer?*: Org");
}

fn joined<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    items.iter().map(text).collect::<Vec<_>>().join(", ")
}

fn role_text(row: &RoleRow) -> String {
    let optional = if row.required { "" } else { "?" };
    let many = if row.many { "*" } else { "" };
    format!("{}{optional}{many}: {}", row.role, kinds_text(row.accepts))
}

/// `Org/Product`, `Product/Patent`, `Any`.
fn kinds_text(kinds: &[EntityKind]) -> String {
    if kinds == EntityKind::ALL {
        return "Any".to_owned();
    }
    let organisations = EntityKind::ALL.iter().filter(|kind| kind.is_organisation());
    let org = organisations.clone().count() > 1 && organisations.clone().all(|kind| kinds.contains(kind));
    let rest = kinds.iter().filter(|kind| !(org && kind.is_organisation())).map(|kind| kind.name());
    org.then_some("Org").into_iter().chain(rest).collect::<Vec<_>>().join("/")
}

fn attribute_text(row: &AttributeRow) -> String {
    let kind = match row.values {
        AttributeType::Text => String::new(),
        AttributeType::Share => "%".to_owned(),
        AttributeType::Flag => "!".to_owned(),
        AttributeType::Choice(words) => {
            format!("={}", words.iter().map(|word| word.name).collect::<Vec<_>>().join("/"))
        }
        _ => panic!("a new type of attribute: {row:?}"),
    };
    format!("{}{kind}", row.attribute)
}

/// Whoever takes part in a fact, and whatever text its kind alone has, is in the sentence of the whole.
#[test]
fn a_sentence_leaves_no_party_and_no_text_out() {
    for row in FACTS {
        let mut records = keiretsu::Records::default();
        let mut fact = FactRecord::new(row.kind);
        let roles: Vec<&RoleRow> = row.roles.iter().chain(COMMON_ROLES).collect();
        for role in &roles {
            let id: Id = format!("the-{}", role.role.name().replace('_', "-")).parse().unwrap();
            let kind = role.accepts[0];
            records.entities.push(EntityRecord::new(kind, id.clone(), format!("The {}", role.role)));
            fact = fact.role(role.role, id);
        }
        let texts = row.attributes.iter().filter(|row| matches!(row.values, AttributeType::Text));
        for text in texts.clone() {
            let value = AttributeValue::Text(format!("some {}", text.attribute));
            fact = fact.attribute(text.attribute, value);
        }
        fact.unsourced = true;
        records.facts.push(fact);
        let graph = GraphBuilder::from_records(records).build().unwrap();
        let sentence = graph.view().facts().next().unwrap().sentence();
        for role in roles {
            assert!(sentence.contains(&format!("The {}", role.role)), "{}: {sentence}", role.role);
        }
        for text in texts {
            assert!(sentence.contains(&format!("some {}", text.attribute)), "{}: {sentence}", text.attribute);
        }
    }
}

#[test]
fn every_name_of_the_lists_is_used() {
    let roles: BTreeSet<Role> =
        FACTS.iter().flat_map(|row| row.roles).chain(COMMON_ROLES).map(|row| row.role).collect();
    assert_eq!(roles, Role::ALL.iter().copied().collect());
    let attributes: BTreeSet<Attribute> =
        FACTS.iter().flat_map(|row| row.attributes).map(|row| row.attribute).collect();
    assert_eq!(attributes, Attribute::ALL.iter().copied().collect());
    let projected = FACTS.iter().flat_map(|row| row.projections).map(Projection::kind);
    let by_records = [RelationKind::IsUnitOf, RelationKind::IsPartOf, RelationKind::IsLinkedTo];
    let relations: BTreeSet<RelationKind> = projected.chain(by_records).collect();
    assert_eq!(relations, RelationKind::ALL.iter().copied().collect());
}

#[test]
fn a_row_is_whole() {
    for row in FACTS {
        let name = row.kind;
        assert!(row.roles.iter().any(|role| role.required), "{name} needs no role");
        assert!(!row.meaning.is_empty() && !row.meaning.ends_with('.'), "{name}");
        assert!(!row.projections.is_empty(), "{name} projects nothing");
        assert_eq!(
            row.roles.iter().map(|r| r.role).collect::<BTreeSet<_>>().len(),
            row.roles.len(),
            "{name}"
        );
        for projection in row.projections {
            let (roles, symmetric): (Vec<Role>, bool) = match *projection {
                Projection::Each(_, from, to) => (vec![from, to], false),
                Projection::Mutual(_, side, other) => (std::iter::once(side).chain(other).collect(), true),
                _ => panic!("a new projection: {projection:?}"),
            };
            assert!(roles.iter().all(|role| row.role(*role).is_some()), "{name}: {projection:?}");
            assert_eq!(projection.kind().is_symmetric(), symmetric, "{name}: {projection:?}");
        }
        for attribute in row.attributes {
            let AttributeType::Choice(words) = attribute.values else { continue };
            for (kind, ..) in words.iter().flat_map(|word| word.wording) {
                let projects = row.projections.iter().any(|projection| projection.kind() == *kind);
                assert!(projects, "{name} words {kind}, which it does not project");
            }
        }
    }
}

#[test]
fn labels_are_unique() {
    let inverses = RELATIONS.iter().filter(|row| !row.symmetric).map(|row| row.inverse);
    let labels: Vec<&str> = RELATIONS.iter().map(|row| row.label).chain(inverses).collect();
    assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len());
    for row in RELATIONS {
        assert_eq!(row.symmetric, row.label == row.inverse, "{}", row.kind);
    }
}

#[test]
fn relation_kinds_fit_in_64_bits() {
    assert!(RELATIONS.len() < 64);
}

#[test]
fn every_verb_has_its_forms() {
    let labels = RELATIONS.iter().flat_map(|row| [row.label, row.inverse]);
    let choices = FACTS.iter().flat_map(|row| row.attributes).flat_map(|row| match row.values {
        AttributeType::Choice(words) => words,
        _ => &[],
    });
    let worded = choices.flat_map(|word| word.wording).flat_map(|(_, label, inverse)| [*label, *inverse]);
    let used: BTreeSet<&str> = labels.chain(worded).collect();
    assert_eq!(VERBS.iter().map(|(label, ..)| *label).collect::<BTreeSet<_>>(), used);
    for (label, bare, several) in VERBS {
        assert_eq!(infinitive(label), *bare, "infinitive of {label}");
        assert_eq!(plural(label), *several, "plural of {label}");
    }
}

#[test]
fn names_read_back() {
    fn check<T: Copy + PartialEq + std::fmt::Debug>(
        all: &[T],
        name: impl Fn(T) -> &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) {
        for item in all {
            assert_eq!(read(name(*item)), Some(*item));
            assert_eq!(read(&format!("{} ", name(*item))), None);
        }
        assert_eq!(all.iter().map(|item| name(*item)).collect::<BTreeSet<_>>().len(), all.len());
    }
    check(EntityKind::ALL, EntityKind::name, EntityKind::from_name);
    check(FactKind::ALL, FactKind::name, FactKind::from_name);
    check(RelationKind::ALL, RelationKind::name, RelationKind::from_name);
    check(Role::ALL, Role::name, Role::from_name);
    check(Attribute::ALL, Attribute::name, Attribute::from_name);
    check(Status::ALL, Status::name, Status::from_name);
    check(Confidence::ALL, Confidence::name, Confidence::from_name);
    check(SourceKind::ALL, SourceKind::name, SourceKind::from_name);
    check(Stance::ALL, Stance::name, Stance::from_name);
    check(Reason::ALL, Reason::name, Reason::from_name);
}

/// `KEIRETSU_BLESS=1 cargo test vocabulary` rewrites the file.
#[test]
fn the_document_is_made_from_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/vocabulary.md");
    let document = document();
    if std::env::var_os("KEIRETSU_BLESS").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
        std::fs::write(path, &document).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == document, "docs/vocabulary.md is old: KEIRETSU_BLESS=1 cargo test vocabulary");
}

const FAMILIES: &[(Family, &str)] = &[
    (Family::Alliance, "Working together"),
    (Family::Trade, "Buying, supplying, making, shipping"),
    (Family::Ownership, "Owning and controlling companies"),
    (Family::Rights, "Patents, brands and licenses"),
    (Family::Product, "What products are and run on"),
    (Family::Rivalry, "Competing, comparing, suing"),
    (Family::People, "People in positions"),
    (Family::Other, "Everything else"),
];

/// The roles that every fact may have, and the short forms of `evidence`, which have no row among its fields.
const OTHER_FIELDS: &[(&str, &str)] = &[
    ("through", "a nominee, trustee or agent in between"),
    ("payer", "who pays, where it is not the obvious party"),
    ("quotes", "supporting words by source: `{\"article\": [\"words\"]}`"),
    ("source", "supporting sources without their words: the id of one, or a list"),
];

/// The fields of all facts in the order in which snapshots number them: whoever changes it, other than at its end, raises the
/// version of snapshots, since old ones would be read wrongly.
const NUMBERED: &str = "id status announced signed since completed until withdrawn term as_of amount quantity territory \
    except exclusive condition part_of tied_to replaces claims_of confidence note properties evidence unsourced";

#[test]
fn fields_keep_their_numbers_in_snapshots() {
    assert_eq!(FIELDS.iter().map(|row| row.name).collect::<Vec<_>>().join(" "), NUMBERED);
}

const STATUSES: &[(Status, &str)] = &[
    (Status::Sought, "a wish; it is never walked and never counts"),
    (Status::Announced, "made public, not done"),
    (Status::Agreed, "signed, not done"),
    (Status::Completed, "done, or in force"),
    (Status::Ended, "over"),
    (Status::Withdrawn, "called off before it was done; it is never walked and never counts"),
];
const CONFIDENCES: &[(Confidence, &str)] = &[
    (
        Confidence::Confirmed,
        "an official source supports it: a filing, register, court, or a party's press release",
    ),
    (Confidence::Reported, "a source says so"),
    (Confidence::Rumoured, "hearsay"),
    (Confidence::Inferred, "concluded by the writer of the file, not said by a source"),
];
const SOURCE_KINDS: &[(SourceKind, &str)] = &[
    (SourceKind::News, "a news article"),
    (SourceKind::PressRelease, "a press release; official where its publisher is a party of the fact"),
    (SourceKind::Filing, "a filing with an authority; official"),
    (SourceKind::Register, "a public register; official"),
    (SourceKind::Court, "a court document; official"),
    (SourceKind::Report, "a report or study"),
    (SourceKind::Website, "a web page"),
    (SourceKind::Other, "anything else"),
];
const STANCES: &[(Stance, &str)] = &[
    (Stance::Supports, "says that it is so; the default"),
    (Stance::Refutes, "says that it is not so"),
    (Stance::Mentions, "only speaks of it"),
];
const REASONS: &[(Reason, &str)] = &[
    (Reason::NotNamed, "the source does not name it"),
    (Reason::Anonymous, "it is kept anonymous on purpose"),
    (Reason::Several, "it stands for several"),
    (Reason::Unknown, "nobody knows"),
];
const ENTITY_KINDS: &[(EntityKind, &str)] = &[
    (EntityKind::Company, "a company or other legal person in business"),
    (EntityKind::Product, "a product, or a line of products"),
    (EntityKind::Patent, "a patent, or a portfolio of patents"),
    (EntityKind::Brand, "a brand or trade mark"),
    (EntityKind::Unit, "a business unit, division or set of assets of an organisation"),
    (EntityKind::Person, "a human being"),
    (EntityKind::Body, "a public body: a state, an agency, a court, a university"),
    (EntityKind::Alliance, "a standing alliance of organisations: a consortium, a standards body"),
    (EntityKind::Unspecified, "a party that is known to exist but not named; it fits every role"),
];

fn document() -> String {
    let mut text = String::from(INTRODUCTION);
    let sections: Vec<String> = ENTITY_KINDS.iter().map(|(kind, _)| kind.section().to_owned()).collect();
    text += "\n## Kinds of entities\n\n| kind | section of a file | meaning |\n|---|---|---|\n";
    for ((kind, meaning), section) in ENTITY_KINDS.iter().zip(sections) {
        let _ = writeln!(text, "| `{kind}` | `{section}` | {meaning} |");
    }
    text +=
        "\nOrganisations are companies, units, people, public bodies and alliances.\n\n## Kinds of facts\n";
    for (family, heading) in FAMILIES {
        let _ = writeln!(text, "\n### {heading}");
        for row in FACTS.iter().filter(|row| row.family == *family) {
            fact(&mut text, row);
        }
    }
    text += COMMON;
    let fields = FIELDS.iter().map(|row| (row.name, row.meaning)).chain(OTHER_FIELDS.iter().copied());
    table(&mut text, "field", fields.map(|(name, meaning)| (name.to_owned(), meaning)));
    text += "\n## Words\n";
    words(&mut text, "status", STATUSES);
    text += "\nWhere it is left out, the dates say it.\n";
    words(&mut text, "confidence", CONFIDENCES);
    text += "\nWhere it is left out: `Confirmed` if an official source supports the fact, else `Reported`.\n";
    words(&mut text, "kind of a source", SOURCE_KINDS);
    words(&mut text, "stance of evidence", STANCES);
    words(&mut text, "reason of an unspecified party", REASONS);
    relations(&mut text);
    text
}

const INTRODUCTION: &str = "\
<!-- Made from src/model/vocabulary.rs by `KEIRETSU_BLESS=1 cargo test vocabulary`; do not edit. -->

# Vocabulary

A **fact** is one thing that somebody stated, with its parties in named roles. A **relation** is a typed edge that
follows from a fact and reads \"subject VERB object\". Facts are what files hold; relations are what questions walk.

Under each kind of fact stand the fields of its own, and the relations that follow from it. A field that takes *several*
takes one id or a list of ids. \"Deals\" are what `keiretsu deals` lists. An unspecified party fits every role. An entity of a kind that a role does not expect draws a warning, and is kept.
";

const COMMON: &str = "
## Fields that every fact may have

A date may be a year, a month, a quarter, a day or a range (`2016`, `2016-05`, `2016-Q3`, `2016-05-31`, `2016-05/2016-07`), about
(`2016~`) or open (`../2016-05`, `2016-05/..`).

";

fn fact(text: &mut String, row: &FactRow) {
    let lasts = if row.event { "Happens once" } else { "Lasts" };
    let deal = if row.deal { ", and is a deal" } else { "" };
    let _ = writeln!(text, "\n#### `{}`\n\n{}. {lasts}{deal}.\n", row.kind, capital(row.meaning));
    let _ = writeln!(text, "| field | takes |\n|---|---|");
    for role in row.roles {
        let _ = writeln!(text, "| `{}` | {} |", role.role, role_words(role));
    }
    for attribute in row.attributes {
        let _ = writeln!(text, "| `{}` | {}, optional |", attribute.attribute, attribute_words(attribute));
    }
    text.push('\n');
    for projection in row.projections {
        let _ = writeln!(text, "- {}", projection_words(projection));
        for (word, label, inverse) in wordings(row, projection.kind()) {
            let _ = writeln!(text, "  - `{word}`: \"{label}\", read backwards \"{inverse}\"");
        }
    }
}

fn role_words(row: &RoleRow) -> String {
    let optional = if row.required { "" } else { ", optional" };
    let many = if row.many { ", several" } else { "" };
    let fits = match kinds_text(row.accepts).as_str() {
        "Any" => "anything".to_owned(),
        kinds => kinds.replace("Org", "organisation").replace('/', ", ").to_lowercase(),
    };
    let fits = fits.rsplit_once(", ").map_or(fits.clone(), |(first, last)| format!("{first} or {last}"));
    format!("{fits}{many}{optional}")
}

fn attribute_words(row: &AttributeRow) -> String {
    match row.values {
        AttributeType::Share => "a share, such as `\"51%\"`".to_owned(),
        AttributeType::Flag => "`true` or `false`".to_owned(),
        AttributeType::Choice(words) => {
            let words: Vec<_> = words.iter().map(|word| format!("`{}`", word.name)).collect();
            format!("one of {}", words.join(", "))
        }
        _ => "text".to_owned(),
    }
}

/// "*seller* **sells to** *buyer* (`SellsTo`), read backwards "buys from"".
fn projection_words(projection: &Projection) -> String {
    let row = projection.kind().row();
    let (kind, label, inverse) = (row.kind, row.label, row.inverse);
    match projection {
        Projection::Each(_, from, to) => {
            format!("*{from}* **{label}** *{to}* (`{kind}`), read backwards \"{inverse}\"")
        }
        Projection::Mutual(_, side, Some(other)) => {
            format!("*{side}* **{label}** each other, or *{other}* if there are any (`{kind}`)")
        }
        Projection::Mutual(_, side, None) => format!("*{side}* **{label}** each other (`{kind}`)"),
        _ => panic!("a new projection: {projection:?}"),
    }
}

/// The choices of a kind of fact that change how a relation reads.
fn wordings(row: &FactRow, kind: RelationKind) -> Vec<(&'static str, &'static str, &'static str)> {
    let choices = row.attributes.iter().flat_map(|attribute| match attribute.values {
        AttributeType::Choice(words) => words,
        _ => &[],
    });
    let wordings = choices.flat_map(|word| word.wording.iter().map(move |wording| (word.name, wording)));
    let of_kind = wordings.filter(|(_, (k, ..))| *k == kind);
    of_kind.map(|(word, (_, label, inverse))| (word, *label, *inverse)).collect()
}

fn words<T: std::fmt::Display>(text: &mut String, what: &str, rows: &[(T, &str)]) {
    let _ = writeln!(text, "\n### The {what}\n");
    table(text, "word", rows.iter().map(|(word, meaning)| (word.to_string(), *meaning)));
}

fn table<'m>(text: &mut String, what: &str, rows: impl Iterator<Item = (String, &'m str)>) {
    let _ = writeln!(text, "| {what} | meaning |\n|---|---|");
    for (word, meaning) in rows {
        let _ = writeln!(text, "| `{word}` | {meaning} |");
    }
}

fn relations(text: &mut String) {
    text.push_str(RELATION_WORDS);
    text.push_str("| kind | family | from subject to object | from object to subject | follows from |\n");
    text.push_str("|---|---|---|---|---|\n");
    for row in RELATIONS {
        let facts = FACTS.iter().filter(|fact| fact.projections.iter().any(|p| p.kind() == row.kind));
        let facts = facts.map(|fact| format!("`{}`", fact.kind));
        let by_records = match row.kind {
            RelationKind::IsUnitOf => Some("`of` of a unit"),
            RelationKind::IsPartOf => Some("`members` of a product or patent"),
            RelationKind::IsLinkedTo => Some("`tied_to` of any fact"),
            _ => None,
        };
        let sources: Vec<_> = facts.chain(by_records.map(str::to_owned)).collect();
        let inverse = if row.symmetric { "the same" } else { row.inverse };
        let (kind, family, label) = (row.kind, row.family.name(), row.label);
        let _ = writeln!(text, "| `{kind}` | {family} | {label} | {inverse} | {} |", sources.join(", "));
    }
}

const RELATION_WORDS: &str = "
## Kinds of relations

A relation that reads the same both ways is stored once and answers both ways. Among *between* and *with*: without
*with*, every two of *between* are related; with it, each of *between* to each of *with*, and nobody else.

";

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[test]
fn the_document_misses_no_word() {
    fn names<T: Copy>(rows: &[(T, &str)]) -> Vec<T> {
        rows.iter().map(|(word, _)| *word).collect()
    }
    assert_eq!(names(ENTITY_KINDS), EntityKind::ALL);
    assert_eq!(names(STATUSES), Status::ALL);
    assert_eq!(names(CONFIDENCES), Confidence::ALL);
    assert_eq!(names(SOURCE_KINDS), SourceKind::ALL);
    assert_eq!(names(STANCES), Stance::ALL);
    assert_eq!(names(REASONS), Reason::ALL);
    let document = document();
    for row in FACTS {
        assert!(document.contains(&format!("#### `{}`\n", row.kind)), "{}", row.kind);
    }
}
