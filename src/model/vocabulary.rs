//! The vocabulary in one table: the kinds of fact, who takes part in each, and which relations follow.
//!
//! Parsing, checking, projection, wording, diagram styles and docs/vocabulary.md are all based on it. A new kind of
//! fact needs one row in [`FACTS`] and its name in [`FactKind`].

use super::kinds::{Attribute, EntityKind, FactKind, RelationKind, Role};

pub use super::fact_field::{FIELDS, FieldRow, FieldType};
pub use super::verb::{infinitive, past, plural};

/// A family of kinds that questions and pictures treat alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Family {
    /// Working together.
    Alliance,
    /// Buying, supplying, making, shipping.
    Trade,
    /// Owning and controlling companies.
    Ownership,
    /// Patents, brands, licenses.
    Rights,
    /// What products are and run on.
    Product,
    /// Competing, comparing, suing.
    Rivalry,
    /// People in positions.
    People,
    /// Everything else.
    Other,
}

impl Family {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alliance => "alliance",
            Self::Trade => "trade",
            Self::Ownership => "ownership",
            Self::Rights => "rights",
            Self::Product => "product",
            Self::Rivalry => "rivalry",
            Self::People => "people",
            Self::Other => "other",
        }
    }
}

/// A kind of fact: its row in the vocabulary.
#[derive(Debug)]
#[non_exhaustive]
pub struct FactRow {
    /// The kind.
    pub kind: FactKind,
    /// Its family.
    pub family: Family,
    /// The meaning of such a fact, in a line.
    pub meaning: &'static str,
    /// Whether it happens once, like a sale, rather than lasts, like a partnership.
    pub event: bool,
    /// Whether `deals` lists it.
    pub deal: bool,
    /// Who and what takes part.
    pub roles: &'static [RoleRow],
    /// The attributes specific to this kind.
    pub attributes: &'static [AttributeRow],
    /// The relations that follow from it; the first provides the verb for the whole fact.
    pub projections: &'static [Projection],
}

impl FactRow {
    /// The row of this role, if the kind has it.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<&'static RoleRow> {
        self.roles.iter().find(|row| row.role == role)
    }

    /// The row of this attribute, if the kind has it.
    #[must_use]
    pub fn attribute(&self, attribute: Attribute) -> Option<&'static AttributeRow> {
        self.attributes.iter().find(|row| row.attribute == attribute)
    }
}

/// A role of a kind of fact.
#[derive(Debug)]
#[non_exhaustive]
pub struct RoleRow {
    /// The role.
    pub role: Role,
    /// The kinds of entities allowed; an unspecified party is always allowed.
    pub accepts: &'static [EntityKind],
    /// Whether a fact must have it.
    pub required: bool,
    /// Whether several entities may have it.
    pub many: bool,
}

impl RoleRow {
    /// Whether an entity of this kind is allowed.
    #[must_use]
    pub fn fits(&self, kind: EntityKind) -> bool {
        kind == EntityKind::Unspecified || self.accepts.contains(&kind)
    }
}

/// An attribute of a kind of fact.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttributeRow {
    /// The attribute.
    pub attribute: Attribute,
    /// The type of its value.
    pub values: AttributeType,
    /// How sentences tell it.
    pub(crate) words: AttributeWords,
    /// What stands before and behind it on the cards of pictures, if it stands there.
    #[cfg_attr(not(feature = "diagram"), expect(dead_code, reason = "only pictures have cards"))]
    pub(crate) card: Option<(&'static str, &'static str)>,
}

/// How sentences tell an attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AttributeWords {
    /// By the verb: "owns 51% of", "is chair of".
    InVerb,
    /// With these words before and behind it, the latter unless it ends in them: ", 51% of votes".
    Around(&'static str, &'static str),
    /// An aim by itself, ", to make clocks"; all else with these words before it.
    AimOr(&'static str),
    /// In these words where it is true, and in those where it is false.
    Either(&'static str, &'static str),
}

/// The type of an attribute's value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AttributeType {
    /// Free text.
    Text,
    /// A share of a whole.
    Share,
    /// True or false.
    Flag,
    /// One of these words, written without quotes.
    Choice(&'static [ChoiceRow]),
}

