//! An order as its page shows it.

use super::frame::Frame;
use super::present;
use crate::portal::views::{
    Delivered as ShownDelivered, Fact, FactKind, MoneyMoved, OrderPage, OrderState as Shown,
    OrderSummary, Queued, ReceiptLinks, Sooner, WrongNumber,
};
use farline_app::orders::cancel_queued::{Kept, Standing, standing};
use farline_app::orders::report_wrong_number::{Prospect, prospect};
use farline_app::orders::start_queued::starts_early;
use farline_app::wording::refund_reason;
use farline_app::{App, Problem, lines, receipts};
use farline_domain::balance::Bucket;
use farline_domain::commands::REPORT_WITHIN_MILLIS;
use farline_domain::kernel::{Instant, Zone};
use farline_domain::lines::{LifecycleRule, Line, renew};
use farline_domain::orders::{Channel, Delivered, Order, OrderState, Passage, Stage, TaskKind};
use farline_domain::payments::{Refund, RefundProgress, RefundReason};
use farline_domain::receipts::ReceiptData;
use farline_texts::Words;

/// Hours within which a person answers about a wrong number.
const DESK_HOURS: i64 = 48;
/// Seconds after which a page that waits asks again.
const ASK_AGAIN_SECONDS: u32 = 5;
/// The same, where the network has been slow.
const ASK_SLOWLY_SECONDS: u32 = 30;

/// What the presenting functions share.
struct Told<'a> {
    words: &'static Words,
    zone: &'a Zone,
    order: &'a Order,
    token: &'a str,
    now: Instant,
    base_url: &'a str,
}

impl Told<'_> {
    fn at(&self, at: Instant) -> String {
        present::clock_time(self.words, at, (self.zone, self.now))
    }

    /// The time alone for what happened today; the date with it otherwise.
    fn moment(&self, at: Instant) -> String {
        let local = at.in_zone(self.zone);
        if local.date() == self.now.date_in(self.zone) {
            self.words.time(local.time())
        } else {
            self.at(at)
        }
    }

    fn day_and_time(&self, at: Instant) -> String {
        self.words.date_time_short(&at.in_zone(self.zone))
    }

    fn task_by(&self) -> String {
        self.order.task.map_or_else(String::new, |task| self.at(task.by))
    }

    fn href(&self, rest: &str) -> String {
        format!("/{}/orders/{}{rest}", self.words.language().path(), self.token)
    }
}

/// The page of an order.
pub async fn page(frame: &Frame, token: &str, order: &Order) -> Result<OrderPage, Problem> {
    let app = &frame.channels().app;
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let plan = receipts::plan_of(app, order).await?;
    let words = frame.words();
    let told = Told {
        words,
        zone: &operator.lifecycle.zone,
        order,
        token,
        now: app.now(),
        base_url: &app.base_url,
    };
    let prospect = prospect(app, order).await?;
    let mut state = state(&told, (&view.buckets, prospect));
    if let Shown::Delivered(delivered) = &mut state {
        delivered.queued = queued(&told, standing(app, order).await?);
        if starts_early(app, &view, order)? {
            delivered.sooner = Sooner::IfUsedUp;
        }
    }
    if let Shown::Held { other, period, .. } = &mut state {
        *other = unfinished_beside(app, order).await?;
        *period = further_period(&told, &view.line, &operator.lifecycle);
    }
    let mut layout = frame.layout();
    layout.refresh_seconds = ask_again_seconds(&state);
    let name = plan.name.get(words.language());
    Ok(OrderPage {
        layout,
        token: token.to_owned(),
        because: because(&told, &state),
        state,
        by_itself: order.channel == Channel::AutoRenew,
        summary: OrderSummary {
            reference: order.reference.to_string(),
            card: farline_app::wording::masked(&view.line),
            plan: name.to_owned(),
            gets: present::gets_and_lasts(words, &catalogue, &plan),
            items: present::items(words, &order.price, name),
            total: present::total(words, &order.price),
        },
        facts: facts(&told),
        money: money(&told),
        history: order.history.iter().map(|passage| fact(&told, passage)).collect(),
        can_cancel: order.is_cancellable(),
        has_proof: order.history.iter().any(|passage| passage.state == Stage::Paid),
    })
}

/// After how many seconds the page looks again; slower where the network has been slow.
fn ask_again_seconds(state: &Shown) -> Option<u32> {
    match state {
        Shown::Charging
        | Shown::Activating { next_news: None }
        | Shown::Declined
        | Shown::Reversed
        | Shown::Refunding => Some(ASK_AGAIN_SECONDS),
        Shown::Activating { .. } | Shown::Unknown { .. } => Some(ASK_SLOWLY_SECONDS),
        _ => None,
    }
}

