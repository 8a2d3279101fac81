//! What keeps an installation from taking real money: everything at once, each with what to do about it. `farline serve`
//! refuses by this list in live mode, and `farline doctor` shows it in either.

use crate::commands::demo::ANCHOR_SETTING;
use crate::config::{Config, secret};
use crate::providers;
use crate::suppliers;
use crate::surroundings::ProgramClock;
use crate::wiring::{CLOCK_SETTING, SANDBOX_JOURNAL};
use eyre::{Result, bail};
use farline_app::Mode;
use farline_app::ports::{Clock, StoreError};
use farline_domain::catalog::Catalogue;
use farline_domain::kernel::{Instant, Province};
use farline_store::Database;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The setting that keeps since when an installation takes real money.
const LIVE_SINCE_SETTING: &str = "live-since";

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Obstacle {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) remedy: String,
}

/// The list while it grows.
#[derive(Default)]
struct Found(Vec<Obstacle>);

impl Found {
    fn add(&mut self, what: impl Into<String>, remedy: &str) {
        self.0.push(Obstacle { what: what.into(), remedy: remedy.to_owned() });
    }
}

/// Lets a server start: in live mode only when nothing stands in the way, in a sandbox only where no real money is. Whoever
/// starts live is noted, so that played money never comes to the books of real money.
pub(crate) async fn may_start(config: &Config, store: &dyn Database, now: Instant) -> Result<()> {
    match config.mode() {
        Mode::Live => {
            let obstacles = obstacles(config, store, now).await?;
            if !obstacles.is_empty() {
                bail!("live mode does not start yet.\n{}", told(&obstacles));
            }
            if store.setting(LIVE_SINCE_SETTING).await?.is_none() {
                store.put_setting(LIVE_SINCE_SETTING, &now.rfc3339()).await?;
            }
            Ok(())
        }
        Mode::Sandbox => match store.setting(LIVE_SINCE_SETTING).await? {
            Some(since) => bail!(
                "this installation takes real money since {since}: a sandbox on the same data would \
                 give real value for played money. Set mode = \"live\", or give the sandbox a data \
                 folder and a database of its own."
            ),
            None => Ok(()),
        },
    }
}

