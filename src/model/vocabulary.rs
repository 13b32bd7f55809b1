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
}

impl FactKind {
    /// This kind's row in the vocabulary.
    #[must_use]
    pub fn row(self) -> &'static FactRow {
        // A test ensures that the tables are in the order of the enums.
        FACTS.get(self as usize).unwrap_or(&LINK)
    }
}

impl RelationKind {
    /// This kind's row in the vocabulary.
    #[must_use]
    pub fn row(self) -> &'static RelationRow {
        RELATIONS.get(self as usize).unwrap_or(&LINKED)
    }

    /// The verb from subject to object: "sells to".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// The verb from object to subject: "buys from".
    #[must_use]
    pub fn inverse(self) -> &'static str {
        self.row().inverse
    }

    /// Whether it reads the same in both directions.
    #[must_use]
    pub fn is_symmetric(self) -> bool {
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
const fn text(attribute: Attribute) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Text }
}
const fn share(attribute: Attribute) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Share }
}
const fn flag(attribute: Attribute) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Flag }
}
const fn choice(attribute: Attribute, words: &'static [ChoiceRow]) -> AttributeRow {
    AttributeRow { attribute, values: AttributeType::Choice(words) }
}
const fn word(name: &'static str) -> ChoiceRow {
    ChoiceRow { name, wording: &[] }
}
const fn worded(
    name: &'static str,
    wording: &'static [(RelationKind, &'static str, &'static str)],
) -> ChoiceRow {
    ChoiceRow { name, wording }
}

use Projection::{Each, Mutual};
use RelationKind as K;
use Role as R;

/// Roles that every kind of fact has: the payer, if not obvious, and the intermediary.
pub const COMMON_ROLES: &[RoleRow] = &[some(R::Payer, ORG), some(R::Through, ORG)];

const LINK: FactRow = FactRow {
    kind: FactKind::Link,
    family: Family::Other,
    meaning: "a connection whose nature is not known, or that fits no other kind",
    event: false,
    deal: false,
    roles: &[many(R::Between, ANY), some(R::With, ANY)],
    attributes: &[text(Attribute::What)],
    projections: &[Mutual(K::IsLinkedTo, R::Between, Some(R::With))],
};

