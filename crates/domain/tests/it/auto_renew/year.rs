//! A year of a thousand lines in ten zones: refusals, lost answers, cancellations racing charges, renewals by hand, prices that
//! rise, and a schedule that dies, comes back late and does everything twice. From a seed: `FARLINE_SEED` chooses another.

use super::shop::{Answered, FIRST_DAY, Shop, Truth};
use farline_domain::auto_renew::{Caps, Means, Occasion, SHORTEST_NOTICE_SECONDS, Trigger};
use farline_domain::commands::{Job, JobKind, LineCommand};
use farline_domain::kernel::{Instant, Money, OrderId};
use farline_domain::lines::LineStatus;
use farline_domain::notices::{AutoRenewNews, NoticeReason};
use farline_domain::orders::{Order, OrderState, Stage};
use farline_domain::payments::{CardExpiry, DeclineAdvice};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

const ZONES: [&str; 10] = [
    "America/Toronto",
    "America/Vancouver",
    "America/Halifax",
    "America/St_Johns",
    "America/Regina",
    "Asia/Shanghai",
    "Europe/London",
    "Pacific/Auckland",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];
const LINES: u64 = 1_000;
const DAYS: i64 = 365;
const HOUR: i64 = 3_600;
/// More than a line has any reason for in a year.
const MOST_EVENTS: u32 = 20_000;

/// Chance from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    fn in_hundred(&mut self, times: u64) -> bool {
        self.below(100) < times
    }

    fn seconds(&mut self, most: i64) -> i64 {
        i64::try_from(self.below(u64::try_from(most).unwrap())).unwrap()
    }
}

/// A line with the people around it.
struct Life {
    shop: Shop,
    chance: Chance,
    now: Instant,
    until: Instant,
    /// Nothing bad ever happens to it.
    is_calm: bool,
    /// When the schedule works again.
    asleep_until: Instant,
    /// The next thing that a person does.
    person_at: Instant,
    /// Orders by hand that wait to be paid.
    by_hand: BTreeMap<OrderId, Instant>,
    /// When the service ended by hand, by the date that it ended with.
    renewed_by_hand: BTreeMap<Date, Instant>,
    was_out_of_service: bool,
}

impl Life {
    fn new(seed: u64, line: u64) -> Self {
        let mut chance = Chance(seed ^ line.wrapping_mul(0x9e37_79b9));
        let zone = ZONES[usize::try_from(line % 10).unwrap()];
        let left = 6 + chance.below(25);
        let expires_on = FIRST_DAY.saturating_add(i64::try_from(left).unwrap().days());
        let mut shop = Shop::new(zone, expires_on);
        let now = shop.state.rule.zone.start_of(FIRST_DAY).plus_seconds(chance.seconds(20 * HOUR));
        let is_calm = line.is_multiple_of(5);
        let trigger = match chance.below(4) {
            0 => Trigger::Cycle,
            days => Trigger::BeforeExpiry(u8::try_from(days - 1).unwrap()),
        };
        let expiry =
            (!is_calm && chance.in_hundred(30)).then_some(CardExpiry { year: 2027, month: 4 });
        let means = Means::Saved(Shop::method(now, expiry));
        shop.agree(Shop::consent(now, trigger, means), now).unwrap();
        let person_at = now.plus_seconds(chance.seconds(40 * 24 * HOUR));
        Self {
            shop,
            chance,
            now,
            until: now.plus_seconds(DAYS * 24 * HOUR),
            is_calm,
            asleep_until: now,
            person_at,
            by_hand: BTreeMap::new(),
            renewed_by_hand: BTreeMap::new(),
            was_out_of_service: false,
        }
    }

    fn live(&mut self) {
        let mut events = 0;
        while let Some(at) = self.next() {
            if at > self.until {
                break;
            }
            events += 1;
            assert!(events < MOST_EVENTS, "it never comes to rest");
            self.now = self.now.max(at);
            if !self.is_calm && self.person_at <= self.now {
                self.person();
            }
            if self.asleep_until <= self.now {
                self.work();
            }
            self.watch();
        }
    }

