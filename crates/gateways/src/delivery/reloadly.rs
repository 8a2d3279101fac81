//! Reloadly's airtime top-ups (docs.reloadly.com/airtime). Our reference is its `customIdentifier`: used once, by a
//! refused attempt too, and looked up in the report of transactions.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use farline_app::ports::Clock;
use farline_app::ports::delivery::{
    DeliveryRequest, DeliverySupplier, SupplierProduct, SupplierSilent, SupplierStanding, Taking,
};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Currency;
use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::decimal::{self, Decimal, Rounding};
use super::sending::{self, Found, Said, Upstream};
use super::tokens::{TokenDesk, Tokens};
use super::wire::{self, Addresses, SupplierPlace, SupplierSettingsError, Wire, given, unsound};
use words::{Operator, Problem, Transaction};

const API: Addresses = Addresses {
    live: "https://topups.reloadly.com",
    sandbox: Some("https://topups-sandbox.reloadly.com"),
};

const AUTH: Addresses =
    Addresses { live: "https://auth.reloadly.com", sandbox: Some("https://auth.reloadly.com") };

/// The version of the answers that is read here.
const ACCEPT: &str = "application/com.reloadly.topups-v1+json";

/// An account at Reloadly. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct ReloadlySettings {
    /// What operators call it.
    pub name: String,
    /// Which installation.
    pub place: SupplierPlace,
    /// The client id.
    pub client_id: String,
    /// The client's secret.
    pub client_secret: String,
    /// The country of the numbers, such as `CA`.
    pub country: String,
    /// What each plan is there, by the plan's code.
    pub plans: BTreeMap<String, ReloadlyPlan>,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
}

/// What a plan is at Reloadly.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReloadlyPlan {
    /// The operator's id.
    pub operator: u64,
    /// The amount, a decimal: of the account's currency, or of the operator's where `local` is said.
    pub amount: String,
    /// Whether the amount is of the operator's currency.
    #[serde(default)]
    pub local: bool,
}

/// Tops numbers up at Reloadly.
pub struct ReloadlySupplier {
    name: String,
    country: String,
    plans: BTreeMap<String, Product>,
    wire: Wire,
    tokens: Tokens,
}

struct Product {
    operator: u64,
    amount: Box<RawValue>,
    local: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TopUp<'a> {
    operator_id: u64,
    amount: &'a RawValue,
    use_local_amount: bool,
    custom_identifier: &'a str,
    recipient_phone: Phone<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Phone<'a> {
    country_code: &'a str,
    number: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Balance {
    #[serde(deserialize_with = "decimal::read")]
    balance: Decimal,
    currency_code: String,
}

#[derive(Deserialize)]
struct Page {
    content: Vec<Transaction>,
}

impl ReloadlySupplier {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(
        settings: ReloadlySettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SupplierSettingsError> {
        given("the client id", &settings.client_id)?;
        given("the client's secret", &settings.client_secret)?;
        given("the country", &settings.country)?;
        let wire = Wire::new(&settings.place, &API, settings.answer_within)?;
        let auth = Wire::new(&settings.place, &AUTH, settings.answer_within)?;
        let audience = match settings.place {
            SupplierPlace::Live => API.live,
            SupplierPlace::Sandbox | SupplierPlace::StandIn(_) => API.sandbox.unwrap_or(API.live),
        };
        let asked = serde_json::json!({
            "client_id": settings.client_id, "client_secret": settings.client_secret,
            "grant_type": "client_credentials", "audience": audience,
        });
        let desk = TokenDesk {
            request: Box::new(move || auth.post(&["oauth", "token"]).json(&asked)),
            read: |reply| reply.success(),
        };
        let plans = settings.plans.into_iter().map(|(plan, mapped)| match Product::of(&mapped) {
            Some(product) => Ok((plan, product)),
            None => Err(SupplierSettingsError::Plan { plan, fault: "amount is not a decimal" }),
        });
        Ok(Self {
            name: settings.name,
            country: settings.country,
            plans: plans.collect::<Result<_, _>>()?,
            wire,
            tokens: Tokens::new(desk, clock),
        })
    }

    async fn ask(&self, request: RequestBuilder) -> Result<wire::Reply, SupplierSilent> {
        self.tokens.ask(request.header("Accept", ACCEPT)).await
    }

    /// What stands under a reference in the report.
    async fn transaction(&self, reference: &str) -> Result<Option<Transaction>, SupplierSilent> {
        let request = self.wire.get(&["topups", "reports", "transactions"]);
        let request = request.query(&[("customIdentifier", reference), ("page", "1")]);
        let page: Page = self.ask(request).await?.success()?;
        let is_filtered = page.content.iter().all(|transaction| transaction.is_for(reference));
        let found = page.content.into_iter().find(|transaction| transaction.is_for(reference));
        match found {
            // A report of other transactions was not looked through: ours may be on its next page.
            None if !is_filtered => Err(unsound()),
            found => Ok(found),
        }
    }
}

impl Product {
    fn of(plan: &ReloadlyPlan) -> Option<Self> {
        let amount = decimal::number(&plan.amount)?;
        Some(Self { operator: plan.operator, amount, local: plan.local })
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for ReloadlySupplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReloadlySupplier").field("name", &self.name).finish_non_exhaustive()
    }
}

#[async_trait]
impl Upstream for ReloadlySupplier {
    /// An identifier is used once, whatever became of it.
    const SETTLES_AFTER_MS: i64 = 0;

    fn sells(&self, plan: &str) -> bool {
        self.plans.contains_key(plan)
    }

    async fn submit(&self, request: &DeliveryRequest) -> Said {
        let Some(product) = self.plans.get(&request.plan) else { return Said::UNAVAILABLE };
        let top_up = TopUp {
            operator_id: product.operator,
            amount: &product.amount,
            use_local_amount: product.local,
            custom_identifier: &request.reference,
            recipient_phone: Phone {
                country_code: &self.country,
                number: request.number.trim_start_matches('+'),
            },
        };
        let Ok(reply) = self.ask(self.wire.post(&["topups"]).json(&top_up)).await else {
            return Said::UNKNOWN;
        };
        if reply.is_success() {
            return match reply.read::<Transaction>() {
                Ok(transaction) if transaction.is_for(&request.reference) => {
                    Said::Answer(transaction.answer())
                }
                Ok(_) | Err(_) => Said::UNKNOWN,
            };
        }
        // Its words count, not its status.
        match reply.read::<Problem>() {
            Ok(problem) => problem.said(&self.name),
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
impl DeliverySupplier for ReloadlySupplier {
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
        let request = self.wire.get(&["accounts", "balance"]);
        let told: Balance = ReloadlySupplier::ask(self, request).await?.success()?;
        let currency = Currency::parse(&told.currency_code).ok_or_else(unsound)?;
        let float = told.balance.money(currency, Rounding::Down).ok_or_else(unsound)?;
        Ok(SupplierStanding { float: Some(float), taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        let request = self.wire.get(&["operators", "countries", &self.country]);
        let operators: Vec<Operator> = ReloadlySupplier::ask(self, request).await?.success()?;
        Ok(operators.iter().flat_map(Operator::products).collect())
    }
}
