//! A line as loaded for its commands: deciding on it, and what the decisions leave to be written.

use super::hours::{HourKey, hour_of};
use super::journal::Journaled;
use super::lines::{Heads, LineRow, closes_on};
use super::requests::Key;
use super::values::days_of;
use super::{Refused, Unreadable};
use farline_app::ports::pipeline::Outcome;
use farline_app::ports::records::Contact;
use farline_domain::auto_renew::AutoRenew;
use farline_domain::balance::{Bucket, Reservation, Session};
use farline_domain::catalog::Catalogue;
use farline_domain::charging::ChargingSession;
use farline_domain::commands::{Context, Counters, Effects, LineCommand, LineState, decide};
use farline_domain::kernel::{
    AllowanceKind, CommandKey, ContactId, Instant, LineId, OrderId, Reference, Units,
};
use farline_domain::lines::LineDates;
use farline_domain::orders::Order;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashSet};
use std::mem::take;

/// How long after its last day a used-up bucket is still loaded, in days: longer than a delivery
/// can be reported as made to a wrong number.
const RECENT_DAYS: i32 = 3;

/// Used-up buckets whose last day is before this one (in days since 1970-01-01) need not be loaded.
pub(crate) fn recent_since(now: Instant) -> i32 {
    days_of(now.timestamp().to_zoned(TimeZone::UTC).date()) - RECENT_DAYS
}

/// A line as loaded, and what its commands leave to be written.
pub(crate) struct Loaded {
    /// What the commands see and change.
    pub(crate) state: LineState,
    /// The orders that stand in the database already.
    pub(crate) known_orders: HashSet<OrderId>,
    /// What the commands led to, beside the journal.
    pub(crate) effects: Effects,
    /// What each of the commands did, in order.
    pub(crate) journal: Vec<Journaled>,
    /// The keys that took effect.
    pub(crate) keys: HashSet<CommandKey>,
    /// What is kept beside them.
    pub(crate) beside: Vec<KeptBeside>,
    /// What was used, by local date.
    pub(crate) usage: BTreeMap<(Date, AllowanceKind), DayFigures>,
    /// What was debited, by local hour.
    pub(crate) hours: BTreeMap<HourKey, i64>,
    before: Before,
}

/// What is kept in the commit of a command, beside what the command leads to.
#[derive(Clone, Default)]
pub(crate) struct KeptBeside {
    /// A contact record.
    pub(crate) contact: Option<(ContactId, Contact)>,
    /// A key with the seed and the time of its first attempt.
    pub(crate) claim: Option<(Key, [u8; 16], Instant)>,
}

/// What was used of one kind on one local date.
#[derive(Clone, Copy, Default)]
pub(crate) struct DayFigures {
    /// Debited.
    pub(crate) units: i64,
    /// Beyond what buckets could give.
    pub(crate) overrun: i64,
    /// Reported too late to be debited.
    pub(crate) refused: i64,
}

/// The first day after which a bucket has to be closed, if there is one.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Closing(pub(crate) Option<Date>);

/// What of a bucket changes as it is used.
const fn figures(bucket: &Bucket) -> (Units, Units) {
    (bucket.used, bucket.reserved)
}

/// When a bucket can be used; it hardly ever changes.
const fn usable(bucket: &Bucket) -> (Instant, Option<Date>) {
    (bucket.valid_from, bucket.valid_until)
}

/// A line as it stood in the database.
struct Before {
    dates: LineDates,
    busy: Option<OrderId>,
    sweep_at: Option<Instant>,
    counters: Counters,
    heads: Heads,
    closes_on: Option<Date>,
    auto_renew: Option<AutoRenew>,
    buckets: Vec<Bucket>,
    reservations: Vec<Reservation>,
}

/// What stands in the database beside the line's row.
pub(crate) struct Holdings {
    /// The open buckets, and those that are used up but not long over.
    pub(crate) buckets: Vec<Bucket>,
    /// What sessions hold, in the order in which it was held.
    pub(crate) reservations: Vec<Reservation>,
    /// The unfinished orders.
    pub(crate) orders: BTreeMap<OrderId, Order>,
}

