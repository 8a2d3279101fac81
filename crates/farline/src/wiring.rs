//! Putting the house together: which adapter stands behind which port.

use crate::config::{Config, SmtpSecurity, secret};
use crate::documents::Printer;
use crate::suppliers::{self, SIMULATED};
use crate::surroundings::{MachineRandomness, ProgramClock};
use crate::{endpoints, keys, providers, shops, telephone};
use eyre::{Context, Result, bail, eyre};
use farline_app::payments::Providers;
use farline_app::ports::delivery::DeliverySupplier;
use farline_app::ports::notice::{Mailbox, Medium, NoticeGateway};
use farline_app::ports::payment::PaymentProvider;
use farline_app::ports::{CallbackGateway, Clock, Randomness, Store};
use farline_app::{App, Keys, Mode};
use farline_channels::web::{Channels, Limiting, Settings as ChannelSettings, Transport};
use farline_gateways::callback::reach::Reach;
use farline_gateways::callback::{CallbackSettings, HttpCallbacks};
use farline_gateways::delivery::simulated::SimulatedSupplier;
use farline_gateways::notice::mailbox::DemonstrationMailbox;
use farline_gateways::notice::smpp::{SmppGateway, SmppSettings, Source};
use farline_gateways::notice::smtp::{Login, Security, SmtpGateway, SmtpSettings};
use farline_gateways::notice::twilio::{Sender, TwilioGateway, TwilioSettings};
use farline_gateways::payment::sandbox::{SandboxProvider, SandboxSettings};
use farline_sandbox::{Sandbox, SandboxConfig};
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// The setting that keeps how far the sandbox clock is ahead.
pub(crate) const CLOCK_SETTING: &str = "sandbox-clock-ahead-seconds";
/// The journal of the stand-in provider, in the data folder.
pub(crate) const SANDBOX_JOURNAL: &str = "sandbox.jsonl";
/// How long a partner may take to answer a callback.
const CALLBACK_WITHIN: Duration = Duration::from_secs(15);
/// How long a notice gateway may take to answer.
const GATEWAY_ANSWERS_WITHIN: Duration = Duration::from_secs(20);

/// Everything that runs.
pub(crate) struct House {
    /// The store.
    pub(crate) store: Arc<dyn Database>,
    /// The channels with their use cases.
    pub(crate) channels: Channels,
    /// The sandbox's clock.
    pub(crate) clock: Arc<ProgramClock>,
    /// The stand-in payment provider; none where money is real.
    pub(crate) sandbox: Option<Sandbox>,
}

/// Opens the configured store.
pub(crate) async fn database(config: &Config, mode: OpenMode) -> Result<Arc<dyn Database>> {
    let Some(url) = config.store.postgres()? else {
        return Ok(Arc::new(SqliteStore::open(&config.data.join("farline.db"), mode)?));
    };
    let mut owner = [0; 16];
    MachineRandomness.fill(&mut owner);
    Ok(Arc::new(PostgresStore::open(url, PostgresOptions::new(mode, owner)).await?))
}

/// The clock where it was left.
pub(crate) async fn clock(store: &dyn Database) -> Result<ProgramClock> {
    let ahead = store.setting(CLOCK_SETTING).await?;
    Ok(ProgramClock::new(ahead.and_then(|text| text.parse().ok()).unwrap_or(0)))
}

/// Opens the store to write, and the clock where it was left.
pub(crate) async fn open_store(config: &Config) -> Result<(Arc<dyn Database>, Arc<ProgramClock>)> {
    let data = &config.data;
    std::fs::create_dir_all(data)
        .wrap_err_with(|| format!("the data folder {} cannot be made", data.display()))?;
    let store = database(config, OpenMode::ReadWrite).await?;
    let clock = clock(&*store).await?;
    Ok((store, Arc::new(clock)))
}

/// Opens the store and puts the house together around it.
pub(crate) async fn build(config: &Config, listen: SocketAddr) -> Result<House> {
    let opened = open_store(config).await?;
    assemble(config, listen, opened)
}

