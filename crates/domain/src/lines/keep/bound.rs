//! What is left to be paid at the least: a bound that the search holds its ways against.
//!
//! From each expiry every plan is imagined at its best: bought on the last day that will do, with the best memory of the day of the
//! month. That is never dearer than what can really be done, so that a way whose cost and rest exceed a known schedule leads
//! to nothing better.

use super::search::Cost;
use super::{KeepOffer, KeepQuestion, Keeping};
use crate::catalog::StartRule;
use crate::lines::lifecycle::{GraceRenewal, LineDates};
use crate::lines::renewal::reach;
use jiff::ToSpan;
use jiff::civil::Date;

/// The day of the month that reaches furthest, if it is remembered.
const BEST_MEMORY: i8 = 31;

/// The least that is left to be paid from each expiry.
pub(super) struct Rest {
    /// The first expiry that it is known of.
    base: Date,
    /// By days from there; nothing where no plan leads on.
    least: Vec<Option<Cost>>,
}

impl Rest {
    pub(super) fn of(question: &KeepQuestion<'_>, offers: &[&KeepOffer], margin_days: u16) -> Self {
        let base = question.dates.expires_on.map_or(question.today, |on| on.min(question.today));
        let days = usize::try_from(days_between(base, question.until)).unwrap_or(0) + 1;
        let mut rest = Self { base, least: vec![None; days] };
        let mut expires_on = question.until;
        for expiry in (0..days).rev() {
            let last = question.keeping.last_day(question.rule, expires_on);
            rest.least[expiry] = if last >= question.until {
                Some((0, 0))
            } else {
                let latest = last.saturating_sub(i64::from(margin_days).days());
                let latest = latest.max(question.today);
                let leads_on = |offer: &&KeepOffer| {
                    let reached = best_reach(question, offer, (expires_on, latest))?;
                    let (total, count) = rest.after(reached)?;
                    Some((total.checked_add(offer.price.minor)?, count + 1))
                };
                offers.iter().filter_map(leads_on).min()
            };
            expires_on = expires_on.yesterday().unwrap_or(expires_on);
        }
        rest
    }

    /// The least that is left from an expiry; nothing where no plan leads on.
    pub(super) fn after(&self, expires_on: Date) -> Option<Cost> {
        let expiry = usize::try_from(days_between(self.base, expires_on)).ok()?;
        self.least.get(expiry).copied().unwrap_or(Some((0, 0)))
    }
}

/// The furthest expiry to which a plan could lead from one: at best from the expiry itself, or from the latest day.
fn best_reach(
    question: &KeepQuestion<'_>,
    offer: &KeepOffer,
    (expires_on, latest): (Date, Date),
) -> Option<Date> {
    let rule = question.rule;
    let latest = offer.sold_until.map_or(latest, |sold| latest.min(sold));
    let waits = offer.start_rule.waits() || offer.start_rule == StartRule::AddDays;
    let in_grace = rule.grace_renewal == GraceRenewal::FromOldEnd && latest > expires_on;
    let remembered = LineDates {
        activated_on: Some(expires_on),
        expires_on: Some(expires_on),
        anniversary_day: Some(BEST_MEMORY),
    };
    let behind = (waits || in_grace)
        .then(|| reach(rule, remembered, (offer.validity, StartRule::AddDays), expires_on).ok())
        .flatten();
    // Out of service a renewal counts from its own day, but for grace that counts from the old end.
    let lapses = question.keeping == Keeping::Number || expires_on < question.today;
    let has_own_day = rule.grace_renewal == GraceRenewal::FromToday || rule.suspended_days > 0;
    let own_day = if lapses && has_own_day { latest } else { latest.min(expires_on) };
    let alone = (own_day > expires_on || !waits)
        .then(|| reach(rule, LineDates::default(), offer.terms(), own_day).ok())
        .flatten();
    let reached = [behind, alone].into_iter().flatten();
    reached.filter_map(|reached| reached.dates.expires_on).max().filter(|on| *on > expires_on)
}

pub(super) fn days_between(from: Date, until: Date) -> i64 {
    from.until(until).map_or(0, |span| i64::from(span.get_days()))
}
