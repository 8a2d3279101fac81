//! What is to be done next, and when.

use super::consent::{Means, Trigger};
use super::standing::{AutoRenew, Occasion, Progress};
use crate::kernel::{Instant, Zone};
use crate::lines::{LifecycleRule, LineDates, LineStatus};
use crate::payments::DeclineAdvice;
use jiff::ToSpan;
use jiff::civil::Date;

/// A charge is announced this many days before.
pub const NOTICE_DAYS: i64 = 3;
/// A charge is never announced later than this many seconds before.
pub const SHORTEST_NOTICE_SECONDS: i64 = 60 * 60;
/// What fell due while nobody was at work is spread over this many seconds.
pub const SPREAD_SECONDS: i64 = 10 * 60;
/// After this many refusals within 30 days a method is not charged any more: a network allows between
/// 10 and 20.
pub const MOST_DECLINES: usize = 10;
/// A card about to expire is announced this many days before the end of its last month, most first.
pub const CARD_WARNING_DAYS: [u8; 2] = [30, 7];

/// The local hour of charges and announcements.
const FORENOON: u8 = 10;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing, before this instant if there is one.
    Nothing(Option<Instant>),
    /// Tell the payer that this will be charged then.
    Announce(Occasion, Instant),
    /// Charge, for this time.
    Charge(Occasion, u32),
    /// Tell the payer that the card will be good for this many days only.
    WarnOfCard(u8),
}

/// When a charge that was refused with this advice is tried again: one, three and five days after the
/// first, never after grace. `attempt` counts from 1.
pub fn retry_at(
    (advice, attempt): (DeclineAdvice, u32),
    (occasion, rule): (Occasion, &LifecycleRule),
    now: Instant,
) -> Option<Instant> {
    let days = match (advice, attempt) {
        (DeclineAdvice::RetryLater | DeclineAdvice::RetryOnce, 1) => 1,
        (DeclineAdvice::RetryLater, 2 | 3) => 2,
        (
            DeclineAdvice::RetryLater
            | DeclineAdvice::RetryOnce
            | DeclineAdvice::Authenticate
            | DeclineAdvice::AskCustomer
            | DeclineAdvice::Never,
            _,
        ) => return None,
    };
    let at = now.plus_seconds(days * DAY_SECONDS);
    let in_time = match occasion {
        Occasion::Expiry(date) => at < rule.zone.end_of(rule.milestones(date).grace_until),
        Occasion::Low(_) => true,
    };
    in_time.then_some(at)
}

/// The instant at which clocks show this hour on a local date.
fn at_hour(zone: &Zone, date: Date, hour: u8) -> Instant {
    let before = Instant::from_millis(zone.start_of(date).millis().saturating_sub(1));
    zone.next_minute(before, u16::from(hour) * 60)
}

impl AutoRenew {
    /// What is to be done for a line with these dates.
    pub fn due(&self, rule: &LifecycleRule, dates: LineDates, now: Instant) -> Due {
        if !self.is_on() || self.stopped.is_some() {
            return Due::Nothing(None);
        }
        let card = self.card_warning(rule);
        if let Some((days, at)) = card
            && now >= at
        {
            return Due::WarnOfCard(days);
        }
        match self.renewal_due(rule, dates, now) {
            Due::Nothing(at) => {
                Due::Nothing(at.into_iter().chain(card.map(|(_, warning)| warning)).min())
            }
            due @ (Due::Announce(..) | Due::Charge(..) | Due::WarnOfCard(_)) => due,
        }
    }

    fn renewal_due(&self, rule: &LifecycleRule, dates: LineDates, now: Instant) -> Due {
        let occasion = self.occasion(rule, dates, now);
        match &self.progress {
            // Its outcome is waited for.
            Progress::Charging { .. } => return Due::Nothing(None),
            Progress::Announced { occasion: of, charge_at, attempt, .. }
                if occasion == Some(*of) =>
            {
                return if now >= *charge_at {
                    Due::Charge(*of, *attempt)
                } else {
                    Due::Nothing(Some(*charge_at))
                };
            }
            Progress::Resting | Progress::Announced { .. } | Progress::Asking { .. } => {}
        }
        let Some(occasion) = occasion.filter(|occasion| self.settled != Some(*occasion)) else {
            return Due::Nothing(None);
        };
        let charge_at = self.charge_at(occasion, rule);
        let announce_at = charge_at.plus_seconds(-NOTICE_DAYS * DAY_SECONDS);
        if now < announce_at {
            return Due::Nothing(Some(announce_at));
        }
        Due::Announce(occasion, charge_at.max(now.plus_seconds(SHORTEST_NOTICE_SECONDS)))
    }

    /// What the line is to be renewed for, if it is.
    pub fn occasion(
        &self,
        rule: &LifecycleRule,
        dates: LineDates,
        now: Instant,
    ) -> Option<Occasion> {
        let status = rule.status_on(dates, rule.today(now));
        if matches!(status, LineStatus::Closed) {
            return None;
        }
        match self.consent.trigger {
            Trigger::BeforeExpiry(_) | Trigger::Cycle => dates.expires_on.map(Occasion::Expiry),
            Trigger::Below(..) => self.low.since.map(|_| Occasion::Low(self.low.times)),
        }
    }

    /// When the next charge takes place, as far as is known today.
    pub fn next_charge(
        &self,
        rule: &LifecycleRule,
        dates: LineDates,
        now: Instant,
    ) -> Option<Instant> {
        if !self.is_on() || self.stopped.is_some() {
            return None;
        }
        if let Progress::Announced { charge_at, .. } = &self.progress {
            return Some(*charge_at);
        }
        let occasion = self.occasion(rule, dates, now)?;
        (self.settled != Some(occasion)).then(|| self.charge_at(occasion, rule))
    }

    /// When an occasion is charged for, if nothing comes between.
    pub fn charge_at(&self, occasion: Occasion, rule: &LifecycleRule) -> Instant {
        match (occasion, self.consent.trigger) {
            (Occasion::Expiry(date), Trigger::BeforeExpiry(days)) => {
                let on = date.saturating_sub(i64::from(days).days());
                at_hour(&rule.zone, on, FORENOON)
            }
            (Occasion::Expiry(date), Trigger::Cycle | Trigger::Below(..)) => {
                at_hour(&rule.zone, date, rule.charge_hour)
            }
            (Occasion::Low(_), _) => {
                let since = self.low.since.unwrap_or(self.consent.agreed_at);
                since.plus_seconds(SHORTEST_NOTICE_SECONDS)
            }
        }
    }

    /// The next warning that the card expires: how many days before, and when it is given.
    fn card_warning(&self, rule: &LifecycleRule) -> Option<(u8, Instant)> {
        let Means::Saved(method) = &self.consent.means else { return None };
        let last = method.expiry?.last_day()?;
        let next = |days: &u8| self.card_told.is_none_or(|told| *days < told);
        let days = CARD_WARNING_DAYS.into_iter().find(next)?;
        let on = last.saturating_sub(i64::from(days).days());
        Some((days, at_hour(&rule.zone, on, FORENOON)))
    }
}
