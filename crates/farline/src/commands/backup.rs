//! `farline backup` and `farline backup verify`

use super::moving::bar;
use super::proof::grouped;
use super::{config_of, say, talk};
use crate::cli::{BackupArguments, BackupCommand};
use crate::surroundings::ProgramClock;
use crate::wiring;
use eyre::{Context, Result, bail};
use farline_app::ports::{Clock, Lines};
use farline_domain::kernel::Instant;
use farline_store::backup::{Copied, Copying, Label, digest_of, label_of, read_label};
use farline_store::{Database, OpenMode, SqliteStore};
use std::path::{Path, PathBuf};

/// A megabyte.
const MEGABYTE: u64 = 1_000_000;

/// Makes a copy, or looks at one.
pub(crate) async fn run(arguments: BackupArguments) -> Result<()> {
    match (&arguments.command, &arguments.file) {
        (Some(BackupCommand::Verify { file }), _) => verify(file).await,
        (None, Some(file)) => make(file.clone(), &arguments).await,
        (None, None) => bail!("name the file to write"),
    }
}

async fn make(copy: PathBuf, arguments: &BackupArguments) -> Result<()> {
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let now = ProgramClock::new(0).now().rfc3339();
    let copying = Copying {
        copy: copy.clone(),
        octets_per_second: u64::from(arguments.megabytes_per_second) * MEGABYTE,
        made: format!("{now} by farline {}", env!("CARGO_PKG_VERSION")),
    };
    let copied = store.back_up(copying, bar("megabytes copied and read back", MEGABYTE)).await?;
    let (copy, data) = (copy.display(), config.data.display());
    say(&format!(
        "{copy} is a copy of {} as it was a moment ago, {} octets.\n\
         Its digest is beside it, in {}. Look at it with:\n  farline backup verify {copy}\n\
         Not in it, and needed to go on from it: keys/ and the files *.jsonl and *.pub of {data}.\n\
         Keys never change: copy them once, and keep them apart from the copies.",
        store.place(),
        grouped(i128::from(copied.octets)),
        label_of(arguments.file.as_deref().unwrap_or(Path::new(""))).display(),
    ));
    Ok(())
}

/// What is found, line by line, and how much of it is bad.
#[derive(Default)]
struct Findings {
    bad: usize,
}

/// Says what is as it should be.
fn good(what: &str, found: &str) {
    say(&format!("  {what:<12} {found}"));
}

impl Findings {
    fn bad(&mut self, what: &str, found: &str) {
        self.bad += 1;
        good(what, found);
    }
}

async fn verify(copy: &Path) -> Result<()> {
    let folder = tempfile::tempdir().wrap_err("there is no room for a temporary folder")?;
    let restored = folder.path().join("farline.db");
    let tell = bar("megabytes", MEGABYTE);
    let copied = digest_of(copy, Some(&restored), &tell)
        .wrap_err_with(|| format!("{} cannot be restored", copy.display()))?;
    drop(tell);
    say(&format!("{}: {} octets", copy.display(), grouped(i128::from(copied.octets))));
    let mut findings = Findings::default();
    check_label(copy, &copied, &mut findings)?;
    match SqliteStore::open(&restored, OpenMode::ReadWrite) {
        Ok(store) => look(&store, &mut findings).await,
        Err(error) => findings.bad("database", &format!("cannot be opened: {error}")),
    }
    if findings.bad == 0 {
        good("would start", "yes, with the keys of its installation beside it");
        return Ok(());
    }
    good("would start", "NO: do not restore it; take another copy");
    bail!("{} is not a sound copy", copy.display())
}

fn check_label(copy: &Path, copied: &Copied, findings: &mut Findings) -> Result<()> {
    let label = read_label(copy).wrap_err_with(|| label_of(copy).display().to_string())?;
    let Some(Label { made, sha256 }) = label else {
        let name = label_of(copy);
        let missing = format!("not known: {} is not beside it", name.display());
        good("made", &missing);
        return Ok(());
    };
    good("made", &format!("{made}{}", age_of(&made)));
    if sha256 == copied.sha256 {
        good("digest", "as when it was made");
    } else {
        findings.bad("digest", "DIFFERENT: something in the file is not as it was made");
    }
    Ok(())
}

/// How long ago, for people.
fn age_of(made: &str) -> String {
    let instant = made.split(' ').next().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let Some(instant) = instant else {
        return String::new();
    };
    let now = ProgramClock::new(0).now().millis();
    let minutes = (now - Instant::from_millis(instant.as_millisecond()).millis()) / 60_000;
    match minutes {
        ..1 => ", just now".to_owned(),
        1..120 => format!(", {minutes} minutes ago"),
        120..2880 => format!(", {} hours ago", minutes / 60),
        _ => format!(", {} days ago", minutes / 1440),
    }
}

async fn look(store: &SqliteStore, findings: &mut Findings) {
    match store.damage().await {
        Ok(found) if found.is_empty() => good("pages", "whole"),
        Ok(found) => findings.bad("pages", &format!("DAMAGED: {}", found.join("; "))),
        Err(error) => findings.bad("pages", &format!("DAMAGED: {error}")),
    }
    match (store.count_lines().await, store.holdings().await) {
        (Ok(lines), Ok(held)) => {
            good("schema", &held.schema.to_string());
            good("lines", &grouped(i128::from(lines)));
            let newest = held.newest_order.map(Instant::rfc3339);
            let newest = newest.map_or_else(String::new, |at| format!(", the newest of {at}"));
            good("orders", &format!("{}{newest}", grouped(i128::from(held.orders))));
        }
        (Err(error), _) | (_, Err(error)) => findings.bad("rows", &format!("UNREADABLE: {error}")),
    }
    talk("  recomputing every invariant …");
    match store.violations().await {
        Ok(found) if found.is_empty() => good("invariants", "every one holds"),
        Ok(found) => {
            for violation in &found {
                findings.bad("VIOLATION", &violation.to_string());
            }
        }
        Err(error) => findings.bad("invariants", &format!("cannot be recomputed: {error}")),
    }
}
