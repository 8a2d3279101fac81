//! `farline compare`

use super::Place;
use clap::Args;
use farline_domain::catalog::OperatorCode;
use jiff::civil::Date;

/// Arguments of `compare`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  farline import listings others.csv              what others ask, as they list it\n  farline import rates rates.csv                  what their currencies are worth\n  farline compare --gb 5 --days 30                every offer, the best first\n  farline compare --gb 20 --days 60 --operator maplewave --json"
)]
pub(crate) struct CompareArguments {
    /// Data in GB, over all the days.
    #[arg(long, default_value = "0")]
    pub(crate) gb: String,
    /// Calls in minutes.
    #[arg(long, default_value_t = 0)]
    pub(crate) minutes: u32,
    /// Text messages.
    #[arg(long, default_value_t = 0)]
    pub(crate) messages: u32,
    /// For how many days.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
    pub(crate) days: u16,
    /// The first day; today unless it is said.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// The operator whose cards it has to be for; any unless it is said.
    #[arg(long, value_parser = OperatorCode::parse)]
    pub(crate) operator: Option<OperatorCode>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}
