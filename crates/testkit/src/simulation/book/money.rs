//! The provider's book against ours.

use super::orders::{is_credit, reference};
use super::{Book, Others};
use crate::simulation::supplier::Truth;
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::orders::{Order, OrderState, Stage};
use farline_domain::payments::{RefundProgress, RefundReason};

/// What became credit of the line instead of going back at the provider.
fn credited(order: &Order, payment: &str) -> i64 {
    let of_it = order.refunds.iter().filter(|refund| refund.capture.payment == payment);
    let credited = of_it.filter(|refund| refund.is_credit() && is_done(&refund.progress));
    credited.map(|refund| refund.amount.minor).sum()
}

const fn is_done(progress: &RefundProgress) -> bool {
    matches!(progress, RefundProgress::Done { .. })
}

fn has_goodwill(order: &Order) -> bool {
    order.refunds.iter().any(|refund| refund.reason == RefundReason::Goodwill)
}

/// When everything has come to rest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    NotYet,
    Reached,
}

impl Book {
    /// Every payment against what became of it.
    pub(crate) fn compare_money(&mut self, others: &Others<'_>, rest: Rest) {
        for (payment, taken) in &others.provider.payments {
            let gone = others.provider.gone_back(payment, others.now);
            if gone > taken.amount.minor {
                self.contradict(format!(
                    "{gone} of {} went back of {payment} of {}",
                    taken.amount.minor, taken.order
                ));
            }
            let order = OrderId::parse(&taken.order).and_then(|id| self.orders.get(&id)).cloned();
            let Some(order) = order else {
                self.contradict(format!("{payment} is of {}, which is not there", taken.order));
                continue;
            };
            let stands = matches!(&order.state, OrderState::Delivered { capture, .. }
                if capture.payment == *payment);
            if stands && gone > 0 && !has_goodwill(&order) {
                self.contradict(format!("{} is delivered, and {payment} went back", order.id));
            }
            if rest == Rest::NotYet {
                continue;
            }
            let gone = gone + credited(&order, payment);
            if !order.captures().any(|capture| capture.payment == *payment) {
                self.contradict(format!("{payment} of {} was never taken in", order.id));
            } else if !stands && gone != taken.amount.minor {
                self.contradict(format!(
                    "{payment} is neither delivered nor given back: {order:?}"
                ));
            }
        }
        self.compare_deliveries(others, rest);
    }

    /// Every delivery against the order it is of.
    fn compare_deliveries(&mut self, others: &Others<'_>, rest: Rest) {
        let references: Vec<String> = others.supplier.references().cloned().collect();
        for sent in references {
            let id = sent.strip_prefix("dlv-").and_then(OrderId::parse);
            let Some(order) = id.and_then(|id| self.orders.get(&id)).cloned() else {
                self.contradict(format!("something was sent under {sent}, which is of no order"));
                continue;
            };
            let is_delivered = others.supplier.truth(&sent, others.now) == Truth::Delivered;
            let own = order.capture().filter(|capture| !is_credit(capture));
            let gone =
                own.map_or(0, |capture| others.provider.gone_back(&capture.payment, others.now));
            if is_delivered && gone > 0 && !has_goodwill(&order) {
                self.contradict(format!("{sent} is delivered, and its payment went back"));
            }
            let stands = matches!(order.state, OrderState::Delivered { .. });
            if rest == Rest::Reached && is_delivered != stands {
                self.contradict(format!(
                    "{sent}: delivered is {is_delivered}, the order {order:?}"
                ));
            }
        }
        for order in self.orders.clone().into_values().filter(|_| rest == Rest::Reached) {
            let stands = matches!(order.state, OrderState::Delivered { .. });
            let is_own = self.lines.get(&order.line).is_some_and(|line| line.is_own);
            if stands
                && !is_own
                && others.supplier.truth(&reference(&order), others.now) != Truth::Delivered
            {
                self.contradict(format!("{} stands and is not delivered", order.id));
            }
        }
    }

    /// Whether an order has come to its end, as far as nobody but time is needed.
    pub(crate) fn at_rest(order: &Order, now: Instant) -> bool {
        let ended = match order.state.stage() {
            Stage::Delivered | Stage::Refunded | Stage::Cancelled | Stage::Expired => true,
            Stage::AwaitingPayment
            | Stage::Paid
            | Stage::Delivering
            | Stage::Unknown
            | Stage::Declined
            | Stage::Refunding
            | Stage::Reversed => false,
        };
        ended
            && order.task.is_none()
            && order.refunds.iter().all(|refund| is_done(&refund.progress))
            && order.history.last().is_none_or(|passage| passage.at <= now)
    }
}
