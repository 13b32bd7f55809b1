//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use keiretsu::{Claims, Date, Direction, LayoutEngine, Money, Page, Theme};

use crate::owner_args::{OwnersArgs, StakesArgs};

const AFTER_HELP: &str = "\
Every NAME is an id, name, alias or number in a register. Without -g, the graph is the folder
./graphs if it has graph files, else the example graph built into the program.

Exit codes: 0 answered, 1 check found errors or import kept rows aside, 2 usage or unknown name,
3 bad data, 4 a limit stopped it, 5 input or output failed.";

const AFTER_IMPORT_HELP: &str = "\
A mapping, which lies beside its tables (docs/import.md has all that it can say):

Mapping(
    entities: [(file: \"companies.csv\", id: \"id\", name: \"name\", always: \"Company\")],
    facts: [(
        file: \"stakes.csv\", separator: \";\", decimal: \",\", share: \"percent\", since: \"from\",
        source: \"source\",
        always: (fact: \"Ownership\", roles: {\"owner\": [\"holder\"], \"owned\": [\"company\"]}),
    )],
)

Rows that cannot be used are kept aside, each with all reasons; then the exit code is 1.";

/// Asks a knowledge graph of corporate relationships: who partners with whom, since when, for how much, says who.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that stand before or after the command.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// A graph file, folder or snapshot; repeat it to ask several as one
    #[arg(short, long = "graph", value_name = "PATH", global = true)]
    pub(crate) graph: Vec<PathBuf>,
    /// How to print the answer; text is for people
    #[arg(long, value_enum, default_value_t = Format::Text, global = true)]
    pub(crate) format: Format,
    /// Answer as of this date, as in 2016-05: what was certain or possible then
    #[arg(long, value_name = "DATE", value_parser = date, global = true)]
    pub(crate) as_of: Option<Date>,
    /// Answer from what sources had published by this date
    #[arg(long, value_name = "DATE", value_parser = date, global = true)]
    pub(crate) known_by: Option<Date>,
    /// Leave out what is only possible
    #[arg(long, global = true)]
    pub(crate) certain: bool,
    /// Which of several claims about the same thing count
    #[arg(long, value_enum, value_name = "POLICY", default_value_t = ClaimsArg::All, global = true)]
    pub(crate) claims: ClaimsArg,
    /// Print facts, quotes and sources under every line
    #[arg(long, global = true)]
    pub(crate) why: bool,
    /// How much to read, walk and answer at most
    #[arg(long = "limits", value_enum, default_value_t = LimitSet::Default, global = true)]
    pub(crate) limits: LimitSet,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Sentences
    Text,
    /// One object
    Json,
    /// One row a result, with a header
    Csv,
}

/// Which of several claims about the same thing count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimsArg {
    /// Certain is what all say, possible what any says
    All,
    /// Those with the latest source
    Newest,
    /// Those from filings, registers, courts, parties; else all
    Official,
    /// As all, and fail where an answer rests on a dispute
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LimitSet {
    /// For graphs from somebody you know
    Default,
    /// For graphs from strangers
    Strict,
    /// For graphs of your own, of any size
    Trusted,
}

/// What is asked.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Who partners with whom
    Partners(PartnersArgs),
    /// One entity: names, identifiers, every relation and fact as a sentence
    Show {
        /// The entity
        name: String,
    },
    /// The entities around one, by typed relations
    Neighbors(NeighborsArgs),
    /// How two entities are connected
    Path(PathArgs),
    /// Facts as deals: parties in roles, amount, date
    Deals(DealsArgs),
    /// Everything about some entities in date order
    Timeline(TimelineArgs),
    /// Relations begun, ended, changed between two dates
    Diff(DiffArgs),
    /// Who owns a company, directly and through others, in shares that are exact or bounds
    Owners(OwnersArgs),
    /// What an entity owns, directly and through others
    Stakes(StakesArgs),
    /// Whom an entity controls, and who controls it
    Control {
        /// The entity
        name: String,
    },
    /// Circular ownership: companies that own shares of one another
    Rings,
    /// Look up entities by part of a name
    Find {
        /// The part
        text: String,
    },
    /// The vocabulary: kinds of facts, their roles and relations
    Kinds,
    /// Counts by kind, dates covered, components, most connected
    Stats,
    /// Which entities are connected at all, the largest component first
    Components(ComponentsArgs),
    /// The most central entities by PageRank
    Rank(RankArgs),
    /// Every problem of graph files, with places and hints
    Check {
        /// Graph files or folders; without any, the graph that other commands ask
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Let warnings fail the check too
        #[arg(long)]
        strict: bool,
    },
    /// What an error code means, an example, its mend
    Explain {
        /// The code, such as E0301; without it, all codes
        code: Option<String>,
    },
    /// A diagram: SVG, PNG, PDF, or DOT text for Graphviz
    Draw(DrawArgs),
    /// Tables into a graph file, as a mapping says
    Import(ImportArgs),
    /// The graph as one file that opens many times faster than text
    Pack {
        /// Where it goes, as .keiretsu; -g opens it like any graph
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// The graph as data
    Export {
        /// The form
        #[arg(value_enum)]
        form: ExportForm,
    },
    /// A completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page
    Man,
}

/// The forms of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// One JSON object: sources, entities, facts, relations
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RankArgs {
    /// So many
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) top: usize,
    /// Along relations of this kind only; repeat it or give several with commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Follow symmetric relations both ways, not only from the party written first
    #[arg(long)]
    pub(crate) mutual: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ComponentsArgs {
    /// Along relations of this kind only; repeat it or give several with commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Every member of each component, not just the first five
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_IMPORT_HELP)]
pub(crate) struct ImportArgs {
    /// The form of the tables
    #[arg(value_enum)]
    pub(crate) form: ImportForm,
    /// The file that says which column is what; tables are looked for beside it
    pub(crate) mapping: PathBuf,
    /// Where the graph goes, as .ron or .keiretsu
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Where rows go that cannot be used; without it, beside the graph as .rejects.csv
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
}

/// The forms of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportForm {
    /// Cells between commas, semicolons, tabs or bars, in UTF-8, with a header
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PartnersArgs {
    /// Whose partners; without it, all pairs
    pub(crate) name: Option<String>,
    /// Partners of partners too, up to so many partnerships away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "name", value_parser = at_least_one)]
    pub(crate) hops: usize,
    /// Only partners that this entity has too
    #[arg(long = "with", value_name = "NAME", requires = "name", conflicts_with = "hops")]
    pub(crate) shared_with: Option<String>,
    /// Count shared alliances, trade and rights too
    #[arg(long)]
    pub(crate) broad: bool,
    /// Count its units, and companies that a Subsidiary fact names its children, as the entity
    #[arg(long, requires = "name")]
    pub(crate) group: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NeighborsArgs {
    /// Around whom
    pub(crate) name: String,
    /// Only along these kinds of facts or relations, several by commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Only in this direction
    #[arg(long, value_enum, default_value_t = DirectionArg::Both)]
    pub(crate) direction: DirectionArg,
    /// Up to so many relations away
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    pub(crate) hops: usize,
}

/// In which direction relations are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DirectionArg {
    /// From subject to object
    Out,
    /// From object to subject
    In,
    /// Both ways
    Both,
}

impl From<DirectionArg> for Direction {
    fn from(direction: DirectionArg) -> Self {
        match direction {
            DirectionArg::Out => Self::Outgoing,
            DirectionArg::In => Self::Incoming,
            DirectionArg::Both => Self::Both,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct PathArgs {
    /// From where
    pub(crate) from: String,
    /// To where
    pub(crate) to: String,
    /// Only along these kinds of facts or relations, several by commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Over at most so many relations (with --all, 4 unless told)
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) max_hops: Option<usize>,
    /// All ways that meet no entity twice, the shortest first
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DealsArgs {
    /// Who takes part; several must all take part
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Only these kinds of facts or relations, several by commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Only those that may be of this date or later, as in 2016-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// Only those that may be of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<Date>,
    /// Only of this amount or more, as in "USD 100 million"
    #[arg(long, value_name = "AMOUNT", value_parser = money)]
    pub(crate) min: Option<Money>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TimelineArgs {
    /// About whom
    #[arg(value_name = "NAME", required = true)]
    pub(crate) names: Vec<String>,
    /// Only what may be of this date or later, as in 2016-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// Only what may be of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The first date, as in 2016-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) from: Date,
    /// The second date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) to: Date,
    /// Only what touches this entity
    pub(crate) name: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DrawArgs {
    /// Write to this file, which ends in .svg, .png, .pdf, .dot or .gv; without it, DOT goes to standard output
    #[arg(short, long = "output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only what is around this entity
    #[arg(long, value_name = "NAME", conflicts_with_all = ["path", "deals"])]
    pub(crate) around: Option<String>,
    /// With --around, up to so many relations away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around", value_parser = at_least_one)]
    pub(crate) hops: usize,
    /// Only how two entities are connected
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with = "deals")]
    pub(crate) path: Vec<String>,
    /// Only the deals in which two entities take part
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    pub(crate) deals: Vec<String>,
    /// Only who owns or controls this organisation, and what it owns or controls
    #[arg(long, value_name = "NAME", conflicts_with_all = ["around", "path", "deals", "kinds"])]
    pub(crate) ownership: Option<String>,
    #[command(flatten)]
    pub(crate) several: MarkedArgs,
    /// Only these kinds of facts or relations, several by commas
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Of those that touch one other only, name so many, the largest, and fold the rest into one box
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) top: Option<usize>,
    /// Fold and leave out nothing, up to 500 boxes and 1,000 lines
    #[arg(long, conflicts_with = "top")]
    pub(crate) no_fold: bool,
    /// The orientation
    #[arg(long, value_enum, default_value_t = PageArg::Landscape)]
    pub(crate) page: PageArg,
    /// The colours
    #[arg(long, value_enum, default_value_t = ThemeArg::Light)]
    pub(crate) theme: ThemeArg,
    /// For PNG, so many pixels for each point (2 unless told)
    #[arg(long, value_name = "N", value_parser = scale)]
    pub(crate) scale: Option<f32>,
    /// For SVG, PNG and PDF, who places boxes and lines
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(crate) layout: Option<LayoutArg>,
}

/// Who is marked and added up in a picture of owners.
#[derive(Debug, clap::Args)]
pub(crate) struct MarkedArgs {
    /// With --ownership, mark these, and say at the foot what they have together
    #[arg(long, value_name = "NAME", num_args = 1.., requires = "ownership")]
    pub(crate) together: Vec<String>,
    /// As --together, those of a text file: a name, id or identifier a line, comments after #
    #[arg(long, value_name = "FILE", requires = "ownership")]
    pub(crate) listed: Option<PathBuf>,
}

/// Who places boxes and lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LayoutArg {
    /// This program
    Builtin,
    /// An installed Graphviz
    Dot,
}

impl From<LayoutArg> for LayoutEngine {
    fn from(layout: LayoutArg) -> Self {
        match layout {
            LayoutArg::Builtin => Self::Builtin,
            LayoutArg::Dot => Self::Dot,
        }
    }
}

/// The orientation of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageArg {
    /// Left to right, for the screen
    Landscape,
    /// Top to bottom, for print
    Portrait,
}

impl From<PageArg> for Page {
    fn from(page: PageArg) -> Self {
        match page {
            PageArg::Landscape => Self::Landscape,
            PageArg::Portrait => Self::Portrait,
        }
    }
}

/// The colours of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemeArg {
    /// On white
    Light,
    /// On dark
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::Light => Self::Light,
            ThemeArg::Dark => Self::Dark,
        }
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it must be a whole number".to_owned()),
    }
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if scale.is_finite() && scale > 0.0 => Ok(scale),
        _ => Err("it must be a number above 0".to_owned()),
    }
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: keiretsu::ValueError| with_hint(&error))
}

fn money(text: &str) -> Result<Money, String> {
    text.parse().map_err(|error: keiretsu::ValueError| with_hint(&error))
}

pub(crate) fn with_hint(error: &keiretsu::ValueError) -> String {
    match error.hint() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    }
}
