//! `farline vouchers`

use super::Place;
use clap::{Args, Subcommand};
use farline_domain::catalog::PlanCode;
use farline_domain::shops::{ShopCode, VoucherBatchCode};
use std::path::PathBuf;

/// What can be done with vouchers.
#[derive(Debug, Subcommand)]
#[command(
    before_help = "Examples:\n  farline vouchers make autumn-2026 --shop red-maple --plan maplewave-5gb --price \"128.00 CNY\" --count 500 --out autumn.csv\n  farline vouchers list\n  farline vouchers revoke autumn-2026 --number 17 --number 18"
)]
pub(crate) enum VouchersCommand {
    /// Make a batch of codes, each good for one renewal, and write them into a file: once, for nobody has them afterwards.
    Make(MakeArguments),
    /// List the batches, with how many of each are unused, used and revoked.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Revoke unused codes of a batch: those of these numbers, or all.
    Revoke {
        /// The batch.
        #[arg(value_parser = batch)]
        batch: VoucherBatchCode,
        /// A code's number in the file; may be repeated.
        #[arg(long, required_unless_present = "all", conflicts_with = "all")]
        number: Vec<u32>,
        /// Every one that is unused.
        #[arg(long)]
        all: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `vouchers make`.
#[derive(Debug, Args)]
pub(crate) struct MakeArguments {
    /// What the batch is called, for ever: lower-case letters, digits and hyphens.
    #[arg(value_parser = batch)]
    pub(crate) batch: VoucherBatchCode,
    /// The shop that sells them.
    #[arg(long, value_parser = shop)]
    pub(crate) shop: ShopCode,
    /// The plan that each is good for.
    #[arg(long, value_parser = plan)]
    pub(crate) plan: PlanCode,
    /// What a buyer pays the shop for one, tax included, such as "128.00 CNY".
    #[arg(long)]
    pub(crate) price: String,
    /// How many, at most 100,000.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) count: u32,
    /// The file to write; there must be none of this name.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

fn batch(text: &str) -> Result<VoucherBatchCode, String> {
    VoucherBatchCode::parse(text)
}

fn shop(text: &str) -> Result<ShopCode, String> {
    ShopCode::parse(text)
}

fn plan(text: &str) -> Result<PlanCode, String> {
    PlanCode::parse(text)
}
