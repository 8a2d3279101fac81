//! `farline suppliers`

use super::Place;
use clap::{Args, Subcommand};
use farline_domain::catalog::OperatorCode;

/// Arguments of `suppliers`.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    before_help = "Examples:\n  farline suppliers                       each with its float and its state\n  farline suppliers catalogue airtime     what it sells, with prices\n  farline suppliers catalogue airtime --listings > airtime.csv && farline import listings airtime.csv"
)]
pub(crate) struct SuppliersArguments {
    /// Ask one of them instead.
    #[command(subcommand)]
    pub(crate) command: Option<SuppliersCommand>,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// What a supplier can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum SuppliersCommand {
    /// Everything it sells, as its account sees it: what a plan's mapping can name, and what it costs.
    Catalogue {
        /// Its name in the configuration.
        name: String,
        /// As JSON: one line for each product.
        #[arg(long)]
        json: bool,
        /// As a sheet (CSV) that `farline import listings` takes, to be compared with what others ask.
        #[arg(long, conflicts_with = "json")]
        listings: bool,
        /// The operator on whose network all of it is.
        #[arg(long, value_parser = OperatorCode::parse, requires = "listings")]
        operator: Option<OperatorCode>,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}
