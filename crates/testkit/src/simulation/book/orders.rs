//! What an order may become, and why.

use super::balance::LineBook;
use super::{Book, Others};
use crate::simulation::supplier::Truth;
use farline_domain::catalog::Allowance;
use farline_domain::commands::{DeliveryAnswer, LineCommand, PAY_WITHIN_SECONDS, PayWith, Verdict};
use farline_domain::kernel::{AllowanceKind, Instant, Units};
use farline_domain::orders::{Order, OrderState, Stage};
use farline_domain::payments::{Capture, PaymentMethod, Refund, RefundProgress, RefundReason};

pub(crate) fn was_delivered(order: &Order) -> bool {
    order.history.iter().any(|passage| passage.state == Stage::Delivered)
}

pub(super) fn is_credit(capture: &Capture) -> bool {
    capture.method == PaymentMethod::LineCredit
}

/// The reference under which the supplier must know an order.
pub(crate) fn reference(order: &Order) -> String {
    format!("dlv-{}", order.id)
}

/// One command that was answered with an order: how it was before, and what is true outside.
pub(super) struct Answered<'a> {
    command: &'a LineCommand,
    pub(super) before: Option<Order>,
    pub(super) order: &'a Order,
    pub(super) now: Instant,
    others: &'a Others<'a>,
}

impl Answered<'_> {
    fn truth(&self) -> Truth {
        self.others.supplier.truth(&reference(self.order), self.others.now)
    }

    fn says(&self, verdict: Verdict) -> bool {
        matches!(self.command, LineCommand::Resolve(_, said) if *said == verdict)
    }

    fn had(&self, stage: Stage) -> bool {
        self.before.iter().flat_map(|order| &order.history).any(|passage| passage.state == stage)
    }

    fn stage_before(&self) -> Option<Stage> {
        self.before.as_ref().map(|order| order.state.stage())
    }
}

