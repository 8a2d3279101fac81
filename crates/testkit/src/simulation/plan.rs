//! Who does what next: drawn from the seed.

use super::chance::Chance;
use super::people::{Deed, Wish, place, wanted};
use super::world::World;
use crate::builders::{OWN, OWN_BIG, OWN_NEXT, OWN_SMALL, SUPPLIED, SUPPLIED_MONTH, SampleLine};
use farline_app::charging::Call;
use farline_app::orders::Buyer;
use farline_app::quotes::{Promoting, QuoteRequest};
use farline_domain::catalog::{Allowance, TimeWindow, ZoneCode};
use farline_domain::charging::{ChargingStep, ServiceKind, Wanted};
use farline_domain::commands::{HeldChoice, Verdict};
use farline_domain::kernel::{
    AccountId, AllowanceKind, Cells, CommandKey, Instant, Language, LineId, OrderId, QuoteId, Units,
};
use farline_domain::payments::RefundTo;
use jiff::ToSpan as _;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A promotion with so many places.
pub(super) const PROMOTION: &str = "welcome";
pub(super) const PLACES: i64 = 6;

/// A session as its network knows it.
struct Session {
    call: Call,
    last: ChargingStep,
    has_ended: bool,
}

/// What the people of a simulation remember.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) lines: Vec<SampleLine>,
    pub(super) wishes: Vec<Wish>,
    pub(super) accounts: Vec<AccountId>,
    sessions: Vec<Session>,
    /// The session of each line that reports too much.
    greedy: BTreeMap<LineId, String>,
    /// The line of each key that was used for a grant.
    keys: Vec<LineId>,
    next: u64,
}

impl Plan {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The next deed of the mix.
    pub(super) fn deed(&mut self, world: &World) -> Deed {
        let chance = &world.chance;
        match chance.below(100) {
            0..=7 => self.quote(chance),
            8..=20 => self.order(chance),
            21..=27 => of_order(world, Deed::PayPage),
            28..=33 => hook(world),
            34..=37 => of_order(world, Deed::See),
            38..=40 => of_order(world, Deed::Cancel),
            41 | 42 => of_order(world, Deed::WrongNumber),
            43 => of_order(world, Deed::CancelQueued),
            44 | 45 => {
                let choice = chance.one_of(&[HeldChoice::AddPeriod, HeldChoice::Refund]);
                of_order(world, |order| Deed::Choose(order, choice))
            }
            46..=48 => person(world),
            49 => of_order(world, Deed::Receipt),
            50..=74 => self.charge(world),
            75..=78 => self.grant(world),
            79 => Deed::Sweep,
            80 => Deed::Forget(chance.one_of(&[Cells::ALL, Cells::share(3), Cells::share(11)])),
            _ => Deed::Work(chance.place(50), 1 + chance.place(5)),
        }
    }

    fn quote(&mut self, chance: &Chance) -> Deed {
        let line = chance.one_of(&self.lines);
        let plan = match line.operator {
            SUPPLIED => SUPPLIED_MONTH,
            _ => chance.one_of(&[OWN_BIG, OWN_SMALL, OWN_NEXT]),
        };
        let request = QuoteRequest {
            line: line.id(),
            plan: plan.to_owned(),
            promotions: Promoting::to(None, chance.percent(15).then(|| PROMOTION.to_owned())),
            province: None,
            seed: chance.octets(),
        };
        let account = (!self.accounts.is_empty() && chance.percent(30))
            .then(|| chance.one_of(&self.accounts));
        let (email, phone) = match chance.below(3) {
            0 => (Some("a@example.org".to_owned()), None),
            1 => (None, Some("+14165550123".to_owned())),
            _ => (Some("b@example.org".to_owned()), Some("+14165550124".to_owned())),
        };
        let wish = Wish {
            key: format!("key-{}", self.number()),
            quote: QuoteId::from_bytes([0; 16]),
            buyer: Buyer { email, phone, account },
            language: chance.one_of(&[Language::EnCa, Language::FrCa, Language::ZhCn]),
            another: chance.percent(30),
            with_credit: chance.percent(25),
            order: None,
        };
        Deed::Quote(request, wish)
    }

