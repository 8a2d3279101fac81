//! The suppliers of the configuration: whose networks we sell by that are not our own.

use crate::config::{Config, SecretPlace};
use eyre::{Result, WrapErr, bail};
use farline_app::Mode;
use farline_app::imports::amounts;
use farline_app::ports::Clock;
use farline_app::ports::delivery::DeliverySupplier;
use farline_app::suppliers::SupplierTerms;
use farline_gateways::delivery::SupplierPlace;
use farline_gateways::delivery::airalo::{AiraloPlan, AiraloSettings, AiraloSupplier};
use farline_gateways::delivery::ding::{DingPlan, DingSettings, DingSupplier};
use farline_gateways::delivery::dt_one::{DtOnePlan, DtOneSettings, DtOneSupplier};
use farline_gateways::delivery::esim_access::{
    EsimAccessPlan, EsimAccessSettings, EsimAccessSupplier,
};
use farline_gateways::delivery::reloadly::{ReloadlyPlan, ReloadlySettings, ReloadlySupplier};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// The supplier that plays, where money does.
pub(crate) const SIMULATED: &str = "simulated";

/// How long a supplier may take to answer: some hold a sending until their operator has answered.
const ANSWERS_WITHIN: Duration = Duration::from_secs(45);

/// `[[suppliers]]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupplierSection {
    /// As `network = { supplier = "…" }` of an operator names it.
    pub(crate) name: String,
    /// A float below this is written to the log, such as `500.00 USD`.
    #[serde(default)]
    alarm: Option<String>,
    /// A float below this stops its sale.
    #[serde(default)]
    floor: Option<String>,
    /// Who is asked in its place: a server on this machine, in the sandbox.
    #[serde(default)]
    stand_in: Option<String>,
    /// Reloadly.
    #[serde(default)]
    reloadly: Option<Reloadly>,
    /// DT One.
    #[serde(default)]
    dt_one: Option<DtOne>,
    /// Ding.
    #[serde(default)]
    ding: Option<Ding>,
    /// Airalo.
    #[serde(default)]
    airalo: Option<Airalo>,
    /// eSIM Access.
    #[serde(default)]
    esim_access: Option<EsimAccess>,
}

/// An account at Reloadly.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reloadly {
    client_id: String,
    client_secret: SecretPlace,
    country: String,
    plans: BTreeMap<String, ReloadlyPlan>,
}

/// An account at DT One.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DtOne {
    key: String,
    secret: SecretPlace,
    #[serde(default)]
    country: Option<String>,
    plans: BTreeMap<String, DtOnePlan>,
}

/// An account at Ding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ding {
    key: SecretPlace,
    #[serde(default)]
    country: Option<String>,
    plans: BTreeMap<String, DingPlan>,
}

/// An account at Airalo.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Airalo {
    client_id: String,
    client_secret: SecretPlace,
    #[serde(default)]
    country: Option<String>,
    plans: BTreeMap<String, AiraloPlan>,
}

/// An account at eSIM Access.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EsimAccess {
    access_code: String,
    secret_key: SecretPlace,
    #[serde(default)]
    location: Option<String>,
    plans: BTreeMap<String, EsimAccessPlan>,
}

/// A supplier, or why it cannot be used.
pub(crate) type Configured = Result<Arc<dyn DeliverySupplier>>;

/// Each supplier of the configuration with its name, in the file's order.
pub(crate) fn configured(
    config: &Config,
    mode: Mode,
    clock: &Arc<dyn Clock>,
) -> Vec<(String, Configured)> {
    let mut names = BTreeSet::from([SIMULATED]);
    let section = |section: &'_ SupplierSection, is_new: bool| {
        let supplier = if is_new {
            section.supplier(mode, clock)
        } else {
            Err(eyre::eyre!("this name is taken"))
        };
        let supplier = supplier.wrap_err_with(|| format!("[[suppliers]] {}", section.name));
        (section.name.clone(), supplier)
    };
    let sections = config.suppliers.iter();
    sections.map(|one| section(one, names.insert(one.name.as_str()))).collect()
}

/// On which terms is sold by each, by name.
pub(crate) fn terms(config: &Config) -> Result<BTreeMap<String, SupplierTerms>> {
    let told = |section: &SupplierSection| Ok((section.name.clone(), section.terms()?));
    config.suppliers.iter().map(told).collect()
}

