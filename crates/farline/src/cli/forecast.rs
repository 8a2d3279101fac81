//! `farline forecast`

use super::Place;
use clap::{Args, Subcommand};

/// What can be asked of forecasts.
#[derive(Debug, Subcommand)]
pub(crate) enum ForecastCommand {
    /// Foretell the last days of every card from those before them, and say how far that was from what happened, beside the
    /// mean of thirty days. Nothing is changed.
    Backtest(BacktestArguments),
}

/// Arguments of `forecast backtest`.
#[derive(Debug, Args)]
pub(crate) struct BacktestArguments {
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}