    /// Somebody orders; some press twice, some under a key they used before with other words.
    fn order(&mut self, chance: &Chance) -> Deed {
        let newest = self.wishes.len().min(if chance.percent(80) { 3 } else { 60 });
        if newest == 0 {
            return self.quote(chance);
        }
        let place = self.wishes.len() - 1 - chance.place(newest);
        let wish = self.wishes[place].clone();
        let is_other = wish.order.is_some() && chance.percent(25);
        Deed::Order(place, wish, [u8::from(is_other); 32])
    }

    fn charge(&mut self, world: &World) -> Deed {
        let chance = &world.chance;
        let running = self.sessions.iter().filter(|session| !session.has_ended).count();
        if self.sessions.is_empty() || chance.percent(if running < 12 { 30 } else { 8 }) {
            return self.begin(world);
        }
        let newest = self.sessions.len().min(24);
        let at = self.sessions.len() - 1 - chance.place(newest);
        let session = &mut self.sessions[at];
        match chance.below(20) {
            // Again, because the answer was lost; sometimes with other words.
            0..=3 => return Deed::Charge(session.call.clone(), session.last),
            // Out of order.
            4 | 5 => {
                let sequence = session.call.sequence.saturating_sub(1);
                let call = Call { sequence, ..session.call.clone() };
                return Deed::Charge(call, session.last);
            }
            // Of another service.
            6 if chance.percent(20) => {
                let kind = chance.one_of(&ServiceKind::ALL);
                let sequence = session.call.sequence + 1;
                let call = Call { sequence, kind, ..session.call.clone() };
                return Deed::Charge(call, session.last);
            }
            _ => {}
        }
        session.call.sequence += 1 + u32::from(chance.percent(10));
        session.call.place = place(chance);
        // One session of each line reports more than can be counted, if it does so twice.
        let (line, name) = (session.call.line, session.call.session.clone());
        let is_greedy = *self.greedy.entry(line).or_insert_with(|| name.clone()) == name;
        let used = if is_greedy && chance.percent(8) {
            Units::new(i64::MAX / 2 + 7).expect("not below zero")
        } else {
            used(chance, session.call.kind)
        };
        session.last = match chance.below(12) {
            0 | 1 => {
                session.has_ended = true;
                ChargingStep::End { used }
            }
            2 if chance.percent(10) => ChargingStep::Event { units: used },
            _ => ChargingStep::Update { used, wanted: wants(chance, session.call.kind) },
        };
        Deed::Charge(session.call.clone(), session.last)
    }

    fn begin(&mut self, world: &World) -> Deed {
        let chance = &world.chance;
        let line = match chance.below(200) {
            // Nobody's.
            0 => SampleLine { operator: OWN, index: 999 }.id(),
            // Who has renewed a line uses it.
            1..=80 => line_of_order(world).unwrap_or(self.lines[0].id()),
            _ => chance.one_of(&self.lines).id(),
        };
        let kind = chance.one_of(&[
            ServiceKind::Data,
            ServiceKind::Data,
            ServiceKind::Data,
            ServiceKind::Voice,
            ServiceKind::Messages,
        ]);
        let session = format!("session-{}", self.number());
        let place = place(chance);
        let call = Call { line, session, sequence: 0, kind, place };
        let is_event = kind == ServiceKind::Messages || chance.percent(15);
        let last = if is_event {
            ChargingStep::Event { units: used(chance, kind) }
        } else {
            ChargingStep::Start { wanted: wants(chance, kind) }
        };
        self.sessions.push(Session { call: call.clone(), last, has_ended: is_event });
        Deed::Charge(call, last)
    }

    /// An allowance outside any order, under a key; some are sent again.
    fn grant(&mut self, world: &World) -> Deed {
        let chance = &world.chance;
        let is_again = !self.keys.is_empty() && chance.percent(20);
        let newest = self.keys.len().min(20);
        let number = if is_again {
            self.keys.len() - 1 - chance.place(newest)
        } else {
            self.keys.push(chance.one_of(&self.lines).id());
            self.keys.len() - 1
        };
        let line = self.keys[number];
        let key = CommandKey::of(&["simulation", &number.to_string()]);
        let (allowance, until) = allowance(chance, world.now());
        Deed::Grant(line, key, Box::new(allowance), until)
    }

    /// Commands that come in at once, with the line of each.
    pub(super) fn burst(&mut self, world: &World) -> Vec<Deed> {
        let many = 20 + world.chance.place(60);
        let one = |plan: &mut Self| match world.chance.below(8) {
            0 => plan.grant(world),
            _ => plan.charge(world),
        };
        (0..many).map(|_| one(self)).collect()
    }
}

