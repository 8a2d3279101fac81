//! `farline export` and `farline import installation`: moving house.

use super::proof::{both, grouped, one};
use super::{config_of, say, talk};
use crate::cli::{ExportArguments, ImportArguments};
use crate::config::Config;
use crate::progress::Progress;
use crate::{keys, wiring};
use eyre::{Result, bail};
use farline_app::ports::Clock;
use farline_store::OpenMode;
use farline_store::moving::{
    Checked, Exporting, MovingError, Origin, Proof, Tell, Writers, check_file,
};
use std::path::Path;

/// What an installation has in its data folder beside database and keys, and needs to go on: what the
/// stand-in provider and the simulated supplier remember, and the public key of its receipts.
const BESIDE: [&str; 3] = ["sandbox.jsonl", "supplier.jsonl", keys::PUBLIC_KEY_FILE];

/// A word of progress for each step of so many.
pub(super) fn bar(unit: &'static str, step: u64) -> Tell {
    let bar = Progress::of(unit);
    Box::new(move |count| bar.show(count / step))
}

/// Writes the whole installation into a file.
pub(crate) async fn export(arguments: ExportArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let now = wiring::clock(&*store).await?.now();
    let present = BESIDE.iter().filter(|name| config.data.join(name).exists());
    let origin = Origin {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        exported_at: now.rfc3339(),
        keys: keys::fingerprints(&config.data)?,
        beside: present.map(|name| (*name).to_owned()).collect(),
    };
    let writers = if arguments.while_running { Writers::Allowed } else { Writers::Refused };
    let file = arguments.file.clone();
    let wanted = Exporting { file, origin: origin.clone(), writers, now };
    let exported = store.export(wanted, bar("rows", 1)).await;
    let (proof, sha256) = exported.map_err(|error| explained(&error, writers))?;
    say(&one(&proof));
    let file = arguments.file.display();
    say(&format!(
        "{file} holds {} rows in {} tables, everything in {}.\nIts digest is {sha256}.\n",
        grouped(i128::from(proof.rows())),
        proof.tables.len(),
        store.place(),
    ));
    say(&not_in_it(&origin, &config.data));
    if writers == Writers::Allowed {
        say("It was written while the installation may be in use. What is written from now on is \
             not in it.");
    }
    Ok(())
}

fn explained(error: &MovingError, writers: Writers) -> eyre::Report {
    let hint = match (error, writers) {
        (MovingError::Store(_) | MovingError::Refused(_), Writers::Refused) => {
            "\nNothing was written. To move house, stop the program first: what is sold meanwhile \
             would be left behind. For a look only, add --while-running."
        }
        _ => "",
    };
    eyre::eyre!("{error}{hint}")
}

fn not_in_it(origin: &Origin, data: &Path) -> String {
    let keys = origin.keys.keys().map(|name| format!("keys/{name}"));
    let others = origin.beside.iter().cloned();
    let names: Vec<String> = keys.chain(others).collect();
    format!(
        "Not in it, and needed beside it, from {}:\n  {}\nKeys never travel with what they protect. \
         A move within this data folder needs nothing more; to another one, copy these first.",
        data.display(),
        names.join(" ")
    )
}

/// Takes a whole installation in.
pub(crate) async fn import(arguments: &ImportArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let checked = check_file(&arguments.file, &bar("megabytes read", 1_000_000))?;
    check_beside(&checked.header.origin, &config.data)?;
    if arguments.dry_run {
        say(&one(&checked.proof));
        say(&format!("{} is whole. Nothing was changed.", arguments.file.display()));
        return Ok(());
    }
    let (arrived, place) = take_in(&config, checked.clone()).await?;
    say(&both(&checked.proof, &arrived));
    say(&format!("{place} holds what {} holds.", arguments.file.display()));
    let origin = &checked.header.origin;
    say(&format!("It is the installation of {}.", origin.exported_at));
    check_deep(&config).await
}

async fn take_in(config: &Config, checked: Checked) -> Result<(Proof, String)> {
    let store = wiring::database(config, OpenMode::ReadWrite).await?;
    let now = wiring::clock(&*store).await?.now();
    match store.take_in(checked, now, bar("rows written and read back", 1)).await {
        Ok(arrived) => Ok((arrived, store.place())),
        Err(MovingError::Differs(found)) => {
            say(&both(&found.said, &found.arrived));
            bail!(MovingError::Differs(found))
        }
        Err(error) => bail!(error),
    }
}

/// Recomputes every invariant over what arrived, read anew.
async fn check_deep(config: &Config) -> Result<()> {
    talk("Recomputing every invariant …");
    let violations = wiring::database(config, OpenMode::ReadOnly).await?.violations().await?;
    for violation in &violations {
        say(&format!("VIOLATION  {violation}"));
    }
    if violations.is_empty() {
        say("Every invariant holds. It can be started.");
        return Ok(());
    }
    bail!(
        "{} violations. What arrived is what was exported, so they were there before the move.",
        violations.len()
    )
}

/// Refuses a data folder without the keys and journals that belong to the installation: it would start
/// with new ones, and no PIN, no address and no link would fit any more.
fn check_beside(origin: &Origin, data: &Path) -> Result<()> {
    let ours = keys::fingerprints(data)?;
    let keys = origin.keys.iter().filter_map(|(name, print)| match ours.get(name) {
        Some(found) if found == print => None,
        Some(_) => Some(format!("keys/{name} is another one")),
        None => Some(format!("keys/{name} is missing")),
    });
    let beside = origin.beside.iter().filter(|name| !data.join(name).exists());
    let wrong: Vec<String> = keys.chain(beside.map(|name| format!("{name} is missing"))).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    bail!(
        "{} is not the data folder of this installation:\n  {}\nCopy keys and journals from the old \
         data folder first, before anything is started here:\n  cp -a OLD/keys OLD/*.jsonl \
         OLD/{} {}\nNothing was changed.",
        data.display(),
        wrong.join("\n  "),
        keys::PUBLIC_KEY_FILE,
        data.display()
    )
}