    /// When something happens next.
    fn next(&self) -> Option<Instant> {
        let job = self.shop.jobs.keys().next().map(|(at, _)| (*at).max(self.asleep_until));
        let person = (!self.is_calm).then_some(self.person_at);
        job.into_iter().chain(person).min()
    }

    fn person(&mut self) {
        self.person_at = self.now.plus_seconds(HOUR + self.chance.seconds(25 * 24 * HOUR));
        match self.chance.below(8) {
            0 => self.shop.end(self.now),
            1 | 2 => self.agree_anew(),
            3 | 4 => {
                if let Ok(order) = self.shop.place(self.now) {
                    self.by_hand.insert(order, self.now);
                    self.person_at = self.now.plus_seconds(self.chance.seconds(40 * 60));
                }
            }
            5 => self.shop.price = if self.shop.price == 3_000 { 3_900 } else { 3_000 },
            // The whole house is dark.
            6 => self.asleep_until = self.now.plus_seconds(self.chance.seconds(4 * 24 * HOUR)),
            _ => self.pay_what_is_asked(),
        }
        let waiting: Vec<OrderId> = self.by_hand.keys().copied().collect();
        for order in waiting {
            if self.chance.in_hundred(60) {
                self.by_hand.remove(&order);
                let before = self.shop.state.line.dates.expires_on.unwrap();
                self.shop.capture(order, self.now);
                if self.shop.kept[&order].state.stage() == Stage::Delivered {
                    self.renewed_by_hand.entry(before).or_insert(self.now);
                }
            }
        }
    }

    fn agree_anew(&mut self) {
        let days = u8::try_from(self.chance.below(8)).unwrap();
        let means = Means::Saved(Shop::method(self.now, None));
        let mut consent = Shop::consent(self.now, Trigger::BeforeExpiry(days), means);
        if self.chance.in_hundred(50) {
            // Neither a dearer renewal nor a second one in a month fits.
            let [charge, month] = [3_500, 3_600].map(Money::cad);
            consent.caps = Caps { charge, day: charge, month };
        }
        // Refused while a charge is under way, or where the price has risen above it.
        let _ = self.shop.agree(consent, self.now);
    }

    /// The payer pays the order they were asked to pay.
    fn pay_what_is_asked(&mut self) {
        let asked = self.shop.kept.values().find(|order| {
            matches!(order.state, OrderState::AwaitingPayment { .. })
                && order.charge.as_ref().is_some_and(|charge| charge.declined.is_some())
        });
        if let Some(id) = asked.map(|order| order.id) {
            self.shop.capture(id, self.now);
        }
    }

    fn work(&mut self) {
        for job in self.shop.due(self.now) {
            let dies = !self.is_calm && self.chance.in_hundred(6);
            self.perform(&job);
            // Two processes had it, or one that died before it struck it off.
            if dies || (!self.is_calm && self.chance.in_hundred(10)) {
                let again = self.now.plus_seconds(self.chance.seconds(30 * 60));
                self.shop.jobs.insert((again, job.number), Job { due: again, ..job });
            }
        }
    }

    fn perform(&mut self, job: &Job) {
        match job.kind {
            JobKind::AutoRenew => {
                self.shop.step(self.now).unwrap();
                if let Some(order) = self.shop.standing().charging() {
                    self.charge(order);
                }
            }
            JobKind::Charge => {
                let order = job.order.unwrap();
                self.charge(order);
                if self.shop.kept[&order].is_charge_unknown()
                    && matches!(self.shop.kept[&order].state, OrderState::AwaitingPayment { .. })
                {
                    let again = self.now.plus_seconds(60);
                    self.shop.jobs.insert((again, job.number), Job { due: again, ..job.clone() });
                }
            }
            JobKind::Expire => {
                self.shop.run(&LineCommand::Expire(job.order.unwrap()), self.now).unwrap();
            }
            _ => {}
        }
    }

