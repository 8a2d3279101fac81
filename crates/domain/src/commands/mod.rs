//! One command on one line, decided: `decide(state, command, context) → Answer | Refusal`.
//!
//! The line pipeline of `store` loads the [`LineState`], calls [`decide`] for each waiting command
//! in order, and writes what changed together with the [`Effects`] in one commit. A refusal leaves
//! the state untouched.

mod at_shop;
mod auto_renew;
mod auto_renew_charge;
mod book_fee;
mod by_hand;
mod cancel;
mod cancel_queued;
mod capture;
mod charge;
mod charge_method;
mod debit;
mod deliver;
mod dispute;
pub mod effects;
mod forfeit;
mod grant;
mod place;
mod refund;
mod refund_by_hand;
mod resolve;
mod reverse;
mod sellers;
mod start_queued;
pub mod state;
mod sweep;

pub use auto_renew::{Agreement, AutoRenewStep, MOST_DAYS_BEFORE, check_terms};
pub use by_hand::{GivenBack, TakenByHand};
pub use cancel_queued::{Behind, can_cancel_queued};
pub use charge::HELD_ON_SECONDS;
pub use dispute::ASK_DISPUTE_SECONDS;
pub use effects::{Actor, AuditLine, Effects, Job, JobKind, UsageRecord};
pub use place::{Assisted, FIRST_ASK_SECONDS, PAY_WITHIN_SECONDS, PayWith, PlaceOrder};
pub use refund::RefundAnswer;
pub use refund_by_hand::RefundByHand;
pub use resolve::Verdict;
pub use reverse::REPORT_WITHIN_MILLIS;
pub use start_queued::{can_start_early, is_data_used_up};
pub use state::{Counters, LineMark, LineState};

use crate::balance::Session;
use crate::catalog::Allowance;
use crate::charging::{ChargingAnswer, ChargingRequest};
use crate::kernel::{Instant, Money, MoneyError, OrderId, Reference, UnitsError};
use crate::lines::RenewalRefusal;
use crate::orders::{Attempt, DeliveryRefusal, Order, ShopRefund, Stage};
use crate::payments::{Capture, Checkout, Decline, DisputeTold, Fee, KeptMethod};
use jiff::civil::Date;

/// What can be asked of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineCommand {
    /// Makes an order from a quote.
    Place(Box<PlaceOrder>),
    /// Notes where an order can be paid.
    AttachCheckout(OrderId, Checkout),
    /// Money was taken for an order.
    Capture(OrderId, Capture),
    /// A member of the staff took money for an order, without a provider.
    TakeByHand(OrderId, Box<TakenByHand>),
    /// A bank card that the payer has just given, and that nobody keeps, is to be charged for an order that waits.
    ChargeWith(OrderId, Box<KeptMethod>),
    /// The provider is about to be asked to charge the method that pays an order.
    AskCharge(OrderId),
    /// The provider refused to charge it.
    ChargeDeclined(OrderId, Decline),
    /// The payer does not want it any more; nothing may have been sent.
    Cancel(OrderId),
    /// The payer gives a delivered plan back that waits for its first day.
    CancelQueued(OrderId),
    /// A delivered plan that waits for its first day starts now, as the data is used up.
    StartQueued(OrderId),
    /// The time to pay has passed.
    Expire(OrderId),
    /// A delivery of which nobody has heard yet goes to this supplier, as the operator's first is paused.
    Route(OrderId, String),
    /// A delivery is about to be sent: from here on it cannot be cancelled.
    Send(OrderId),
    /// The supplier answered.
    DeliveryAnswered(OrderId, Box<Answered>),
    /// The payer of a held second renewal chose.
    ChooseHeld(OrderId, HeldChoice),
    /// The payer says it was the wrong number.
    WrongNumber(OrderId),
    /// A person gives money back although the value was delivered.
    Refund(OrderId, RefundByHand),
    /// A member of the staff gave back what was taken by hand.
    GiveByHand(OrderId, Box<GivenBack>),
    /// The provider answered about a refund, by its number.
    RefundAnswered(OrderId, u32, RefundAnswer),
    /// The provider tells that a payment is disputed, or how that stands.
    Dispute(OrderId, Box<DisputeTold>),
    /// A provider's settlement tells what it kept.
    BookFee(OrderId, Fee),
    /// The shop that sold it gave money back to its buyer.
    RefundedAtShop(OrderId, ShopRefund),
    /// A person decided.
    Resolve(OrderId, Verdict),
    /// The holder agrees to the line's renewing itself.
    AgreeAutoRenew(Box<Agreement>),
    /// The line is no longer to renew itself.
    EndAutoRenew,
    /// Does what is due of the line's renewing itself.
    StepAutoRenew(Box<AutoRenewStep>),
    /// A network starts, continues or ends a session of use, or charges for one event.
    Charge(Box<ChargingRequest>),
    /// Gives back what abandoned sessions hold and closes buckets that are over.
    Sweep,
    /// Grants an allowance outside any order, usable to a local date.
    Grant {
        /// What.
        allowance: Allowance,
        /// The last local date of use; for ever, if absent.
        valid_until: Option<Date>,
    },
}