/// Puts the house together. `listen` is where the server already listens, because the stand-in
/// provider lives there too and is spoken to over HTTP like any other. Where money is real, nothing in it is played.
pub(crate) fn assemble(
    config: &Config,
    listen: SocketAddr,
    (store, clock): (Arc<dyn Database>, Arc<ProgramClock>),
) -> Result<House> {
    let (keys, signing) = keys::open(&config.data, &MachineRandomness)?;
    let played = match config.mode() {
        Mode::Sandbox => Some(played(config, listen, &clock)?),
        Mode::Live => None,
    };
    let (sandbox, stand_in, mailbox) = match played {
        Some(Played { sandbox, stand_in, mailbox }) => {
            (Some(sandbox), Some(stand_in), Some(mailbox))
        }
        None => (None, None, None),
    };
    let providers = providers(config, stand_in, &clock)?;
    let gateways = notice_gateways(config, mailbox.as_ref())?;
    let in_use = gateways.iter().any(|gateway| gateway.name() == "mailbox");
    let app = app(config, (&store, &clock), (keys, providers), gateways, Printer::new(signing))?;
    let transport =
        if config.base_url.starts_with("https://") { Transport::Tls } else { Transport::Plain };
    let settings = ChannelSettings {
        limits: Limiting::On,
        address_header: config.address_header.clone(),
        transport,
    };
    let mailbox = mailbox.filter(|_| in_use).map(|mailbox| mailbox as Arc<dyn Mailbox>);
    let voice = telephone::configured(config, &MachineRandomness)?.map(Arc::new);
    let channels = Channels { app, settings: Arc::new(settings), mailbox, voice };
    Ok(House { store, channels, clock, sandbox })
}

fn app(
    config: &Config,
    (store, clock): (&Arc<dyn Database>, &Arc<ProgramClock>),
    (keys, providers): (Keys, Providers),
    gateways: Vec<Arc<dyn NoticeGateway>>,
    printer: Printer,
) -> Result<App> {
    Ok(App {
        store: store.clone() as Arc<dyn Store>,
        clock: clock.clone() as Arc<dyn Clock>,
        randomness: Arc::new(MachineRandomness),
        providers,
        suppliers: suppliers(config, &(clock.clone() as Arc<dyn Clock>))?,
        supplier_terms: suppliers::terms(config)?,
        gateways,
        keypad: telephone::keypad(config)?,
        shops: Arc::new(shops::open(&config.shops)?),
        endpoints: Arc::new(endpoints::open(&config.endpoints)?),
        callbacks: callbacks(config)?,
        printer: Arc::new(printer),
        keys,
        business: Arc::new(config.business.clone()),
        charging: config.charging,
        reminders: config.reminders.clone(),
        desk: config.desk.clone(),
        base_url: config.base_url.clone(),
        mode: config.mode(),
        wake: Arc::new(tokio::sync::Notify::new()),
    })
}

/// Who tells partners what became of their orders.
fn callbacks(config: &Config) -> Result<Arc<dyn CallbackGateway>> {
    let reach =
        Reach::named(&config.partners.reach).map_err(|wrong| eyre!("[partners]: {wrong}"))?;
    let settings = CallbackSettings { reach, answer_within: CALLBACK_WITHIN };
    Ok(Arc::new(HttpCallbacks::new(settings).map_err(|wrong| eyre!(wrong))?))
}

/// The suppliers by name: those of the configuration and, where money is played, one that plays.
fn suppliers(
    config: &Config,
    clock: &Arc<dyn Clock>,
) -> Result<BTreeMap<String, Arc<dyn DeliverySupplier>>> {
    let mut suppliers: BTreeMap<String, Arc<dyn DeliverySupplier>> = BTreeMap::new();
    for (name, supplier) in suppliers::configured(config, config.mode(), clock) {
        suppliers.insert(name, supplier?);
    }
    if config.mode() == Mode::Sandbox {
        let journal = config.data.join("supplier.jsonl");
        let simulated = SimulatedSupplier::open(journal, SIMULATED)?;
        suppliers.insert(SIMULATED.to_owned(), Arc::new(simulated));
    }
    Ok(suppliers)
}

/// What stands in for parties outside while money is played.
struct Played {
    sandbox: Sandbox,
    stand_in: SandboxProvider,
    mailbox: Arc<DemonstrationMailbox>,
}

fn played(config: &Config, listen: SocketAddr, clock: &Arc<ProgramClock>) -> Result<Played> {
    let (sandbox, stand_in) = payment(config, listen, clock)?;
    let messages = config.data.join("mailbox.jsonl");
    let mailbox = Arc::new(DemonstrationMailbox::open(&messages, clock.clone())?);
    Ok(Played { sandbox, stand_in, mailbox })
}