/// Every kind of fact, in the order of [`FactKind`].
#[rustfmt::skip]
pub const FACTS: &[FactRow] = &[
    FactRow {
        kind: FactKind::Partnership, family: Family::Alliance, event: false, deal: true,
        meaning: "organisations work together",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Over, RIGHT)],
        attributes: &[text(Attribute::Scope)],
        projections: &[Mutual(K::PartnersWith, R::Between, Some(R::With))],
    },
    FactRow {
        kind: FactKind::JointVenture, family: Family::Alliance, event: false, deal: true,
        meaning: "partners run a company together",
        roles: &[many(R::Partner, ORG), one(R::Venture, COMPANY)],
        attributes: &[],
        projections: &[Each(K::IsPartnerIn, R::Partner, R::Venture), Mutual(K::PartnersWith, R::Partner, None)],
    },
    FactRow {
        kind: FactKind::Membership, family: Family::Alliance, event: false, deal: false,
        meaning: "an organisation belongs to an alliance",
        roles: &[many(R::Member, ORG), one(R::Alliance, &[Alliance])],
        attributes: &[],
        projections: &[Each(K::IsMemberOf, R::Member, R::Alliance)],
    },
    FactRow {
        kind: FactKind::Agreement, family: Family::Alliance, event: false, deal: true,
        meaning: "organisations have agreed on something, such as a settlement or a memorandum",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Over, RIGHT)],
        attributes: &[text(Attribute::What)],
        projections: &[Mutual(K::HasAgreementWith, R::Between, Some(R::With))],
    },
    FactRow {
        kind: FactKind::Sale, family: Family::Trade, event: true, deal: true,
        meaning: "something is sold, auctioned, assigned or donated",
        roles: &[many(R::Seller, ORG), many(R::Buyer, ORG), some(R::Of, ASSET)],
        attributes: &[choice(Attribute::How, &[
            word("Sold"),
            worded("Auctioned", &[(K::SellsTo, "sells at auction to", "buys at auction from")]),
            worded("Assigned", &[(K::SellsTo, "makes an assignment to", "takes an assignment from"),
                                 (K::Divests, "assigns", "is assigned by"), (K::Acquires, "takes over", "is taken over by")]),
            worded("Donated", &[(K::SellsTo, "makes a donation to", "takes a donation from"),
                                (K::Divests, "donates", "is donated by"), (K::Acquires, "is given", "is given to")]),
        ])],
        projections: &[Each(K::SellsTo, R::Seller, R::Buyer), Each(K::Divests, R::Seller, R::Of), Each(K::Acquires, R::Buyer, R::Of)],
    },
    FactRow {
        kind: FactKind::Acquisition, family: Family::Ownership, event: true, deal: true,
        meaning: "a company, or a share of it, is bought",
        roles: &[many(R::Acquirer, ORG), one(R::Target, COMPANY), some(R::Seller, ORG)],
        attributes: &[share(Attribute::Share)],
        projections: &[Each(K::Acquires, R::Acquirer, R::Target), Each(K::SellsTo, R::Seller, R::Acquirer)],
    },
    FactRow {
        kind: FactKind::Investment, family: Family::Ownership, event: true, deal: true,
        meaning: "money is put into a company",
        roles: &[many(R::Investor, ORG), one(R::Company, COMPANY)],
        attributes: &[text(Attribute::Round), share(Attribute::Share)],
        projections: &[Each(K::InvestsIn, R::Investor, R::Company)],
    },
    FactRow {
        kind: FactKind::Succession, family: Family::Ownership, event: true, deal: false,
        meaning: "a company takes the place of another",
        roles: &[many(R::Successor, COMPANY), many(R::Predecessor, COMPANY)],
        attributes: &[choice(Attribute::How, &[
            worded("Merger", &[(K::Succeeds, "is merged from", "is merged into")]),
            worded("SpinOff", &[(K::Succeeds, "is spun off from", "spins off")]),
            worded("Split", &[(K::Succeeds, "is split from", "is split into")]),
            worded("Recapitalization", &[(K::Succeeds, "is recapitalized from", "is recapitalized as")]),
        ])],
        projections: &[Each(K::Succeeds, R::Successor, R::Predecessor)],
    },
    FactRow {
        kind: FactKind::Ownership, family: Family::Ownership, event: false, deal: false,
        meaning: "a share of a company is owned",
        roles: &[many(R::Owner, ORG), one(R::Owned, &[Company, Alliance])],
        attributes: &[share(Attribute::Share), share(Attribute::Votes), share(Attribute::Profit),
                      text(Attribute::Class), flag(Attribute::Direct)],
        projections: &[Each(K::OwnsShareOf, R::Owner, R::Owned)],
    },
    FactRow {
        kind: FactKind::Control, family: Family::Ownership, event: false, deal: false,
        meaning: "an organisation decides over another",
        roles: &[many(R::Controller, ORG), one(R::Controlled, ORG)],
        attributes: &[choice(Attribute::Means, &[word("Votes"), word("Board"), word("GeneralPartner"),
                                                 word("Manager"), word("Contract"),
                                                 worded("Trustee", &[(K::Controls, "is a trustee of", "has trustee")])])],
        projections: &[Each(K::Controls, R::Controller, R::Controlled)],
    },
    FactRow {
        kind: FactKind::Subsidiary, family: Family::Ownership, event: false, deal: false,
        meaning: "a company belongs to a group, the share not being said",
        roles: &[one(R::Parent, ORG), many(R::Child, COMPANY)],
        attributes: &[choice(Attribute::Level, &[word("Direct"), word("Ultimate")])],
        projections: &[Each(K::IsParentOf, R::Parent, R::Child)],
    },
    // The roles are those of FATF Recommendation 25 and of article 58 of Regulation (EU) 2024/1624.
    FactRow {
        kind: FactKind::Trust, family: Family::Ownership, event: false, deal: false,
        meaning: "who set up a trust or foundation, who runs it, and for whom",
        roles: &[one(R::Trust, COMPANY), some(R::Settlor, ORG), some(R::Trustee, ORG), some(R::Protector, ORG),
                 some(R::Beneficiary, ORG)],
        attributes: &[],
        projections: &[Each(K::IsSettlorOf, R::Settlor, R::Trust), Each(K::IsTrusteeOf, R::Trustee, R::Trust),
                       Each(K::IsProtectorOf, R::Protector, R::Trust), Each(K::IsBeneficiaryOf, R::Beneficiary, R::Trust)],
    },
    FactRow {
        kind: FactKind::License, family: Family::Rights, event: false, deal: true,
        meaning: "the use of a patent, brand or product is permitted",
        roles: &[many(R::Licensor, ORG), many(R::Licensee, ORG), many(R::Of, RIGHT)],
        attributes: &[text(Attribute::Field), text(Attribute::Royalty)],
        projections: &[Each(K::LicensesTo, R::Licensor, R::Licensee), Each(K::HoldsLicenseFor, R::Licensee, R::Of)],
    },
    FactRow {
        kind: FactKind::CrossLicense, family: Family::Rights, event: false, deal: true,
        meaning: "organisations license each other's rights",
        roles: &[many(R::Between, ORG), some(R::With, ORG), some(R::Of, RIGHT)],
        attributes: &[text(Attribute::Field)],
        projections: &[Mutual(K::CrossLicensesWith, R::Between, Some(R::With))],
    },
    FactRow {
        kind: FactKind::Holding, family: Family::Rights, event: false, deal: false,
        meaning: "a patent, brand, product line or unit is held",
        roles: &[many(R::Holder, ORG), many(R::Of, ASSET)],
        attributes: &[],
        projections: &[Each(K::Holds, R::Holder, R::Of)],
    },
    FactRow {
        kind: FactKind::Coverage, family: Family::Rights, event: false, deal: false,
        meaning: "a patent covers a product, by somebody's word",
        roles: &[many(R::Patent, &[Patent]), many(R::Product, PRODUCT)],
        attributes: &[choice(Attribute::Basis, &[word("Declared"), word("Asserted"), word("Held")]), text(Attribute::To)],
        projections: &[Each(K::Covers, R::Patent, R::Product)],
    },
    FactRow {
        kind: FactKind::Supply, family: Family::Trade, event: false, deal: true,
        meaning: "goods are supplied",
        roles: &[many(R::Supplier, ORG), many(R::Customer, ORG), some(R::Of, PRODUCT)],
        attributes: &[text(Attribute::Tier)],
        projections: &[Each(K::Supplies, R::Supplier, R::Customer)],
    },
    FactRow {
        kind: FactKind::Manufacturing, family: Family::Trade, event: false, deal: true,
        meaning: "goods are made for another",
        roles: &[many(R::Manufacturer, ORG), one(R::Principal, ORG), some(R::Of, PRODUCT)],
        attributes: &[text(Attribute::Site)],
        projections: &[Each(K::ManufacturesFor, R::Manufacturer, R::Principal), Each(K::Manufactures, R::Manufacturer, R::Of)],
    },
    FactRow {
        kind: FactKind::Distribution, family: Family::Trade, event: false, deal: true,
        meaning: "goods are sold on, for another",
        roles: &[many(R::Distributor, ORG), maybe(R::Principal, ORG), some(R::Of, PRODUCT_OR_BRAND)],
        attributes: &[],
        projections: &[Each(K::DistributesFor, R::Distributor, R::Principal), Each(K::Distributes, R::Distributor, R::Of)],
    },
    FactRow {
        kind: FactKind::PreInstall, family: Family::Trade, event: false, deal: true,
        meaning: "software is shipped on devices",
        roles: &[many(R::Installer, ORG), maybe(R::Principal, ORG), many(R::Software, PRODUCT), some(R::Device, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::PreInstalls, R::Installer, R::Software), Each(K::IsPreInstalledOn, R::Software, R::Device),
                       Each(K::DistributesFor, R::Installer, R::Principal)],
    },
    FactRow {
        kind: FactKind::Production, family: Family::Product, event: false, deal: false,
        meaning: "who makes a product",
        roles: &[many(R::Maker, ORG), many(R::Of, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::Makes, R::Maker, R::Of)],
    },
    FactRow {
        kind: FactKind::Usage, family: Family::Product, event: false, deal: false,
        meaning: "who or what uses a product or patent",
        roles: &[many(R::User, ORG_OR_PRODUCT), many(R::Of, PRODUCT_OR_PATENT)],
        attributes: &[],
        projections: &[Each(K::Uses, R::User, R::Of)],
    },
    FactRow {
        kind: FactKind::Platform, family: Family::Product, event: false, deal: false,
        meaning: "what a product runs on",
        roles: &[many(R::Product, PRODUCT), many(R::RunsOn, PRODUCT)],
        attributes: &[],
        projections: &[Each(K::RunsOn, R::Product, R::RunsOn)],
    },
    FactRow {
        kind: FactKind::Component, family: Family::Product, event: false, deal: false,
        meaning: "what a product or patent is part of",
        roles: &[many(R::Part, PRODUCT_OR_PATENT), one(R::Whole, PRODUCT_OR_PATENT)],
        attributes: &[],
        projections: &[Each(K::IsPartOf, R::Part, R::Whole)],
    },
    FactRow {
        kind: FactKind::Branding, family: Family::Product, event: false, deal: false,
        meaning: "under which brand a product is sold",
        roles: &[many(R::Product, PRODUCT), one(R::Brand, &[Brand])],
        attributes: &[],
        projections: &[Each(K::IsSoldAs, R::Product, R::Brand)],
    },
    FactRow {
        kind: FactKind::Competition, family: Family::Rivalry, event: false, deal: false,
        meaning: "who competes with whom",
        roles: &[many(R::Between, ORG_OR_PRODUCT), some(R::With, ORG_OR_PRODUCT)],
        attributes: &[text(Attribute::Market)],
        projections: &[Mutual(K::CompetesWith, R::Between, Some(R::With))],
    },
    FactRow {
        kind: FactKind::Comparison, family: Family::Rivalry, event: false, deal: false,
        meaning: "who is ahead of whom",
        roles: &[many(R::Ahead, ORG_OR_PRODUCT), many(R::Behind, ORG_OR_PRODUCT)],
        attributes: &[text(Attribute::Market)],
        projections: &[Each(K::IsAheadOf, R::Ahead, R::Behind)],
    },
    FactRow {
        kind: FactKind::Litigation, family: Family::Rivalry, event: false, deal: false,
        meaning: "who sues whom",
        roles: &[many(R::Plaintiff, ORG), many(R::Defendant, ORG), some(R::Over, RIGHT), some(R::Accused, PRODUCT)],
        attributes: &[text(Attribute::Court), text(Attribute::Outcome)],
        projections: &[Each(K::Sues, R::Plaintiff, R::Defendant)],
    },
    FactRow {
        kind: FactKind::Position, family: Family::People, event: false, deal: false,
        meaning: "who holds which position where",
        roles: &[one(R::Person, &[Person]), one(R::At, ORG)],
        attributes: &[text(Attribute::Position)],
        projections: &[Each(K::HoldsPositionAt, R::Person, R::At)],
    },
    FactRow {
        kind: FactKind::Event, family: Family::Other, event: true, deal: false,
        meaning: "something happens to an entity",
        roles: &[many(R::Of, ANY), maybe(R::By, ORG)],
        attributes: &[choice(Attribute::What, &[
            worded("Founded", &[(K::ActsOn, "founds", "is founded by")]),
            worded("Listed", &[(K::ActsOn, "lists", "is listed by")]),
            worded("Insolvent", &[(K::ActsOn, "declares insolvent", "is declared insolvent by")]),
            worded("Nationalized", &[(K::ActsOn, "nationalizes", "is nationalized by")]),
            worded("Sanctioned", &[(K::ActsOn, "sanctions", "is sanctioned by")]),
            worded("Blocked", &[(K::ActsOn, "blocks", "is blocked by")]),
            worded("Dissolved", &[(K::ActsOn, "dissolves", "is dissolved by")]),
            worded("NoOwnerDeclared", &[(K::ActsOn, "declares no owner of", "declares no owner by")]),
            word("Other"),
        ]), share(Attribute::Share)],
        projections: &[Each(K::ActsOn, R::By, R::Of)],
    },
    LINK,
];

