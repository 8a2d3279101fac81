//! DT One's Digital Value Services (developers.dtone.com). Our reference is its `external_id`: unique, and what its
//! transactions are looked up by.

mod contents;
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
use serde_json::json;
use serde_json::value::RawValue;

use super::decimal::{self, Decimal, Rounding};
use super::sending::{self, Found, Said, Upstream};
use super::wire::{
    self, Addresses, MOST_PAGES, SupplierPlace, SupplierSettingsError, Wire, given, unsound,
};
use words::{Problems, Product, Transaction};

const API: Addresses = Addresses {
    live: "https://dvs-api.dtone.com/v1",
    sandbox: Some("https://preprod-dvs-api.dtone.com/v1"),
};

/// The most products that are asked for at once.
const PER_PAGE: usize = 100;

/// An account at DT One. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct DtOneSettings {
    /// What operators call it.
    pub name: String,
    /// Which installation.
    pub place: SupplierPlace,
    /// The key of its API.
    pub key: String,
    /// The key's secret.
    pub secret: String,
    /// The country of the products that its catalogue lists, three letters, such as `CAN`; all if none is said.
    pub country: Option<String>,
    /// What each plan is there, by the plan's code.
    pub plans: BTreeMap<String, DtOnePlan>,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
}

/// What a plan is at DT One.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DtOnePlan {
    /// The product's id.
    pub product: u64,
    /// What arrives, a decimal, where the product lets it be chosen.
    #[serde(default)]
    pub amount: Option<String>,
    /// The unit of the amount, such as `CAD`.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whether the card is named by its ICCID rather than by its number, as eSIMs are.
    #[serde(default)]
    pub by_iccid: bool,
}

/// Delivers by DT One.
pub struct DtOneSupplier {
    name: String,
    key: String,
    secret: String,
    country: Option<String>,
    plans: BTreeMap<String, Mapped>,
    wire: Wire,
}

struct Mapped {
    product: u64,
    /// The amount and its unit.
    value: Option<(Box<RawValue>, String)>,
    by_iccid: bool,
}

#[derive(Deserialize)]
struct Balance {
    #[serde(deserialize_with = "decimal::read")]
    available: Decimal,
    unit: String,
}

impl DtOneSupplier {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(settings: DtOneSettings) -> Result<Self, SupplierSettingsError> {
        given("the key", &settings.key)?;
        given("the secret", &settings.secret)?;
        let wire = Wire::new(&settings.place, &API, settings.answer_within)?;
        let plans = settings.plans.into_iter().map(|(plan, mapped)| match Mapped::of(mapped) {
            Ok(mapped) => Ok((plan, mapped)),
            Err(fault) => Err(SupplierSettingsError::Plan { plan, fault }),
        });
        Ok(Self {
            name: settings.name,
            key: settings.key,
            secret: settings.secret,
            country: settings.country,
            plans: plans.collect::<Result<_, _>>()?,
            wire,
        })
    }

    async fn ask(&self, request: RequestBuilder) -> Result<wire::Reply, SupplierSilent> {
        wire::ask(request.basic_auth(&self.key, Some(&self.secret))).await
    }

    async fn transaction(&self, reference: &str) -> Result<Option<Transaction>, SupplierSilent> {
        let request = self.wire.get(&["transactions"]).query(&[("external_id", reference)]);
        let listed: Vec<Transaction> = self.ask(request).await?.success()?;
        let is_filtered = listed.iter().all(|transaction| transaction.is_for(reference));
        match listed.into_iter().find(|transaction| transaction.is_for(reference)) {
            // A list of others was not looked through: ours may be on its next page.
            None if !is_filtered => Err(unsound()),
            found => Ok(found),
        }
    }

    async fn page(&self, page: u32) -> Result<Vec<Product>, SupplierSilent> {
        let (page, per_page) = (page.to_string(), PER_PAGE.to_string());
        let mut query = vec![("page", page.as_str()), ("per_page", per_page.as_str())];
        query.extend(self.country.as_deref().map(|country| ("country_iso_code", country)));
        self.ask(self.wire.get(&["products"]).query(&query)).await?.success()
    }
}

impl Mapped {
    fn of(plan: DtOnePlan) -> Result<Self, &'static str> {
        let value = match (plan.amount, plan.unit) {
            (None, None) => None,
            (Some(amount), Some(unit)) => {
                Some((decimal::number(&amount).ok_or("amount is not a decimal")?, unit))
            }
            (Some(_), None) | (None, Some(_)) => return Err("amount and unit belong together"),
        };
        Ok(Self { product: plan.product, value, by_iccid: plan.by_iccid })
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for DtOneSupplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DtOneSupplier").field("name", &self.name).finish_non_exhaustive()
    }
}

#[async_trait]
impl Upstream for DtOneSupplier {
    /// An external id is used once.
    const SETTLES_AFTER_MS: i64 = 0;

    fn sells(&self, plan: &str) -> bool {
        self.plans.contains_key(plan)
    }

    async fn submit(&self, request: &DeliveryRequest) -> Said {
        let Some(plan) = self.plans.get(&request.plan) else { return Said::UNAVAILABLE };
        let party = if plan.by_iccid {
            json!({"account_number": request.iccid})
        } else {
            json!({"mobile_number": request.number})
        };
        let body = words::Sending {
            external_id: &request.reference,
            product_id: plan.product,
            auto_confirm: true,
            calculation_mode: plan.value.as_ref().map(|_| "DESTINATION_AMOUNT"),
            destination: plan.value.as_ref().map(|(amount, unit)| words::Value {
                amount,
                unit,
                unit_type: "CURRENCY",
            }),
            credit_party_identifier: party,
        };
        let call = self.wire.post(&["async", "transactions"]).json(&body);
        let Ok(reply) = self.ask(call).await else { return Said::UNKNOWN };
        if reply.is_success() {
            return match reply.read::<Transaction>() {
                Ok(transaction) if transaction.is_for(&request.reference) => {
                    Said::Answer(transaction.answer())
                }
                Ok(_) | Err(_) => Said::UNKNOWN,
            };
        }
        match reply.read::<Problems>() {
            Ok(problems) => problems.said(&self.name),
            Err(_) => Said::UNKNOWN,
        }
    }

    async fn find(&self, request: &DeliveryRequest) -> Found {
        match self.transaction(&request.reference).await {
            Ok(Some(transaction)) => Found::Answer(transaction.answer()),
            Ok(None) => Found::Nothing,
            Err(_) => Found::Silence,
        }
    }
}

#[async_trait]
impl DeliverySupplier for DtOneSupplier {
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
        let call = self.wire.get(&["balances"]);
        let balances: Vec<Balance> = DtOneSupplier::ask(self, call).await?.success()?;
        // An account has one balance; of several, none is ours to choose.
        let [balance] = balances.as_slice() else { return Err(unsound()) };
        let currency = Currency::parse(&balance.unit).ok_or_else(unsound)?;
        let float = balance.available.money(currency, Rounding::Down).ok_or_else(unsound)?;
        Ok(SupplierStanding { float: Some(float), taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        let mut products = Vec::new();
        for number in 1..=MOST_PAGES {
            let page = self.page(number).await?;
            products.extend(page.iter().map(Product::told));
            if page.len() < PER_PAGE {
                return Ok(products);
            }
        }
        Err(SupplierSilent("the catalogue is too long".to_owned()))
    }
}
