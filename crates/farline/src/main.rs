//! Farline 续航: sell, renew and keep alive prepaid travel SIM and eSIM cards.
//!
//! This crate is the program: configuration, wiring, the command line. It is the only one that sees
//! all the others, and the only one that takes time and randomness from the machine.

mod admin;
mod bench;
mod cli;
mod commands;
mod config;
mod demonstration;
mod documents;
mod endpoints;
mod going_live;
mod keys;
mod progress;
mod providers;
mod reminding;
mod server;
mod setup;
mod shops;
mod suppliers;
mod surroundings;
mod telephone;
mod wiring;
mod worker;

use clap::Parser;
use cli::{Cli, Command};
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    logs();
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else {
        commands::talk("farline: the runtime cannot be started");
        return ExitCode::FAILURE;
    };
    let outcome = runtime.block_on(async {
        match cli.command {
            Command::Demo(arguments) => commands::demo::run(arguments).await,
            Command::Setup(arguments) => setup::run(&arguments),
            Command::Serve(place) => commands::serve::run(place).await,
            Command::Import(command) => commands::import::run(command).await,
            Command::Export(arguments) => commands::moving::export(arguments).await,
            Command::Backup(arguments) => commands::backup::run(arguments).await,
            Command::Orders(command) => commands::orders::run(command).await,
            Command::Partners(command) => commands::partners::run(command).await,
            Command::Shops(arguments) => commands::shops::run(arguments).await,
            Command::Listing(arguments) => commands::listing::run(arguments).await,
            Command::Compare(arguments) => commands::compare::run(arguments).await,
            Command::Promotions(command) => commands::promotions::run(command).await,
            Command::Vouchers(command) => commands::vouchers::run(command).await,
            Command::Keep(arguments) => commands::keep::run(arguments).await,
            Command::Suppliers(arguments) => commands::suppliers::run(arguments).await,
            Command::Staff(command) => commands::staff::run(command).await,
            Command::Audit(arguments) => commands::audit::run(arguments).await,
            Command::Receipt(command) => commands::receipt::run(command),
            Command::Report(command) => commands::report::run(command).await,
            Command::Forecast(command) => commands::forecast::run(command).await,
            Command::Reconcile(command) => commands::reconcile::run(command).await,
            Command::Bench(arguments) => bench::run(arguments).await,
            Command::Migrate(arguments) => commands::migrate::run(arguments).await,
            Command::Doctor(arguments) => commands::doctor::run(arguments).await,
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            commands::talk(&format!("farline: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error: for people on a terminal, as JSON otherwise. `FARLINE_LOG` chooses how
/// much.
fn logs() {
    let filter = EnvFilter::try_from_env("FARLINE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        logs.compact().init();
    } else {
        logs.json().init();
    }
}
