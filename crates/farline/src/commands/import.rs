//! `farline import plans|promotions|lines|trades|installation`

use super::{config_of, say};
use crate::admin::listings::{context, last_day_of};
use crate::admin::{self, PromotionRequest, Request};
use crate::cli::{ImportArguments, ImportCommand, TradesArguments};
use crate::{keys, progress, surroundings, wiring};
use eyre::{Context, Result, bail, eyre};
use farline_app::imports::{
    LinesContext, read_catalogue, read_lines, read_listings, read_promotions, read_rates,
    read_trades,
};
use farline_app::ports::Clock;
use farline_domain::kernel::Instant;
use farline_store::OpenMode;
use std::fs::File;
use std::io::BufReader;
use std::sync::Arc;

/// Imports a file, all of it or nothing.
pub(crate) async fn run(command: ImportCommand) -> Result<()> {
    let (ImportCommand::Plans(arguments)
    | ImportCommand::Promotions(arguments)
    | ImportCommand::Listings(arguments)
    | ImportCommand::Rates(arguments)
    | ImportCommand::Lines(arguments)
    | ImportCommand::Trades(TradesArguments { arguments, .. })
    | ImportCommand::Installation(arguments)) = &command;
    let path = &arguments.file;
    let length = std::fs::metadata(path).wrap_err_with(|| format!("{}", path.display()))?.len();
    let file =
        path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let answer = match &command {
        ImportCommand::Installation(arguments) => return super::moving::import(arguments).await,
        ImportCommand::Plans(arguments) if arguments.dry_run => check_plans(arguments, &file)?,
        ImportCommand::Promotions(arguments) if arguments.dry_run => {
            check_promotions(arguments, &file).await?
        }
        ImportCommand::Listings(arguments) if arguments.dry_run => {
            check_listings(arguments, &file).await?
        }
        ImportCommand::Rates(arguments) if arguments.dry_run => check_rates(arguments, &file)?,
        ImportCommand::Listings(arguments) => {
            let request = Request::ImportListings { file, octets: length };
            admin::run(&config_of(&arguments.place)?, request, Some(path)).await?
        }
        ImportCommand::Rates(arguments) => {
            let request = Request::ImportRates { file, octets: length };
            admin::run(&config_of(&arguments.place)?, request, Some(path)).await?
        }
        ImportCommand::Lines(arguments) if arguments.dry_run => {
            check_lines(arguments, &file).await?
        }
        ImportCommand::Trades(TradesArguments { arguments, .. }) if arguments.dry_run => {
            check_trades(arguments)?
        }
        ImportCommand::Trades(TradesArguments { shop, arguments }) => {
            let config = config_of(&arguments.place)?;
            let request = Request::ImportTrades { shop: shop.clone(), octets: length };
            admin::run(&config, request, Some(path)).await?
        }
        ImportCommand::Plans(arguments) => {
            let config = config_of(&arguments.place)?;
            let request = Request::ImportPlans { file, octets: length };
            admin::run(&config, request, Some(path)).await?
        }
        ImportCommand::Promotions(arguments) => {
            let config = config_of(&arguments.place)?;
            let request = Request::Promotion(PromotionRequest::Import { file, octets: length });
            admin::run(&config, request, Some(path)).await?
        }
        ImportCommand::Lines(arguments) => {
            let config = config_of(&arguments.place)?;
            let request = Request::ImportLines { file, octets: length };
            admin::run(&config, request, Some(path)).await?
        }
    };
    say(&answer);
    Ok(())
}

fn check_plans(arguments: &ImportArguments, name: &str) -> Result<String> {
    let text = std::fs::read_to_string(&arguments.file)?;
    let catalogue = read_catalogue(name, &text).map_err(|fault| eyre!("{fault}"))?;
    Ok(format!("{} plans could be taken in. Nothing was changed.", catalogue.plans.len()))
}

async fn check_promotions(arguments: &ImportArguments, name: &str) -> Result<String> {
    let store = wiring::database(&config_of(&arguments.place)?, OpenMode::ReadOnly).await?;
    let text = std::fs::read_to_string(&arguments.file)?;
    let promotions = read_promotions(name, &text, &store.catalogue());
    let promotions = promotions.map_err(|fault| eyre!("{fault}"))?;
    Ok(format!("{} promotions could be taken in. Nothing was changed.", promotions.len()))
}

async fn check_listings(arguments: &ImportArguments, name: &str) -> Result<String> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let shops = config.shops.iter().map(|shop| shop.name.clone()).collect();
    let context = context(&*store, shops, now()).await?;
    let listings = read_listings(name, &std::fs::read(&arguments.file)?, &context);
    let listings = listings.map_err(|fault| eyre!("{fault}"))?;
    Ok(format!("{} listings could be taken in. Nothing was changed.", listings.len()))
}

fn check_rates(arguments: &ImportArguments, name: &str) -> Result<String> {
    let today = last_day_of(now());
    let rates = read_rates(name, &std::fs::read(&arguments.file)?, today);
    let rates = rates.map_err(|fault| eyre!("{fault}"))?;
    Ok(format!("{} rates could be taken in. Nothing was changed.", rates.len()))
}

fn now() -> Instant {
    surroundings::ProgramClock::new(0).now()
}

fn check_trades(arguments: &ImportArguments) -> Result<String> {
    let trades = read_trades(&std::fs::read(&arguments.file)?, now())?;
    Ok(format!("{} orders could be taken in. Nothing was changed.", trades.len()))
}

async fn check_lines(arguments: &ImportArguments, name: &str) -> Result<String> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let (keys, _) = keys::open(&config.data, &surroundings::MachineRandomness)?;
    let context = LinesContext {
        file_name: name.to_owned(),
        now: now(),
        secrets_key: keys.secrets,
        randomness: Arc::new(surroundings::MachineRandomness),
    };
    let file = BufReader::with_capacity(1 << 20, File::open(&arguments.file)?);
    let bar = progress::Progress::of_rows();
    let (mut good, mut faults) = (0_u64, Vec::new());
    for row in read_lines(file, &store.catalogue(), context) {
        match row {
            Ok(_) => good += 1,
            Err(error) => faults.push(error.to_string()),
        }
        bar.show(good);
        if faults.len() == 20 {
            break;
        }
    }
    if faults.is_empty() {
        return Ok(format!("{good} lines could be taken in. Nothing was changed."));
    }
    bail!("{}", faults.join("\n"))
}
