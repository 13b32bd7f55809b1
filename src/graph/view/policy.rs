//! Which claims count.

/// Which of several claims about the same thing count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Claims {
    /// All: certain is what every claim says, possible what any says; numbers widen to a range.
    #[default]
    All,
    /// Those whose newest source is the latest; ties are kept. Under a second clock, of the sources that may have been
    /// published by then.
    Newest,
    /// Those from filings, registers, courts and press releases of a party; all, if there is none.
    Official,
    /// As [`Claims::All`]; the program fails where an answer rests on a dispute.
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
