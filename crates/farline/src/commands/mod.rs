//! The verbs of the command line.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod compare;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod forecast;
pub(crate) mod import;
pub(crate) mod keep;
pub(crate) mod listing;
pub(crate) mod migrate;
pub(crate) mod moving;
pub(crate) mod orders;
pub(crate) mod partners;
pub(crate) mod promotions;
mod proof;
pub(crate) mod receipt;
pub(crate) mod reconcile;
pub(crate) mod report;
mod secret_file;
pub(crate) mod serve;
pub(crate) mod shops;
pub(crate) mod staff;
pub(crate) mod suppliers;
pub(crate) mod vouchers;

use crate::cli::Place;
use crate::config::Config;
use eyre::{Result, bail};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The configuration that a command's arguments point to: a file, or a demonstration's data folder.
pub(crate) fn config_of(place: &Place) -> Result<Config> {
    let mut config = named_config(place)?;
    if let Some(store) = &place.store {
        config.store = store.clone();
    }
    Ok(config)
}

fn named_config(place: &Place) -> Result<Config> {
    if let Some(file) = &place.config {
        return Config::read(file);
    }
    let data = match &place.data {
        Some(data) => data.clone(),
        None if Path::new("farline.toml").exists() => {
            return Config::read(Path::new("farline.toml"));
        }
        None => PathBuf::from("farline-data"),
    };
    if !data.is_dir() {
        bail!(
            "there is no data folder {}. Say where it is: --data DIR or --config FILE \
             (`farline demo` makes one to try).",
            data.display()
        );
    }
    Ok(Config::demonstration(data, SocketAddr::from(([127, 0, 0, 1], 8080))))
}

/// What goes to standard output: data and answers.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    // A closed pipe is the reader's choice, not an error of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// What goes to standard error: talk.
pub(crate) fn talk(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{text}");
}