/// The reference of the unfinished renewal that holds this one up.
async fn unfinished_beside(app: &App, order: &Order) -> Result<String, Problem> {
    let orders = app.store.orders_of_line(order.line, None, 50).await?;
    let beside = orders.iter().find(|other| other.id != order.id && other.is_unfinished());
    Ok(beside.map_or_else(String::new, |other| other.reference.to_string()))
}

/// Until when a further period would reach, counted from now.
fn further_period(told: &Told<'_>, line: &Line, rule: &LifecycleRule) -> String {
    let offer = &told.order.offer;
    let plan = (offer.validity, offer.start_rule);
    let reach = renew(rule, line.dates, plan, told.now).ok();
    reach.map_or_else(String::new, |renewal| told.words.date(renewal.usable_until))
}

/// A refund that is not back yet: why it is made until it is asked for, then how it fares.
fn refunding(told: &Told<'_>, refund: &Refund) -> Shown {
    if refund.is_by_hand() {
        return Shown::RefundingByHand { deadline: told.task_by() };
    }
    match (&refund.progress, refund.reason) {
        (RefundProgress::Failed { .. }, _) => Shown::Owed { deadline: told.task_by() },
        (RefundProgress::Due, RefundReason::Declined) => Shown::Declined,
        (RefundProgress::Due, RefundReason::Reversed) => Shown::Reversed,
        (RefundProgress::Due | RefundProgress::Asked { .. } | RefundProgress::Done { .. }, _) => {
            Shown::Refunding
        }
    }
}

/// Why the money goes back, where what is shown does not begin with it.
fn because(told: &Told<'_>, shown: &Shown) -> Option<String> {
    let (OrderState::Refunding { refund, .. } | OrderState::Refunded { refund, .. }) =
        &told.order.state
    else {
        return None;
    };
    if matches!(shown, Shown::Declined | Shown::Reversed) {
        return None;
    }
    let refund = told.order.refund(*refund)?;
    Some(refund_reason(told.words, refund.reason))
}

/// Whether a delivered plan waits for its first day, and what can be done until then.
fn queued(told: &Told<'_>, standing: Standing) -> Queued {
    let day = |date| told.words.date(date);
    match standing {
        Standing::Begun => Queued::No,
        Standing::CanCancel { starts_on } => Queued::CanCancel { starts: day(starts_on) },
        Standing::Kept { starts_on, why } => {
            let starts = day(starts_on);
            match why {
                Kept::OfSupplier => Queued::Supplier { starts },
                Kept::SoldElsewhere => Queued::Elsewhere { starts },
                Kept::BuiltUpon => Queued::BuiltUpon { starts },
                Kept::Settled => Queued::Settled { starts },
            }
        }
    }
}

/// What waits for its payment: a saved method that is being charged or was refused, or the payer.
fn awaiting(told: &Told<'_>, until: Instant) -> Shown {
    let (pay_href, until) = (told.href("/pay"), told.at(until));
    let charge = told.order.charge.as_ref();
    match charge.map(|charge| &charge.declined) {
        Some(None) => Shown::Charging,
        Some(Some(decline)) => {
            Shown::Refused { advice: decline.advice.code().replace('_', "-"), pay_href, until }
        }
        None => Shown::AwaitingPayment { pay_href, until },
    }
}

fn state(told: &Told<'_>, (buckets, prospect): (&[Bucket], Prospect)) -> Shown {
    let order = told.order;
    match &order.state {
        OrderState::AwaitingPayment { until } => awaiting(told, *until),
        OrderState::Held { .. } => {
            Shown::Held { other: String::new(), period: String::new(), deadline: told.task_by() }
        }
        OrderState::Delivering { sending, .. } => Shown::Activating {
            next_news: sending.next_ask_at.filter(|_| sending.asked > 0).map(|at| told.at(at)),
        },
        OrderState::Unknown { sending, .. } => match (sending.next_ask_at, order.task) {
            (Some(at), _) => Shown::Unknown { next_news: told.at(at) },
            (None, Some(task)) => Shown::NeedsPerson { deadline: told.at(task.by) },
            (None, None) => Shown::Unknown { next_news: String::new() },
        },
        OrderState::Delivered { delivered, .. } => {
            Shown::Delivered(Box::new(renewed(told, delivered, (buckets, prospect))))
        }
        OrderState::Refunding { refund, .. } => {
            order.refund(*refund).map_or(Shown::Refunding, |refund| refunding(told, refund))
        }
        OrderState::Refunded { refund, .. } => {
            let done = order.refund(*refund).and_then(|refund| match &refund.progress {
                RefundProgress::Done { at, .. } => Some(*at),
                RefundProgress::Due
                | RefundProgress::Asked { .. }
                | RefundProgress::Failed { .. } => None,
            });
            Shown::Refunded { at: done.map_or_else(String::new, |at| told.day_and_time(at)) }
        }
        OrderState::Cancelled { .. } => Shown::Cancelled,
        OrderState::Expired { .. } => Shown::Expired,
    }
}