/// The orders and buckets that changed, told apart from those that are new.
pub(crate) struct Changes<'a> {
    /// Orders to be added, each with the one before it on the line.
    pub(crate) new_orders: Vec<(&'a Order, Option<OrderId>)>,
    /// Rows of the journal to be added, each with the time of the one before it.
    pub(crate) journal: Vec<(&'a Journaled, Option<Instant>)>,
    /// Orders to be replaced.
    pub(crate) changed_orders: Vec<&'a Order>,
    /// Buckets to be added.
    pub(crate) new_buckets: Vec<&'a Bucket>,
    /// Buckets whose figures changed.
    pub(crate) changed_buckets: Vec<&'a Bucket>,
    /// Buckets that can be used at another time than before; such a bucket may have other figures too.
    pub(crate) moved_buckets: Vec<&'a Bucket>,
    /// All reservations, if any changed.
    pub(crate) reservations: Option<&'a [Reservation]>,
    /// Sessions to be added or replaced.
    pub(crate) sessions: Vec<&'a ChargingSession>,
    /// The line's own row, if it changed.
    pub(crate) row: Option<&'a LineState>,
    /// Where the line leads to afterwards.
    pub(crate) heads: Heads,
    /// The first day after which a bucket has to be closed, if it changed.
    pub(crate) closing: Option<Closing>,
    /// The auto-renew, if it changed.
    pub(crate) auto_renew: Option<&'a AutoRenew>,
}

impl Loaded {
    /// A line with its operator's rules. An operator that is not known is [`Unreadable`].
    pub(crate) fn new(
        row: LineRow,
        catalogue: &Catalogue,
        holdings: Holdings,
    ) -> Result<Self, Unreadable> {
        let LineRow { line, busy, sweep_at, counters, heads, closes_on, auto_renew } = row;
        let Some(operator) = catalogue.operators.get(&line.operator) else {
            let (id, operator) = (line.id, &line.operator);
            return Err(Unreadable(format!("{id} is of the operator {operator}, not known here")));
        };
        let Holdings { buckets, reservations, orders } = holdings;
        let before = Before {
            dates: line.dates,
            busy,
            sweep_at,
            counters,
            heads,
            closes_on,
            auto_renew: auto_renew.clone(),
            buckets: buckets.clone(),
            reservations: reservations.clone(),
        };
        let known_orders = orders.keys().copied().collect();
        let state = LineState {
            rule: operator.lifecycle.clone(),
            operator_name: operator.name.clone(),
            network: operator.network.clone(),
            line,
            buckets,
            reservations,
            sessions: BTreeMap::new(),
            sweep_at,
            orders,
            busy,
            newest_order: heads.newest_order,
            auto_renew,
            counters,
            effects: Effects::default(),
        };
        Ok(Self {
            state,
            known_orders,
            effects: Effects::default(),
            journal: Vec::new(),
            keys: HashSet::new(),
            beside: Vec::new(),
            usage: BTreeMap::new(),
            hours: BTreeMap::new(),
            before,
        })
    }

    /// The order that a command is about, if it is yet to be loaded.
    pub(crate) fn order_wanted(&self, command: &LineCommand) -> Option<OrderId> {
        command.order().filter(|id| !self.state.orders.contains_key(id))
    }

    /// Takes in the order a command is about, as found. A new order must be of this line's cell, and
    /// its reference free.
    pub(crate) fn take_order<F: From<Refused>>(
        &mut self,
        command: &LineCommand,
        found: Option<(LineId, Order)>,
        is_taken: impl FnOnce(Reference) -> Result<bool, F>,
    ) -> Result<(), F> {
        let line = self.state.line.id;
        let strange = found.as_ref().is_some_and(|(of, _)| *of != line);
        if let Some((_, order)) = found.filter(|_| !strange) {
            self.known_orders.insert(order.id);
            self.state.orders.insert(order.id, order);
        } else if let Some((id, reference)) = command.placing() {
            if strange || id.cell() != line.cell() {
                return Err(F::from(Refused("the order's id is of another line")));
            }
            if is_taken(reference)? {
                return Err(F::from(Refused("the order's reference is taken")));
            }
        }
        Ok(())
    }

    /// The session that a command is about, if it is yet to be loaded.
    pub(crate) fn session_wanted<'a>(&self, command: &'a LineCommand) -> Option<&'a Session> {
        command.session().filter(|name| !self.state.sessions.contains_key(name))
    }

    /// Takes in the session a command is about.
    pub(crate) fn take_session(&mut self, session: ChargingSession) {
        self.state.sessions.insert(session.session.clone(), session);
    }

    /// Decides a command whose order and session are loaded.
    pub(crate) fn decide(
        &mut self,
        key: Option<CommandKey>,
        command: &LineCommand,
        context: &Context,
    ) -> Outcome {
        match decide(&mut self.state, command, context) {
            Ok(answer) => {
                self.note(key);
                Outcome::Answered(answer)
            }
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    /// Notes what an answered command leaves to be written.
    fn note(&mut self, key: Option<CommandKey>) {
        // Taken out, so that the next decision does not copy them to be able to undo itself.
        let effects = take(&mut self.state.effects);
        self.effects.orders.extend(effects.orders);
        self.effects.buckets.extend(effects.buckets);
        self.effects.sessions.extend(effects.sessions);
        self.effects.receipts.extend(effects.receipts);
        self.effects.consents.extend(effects.consents);
        self.effects.jobs.extend(effects.jobs);
        // A command that moved anything wrote its one line of the audit.
        let (mut bucket_entries, mut money) = (effects.bucket_entries, effects.money);
        for audit in effects.audit {
            let (bucket_entries, money) = (take(&mut bucket_entries), take(&mut money));
            self.journal.push(Journaled { audit, bucket_entries, money });
        }
        self.keys.extend(key);
        for record in effects.usage {
            let day = self.usage.entry((record.date, record.kind)).or_default();
            day.units = day.units.saturating_add(record.debited.count());
            day.overrun = day.overrun.saturating_add(record.overrun.count());
            day.refused = day.refused.saturating_add(record.refused.count());
            if !record.debited.is_zero() {
                let key = hour_of((record.date, record.hour), record.kind);
                let hour = self.hours.entry(key).or_default();
                *hour = hour.saturating_add(record.debited.count());
            }
        }
    }

    /// Whether anything is to be written.
    pub(crate) fn has_changed(&self) -> bool {
        self.before.counters != self.state.counters
            || !self.keys.is_empty()
            || !self.beside.is_empty()
            || !self.usage.is_empty()
            || !self.effects.orders.is_empty()
            || !self.effects.sessions.is_empty()
            || self.before.sweep_at != self.state.sweep_at
            || self.before.auto_renew != self.state.auto_renew
            || self.before.reservations != self.state.reservations
    }

    /// What is to be written, beside the effects that are only ever added.
    pub(crate) fn changes(&self) -> Changes<'_> {
        let state = &self.state;
        let orders = self.effects.orders.iter().filter_map(|id| state.orders.get(id));
        let (changed_orders, new_orders): (Vec<_>, Vec<_>) =
            orders.partition(|order| self.known_orders.contains(&order.id));
        let (mut new_buckets, mut changed_buckets) = (Vec::new(), Vec::new());
        let mut moved_buckets = Vec::new();
        for number in &self.effects.buckets {
            let of = |buckets: &[Bucket]| buckets.iter().position(|held| held.number == *number);
            let before = of(&self.before.buckets).and_then(|at| self.before.buckets.get(at));
            let after = of(&state.buckets).and_then(|at| state.buckets.get(at));
            match (before, after) {
                (None, Some(bucket)) => new_buckets.push(bucket),
                (Some(before), Some(after)) => {
                    if figures(before) != figures(after) {
                        changed_buckets.push(after);
                    }
                    if usable(before) != usable(after) {
                        moved_buckets.push(after);
                    }
                }
                // Looked at and left as it was.
                (_, None) => {}
            }
        }
        let mut heads = self.before.heads;
        let new_orders = new_orders
            .into_iter()
            .map(|order: &Order| (order, heads.newest_order.replace(order.id)));
        let new_orders = new_orders.collect();
        let journal =
            self.journal.iter().map(|done| (done, heads.journal_at.replace(done.audit.at)));
        let journal = journal.collect();
        let sessions = self.effects.sessions.iter().filter_map(|name| state.sessions.get(name));
        let held = self.before.reservations != state.reservations;
        let same_row = self.before.dates == state.line.dates
            && self.before.busy == state.busy
            && self.before.sweep_at == state.sweep_at
            && self.before.counters == state.counters;
        let closing = Some(Closing(closes_on(&state.buckets)));
        let closing = closing.filter(|closing| *closing != Closing(self.before.closes_on));
        let auto_renew = state.auto_renew.as_ref();
        Changes {
            new_orders,
            journal,
            changed_orders,
            new_buckets,
            changed_buckets,
            moved_buckets,
            reservations: held.then_some(&state.reservations[..]),
            sessions: sessions.collect(),
            row: (!same_row).then_some(state),
            heads,
            closing,
            auto_renew: auto_renew.filter(|_| self.before.auto_renew != state.auto_renew),
        }
    }
}
