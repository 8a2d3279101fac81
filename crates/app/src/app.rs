//! What every use case has at hand.

use crate::charging::ChargingSettings;
use crate::desk::DeskSettings;
use crate::endpoints::OpenEndpoints;
use crate::payments::Providers;
use crate::ports::CallbackGateway;
use crate::ports::delivery::DeliverySupplier;
use crate::ports::documents::DocumentPrinter;
use crate::ports::notice::NoticeGateway;
use crate::ports::pipeline::{Beside, Envelope, Outcome, Ran};
use crate::ports::{Clock, KeypadLine, Randomness, Store};
use crate::problem::{Problem, ProblemCode};
use crate::reminders::ReminderSettings;
use crate::shops::OpenShops;
use crate::suppliers::SupplierTerms;
use crate::wording::business::Business;
use farline_domain::commands::{Actor, Answer, Context, LineCommand, PlaceOrder};
use farline_domain::kernel::{Instant, LineId, OrderId};
use farline_domain::orders::Order;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Whether money is real.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Payments are played by the sandbox provider; every page says so.
    Sandbox,
    /// Payments are real.
    Live,
}

/// The installation's secrets.
#[derive(Clone)]
pub struct Keys {
    /// Seals order tokens and links.
    pub tokens: [u8; 32],
    /// Digests PINs, PUKs and one-time codes.
    pub secrets: [u8; 32],
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// The use cases' surroundings. Cloning is cheap.
#[derive(Clone)]
pub struct App {
    /// Everything that is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bits.
    pub randomness: Arc<dyn Randomness>,
    /// Whoever takes the money.
    pub providers: Providers,
    /// Suppliers by name.
    pub suppliers: BTreeMap<String, Arc<dyn DeliverySupplier>>,
    /// On which terms is sold by those that are looked at, by name.
    pub supplier_terms: BTreeMap<String, SupplierTerms>,
    /// Whoever carries notices, at least one per medium.
    pub gateways: Vec<Arc<dyn NoticeGateway>>,
    /// Who takes what callers type of a bank card, where that is set up.
    pub keypad: Option<KeypadLine>,
    /// Who tells partners what became of their orders.
    pub callbacks: Arc<dyn CallbackGateway>,
    /// Shops on marketplaces that are read.
    pub shops: Arc<OpenShops>,
    /// Endpoints that platforms call to have numbers charged.
    pub endpoints: Arc<OpenEndpoints>,
    /// Renders and signs receipts.
    pub printer: Arc<dyn DocumentPrinter>,
    /// Secrets.
    pub keys: Keys,
    /// Who sells.
    pub business: Arc<Business>,
    /// On which terms networks are granted quotas.
    pub charging: ChargingSettings,
    /// When people are reminded.
    pub reminders: ReminderSettings,
    /// What the staff may do.
    pub desk: DeskSettings,
    /// Where the portal is reached, without a slash at the end.
    pub base_url: String,
    /// Whether money is real.
    pub mode: Mode,
    /// Wakes the worker when new jobs may wait.
    pub wake: Arc<tokio::sync::Notify>,
}

impl App {
    /// The present instant.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Runs a command on an order and returns the order as it stands afterwards.
    pub async fn run(
        &self,
        line: LineId,
        command: LineCommand,
        actor: Actor,
    ) -> Result<Order, Problem> {
        order_of(self.decide(line, command, actor).await?)
    }

    /// Runs any command on a line.
    pub async fn decide(
        &self,
        line: LineId,
        command: LineCommand,
        actor: Actor,
    ) -> Result<Answer, Problem> {
        let context = Context { now: self.now(), actor };
        let outcome = self.store.run(Envelope { line, key: None, command, context }).await?;
        self.wake.notify_one();
        answer_of(outcome)
    }

    /// Places an order, with what is kept in the same commit.
    pub async fn place(
        &self,
        (line, placing): (LineId, PlaceOrder),
        actor: Actor,
        beside: Beside<'_>,
    ) -> Result<Placed, Problem> {
        let context = Context { now: self.now(), actor };
        let command = LineCommand::Place(Box::new(placing));
        let envelope = Envelope { line, key: None, command, context };
        let ran = self.store.run_beside(envelope, beside).await?;
        self.wake.notify_one();
        match ran {
            Ran::Decided(outcome) => {
                order_of(answer_of(outcome)?).map(|order| Placed::Order(Box::new(order)))
            }
            Ran::KeyTaken => Ok(Placed::ClaimFirst),
        }
    }

    /// Reads an order that must exist.
    pub async fn order(&self, id: OrderId) -> Result<Order, Problem> {
        self.store.order(id).await?.ok_or(Problem::of(ProblemCode::NotFound))
    }
}

/// What came of placing an order under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// The order.
    Order(Box<Order>),
    /// None yet: its key has to be claimed before, as something stands under it, or as the order reaches
    /// into other cells.
    ClaimFirst,
}

fn answer_of(outcome: Outcome) -> Result<Answer, Problem> {
    match outcome {
        Outcome::Answered(answer) => Ok(answer),
        Outcome::Refused(refusal) => Err(refusal.into()),
        Outcome::Repeated => Ok(Answer::Done),
        Outcome::NoSuchLine => Err(Problem::of(ProblemCode::UnknownLine)),
    }
}

fn order_of(answer: Answer) -> Result<Order, Problem> {
    match answer {
        Answer::Order(order) => Ok(*order),
        Answer::Charging(_) | Answer::Done => Err(Problem::of(ProblemCode::Internal)),
    }
}
