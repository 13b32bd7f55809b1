//! The options that several commands share, in the groups in which commands take them.

use std::path::PathBuf;

use clap::ValueEnum;
use keiretsu::answer::RowsBy;
use keiretsu::{Claims, Date};

use crate::args::date_of_view;
use crate::filter_args::{FilterOptions, PlaceFilters};

/// The shared options of a run; those that its command does not take are as if not given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    pub(crate) graph: Vec<PathBuf>,
    pub(crate) format: Format,
    pub(crate) rows: Option<RowsArg>,
    pub(crate) as_of: Option<Date>,
    pub(crate) known_by: Option<Date>,
    pub(crate) certain: bool,
    pub(crate) claims: ClaimsArg,
    pub(crate) why: bool,
    /// Whether lists are summed up.
    pub(crate) brief: bool,
    /// Lines of a list in text at most.
    pub(crate) top: Option<usize>,
    pub(crate) limits: LimitSet,
    pub(crate) filters: FilterOptions,
}

#[derive(Clone, Debug, clap::Args)]
pub(crate) struct GraphOption {
    /// A graph file, folder or snapshot; repeat it to query several as one [env: KEIRETSU_GRAPH]
    #[arg(short, long = "graph", value_name = "PATH")]
    graph: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct FormatOption {
    /// The output format; text is for people
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// In CSV, what a row stands for
    #[arg(long, value_enum, value_name = "ROWS")]
    rows: Option<RowsArg>,
}

/// What counts on one date.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct ViewOptions {
    /// Answer as of this date, as in 2016-05 or today: what was certain or possible then
    #[arg(long, value_name = "DATE", value_parser = date_of_view)]
    as_of: Option<Date>,
    #[command(flatten)]
    evidence: EvidenceOptions,
}

/// Which evidence counts.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct EvidenceOptions {
    /// Answer only from sources published by this date
    #[arg(long, value_name = "DATE", value_parser = date_of_view)]
    known_by: Option<Date>,
    /// Leave out what is only possible
    #[arg(long)]
    certain: bool,
    /// Which of several claims about the same thing count
    #[arg(long, value_enum, value_name = "POLICY", default_value_t = ClaimsArg::All)]
    claims: ClaimsArg,
}

#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct WhyOption {
    /// Print facts, quotes and sources below every line
    #[arg(long)]
    why: bool,
}

#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct LimitsOption {
    /// How much may be read, walked and answered
    #[arg(long = "limits", value_enum, default_value_t = LimitSet::Default)]
    limits: LimitSet,
}

/// A struct of groups, and how these make up the options of a run.
macro_rules! options {
    ($( $(#[$doc:meta])* $name:ident { $( $group:ident: $type:ty, )+ } )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, clap::Args)]
            pub(crate) struct $name {
                $( #[command(flatten)] $group: $type, )+
            }

            impl From<&$name> for Options {
                fn from(given: &$name) -> Self {
                    let mut options = Self::default();
                    $( given.$group.put_into(&mut options); )+
                    options
                }
            }
        )+
    };
}

options! {
    /// All of them: for questions whose answers are sentences with evidence.
    QueryOptions {
        graph: GraphOption,
        format: FormatOption,
        view: ViewOptions,
        why: WhyOption,
        limits: LimitsOption,
        filters: FilterOptions,
    }

    /// For a comparison, which has dates of its own.
    DiffOptions {
        graph: GraphOption,
        format: FormatOption,
        evidence: EvidenceOptions,
        why: WhyOption,
        limits: LimitsOption,
        filters: FilterOptions,
    }

    /// For figures about the whole graph, which no single quote supports.
    SummaryOptions {
        graph: GraphOption,
        format: FormatOption,
        view: ViewOptions,
        limits: LimitsOption,
        filters: FilterOptions,
    }

    /// For what is written in a format of its own.
    OwnFormatOptions {
        graph: GraphOption,
        view: ViewOptions,
        limits: LimitsOption,
        filters: FilterOptions,
    }

    /// For what does not depend on dates and evidence.
    TimelessOptions {
        graph: GraphOption,
        format: FormatOption,
        limits: LimitsOption,
    }

    /// For lists of entities, of which only country and industry can be asked.
    PlaceOptions {
        graph: GraphOption,
        format: FormatOption,
        limits: LimitsOption,
        places: PlaceFilters,
    }

    /// For a graph that is written to a file as it is.
    PackOptions {
        graph: GraphOption,
        limits: LimitsOption,
    }

    /// For a graph that is made of tables.
    ImportOptions {
        limits: LimitsOption,
    }

    /// For what is known without a graph.
    ReferenceOptions {
        format: FormatOption,
    }
}

impl GraphOption {
    fn put_into(&self, options: &mut Options) {
        options.graph.clone_from(&self.graph);
    }
}

impl FilterOptions {
    fn put_into(&self, options: &mut Options) {
        options.filters.clone_from(self);
    }
}

impl PlaceFilters {
    fn put_into(&self, options: &mut Options) {
        options.filters.places.clone_from(self);
    }
}

impl FormatOption {
    const fn put_into(self, options: &mut Options) {
        options.format = self.format;
        options.rows = self.rows;
    }
}

impl ViewOptions {
    const fn put_into(self, options: &mut Options) {
        options.as_of = self.as_of;
        self.evidence.put_into(options);
    }
}

impl EvidenceOptions {
    const fn put_into(self, options: &mut Options) {
        options.known_by = self.known_by;
        options.certain = self.certain;
        options.claims = self.claims;
    }
}

impl WhyOption {
    const fn put_into(self, options: &mut Options) {
        options.why = self.why;
    }
}

impl LimitsOption {
    const fn put_into(self, options: &mut Options) {
        options.limits = self.limits;
    }
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Sentences
    #[default]
    Text,
    /// One JSON object
    Json,
    /// One row per relation or fact, with a header
    Csv,
    /// A table with footnotes
    Markdown,
    /// The same as a page
    Html,
}

/// What a row of a table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowsArg {
    /// A relation, a fact, or whatever else the command lists
    Results,
    /// For owners and stakes, a stake of the chains behind a share
    Steps,
    /// A party of a relation or fact
    Parties,
    /// A piece of evidence for a relation or fact
    Sources,
}

impl From<RowsArg> for RowsBy {
    fn from(rows: RowsArg) -> Self {
        match rows {
            RowsArg::Results => Self::Results,
            RowsArg::Steps => Self::Steps,
            RowsArg::Parties => Self::Parties,
            RowsArg::Sources => Self::Sources,
        }
    }
}

/// Which of several claims about the same thing count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimsArg {
    /// Certain if all say so, possible if any does
    #[default]
    All,
    /// Only those with the latest source
    Newest,
    /// Only those from filings, registers, courts or the parties; all if there are none
    Official,
    /// Like all, but fail if an answer rests on a dispute
    Strict,
}

impl From<ClaimsArg> for Claims {
    fn from(claims: ClaimsArg) -> Self {
        match claims {
            ClaimsArg::All => Self::All,
            ClaimsArg::Newest => Self::Newest,
            ClaimsArg::Official => Self::Official,
            ClaimsArg::Strict => Self::Strict,
        }
    }
}

/// A set of limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LimitSet {
    /// For graphs from a known author
    #[default]
    Default,
    /// For graphs from unknown authors
    Strict,
    /// For your own graphs, of any size
    Trusted,
}
