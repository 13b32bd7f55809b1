//! The arguments of `draw`.

use std::path::PathBuf;

use clap::ValueEnum;
use keiretsu::{LayoutEngine, Page, Theme};

use crate::args::at_least_one;
use crate::options::OwnFormatOptions;

#[derive(Debug, clap::Args)]
pub(crate) struct DrawArgs {
    /// The file to write, ending in .svg, .png, .pdf, .dot or .gv; by default, DOT goes to standard output
    #[arg(short, long = "output", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only the surroundings of this entity
    #[arg(long, value_name = "NAME", conflicts_with_all = ["path", "deals"])]
    pub(crate) around: Option<String>,
    /// With --around, up to this many relations away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around", value_parser = at_least_one)]
    pub(crate) hops: usize,
    /// Only how these two entities are connected
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], conflicts_with = "deals")]
    pub(crate) path: Vec<String>,
    /// Only the deals between these two entities
    #[arg(long, num_args = 2, value_names = ["NAME", "NAME"])]
    pub(crate) deals: Vec<String>,
    /// Only who owns or controls this organisation, and what it owns or controls
    #[arg(long, value_name = "NAME", conflicts_with_all = ["around", "path", "deals", "kinds"])]
    pub(crate) ownership: Option<String>,
    #[command(flatten)]
    pub(crate) several: MarkedArgs,
    /// Name only this many of the largest neighbors that have no other connection, and fold the rest into one box
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
    /// For PNG, the number of pixels per point (2 by default)
    #[arg(long, value_name = "N", value_parser = scale)]
    pub(crate) scale: Option<f32>,
    /// For SVG, PNG and PDF, the layout engine
    #[arg(long, value_enum, value_name = "ENGINE")]
    pub(crate) layout: Option<LayoutArg>,
    #[command(flatten)]
    pub(crate) options: OwnFormatOptions,
}

/// Whose shares are marked and added up in a picture of owners.
#[derive(Debug, clap::Args)]
pub(crate) struct MarkedArgs {
    /// With --ownership, mark these, and state at the foot what they have together
    #[arg(long, value_name = "NAME", num_args = 1.., requires = "ownership")]
    pub(crate) together: Vec<String>,
    /// Like --together, for those in a text file: a name, id or identifier per line, comments after #
    #[arg(long, value_name = "FILE", requires = "ownership")]
    pub(crate) listed: Option<PathBuf>,
}

/// The layout engines.
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

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if scale.is_finite() && scale > 0.0 => Ok(scale),
        _ => Err("it must be a number above 0".to_owned()),
    }
}
