//! What people and networks do, one deed each. What a deed needs is drawn before it begins.

use super::book::Book;
use super::provider::Event;
use super::supplier::Truth;
use super::world::World;
use farline_app::app::Placed;
use farline_app::charging::{self, Call, Place};
use farline_app::orders::{self, Buyer, PlaceRequest, RefundWish};
use farline_app::payments::{self, Received};
use farline_app::ports::pipeline::Envelope;
use farline_app::ports::records::{Claim, RequestKey, StoredJob};
use farline_app::problem::MoneyWord;
use farline_app::quotes::{self, QuoteRequest};
use farline_app::{App, Problem, jobs, receipts, subjects};
use farline_domain::catalog::Allowance;
use farline_domain::charging::{ChargingStep, Wanted};
use farline_domain::commands::{Actor, Context, HeldChoice, LineCommand, PayWith, Verdict};
use farline_domain::kernel::{
    Cells, CommandKey, Instant, Language, LineId, Money, OrderId, QuoteId,
};
use farline_domain::orders::{Channel, Order, OrderState, TaskKind};
use farline_domain::payments::{PaymentMethod, RefundTo};
use jiff::civil::Date;

/// How long after an order ended money can still arrive, in milliseconds: while we ask.
const LATE_MONEY_MILLIS: i64 = 20 * 3600 * 1000;

/// Somebody who wants to order, under a key of their own.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) key: String,
    pub(super) quote: QuoteId,
    pub(super) buyer: Buyer,
    pub(super) language: Language,
    pub(super) another: bool,
    pub(super) with_credit: bool,
    /// The order that was answered.
    pub(super) order: Option<OrderId>,
}

/// What is done in one turn by one of those who act.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Quote(QuoteRequest, Wish),
    /// A place among the wishes, and whether the body is another than before.
    Order(usize, Wish, [u8; 32]),
    PayPage(OrderId),
    See(OrderId),
    Hook(Event, &'static str),
    Cancel(OrderId),
    WrongNumber(OrderId),
    CancelQueued(OrderId),
    Choose(OrderId, HeldChoice),
    Person(OrderId, Option<Verdict>),
    /// So many hundredths of a payment are given back.
    GiveBack(OrderId, i64, RefundTo),
    Receipt(OrderId),
    Charge(Call, ChargingStep),
    Grant(LineId, CommandKey, Box<Allowance>, Option<Date>),
    Work(usize, usize),
    /// The worker takes some work up …
    TakeUp,
    /// … and goes on with it.
    GoOn(Vec<StoredJob>),
    Sweep,
    Forget(Cells),
}

/// What a deed led to.
#[derive(Debug)]
pub(super) enum Led {
    Nowhere,
    Wish(Wish),
    Ordered(usize, OrderId),
    InHand(Vec<StoredJob>),
}

impl Deed {
    /// Does it.
    pub(super) async fn done(self, world: &World, app: &App) -> Led {
        let told = format!("  {self:?}");
        world.note(told);
        let led = self.act(world, app).await;
        match led {
            Ok(led) => led,
            Err(problem) => {
                world.note(format!("  … {}: {:?}", problem.code.code(), problem.cause));
                Led::Nowhere
            }
        }
    }

