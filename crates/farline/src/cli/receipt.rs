//! `farline receipt`

use clap::Subcommand;
use std::path::PathBuf;

/// What can be done with receipts.
#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// Check that a receipt is whole, and whose it is.
    Verify {
        /// The PDF.
        file: PathBuf,
        /// The issuer's public key: a file, or 64 hexadecimal digits.
        #[arg(long, value_name = "FILE", conflicts_with = "data")]
        key: Option<String>,
        /// The issuer's data folder.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
}
