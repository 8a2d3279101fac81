//! When a plan that waits may start before its first day, and what it is then.

use super::Book;
use super::balance::LineBook;
use super::orders::Answered;
use farline_domain::catalog::StartRule;
use farline_domain::commands::Refusal;
use farline_domain::kernel::{AllowanceKind, Instant, OrderId};
use farline_domain::orders::Delivered;
use jiff::ToSpan;

/// The days of every plan here.
const TERM_DAYS: i64 = 30;

impl LineBook {
    /// Whether no data is left or held that can be used at every hour.
    fn is_data_used_up(&self, now: Instant) -> bool {
        let serving = self.serving((AllowanceKind::Data, None), now);
        let buckets = serving.into_iter().map(|place| &self.buckets[place]);
        let mut at_every_hour = buckets.filter(|bucket| bucket.window.is_none());
        at_every_hour.all(|bucket| bucket.used == bucket.granted)
    }
}

impl Book {
    /// What is delivered does not wait for data that is used up already.
    pub(super) fn waits_rightly(
        &mut self,
        line: &LineBook,
        answered: &Answered<'_>,
        delivered: &Delivered,
    ) {
        let waits = delivered.starts_on > answered.now.date_in(&line.zone);
        let is_early = answered.order.offer.start_rule == StartRule::QueueOrUsedUp;
        if waits && is_early && line.is_own && line.is_data_used_up(answered.now) {
            self.contradict(format!("{} waits for data that is used up", answered.order.id));
        }
    }

    /// A plan that waited is started as the data is used up, once: its days count from today, and the line's last day is not
    /// earlier than it was without it.
    pub(super) fn started(&mut self, line: &mut LineBook, answered: &Answered<'_>) {
        let (order, now) = (answered.order, answered.now);
        let before = answered.before.as_ref().and_then(|before| before.delivered());
        let (Some(delivered), Some(before)) = (order.delivered(), before) else {
            return self.contradict(format!("{} was started, but is not delivered", order.id));
        };
        if before.started_early.is_some() {
            return self.agree("a plan that was started before", delivered, before);
        }
        let today = now.date_in(&line.zone);
        let may = line.is_own
            && order.offer.start_rule == StartRule::QueueOrUsedUp
            && today < before.starts_on
            && line.is_untouched(order.id)
            && line.expires_on == before.after.expires_on
            && line.is_data_used_up(now);
        if !may {
            self.contradict(format!("{} may not start early: {before:?}", order.id));
        }
        let last = today.saturating_add((TERM_DAYS - 1).days());
        let mut expected = Delivered {
            starts_on: today,
            usable_until: last,
            started_early: Some(now),
            ..before.clone()
        };
        expected.after.expires_on = before.before.expires_on.max(Some(last));
        self.agree("a plan that is started early", delivered, &expected);
        for bucket in line.buckets.iter_mut().filter(|bucket| bucket.order == Some(order.id)) {
            (bucket.from, bucket.until) = (now, Some(last));
        }
        line.expires_on = expected.after.expires_on;
    }

    /// That a plan is not started is told for a reason that is true.
    pub(super) fn not_started(
        &mut self,
        line: &LineBook,
        (order, refusal): (OrderId, &Refusal),
        now: Instant,
    ) {
        let is_true = match refusal {
            Refusal::DataLeft => !line.is_data_used_up(now),
            Refusal::HasBegun => self.orders.get(&order).is_some_and(|order| {
                let today = now.date_in(&line.zone);
                order.delivered().is_some_and(|delivered| delivered.starts_on <= today)
            }),
            Refusal::WrongState(_) => {
                self.orders.get(&order).is_some_and(|order| order.delivered().is_none())
            }
            Refusal::BuiltUpon => true,
            _ => false,
        };
        if !is_true {
            self.contradict(format!("{order} is not started, as it says {refusal:?}"));
        }
    }
}
