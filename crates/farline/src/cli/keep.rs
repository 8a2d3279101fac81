//! `farline keep`

use super::Place;
use clap::Args;
use jiff::civil::Date;

/// Arguments of `keep`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  farline keep 4165550100 --until 2027-09-01             the number, at the least cost\n  farline keep 4165550100 --until 2027-09-01 --service   in service on every day"
)]
pub(crate) struct KeepArguments {
    /// The card's number, or the number printed on the card.
    pub(crate) number: String,
    /// The last local date on which it is to be kept, such as 2027-09-01.
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Date,
    /// Keep it in service on every day, not only the number.
    #[arg(long)]
    pub(crate) service: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}
