//! The endpoints of the configuration: `[[endpoints]]`, each with one platform that calls it.

use crate::config::SecretPlace;
use eyre::{Result, WrapErr, bail};
use farline_app::endpoints::{Endpoint, OpenEndpoints};
use farline_app::ports::platform::Platform;
use farline_channels::marketplace::goofish::{Goofish, GoofishSettings};
use farline_channels::marketplace::jd_trade::{JdSigning, JdTrade, JdTradeSettings};
use farline_channels::marketplace::taobao_direct::{
    TAOBAO_API, TaobaoDirect, TaobaoDirectSettings,
};
use farline_domain::catalog::{Catalogue, PlanCode};
use farline_domain::partners::{EndpointCode, PartnerCode};
use farline_store::Database;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An endpoint.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndpointEntry {
    /// What it is called in addresses.
    pub(crate) name: EndpointCode,
    /// Whose orders are placed there.
    partner: PartnerCode,
    /// What is sold there, and what each costs, in fen.
    prices: BTreeMap<PlanCode, i64>,
    /// As how many fen one unit of the account's currency is told.
    #[serde(default)]
    fen_per_unit: Option<i64>,
    #[serde(default)]
    goofish: Option<GoofishEntry>,
    #[serde(default)]
    taobao_direct: Option<TaobaoDirectEntry>,
    #[serde(default)]
    jd_trade: Option<JdTradeEntry>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoofishEntry {
    app_id: String,
    app_secret: SecretPlace,
    mch_id: String,
    mch_secrets: Vec<SecretPlace>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TaobaoDirectEntry {
    app_key: String,
    app_secrets: Vec<SecretPlace>,
    coop_id: String,
    #[serde(default)]
    session: Option<SecretPlace>,
    #[serde(default)]
    api: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct JdTradeEntry {
    vendor_id: String,
    keys: Vec<SecretPlace>,
    #[serde(default)]
    signing: JdSigningName,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum JdSigningName {
    #[default]
    Pairs,
    Plain,
}

/// Opens the endpoints. What is wrong with one is said at the start, with its name.
pub(crate) fn open(entries: &[EndpointEntry]) -> Result<OpenEndpoints> {
    let (mut names, mut partners) = (BTreeSet::new(), BTreeSet::new());
    let mut endpoints = Vec::new();
    for entry in entries {
        if !names.insert(&entry.name) {
            bail!("[[endpoints]]: there are two of the name {}", entry.name);
        }
        if !partners.insert(&entry.partner) {
            bail!("[[endpoints]]: two are of the partner {}; each is of its own", entry.partner);
        }
        let endpoint = endpoint(entry);
        endpoints.push(endpoint.wrap_err_with(|| format!("[[endpoints]] {}", entry.name))?);
    }
    Ok(OpenEndpoints::new(endpoints))
}

fn endpoint(entry: &EndpointEntry) -> Result<Endpoint> {
    if entry.prices.is_empty() {
        bail!("prices says what is sold there: a plan's code and fen, such as maple-30d = 12900");
    }
    if let Some((plan, price)) = entry.prices.iter().find(|(_, price)| **price <= 0) {
        bail!("prices: {plan} costs {price}, but a price is at least 1 fen");
    }
    if entry.fen_per_unit.is_some_and(|fen| fen <= 0) {
        bail!("fen_per_unit is at least 1");
    }
    Ok(Endpoint {
        name: entry.name.clone(),
        partner: entry.partner.clone(),
        platform: platform(entry)?,
        prices: entry.prices.clone(),
        fen_per_unit: entry.fen_per_unit,
    })
}

fn platform(entry: &EndpointEntry) -> Result<Arc<dyn Platform>> {
    Ok(match (&entry.goofish, &entry.taobao_direct, &entry.jd_trade) {
        (Some(at), None, None) => Arc::new(Goofish::new(GoofishSettings {
            app_id: at.app_id.clone(),
            app_secret: secret("app_secret", &at.app_secret)?,
            mch_id: at.mch_id.clone(),
            mch_secrets: secrets("mch_secrets", &at.mch_secrets)?,
        })),
        (None, Some(at), None) => Arc::new(taobao_direct(at)?),
        (None, None, Some(at)) => Arc::new(JdTrade::new(JdTradeSettings {
            vendor_id: at.vendor_id.clone(),
            keys: secrets("keys", &at.keys)?,
            signing: match at.signing {
                JdSigningName::Pairs => JdSigning::Pairs,
                JdSigningName::Plain => JdSigning::Plain,
            },
        })),
        _ => bail!("it is called by one of goofish, taobao_direct, jd_trade"),
    })
}

fn taobao_direct(at: &TaobaoDirectEntry) -> Result<TaobaoDirect> {
    let api = at.api.as_deref().unwrap_or(TAOBAO_API);
    if !api.starts_with("https://") {
        bail!("api: {api} is no https address");
    }
    Ok(TaobaoDirect::new(TaobaoDirectSettings {
        app_key: at.app_key.clone(),
        app_secrets: secrets("app_secrets", &at.app_secrets)?,
        coop_id: at.coop_id.clone(),
        session: at.session.as_ref().map(|place| secret("session", place)).transpose()?,
        api: api.to_owned(),
    }))
}

/// An empty secret signs for everybody.
fn secret(key: &str, place: &SecretPlace) -> Result<String> {
    let secret = place.read()?;
    if secret.is_empty() {
        bail!("{key}: the secret is empty");
    }
    Ok(secret)
}

fn secrets(key: &str, places: &[SecretPlace]) -> Result<Vec<String>> {
    if places.is_empty() {
        bail!("{key} names no secret");
    }
    places.iter().map(|place| secret(key, place)).collect()
}

/// What `farline doctor` says of the endpoints: what is wrong with one, whether it has its partner, and what of its prices is no plan.
pub(crate) async fn told(
    entries: &[EndpointEntry],
    (store, catalogue): (&dyn Database, &Catalogue),
) -> Value {
    let mut told = Vec::new();
    for entry in entries {
        let partner = match store.partner(&entry.partner).await {
            Ok(Some(_)) => entry.partner.to_string(),
            Ok(None) => format!("there is no partner {}: farline partners add", entry.partner),
            Err(error) => format!("not known: {error}"),
        };
        let is_unknown = |plan: &&PlanCode| !catalogue.plans.contains_key(*plan);
        let unknown: Vec<&PlanCode> = entry.prices.keys().filter(is_unknown).collect();
        let fault = open(std::slice::from_ref(entry)).err().map(|fault| format!("{fault:#}"));
        told.push(json!({
            "name": entry.name,
            "wrong": fault,
            "partner": partner,
            "no_such_plans": unknown,
        }));
    }
    Value::Array(told)
}

#[cfg(test)]
mod tests {
    use super::{EndpointEntry, open};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct File {
        endpoints: Vec<EndpointEntry>,
    }

    fn opened(text: &str) -> Result<farline_app::endpoints::OpenEndpoints, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        open(&file.endpoints).map_err(|error| format!("{error:#}"))
    }

    // A variable of the environment that every process of a test has stands for a secret.
    const TAOBAO: &str = r#"
        [[endpoints]]
        name = "taobao"
        partner = "taobao"
        prices = { maple-30d = 12900 }
        fen_per_unit = 520
        [endpoints.taobao_direct]
        app_key = "1"
        app_secrets = [{ env = "PATH" }]
        coop_id = "2"
        api = "https://eco.example"
    "#;

    #[test]
    fn an_endpoint_is_called_by_one_platform_and_is_of_a_partner_of_its_own() {
        assert!(opened(TAOBAO).unwrap().find("taobao").is_some());
        let jd = TAOBAO.replace("name = \"taobao\"", "name = \"jd\"");
        assert!(opened(&format!("{TAOBAO}{jd}")).err().unwrap().contains("two are of the partner"));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let table = [
            ("name = \"taobao\"", "name = \"Tao bao\"", "a code has"),
            ("12900", "0", "[[endpoints]] taobao: prices: maple-30d costs 0"),
            ("12900", "129.5", "invalid type"),
            ("{ maple-30d = 12900 }", "{}", "prices says what is sold"),
            ("520", "-1", "fen_per_unit is at least 1"),
            ("PATH", "NO_SUCH_VARIABLE_HERE", "NO_SUCH_VARIABLE_HERE"),
            ("[{ env = \"PATH\" }]", "[]", "app_secrets names no secret"),
            ("https://eco", "http://eco", "is no https address"),
            ("coop_id", "coop", "coop"),
            (
                "[endpoints.taobao_direct]",
                "[endpoints.jd_trade]\nvendor_id = \"3\"\nkeys = []\n[endpoints.taobao_direct]",
                "it is called by one of",
            ),
        ];
        for (from, to, expected) in table {
            let fault = opened(&TAOBAO.replace(from, to)).err().unwrap();
            assert!(fault.contains(expected), "{fault}");
        }
        let twice = format!("{TAOBAO}{TAOBAO}");
        assert!(opened(&twice).err().unwrap().contains("two of the name taobao"));
    }
}
