//! Endpoints that platforms call to have numbers charged. An endpoint is the front of a partner: its orders are the partner's, paid
//! from the partner's account, and told in the platform's own form.

mod balance;
mod cancel;
mod goods;
mod look;
mod order;
mod tell;

pub use tell::notice;

use crate::ports::platform::{Fault, OrderTold, Platform, Question, Told};
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::PlanCode;
use farline_domain::kernel::Instant;
use farline_domain::orders::{Order, PartnerCode, SoldBy, Stage};
use farline_domain::partners::{EndpointCode, Outcome, Partner};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An endpoint as it is set up.
#[derive(Clone)]
pub struct Endpoint {
    /// What it is called in addresses.
    pub name: EndpointCode,
    /// Whose orders are placed there.
    pub partner: PartnerCode,
    /// Who calls.
    pub platform: Arc<dyn Platform>,
    /// What is sold there, and what each costs the platform, in fen.
    pub prices: BTreeMap<PlanCode, i64>,
    /// As how many fen one unit of the account's currency is told; without it the balance is not told.
    pub fen_per_unit: Option<i64>,
}

/// The endpoints that may be called, by their names.
#[derive(Clone, Default)]
pub struct OpenEndpoints(BTreeMap<EndpointCode, Endpoint>);

impl OpenEndpoints {
    /// These endpoints.
    pub fn new(endpoints: impl IntoIterator<Item = Endpoint>) -> Self {
        Self(endpoints.into_iter().map(|one| (one.name.clone(), one)).collect())
    }

    /// The endpoint with this name.
    pub fn find(&self, name: &str) -> Option<&Endpoint> {
        self.0.get(&EndpointCode::parse(name).ok()?)
    }

    /// The endpoint whose orders are a partner's.
    pub fn of(&self, partner: &PartnerCode) -> Option<&Endpoint> {
        self.0.values().find(|endpoint| endpoint.partner == *partner)
    }

    /// Each of them.
    pub fn each(&self) -> impl Iterator<Item = &Endpoint> {
        self.0.values()
    }
}

/// Answers what a platform asks. Who asks was looked at before.
///
/// # Errors
/// When it is refused, and nothing was ordered by it.
pub async fn answer(app: &App, endpoint: &Endpoint, question: Question) -> Result<Told, Fault> {
    let is_order = matches!(question, Question::Order(_));
    match known(app, endpoint, question).await {
        // Whether it was taken, now or before, is not known: that is no refusal.
        Err(Fault::Unavailable) if is_order => Ok(Told::NotKnown),
        answered => answered,
    }
}

async fn known(app: &App, endpoint: &Endpoint, question: Question) -> Result<Told, Fault> {
    let partner = partner_of(app, endpoint).await?;
    let at = (endpoint, &partner);
    match question {
        Question::About => Ok(Told::About),
        Question::Balance => balance::tell(app, at).await,
        Question::Goods { keyword, page, size } => {
            goods::list(app, at, (&keyword, page, size)).await
        }
        Question::Good(code) => goods::see(app, at, &code).await,
        Question::Order(charge) => order::place(app, at, *charge).await,
        Question::Look(number) => look::see(app, at, &number).await,
        Question::Cancel { order, amount } => cancel::cancel(app, at, (&order, amount)).await,
    }
}

async fn partner_of(app: &App, endpoint: &Endpoint) -> Result<Partner, Fault> {
    let found = app.store.partner(&endpoint.partner).await;
    let found = found.map_err(|error| {
        tracing::error!(endpoint = %endpoint.name, %error, "the partner of an endpoint cannot be read");
        Fault::Unavailable
    })?;
    found.ok_or_else(|| {
        tracing::error!(endpoint = %endpoint.name, partner = %endpoint.partner, "there is no such partner");
        Fault::Unavailable
    })
}

/// Which fault a problem is to a platform.
const FAULTS: [(ProblemCode, Fault); 22] = [
    (ProblemCode::NumberEmpty, Fault::Account),
    (ProblemCode::NumberTooShort, Fault::Account),
    (ProblemCode::NumberTooLong, Fault::Account),
    (ProblemCode::NumberNotDigits, Fault::Account),
    (ProblemCode::NumberNotPossible, Fault::Account),
    (ProblemCode::NumberCheckDigit, Fault::Account),
    (ProblemCode::UnknownLine, Fault::Account),
    (ProblemCode::LineClosed, Fault::Account),
    (ProblemCode::UnknownPlan, Fault::UnknownGood),
    (ProblemCode::PlanNotForLine, Fault::NotSold),
    (ProblemCode::PlanNotSold, Fault::NotSold),
    (ProblemCode::SupplierPaused, Fault::NotSold),
    (ProblemCode::NoPlanInService, Fault::NotSold),
    (ProblemCode::NoTaxKnown, Fault::NotSold),
    (ProblemCode::AccountUsedUp, Fault::UsedUp),
    (ProblemCode::PartnerStopped, Fault::Stopped),
    (ProblemCode::RenewalInProgress, Fault::InProgress),
    (ProblemCode::IdempotencyKeyReused, Fault::OtherOrder),
    (ProblemCode::ReferenceInvalid, Fault::Unreadable),
    (ProblemCode::FieldInvalid, Fault::Unreadable),
    (ProblemCode::CallbackRefused, Fault::Unreadable),
    (ProblemCode::NotFound, Fault::UnknownOrder),
];

/// What stands in the way. What is none of these is not known: a platform must not take it for a refusal.
fn fault_of(problem: &Problem) -> Fault {
    let known = FAULTS.iter().find(|(code, _)| *code == problem.code);
    known.map_or_else(
        || {
            let (code, cause) = (problem.code.code(), problem.cause.as_deref());
            tracing::warn!(code, cause, "what a platform asked cannot be answered at present");
            Fault::Unavailable
        },
        |(_, fault)| *fault,
    )
}

/// An order at a stage, as it is told.
fn told(endpoint: &Endpoint, order: &Order, stage: Stage) -> OrderTold {
    let outcome = Outcome::of(stage);
    let passed = |wanted: Stage| order.history.iter().rfind(|it| it.state == wanted);
    let ended = passed(stage).map(|passage| passage.at);
    OrderTold {
        theirs: order.sold_by.as_ref().map(|it: &SoldBy| it.reference.clone()).unwrap_or_default(),
        ours: order.id.to_string(),
        good: order.offer.plan.to_string(),
        outcome,
        price: endpoint.prices.get(&order.offer.plan).copied(),
        since: order.history.first().map_or(Instant::from_millis(0), |passage| passage.at),
        ended: ended.filter(|_| outcome != Outcome::Running),
        refusal: order.refusal().map(farline_domain::orders::DeliveryRefusal::code),
    }
}

/// An order as it stands.
fn as_it_stands(endpoint: &Endpoint, order: &Order) -> Told {
    Told::Order(told(endpoint, order, order.state.stage()))
}