    fn charge(&mut self, order: OrderId) {
        let charge = self.shop.kept[&order].charge.as_ref();
        let is_new = charge.is_some_and(|charge| charge.asked_at.is_none());
        // Between placing and asking, the holder may call it off.
        if !self.is_calm && is_new && self.chance.in_hundred(4) {
            self.shop.end(self.now);
        }
        let mind = match self.chance.below(100) {
            _ if self.is_calm => Truth::Captured,
            0..15 => Truth::Declined(DeclineAdvice::RetryLater),
            15..20 => Truth::Declined(DeclineAdvice::RetryOnce),
            20..24 => Truth::Declined(DeclineAdvice::Authenticate),
            24..28 => Truth::Declined(DeclineAdvice::AskCustomer),
            28..30 => Truth::Declined(DeclineAdvice::Never),
            _ => Truth::Captured,
        };
        let answered = match self.chance.below(100) {
            _ if self.is_calm => Answered::Clearly,
            0..15 => Answered::Lost,
            15..25 => Answered::Unheard,
            _ => Answered::Clearly,
        };
        let is_lost = answered == Answered::Lost;
        self.shop.charge(order, (mind, answered), self.now);
        // While nobody knows, the holder calls it off, or renews by hand.
        match self.chance.below(10) {
            0 | 1 if is_lost => self.shop.end(self.now.plus_seconds(1)),
            2..5 if is_lost => {
                if let Ok(by_hand) = self.shop.place(self.now) {
                    let before = self.shop.state.line.dates.expires_on.unwrap();
                    self.shop.capture(by_hand, self.now);
                    self.renewed_by_hand.entry(before).or_insert(self.now);
                }
            }
            _ => {}
        }
    }

    fn watch(&mut self) {
        let (rule, dates) = (&self.shop.state.rule, self.shop.state.line.dates);
        let status = rule.status_on(dates, rule.today(self.now));
        self.was_out_of_service |= status != LineStatus::Active;
    }

    /// What must be true of the year.
    fn judge(&self) -> usize {
        let shop = &self.shop;
        let of_itself: Vec<&Order> =
            shop.kept.values().filter(|order| order.occasion.is_some()).collect();
        let occasions: BTreeSet<_> = of_itself
            .iter()
            .filter_map(|order| match order.occasion {
                Some(Occasion::Expiry(date)) => Some(date),
                _ => None,
            })
            .collect();
        for date in occasions {
            let times = shop.delivered_for(Occasion::Expiry(date));
            assert!(times <= 1, "{date} was renewed {times} times");
        }
        for order in &of_itself {
            self.judge_order(order);
        }
        self.judge_caps(&of_itself);
        if self.is_calm {
            assert!(!self.was_out_of_service, "a calm line was never out of service");
        }
        of_itself.iter().filter(|order| is_delivered(order)).count()
    }

