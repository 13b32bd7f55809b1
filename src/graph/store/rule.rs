//! The rules by which events leave relations behind, or end them.

/// A rule by which a relation follows from an event without being stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// Whoever buys a patent, brand or unit holds it from then on.
    BuyerHolds,
    /// Whoever sells a patent, brand or unit held it until then.
    SellerHeld,
    /// Whoever acquires a company, or a share of it, owns it from then on, together with any earlier stake.
    AcquirerOwns,
    /// Whoever sells part of a stake keeps the rest.
    SellerKeepsRest,
    /// What a company held, owned and had agreed passes to its successor.
    SuccessorTakesOver,
}

impl Rule {
    /// All, in order.
    pub const ALL: &[Self] = &[
        Self::BuyerHolds,
        Self::SellerHeld,
        Self::AcquirerOwns,
        Self::SellerKeepsRest,
        Self::SuccessorTakesOver,
    ];

    /// The name, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BuyerHolds => "buyer-holds",
            Self::SellerHeld => "seller-held",
            Self::AcquirerOwns => "acquirer-owns",
            Self::SellerKeepsRest => "seller-keeps-rest",
            Self::SuccessorTakesOver => "successor-takes-over",
        }
    }

    /// The rule of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }

    /// The rule in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BuyerHolds => "who buys a patent, brand or unit holds it from then on",
            Self::SellerHeld => "who sells a patent, brand or unit held it until then",
            Self::AcquirerOwns => {
                "who acquires a company, or a share of it, owns it from then on, with what was owned before"
            }
            Self::SellerKeepsRest => "who sells a part of a stake keeps the rest",
            Self::SuccessorTakesOver => "what a company held, owned and had agreed passes to its successor",
        }
    }
}

/// A rule by which an event or another fact ends a relation that states no end, or a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EndRule {
    /// What is sold is no longer the seller's.
    Sold,
    /// A purchase or sale changes a stake and ends its former state.
    StakeChanged,
    /// A stated stake replaces what followed from earlier events.
    StatedStake,
    /// What a company had passes to its successor.
    PassedOn,
    /// A purchase no longer connects the two once what was bought is sold on or given up.
    SoldOn,
    /// A fact that another one replaces is in force until then.
    Replaced,
    /// After a company was dissolved or merged into another, relations without a stated end are only possible.
    CompanyEnded,
}

impl EndRule {
    /// All, in order.
    pub const ALL: &[Self] = &[
        Self::Sold,
        Self::StakeChanged,
        Self::StatedStake,
        Self::PassedOn,
        Self::SoldOn,
        Self::Replaced,
        Self::CompanyEnded,
    ];

    /// The name, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sold => "sold",
            Self::StakeChanged => "stake-changed",
            Self::StatedStake => "stated-stake",
            Self::PassedOn => "passed-on",
            Self::SoldOn => "sold-on",
            Self::Replaced => "replaced",
            Self::CompanyEnded => "company-ended",
        }
    }

    /// The rule in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Sold => "what is sold is no longer the seller's",
            Self::StakeChanged => "a purchase or sale changes a stake: what it was before is over",
            Self::StatedStake => "a stated stake stands for what followed from events before",
            Self::PassedOn => "what a company had passes to its successor",
            Self::SoldOn => {
                "a purchase no longer connects the two, once what was bought is sold on or given up"
            }
            Self::Replaced => "a fact that another one replaces is in force until then",
            Self::CompanyEnded => {
                "after a company was dissolved, or merged into another, what states no end is only possible"
            }
        }
    }
}
