//! The command line: noun, verb, and examples first.

mod compare;
mod forecast;
mod import;
mod keep;
mod partners;
mod promotions;
mod receipt;
mod shops;
mod staff;
mod suppliers;
mod vouchers;

pub(crate) use compare::CompareArguments;
pub(crate) use forecast::{BacktestArguments, ForecastCommand};
pub(crate) use import::{ImportArguments, ImportCommand};
pub(crate) use keep::KeepArguments;
pub(crate) use partners::{
    AddArguments, ChangeArguments, PartnersCommand, PayInArguments, PaymentArguments, PricesCommand,
};
pub(crate) use promotions::PromotionsCommand;
pub(crate) use receipt::ReceiptCommand;
pub(crate) use shops::{ListingArguments, ShopsArguments, TradesArguments};
pub(crate) use staff::{AuditArguments, InviteArguments, StaffCommand, WantedRole};
pub(crate) use suppliers::{SuppliersArguments, SuppliersCommand};
pub(crate) use vouchers::{MakeArguments, VouchersCommand};

use crate::config::StorePlace;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Sell, renew and keep alive prepaid travel SIM and eSIM cards.
#[derive(Debug, Parser)]
#[command(
    name = "farline",
    version = concat!(env!("CARGO_PKG_VERSION")),
    about = "Farline 续航 — sell, renew and keep alive prepaid travel SIM and eSIM cards",
    after_help = "Examples:\n  farline demo                          try everything, with invented data\n  farline setup                         say who sells, once\n  farline serve --config farline.toml   run it for real\n  farline import lines lines.csv        take in lines\n  farline receipt verify receipt.pdf    check a receipt\n  farline doctor                        how is it doing?\n  farline backup farline.backup         copy the database while it is in use"
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Try everything with invented operators, lines and money.
    Demo(DemoArguments),
    /// Answer, once, what the law wants customers to see; it is written into the configuration file.
    Setup(SetupArguments),
    /// Run the program for real.
    Serve(Place),
    /// Take in plans, lines or a whole installation from a file: all of it, or nothing.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write the whole installation into one file, to take it into another database.
    Export(ExportArguments),
    /// Copy the database while it is in use, or look at such a copy.
    Backup(BackupArguments),
    /// Look at orders, and decide those that wait for a person.
    #[command(subcommand)]
    Orders(OrdersCommand),
    /// Say when each shop on a marketplace was last read, and which of its items wait for what.
    Shops(ShopsArguments),
    /// Make codes that a shop sells, each good for one renewal; see and revoke them.
    #[command(subcommand)]
    Vouchers(VouchersCommand),
    /// See promotions and what is left of them, write their single-use codes, end them.
    #[command(subcommand)]
    Promotions(PromotionsCommand),
    /// Write what a shop says about a plan where it offers it: contents, start, number, refunds, in every language.
    Listing(ListingArguments),
    /// Plan how a number is kept until a date at the least cost, and say what is lost if nothing is done.
    Keep(KeepArguments),
    /// Price the same need over every channel, and name the best.
    Compare(CompareArguments),
    /// See how suppliers stand and what they sell.
    Suppliers(SuppliersArguments),
    /// Invite people to the desk, see who they are, end their work.
    #[command(subcommand)]
    Staff(StaffCommand),
    /// Add partners who sell from an account with you; book what they pay, make their keys.
    #[command(subcommand)]
    Partners(PartnersCommand),
    /// Say who looked at what and did what at the desk, and that nothing of it was altered.
    Audit(AuditArguments),
    /// Check receipts.
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Say what the books need.
    #[command(subcommand)]
    Report(ReportCommand),
    /// Say how well the use of cards is foretold.
    #[command(subcommand)]
    Forecast(ForecastCommand),
    /// Hold a payment provider's settlement export, line by line, against what is kept; nothing is changed, unless it is
    /// to post the provider's fees.
    #[command(subcommand)]
    Reconcile(ReconcileCommand),
    /// Bring the database up to this version; serving does it too.
    Migrate(MigrateArguments),
    /// Say how the installation is doing.
    Doctor(DoctorArguments),
    /// Measure how fast this machine is, beside what its disk allows.
    Bench(BenchArguments),
}

