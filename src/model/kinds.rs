//! The closed lists: kinds of entities, facts and relations, roles, attributes, and states of a fact.

use super::closed::closed_list;

closed_list! {
    /// What an entity is.
    EntityKind {
        /// A company or another legal person in business.
        Company = "Company",
        /// A product, or a line of products.
        Product = "Product",
        /// A patent, or a portfolio of patents.
        Patent = "Patent",
        /// A brand or trade mark.
        Brand = "Brand",
        /// A business unit, division or set of assets of an organisation.
        Unit = "Unit",
        /// A human being.
        Person = "Person",
        /// A public body: a state, an agency, a court, a university.
        Body = "Body",
        /// A standing alliance of organisations: a consortium, a standards body.
        Alliance = "Alliance",
        /// A party known to exist but not named.
        Unspecified = "Unspecified",
    }
}

impl EntityKind {
    /// Whether entities of this kind can act: companies, units, people, public bodies and alliances.
    #[must_use]
    pub const fn is_organisation(self) -> bool {
        matches!(self, Self::Company | Self::Unit | Self::Person | Self::Body | Self::Alliance)
    }

    /// The noun with its article: "a company".
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Company => "a company",
            Self::Product => "a product",
            Self::Patent => "a patent",
            Self::Brand => "a brand",
            Self::Unit => "a unit",
            Self::Person => "a person",
            Self::Body => "a public body",
            Self::Alliance => "an alliance",
            Self::Unspecified => "an unspecified party",
        }
    }

    /// The section of a graph file that holds entities of this kind.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Company => "companies",
            Self::Product => "products",
            Self::Patent => "patents",
            Self::Brand => "brands",
            Self::Unit => "units",
            Self::Person => "people",
            Self::Body => "bodies",
            Self::Alliance => "alliances",
            Self::Unspecified => "unspecified",
        }
    }
}

closed_list! {
    /// The kind of statement that a fact makes. The [`vocabulary`](crate::vocabulary) defines each.
    FactKind {
        /// Organisations work together.
        Partnership = "Partnership",
        /// Partners run a company together.
        JointVenture = "JointVenture",
        /// An organisation belongs to an alliance.
        Membership = "Membership",
        /// Organisations have agreed on something: a settlement, a memorandum.
        Agreement = "Agreement",
        /// Something is sold, auctioned, assigned or donated.
        Sale = "Sale",
        /// A company is bought.
        Acquisition = "Acquisition",
        /// Money is put into a company.
        Investment = "Investment",
        /// A company takes the place of another.
        Succession = "Succession",
        /// A share of a company is owned.
        Ownership = "Ownership",
        /// An organisation controls another.
        Control = "Control",
        /// A company belongs to a group; no share is stated.
        Subsidiary = "Subsidiary",
        /// Who set up a trust or foundation, who runs it, and who benefits from it.
        Trust = "Trust",
        /// The use of a right is permitted.
        License = "License",
        /// Rights are licensed in both directions.
        CrossLicense = "CrossLicense",
        /// A right, product line or unit is held.
        Holding = "Holding",
        /// A patent covers a product.
        Coverage = "Coverage",
        /// Goods are supplied.
        Supply = "Supply",
        /// Goods are made for another.
        Manufacturing = "Manufacturing",
        /// Goods are resold for another.
        Distribution = "Distribution",
        /// Software is shipped on devices.
        PreInstall = "PreInstall",
        /// Who makes a product.
        Production = "Production",
        /// Who uses a product or patent.
        Usage = "Usage",
        /// What a product runs on.
        Platform = "Platform",
        /// What a product or patent is part of.
        Component = "Component",
        /// Under which brand a product is sold.
        Branding = "Branding",
        /// Who competes with whom.
        Competition = "Competition",
        /// Who is ahead of whom.
        Comparison = "Comparison",
        /// Who sues whom.
        Litigation = "Litigation",
        /// Who holds which position where.
        Position = "Position",
        /// Something that happened to an entity: founded, listed, dissolved.
        Event = "Event",
        /// A connection whose nature is not known, or fits no other kind.
        Link = "Link",
    }
}

