//! `farline import`

use super::{Place, TradesArguments};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Operators, plans, zones, promotions and taxes from a TOML file.
    Plans(ImportArguments),
    /// Promotions from a TOML file, beside those that came with the plans.
    Promotions(ImportArguments),
    /// What others ask for the like, from a CSV file: a seller's listings in place of what it had.
    Listings(ImportArguments),
    /// What currencies are worth, from a CSV file.
    Rates(ImportArguments),
    /// Lines from a CSV file.
    Lines(ImportArguments),
    /// Orders of a shop that nobody reads, from the file that its seller exports at Taobao or JD.
    Trades(TradesArguments),
    /// A whole installation from a file of `farline export`, into a database that is empty.
    Installation(ImportArguments),
}

/// Arguments of an import.
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The file.
    pub(crate) file: PathBuf,
    /// Where to.
    #[command(flatten)]
    pub(crate) place: Place,
    /// Only check the file; change nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}