    async fn act(self, world: &World, app: &App) -> Result<Led, Problem> {
        match self {
            Self::Quote(request, wish) => {
                let quote = quotes::make(app, request).await?;
                return Ok(Led::Wish(Wish { quote: quote.id, ..wish }));
            }
            Self::Order(place, wish, body) => {
                let order = once(world, app, &wish, body).await?;
                return Ok(order.map_or(Led::Nowhere, |order| Led::Ordered(place, order)));
            }
            Self::Charge(call, step) => charge(app, &call, step).await?,
            Self::Grant(line, key, allowance, valid_until) => {
                let command = LineCommand::Grant { allowance: *allowance, valid_until };
                let context = Context { now: app.now(), actor: Actor::System };
                app.store.run(Envelope { line, key: Some(key), command, context }).await?;
            }
            Self::Hook(event, signature) => hook(world, app, &event, signature).await?,
            Self::Work(first, most) => work(app, (first, most)).await?,
            Self::TakeUp => {
                let mut due = app.store.due_jobs(app.now(), 2000).await?;
                due.sort_by_key(|job| (job.line, job.number));
                due.truncate(4);
                return Ok(Led::InHand(due));
            }
            Self::GoOn(in_hand) => {
                for job in in_hand {
                    jobs::run(app, job).await;
                }
            }
            Self::Sweep => sweep(app).await?,
            Self::Forget(cells) => drop(charging::forget(app, cells).await?),
            Self::PayPage(id)
            | Self::See(id)
            | Self::Cancel(id)
            | Self::WrongNumber(id)
            | Self::CancelQueued(id)
            | Self::Choose(id, _)
            | Self::Person(id, _)
            | Self::GiveBack(id, ..)
            | Self::Receipt(id) => {
                let order = app.order(id).await?;
                return self.about(world, app, &order).await;
            }
        }
        Ok(Led::Nowhere)
    }

    async fn about(self, world: &World, app: &App, order: &Order) -> Result<Led, Problem> {
        match self {
            Self::PayPage(_) => drop(orders::pay_url(app, order, orders::Paying::default()).await?),
            Self::See(id) => drop(orders::see(app, id).await?),
            Self::Cancel(_) => drop(orders::cancel(app, order, Actor::Guest).await?),
            Self::WrongNumber(_) => {
                orders::report_wrong_number::prospect(app, order).await?;
                orders::report_wrong_number(app, order, Actor::Guest).await?;
            }
            Self::CancelQueued(_) => {
                orders::cancel_queued::standing(app, order).await?;
                orders::cancel_queued(app, order, Actor::Guest).await?;
            }
            Self::Choose(_, choice) => {
                orders::choose_held(app, order, choice, Actor::Guest).await?;
            }
            Self::Person(_, wanted) => person(world, app, order, wanted).await?,
            Self::GiveBack(_, hundredths, to) => give_back(app, order, (hundredths, to)).await?,
            Self::Receipt(id) => {
                let sheet = receipts::receipt_pdf(app, order).await?;
                world.book().shown(id, &sheet);
            }
            Self::Quote(..)
            | Self::Order(..)
            | Self::Hook(..)
            | Self::Charge(..)
            | Self::Grant(..)
            | Self::Work(..)
            | Self::TakeUp
            | Self::GoOn(_)
            | Self::Sweep
            | Self::Forget(_) => {}
        }
        Ok(Led::Nowhere)
    }
}

/// Places an order under an idempotency key, as channels do: claim, run, answer; some claim in the
/// commit that places.
async fn once(
    world: &World,
    app: &App,
    wish: &Wish,
    body_hash: [u8; 32],
) -> Result<Option<OrderId>, Problem> {
    let request = RequestKey { scope: "simulation", key: &wish.key, body_hash };
    if world.chance.percent(50) && !app.store.is_claimed(request).await? {
        let attempt = (world.chance.octets(), app.now());
        match orders::place_claiming(app, placing(wish, attempt), Some(request)).await {
            Ok(Placed::ClaimFirst) => {}
            Ok(Placed::Order(order)) => {
                return settle(world, app, (wish, request), Ok(*order)).await;
            }
            Err(problem) => return settle(world, app, (wish, request), Err(problem)).await,
        }
    }
    match app.store.claim(request, world.chance.octets(), app.now()).await? {
        Claim::Fresh { seed, claimed_at } => {
            let is_other = body_hash != [0; 32];
            if is_other {
                world.book().contradict(format!("{wish:?} was answered, and its key is free"));
            }
            let placed = orders::place(app, placing(wish, (seed, claimed_at))).await;
            settle(world, app, (wish, request), placed).await
        }
        Claim::Running | Claim::OtherBody => Ok(None),
        Claim::Answered { body, .. } => {
            let order = OrderId::parse(&body);
            let is_first = wish.order.is_none() || (wish.order == order && body_hash == [0; 32]);
            if !is_first {
                world.book().contradict(format!("{wish:?} is answered with {body}"));
            }
            Ok(order)
        }
    }
}

