//! The arguments of `deals`.

use clap::ValueEnum;
use keiretsu::{Currency, Date, DealKey, DealOrder, ExchangeRate, Money, ValueError};

use crate::args::{Top, date, top, with_hint};
use crate::options::QueryOptions;

const AFTER_HELP: &str = "\
Groups (--by) count deals and add their amounts, each currency by itself. Counted apart and not
added: legs of larger deals (unless no whole states an amount), rumours, what is only sought,
called off or replaced, and further claims about the same deal.

Rates are yours: the graph has none.

keiretsu deals --by year --in EUR --rate USD=0.92@2016 --rate GBP=1.22@2016
keiretsu deals --kind License --ending before 2028";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct DealsArgs {
    /// Who takes part; if several are named, all of them must
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Only deals that may be of this date or later, as in 2016-05
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<Date>,
    /// Only deals that may be of this date or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<Date>,
    /// Only deals that certainly or possibly end before this date, as in --ending before 2028
    #[arg(long, num_args = 2, value_names = ["before", "DATE"])]
    pub(crate) ending: Vec<String>,
    /// The same as --ending before DATE
    #[arg(long, hide = true, value_name = "DATE", value_parser = date, conflicts_with = "ending")]
    pub(crate) ending_before: Option<Date>,
    /// Only deals of this amount or more, as in "USD 100 million"
    #[arg(long, value_name = "AMOUNT", value_parser = value::<Money>)]
    pub(crate) min: Option<Money>,
    /// Convert a currency into that of --in or --min, as in USD=0.92@2016; repeat it for other currencies
    #[arg(long = "rate", value_name = "RATE", value_parser = value::<ExchangeRate>)]
    pub(crate) rates: Vec<ExchangeRate>,
    /// The currency that --rate converts to, if it is not that of --min
    #[arg(long = "in", value_name = "CURRENCY", requires = "rates", value_parser = value::<Currency>)]
    pub(crate) currency: Option<Currency>,
    /// The order; by default by date, groups by their number of deals
    #[arg(long, value_enum, value_name = "ORDER")]
    pub(crate) sort: Option<SortArg>,
    /// List how many deals there are, and what they amount to, in groups
    #[arg(long, value_enum, value_name = "KEY")]
    pub(crate) by: Option<KeyArg>,
    /// List so many deals or groups, the first ones; `all` for all, as by default
    #[arg(long, value_name = "N", value_parser = top)]
    pub(crate) top: Option<Top>,
    #[command(flatten)]
    pub(crate) options: QueryOptions,
}

/// The order of deals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortArg {
    /// The largest first, one currency after the other
    Amount,
    /// The earliest first, undated ones last
    Date,
    /// By the name of the first party
    Name,
}

impl From<SortArg> for DealOrder {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Amount => Self::Amount,
            SortArg::Date => Self::Date,
            SortArg::Name => Self::Name,
        }
    }
}

/// What deals are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyArg {
    /// The year of the deal's date
    Year,
    /// The currency of the amount
    Currency,
    /// Each party
    Party,
    /// The kind of fact
    Kind,
    /// The status, such as Completed
    Status,
    /// Each country of a party
    Country,
}

impl From<KeyArg> for DealKey {
    fn from(key: KeyArg) -> Self {
        match key {
            KeyArg::Year => Self::Year,
            KeyArg::Currency => Self::Currency,
            KeyArg::Party => Self::Party,
            KeyArg::Kind => Self::Kind,
            KeyArg::Status => Self::Status,
            KeyArg::Country => Self::Country,
        }
    }
}

fn value<T: std::str::FromStr<Err = ValueError>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error: ValueError| with_hint(&error))
}