/// Arguments of `bench`.
#[derive(Debug, Args)]
pub(crate) struct BenchArguments {
    /// What to measure.
    pub(crate) operation: BenchOperation,
    /// Where the data is kept: `sqlite` in a folder that goes when the benchmark ends, or the URL of a
    /// PostgreSQL server on which databases of the benchmark's own are made and removed again.
    #[arg(long, default_value = "sqlite", value_name = "STORE")]
    pub(crate) store: String,
    /// For how long.
    #[arg(long, default_value_t = 5)]
    pub(crate) seconds: u64,
    /// How many callers ask at once, each waiting for its answer.
    #[arg(long, default_value_t = 256)]
    pub(crate) clients: u32,
    /// How many lines there are.
    #[arg(long, default_value_t = 50_000)]
    pub(crate) lines: u32,
    /// On how many cells the lines lie; all of them unless it is said.
    #[arg(long, default_value_t = farline_domain::kernel::Cell::COUNT, value_name = "N")]
    pub(crate) cells: u16,
    /// Work in the database that `--store` names, which is migrated and empty, and leave the lines there: so a database
    /// that is spread out can be measured. There is no floor beside it.
    #[arg(long)]
    pub(crate) in_place: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Draw the figures as a picture.
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchOperation {
    /// Renewals paid from the line's credit: placed, paid and delivered in one decision.
    Renew,
    /// The same over HTTP, with rate limits off.
    Http,
    /// Uses of data, each one a megabyte of what is left.
    Charge,
    /// Taking a file of lines in, all of it or nothing; `--lines` says how many, for one caller.
    Import,
    /// Looking a card up by its number.
    Search,
    /// One look at every line for what its people are to be told; `--lines` says how many.
    Reminders,
    /// Orders of a shop on a marketplace, from its message to the shop knowing of the delivery; `--lines` says how many, at most
    /// ten thousand.
    Shops,
    /// What this machine carries, in one sentence.
    Capacity,
}

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "FARLINE_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// The configuration file.
    #[arg(long, value_name = "FILE", env = "FARLINE_CONFIG", conflicts_with = "data")]
    pub(crate) config: Option<PathBuf>,
    /// The store, where it is not in the data folder: `postgres://…`. Better in the configuration file
    /// or in the environment, as a command line can be read by others on the machine.
    #[arg(long, value_name = "URL", env = "FARLINE_STORE", hide_env_values = true)]
    pub(crate) store: Option<StorePlace>,
}

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArguments {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The data folder.
    #[arg(long, value_name = "DIR", default_value = "farline-data")]
    pub(crate) data: PathBuf,
    /// Start from scratch: what is in the data folder of an earlier demonstration is removed.
    #[arg(long)]
    pub(crate) fresh: bool,
    /// Where the data is kept: `sqlite` (in the data folder), or the URL of a PostgreSQL database.
    #[arg(
        long,
        value_name = "URL",
        default_value = "sqlite",
        env = "FARLINE_STORE",
        hide_env_values = true
    )]
    pub(crate) store: StorePlace,
}

/// Arguments of `setup`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  farline setup                              ask, show it all, write farline.toml\n  farline setup --check                      what is missing?\n  farline setup --answers answers.toml       without a terminal; the keys of [business]\n  farline setup --answers a.toml --dry-run   show the file as it would be"
)]
pub(crate) struct SetupArguments {
    /// The configuration file; made if there is none. What else is in it stays as it is.
    #[arg(long, value_name = "FILE", env = "FARLINE_CONFIG", default_value = "farline.toml")]
    pub(crate) config: PathBuf,
    /// Take the answers from this TOML file instead of asking: the keys of [business].
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    pub(crate) answers: Option<PathBuf>,
    /// Only say what is missing or wrong, with exit status 1 if anything is.
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) check: bool,
    /// Show the file as it would be, and write nothing.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// The file to write; there must be none of this name.
    pub(crate) file: PathBuf,
    /// Also while the installation is in use: the file is then of one moment, and what is written
    /// later is not in it. For a look, not for moving house.
    #[arg(long)]
    pub(crate) while_running: bool,
    /// Where from.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Arguments of `backup`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct BackupArguments {
    /// Look at a copy instead.
    #[command(subcommand)]
    pub(crate) command: Option<BackupCommand>,
    /// The file to write; there must be none of this name.
    #[arg(required = true)]
    pub(crate) file: Option<PathBuf>,
    /// How fast, in megabytes a second: slowly enough that others hardly notice.
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) megabytes_per_second: u32,
    /// Where from.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// What can be done with a copy.
#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Restore a copy into a temporary folder (TMPDIR says where), recompute every invariant, and say
    /// what it holds and whether it would start.
    Verify {
        /// The copy.
        file: PathBuf,
    },
}

