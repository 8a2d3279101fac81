//! `farline partners`

use super::Place;
use clap::{Args, Subcommand};
use farline_domain::kernel::Province;
use farline_domain::partners::{PartnerCode, Scope};
use farline_domain::subjects::PaidBy;
use std::path::PathBuf;

/// What can be done with partners.
#[derive(Debug, Subcommand)]
#[command(
    before_help = "Examples:\n  farline partners add harbour-travel --name \"Harbour Travel\" --province ON --discount 8\n  farline partners pay-in harbour-travel 500.00 --reference C1A2B3C4 --paid-by bank_transfer --reason \"top-up of November\"\n  farline partners prices export harbour-travel > prices.csv   edit it, then\n  farline partners prices import harbour-travel prices.csv     its price list, as a whole\n  farline partners key harbour-travel --label till             prints the key, once\n  farline partners credit harbour-travel 200.00 --reason \"signed on 28 November\""
)]
pub(crate) enum PartnersCommand {
    /// Add a partner, with nothing paid in and no credit.
    Add(AddArguments),
    /// List the partners, with how their accounts stand.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Change a partner: its prices, where it is told of its orders, who sees its portal, whether it may sell.
    Change(ChangeArguments),
    /// Take a partner's price list in, or write it out.
    #[command(subcommand)]
    Prices(PricesCommand),
    /// Book what a partner paid in. The same reference again books nothing.
    PayIn(PayInArguments),
    /// Book what was paid back to a partner: never more than is theirs.
    PayOut(PaymentArguments),
    /// Set how much a partner may use beyond what is paid in.
    Credit {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// The amount, such as 200.00.
        amount: String,
        /// Why; the account's entries say whose decision it was.
        #[arg(long)]
        reason: String,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Make a key for a partner's programs, and print it once.
    Key {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// What they call it.
        #[arg(long)]
        label: String,
        /// What it may do: read, or order.
        #[arg(long, default_value = "order", value_parser = scope)]
        scope: Scope,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// End a key, by its last four letters.
    EndKey {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// Its last four letters.
        ending: String,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Print the secret that signs what a partner is told.
    Secret {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// Make a new one; the one before signs beside it for a day.
        #[arg(long)]
        rotate: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `partners add`.
#[derive(Debug, Args)]
pub(crate) struct AddArguments {
    /// Its code, for ever: lower-case letters, digits and hyphens.
    #[arg(value_parser = code)]
    pub(crate) partner: PartnerCode,
    /// Its name.
    #[arg(long)]
    pub(crate) name: String,
    /// The province whose taxes its purchases bear, such as ON.
    #[arg(long, value_parser = province)]
    pub(crate) province: Province,
    /// What it gets off the price of every plan, in percent.
    #[arg(long, value_name = "PERCENT", default_value = "0")]
    pub(crate) discount: String,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Arguments of `partners change`.
#[derive(Debug, Args)]
pub(crate) struct ChangeArguments {
    /// The partner's code.
    #[arg(value_parser = code)]
    pub(crate) partner: PartnerCode,
    /// Its name.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// What it gets off the price of every plan, in percent.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) discount: Option<String>,
    /// What one plan costs it before tax, such as maplewave-5gb=24.50; with nothing after the sign, the discount counts again.
    #[arg(long, value_name = "PLAN=AMOUNT")]
    pub(crate) price: Option<String>,
    /// Where it is told of its orders: an https address; nothing, to tell it nothing.
    #[arg(long, value_name = "URL")]
    pub(crate) callback: Option<String>,
    /// Somebody who is one of its people from now on, and sees its portal: the e-mail address of an account.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) person: Option<String>,
    /// Somebody who is not any more.
    #[arg(long, value_name = "EMAIL")]
    pub(crate) no_person: Option<String>,
    /// Take no new orders of it.
    #[arg(long, conflicts_with = "open")]
    pub(crate) stop: bool,
    /// Take its orders again.
    #[arg(long)]
    pub(crate) open: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// What can be done with the prices of a partner.
#[derive(Debug, Subcommand)]
pub(crate) enum PricesCommand {
    /// Take in a price list (CSV: plan,price,currency), all of it or nothing. It takes the place of the one before: plans
    /// that are not in it are sold at the discount.
    Import {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// The file.
        file: PathBuf,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Write the price list out, as it is taken in.
    Export {
        /// The partner's code.
        #[arg(value_parser = code)]
        partner: PartnerCode,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `partners pay-in`.
#[derive(Debug, Args)]
pub(crate) struct PayInArguments {
    /// What came in.
    #[command(flatten)]
    pub(crate) payment: PaymentArguments,
    /// How it came: bank_transfer, interac, cheque or cash.
    #[arg(long, value_parser = paid_by)]
    pub(crate) paid_by: Option<PaidBy>,
    /// What it is for; it stays with the payment.
    #[arg(long)]
    pub(crate) reason: Option<String>,
}

/// Arguments of `partners pay-out`, and of every payment.
#[derive(Debug, Args)]
pub(crate) struct PaymentArguments {
    /// The partner's code.
    #[arg(value_parser = code)]
    pub(crate) partner: PartnerCode,
    /// The amount, such as 500.00.
    pub(crate) amount: String,
    /// What names the payment on the bank's statement.
    #[arg(long)]
    pub(crate) reference: String,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

fn code(text: &str) -> Result<PartnerCode, String> {
    PartnerCode::parse(text)
}

fn scope(word: &str) -> Result<Scope, String> {
    Scope::parse(word).ok_or_else(|| "there are: read, order".to_owned())
}

fn paid_by(word: &str) -> Result<PaidBy, String> {
    PaidBy::parse(word).ok_or_else(|| "there are: bank_transfer, interac, cheque, cash".to_owned())
}

fn province(word: &str) -> Result<Province, String> {
    Province::parse(word).ok_or_else(|| "a province is two letters, such as ON".to_owned())
}