closed_list! {
    /// The kind of a typed edge, read "subject VERB object".
    RelationKind {
        /// Partners with; symmetric.
        PartnersWith = "PartnersWith",
        /// Is a partner in a joint venture.
        IsPartnerIn = "IsPartnerIn",
        /// Is a member of an alliance.
        IsMemberOf = "IsMemberOf",
        /// Has an agreement with; symmetric.
        HasAgreementWith = "HasAgreementWith",
        /// Sells to.
        SellsTo = "SellsTo",
        /// Divests.
        Divests = "Divests",
        /// Acquires.
        Acquires = "Acquires",
        /// Invests in.
        InvestsIn = "InvestsIn",
        /// Succeeds.
        Succeeds = "Succeeds",
        /// Owns a share of.
        OwnsShareOf = "OwnsShareOf",
        /// Controls.
        Controls = "Controls",
        /// Is the parent of.
        IsParentOf = "IsParentOf",
        /// Is a settlor of a trust.
        IsSettlorOf = "IsSettlorOf",
        /// Is a trustee of.
        IsTrusteeOf = "IsTrusteeOf",
        /// Is a protector of.
        IsProtectorOf = "IsProtectorOf",
        /// Is a beneficiary of.
        IsBeneficiaryOf = "IsBeneficiaryOf",
        /// Licenses to.
        LicensesTo = "LicensesTo",
        /// Holds a license for.
        HoldsLicenseFor = "HoldsLicenseFor",
        /// Cross-licenses with; symmetric.
        CrossLicensesWith = "CrossLicensesWith",
        /// Holds.
        Holds = "Holds",
        /// Covers.
        Covers = "Covers",
        /// Supplies.
        Supplies = "Supplies",
        /// Manufactures for.
        ManufacturesFor = "ManufacturesFor",
        /// Manufactures.
        Manufactures = "Manufactures",
        /// Distributes for.
        DistributesFor = "DistributesFor",
        /// Distributes.
        Distributes = "Distributes",
        /// Pre-installs.
        PreInstalls = "PreInstalls",
        /// Is pre-installed on.
        IsPreInstalledOn = "IsPreInstalledOn",
        /// Makes.
        Makes = "Makes",
        /// Uses.
        Uses = "Uses",
        /// Runs on.
        RunsOn = "RunsOn",
        /// Is part of.
        IsPartOf = "IsPartOf",
        /// Is sold as.
        IsSoldAs = "IsSoldAs",
        /// Competes with; symmetric.
        CompetesWith = "CompetesWith",
        /// Is ahead of.
        IsAheadOf = "IsAheadOf",
        /// Sues.
        Sues = "Sues",
        /// Holds a position at.
        HoldsPositionAt = "HoldsPositionAt",
        /// Acts on.
        ActsOn = "ActsOn",
        /// Is linked to; symmetric.
        IsLinkedTo = "IsLinkedTo",
        /// Is a unit of; comes from the unit's own record.
        IsUnitOf = "IsUnitOf",
    }
}

closed_list! {
    /// The part that an entity takes in a fact.
    Role {
        /// One of the parties of something mutual.
        Between = "between",
        /// The other side of something mutual.
        With = "with",
        /// The object of a deal between parties.
        Over = "over",
        /// A partner in a joint venture.
        Partner = "partner",
        /// The company that partners run together.
        Venture = "venture",
        /// A member of an alliance.
        Member = "member",
        /// The alliance.
        Alliance = "alliance",
        /// Who sells.
        Seller = "seller",
        /// Who buys.
        Buyer = "buyer",
        /// The object: what is sold, licensed, made, held, used.
        Of = "of",
        /// Who acquires.
        Acquirer = "acquirer",
        /// The company acquired.
        Target = "target",
        /// Who invests.
        Investor = "investor",
        /// The company invested in.
        Company = "company",
        /// Who takes the place.
        Successor = "successor",
        /// Whose place is taken.
        Predecessor = "predecessor",
        /// Who owns.
        Owner = "owner",
        /// What is owned.
        Owned = "owned",
        /// Who controls.
        Controller = "controller",
        /// Who is controlled.
        Controlled = "controlled",
        /// The parent of a group.
        Parent = "parent",
        /// A member of a group.
        Child = "child",
        /// The trust, or foundation.
        Trust = "trust",
        /// Who set it up and endowed it.
        Settlor = "settlor",
        /// Who holds and runs it; of a foundation, a member of its board.
        Trustee = "trustee",
        /// Who supervises the trustees and may dismiss them.
        Protector = "protector",
        /// Who benefits from it.
        Beneficiary = "beneficiary",
        /// Who grants a license.
        Licensor = "licensor",
        /// Who is granted a license.
        Licensee = "licensee",
        /// Who holds.
        Holder = "holder",
        /// The patent.
        Patent = "patent",
        /// The product.
        Product = "product",
        /// Who supplies.
        Supplier = "supplier",
        /// Who is supplied.
        Customer = "customer",
        /// Who manufactures.
        Manufacturer = "manufacturer",
        /// On whose behalf it is done.
        Principal = "principal",
        /// Who distributes.
        Distributor = "distributor",
        /// Who pre-installs.
        Installer = "installer",
        /// What is pre-installed.
        Software = "software",
        /// What it is pre-installed on.
        Device = "device",
        /// Who makes it.
        Maker = "maker",
        /// Who uses it.
        User = "user",
        /// What it runs on.
        RunsOn = "runs_on",
        /// The part.
        Part = "part",
        /// The whole.
        Whole = "whole",
        /// The brand.
        Brand = "brand",
        /// Who is ahead.
        Ahead = "ahead",
        /// Who is behind.
        Behind = "behind",
        /// Who sues.
        Plaintiff = "plaintiff",
        /// Who is sued.
        Defendant = "defendant",
        /// The product accused of infringement.
        Accused = "accused",
        /// The office holder.
        Person = "person",
        /// Where the position is held.
        At = "at",
        /// Who did it.
        By = "by",
        /// Who pays, if that is not the obvious party.
        Payer = "payer",
        /// A nominee, trustee or agent who acts as an intermediary.
        Through = "through",
    }
}

