//! The closed lists: kinds of entities, facts and relations, roles, attributes, and what a fact may say of itself.

use super::closed::closed_list;

closed_list! {
    /// What an entity is.
    EntityKind {
        /// A company or other legal person in business.
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
        /// A party that is known to exist but not named.
        Unspecified = "Unspecified",
    }
}

impl EntityKind {
    /// Whether entities of this kind can act: companies, units, people, public bodies and alliances.
    #[must_use]
    pub const fn is_organisation(self) -> bool {
        matches!(self, Self::Company | Self::Unit | Self::Person | Self::Body | Self::Alliance)
    }

    /// The noun with its article, as in "a company".
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
    /// What kind of statement a fact is. [`vocabulary`](crate::vocabulary) says what each means.
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
        /// An organisation decides over another.
        Control = "Control",
        /// A company belongs to a group; the share is not said.
        Subsidiary = "Subsidiary",
        /// Who set up a trust or foundation, who runs it, and for whom.
        Trust = "Trust",
        /// The use of a right is permitted.
        License = "License",
        /// Rights are licensed both ways.
        CrossLicense = "CrossLicense",
        /// A right, product line or unit is held.
        Holding = "Holding",
        /// A patent covers a product.
        Coverage = "Coverage",
        /// Goods are supplied.
        Supply = "Supply",
        /// Goods are made for another.
        Manufacturing = "Manufacturing",
        /// Goods are sold on for another.
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
    /// What kind of typed edge a relation is, read "subject VERB object".
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
        /// Is a unit of; said by the unit's own record.
        IsUnitOf = "IsUnitOf",
    }
}

closed_list! {
    /// The part that an entity plays in a fact.
    Role {
        /// One of the parties of something mutual.
        Between = "between",
        /// The other side of something mutual.
        With = "with",
        /// What a deal between parties is about.
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
        /// Who set it up, and gave it what it has.
        Settlor = "settlor",
        /// Who holds and runs it; of a foundation, a member of its board.
        Trustee = "trustee",
        /// Who watches over the trustees, and may dismiss them.
        Protector = "protector",
        /// For whom it is.
        Beneficiary = "beneficiary",
        /// Who permits.
        Licensor = "licensor",
        /// Who is permitted.
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
        /// For whom it is done.
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
        /// The product said to infringe.
        Accused = "accused",
        /// The office holder.
        Person = "person",
        /// Where the position is held.
        At = "at",
        /// Who did it.
        By = "by",
        /// Who pays, where it is not the obvious party.
        Payer = "payer",
        /// A nominee, trustee or agent in between.
        Through = "through",
    }
}

impl Role {
    /// Whether the role names what a fact is about rather than one of its parties.
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
    /// A detail that only some kinds of facts have.
    Attribute {
        /// What the parties do together.
        Scope = "scope",
        /// What it is: the kind of an agreement, event or link.
        What = "what",
        /// In which way it was done.
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
        /// By what means control is had.
        Means = "means",
        /// Whether a parent is the direct or the ultimate one.
        Level = "level",
        /// The field of use.
        Field = "field",
        /// The royalty.
        Royalty = "royalty",
        /// On whose word a patent covers a product.
        Basis = "basis",
        /// To whom a coverage was declared.
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
    /// How far a fact has come.
    Status {
        /// A wish; never counts as done.
        Sought = "Sought",
        /// Made public, not done.
        Announced = "Announced",
        /// Signed, not done.
        Agreed = "Agreed",
        /// Done, or in force.
        Completed = "Completed",
        /// Over.
        Ended = "Ended",
        /// Called off before it was done.
        Withdrawn = "Withdrawn",
    }
}

closed_list! {
    /// How sure a fact is.
    Confidence {
        /// An official source supports it.
        Confirmed = "Confirmed",
        /// A source says so.
        Reported = "Reported",
        /// Hearsay.
        Rumoured = "Rumoured",
        /// Concluded by the writer of the file, not said by a source.
        Inferred = "Inferred",
    }
}

closed_list! {
    /// What kind of document a source is.
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
    /// Whether a fact supported by such a source counts as confirmed.
    #[must_use]
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Filing | Self::Register | Self::Court)
    }
}

closed_list! {
    /// What a piece of evidence does to its fact.
    Stance {
        /// Says that it is so.
        Supports = "Supports",
        /// Says that it is not so.
        Refutes = "Refutes",
        /// Only speaks of it.
        Mentions = "Mentions",
    }
}

closed_list! {
    /// Why a party is not named.
    Reason {
        /// The source does not name it.
        NotNamed = "NotNamed",
        /// It is kept anonymous on purpose.
        Anonymous = "Anonymous",
        /// It stands for several.
        Several = "Several",
        /// Nobody knows.
        Unknown = "Unknown",
    }
}