fn placing(wish: &Wish, seed: ([u8; 16], Instant)) -> PlaceRequest {
    PlaceRequest {
        quote: wish.quote,
        buyer: wish.buyer.clone(),
        language: wish.language,
        french_terms: None,
        channel: Channel::Api,
        origin: None,
        assisted: None,
        another: wish.another,
        pay_with: if wish.with_credit { PayWith::LineCredit } else { PayWith::Page },
        seed,
    }
}

/// Keeps the answer under the key, or gives the key up.
async fn settle(
    world: &World,
    app: &App,
    (wish, request): (&Wish, RequestKey<'_>),
    placed: Result<Order, Problem>,
) -> Result<Option<OrderId>, Problem> {
    match placed {
        Ok(order) => {
            // An answer may be lost with the process; run again, it has to be the same order.
            if wish.order.is_some_and(|known| known != order.id) {
                world.book().contradict(format!("{wish:?} made another order, {}", order.id));
            }
            app.store.answer(request, 201, &order.id.to_string()).await?;
            Ok(Some(order.id))
        }
        Err(problem) => {
            if problem.money != MoneyWord::Unknown {
                app.store.give_up(request).await?;
            }
            Err(problem)
        }
    }
}

async fn charge(app: &App, call: &Call, step: ChargingStep) -> Result<(), Problem> {
    match step {
        ChargingStep::Start { wanted } => charging::start(app, call, wanted).await?,
        ChargingStep::Update { used, wanted } => charging::update(app, call, used, wanted).await?,
        ChargingStep::End { used } => charging::end(app, call, used).await?,
        ChargingStep::Event { units } => charging::event(app, call, units).await?,
    };
    Ok(())
}

async fn hook(
    world: &World,
    app: &App,
    event: &Event,
    signature: &'static str,
) -> Result<(), Problem> {
    let header = move |name: &str| (name == "signature").then(|| signature.to_owned());
    let received =
        payments::receive((app, app.providers.first()), &header, event.body.as_bytes()).await?;
    let is_forged = matches!(received, Received::Forged(_));
    if is_forged != (signature != "genuine") {
        world.book().contradict(format!("{event:?} signed {signature}: {received:?}"));
    }
    Ok(())
}

/// The worker's look: some of what is due.
async fn work(app: &App, (first, most): (usize, usize)) -> Result<(), Problem> {
    let mut due = app.store.due_jobs(app.now(), 2000).await?;
    due.sort_by_key(|job| (job.line, job.number));
    let length = due.len().max(1);
    due.rotate_left(first % length);
    for job in due.into_iter().take(most) {
        jobs::run(app, job).await;
    }
    Ok(())
}

/// The worker's sweeping.
async fn sweep(app: &App) -> Result<(), Problem> {
    // What is held is looked after first: a line that cannot be swept does not keep it waiting.
    subjects::look_after(app).await?;
    subjects::limit_promotions(app).await?;
    let mut lines = app.store.lines_to_sweep(app.now(), 100).await?;
    lines.sort_unstable();
    for line in lines {
        charging::sweep(app, line).await?;
    }
    Ok(())
}

/// A person decides honestly: by what the supplier says on the telephone.
pub(super) async fn person(
    world: &World,
    app: &App,
    order: &Order,
    wanted: Option<Verdict>,
) -> Result<(), Problem> {
    let reference = super::book::reference(order);
    let truth = world.supplier().truth(&reference, world.their_now());
    let is_sent = matches!(order.state, OrderState::Delivering { .. } | OrderState::Unknown { .. });
    let task = order.task.map(|task| task.kind);
    let verdict = match (task, wanted) {
        (Some(TaskKind::UnknownOutcome), _) if truth == Truth::Delivered => Verdict::Delivered,
        (Some(TaskKind::UnknownOutcome), _) => {
            world.supplier().void(&reference);
            Verdict::NotDelivered
        }
        (Some(TaskKind::UnknownPayment), _) => Verdict::NotDelivered,
        // Nobody takes money by hand here; what would be owed of it becomes credit.
        (Some(TaskKind::RefundFailed), Some(Verdict::RefundAsCredit))
        | (Some(TaskKind::RefundByHand), _) => Verdict::RefundAsCredit,
        (Some(TaskKind::RefundFailed), _) => Verdict::RefundAgain,
        (Some(TaskKind::Dispute | TaskKind::FraudWarning | TaskKind::RefundedAtShop), _) => {
            Verdict::Close
        }
        (Some(TaskKind::WrongNumber), _) => wanted.unwrap_or(Verdict::Close),
        (Some(TaskKind::HeldPayment), _) => wanted.unwrap_or(Verdict::NotDelivered),
        // What is under way is left to the supplier.
        (None, _) if is_sent => return Ok(()),
        (None, Some(wanted)) => wanted,
        (None, None) => return Ok(()),
    };
    orders::resolve(app, order, verdict, "asked by telephone").await?;
    Ok(())
}

/// A person gives something back although it was delivered; the same wish twice is one.
async fn give_back(
    app: &App,
    order: &Order,
    (hundredths, to): (i64, RefundTo),
) -> Result<(), Problem> {
    let total = order.price.total;
    let amount = Money { minor: total.minor * hundredths / 100, currency: total.currency };
    let wish = RefundWish { amount: Some(amount), to, reason: "a friendly caller", key: None };
    orders::refund(app, order, &wish).await?;
    Ok(())
}

/// A payer pays on the provider's page.
pub(super) fn pay(world: &World, id: OrderId) {
    let chance = &world.chance;
    let now = world.their_now();
    let order = world.book().orders.get(&id).cloned();
    let Some(order) = order.filter(|order| order.checkout.is_some()) else { return };
    let ended_at = order.history.last().map_or(now, |passage| passage.at);
    let key = id.to_string();
    let mut provider = world.provider();
    let Some(page) = provider.pages.get(&key) else { return };
    let is_over = page.has_ended || now >= page.expires_at;
    let is_paid = !page.payments.is_empty();
    // The provider tells the last payment of a page alone: nobody pays again before every one of them is known.
    let is_known = |payment: &String| order.captures().any(|capture| capture.payment == *payment);
    let payment_is_known = page.payments.iter().all(is_known);
    let too_late = now.millis_since(ended_at) > LATE_MONEY_MILLIS;
    let seldom = (is_over && !chance.percent(30)) || (is_paid && !chance.percent(4));
    if seldom || too_late || !payment_is_known {
        // The payer tries, and the provider says so.
        provider.say(&format!("order={key}"));
        return;
    }
    let total = order.price.total;
    let minor = if chance.percent(6) { total.minor - 100 } else { total.minor };
    let method =
        chance.one_of(&[PaymentMethod::Credit, PaymentMethod::Debit, PaymentMethod::Paypal]);
    provider.take(&key, Money { minor, ..total }, method);
    drop(provider);
    world.note(format!("  {key} is paid with {minor}"));
}

/// The wanted part of what a session asks.
pub(super) fn wanted(amount: Option<i64>) -> Wanted {
    match amount {
        None => Wanted::Quota,
        Some(0) => Wanted::Nothing,
        Some(amount) => {
            Wanted::Units(farline_domain::kernel::Units::new(amount).unwrap_or_default())
        }
    }
}

/// Where a session may be.
pub(super) fn place(chance: &super::chance::Chance) -> Place {
    match chance.below(20) {
        0..=7 => Place::Unknown,
        8..=15 => Place::Country("CA".to_owned()),
        16..=18 => Place::Country("US".to_owned()),
        _ => Place::Country("FR".to_owned()),
    }
}

/// Whether everything about the orders has come to rest.
pub(super) fn restless(book: &Book, now: Instant) -> Vec<&Order> {
    book.orders.values().filter(|order| !Book::at_rest(order, now)).collect()
}
