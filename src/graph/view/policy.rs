//! Which claims count.

/// Which of several claims about the same thing count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claims {
    /// All: certain is what every claim says, possible what any says. Figures widen to a range.
    #[default]
    All,
    /// The claims whose newest source is the latest; ties are kept. Under a second clock, only sources that may have
    /// been published by then.
    Newest,
    /// The claims from filings, registers, courts and press releases of a party, or all if there are none.
    Official,
    /// Like [`Claims::All`], but the program fails if an answer rests on a dispute.
    Strict,
}

impl Claims {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Newest => "newest",
            Self::Official => "official",
            Self::Strict => "strict",
        }
    }
}