/// One word of a choice, and how it changes the wording of relations.
#[derive(Debug)]
#[non_exhaustive]
pub struct ChoiceRow {
    /// The word, as written in files.
    pub name: &'static str,
    /// Relation kinds with a different wording under this choice: kind, label, inverse.
    pub wording: &'static [(RelationKind, &'static str, &'static str)],
    /// Whether sentences tell it besides their verb.
    pub(crate) is_told: bool,
}

/// A relation that follows from a fact.
#[derive(Debug)]
#[non_exhaustive]
pub enum Projection {
    /// From each entity in one role to each in another.
    Each(RelationKind, Role, Role),
    /// Between every two entities in the first role; or, if the second role is present, between the entities of the
    /// two roles.
    Mutual(RelationKind, Role, Option<Role>),
}

impl Projection {
    /// The kind of relation.
    #[must_use]
    pub const fn kind(&self) -> RelationKind {
        match *self {
            Self::Each(kind, ..) | Self::Mutual(kind, ..) => kind,
        }
    }
}

/// A kind of relation: its wording in both directions.
#[derive(Debug)]
#[non_exhaustive]
pub struct RelationRow {
    /// The kind.
    pub kind: RelationKind,
    /// Its family.
    pub family: Family,
    /// The verb from subject to object, in the third person singular.
    pub label: &'static str,
    /// The verb from object to subject.
    pub inverse: &'static str,
    /// Whether it reads the same in both directions; it is stored once and found from both ends.
    pub symmetric: bool,
    /// What stands before and behind a share in either direction, if the verb can have one: "owns 51% of".
    pub(crate) share: Option<[(&'static str, &'static str); 2]>,
}

/// How a sentence leads to the parties of a role that its verb does not name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lead {
    /// Not at all: verbs name them, or the sentence lists them as what it is about.
    None,
    /// In these words: "over Word".
    Always(&'static str),
    /// In these words, where the verb shows a side of the fact only; that of the whole names them.
    OfSide(&'static str),
}

impl Lead {
    /// The words; none if there are none.
    #[cfg(feature = "diagram")]
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Always(words) | Self::OfSide(words) => words,
        }
    }
}

impl Role {
    /// How a sentence leads to its parties.
    pub(crate) const fn lead(self) -> Lead {
        match self {
            Self::Over => Lead::Always("over"),
            Self::Software => Lead::Always("with"),
            Self::Device => Lead::Always("on"),
            Self::Principal | Self::Beneficiary => Lead::Always("for"),
            Self::Seller => Lead::Always("from"),
            Self::Venture => Lead::Always("in the joint venture"),
            Self::Settlor => Lead::Always("with the settlor"),
            Self::Trustee => Lead::Always("with the trustee"),
            Self::Protector => Lead::Always("with the protector"),
            Self::Accused => Lead::Always("accusing"),
            Self::By => Lead::Always("by"),
            Self::Through => Lead::Always("through"),
            Self::Payer => Lead::Always("paid by"),
            Self::Licensor => Lead::OfSide("from"),
            Self::Buyer => Lead::OfSide("to"),
            Self::Installer => Lead::OfSide("by"),
            Self::Between
            | Self::With
            | Self::Partner
            | Self::Member
            | Self::Alliance
            | Self::Of
            | Self::Acquirer
            | Self::Target
            | Self::Investor
            | Self::Company
            | Self::Successor
            | Self::Predecessor
            | Self::Owner
            | Self::Owned
            | Self::Controller
            | Self::Controlled
            | Self::Parent
            | Self::Child
            | Self::Trust
            | Self::Licensee
            | Self::Holder
            | Self::Patent
            | Self::Product
            | Self::Supplier
            | Self::Customer
            | Self::Manufacturer
            | Self::Distributor
            | Self::Maker
            | Self::User
            | Self::RunsOn
            | Self::Part
            | Self::Whole
            | Self::Brand
            | Self::Ahead
            | Self::Behind
            | Self::Plaintiff
            | Self::Defendant
            | Self::Person
            | Self::At => Lead::None,
        }
    }
}

impl RelationKind {
    /// The verb from subject to object: "sells to".
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// The verb from object to subject: "buys from".
    #[must_use]
    pub const fn inverse(self) -> &'static str {
        self.row().inverse
    }

    /// Whether it reads the same in both directions.
    #[must_use]
    pub const fn is_symmetric(self) -> bool {
        self.row().symmetric
    }
}

