//! Ding's transfers (dingconnect.com). Our reference is its `DistributorRef`, by which its transfers are looked up. That
//! it makes one of two under the same reference is nowhere promised, so it is looked up before anything is said again.

mod words;

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Currency;
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use serde_json::value::RawValue;

use super::decimal::{self, Rounding};
use super::sending::{self, Found, Said, Upstream};
use super::wire::{self, Addresses, SupplierPlace, SupplierSettingsError, Wire, given, unsound};
use words::{Balance, Envelope, Listed, Operators, Products, Sent, Transfer};

const API: Addresses = Addresses { live: "https://api.dingconnect.com/api/V1", sandbox: None };

/// How long after a try none is on its way any more: a sending is answered within its own time-out.
const SETTLES_AFTER_MS: i64 = 5 * 60 * 1000;

/// An account at Ding. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct DingSettings {
    /// What operators call it.
    pub name: String,
    /// Which installation.
    pub place: SupplierPlace,
    /// The key of its API.
    pub key: String,
    /// The country of the products that its catalogue lists, such as `CA`; all if none is said.
    pub country: Option<String>,
    /// What each plan is there, by the plan's code.
    pub plans: BTreeMap<String, DingPlan>,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
}

/// What a plan is at Ding.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DingPlan {
    /// The product, `SkuCode`.
    pub sku: String,
    /// What we send, a decimal.
    pub value: String,
    /// The currency of what we send.
    pub currency: String,
    /// The provider whose state says whether this is taken, `ProviderCode`; without one, only Ding's own answers do.
    #[serde(default)]
    pub provider: Option<String>,
}

/// Delivers by Ding.
pub struct DingSupplier {
    name: String,
    key: String,
    country: Option<String>,
    plans: BTreeMap<String, Mapped>,
    wire: Wire,
}

struct Mapped {
    sku: String,
    value: Box<RawValue>,
    currency: String,
    provider: Option<String>,
}

impl DingSupplier {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(settings: DingSettings) -> Result<Self, SupplierSettingsError> {
        given("the key", &settings.key)?;
        let wire = Wire::new(&settings.place, &API, settings.answer_within)?;
        let plans = settings.plans.into_iter().map(|(plan, mapped)| {
            let Some(value) = decimal::number(&mapped.value) else {
                return Err(SupplierSettingsError::Plan { plan, fault: "value is not a decimal" });
            };
            let DingPlan { sku, currency, provider, .. } = mapped;
            Ok((plan, Mapped { sku, value, currency, provider }))
        });
        Ok(Self {
            name: settings.name,
            key: settings.key,
            country: settings.country,
            plans: plans.collect::<Result<_, _>>()?,
            wire,
        })
    }

    async fn ask(&self, request: RequestBuilder) -> Result<wire::Reply, SupplierSilent> {
        wire::ask(request.header("api_key", &self.key)).await
    }

    /// Reads an answer that only counts when Ding calls it a success.
    async fn read<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, SupplierSilent> {
        let reply = self.ask(request).await?;
        let envelope: Envelope = reply.success()?;
        if envelope.is_success() { reply.read() } else { Err(unsound()) }
    }

    async fn transfer(&self, reference: &str) -> Result<Option<Transfer>, SupplierSilent> {
        let call = self.wire.post(&["ListTransferRecords"]);
        let asked = json!({"DistributorRef": reference, "Skip": 0, "Take": 10});
        let listed: Listed = self.read(call.json(&asked)).await?;
        let is_filtered = listed.transfers().all(|transfer| transfer.is_for(reference));
        let found = listed.into_transfers().find(|transfer| transfer.is_for(reference));
        match found {
            // A list of others was not looked through: ours may be on its next page.
            None if !is_filtered => Err(unsound()),
            found => Ok(found),
        }
    }

    /// Whether any provider that our plans rest on takes transfers; yes, where none is named.
    async fn taking(&self) -> Result<Taking, SupplierSilent> {
        let providers = self.plans.values().filter_map(|plan| plan.provider.as_deref());
        let query: Vec<(&str, &str)> = providers.map(|code| ("providerCodes", code)).collect();
        if query.is_empty() {
            return Ok(Taking::Deliveries);
        }
        let call = self.wire.get(&["GetProviderStatus"]).query(&query);
        let operators: Operators = self.read(call).await?;
        Ok(if operators.all_rest() { Taking::Nothing } else { Taking::Deliveries })
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for DingSupplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DingSupplier").field("name", &self.name).finish_non_exhaustive()
    }
}

#[async_trait]
impl Upstream for DingSupplier {
    const SETTLES_AFTER_MS: i64 = SETTLES_AFTER_MS;

    fn sells(&self, plan: &str) -> bool {
        self.plans.contains_key(plan)
    }

    async fn submit(&self, request: &DeliveryRequest) -> Said {
        let Some(plan) = self.plans.get(&request.plan) else { return Said::UNAVAILABLE };
        let body = words::Sending {
            sku_code: &plan.sku,
            send_value: &plan.value,
            send_currency_iso: &plan.currency,
            account_number: request.number.trim_start_matches('+'),
            distributor_ref: &request.reference,
            validate_only: false,
            settings: [],
        };
        let call = self.wire.post(&["SendTransfer"]).json(&body);
        let Ok(reply) = self.ask(call).await else { return Said::UNKNOWN };
        if reply.status >= 500 {
            return Said::UNKNOWN;
        }
        match reply.read::<Sent>() {
            Ok(sent) => sent.said(&request.reference, &self.name),
            Err(_) => Said::UNKNOWN,
        }
    }

    async fn find(&self, request: &DeliveryRequest) -> Found {
        match self.transfer(&request.reference).await {
            Ok(Some(transfer)) => Found::Answer(transfer.answer()),
            Ok(None) => Found::Nothing,
            Err(_) => Found::Silence,
        }
    }
}

#[async_trait]
impl DeliverySupplier for DingSupplier {
    fn name(&self) -> &str {
        &self.name
    }

    fn sells(&self, plan: &str) -> bool {
        Upstream::sells(self, plan)
    }

    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        sending::send(self, request).await
    }

    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer {
        sending::ask(self, request).await
    }

    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent> {
        let told: Balance = self.read(self.wire.get(&["GetBalance"])).await?;
        let currency = Currency::parse(&told.currency_iso).ok_or_else(unsound)?;
        let float = told.balance.money(currency, Rounding::Down).ok_or_else(unsound)?;
        Ok(SupplierStanding { float: Some(float), taking: self.taking().await? })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        let country = self.country.as_deref().map(|country| ("countryIsos", country));
        let query: Vec<(&str, &str)> = country.into_iter().collect();
        let products: Products = self.read(self.wire.get(&["GetProducts"]).query(&query)).await?;
        Ok(products.told())
    }
}