/// What can be reported.
#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// Where the money of a day is: taken in, delivered, given back, held; and that nothing is left over.
    Money {
        /// The local date, such as 2026-11-28; today unless it is said.
        #[arg(long, value_name = "DATE")]
        day: Option<jiff::civil::Date>,
        /// The time zone whose day it is.
        #[arg(long, value_name = "ZONE", default_value = "America/Toronto")]
        zone: String,
        /// Every entry too, before the sums.
        #[arg(long)]
        rows: bool,
        /// As JSON: one document, or with `--rows` one line for each set of entries before it.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// What tax was collected in some days, and on what, by province, tax and registration, less what was taken back: CSV;
    /// and that it is what the tax accounts say.
    Tax(TaxArguments),
}

/// Arguments of `report tax`.
#[derive(Debug, Args)]
pub(crate) struct TaxArguments {
    /// The first local date, such as 2026-10-01.
    #[arg(long, value_name = "DATE")]
    pub(crate) from: jiff::civil::Date,
    /// The last local date.
    #[arg(long, value_name = "DATE")]
    pub(crate) to: jiff::civil::Date,
    /// The time zone whose days they are.
    #[arg(long, value_name = "ZONE", default_value = "America/Toronto")]
    pub(crate) zone: String,
    /// As JSON in place of CSV.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Whose export is held against what is kept.
#[derive(Debug, Subcommand)]
pub(crate) enum ReconcileCommand {
    /// Stripe's balance report, itemised, with the column `payment_metadata[farline_order]`.
    Stripe(ReconcileArguments),
    /// PayPal's settlement report, or its transaction detail report.
    Paypal(ReconcileArguments),
}

/// Arguments of `reconcile`.
#[derive(Debug, Args)]
pub(crate) struct ReconcileArguments {
    /// The export, as CSV.
    pub(crate) file: PathBuf,
    /// The first local date that the export is of, where it does not say so itself: what it lacks is looked for from there.
    #[arg(long, value_name = "DATE", requires = "to")]
    pub(crate) from: Option<jiff::civil::Date>,
    /// The last local date that it is of.
    #[arg(long, value_name = "DATE", requires = "from")]
    pub(crate) to: Option<jiff::civil::Date>,
    /// The time zone whose days they are.
    #[arg(long, value_name = "ZONE", default_value = "America/Toronto")]
    pub(crate) zone: String,
    /// Then post what the provider kept of each order's money as fees; a fee that was posted before is left as it is.
    #[arg(long)]
    pub(crate) book_fees: bool,
    /// As JSON: one line for each difference, then one document.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// What can be done with orders.
#[derive(Debug, Subcommand)]
pub(crate) enum OrdersCommand {
    /// List orders.
    List {
        /// Only those that wait for a person, soonest deadline first.
        #[arg(long, required = true)]
        needs_person: bool,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Show one order.
    Show {
        /// Its reference or id.
        order: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
    /// Give money back although the value was delivered: all that is left of the payment, or a part.
    Refund(RefundArguments),
    /// Decide about an order.
    Resolve {
        /// Its reference or id.
        order: String,
        /// What you found or decided.
        #[arg(long, value_enum)]
        verdict: VerdictArgument,
        /// Why: it is kept in the audit.
        #[arg(long)]
        reason: String,
        /// Where.
        #[command(flatten)]
        place: Place,
    },
}

/// Arguments of `orders refund`.
#[derive(Debug, Args)]
pub(crate) struct RefundArguments {
    /// Its reference or id.
    pub(crate) order: String,
    /// How much, in the order's currency, such as 12.50; all that is left, if it is not said.
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    /// As credit on the line instead of to the method that paid.
    #[arg(long)]
    pub(crate) as_credit: bool,
    /// Why: it is kept in the audit. The same refund in the same words, asked for twice, is given once.
    #[arg(long)]
    pub(crate) reason: String,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// A person's verdict.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum VerdictArgument {
    /// The network has it.
    Delivered,
    /// The network does not have it: the money goes back.
    NotDelivered,
    /// Try a failed refund again.
    RefundAgain,
    /// Make credit of the line of what a failed refund owes.
    RefundAsCredit,
    /// Nothing more to do: of a dispute, that it is answered at the provider.
    Close,
}

/// Arguments of `migrate`.
#[derive(Debug, Args)]
pub(crate) struct MigrateArguments {
    /// Spread the tables over the machines that Citus has joined: by cell, or a copy on each.
    #[arg(long)]
    pub(crate) citus: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct DoctorArguments {
    /// Recompute every invariant over the whole database.
    #[arg(long)]
    pub(crate) deep: bool,
    /// As JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Where.
    #[command(flatten)]
    pub(crate) place: Place,
}
