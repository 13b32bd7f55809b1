//! The command line arguments.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use keiretsu::{Date, Direction, PathOrder, Tie};

use crate::deal_args::DealsArgs;
use crate::draw_args::DrawArgs;
use crate::options::{
    DiffOptions, ImportOptions, OwnFormatOptions, PackOptions, PlaceOptions, QueryOptions, ReferenceOptions,
    SummaryOptions, TimelessOptions,
};
use crate::owner_args::{OwnersArgs, StakesArgs};

const AFTER_HELP: &str = "\
A NAME can be an id, a name, an alias or a register number. Without -g, the graph is what
KEIRETSU_GRAPH names (several paths are separated as in PATH), otherwise the folder ./graphs if it
contains graph files, otherwise the built-in example graph.

Exit codes: 0 answered, 1 check found errors, import rejected rows or an answer of --claims strict
rests on a dispute, 2 usage or unknown name, 3 bad data, 4 a limit was reached, 5 input or output
failed.";

const AFTER_IMPORT_HELP: &str = "\
A mapping, in the folder of its tables (see docs/import.md for the full format):

Mapping(
    entities: [(file: \"companies.csv\", id: \"id\", name: \"name\", always: \"Company\")],
    facts: [(
        file: \"stakes.csv\", separator: \";\", decimal: \",\", share: \"percent\", since: \"from\",
        source: \"source\",
        always: (fact: \"Ownership\", roles: {\"owner\": [\"holder\"], \"owned\": [\"company\"]}),
    )],
)

Rows that cannot be used are written to the rejects, with all reasons; the exit code is then 1.";

/// Asks a knowledge graph of corporate relationships: who partners with whom, since when, for how much, says who.
#[derive(Debug, Parser)]
#[command(version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Who partners with whom
    Partners(PartnersArgs),
    /// One entity: names, identifiers, every relation and fact as a sentence
    Show(ShowArgs),
    /// The entities around one, by typed relations
    Neighbors(NeighborsArgs),
    /// Companies that share people, owners, investors or partners
    Interlocks(InterlocksArgs),
    /// How two entities are connected
    Path(PathArgs),
    /// Facts as deals: parties in roles, amount, date
    Deals(DealsArgs),
    /// Everything about some entities, or all, in order of date
    Timeline(TimelineArgs),
    /// Relations that began, ended or changed between two dates
    Diff(DiffArgs),
    /// Who owns a company, directly and through others, in shares that are exact or bounds
    Owners(OwnersArgs),
    /// What an entity owns, directly and through others
    Stakes(StakesArgs),
    /// Who controls an entity, and whom it controls
    Control {
        /// The entity
        name: String,
        #[command(flatten)]
        options: QueryOptions,
    },
    /// Circular ownership: companies that own shares of one another
    Rings {
        #[command(flatten)]
        options: QueryOptions,
    },
    /// Look up entities by part of a name
    Find {
        /// The part of the name
        text: String,
        #[command(flatten)]
        options: PlaceOptions,
    },
    /// The entities of a kind, such as companies
    List(ListArgs),
    /// The sources, with how many facts each speaks about; or what one source says
    Sources(SourcesArgs),
    /// The vocabulary: kinds of facts, their roles and relations
    Kinds {
        /// Kinds of facts or relations; by default, all
        #[arg(value_name = "KIND")]
        names: Vec<String>,
        #[command(flatten)]
        options: ReferenceOptions,
    },
    /// Counts by kind, dates covered, components, most connected
    Stats {
        #[command(flatten)]
        options: SummaryOptions,
    },
    /// Connected components, the largest first
    Components(ComponentsArgs),
    /// The most central entities, of all kinds or some: by PageRank, degree or betweenness
    Rank(RankArgs),
    /// Check graph files: lists every problem with its place and a hint
    Check {
        /// Graph files or folders; by default, the graph that other commands use
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        /// In text, list this many problems of each code; `all` for all
        #[arg(long, value_name = "N", default_value = "20", value_parser = top)]
        top: Top,
        #[command(flatten)]
        options: TimelessOptions,
    },
    /// Explain an error code: its meaning, an example, and how to fix it
    Explain {
        /// The code, such as E0301; by default, lists all codes
        code: Option<String>,
        #[command(flatten)]
        options: ReferenceOptions,
    },
    /// Draw a diagram: SVG, PNG, PDF, or DOT text for Graphviz
    Draw(DrawArgs),
    /// Import tables into a graph file, using a mapping
    Import(ImportArgs),
    /// Pack the graph into one file that opens many times faster than text
    Pack {
        /// The file to write, ending in .keiretsu; -g opens it like any graph
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        options: PackOptions,
    },
    /// Export the graph as data
    Export {
        /// The format
        #[arg(value_enum)]
        form: ExportForm,
        /// The format again, for those who always give one
        #[arg(long, value_enum)]
        format: Option<ExportForm>,
        #[command(flatten)]
        options: OwnFormatOptions,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// The formats of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// One JSON object: sources, entities, facts, relations
    Json,
}

/// How much of a long list is printed as text.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct ListOptions {
    /// In text, list this many lines below a heading; `all` for all
    #[arg(long, value_name = "N", default_value = "100", value_parser = top)]
    pub(crate) top: Top,
}

/// How many lines of a list are printed; none for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Top(pub(crate) Option<usize>);

pub(crate) fn top(text: &str) -> Result<Top, String> {
    if text.eq_ignore_ascii_case("all") {
        Ok(Top(None))
    } else {
        at_least_one(text).map(|top| Top(Some(top)))
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// The entity
    pub(crate) name: String,
    /// Only how much there is below each heading, and with whom
    #[arg(long)]
    pub(crate) brief: bool,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// Kinds of entities: Company, Product, Patent, Brand, Person and so on; by default, all
    #[arg(value_name = "KIND")]
    pub(crate) kinds: Vec<String>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: PlaceOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SourcesArgs {
    /// The id or title of one source
    #[arg(value_name = "SOURCE")]
    pub(crate) asked: Option<String>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: SummaryOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RankArgs {
    /// Kinds of entities to list: Company, Product, Patent, Brand, Person and so on; by default, all
    #[arg(value_name = "KIND")]
    pub(crate) listed: Vec<String>,
    /// What is counted
    #[arg(long, value_enum, value_name = "MEASURE", default_value_t = MeasureArg::Pagerank)]
    pub(crate) by: MeasureArg,
    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = at_least_one)]
    pub(crate) top: usize,
    /// For PageRank: follow symmetric relations in both directions, not only from the party written first
    #[arg(long)]
    pub(crate) mutual: bool,
    #[command(flatten)]
    pub(crate) options: SummaryOptions,
}

/// By what entities are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MeasureArg {
    /// The share of a random walk along relations, from subject to object
    Pagerank,
    /// The relations, and the distinct neighbors at their other ends
    Degree,
    /// The pairs of others whose shortest paths lead through it
    Betweenness,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ComponentsArgs {
    /// List every member of each component, not only the first five
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) options: SummaryOptions,
}

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_IMPORT_HELP)]
pub(crate) struct ImportArgs {
    /// The format of the tables
    #[arg(value_enum)]
    pub(crate) form: ImportForm,
    /// The mapping file, which says what each column means; tables are looked up relative to it
    pub(crate) mapping: PathBuf,
    /// The graph file to write, ending in .ron or .keiretsu
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// The file for rows that cannot be used; by default, next to the graph as .rejects.csv
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) options: ImportOptions,
}

