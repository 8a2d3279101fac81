//! The search: the cheapest way into every state of a line, day by day.
//!
//! A line's future depends on its expiry and on the day of the month that it remembers, and on nothing else: that is a state.
//! Days are gone through in order. A state that is reached stays reachable for as long as the line lives in it, as waiting
//! costs nothing, so that one table of the cheapest way into each state serves every day. What can be done on a day
//! is of two kinds (`Counts` in `renewal.rs`):
//!
//! * A renewal that counts from the expiry leads to the same state whatever its day. It is tried as soon as the state
//!   is reached, when nothing can be too late yet; afterwards it is put on the last day that serves as well. In grace, where
//!   days that are paid for pass without service, it is not put off.
//! * A renewal that counts from its own day leads to the same state whatever state it started from. It is tried on *every*
//!   day, from the cheapest of the states from which it can be done. The last day that keeps the number is not enough for these: with
//!   months that are clipped, the 31st may be worth more than the 1st.
//!
//! States that keep the line until the date are not gone on from. Neither are ways that cost more than a schedule that is
//! known, with the least that is left to be paid (`bound.rs`); until one is known, the search is given a limit, which is
//! raised until it finds one. Nothing else is left out, so that the answer is exact.

use super::bound::{Rest, days_between};
use super::{KeepOffer, KeepQuestion, Keeping, PlannedRenewal};
use crate::catalog::StartRule;
use crate::lines::lifecycle::{GraceRenewal, LineDates, LineStatus};
use crate::lines::renewal::{Counts, counts, reach};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// What a way costs: minor units, then renewals.
pub(super) type Cost = (i64, u32);

/// Days of the month that can be remembered, and none.
const MEMORIES: usize = 32;

/// The place of a way in the list of all.
type Place = usize;

/// When a step is taken.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// On this day and no other.
    On(Date),
    /// On any day until this one.
    Until(Date),
}

/// The step that leads into a state.
#[derive(Clone, Copy, Debug)]
struct Step {
    before: Place,
    offer: usize,
    moment: Moment,
}

/// A way to a state.
#[derive(Clone, Copy, Debug)]
struct Way {
    cost: Cost,
    /// The latest day that its first renewal can be put on; the end of days while there is none.
    first: Date,
    /// Whether all of its steps can be put on later days, which may still move the first.
    slides: bool,
    step: Option<Step>,
    dates: LineDates,
    /// The day on which it gets there.
    since: Date,
}

impl Way {
    /// The smaller the better.
    const fn rank(&self) -> (Cost, Reverse<Date>) {
        (self.cost, Reverse(self.first))
    }
}

/// The best way found.
pub(super) struct Found {
    pub(super) cost: Cost,
    pub(super) renewals: Vec<PlannedRenewal>,
}