/// The list as people read it.
pub(crate) fn told(obstacles: &[Obstacle]) -> String {
    let rows = (1..).zip(obstacles).map(|(number, obstacle)| {
        format!("{number:>3}. {}\n     → {}", obstacle.what, obstacle.remedy)
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Everything that stands in the way.
pub(crate) async fn obstacles(
    config: &Config,
    store: &dyn Database,
    now: Instant,
) -> Result<Vec<Obstacle>, StoreError> {
    let mut found = Found::default();
    business(config, &mut found);
    address(config, &mut found);
    payment(config, &mut found);
    messages(config, &mut found);
    suppliers(config, &mut found);
    catalogue(config, &store.catalogue(), now, &mut found);
    played(config, store, &mut found).await?;
    Ok(found.0)
}

/// What the law wants seen.
fn business(config: &Config, found: &mut Found) {
    for gap in config.business.gaps() {
        let what = format!("[business] {} {}", gap.entry, gap.fault);
        found.add(what, "answer it in `farline setup --config FILE`");
    }
    for unread in &config.unread {
        found
            .add(format!("[business] {unread}"), "name a file that can be read and says something");
    }
}

fn address(config: &Config, found: &mut Found) {
    if !config.base_url.starts_with("https://") {
        let what = format!("base_url is {}, and customers pay over TLS only", config.base_url);
        found.add(what, "put a proxy that ends TLS in front, and write https:// in base_url");
    }
}

fn payment(config: &Config, found: &mut Found) {
    // What is asked of the time comes later: here nothing is called.
    let clock = Arc::new(ProgramClock::new(0)) as Arc<dyn Clock>;
    let configured = providers::configured(config, Mode::Live, &clock);
    if configured.is_empty() {
        let remedy = "configure [stripe] or [paypal] with the secrets of its live mode";
        found.add("no payment provider is configured, only the built-in sandbox", remedy);
    }
    for (name, provider) in configured {
        if let Err(error) = provider {
            let remedy =
                "name the file or the variable of the environment that holds its live secret";
            found.add(format!("[{name}] {error:#}"), remedy);
        }
    }
}

fn messages(config: &Config, found: &mut Found) {
    if config.smtp.is_none() {
        let what = "e-mails would land in the demonstration's mailbox";
        found.add(what, "configure [smtp]");
    }
    if config.sms.is_none() && config.smpp.is_none() {
        let what = "text messages would land in the demonstration's mailbox";
        found.add(what, "configure [sms] or [smpp]");
    }
    let smtp = config.smtp.as_ref();
    if smtp.is_some_and(|smtp| smtp.user.is_some() != smtp.password_file.is_some()) {
        found.add("[smtp] names a user or a password_file alone", "name both, or neither");
    }
    let password = smtp.and_then(|smtp| smtp.password_file.as_ref());
    let token = config.sms.as_ref().map(|sms| &sms.token_file);
    let smpp = config.smpp.as_ref().map(|smpp| &smpp.password_file);
    for (name, file) in [("smtp", password), ("sms", token), ("smpp", smpp)] {
        secret_in(name, file, found);
    }
}

fn secret_in(name: &str, file: Option<&PathBuf>, found: &mut Found) {
    if let Some(Err(error)) = file.map(|file| secret(file)) {
        found.add(format!("[{name}] {error:#}"), "put it there, readable for the server's user");
    }
}

/// The catalogue that is stored, whatever was checked when it was taken in.
fn catalogue(config: &Config, catalogue: &Catalogue, now: Instant, found: &mut Found) {
    const REMEDY: &str = "mend the catalogue's file and take it in: farline import plans FILE";
    if catalogue.plans.is_empty() {
        found.add("nothing is on sale", "farline import plans FILE");
        return;
    }
    let suppliers = config.suppliers.iter().map(|one| one.name.as_str()).collect();
    for fault in faults_of_catalogue(&config.business.provinces, catalogue, &suppliers, now) {
        found.add(fault, REMEDY);
    }
    unmapped(config, catalogue, now, found);
}

/// What in a catalogue keeps it from being sold for real money today, in words.
pub(crate) fn faults_of_catalogue(
    provinces: &[Province],
    catalogue: &Catalogue,
    suppliers: &BTreeSet<&str>,
    now: Instant,
) -> Vec<String> {
    let today: Date = now.timestamp().to_zoned(TimeZone::UTC).date();
    let breaches = catalogue.breaches(provinces, today);
    let missing = catalogue.operators.values().flat_map(|operator| {
        operator.suppliers().filter(|name| !suppliers.contains(name)).map(|name| {
            format!(
                "the operator {} is delivered by the supplier {name}, and [[suppliers]] names none",
                operator.code
            )
        })
    });
    breaches.iter().map(ToString::to_string).chain(missing).collect()
}

/// Plans on sale that none of their suppliers could be asked for.
fn unmapped(config: &Config, catalogue: &Catalogue, now: Instant, found: &mut Found) {
    for operator in catalogue.operators.values() {
        let names: Vec<&str> = operator.suppliers().collect();
        let of_it = config.suppliers.iter().filter(|one| names.contains(&one.name.as_str()));
        let sections: Vec<_> = of_it.collect();
        if sections.is_empty() {
            continue;
        }
        let mapped: BTreeSet<&str> = sections.iter().flat_map(|one| one.plans()).collect();
        let names = names.join(" or ");
        for plan in catalogue.plans_of(&operator.code, operator.lifecycle.today(now)) {
            if !mapped.contains(plan.code.as_str()) {
                let what = format!("the plan {} has no mapping at the supplier {names}", plan.code);
                found.add(what, "say what it is there under the supplier's plans in [[suppliers]]");
            }
        }
    }
}

/// Suppliers whose account cannot be used.
fn suppliers(config: &Config, found: &mut Found) {
    let clock = Arc::new(ProgramClock::new(0)) as Arc<dyn Clock>;
    for (_, supplier) in suppliers::configured(config, Mode::Live, &clock) {
        if let Err(error) = supplier {
            found.add(format!("{error:#}"), "mend its section; secrets are in files or variables");
        }
    }
}

/// Signs that this installation has played: its orders and receipts are not of real money, and its time may be ahead.
async fn played(
    config: &Config,
    store: &dyn Database,
    found: &mut Found,
) -> Result<(), StoreError> {
    const REMEDY: &str = "start with a data folder and a database of their own: take the catalogue and \
                          the lines in again there, and keep this one as a sandbox";
    if store.setting(ANCHOR_SETTING).await?.is_some() {
        found.add("the database holds a demonstration", REMEDY);
    }
    let ahead = store.setting(CLOCK_SETTING).await?;
    if ahead.is_some_and(|ahead| ahead != "0") {
        found.add("the sandbox clock of this database was moved", REMEDY);
    }
    let journal = config.data.join(SANDBOX_JOURNAL);
    if std::fs::metadata(&journal).is_ok_and(|file| file.len() > 0) {
        found.add(format!("payments were played here: {}", journal.display()), REMEDY);
    }
    Ok(())
}