impl Book {
    pub(super) fn ordered(
        &mut self,
        line: &mut LineBook,
        (command, order): (&LineCommand, &Order),
        (now, others): (Instant, &Others<'_>),
    ) {
        let before = self.orders.get(&order.id).cloned();
        let answered = Answered { command, before, order, now, others };
        self.agree("the order a command is about", &Some(order.id), &command.order());
        match &answered.before {
            None => self.placed(line, &answered),
            Some(before) => self.is_same(before, order),
        }
        let passed = answered.before.as_ref().map_or(0, |before| before.history.len());
        for passage in order.history.iter().skip(passed) {
            self.passed(line, passage.state, &answered);
        }
        if matches!(command, LineCommand::StartQueued(_)) {
            self.started(line, &answered);
        }
        for refund in &order.refunds {
            self.refund(line, refund, &answered);
        }
        if let Some(capture) = order.capture() {
            self.capture(capture, &answered);
        }
        self.orders.insert(order.id, order.clone());
    }

    /// A new order is what was quoted, from a quote that stood.
    fn placed(&mut self, line: &mut LineBook, answered: &Answered<'_>) {
        let (order, now) = (answered.order, answered.now);
        let LineCommand::Place(placing) = answered.command else {
            return self.contradict(format!("{} was never placed", order.id));
        };
        match self.quotes.get(&order.quote).cloned() {
            None => self.contradict(format!("{} is of a quote never made", order.id)),
            Some(quote) => {
                self.agree("the price of an order", &order.price, &quote.price);
                self.agree("the offer of an order", &order.offer, &quote.offer);
                self.agree("whether its quote stands", &(now < quote.expires_at), &true);
            }
        }
        self.placed.push(order.id);
        // Each wish has a quote of its own.
        let others = self.orders.values().find(|other| other.quote == order.quote);
        let others = others.map(|other| other.id);
        self.agree("another order of the same wish", &others, &None);
        let is_free = placing.another_period || !self.is_busy(order.line);
        self.agree("whether nothing blocks an order", &is_free, &true);
        if placing.pay_with == PayWith::LineCredit {
            let is_paid = line.pay(order.price.total.minor, now);
            self.agree("whether credit was enough", &is_paid, &true);
        }
        if let Some(account) = placing.payer.as_ref().and_then(|payer| payer.account) {
            self.paid_by.entry(account).or_default().insert(order.id);
        }
    }

    /// What never changes about an order.
    fn is_same(&mut self, before: &Order, order: &Order) {
        let fixed = |order: &Order| {
            let Order { reference, line, quote, offer, price, payer, channel, .. } = order.clone();
            (reference, line, quote, offer, price, payer, channel)
        };
        self.agree("what is fixed of an order", &fixed(order), &fixed(before));
        let goes_on = order.history.starts_with(&before.history);
        self.agree("whether history only grows", &goes_on, &true);
        let owed = order.refunds.iter().map(|refund| &refund.capture);
        let kept = owed.zip(&before.refunds).all(|(capture, before)| *capture == before.capture);
        let kept = kept && order.refunds.len() >= before.refunds.len();
        self.agree("whether refunds stay", &kept, &true);
        if let Some(checkout) = &before.checkout {
            self.agree("where an order is paid", &order.checkout.as_ref(), &Some(checkout));
        }
    }

    fn passed(&mut self, line: &mut LineBook, stage: Stage, answered: &Answered<'_>) {
        let (order, truth) = (answered.order, answered.truth());
        let is_right = match stage {
            Stage::AwaitingPayment => answered.before.is_none(),
            Stage::Delivering | Stage::Unknown | Stage::Refunding => true,
            Stage::Paid => {
                matches!(answered.command, LineCommand::Capture(..) | LineCommand::Place(_))
            }
            Stage::Delivered => {
                self.delivered(line, answered);
                line.is_own
                    || matches!(truth, Truth::Delivered | Truth::Reversed)
                    || answered.says(Verdict::Delivered)
            }
            Stage::Declined => {
                line.is_own
                    || matches!(truth, Truth::Refused | Truth::Reversed)
                    || answered.says(Verdict::NotDelivered)
            }
            Stage::Reversed => {
                let is_reversed = answered.had(Stage::Delivered)
                    && if line.is_own {
                        is_given_back(line, answered) && line.is_untouched(order.id)
                    } else {
                        let said = DeliveryAnswer::Reversed;
                        let reverses = |command: &LineCommand| matches!(command, LineCommand::DeliveryAnswered(_, told) if told.answer == said);
                        reverses(answered.command) && truth == Truth::Reversed
                    };
                self.taken_back(line, answered);
                is_reversed
            }
            Stage::Refunded => order.capture().is_some_and(|capture| {
                is_credit(capture)
                    || order.refunds.iter().any(Refund::is_credit)
                    || answered.others.provider.gone_back(&capture.payment, answered.others.now) > 0
                    || order.refunds.iter().any(|refund| is_done_outside(refund, answered.others))
            }),
            Stage::Cancelled => answered.stage_before() == Some(Stage::AwaitingPayment),
            Stage::Expired => {
                let placed_at = order.history.first().map_or(answered.now, |passage| passage.at);
                answered.stage_before() == Some(Stage::AwaitingPayment)
                    && answered.now >= placed_at.plus_seconds(PAY_WITHIN_SECONDS)
            }
        };
        if !is_right {
            self.contradict(format!(
                "{} became {}, which it may not by {:?}; the supplier's truth is {truth:?}; before: {:?}",
                order.id,
                stage.code(),
                answered.command,
                answered.before,
            ));
        }
    }

    /// A delivery grants what was bought, once.
    fn delivered(&mut self, line: &mut LineBook, answered: &Answered<'_>) {
        let order = answered.order;
        self.agree("whether it is delivered once", &answered.had(Stage::Delivered), &false);
        let OrderState::Delivered { delivered, capture } = &order.state else {
            return self.contradict(format!("{} was delivered in passing", order.id));
        };
        self.agree("what was paid for a delivery", &capture.amount, &order.price.total);
        let first = line.buckets.len() + 1;
        let numbers: Vec<usize> = (first..first + order.offer.allowances.len()).collect();
        let granted = delivered.buckets.iter().map(|number| usize::try_from(*number));
        let granted: Vec<usize> = granted.filter_map(Result::ok).collect();
        self.agree("the buckets of a delivery", &granted, &numbers);
        self.agree("the expiry before", &delivered.before.expires_on, &line.expires_on);
        let starts = line.zone.start_of(delivered.starts_on).max(answered.now);
        self.waits_rightly(line, answered, delivered);
        line.forfeit(answered.now);
        for allowance in &order.offer.allowances {
            line.grant(allowance, (starts, Some(delivered.usable_until)), Some(order.id));
        }
        line.expires_on = delivered.after.expires_on;
    }

    fn taken_back(&mut self, line: &mut LineBook, answered: &Answered<'_>) {
        let before = answered.before.as_ref().map(|order| &order.state);
        let Some(OrderState::Delivered { delivered, .. }) = before else {
            return self
                .contradict(format!("{} was taken back, but did not stand", answered.order.id));
        };
        line.take_back(answered.order.id);
        if line.expires_on == delivered.after.expires_on {
            line.expires_on = delivered.before.expires_on;
        }
    }

    /// Money goes back for a reason that is true, once, and is booked when it did.
    fn refund(&mut self, line: &mut LineBook, refund: &Refund, answered: &Answered<'_>) {
        let order = answered.order;
        let before = answered.before.as_ref().and_then(|order| order.refund(refund.number));
        let is_within = order.left_of(&refund.capture) >= 0 && refund.amount.minor > 0;
        self.agree("whether no more goes back than was paid", &is_within, &true);
        let was_goodwill = |refund: &Refund| refund.reason == RefundReason::Goodwill;
        let is_part = order.refunds.iter().any(was_goodwill) || answered.had(Stage::Delivered);
        if !is_part {
            self.agree("what goes back", &refund.amount, &refund.capture.amount);
        }
        if before.is_none() && !is_owed(line, refund, answered) {
            self.contradict(format!(
                "{} owes a refund ({:?}) by {:?}; the supplier's truth is {:?}; before: {:?}",
                order.id,
                refund.reason,
                answered.command,
                answered.truth(),
                answered.before,
            ));
        }
        if before.is_some_and(|before| before.attempt != refund.attempt)
            && !answered.says(Verdict::RefundAgain)
            && !answered.says(Verdict::RefundAsCredit)
        {
            self.contradict(format!("refund {} of {} is tried anew", refund.number, order.id));
        }
        let was_done = |refund: &Refund| matches!(refund.progress, RefundProgress::Done { .. });
        if was_done(refund) && !before.is_some_and(was_done) {
            if refund.is_credit() {
                self.credited(line, refund, answered);
            } else if !is_done_outside(refund, answered.others) {
                self.contradict(format!("{} is said to be refunded: {refund:?}", order.id));
            }
        }
    }

    /// What goes back as credit is that, where the line has credit, or where the plan is good.
    fn credited(&mut self, line: &mut LineBook, refund: &Refund, answered: &Answered<'_>) {
        let credit = line.buckets.iter().rev().find(|bucket| bucket.kind == AllowanceKind::Credit);
        let like_credit = credit.map(|bucket| (bucket.zone.clone(), bucket.breadth));
        let of_plan = answered.order.offer.allowances.first();
        let like_plan = of_plan.map(|allowance| (allowance.zone.clone(), allowance.breadth));
        let Some((zone, breadth)) = like_credit.or(like_plan) else {
            return self.contradict("credit is given back to a line that had none".to_owned());
        };
        let units = Units::new(refund.amount.minor).expect("a price is not below zero");
        let kind = AllowanceKind::Credit;
        let again = Allowance { kind, units, zone, breadth, window: None, bonus: false };
        line.grant(&again, (answered.now, None), None);
    }

    /// A payment that an order stands on was taken by the provider, for this order.
    fn capture(&mut self, capture: &Capture, answered: &Answered<'_>) {
        if is_credit(capture) {
            return;
        }
        let taken = answered.others.provider.payments.get(&capture.payment);
        let taken = taken.map(|payment| (payment.order.clone(), payment.amount));
        let expected = Some((answered.order.id.to_string(), capture.amount));
        self.agree("what the provider took", &taken, &expected);
    }
}

fn is_done_outside(refund: &Refund, others: &Others<'_>) -> bool {
    let RefundProgress::Done { refund: id, .. } = &refund.progress else { return false };
    let given = others.provider.refund(id);
    given.is_some_and(|given| {
        given.payment == refund.capture.payment
            && given.amount == refund.amount
            && given.was_done(others.now)
    })
}

/// Whether its payer gives the delivery back by this command; what waits for its first day only before that day.
fn is_given_back(line: &LineBook, answered: &Answered<'_>) -> bool {
    match answered.command {
        LineCommand::WrongNumber(_) => true,
        LineCommand::CancelQueued(_) => {
            let state = answered.before.as_ref().map(|before| &before.state);
            matches!(state, Some(OrderState::Delivered { delivered, .. })
                if answered.now.date_in(&line.zone) < delivered.starts_on)
        }
        _ => false,
    }
}

/// Whether a refund is owed for its reason.
fn is_owed(line: &LineBook, refund: &Refund, answered: &Answered<'_>) -> bool {
    let (order, truth) = (answered.order, answered.truth());
    let stage = answered.stage_before();
    let captures = matches!(answered.command, LineCommand::Capture(..));
    match refund.reason {
        RefundReason::Declined => order.history.iter().any(|at| at.state == Stage::Declined),
        RefundReason::Cancelled => {
            let cancels = matches!(answered.command, LineCommand::Cancel(_));
            cancels && (line.is_own || truth == Truth::Nothing)
        }
        RefundReason::LateCapture => {
            captures && matches!(stage, Some(Stage::Cancelled | Stage::Expired))
        }
        RefundReason::AmountDiffers => captures && refund.amount != order.price.total,
        RefundReason::PaidTwice => {
            captures && answered.before.as_ref().is_some_and(|before| before.capture().is_some())
        }
        RefundReason::NotWanted => {
            answered.says(Verdict::NotDelivered)
                || matches!(answered.command, LineCommand::ChooseHeld(..))
        }
        RefundReason::WrongNumber | RefundReason::CancelledBeforeStart | RefundReason::Reversed => {
            order.history.iter().any(|at| at.state == Stage::Reversed)
        }
        RefundReason::Goodwill => matches!(answered.command, LineCommand::Refund(..)),
        // No bank takes anything back in this simulation, and no shop sells anything.
        RefundReason::ChargedBack | RefundReason::AtShop => false,
    }
}