/// One of the newer orders, mostly.
fn some_order(world: &World) -> Option<OrderId> {
    let book = world.book();
    let newest = book.placed.len().min(if world.chance.percent(75) { 8 } else { 200 });
    (newest > 0).then(|| book.placed[book.placed.len() - 1 - world.chance.place(newest)])
}

fn line_of_order(world: &World) -> Option<LineId> {
    let order = some_order(world)?;
    world.book().orders.get(&order).map(|order| order.line)
}

fn of_order(world: &World, deed: impl FnOnce(OrderId) -> Deed) -> Deed {
    let look = Deed::Work(world.chance.place(50), 2);
    some_order(world).map_or(look, deed)
}

/// One of the orders that may want paying for.
pub(super) fn to_pay(world: &World) -> Option<OrderId> {
    some_order(world)
}

fn person(world: &World) -> Deed {
    if world.chance.percent(30) {
        let hundredths = world.chance.one_of(&[10, 35, 50, 100]);
        let to = world.chance.one_of(&[RefundTo::Source, RefundTo::Source, RefundTo::LineCredit]);
        return of_order(world, |order| Deed::GiveBack(order, hundredths, to));
    }
    let verdicts = [
        None,
        Some(Verdict::Delivered),
        Some(Verdict::NotDelivered),
        Some(Verdict::RefundAsCredit),
        Some(Verdict::RefundAgain),
        Some(Verdict::Close),
    ];
    let verdict = world.chance.one_of(&verdicts);
    of_order(world, |order| Deed::Person(order, verdict))
}

/// A word of the provider's arrives: late, out of order, twice, or forged.
fn hook(world: &World) -> Deed {
    let chance = &world.chance;
    let mut provider = world.provider();
    if provider.events.is_empty() {
        drop(provider);
        return of_order(world, Deed::See);
    }
    let at = chance.place(provider.events.len().min(6));
    let event = provider.events[at].clone();
    // It may be lost: an insistent word never is, and is repeated in the end.
    if !event.insists && chance.percent(60) {
        provider.events.remove(at);
    }
    let signature = if chance.percent(8) { "forged" } else { "genuine" };
    Deed::Hook(event, signature)
}

const fn unit(kind: ServiceKind) -> i64 {
    match kind {
        ServiceKind::Data => 1_000_000,
        ServiceKind::Voice => 3,
        ServiceKind::Messages => 1,
    }
}

fn used(chance: &Chance, kind: ServiceKind) -> Units {
    let count = match chance.below(40) {
        0 => 0,
        1 => unit(kind) * 3000,
        _ => chance.between(0, unit(kind) * if kind == ServiceKind::Messages { 3 } else { 110 }),
    };
    Units::new(count).expect("not below zero")
}

fn wants(chance: &Chance, kind: ServiceKind) -> Wanted {
    wanted(match chance.below(4) {
        0 | 1 => None,
        2 => Some(chance.between(0, unit(kind) * 50)),
        _ => Some(chance.between(0, 2) * unit(kind)),
    })
}

/// An allowance with a place, a time and an end of its own.
fn allowance(chance: &Chance, now: Instant) -> (Allowance, Option<Date>) {
    let code = |text: &str| ZoneCode::parse(text).expect("a code");
    let credit = chance.percent(30);
    let kind = if credit {
        AllowanceKind::Credit
    } else {
        chance.one_of(&[AllowanceKind::Data, AllowanceKind::Voice, AllowanceKind::Messages])
    };
    let (zone, breadth) = if credit || chance.percent(60) { ("canada", 1) } else { ("america", 2) };
    let units = match kind {
        AllowanceKind::Data => chance.between(1_000_000, 400_000_000),
        AllowanceKind::Voice => chance.between(60, 1200),
        AllowanceKind::Messages => chance.between(1, 30),
        AllowanceKind::Credit => chance.between(500, 5000),
    };
    let window = (!credit && chance.percent(25)).then(|| {
        let (from, until) = chance.one_of(&[(0, 480), (600, 1440), (1320, 360)]);
        TimeWindow { from_minute: from, until_minute: until }
    });
    let bonus = chance.percent(40);
    let units = Units::new(units).expect("not below zero");
    let allowance = Allowance { kind, units, zone: code(zone), breadth, window, bonus };
    let days = chance.between(0, 12);
    let today = now.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    let until = chance.percent(70).then(|| today.saturating_add(days.days()));
    (allowance, until)
}