/// What a supplier says about a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryAnswer {
    /// The network has it.
    Delivered {
        /// The supplier's own reference.
        supplier_reference: Option<String>,
    },
    /// The supplier took it and is working on it.
    InProgress,
    /// Final: not delivered, and it will not be.
    Refused(DeliveryRefusal),
    /// No answer, or one that says nothing.
    Unknown,
    /// It was delivered and has been taken back.
    Reversed,
}

/// What a supplier says about one attempt, and whom to ask next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// About which attempt: our reference with that supplier. A word about another than the one that stands changes
    /// nothing.
    pub reference: String,
    /// What it says.
    pub answer: DeliveryAnswer,
    /// The supplier to go on to, should this be a refusal after which an order goes on.
    pub then: Option<String>,
}

impl Answered {
    /// A word about the first attempt of an order that goes nowhere else.
    pub fn first(order: OrderId, answer: DeliveryAnswer) -> Box<Self> {
        Box::new(Self { reference: Attempt::reference_of(order, 0), answer, then: None })
    }
}

/// What the payer of a held second renewal wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldChoice {
    /// Another period after the first.
    AddPeriod,
    /// The money back.
    Refund,
}

/// What a command led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The order as it stands now.
    Order(Box<Order>),
    /// What a network is told about its session. That it is refused a quota is an answer too: what
    /// it used is debited all the same.
    Charging(ChargingAnswer),
    /// Nothing to tell beyond that it is done.
    Done,
}