impl SupplierSection {
    /// The kind's word.
    pub(crate) fn kind(&self) -> &'static str {
        self.kinds().first().copied().unwrap_or("none")
    }

    /// The plans that are mapped.
    pub(crate) fn plans(&self) -> BTreeSet<&str> {
        let mut plans = BTreeSet::new();
        plans.extend(self.reloadly.iter().flat_map(|one| one.plans.keys()).map(String::as_str));
        plans.extend(self.dt_one.iter().flat_map(|one| one.plans.keys()).map(String::as_str));
        plans.extend(self.ding.iter().flat_map(|one| one.plans.keys()).map(String::as_str));
        plans.extend(self.airalo.iter().flat_map(|one| one.plans.keys()).map(String::as_str));
        plans.extend(self.esim_access.iter().flat_map(|one| one.plans.keys()).map(String::as_str));
        plans
    }

    fn kinds(&self) -> Vec<&'static str> {
        let kinds = [
            ("reloadly", self.reloadly.is_some()),
            ("dt_one", self.dt_one.is_some()),
            ("ding", self.ding.is_some()),
            ("airalo", self.airalo.is_some()),
            ("esim_access", self.esim_access.is_some()),
        ];
        kinds.into_iter().filter(|(_, is_there)| *is_there).map(|(kind, _)| kind).collect()
    }

    /// On which terms is sold by it.
    pub(crate) fn terms(&self) -> Result<SupplierTerms> {
        let level = |text: &Option<String>| {
            let level = text.as_deref().map(amounts::money).transpose();
            level.map_err(|fault| eyre::eyre!("[[suppliers]] {}: {fault}", self.name))
        };
        Ok(SupplierTerms { alarm: level(&self.alarm)?, floor: level(&self.floor)? })
    }

    /// Which installation is asked: played money never buys real value.
    fn place(&self, mode: Mode) -> Result<SupplierPlace> {
        match (mode, &self.stand_in) {
            (Mode::Live, None) => Ok(SupplierPlace::Live),
            (Mode::Live, Some(_)) => bail!("nobody stands in for a supplier in live mode"),
            (Mode::Sandbox, None) => Ok(SupplierPlace::Sandbox),
            (Mode::Sandbox, Some(address)) => {
                let here = ["http://127.0.0.1:", "http://[::1]:", "http://localhost:"];
                if !here.iter().any(|here| address.starts_with(here)) {
                    bail!("stand_in is a server on this machine, such as http://127.0.0.1:8090");
                }
                Ok(SupplierPlace::StandIn(address.clone()))
            }
        }
    }

    fn supplier(&self, mode: Mode, clock: &Arc<dyn Clock>) -> Configured {
        self.terms()?;
        let [kind] = self.kinds()[..] else {
            bail!("one of reloadly, dt_one, ding, airalo and esim_access says whose account it is");
        };
        let place = self.place(mode)?;
        let name = self.name.clone();
        let made = match kind {
            "reloadly" => self.reloadly.as_ref().map(|one| one.made((name, place), clock)),
            "dt_one" => self.dt_one.as_ref().map(|one| one.made((name, place))),
            "ding" => self.ding.as_ref().map(|one| one.made((name, place))),
            "airalo" => self.airalo.as_ref().map(|one| one.made((name, place), clock)),
            _ => self.esim_access.as_ref().map(|one| one.made((name, place), clock)),
        };
        made.unwrap_or_else(|| bail!("no account"))
    }
}

impl Reloadly {
    fn made(&self, (name, place): (String, SupplierPlace), clock: &Arc<dyn Clock>) -> Configured {
        let settings = ReloadlySettings {
            name,
            place,
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.read()?,
            country: self.country.clone(),
            plans: self.plans.clone(),
            answer_within: ANSWERS_WITHIN,
        };
        Ok(Arc::new(ReloadlySupplier::new(settings, clock.clone())?))
    }
}

impl DtOne {
    fn made(&self, (name, place): (String, SupplierPlace)) -> Configured {
        let settings = DtOneSettings {
            name,
            place,
            key: self.key.clone(),
            secret: self.secret.read()?,
            country: self.country.clone(),
            plans: self.plans.clone(),
            answer_within: ANSWERS_WITHIN,
        };
        Ok(Arc::new(DtOneSupplier::new(settings)?))
    }
}

impl Ding {
    fn made(&self, (name, place): (String, SupplierPlace)) -> Configured {
        let settings = DingSettings {
            name,
            place,
            key: self.key.read()?,
            country: self.country.clone(),
            plans: self.plans.clone(),
            answer_within: ANSWERS_WITHIN,
        };
        Ok(Arc::new(DingSupplier::new(settings)?))
    }
}

impl Airalo {
    fn made(&self, (name, place): (String, SupplierPlace), clock: &Arc<dyn Clock>) -> Configured {
        let settings = AiraloSettings {
            name,
            place,
            client_id: self.client_id.clone(),
            client_secret: self.client_secret.read()?,
            country: self.country.clone(),
            plans: self.plans.clone(),
            answer_within: ANSWERS_WITHIN,
        };
        Ok(Arc::new(AiraloSupplier::new(settings, clock.clone())?))
    }
}

impl EsimAccess {
    fn made(&self, (name, place): (String, SupplierPlace), clock: &Arc<dyn Clock>) -> Configured {
        let settings = EsimAccessSettings {
            name,
            place,
            access_code: self.access_code.clone(),
            secret_key: self.secret_key.read()?,
            location: self.location.clone(),
            plans: self.plans.clone(),
            answer_within: ANSWERS_WITHIN,
        };
        Ok(Arc::new(EsimAccessSupplier::new(settings, clock.clone())?))
    }
}