/// The search for one question, with a margin.
pub(super) struct Search<'a> {
    question: &'a KeepQuestion<'a>,
    offers: &'a [&'a KeepOffer],
    margin_days: i64,
    rest: &'a Rest,
    /// Ways that would cost more in all are not followed.
    limit: i64,
    /// The least that such a way would have cost.
    beyond: Option<i64>,
    /// Days without service in which the number is kept.
    rest_days: i64,
    /// The earliest expiry that a state can have.
    base: Date,
    ways: Vec<Way>,
    /// The best way into each state, by days from `base` and memory.
    states: Vec<Option<Place>>,
    /// The best way into any state of each expiry, by days from `base`.
    by_expiry: Vec<Option<Place>>,
    /// The best way that keeps the line until the date.
    best: Option<Place>,
    /// States that were reached and not gone on from yet, soonest expiry first.
    fresh: BTreeSet<(usize, Place)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        question: &'a KeepQuestion<'a>,
        offers: &'a [&'a KeepOffer],
        (margin_days, rest): (u16, &'a Rest),
        limit: i64,
    ) -> Self {
        let KeepQuestion { rule, dates, today, until, keeping, .. } = *question;
        let base = dates.expires_on.map_or(today, |expires_on| expires_on.min(today));
        let days = usize::try_from(days_between(base, until)).unwrap_or(0) + 1;
        let rest_days = match keeping {
            Keeping::Number => i64::from(rule.grace_days) + i64::from(rule.suspended_days),
            Keeping::Service => 0,
        };
        let start =
            Way { cost: (0, 0), first: Date::MAX, slides: true, step: None, dates, since: today };
        let mut search = Self {
            question,
            offers,
            margin_days: i64::from(margin_days),
            rest,
            limit,
            beyond: None,
            rest_days,
            base,
            ways: vec![start],
            states: vec![None; days * MEMORIES],
            by_expiry: vec![None; days],
            best: None,
            fresh: BTreeSet::new(),
        };
        if let Some(expiry) = dates.expires_on.and_then(|expires_on| search.index(expires_on)) {
            search.states[expiry * MEMORIES + memory(dates)] = Some(0);
            search.by_expiry[expiry] = Some(0);
            search.fresh.insert((expiry, 0));
        }
        search
    }

    /// The best way to keep the line until the date within the limit; else the least that may be beyond it, if anything is.
    pub(super) fn run(mut self) -> Result<Found, Option<i64>> {
        let mut today = self.question.today;
        while today <= self.question.until {
            self.wake_grace(today);
            loop {
                self.renew_from_expiry(today);
                self.renew_from_its_day(today);
                if self.fresh.is_empty() {
                    break;
                }
            }
            let Ok(tomorrow) = today.tomorrow() else { break };
            today = tomorrow;
        }
        let best = self.best.ok_or(self.beyond)?;
        Ok(Found { cost: self.ways[best].cost, renewals: self.renewals(best) })
    }

    /// The days from `base` to an expiry, where it is not beyond what is asked for.
    fn index(&self, expires_on: Date) -> Option<usize> {
        usize::try_from(days_between(self.base, expires_on))
            .ok()
            .filter(|at| *at < self.by_expiry.len())
    }

    /// The last day on which a state with this expiry is renewed. What cannot be helped today is done today.
    fn last_day(&self, expires_on: Date, today: Date) -> Date {
        let last = self.question.keeping.last_day(self.question.rule, expires_on);
        let safe = last.saturating_sub(self.margin_days.days());
        if today == self.question.today { safe.max(today) } else { safe }
    }

    /// The last day on which a plan is bought.
    fn last_sale(&self, offer: &KeepOffer) -> Date {
        let safe = |until: Date| until.saturating_sub(self.margin_days.days());
        offer.sold_until.map_or(Date::MAX, |until| safe(until).max(self.question.today))
    }

    /// Lines whose service ended yesterday: from today on, renewals may count from their expiry that did not before.
    fn wake_grace(&mut self, today: Date) {
        let counts_from_end = self.question.rule.grace_renewal == GraceRenewal::FromOldEnd;
        let ended = today.yesterday().ok().and_then(|ended| self.index(ended));
        if let Some(expiry) = ended.filter(|_| counts_from_end) {
            let states = &self.states[expiry * MEMORIES..(expiry + 1) * MEMORIES];
            self.fresh.extend(states.iter().flatten().map(|place| (expiry, *place)));
        }
    }

    /// Goes on from every state that was reached, by the renewals that count from the expiry.
    fn renew_from_expiry(&mut self, today: Date) {
        while let Some((expiry, place)) = self.fresh.pop_first() {
            let dates = self.ways[place].dates;
            let Some(expires_on) = dates.expires_on else { continue };
            let is_overtaken = self.states[expiry * MEMORIES + memory(dates)] != Some(place);
            if is_overtaken || today > self.last_day(expires_on, today) {
                continue;
            }
            let KeepQuestion { rule, .. } = *self.question;
            let status = rule.status_on(dates, today);
            let last = match status {
                LineStatus::Active => expires_on.min(self.last_day(expires_on, today)),
                LineStatus::Inactive
                | LineStatus::Grace
                | LineStatus::Suspended
                | LineStatus::Closed => today,
            };
            // What counted from the expiry before it passed was tried then.
            let was_active = status == LineStatus::Grace && self.ways[place].since <= expires_on;
            let from_expiry = |status, start_rule| {
                counts(status, rule.grace_renewal, start_rule) == Counts::FromExpiry
            };
            for offer in 0..self.offers.len() {
                let start_rule = self.offers[offer].start_rule;
                let was_tried = was_active && from_expiry(LineStatus::Active, start_rule);
                if from_expiry(status, start_rule) && !was_tried {
                    let moment = Moment::Until(last.min(self.last_sale(self.offers[offer])));
                    self.step(Step { before: place, offer, moment }, today);
                }
            }
        }
    }

    /// Tries every renewal that counts from today, from the cheapest state that allows it.
    fn renew_from_its_day(&mut self, today: Date) {
        let out_of_service = self.cheapest_out_of_service(today);
        for offer in 0..self.offers.len() {
            let furthest = match self.offers[offer].start_rule {
                StartRule::SetExpiry => Some(self.question.until),
                // Where the expiry is later than that, it stays, and the renewal is wasted.
                StartRule::KeepLater => self.begun_today(offer, today),
                StartRule::AddDays
                | StartRule::Queue
                | StartRule::QueueOrUsedUp
                | StartRule::AddValue => None,
            };
            let in_service = furthest.and_then(|furthest| self.cheapest(today..=furthest, today));
            let sources = [out_of_service, in_service].into_iter().flatten();
            if let Some(before) = sources.min_by_key(|place| self.ways[*place].rank()) {
                self.step(Step { before, offer, moment: Moment::On(today) }, today);
            }
        }
    }

    /// The expiry that a plan makes of a line without one.
    fn begun_today(&self, offer: usize, today: Date) -> Option<Date> {
        let terms = self.offers[offer].terms();
        reach(self.question.rule, LineDates::default(), terms, today).ok()?.dates.expires_on
    }

    /// The cheapest state out of service from which a renewal counts from its own day.
    fn cheapest_out_of_service(&self, today: Date) -> Option<Place> {
        let rule = self.question.rule;
        let never_used = self.question.dates.expires_on.is_none() && today == self.question.today;
        if never_used {
            return Some(0);
        }
        let last = match rule.grace_renewal {
            GraceRenewal::FromToday => today.yesterday().ok()?,
            GraceRenewal::FromOldEnd => {
                today.saturating_sub((i64::from(rule.grace_days) + 1).days())
            }
        };
        self.cheapest(self.base..=last, today)
    }

    /// The cheapest state with an expiry in this range that can be renewed today.
    fn cheapest(&self, expiries: RangeInclusive<Date>, today: Date) -> Option<Place> {
        let kept = today.saturating_sub((self.rest_days - self.margin_days).days());
        let first = if today == self.question.today { self.base } else { kept };
        let from = (*expiries.start()).max(first).max(self.base);
        let until = (*expiries.end()).min(self.question.until);
        if from > until {
            return None;
        }
        let places = &self.by_expiry[self.index(from)?..=self.index(until)?];
        places.iter().flatten().copied().min_by_key(|place| self.ways[*place].rank())
    }

    /// Takes a step today and keeps the way, if it is the best one known to where it leads.
    fn step(&mut self, step: Step, today: Date) {
        let Some(way) = self.stepped(step, today) else { return };
        let Some(expires_on) = way.dates.expires_on else { return };
        let Some((left, renewals)) = self.rest.after(expires_on) else { return };
        let (total, count) = (way.cost.0.saturating_add(left), way.cost.1 + renewals);
        if total > self.limit {
            self.beyond = Some(self.beyond.map_or(total, |beyond| beyond.min(total)));
            return;
        }
        let keeping = self.question.keeping;
        let is_kept = keeping.last_day(self.question.rule, expires_on) >= self.question.until;
        let best = self.best.map(|best| &self.ways[best]);
        if is_kept {
            let reaches = |way: &Way| (way.rank(), Reverse(way.dates.expires_on));
            if best.is_none_or(|best| reaches(&way) < reaches(best)) {
                self.best = Some(self.ways.len());
                self.ways.push(way);
            }
            return;
        }
        let Some(expiry) = self.index(expires_on) else { return };
        let state = expiry * MEMORIES + memory(way.dates);
        let is_better =
            |known: Option<Place>| known.is_none_or(|known| way.rank() < self.ways[known].rank());
        if best.is_some_and(|best| (total, count) > best.cost) || !is_better(self.states[state]) {
            return;
        }
        let place = self.ways.len();
        if is_better(self.by_expiry[expiry]) {
            self.by_expiry[expiry] = Some(place);
        }
        self.states[state] = Some(place);
        self.fresh.insert((expiry, place));
        self.ways.push(way);
    }

    /// The way that a step makes of another; none where it cannot be taken or leads nowhere.
    fn stepped(&self, step: Step, today: Date) -> Option<Way> {
        let offer = self.offers[step.offer];
        let before = &self.ways[step.before];
        if today > self.last_sale(offer) {
            return None;
        }
        let reached = reach(self.question.rule, before.dates, offer.terms(), today).ok()?;
        let (total, count) = before.cost;
        let (limit, is_fixed) = match step.moment {
            Moment::On(date) => (date, true),
            Moment::Until(date) => (date, false),
        };
        Some(Way {
            cost: (total.checked_add(offer.price.minor)?, count + 1),
            first: if before.slides { before.first.min(limit) } else { before.first },
            slides: before.slides && !is_fixed,
            step: Some(step),
            dates: reached.dates,
            since: today,
        })
    }

    /// The renewals of a way, each on the last day that serves as well.
    fn renewals(&self, last: Place) -> Vec<PlannedRenewal> {
        let mut renewals = Vec::new();
        let (mut way, mut next) = (&self.ways[last], Date::MAX);
        while let Some(Step { before, offer, moment }) = way.step {
            let (Moment::On(limit) | Moment::Until(limit)) = moment;
            next = next.min(limit);
            let offer = self.offers[offer];
            let previous = &self.ways[before];
            renewals.extend(way.dates.expires_on.map(|expires_on| PlannedRenewal {
                on: next,
                plan: offer.plan.clone(),
                price: offer.price,
                before: previous.dates.expires_on,
                expires_on,
            }));
            way = previous;
        }
        renewals.reverse();
        renewals
    }
}

/// The place of a state's memory among those of its expiry.
fn memory(dates: LineDates) -> usize {
    let day = dates.anniversary_day.and_then(|day| usize::try_from(day).ok());
    day.filter(|day| *day < MEMORIES).unwrap_or(0)
}
