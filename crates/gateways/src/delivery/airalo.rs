//! Airalo's partner API, version 2 (partners-doc.airalo.com): top-ups of eSIMs that are in use. It has no idempotency
//! key. Our reference stands in the order's description, which is searched before anything is said again.

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
use serde::Deserialize;

use super::sending::{self, Found, Said, Upstream};
use super::signature;
use super::tokens::{TokenDesk, Tokens};
use super::wire::{
    Addresses, MOST_PAGES, SupplierPlace, SupplierSettingsError, Wire, given, unsound,
};
use words::{Data, Order, Page, Refusal, Shelf, ToppedUp};

const API: Addresses = Addresses { live: "https://partners-api.airalo.com/v2", sandbox: None };

/// How long after a try none is on its way any more: a top-up is answered within its own time-out.
const SETTLES_AFTER_MS: i64 = 5 * 60 * 1000;

/// An account at Airalo. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct AiraloSettings {
    /// What operators call it.
    pub name: String,
    /// Which installation.
    pub place: SupplierPlace,
    /// The client id.
    pub client_id: String,
    /// The client's secret, which signs, too.
    pub client_secret: String,
    /// The country of the packages that its catalogue lists, such as `CA`; all if none is said.
    pub country: Option<String>,
    /// What each plan is there, by the plan's code.
    pub plans: BTreeMap<String, AiraloPlan>,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
}

/// What a plan is at Airalo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AiraloPlan {
    /// The package, which ends in `-topup`.
    pub package: String,
}

/// Tops eSIMs up at Airalo.
pub struct AiraloSupplier {
    name: String,
    secret: String,
    country: Option<String>,
    plans: BTreeMap<String, AiraloPlan>,
    wire: Wire,
    tokens: Tokens,
}

impl AiraloSupplier {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(
        settings: AiraloSettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SupplierSettingsError> {
        given("the client id", &settings.client_id)?;
        given("the client's secret", &settings.client_secret)?;
        let wire = Wire::new(&settings.place, &API, settings.answer_within)?;
        let auth = Wire::new(&settings.place, &API, settings.answer_within)?;
        for (plan, AiraloPlan { package }) in &settings.plans {
            if !package.ends_with("-topup") {
                let (plan, fault) = (plan.clone(), "a package that tops up ends in -topup");
                return Err(SupplierSettingsError::Plan { plan, fault });
            }
        }
        let form = [
            ("client_id", settings.client_id),
            ("client_secret", settings.client_secret.clone()),
            ("grant_type", "client_credentials".to_owned()),
        ];
        let desk = TokenDesk {
            request: Box::new(move || auth.post(&["token"]).form(&form)),
            read: |reply| Ok(reply.success::<Data<_>>()?.data),
        };
        Ok(Self {
            name: settings.name,
            secret: settings.client_secret,
            country: settings.country,
            plans: settings.plans,
            wire,
            tokens: Tokens::new(desk, clock),
        })
    }

    async fn order(&self, reference: &str) -> Result<Option<Order>, SupplierSilent> {
        let request = self.wire.get(&["orders"]).query(&[
            ("filter[description]", reference),
            ("include", "status"),
            ("limit", "50"),
            ("page", "1"),
        ]);
        let page: Page<Order> = self.tokens.ask(request).await?.success()?;
        // The search is for whatever holds the words.
        let is_whole = page.is_last();
        match page.data.into_iter().find(|order| order.is_for(reference)) {
            None if !is_whole => Err(unsound()),
            found => Ok(found),
        }
    }

    async fn shelf(&self, page: u32, limit: &str) -> Result<Page<Shelf>, SupplierSilent> {
        let page = page.to_string();
        let mut query = vec![("include", "topup"), ("limit", limit), ("page", page.as_str())];
        query.extend(self.country.as_deref().map(|country| ("filter[country]", country)));
        self.tokens.ask(self.wire.get(&["packages"]).query(&query)).await?.success()
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for AiraloSupplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AiraloSupplier").field("name", &self.name).finish_non_exhaustive()
    }
}

#[async_trait]
impl Upstream for AiraloSupplier {
    const SETTLES_AFTER_MS: i64 = SETTLES_AFTER_MS;

    fn sells(&self, plan: &str) -> bool {
        self.plans.contains_key(plan)
    }

    async fn submit(&self, request: &DeliveryRequest) -> Said {
        let Some(plan) = self.plans.get(&request.plan) else { return Said::UNAVAILABLE };
        let top_up = words::TopUp {
            package_id: &plan.package,
            iccid: &request.iccid,
            description: &request.reference,
        };
        // What is signed is what is sent, octet by octet.
        let Ok(body) = serde_json::to_string(&top_up) else { return Said::UNKNOWN };
        let call = self
            .wire
            .post(&["orders", "topups"])
            .header("airalo-signature", signature::airalo(&self.secret, &body))
            .header("Content-Type", "application/json")
            .body(body);
        let Ok(reply) = self.tokens.ask(call).await else { return Said::UNKNOWN };
        if reply.is_success() {
            let topped_up = reply.read::<Data<ToppedUp>>().map(|told| told.data);
            return match topped_up {
                Ok(topped_up) if topped_up.package_id == plan.package => {
                    Said::Answer(topped_up.answer())
                }
                Ok(_) | Err(_) => Said::UNKNOWN,
            };
        }
        match reply.read::<Refusal>() {
            Ok(refusal) if reply.status == 422 => refusal.said(&self.name),
            Ok(_) | Err(_) => Said::UNKNOWN,
        }
    }

    async fn find(&self, request: &DeliveryRequest) -> Found {
        match self.order(&request.reference).await {
            Ok(Some(order)) => Found::Answer(order.answer()),
            Ok(None) => Found::Nothing,
            Err(_) => Found::Silence,
        }
    }
}

#[async_trait]
impl DeliverySupplier for AiraloSupplier {
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
        // It tells no balance that we know of: it warns of its credit limit by webhook. That it shows its packages says
        // that it is there and knows us.
        self.shelf(1, "1").await?;
        Ok(SupplierStanding { float: None, taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        let mut products = Vec::new();
        for number in 1..=MOST_PAGES {
            let page = self.shelf(number, "100").await?;
            products.extend(page.data.iter().flat_map(Shelf::top_ups));
            if page.is_last() {
                return Ok(products);
            }
        }
        Err(SupplierSilent("the catalogue is too long".to_owned()))
    }
}