use EntityKind::{Alliance, Body, Brand, Company, Patent, Person, Product, Unit};

const ORG: &[EntityKind] = &[Company, Unit, Person, Body, Alliance];
const ORG_OR_PRODUCT: &[EntityKind] = &[Company, Unit, Person, Body, Alliance, Product];
const COMPANY: &[EntityKind] = &[Company];
const RIGHT: &[EntityKind] = &[Product, Patent, Brand];
const ASSET: &[EntityKind] = &[Product, Patent, Brand, Unit];
const PRODUCT: &[EntityKind] = &[Product];
const PRODUCT_OR_PATENT: &[EntityKind] = &[Product, Patent];
const PRODUCT_OR_BRAND: &[EntityKind] = &[Product, Brand];
const ANY: &[EntityKind] = EntityKind::ALL;

const fn one(role: Role, accepts: &'static [EntityKind]) -> RoleRow {
    RoleRow { role, accepts, required: true, many: false }
}
const fn many(role: Role, accepts: &'static [EntityKind]) -> RoleRow {
    RoleRow { role, accepts, required: true, many: true }
}
const fn maybe(role: Role, accepts: &'static [EntityKind]) -> RoleRow {
    RoleRow { role, accepts, required: false, many: false }
}
const fn some(role: Role, accepts: &'static [EntityKind]) -> RoleRow {
    RoleRow { role, accepts, required: false, many: true }
}
const fn text(attribute: Attribute, lead: &'static str) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Text, words: Around(lead, ""), card: None }
}
const fn share(attribute: Attribute, words: AttributeWords) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Share, words, card: None }
}
const fn flag(attribute: Attribute, yes: &'static str, no: &'static str) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Flag, words: Either(yes, no), card: None }
}
const fn choice(attribute: Attribute, words: AttributeWords, choices: &'static [ChoiceRow]) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Choice(choices), words, card: None }
}
impl AttributeRow {
    /// The same, told in these words.
    const fn told(self, words: AttributeWords) -> Self {
        Self { words, ..self }
    }

    /// The same, which cards show behind and before these words.
    const fn on_card(self, before: &'static str, behind: &'static str) -> Self {
        Self { card: Some((before, behind)), ..self }
    }
}
const fn word(name: &'static str) -> ChoiceRow {
    ChoiceRow { name, wording: &[], is_told: true }
}
/// A choice that goes without saying.
const fn plain(name: &'static str) -> ChoiceRow {
    ChoiceRow { name, wording: &[], is_told: false }
}
const fn worded(
    name: &'static str,
    wording: &'static [(RelationKind, &'static str, &'static str)],
) -> ChoiceRow {
    ChoiceRow { name, wording, is_told: false }
}

use AttributeWords::{AimOr, Around, Either, InVerb};
use Projection::{Each, Mutual};
use RelationKind as K;
use Role as R;

/// Roles that every kind of fact has: the intermediary, and the payer, if not obvious.
pub const COMMON_ROLES: &[RoleRow] = &[some(R::Through, ORG), some(R::Payer, ORG)];

