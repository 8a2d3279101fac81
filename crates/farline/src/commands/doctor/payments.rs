//! What `farline doctor` says of each payment provider: its mode, whether it answers, whether its webhooks arrive.

use crate::config::Config;
use crate::providers::{self, Configured};
use crate::surroundings::{MachineRandomness, ProgramClock};
use crate::{keys, wiring};
use farline_app::Mode;
use farline_app::ports::payment::PaymentProvider;
use farline_app::ports::{Clock, StoreError};
use farline_app::reports;
use farline_domain::kernel::Instant;
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_store::Database;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Payments without a webhook for so long are worth a word, in seconds.
const SILENT_SECONDS: i64 = 7 * 24 * 60 * 60;

const NEVER: &str = "no webhook ever came: is its address set up at the provider?";
const NEVER_THOUGH_PAID: &str =
    "money is taken and no webhook ever came: payments are found by asking alone";
const NO_LONGER: &str =
    "money is taken and no webhook came for 7 days: is its address still set up at the provider?";

/// Who has to see to it that webhooks come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Webhooks {
    /// The operator, at the provider.
    SetUp,
    /// Nobody: the stand-in is part of the program.
    BuiltIn,
}

/// What was found of a provider.
pub(super) struct Found {
    name: &'static str,
    /// Its mode, unless its settings cannot be used.
    mode: Option<&'static str>,
    /// Why it gave no answer, if it gave none.
    silence: Option<String>,
    newest_webhook: Option<Instant>,
    warning: Option<String>,
}

/// What the store knows of webhooks and payments.
struct Known {
    now: Instant,
    newest: BTreeMap<String, Instant>,
    taking: BTreeSet<String>,
}

impl Known {
    async fn of(
        store: &dyn Database,
        (names, now): (&[&str], Instant),
    ) -> Result<Self, StoreError> {
        let newest = store.newest_events().await?;
        let span = (now.plus_seconds(-SILENT_SECONDS), now.plus_seconds(1));
        let taking = reports::taking(store, span, names).await?;
        Ok(Self { now, newest, taking })
    }

    fn warning(&self, name: &str, webhooks: Webhooks) -> Option<&'static str> {
        let is_taking = self.taking.contains(name);
        match self.newest.get(name) {
            None if is_taking => Some(NEVER_THOUGH_PAID),
            None => (webhooks == Webhooks::SetUp).then_some(NEVER),
            Some(at) => {
                let is_silent = *at < self.now.plus_seconds(-SILENT_SECONDS);
                (is_taking && is_silent).then_some(NO_LONGER)
            }
        }
    }
}

/// Looks at every provider. All are asked at once.
pub(super) async fn look(config: &Config, store: &dyn Database) -> Vec<Found> {
    let clock = wiring::clock(store).await.unwrap_or_else(|_| ProgramClock::new(0));
    let clock: Arc<dyn Clock> = Arc::new(clock);
    let configured = providers::configured(config, config.mode(), &clock).into_iter();
    let mut all: Vec<(&'static str, Configured, Webhooks)> =
        configured.map(|(name, provider)| (name, provider, Webhooks::SetUp)).collect();
    all.extend(stand_in(config).map(|provider| ("sandbox", provider, Webhooks::BuiltIn)));
    let names: Vec<&str> = all.iter().map(|(name, ..)| *name).collect();
    let known = Known::of(store, (&names, clock.now())).await;
    let asked: Vec<_> = all
        .into_iter()
        .map(|(name, provider, webhooks)| (name, webhooks, tokio::spawn(ask(provider))))
        .collect();
    let mut found = Vec::new();
    for (name, webhooks, asking) in asked {
        let unasked = |error| (None, Some(format!("it could not be asked: {error}")));
        let (mode, silence) = asking.await.unwrap_or_else(unasked);
        let (newest_webhook, warning) = match &known {
            Ok(known) => {
                let warning = known.warning(name, webhooks).map(str::to_owned);
                (known.newest.get(name).copied(), warning)
            }
            Err(error) => (None, Some(format!("whether webhooks come is not known: {error}"))),
        };
        found.push(Found { name, mode, silence, newest_webhook, warning });
    }
    found
}

/// The mode of a provider, and why it gave no answer, if it gave none.
async fn ask(provider: Configured) -> (Option<&'static str>, Option<String>) {
    match provider {
        Err(error) => (None, Some(format!("{error:#}"))),
        Ok(provider) => {
            let silence = provider.probe().await.err().map(|unknown| unknown.0);
            (Some(provider.mode().code()), silence)
        }
    }
}

/// The built-in stand-in, which answers where the server listens. There is none where money is real; before the first
/// start it has no keys, and looking makes none.
fn stand_in(config: &Config) -> Option<Configured> {
    let has_keys = config.data.join("keys").join("sandbox-api.key").exists();
    (config.mode() == Mode::Sandbox && has_keys).then(|| {
        let secret = |name| keys::sandbox_secret(&config.data, name, &MachineRandomness);
        let provider = SandboxProvider::new(SandboxSettings {
            base_url: format!("http://{}/sandbox", config.listen),
            api_key: secret("api")?,
            webhook_secret: secret("webhook")?,
            answer_within: providers::ANSWERS_WITHIN,
        })?;
        Ok(Arc::new(provider) as Arc<dyn PaymentProvider>)
    })
}

/// A provider, for programs.
pub(super) fn json_of(found: &Found) -> Value {
    json!({
        "provider": found.name,
        "mode": found.mode,
        "answers": found.silence.is_none(),
        "silence": found.silence,
        "newest_webhook": found.newest_webhook.map(Instant::rfc3339),
        "warning": found.warning,
    })
}

/// A provider, for people.
fn told_of(found: &Found) -> Vec<String> {
    let mode = found.mode.unwrap_or("not usable");
    let answers = match &found.silence {
        None => "answers".to_owned(),
        Some(reason) => format!("DOES NOT ANSWER ({reason})"),
    };
    let newest = found.newest_webhook.map_or("never".to_owned(), Instant::rfc3339);
    let line = format!("{:<8} {mode:<8} {answers}; newest webhook: {newest}", found.name);
    let warning = found.warning.iter().map(|warning| format!("WARNING: {warning}"));
    std::iter::once(line).chain(warning).collect()
}

/// All of them, for people.
pub(super) fn told(all: &[Found]) -> String {
    let lines = all.iter().flat_map(told_of).enumerate();
    let lines = lines.map(|(place, line)| {
        let begins = if place == 0 { "payments" } else { "" };
        format!("{begins:<10} {line}")
    });
    lines.collect::<Vec<_>>().join("\n")
}