    fn judge_order(&self, order: &Order) {
        let shop = &self.shop;
        let captured = order.capture().is_some();
        let truth = shop.truths.get(&order.id);
        // What was taken is delivered or owed back; what was not taken is not delivered.
        if captured {
            assert!(
                matches!(order.state.stage(), Stage::Delivered | Stage::Refunding),
                "{order:?}"
            );
            let told =
                if is_delivered(order) { NoticeReason::Delivered } else { NoticeReason::Refunding };
            assert!(
                shop.told_of_orders.contains(&(order.id, told)),
                "the result is told: {order:?}"
            );
        }
        let Some(asked_at) = order.charge.as_ref().and_then(|charge| charge.asked_at) else {
            assert_eq!(truth, None, "charged without being noted: {order:?}");
            return;
        };
        // Nothing is asked of the provider after it was called off, until it is agreed to anew.
        let ended = shop.ended.iter().rev().find(|at| **at <= asked_at);
        let agreed = shop.agreed.iter().rev().find(|(at, _)| *at <= asked_at).unwrap();
        assert!(ended.is_none_or(|ended| *ended <= agreed.0), "charged after it was called off");
        let announced = shop.told.iter().any(|(told_at, notice)| {
            matches!(
                notice.news,
                AutoRenewNews::Agreed | AutoRenewNews::Announced | AutoRenewNews::Retrying
            ) && notice.total.is_some_and(|total| total.minor >= order.price.total.minor)
                && told_at.plus_seconds(SHORTEST_NOTICE_SECONDS) <= asked_at
                && notice.at.is_some_and(|at| at <= asked_at)
        });
        assert!(announced, "charged without notice: {order:?}");
        if let Some(Occasion::Expiry(date)) = order.occasion {
            let by_hand = self.renewed_by_hand.get(&date);
            let placed = order.history[0].at;
            assert!(by_hand.is_none_or(|at| *at >= placed), "by hand before, and charged still");
            let delivered = order.history.iter().find(|passed| passed.state == Stage::Delivered);
            let too_late = by_hand.zip(delivered).is_some_and(|(by_hand, at)| at.at > *by_hand);
            assert!(!too_late, "a renewal by hand wins: {order:?}");
        }
        if let Some(decline) = order.charge.as_ref().and_then(|charge| charge.declined.as_ref()) {
            let at = order.history.last().unwrap().at;
            let was_ended = shop.ended.iter().any(|ended| *ended >= asked_at && *ended <= at);
            let told = shop.told.iter().any(|(told_at, notice)| {
                *told_at >= asked_at
                    && matches!(
                        notice.news,
                        AutoRenewNews::Retrying
                            | AutoRenewNews::Authenticate
                            | AutoRenewNews::AskCustomer
                            | AutoRenewNews::Stopped
                    )
            });
            let was_over = order.state.stage() == Stage::Cancelled;
            assert!(told || was_ended || was_over, "a refusal is told: {decline:?} {order:?}");
        }
    }

    /// Neither at once nor in a month is ever more taken than was agreed to when it was charged.
    fn judge_caps(&self, of_itself: &[&Order]) {
        let shop = &self.shop;
        let is_taken = |order: &&&Order| shop.truths.get(&order.id) == Some(&Truth::Captured);
        let mut taken: Vec<(Instant, i64)> = of_itself
            .iter()
            .filter(is_taken)
            .map(|order| (order.history[0].at, order.price.total.minor))
            .collect();
        taken.sort_unstable();
        for (place, (at, minor)) in taken.iter().enumerate() {
            let caps = shop.agreed.iter().rev().find(|(agreed, _)| agreed <= at).unwrap().1;
            let month = shop.local(*at).first_of_month();
            let earlier = taken[..place]
                .iter()
                .filter(|(other, _)| shop.local(*other).first_of_month() == month);
            let sum = earlier.map(|(_, minor)| minor).sum::<i64>() + minor;
            assert!(*minor <= caps.charge.minor, "{minor} taken, {:?} allowed", caps.charge);
            assert!(sum <= caps.month.minor, "{sum} taken in a month, {:?} allowed", caps.month);
        }
    }
}

fn is_delivered(order: &Order) -> bool {
    matches!(order.state, OrderState::Delivered { .. })
}

#[test]
fn a_year_of_a_thousand_lines() {
    let seed =
        std::env::var("FARLINE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_128);
    let (mut renewed, mut calm, mut orders, mut refused, mut back) = (0, 0, 0, 0, 0);
    for line in 0..LINES {
        let mut life = Life::new(seed, line);
        life.live();
        let times = life.judge();
        renewed += times;
        orders += life.shop.kept.len();
        let refunding =
            |order: &&Order| order.occasion.is_some() && order.state.stage() == Stage::Refunding;
        back += life.shop.kept.values().filter(refunding).count();
        refused += life.shop.truths.values().filter(|truth| **truth != Truth::Captured).count();
        if life.is_calm {
            calm += 1;
            assert!((11..=13).contains(&times), "line {line} renewed itself {times} times");
        }
    }
    // The year is only worth something if all of it happened.
    assert!(
        renewed > 4_000 && refused > 800 && back > 50,
        "seed {seed}: {orders} orders, {renewed} renewals by themselves, {refused} refusals, {back} given back, {calm} calm"
    );
}
