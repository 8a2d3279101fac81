//! eSIM Access (docs.esimaccess.com): top-ups of eSIMs that are in use. Our reference is its `transactionId`: saying the
//! same again makes one top-up. No question finds one, so that is also how one is asked about.

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
use serde::{Deserialize, Serialize};

use super::decimal::{Decimal, Rounding};
use super::sending::{self, Found, Said, Upstream};
use super::signature;
use super::wire::{
    self, Addresses, Reply, SupplierPlace, SupplierSettingsError, Wire, given, unsound,
};
use words::{Balance, Envelope, Packages, ToppedUp};

const API: Addresses = Addresses { live: "https://api.esimaccess.com/api/v1/open", sandbox: None };

/// The currency of its prices and of our float.
const PRICED_IN: &str = "USD";

/// How long after the first sending the same is said again, in milliseconds. Nobody promises for how long saying it
/// again makes one top-up, and a person who decides after a day must not be overtaken.
const SAID_AGAIN_WITHIN_MS: i64 = 60 * 60 * 1000;

/// An account at eSIM Access. Not shown by `Debug`, as it holds a secret.
#[derive(Clone)]
pub struct EsimAccessSettings {
    /// What operators call it.
    pub name: String,
    /// Which installation.
    pub place: SupplierPlace,
    /// The access code.
    pub access_code: String,
    /// The secret key, which signs.
    pub secret_key: String,
    /// The location of the packages that its catalogue lists, such as `CA`; all if none is said.
    pub location: Option<String>,
    /// What each plan is there, by the plan's code.
    pub plans: BTreeMap<String, EsimAccessPlan>,
    /// How long connecting and answering may take together, for each call.
    pub answer_within: Duration,
}

/// What a plan is at eSIM Access.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EsimAccessPlan {
    /// The package, `TOPUP_…`.
    pub package: String,
    /// Its price in US dollars, a decimal: it refuses when the price is another by now.
    pub price: String,
}

/// Tops eSIMs up at eSIM Access.
pub struct EsimAccessSupplier {
    name: String,
    access_code: String,
    secret_key: String,
    location: Option<String>,
    plans: BTreeMap<String, Mapped>,
    wire: Wire,
    clock: Arc<dyn Clock>,
}

struct Mapped {
    package: String,
    /// In ten-thousandths of a dollar.
    price: i64,
}

impl EsimAccessSupplier {
    /// Checks the settings; connects only when there is something to ask.
    pub fn new(
        settings: EsimAccessSettings,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, SupplierSettingsError> {
        given("the access code", &settings.access_code)?;
        given("the secret key", &settings.secret_key)?;
        let wire = Wire::new(&settings.place, &API, settings.answer_within)?;
        let plans = settings.plans.into_iter().map(|(plan, mapped)| {
            let price = Decimal::parse(&mapped.price).and_then(Decimal::ten_thousandths);
            match price.filter(|price| *price > 0) {
                Some(price) => Ok((plan, Mapped { package: mapped.package, price })),
                None => Err(SupplierSettingsError::Plan { plan, fault: "price is not a price" }),
            }
        });
        Ok(Self {
            name: settings.name,
            access_code: settings.access_code,
            secret_key: settings.secret_key,
            location: settings.location,
            plans: plans.collect::<Result<_, _>>()?,
            wire,
            clock,
        })
    }

    /// Asks, signed. `id` is of this question; the instant makes it another when it is asked again.
    async fn ask(
        &self,
        (path, id): ([&str; 2], &str),
        body: &impl Serialize,
    ) -> Result<Reply, SupplierSilent> {
        // What is signed is what is sent, octet by octet.
        let body = serde_json::to_string(body).map_err(|_| unsound())?;
        let timestamp = self.clock.now().millis().to_string();
        let request_id = format!("{id}-{timestamp}");
        let parts = [timestamp.as_str(), &request_id, &self.access_code, &body];
        let call = self
            .wire
            .post(&path)
            .header("RT-AccessCode", &self.access_code)
            .header("RT-Signature", signature::esim_access(&self.secret_key, parts))
            .header("RT-Timestamp", timestamp)
            .header("RT-RequestID", request_id)
            .header("Content-Type", "application/json");
        wire::ask(call.body(body)).await
    }
}

/// Only what the adapter is called.
impl std::fmt::Debug for EsimAccessSupplier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EsimAccessSupplier").field("name", &self.name).finish_non_exhaustive()
    }
}

#[async_trait]
impl Upstream for EsimAccessSupplier {
    /// One transaction id is one top-up.
    const SETTLES_AFTER_MS: i64 = 0;

    fn sells(&self, plan: &str) -> bool {
        self.plans.contains_key(plan)
    }

    async fn submit(&self, request: &DeliveryRequest) -> Said {
        let Some(plan) = self.plans.get(&request.plan) else { return Said::UNAVAILABLE };
        let top_up = words::TopUp {
            iccid: &request.iccid,
            package_code: &plan.package,
            amount: plan.price.to_string(),
            transaction_id: &request.reference,
        };
        let asked = self.ask((["esim", "topup"], &request.reference), &top_up).await;
        match asked.and_then(|reply| reply.success::<Envelope<ToppedUp>>()) {
            Ok(envelope) => envelope.said(&request.reference, &self.name),
            Err(_) => Said::UNKNOWN,
        }
    }

    async fn find(&self, request: &DeliveryRequest) -> Found {
        // What it topped up, it does not take back.
        if let Some(theirs) = &request.supplier_reference {
            let supplier_reference = Some(theirs.clone());
            return Found::Answer(DeliveryAnswer::Delivered { supplier_reference });
        }
        let sent_at = request.sent_at.unwrap_or(request.now);
        if !Upstream::sells(self, &request.plan)
            || request.now.millis_since(sent_at) > SAID_AGAIN_WITHIN_MS
        {
            return Found::Silence;
        }
        match self.submit(request).await {
            // What is refused now may be refused because the first sending came through.
            Said::LookUp | Said::Answer(DeliveryAnswer::Refused(_) | DeliveryAnswer::Unknown) => {
                Found::Silence
            }
            Said::Answer(answer) => Found::Answer(answer),
        }
    }
}

#[async_trait]
impl DeliverySupplier for EsimAccessSupplier {
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
        let asked = (["balance", "query"], "balance");
        let reply = EsimAccessSupplier::ask(self, asked, &serde_json::json!({})).await?;
        let told: Balance = reply.success::<Envelope<Balance>>()?.done()?;
        let usd = Currency::parse(PRICED_IN).ok_or_else(unsound)?;
        let float = told.money().money(usd, Rounding::Down).ok_or_else(unsound)?;
        Ok(SupplierStanding { float: Some(float), taking: Taking::Deliveries })
    }

    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent> {
        let wanted = words::Wanted { kind: "TOPUP", location_code: self.location.as_deref() };
        let asked = (["package", "list"], "packages");
        let reply = EsimAccessSupplier::ask(self, asked, &wanted).await?;
        let packages: Packages = reply.success::<Envelope<Packages>>()?.done()?;
        Ok(packages.told())
    }
}