impl Role {
    /// Whether the role names the object of a fact rather than one of its parties.
    #[must_use]
    pub const fn is_object(self) -> bool {
        matches!(
            self,
            Self::Of
                | Self::Over
                | Self::Software
                | Self::Device
                | Self::Product
                | Self::Patent
                | Self::Brand
                | Self::Part
                | Self::Whole
                | Self::RunsOn
                | Self::Accused
        )
    }
}

closed_list! {
    /// A detail that only some kinds of fact have.
    Attribute {
        /// What the parties do together.
        Scope = "scope",
        /// What it is: the kind of an agreement, event or link.
        What = "what",
        /// How it was done.
        How = "how",
        /// The share of the whole.
        Share = "share",
        /// The financing round.
        Round = "round",
        /// The share of votes.
        Votes = "votes",
        /// The share of profit.
        Profit = "profit",
        /// The class of shares.
        Class = "class",
        /// Whether a stake is held directly.
        Direct = "direct",
        /// The means of control.
        Means = "means",
        /// Whether a parent is direct or ultimate.
        Level = "level",
        /// The field of use.
        Field = "field",
        /// The royalty.
        Royalty = "royalty",
        /// Who declared that a patent covers a product.
        Basis = "basis",
        /// To whom coverage was declared.
        To = "to",
        /// The tier in a supply chain.
        Tier = "tier",
        /// The place of manufacture.
        Site = "site",
        /// The market.
        Market = "market",
        /// The court.
        Court = "court",
        /// The outcome.
        Outcome = "outcome",
        /// The position held.
        Position = "position",
    }
}

closed_list! {
    /// The stage that a fact has reached.
    Status {
        /// Only sought; never counts as done.
        Sought = "Sought",
        /// Made public, but not done.
        Announced = "Announced",
        /// Signed, but not done.
        Agreed = "Agreed",
        /// Done, or in force.
        Completed = "Completed",
        /// Over.
        Ended = "Ended",
        /// Cancelled before it was done.
        Withdrawn = "Withdrawn",
    }
}

closed_list! {
    /// How certain a fact is.
    Confidence {
        /// An official source supports it.
        Confirmed = "Confirmed",
        /// A source states it.
        Reported = "Reported",
        /// Hearsay.
        Rumoured = "Rumoured",
        /// Inferred by the author of the file, not stated by a source.
        Inferred = "Inferred",
    }
}

closed_list! {
    /// The kind of document that a source is.
    SourceKind {
        /// A news article.
        News = "News",
        /// A press release.
        PressRelease = "PressRelease",
        /// A filing with an authority.
        Filing = "Filing",
        /// A public register.
        Register = "Register",
        /// A court document.
        Court = "Court",
        /// A report or study.
        Report = "Report",
        /// A web page.
        Website = "Website",
        /// Anything else.
        Other = "Other",
    }
}

impl SourceKind {
    /// Whether support by such a source counts as confirmation.
    #[must_use]
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Filing | Self::Register | Self::Court)
    }
}

closed_list! {
    /// The stance of a piece of evidence towards its fact.
    Stance {
        /// States that it is true.
        Supports = "Supports",
        /// States that it is not true.
        Refutes = "Refutes",
        /// Only mentions it.
        Mentions = "Mentions",
    }
}

closed_list! {
    /// Why a party is not named.
    Reason {
        /// The source does not name it.
        NotNamed = "NotNamed",
        /// It is deliberately kept anonymous.
        Anonymous = "Anonymous",
        /// It stands for several.
        Several = "Several",
        /// Nobody knows.
        Unknown = "Unknown",
    }
}