const fn relation(
    kind: RelationKind,
    family: Family,
    label: &'static str,
    inverse: &'static str,
) -> RelationRow {
    RelationRow { kind, family, label, inverse, symmetric: false }
}
const fn mutual(kind: RelationKind, family: Family, label: &'static str) -> RelationRow {
    RelationRow { kind, family, label, inverse: label, symmetric: true }
}

const LINKED: RelationRow = mutual(K::IsLinkedTo, Family::Other, "is linked to");

/// Every kind of relation, in the order of [`RelationKind`].
pub const RELATIONS: &[RelationRow] = &[
    mutual(K::PartnersWith, Family::Alliance, "partners with"),
    relation(K::IsPartnerIn, Family::Alliance, "is a partner in", "has partner"),
    relation(K::IsMemberOf, Family::Alliance, "is a member of", "has member"),
    mutual(K::HasAgreementWith, Family::Alliance, "has an agreement with"),
    relation(K::SellsTo, Family::Trade, "sells to", "buys from"),
    relation(K::Divests, Family::Trade, "divests", "is divested by"),
    relation(K::Acquires, Family::Ownership, "acquires", "is acquired by"),
    relation(K::InvestsIn, Family::Ownership, "invests in", "is backed by"),
    relation(K::Succeeds, Family::Ownership, "succeeds", "is succeeded by"),
    relation(K::OwnsShareOf, Family::Ownership, "owns a share of", "is owned by"),
    relation(K::Controls, Family::Ownership, "controls", "is controlled by"),
    relation(K::IsParentOf, Family::Ownership, "is parent of", "is a subsidiary of"),
    relation(K::IsSettlorOf, Family::Ownership, "is a settlor of", "has settlor"),
    relation(K::IsTrusteeOf, Family::Ownership, "is a trustee of", "has trustee"),
    relation(K::IsProtectorOf, Family::Ownership, "is a protector of", "has protector"),
    relation(K::IsBeneficiaryOf, Family::Ownership, "is a beneficiary of", "has beneficiary"),
    relation(K::LicensesTo, Family::Rights, "licenses to", "is licensed by"),
    relation(K::HoldsLicenseFor, Family::Rights, "holds a license for", "is licensed out to"),
    mutual(K::CrossLicensesWith, Family::Rights, "cross-licenses with"),
    relation(K::Holds, Family::Rights, "holds", "is held by"),
    relation(K::Covers, Family::Rights, "covers", "is covered by"),
    relation(K::Supplies, Family::Trade, "supplies", "is supplied by"),
    relation(K::ManufacturesFor, Family::Trade, "manufactures for", "has manufacturer"),
    relation(K::Manufactures, Family::Trade, "manufactures", "is manufactured by"),
    relation(K::DistributesFor, Family::Trade, "distributes for", "has distributor"),
    relation(K::Distributes, Family::Trade, "distributes", "is distributed by"),
    relation(K::PreInstalls, Family::Trade, "pre-installs", "is pre-installed by"),
    relation(K::IsPreInstalledOn, Family::Trade, "is pre-installed on", "ships with"),
    relation(K::Makes, Family::Product, "makes", "is made by"),
    relation(K::Uses, Family::Product, "uses", "is used by"),
    relation(K::RunsOn, Family::Product, "runs on", "runs"),
    relation(K::IsPartOf, Family::Product, "is part of", "contains"),
    relation(K::IsSoldAs, Family::Product, "is sold as", "is the brand of"),
    mutual(K::CompetesWith, Family::Rivalry, "competes with"),
    relation(K::IsAheadOf, Family::Rivalry, "is ahead of", "is behind"),
    relation(K::Sues, Family::Rivalry, "sues", "is sued by"),
    relation(K::HoldsPositionAt, Family::People, "holds a position at", "has officer"),
    relation(K::ActsOn, Family::Other, "acts on", "is acted on by"),
    LINKED,
    relation(K::IsUnitOf, Family::Other, "is a unit of", "has unit"),
];
