//! `farline promotions`

use super::Place;
use clap::Subcommand;
use farline_domain::catalog::PromotionCode;
use std::path::PathBuf;

/// What can be done with promotions.
#[derive(Debug, Subcommand)]
#[command(
    before_help = "Examples:\n  farline import promotions winter.toml       make them, or change them\n  farline promotions list                     what is given, and what is left\n  farline promotions codes winter --out w.csv the single-use codes of one\n  farline promotions end winter               give it no more"
)]
pub(crate) enum PromotionsCommand {
    /// List them, with how often each was used and what is left.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Write the single-use codes of a promotion into a file. The same codes come out each time.
    Codes {
        /// The promotion.
        #[arg(value_parser = code)]
        promotion: PromotionCode,
        /// The file to write; there must be none of this name.
        #[arg(long)]
        out: PathBuf,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Give one no more. Prices that were given keep their word until they expire.
    End {
        /// The promotion.
        #[arg(value_parser = code)]
        promotion: PromotionCode,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

fn code(text: &str) -> Result<PromotionCode, String> {
    PromotionCode::parse(text)
}