/// Why a command is refused. A refusal is final and has changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such order on this line.
    #[error("there is no such order")]
    NoSuchOrder,
    /// The quote's time has passed.
    #[error("the quote has expired")]
    QuoteExpired,
    /// Another paid renewal of the line is unfinished.
    #[error("another renewal of this line is in progress")]
    RenewalInProgress,
    /// The line was renewed, or is about to be, since whoever renews it for the payer looked.
    #[error("the line was renewed since it was looked at")]
    RenewedMeanwhile,
    /// The order is in a state in which this cannot be done.
    #[error("this cannot be done while the order is {}", .0.code())]
    WrongState(Stage),
    /// It has been sent; only the network can say now.
    #[error("the renewal has been sent and cannot be cancelled")]
    AlreadySent,
    /// The time to report a wrong number has passed.
    #[error("a wrong number can be reported for 24 hours after delivery")]
    TooLate,
    /// The plan's first day has come, or it never waited for one.
    #[error("the plan has begun")]
    HasBegun,
    /// The plan starts when the one before it ends, whatever is used.
    #[error("the plan starts when the one before it ends")]
    StartsAtExpiry,
    /// Data that can be used at every hour is left or held.
    #[error("data is left")]
    DataLeft,
    /// Something of what was delivered is used or held, or a later renewal counts on its dates.
    #[error("something of it is used or held, or a later renewal counts on it")]
    BuiltUpon,
    /// Another network delivered it, and only it can take it back.
    #[error("only the network that delivered it can take it back")]
    OfSupplier,
    /// The line cannot be renewed with this plan.
    #[error(transparent)]
    NotRenewable(#[from] RenewalRefusal),
    /// Not enough left.
    #[error("not enough is left")]
    NotEnough,
    /// What is left on the line cannot be used until it is renewed by other means.
    #[error("the credit is frozen until the line is renewed by other means")]
    CreditFrozen,
    /// Amounts that do not fit.
    #[error(transparent)]
    Units(#[from] UnitsError),
    /// Amounts that do not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The most that may be taken is less than a renewal costs, or the three amounts do not go together.
    #[error("the most that may be taken is less than this renewal costs")]
    CapsTooLow,
    /// The plan does not do what the trigger waits for.
    #[error("this plan cannot be renewed at this trigger")]
    TriggerDoesNotFit,
    /// No such payment is known of the order.
    #[error("the order has no such payment")]
    NoSuchPayment,
    /// A dispute is about an amount that the payment cannot be of.
    #[error("the amounts of this dispute are not of its payment")]
    NotOfThisPayment,
    /// The payer's bank took the payment back.
    #[error("the payer's bank has taken this payment back")]
    ChargedBack,
    /// Nothing, or more than is left of the payment.
    #[error("from the smallest amount up to {0:?} of this payment can be given back")]
    MoreThanLeft(Money),
    /// A saved method is being charged for the order, and nobody knows yet whether that took money.
    #[error("a saved method is being charged for this order")]
    PaymentUnderWay,
    /// Money taken by hand is what the order costs, to the cent.
    #[error("the order costs {0:?}, and nothing else is taken for it")]
    NotTheTotal(Money),
    /// More than who asks may give back of one order alone.
    #[error("up to {0:?} of an order may be given back without a second person")]
    AboveLimit(Money),
    /// Whoever sold the order settles it with their buyer.
    #[error("this order was sold by somebody else, who settles it with their buyer")]
    SoldElsewhere,
    /// The refund is not in a state in which this can be said of it.
    #[error("there is no such open refund")]
    NoSuchRefund,
}

/// What deciding needs beside the state.
#[derive(Clone, Debug)]
pub struct Context {
    /// The time of the decision.
    pub now: Instant,
    /// Who asks.
    pub actor: Actor,
}

/// Decides one command. On a refusal the state is as it was.
pub fn decide(
    state: &mut LineState,
    command: &LineCommand,
    context: &Context,
) -> Result<Answer, Refusal> {
    let before = state.clone();
    let answer = dispatch(state, command, context)
        .and_then(|answer| dispute::settle(state, answer, context.now));
    match answer {
        Ok(answer) => {
            auto_renew_charge::look_after(state, context.now);
            sellers::tell(&before, state, &answer, context.now);
            state.audit(&before, command.name(), command.order(), context);
            Ok(answer)
        }
        Err(refusal) => {
            *state = before;
            Err(refusal)
        }
    }
}

fn dispatch(
    state: &mut LineState,
    command: &LineCommand,
    context: &Context,
) -> Result<Answer, Refusal> {
    match command {
        LineCommand::Place(placing) => place::place(state, placing, context),
        LineCommand::AttachCheckout(order, checkout) => place::attach(state, *order, checkout),
        LineCommand::Capture(order, capture) => capture::capture(state, *order, capture, context),
        LineCommand::TakeByHand(order, taken) => by_hand::take(state, *order, taken, context),
        LineCommand::GiveByHand(order, given) => by_hand::give(state, *order, given, context.now),
        LineCommand::ChargeWith(order, method) => {
            charge_method::with(state, *order, method, context.now)
        }
        LineCommand::AskCharge(order) => charge_method::ask(state, *order, context),
        LineCommand::ChargeDeclined(order, decline) => {
            charge_method::declined(state, *order, decline, context)
        }
        LineCommand::Cancel(order) => cancel::cancel(state, *order, context.now),
        LineCommand::CancelQueued(order) => {
            cancel_queued::cancel_queued(state, *order, context.now)
        }
        LineCommand::StartQueued(order) => start_queued::start_queued(state, *order, context.now),
        LineCommand::Expire(order) => cancel::expire(state, *order, context.now),
        LineCommand::Route(order, supplier) => deliver::route(state, *order, supplier),
        LineCommand::Send(order) => deliver::send(state, *order, context.now),
        LineCommand::DeliveryAnswered(order, answer) => {
            deliver::answered(state, *order, answer, context)
        }
        LineCommand::ChooseHeld(order, choice) => capture::choose(state, *order, *choice, context),
        LineCommand::WrongNumber(order) => reverse::wrong_number(state, *order, context.now),
        LineCommand::Refund(order, wish) => refund_by_hand::refund(state, *order, wish, context),
        LineCommand::Dispute(order, told) => dispute::told(state, *order, told, context.now),
        LineCommand::BookFee(order, fee) => book_fee::book(state, *order, fee, context.now),
        LineCommand::RefundAnswered(order, number, answer) => {
            refund::answered(state, (*order, *number), answer, context.now)
        }
        LineCommand::RefundedAtShop(order, given) => {
            at_shop::gave_back(state, *order, *given, context.now)
        }
        LineCommand::Resolve(order, verdict) => resolve::resolve(state, *order, *verdict, context),
        LineCommand::AgreeAutoRenew(agreement) => auto_renew::agree(state, agreement, context.now),
        LineCommand::EndAutoRenew => Ok(auto_renew::end(state, context.now)),
        LineCommand::StepAutoRenew(step) => auto_renew::step(state, step, context.now),
        LineCommand::Charge(request) => charge::charge(state, request, context.now),
        LineCommand::Sweep => sweep::sweep(state, context.now),
        LineCommand::Grant { allowance, valid_until } => {
            Ok(grant::grant(state, allowance, *valid_until, context.now))
        }
    }
}

impl LineCommand {
    /// The verb, as the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Place(_) => "place",
            Self::AttachCheckout(..) => "attach_checkout",
            Self::Capture(..) => "capture",
            Self::TakeByHand(..) => "take_by_hand",
            Self::GiveByHand(..) => "give_by_hand",
            Self::ChargeWith(..) => "charge_with",
            Self::AskCharge(_) => "ask_charge",
            Self::ChargeDeclined(..) => "charge_declined",
            Self::Cancel(_) => "cancel",
            Self::CancelQueued(_) => "cancel_queued",
            Self::StartQueued(_) => "start_queued",
            Self::Expire(_) => "expire",
            Self::Route(..) => "route",
            Self::Send(_) => "send",
            Self::DeliveryAnswered(..) => "delivery_answered",
            Self::ChooseHeld(..) => "choose_held",
            Self::WrongNumber(_) => "wrong_number",
            Self::Refund(..) => "refund",
            Self::RefundAnswered(..) => "refund_answered",
            Self::Dispute(..) => "dispute",
            Self::BookFee(..) => "book_fee",
            Self::RefundedAtShop(..) => "refunded_at_shop",
            Self::Resolve(..) => "resolve",
            Self::AgreeAutoRenew(_) => "agree_auto_renew",
            Self::EndAutoRenew => "end_auto_renew",
            Self::StepAutoRenew(_) => "step_auto_renew",
            Self::Charge(request) => request.step.name(),
            Self::Sweep => "sweep",
            Self::Grant { .. } => "grant",
        }
    }

    /// The id and the reference of the order that it may make.
    pub fn placing(&self) -> Option<(OrderId, Reference)> {
        match self {
            Self::Place(placing) => Some((placing.id, placing.reference)),
            Self::StepAutoRenew(step) => Some((step.id, step.reference)),
            _ => None,
        }
    }

    /// The order it is about: the pipeline loads it.
    pub fn order(&self) -> Option<OrderId> {
        match self {
            Self::Place(placing) => Some(placing.id),
            Self::StepAutoRenew(step) => Some(step.id),
            Self::AttachCheckout(order, _)
            | Self::Capture(order, _)
            | Self::TakeByHand(order, _)
            | Self::GiveByHand(order, _)
            | Self::ChargeWith(order, _)
            | Self::AskCharge(order)
            | Self::ChargeDeclined(order, _)
            | Self::Cancel(order)
            | Self::CancelQueued(order)
            | Self::StartQueued(order)
            | Self::Expire(order)
            | Self::Route(order, _)
            | Self::Send(order)
            | Self::DeliveryAnswered(order, _)
            | Self::ChooseHeld(order, _)
            | Self::WrongNumber(order)
            | Self::Refund(order, _)
            | Self::RefundAnswered(order, ..)
            | Self::Dispute(order, _)
            | Self::BookFee(order, _)
            | Self::RefundedAtShop(order, _)
            | Self::Resolve(order, _) => Some(*order),
            Self::AgreeAutoRenew(_)
            | Self::EndAutoRenew
            | Self::Charge(_)
            | Self::Sweep
            | Self::Grant { .. } => None,
        }
    }

    /// The session it is about: the pipeline loads it.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Charge(request) => Some(&request.session),
            Self::Place(_)
            | Self::AttachCheckout(..)
            | Self::Capture(..)
            | Self::TakeByHand(..)
            | Self::GiveByHand(..)
            | Self::ChargeWith(..)
            | Self::AskCharge(_)
            | Self::ChargeDeclined(..)
            | Self::AgreeAutoRenew(_)
            | Self::EndAutoRenew
            | Self::StepAutoRenew(_)
            | Self::Cancel(_)
            | Self::CancelQueued(_)
            | Self::StartQueued(_)
            | Self::Expire(_)
            | Self::Route(..)
            | Self::Send(_)
            | Self::DeliveryAnswered(..)
            | Self::ChooseHeld(..)
            | Self::WrongNumber(_)
            | Self::Refund(..)
            | Self::RefundAnswered(..)
            | Self::Dispute(..)
            | Self::BookFee(..)
            | Self::RefundedAtShop(..)
            | Self::Resolve(..)
            | Self::Sweep
            | Self::Grant { .. } => None,
        }
    }
}