/// Declares the rows of a table, each under the name of its kind, and what leads from a kind to its row.
macro_rules! rows {
    (
        $(#[$meta:meta])*
        $table:ident of $kinds:ident in $rows:ident: $row:ident
        $( $kind:ident => $value:expr; )+
    ) => {
        #[expect(non_upper_case_globals, reason = "named as the kinds are")]
        mod $rows {
            use super::*;

            $( pub(super) const $kind: $row = $value; )+
        }

        $(#[$meta])*
        pub const $table: &[$row] = &[$( $rows::$kind, )+];

        impl $kinds {
            /// This kind's row in the vocabulary.
            #[must_use]
            pub const fn row(self) -> &'static $row {
                match self {
                    $( Self::$kind => &$rows::$kind, )+
                }
            }
        }

        // The rows stand in the order of the kinds, each under the name of its own.
        const _: () = {
            let (mut rows, mut kinds) = ($table, $kinds::ALL);
            while let ([row, rows_rest @ ..], [kind, kinds_rest @ ..]) = (rows, kinds) {
                assert!(row.kind as usize == *kind as usize, "a row stands out of order");
                (rows, kinds) = (rows_rest, kinds_rest);
            }
            assert!(rows.is_empty() && kinds.is_empty());
            $( assert!($kinds::$kind as usize == $kinds::$kind.row().kind as usize); )+
        };
    };
}

#[rustfmt::skip]
rows! {
    /// Every kind of fact, in the order of [`FactKind`].
    FACTS of FactKind in fact_rows: FactRow
    Partnership => FactRow {
        kind: FactKind::Partnership, family: Family::Alliance, event: false, deal: true,
        meaning: "organisations work together",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Over, RIGHT)],
        attributes: &[text(Attribute::Scope, "").told(AimOr(", scope: ")).on_card("", "")],
        projections: &[Mutual(K::PartnersWith, R::Between, Some(R::With))],
    };
    JointVenture => FactRow {
        kind: FactKind::JointVenture, family: Family::Alliance, event: false, deal: true,
        meaning: "partners run a company together",
        roles: &[many(R::Partner, ORG), one(R::Venture, COMPANY)],
        attributes: &[],
        projections: &[Each(K::IsPartnerIn, R::Partner, R::Venture), Mutual(K::PartnersWith, R::Partner, None)],
    };
    Membership => FactRow {
        kind: FactKind::Membership, family: Family::Alliance, event: false, deal: false,
        meaning: "an organisation belongs to an alliance",
        roles: &[many(R::Member, ORG), one(R::Alliance, &[Alliance])],
        attributes: &[],
        projections: &[Each(K::IsMemberOf, R::Member, R::Alliance)],
    };
    Agreement => FactRow {
        kind: FactKind::Agreement, family: Family::Alliance, event: false, deal: true,
        meaning: "organisations have agreed on something, such as a settlement or a memorandum",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Over, RIGHT)],
        attributes: &[text(Attribute::What, ", namely: ").on_card("", "")],
        projections: &[Mutual(K::HasAgreementWith, R::Between, Some(R::With))],
    };
    Sale => FactRow {
        kind: FactKind::Sale, family: Family::Trade, event: true, deal: true,
        meaning: "something is sold, auctioned, assigned or donated",
        roles: &[many(R::Seller, ORG), many(R::Buyer, ORG), some(R::Of, ASSET)],
        attributes: &[choice(Attribute::How, Around(", ", ""), &[
            plain("Sold"),
            worded("Auctioned", &[(K::SellsTo, "sells at auction to", "buys at auction from")]),
            worded("Assigned", &[(K::SellsTo, "makes an assignment to", "takes an assignment from"),
                                 (K::Divests, "assigns", "is assigned by"), (K::Acquires, "takes over", "is taken over by")]),
            worded("Donated", &[(K::SellsTo, "makes a donation to", "takes a donation from"),
                                (K::Divests, "donates", "is donated by"), (K::Acquires, "is given", "is given to")]),
        ])],
        projections: &[Each(K::SellsTo, R::Seller, R::Buyer), Each(K::Divests, R::Seller, R::Of), Each(K::Acquires, R::Buyer, R::Of)],
    };
    Acquisition => FactRow {
        kind: FactKind::Acquisition, family: Family::Ownership, event: true, deal: true,
        meaning: "a company, or a share of it, is bought",
        roles: &[many(R::Acquirer, ORG), one(R::Target, COMPANY), some(R::Seller, ORG)],
        attributes: &[share(Attribute::Share, InVerb)],
        projections: &[Each(K::Acquires, R::Acquirer, R::Target), Each(K::SellsTo, R::Seller, R::Acquirer)],
    };
    Investment => FactRow {
        kind: FactKind::Investment, family: Family::Ownership, event: true, deal: true,
        meaning: "money is put into a company",
        roles: &[many(R::Investor, ORG), one(R::Company, COMPANY)],
        attributes: &[text(Attribute::Round, "").told(Around(" in the ", " round")).on_card("", ""), share(Attribute::Share, Around(", ", "")).on_card("for ", "")],
        projections: &[Each(K::InvestsIn, R::Investor, R::Company)],
    };
    Succession => FactRow {
        kind: FactKind::Succession, family: Family::Ownership, event: true, deal: false,
        meaning: "a company takes the place of another",
        roles: &[many(R::Successor, COMPANY), many(R::Predecessor, COMPANY)],
        attributes: &[choice(Attribute::How, Around(", ", ""), &[
            worded("Merger", &[(K::Succeeds, "is merged from", "is merged into")]),
            worded("SpinOff", &[(K::Succeeds, "is spun off from", "spins off")]),
            worded("Split", &[(K::Succeeds, "is split from", "is split into")]),
            worded("Recapitalization", &[(K::Succeeds, "is recapitalized from", "is recapitalized as")]),
        ])],
        projections: &[Each(K::Succeeds, R::Successor, R::Predecessor)],
    };
    Ownership => FactRow {
        kind: FactKind::Ownership, family: Family::Ownership, event: false, deal: false,
        meaning: "a share of a company is owned",
        roles: &[many(R::Owner, ORG), one(R::Owned, &[Company, Alliance])],
        attributes: &[share(Attribute::Share, InVerb), share(Attribute::Votes, Around(", ", " of votes")).on_card("", " of votes"), share(Attribute::Profit, Around(", ", " of profit")).on_card("", " of profit"),
                      text(Attribute::Class, ", class "), flag(Attribute::Direct, ", directly", ", indirectly")],
        projections: &[Each(K::OwnsShareOf, R::Owner, R::Owned)],
    };
    Control => FactRow {
        kind: FactKind::Control, family: Family::Ownership, event: false, deal: false,
        meaning: "an organisation decides over another",
        roles: &[many(R::Controller, ORG), one(R::Controlled, ORG)],
        attributes: &[choice(Attribute::Means, Around(", by ", ""), &[word("Votes"), word("Board"), word("GeneralPartner"),
                                                 word("Manager"), word("Contract"),
                                                 worded("Trustee", &[(K::Controls, "is a trustee of", "has trustee")])])],
        projections: &[Each(K::Controls, R::Controller, R::Controlled)],
    };
    Subsidiary => FactRow {
        kind: FactKind::Subsidiary, family: Family::Ownership, event: false, deal: false,
        meaning: "a company belongs to a group, the share not being said",
        roles: &[one(R::Parent, ORG), many(R::Child, COMPANY)],
        attributes: &[choice(Attribute::Level, Around(", ", " parent"), &[word("Direct"), word("Ultimate")])],
        projections: &[Each(K::IsParentOf, R::Parent, R::Child)],
    };
    // The roles are those of FATF Recommendation 25 and of article 58 of Regulation (EU) 2024/1624.
    Trust => FactRow {
        kind: FactKind::Trust, family: Family::Ownership, event: false, deal: false,
        meaning: "who set up a trust or foundation, who runs it, and for whom",
        roles: &[one(R::Trust, COMPANY), some(R::Settlor, ORG), some(R::Trustee, ORG), some(R::Protector, ORG),
                 some(R::Beneficiary, ORG)],
        attributes: &[],
        projections: &[Each(K::IsSettlorOf, R::Settlor, R::Trust), Each(K::IsTrusteeOf, R::Trustee, R::Trust),
                       Each(K::IsProtectorOf, R::Protector, R::Trust), Each(K::IsBeneficiaryOf, R::Beneficiary, R::Trust)],
    };
    License => FactRow {
        kind: FactKind::License, family: Family::Rights, event: false, deal: true,
        meaning: "the use of a patent, brand or product is permitted",
        roles: &[many(R::Licensor, ORG), many(R::Licensee, ORG), many(R::Of, RIGHT)],
        attributes: &[text(Attribute::Field, ", field: ").on_card("", ""), text(Attribute::Royalty, ", royalty ").on_card("royalty ", "")],
        projections: &[Each(K::LicensesTo, R::Licensor, R::Licensee), Each(K::HoldsLicenseFor, R::Licensee, R::Of)],
    };
    CrossLicense => FactRow {
        kind: FactKind::CrossLicense, family: Family::Rights, event: false, deal: true,
        meaning: "organisations license each other's rights",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Of, RIGHT)],
        attributes: &[text(Attribute::Field, ", field: ").on_card("", "")],
        projections: &[Mutual(K::CrossLicensesWith, R::Between, Some(R::With))],
    };
    Holding => FactRow {
        kind: FactKind::Holding, family: Family::Rights, event: false, deal: false,
        meaning: "a patent, brand, product line or unit is held",
        roles: &[many(R::Holder, ORG), many(R::Of, ASSET)],
        attributes: &[],
        projections: &[Each(K::Holds, R::Holder, R::Of)],
    };
    Coverage => FactRow {
        kind: FactKind::Coverage, family: Family::Rights, event: false, deal: false,
        meaning: "a patent covers a product, by somebody's word",
        roles: &[many(R::Patent, &[Patent]), many(R::Product, PRODUCT)],
        attributes: &[choice(Attribute::Basis, Around(", ", ""), &[word("Declared"), word("Asserted"), word("Held")]), text(Attribute::To, " to ")],
        projections: &[Each(K::Covers, R::Patent, R::Product)],
    };
    Supply => FactRow {
        kind: FactKind::Supply, family: Family::Trade, event: false, deal: true,
        meaning: "goods are supplied",
        roles: &[many(R::Supplier, ORG), many(R::Customer, ORG), some(R::Of, PRODUCT)],
        attributes: &[text(Attribute::Tier, ", tier ")],
        projections: &[Each(K::Supplies, R::Supplier, R::Customer)],
    };
    Manufacturing => FactRow {
        kind: FactKind::Manufacturing, family: Family::Trade, event: false, deal: true,
        meaning: "goods are made for another",
        roles: &[many(R::Manufacturer, ORG), one(R::Principal, ORG), some(R::Of, PRODUCT)],
        attributes: &[text(Attribute::Site, " at ")],
        projections: &[Each(K::ManufacturesFor, R::Manufacturer, R::Principal), Each(K::Manufactures, R::Manufacturer, R::Of)],
    };
    Distribution => FactRow {
        kind: FactKind::Distribution, family: Family::Trade, event: false, deal: true,
        meaning: "goods are sold on, for another",
        roles: &[many(R::Distributor, ORG), maybe(R::Principal, ORG), some(R::Of, PRODUCT_OR_BRAND)],
        attributes: &[],
        projections: &[Each(K::DistributesFor, R::Distributor, R::Principal), Each(K::Distributes, R::Distributor, R::Of)],
    };
    PreInstall => FactRow {
        kind: FactKind::PreInstall, family: Family::Trade, event: false, deal: true,
        meaning: "software is shipped on devices",
        roles: &[many(R::Installer, ORG), maybe(R::Principal, ORG), many(R::Software, PRODUCT), some(R::Device, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::PreInstalls, R::Installer, R::Software), Each(K::IsPreInstalledOn, R::Software, R::Device),
                       Each(K::DistributesFor, R::Installer, R::Principal)],
    };
    Production => FactRow {
        kind: FactKind::Production, family: Family::Product, event: false, deal: false,
        meaning: "who makes a product",
        roles: &[many(R::Maker, ORG), many(R::Of, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::Makes, R::Maker, R::Of)],
    };
    Usage => FactRow {
        kind: FactKind::Usage, family: Family::Product, event: false, deal: false,
        meaning: "who or what uses a product or patent",
        roles: &[many(R::User, ORG_OR_PRODUCT), many(R::Of, PRODUCT_OR_PATENT)],
        attributes: &[],
        projections: &[Each(K::Uses, R::User, R::Of)],
    };
    Platform => FactRow {
        kind: FactKind::Platform, family: Family::Product, event: false, deal: false,
        meaning: "what a product runs on",
        roles: &[many(R::Product, PRODUCT), many(R::RunsOn, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::RunsOn, R::Product, R::RunsOn)],
    };
    Component => FactRow {
        kind: FactKind::Component, family: Family::Product, event: false, deal: false,
        meaning: "what a product or patent is part of",
        roles: &[many(R::Part, PRODUCT_OR_PATENT), one(R::Whole, PRODUCT_OR_PATENT)],
        attributes: &[],
        projections: &[Each(K::IsPartOf, R::Part, R::Whole)],
    };
    Branding => FactRow {
        kind: FactKind::Branding, family: Family::Product, event: false, deal: false,
        meaning: "under which brand a product is sold",
        roles: &[many(R::Product, PRODUCT), one(R::Brand, &[Brand])],
        attributes: &[],
        projections: &[Each(K::IsSoldAs, R::Product, R::Brand)],
    };
    Competition => FactRow {
        kind: FactKind::Competition, family: Family::Rivalry, event: false, deal: false,
        meaning: "who competes with whom",
        roles: &[many(R::Between, ORG_OR_PRODUCT), some(R::With, ORG_OR_PRODUCT)],
        attributes: &[text(Attribute::Market, ", market: ").on_card("in ", "")],
        projections: &[Mutual(K::CompetesWith, R::Between, Some(R::With))],
    };
    Comparison => FactRow {
        kind: FactKind::Comparison, family: Family::Rivalry, event: false, deal: false,
        meaning: "who is ahead of whom",
        roles: &[many(R::Ahead, ORG_OR_PRODUCT), many(R::Behind, ORG_OR_PRODUCT)],
        attributes: &[text(Attribute::Market, ", market: ").on_card("in ", "")],
        projections: &[Each(K::IsAheadOf, R::Ahead, R::Behind)],
    };
    Litigation => FactRow {
        kind: FactKind::Litigation, family: Family::Rivalry, event: false, deal: false,
        meaning: "who sues whom",
        roles: &[many(R::Plaintiff, ORG), many(R::Defendant, ORG), some(R::Over, RIGHT), some(R::Accused, PRODUCT)],
        attributes: &[text(Attribute::Court, " before "), text(Attribute::Outcome, ", outcome: ")],
        projections: &[Each(K::Sues, R::Plaintiff, R::Defendant)],
    };
    Position => FactRow {
        kind: FactKind::Position, family: Family::People, event: false, deal: false,
        meaning: "who holds which position where",
        roles: &[one(R::Person, &[Person]), one(R::At, ORG)],
        attributes: &[text(Attribute::Position, "").told(InVerb)],
        projections: &[Each(K::HoldsPositionAt, R::Person, R::At)],
    };
    Event => FactRow {
        kind: FactKind::Event, family: Family::Other, event: true, deal: false,
        meaning: "something happens to an entity",
        roles: &[many(R::Of, ANY), maybe(R::By, ORG)],
        attributes: &[choice(Attribute::What, Around(", ", ""), &[
            worded("Founded", &[(K::ActsOn, "founds", "is founded by")]),
            worded("Listed", &[(K::ActsOn, "lists", "is listed by")]),
            worded("Insolvent", &[(K::ActsOn, "declares the insolvency of", "is declared insolvent by")]),
            worded("Nationalized", &[(K::ActsOn, "nationalizes", "is nationalized by")]),
            worded("Sanctioned", &[(K::ActsOn, "sanctions", "is sanctioned by")]),
            worded("Blocked", &[(K::ActsOn, "blocks", "is blocked by")]),
            worded("Dissolved", &[(K::ActsOn, "dissolves", "is dissolved by")]),
            worded("NoOwnerDeclared", &[(K::ActsOn, "declares no owner of", "declares no owner by")]),
            plain("Other"),
        ]), share(Attribute::Share, Around(" with ", ""))],
        projections: &[Each(K::ActsOn, R::By, R::Of)],
    };
    Link => FactRow {
        kind: FactKind::Link, family: Family::Other, event: false, deal: false,
        meaning: "a connection whose nature is not known, or that fits no other kind",
        roles: &[many(R::Between, ANY), some(R::With, ANY)],
        attributes: &[text(Attribute::What, ", namely: ").on_card("", "")],
        projections: &[Mutual(K::IsLinkedTo, R::Between, Some(R::With))],
    };
}