/// The stand-in provider and our adapter for it, who share nothing but two secrets and HTTP.
fn payment(
    config: &Config,
    listen: SocketAddr,
    clock: &Arc<ProgramClock>,
) -> Result<(Sandbox, SandboxProvider)> {
    let data = &config.data;
    let api_key = keys::sandbox_secret(data, "api", &MachineRandomness)?;
    let webhook_secret = keys::sandbox_secret(data, "webhook", &MachineRandomness)?;
    let time = clock.clone();
    let sandbox = Sandbox::open(SandboxConfig {
        journal: data.join(SANDBOX_JOURNAL),
        base_url: format!("{}/sandbox", config.base_url),
        webhook_url: format!("http://{listen}/webhooks/sandbox"),
        webhook_secret: webhook_secret.clone(),
        api_key: api_key.clone(),
        now: Arc::new(move || time.now().millis()),
        random: Arc::new(|| {
            let mut octets = [0; 16];
            farline_app::ports::Randomness::fill(&MachineRandomness, &mut octets);
            octets
        }),
    })?;
    let provider = SandboxProvider::new(SandboxSettings {
        base_url: format!("http://{listen}/sandbox"),
        api_key,
        webhook_secret,
        answer_within: providers::ANSWERS_WITHIN,
    })?;
    Ok((sandbox, provider))
}

/// The configured providers, and after them the stand-in, where money is played: what was begun with it comes to its end.
fn providers(
    config: &Config,
    stand_in: Option<SandboxProvider>,
    clock: &Arc<ProgramClock>,
) -> Result<Providers> {
    let clock = clock.clone() as Arc<dyn Clock>;
    let configured = providers::configured(config, config.mode(), &clock).into_iter();
    let mut all: Vec<Arc<dyn PaymentProvider>> =
        configured.map(|(_, provider)| provider).collect::<Result<_>>()?;
    all.extend(stand_in.map(|stand_in| Arc::new(stand_in) as Arc<dyn PaymentProvider>));
    let mut all = all.into_iter();
    match all.next() {
        Some(first) => Ok(Providers::new(first, all.collect())),
        None => bail!("no payment provider is configured: real money needs [stripe] or [paypal]"),
    }
}

/// The configured gateways; for a medium without one, the demonstration's mailbox, where there is one.
fn notice_gateways(
    config: &Config,
    mailbox: Option<&Arc<DemonstrationMailbox>>,
) -> Result<Vec<Arc<dyn NoticeGateway>>> {
    let mut gateways: Vec<Arc<dyn NoticeGateway>> = Vec::new();
    if let Some(smtp) = &config.smtp {
        gateways.push(Arc::new(SmtpGateway::new(smtp_settings(smtp)?)?));
    }
    if let Some(sms) = &config.sms {
        let settings = TwilioSettings {
            base_url: sms.base_url.clone(),
            account_sid: sms.account.clone(),
            auth_token: secret(&sms.token_file)?,
            sender: Sender::Number(sms.from.clone()),
            status_callback: None,
            answer_within: GATEWAY_ANSWERS_WITHIN,
        };
        gateways.push(Arc::new(TwilioGateway::new(settings)?));
    }
    if let Some(smpp) = &config.smpp {
        gateways.push(Arc::new(smpp_gateway(smpp)?));
    }
    for medium in [Medium::Email, Medium::Sms] {
        let has_none = !gateways.iter().any(|gateway| gateway.medium() == medium);
        if let Some(mailbox) = mailbox.filter(|_| has_none) {
            gateways.push(Arc::new(mailbox.for_medium(medium)));
        }
    }
    Ok(gateways)
}

fn smtp_settings(smtp: &crate::config::Smtp) -> Result<SmtpSettings> {
    let login = match (&smtp.user, &smtp.password_file) {
        (Some(user), Some(file)) => Some(Login { user: user.clone(), password: secret(file)? }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            bail!("smtp: user and password_file belong together")
        }
    };
    Ok(SmtpSettings {
        host: smtp.host.clone(),
        port: smtp.port,
        security: match smtp.security {
            SmtpSecurity::Tls => Security::Tls,
            SmtpSecurity::Starttls => Security::StartTls,
            SmtpSecurity::None => Security::None,
        },
        root_certificate_pem: None,
        login,
        from: smtp.from.clone(),
        reply_to: None,
        answer_within: GATEWAY_ANSWERS_WITHIN,
    })
}

fn smpp_gateway(smpp: &crate::config::Smpp) -> Result<SmppGateway> {
    let source = Source {
        type_of_number: 1,
        numbering_plan: 1,
        address: smpp.from.trim_start_matches('+').to_owned(),
    };
    let password = secret(&smpp.password_file)?;
    let mut settings =
        SmppSettings::new(smpp.host.clone(), smpp.system_id.clone(), password, source);
    settings.port = smpp.port;
    let (receipts, mut arriving) = tokio::sync::mpsc::channel(256);
    tokio::spawn(async move {
        // Receipts are noted in the log only: a text counts as sent when the gateway took it.
        while let Some(receipt) = arriving.recv().await {
            tracing::debug!(?receipt, "delivery receipt");
        }
    });
    Ok(SmppGateway::start(settings, receipts)?)
}