/// A delivered renewal. What the card has beside it is not a stranger's to see: only what this order
/// added is shown.
fn renewed(
    told: &Told<'_>,
    delivered: &Delivered,
    (buckets, prospect): (&[Bucket], Prospect),
) -> ShownDelivered {
    let words = told.words;
    let currency = told.order.price.total.currency;
    let added = buckets.iter().filter(|bucket| delivered.buckets.contains(&bucket.number));
    let until = Instant::from_millis(delivered.at.millis() + REPORT_WITHIN_MILLIS);
    let expires = delivered.after.expires_on.unwrap_or(delivered.usable_until);
    ShownDelivered {
        expires: farline_app::wording::day_in_zone(words, expires, told.zone),
        balance: added
            .map(|bucket| {
                let mut fresh = bucket.clone();
                fresh.used = farline_domain::kernel::Units::ZERO;
                fresh.reserved = farline_domain::kernel::Units::ZERO;
                let mut shown = present::bucket(words, &fresh, currency.code());
                let (from, until) = (delivered.starts_on, delivered.usable_until);
                shown.until = present::period(words, from, until);
                shown
            })
            .collect(),
        receipt: ReceiptLinks {
            number: ReceiptData::number_of(&told.order.reference),
            page: told.href("/receipt"),
            pdf: told.href("/receipt.pdf"),
            qr_svg: crate::portal::qr::svg(&format!("{}{}", told.base_url, told.href("/receipt"))),
        },
        wrong_number: match (prospect, told.order.task) {
            (_, Some(task)) if task.kind == TaskKind::WrongNumber => {
                WrongNumber::Reported { deadline: told.at(task.by) }
            }
            (Prospect::AtOnce, _) => WrongNumber::TakenBack { until: told.at(until) },
            (Prospect::ByPerson, _) => {
                WrongNumber::Desk { until: told.at(until), hours: DESK_HOURS }
            }
            (Prospect::Closed, _) => WrongNumber::Over,
        },
        queued: Queued::No,
        sooner: match delivered.started_early {
            Some(at) => Sooner::Started(told.day_and_time(at)),
            None => Sooner::No,
        },
    }
}

fn money(told: &Told<'_>) -> MoneyMoved {
    let order = told.order;
    let capture = order.capture().map(|capture| capture.amount);
    let amount = capture.unwrap_or(order.price.total);
    let amount = told.words.money(amount.minor, amount.currency.code());
    match order.state.stage() {
        Stage::Paid | Stage::Delivering | Stage::Unknown | Stage::Delivered
            if order.is_shop_order() =>
        {
            MoneyMoved::AtShop(amount)
        }
        Stage::Declined | Stage::Refunding | Stage::Reversed | Stage::Refunded
            if order.is_shop_order() =>
        {
            MoneyMoved::ShopReturns(amount)
        }
        Stage::AwaitingPayment if order.is_charge_unknown() => MoneyMoved::Unknown,
        Stage::AwaitingPayment | Stage::Cancelled | Stage::Expired => MoneyMoved::No,
        Stage::Paid | Stage::Delivering | Stage::Unknown | Stage::Delivered => {
            MoneyMoved::Charged(amount)
        }
        // A refund that came back is not on its way.
        Stage::Refunding if order.task.is_some() => MoneyMoved::Charged(amount),
        Stage::Declined | Stage::Refunding | Stage::Reversed => MoneyMoved::Returning(amount),
        Stage::Refunded if order.refunds.last().is_some_and(Refund::is_by_hand) => {
            MoneyMoved::GivenBack(amount)
        }
        Stage::Refunded => MoneyMoved::Returned(amount),
    }
}

/// The last facts, for the truth box.
fn facts(told: &Told<'_>) -> Vec<Fact> {
    let mut facts: Vec<Fact> =
        told.order.history.iter().map(|passage| fact(told, passage)).collect();
    let spare = facts.len().saturating_sub(4);
    facts.drain(..spare);
    facts
}

fn fact(told: &Told<'_>, passage: &Passage) -> Fact {
    let kind = match passage.state {
        Stage::AwaitingPayment => FactKind::Placed,
        Stage::Paid => FactKind::Paid,
        Stage::Delivering => FactKind::Sent,
        Stage::Unknown => FactKind::NoAnswer,
        Stage::Delivered => FactKind::Delivered,
        Stage::Declined => FactKind::Refused,
        Stage::Refunding => FactKind::RefundStarted,
        Stage::Refunded => FactKind::Refunded,
        Stage::Reversed => FactKind::Reversed,
        Stage::Cancelled => FactKind::Cancelled,
        Stage::Expired => FactKind::Expired,
    };
    Fact { kind, at: told.moment(passage.at) }
}