const fn relation(
    kind: RelationKind,
    family: Family,
    label: &'static str,
    inverse: &'static str,
) -> RelationRow {
    RelationRow { kind, family, label, inverse, symmetric: false, share: None }
}
const fn mutual(kind: RelationKind, family: Family, label: &'static str) -> RelationRow {
    RelationRow { kind, family, label, inverse: label, symmetric: true, share: None }
}

impl RelationRow {
    /// The same, which takes a share between these words, in either direction.
    const fn with_share(
        self,
        label: (&'static str, &'static str),
        inverse: (&'static str, &'static str),
    ) -> Self {
        Self { share: Some([label, inverse]), ..self }
    }
}

#[rustfmt::skip]
rows! {
    /// Every kind of relation, in the order of [`RelationKind`].
    RELATIONS of RelationKind in relation_rows: RelationRow
    PartnersWith => mutual(K::PartnersWith, Family::Alliance, "partners with");
    IsPartnerIn => relation(K::IsPartnerIn, Family::Alliance, "is a partner in", "has partner");
    IsMemberOf => relation(K::IsMemberOf, Family::Alliance, "is a member of", "has member");
    HasAgreementWith => mutual(K::HasAgreementWith, Family::Alliance, "has an agreement with");
    SellsTo => relation(K::SellsTo, Family::Trade, "sells to", "buys from");
    Divests => relation(K::Divests, Family::Trade, "divests", "is divested by");
    Acquires => relation(K::Acquires, Family::Ownership, "acquires", "is acquired by")
        .with_share(("acquires ", " of"), ("is acquired (", ") by"));
    InvestsIn => relation(K::InvestsIn, Family::Ownership, "invests in", "is backed by");
    Succeeds => relation(K::Succeeds, Family::Ownership, "succeeds", "is succeeded by");
    OwnsShareOf => relation(K::OwnsShareOf, Family::Ownership, "owns a share of", "is owned by")
        .with_share(("owns ", " of"), ("is owned (", ") by"));
    Controls => relation(K::Controls, Family::Ownership, "controls", "is controlled by");
    IsParentOf => relation(K::IsParentOf, Family::Ownership, "is parent of", "is a subsidiary of");
    IsSettlorOf => relation(K::IsSettlorOf, Family::Ownership, "is a settlor of", "has settlor");
    IsTrusteeOf => relation(K::IsTrusteeOf, Family::Ownership, "is a trustee of", "has trustee");
    IsProtectorOf => relation(K::IsProtectorOf, Family::Ownership, "is a protector of", "has protector");
    IsBeneficiaryOf => relation(K::IsBeneficiaryOf, Family::Ownership, "is a beneficiary of", "has beneficiary");
    LicensesTo => relation(K::LicensesTo, Family::Rights, "licenses to", "is licensed by");
    HoldsLicenseFor => relation(K::HoldsLicenseFor, Family::Rights, "holds a license for", "is licensed out to");
    CrossLicensesWith => mutual(K::CrossLicensesWith, Family::Rights, "cross-licenses with");
    Holds => relation(K::Holds, Family::Rights, "holds", "is held by");
    Covers => relation(K::Covers, Family::Rights, "covers", "is covered by");
    Supplies => relation(K::Supplies, Family::Trade, "supplies", "is supplied by");
    ManufacturesFor => relation(K::ManufacturesFor, Family::Trade, "manufactures for", "has manufacturer");
    Manufactures => relation(K::Manufactures, Family::Trade, "manufactures", "is manufactured by");
    DistributesFor => relation(K::DistributesFor, Family::Trade, "distributes for", "has distributor");
    Distributes => relation(K::Distributes, Family::Trade, "distributes", "is distributed by");
    PreInstalls => relation(K::PreInstalls, Family::Trade, "pre-installs", "is pre-installed by");
    IsPreInstalledOn => relation(K::IsPreInstalledOn, Family::Trade, "is pre-installed on", "ships with");
    Makes => relation(K::Makes, Family::Product, "makes", "is made by");
    Uses => relation(K::Uses, Family::Product, "uses", "is used by");
    RunsOn => relation(K::RunsOn, Family::Product, "runs on", "runs");
    IsPartOf => relation(K::IsPartOf, Family::Product, "is part of", "contains");
    IsSoldAs => relation(K::IsSoldAs, Family::Product, "is sold as", "is the brand of");
    CompetesWith => mutual(K::CompetesWith, Family::Rivalry, "competes with");
    IsAheadOf => relation(K::IsAheadOf, Family::Rivalry, "is ahead of", "is behind");
    Sues => relation(K::Sues, Family::Rivalry, "sues", "is sued by");
    HoldsPositionAt => relation(K::HoldsPositionAt, Family::People, "holds a position at", "has as office-holder");
    ActsOn => relation(K::ActsOn, Family::Other, "acts on", "is acted on by");
    IsLinkedTo => mutual(K::IsLinkedTo, Family::Other, "is linked to");
    IsUnitOf => relation(K::IsUnitOf, Family::Other, "is a unit of", "has unit");
}
