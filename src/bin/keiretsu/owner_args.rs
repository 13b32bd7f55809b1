//! The arguments of `owners` and `stakes`.

use std::path::PathBuf;

use clap::ValueEnum;
use keiretsu::{OwnerRule, Proportion, Right, Share};

use crate::args::with_hint;
use crate::options::QueryOptions;

#[derive(Debug, clap::Args)]
pub(crate) struct OwnersArgs {
    /// The company
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) test: TestArgs,
    /// Count from this share on, as in 10% or 1/3, instead of the rule's own threshold
    #[arg(long, value_name = "SHARE", value_parser = threshold)]
    pub(crate) min: Option<Proportion>,
    /// List those below the threshold too
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) several: SeveralArgs,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// Who is added up, by a rule that adds up persons.
#[derive(Debug, clap::Args)]
pub(crate) struct SeveralArgs {
    /// With --rule ofac or majority, add these up and treat them as one
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub(crate) together: Vec<String>,
    /// Like --together, for those in a text file: a name, id or identifier per line, comments after #
    #[arg(long, value_name = "FILE")]
    pub(crate) listed: Option<PathBuf>,
}

impl SeveralArgs {
    pub(crate) fn is_empty(&self) -> bool {
        self.together.is_empty() && self.listed.is_none()
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct StakesArgs {
    /// The owner
    #[arg(required_unless_present_any = ["together", "listed"])]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) test: TestArgs,
    #[command(flatten)]
    pub(crate) several: SeveralArgs,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// The rule by which somebody counts as an owner
    #[arg(long, value_enum, value_name = "RULE", default_value_t = RuleArg::Multiply)]
    pub(crate) rule: RuleArg,
    /// What the shares refer to, instead of the rule's own choice
    #[arg(long, value_enum, value_name = "RIGHT")]
    pub(crate) right: Option<RightArg>,
}

/// A rule by which somebody counts as an owner; laws differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RuleArg {
    /// Shares multiplied along chains and added up, 25% or more (EU)
    Multiply,
    /// Votes held directly or through majority links, more than 25% (UK)
    Psc,
    /// Held directly or through entities owned by half or more, 50% or more (US)
    Ofac,
    /// Votes commanded by its control group, more than 50%
    Majority,
    /// The weakest link of the strongest chain, more than 25%
    Rolling,
    /// All rules side by side
    All,
}

impl RuleArg {
    /// The rule asked for; none for all.
    pub(crate) const fn rule(self) -> Option<OwnerRule> {
        match self {
            Self::Multiply => Some(OwnerRule::Multiply),
            Self::Psc => Some(OwnerRule::Psc),
            Self::Ofac => Some(OwnerRule::Ofac),
            Self::Majority => Some(OwnerRule::Majority),
            Self::Rolling => Some(OwnerRule::Rolling),
            Self::All => None,
        }
    }
}

/// What a share refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RightArg {
    /// The capital
    Equity,
    /// The votes; if not stated, the capital
    Votes,
    /// The profit; if not stated, the capital
    Profit,
}

impl From<RightArg> for Right {
    fn from(right: RightArg) -> Self {
        match right {
            RightArg::Equity => Self::Equity,
            RightArg::Votes => Self::Votes,
            RightArg::Profit => Self::Profit,
        }
    }
}

/// A single share, in parts of 1.
fn threshold(text: &str) -> Result<Proportion, String> {
    let share: Share = text.parse().map_err(|error: keiretsu::ValueError| with_hint(&error))?;
    share.exact().ok_or_else(|| "a threshold is one share, as in 25% or 1/3".to_owned())
}