/// The formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportForm {
    /// Cells separated by commas, semicolons, tabs or bars, in UTF-8, with a header
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PartnersArgs {
    /// Whose partners; by default, all pairs
    pub(crate) name: Option<String>,
    /// Include partners of partners, up to this many partnerships away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "name", value_parser = at_least_one)]
    pub(crate) hops: usize,
    /// Only partners shared with this entity
    #[arg(long = "with", value_name = "NAME", requires = "name", conflicts_with = "hops")]
    pub(crate) shared_with: Option<String>,
    /// Count shared alliances, trade and rights too
    #[arg(long)]
    pub(crate) broad: bool,
    /// Treat the entity, its units, and companies named as its children by a Subsidiary fact as one
    #[arg(long, requires = "name")]
    pub(crate) group: bool,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NeighborsArgs {
    /// The entity in the middle
    pub(crate) name: String,
    /// Only in this direction
    #[arg(long, value_enum, default_value_t = DirectionArg::Both)]
    pub(crate) direction: DirectionArg,
    /// Up to this many relations away
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one)]
    pub(crate) hops: usize,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InterlocksArgs {
    /// Whose interlocks; by default, all pairs
    pub(crate) name: Option<String>,
    /// Only by sharing these, separated by commas
    #[arg(long, value_enum, value_name = "TIE", value_delimiter = ',')]
    pub(crate) by: Vec<TieArg>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// What two companies share somebody as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TieArg {
    /// A person with a position at both
    Person,
    /// An owner of shares of both
    Owner,
    /// An investor in both
    Investor,
    /// A partner of both
    Partner,
}

impl From<TieArg> for Tie {
    fn from(tie: TieArg) -> Self {
        match tie {
            TieArg::Person => Self::Person,
            TieArg::Owner => Self::Owner,
            TieArg::Investor => Self::Investor,
            TieArg::Partner => Self::Partner,
        }
    }
}

/// The direction in which relations are followed.
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
    /// The first entity
    pub(crate) from: String,
    /// The second entity
    pub(crate) to: String,
    /// Over at most this many relations (with --all, 4 by default)
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) max_hops: Option<usize>,
    /// All paths that visit no entity twice, the best first
    #[arg(long)]
    pub(crate) all: bool,
    /// Which path is the best
    #[arg(long, value_enum, value_name = "ORDER", default_value_t = PathOrderArg::Hops)]
    pub(crate) by: PathOrderArg,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// By what the best of several paths is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PathOrderArg {
    /// The shortest
    Hops,
    /// The one whose oldest relation is the most recent
    Recent,
    /// The one whose least certain relation is the most certain
    Certain,
}

impl From<PathOrderArg> for PathOrder {
    fn from(order: PathOrderArg) -> Self {
        match order {
            PathOrderArg::Hops => Self::Hops,
            PathOrderArg::Recent => Self::Recent,
            PathOrderArg::Certain => Self::Certain,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct TimelineArgs {
    /// The entities; by default, all
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Only events that may be of this date or later, as in 2016-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// Only events that may be of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
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
    #[command(flatten)]
    pub(crate) list: ListOptions,
    #[command(flatten)]
    pub(crate) options: DiffOptions,
}

pub(crate) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("it must be at least 1".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err("it must be a whole number".to_owned()),
    }
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: keiretsu::ValueError| with_hint(&error))
}

/// A date, or `today`.
pub(crate) fn date_of_view(text: &str) -> Result<Date, String> {
    if text.trim().eq_ignore_ascii_case("today") { Ok(Date::today()) } else { date(text) }
}

pub(crate) fn with_hint(error: &keiretsu::ValueError) -> String {
    match error.hint() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    }
}
