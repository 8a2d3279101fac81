//! Subjects against their entries and reservations, and reservations against the orders they are
//! for. Lines come first, then each subject: its entries, its reservations, its shares.

use super::history::History;
use super::{Findings, Rule};
use farline_domain::commands::JobKind;
use farline_domain::kernel::{Instant, OrderId, ReservationId, Units};
use farline_domain::subjects::{
    Holder, Reservation, ReservationState, Reserved, Standing, Subject, SubjectEntry,
    SubjectEntryKind, Tally,
};
use std::collections::BTreeMap;

/// How long after its time something may still be held for an order that does not stand, by the
/// subject's own entries, in seconds: the reconciler looks every minute.
const OVERDUE_SECONDS: i64 = 60 * 60;

/// What an order says it holds.
struct Claim {
    order: OrderId,
    standing: Standing,
    /// Whether a job waits that captures it.
    captures: bool,
    /// Whether a job waits that releases it.
    releases: bool,
}

/// What all orders say they hold, gathered line by line.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<ReservationId, Claim>);

impl Claims {
    pub(super) fn gather(&mut self, history: &History) {
        for row in history.orders.iter().filter(|row| !row.order.reservations.is_empty()) {
            let waits = |wanted: JobKind| {
                history.jobs.iter().any(|job| job.order == Some(row.id) && job.kind == wanted)
            };
            for reserved in &row.order.reservations {
                let of = |kind: fn(Reserved) -> JobKind| kind(reserved.clone());
                let claim = Claim {
                    order: row.id,
                    standing: Standing::of(&row.order),
                    captures: waits(of(JobKind::CaptureReservation)),
                    releases: waits(of(JobKind::ReleaseReservation)),
                };
                self.0.insert(reserved.id, claim);
            }
        }
    }

    /// Whether an order names a reservation.
    pub(super) fn names(&self, id: ReservationId) -> bool {
        self.0.contains_key(&id)
    }

    /// Holds a reservation against the order that names it. Each is met once.
    pub(super) fn meet(&mut self, reservation: &Reservation, findings: &mut Findings) {
        let (place, state) = (reservation.id, reservation.state);
        let Some(claim) = self.0.remove(&reservation.id) else {
            if state == ReservationState::Captured {
                findings.add(Rule::Settlement, place, "is captured for no order");
            }
            return;
        };
        let rule = (Rule::Settlement, &*place.to_string());
        findings.agree(rule, "its order", (reservation.order, claim.order));
        let fits = match (claim.standing, state) {
            (Standing::OnItsWay, ReservationState::Held)
            | (Standing::Delivered, ReservationState::Captured)
            | (Standing::Ended, ReservationState::Released) => true,
            (Standing::Delivered, ReservationState::Held) => claim.captures,
            (Standing::Ended, ReservationState::Held | ReservationState::Captured) => {
                claim.releases
            }
            (Standing::OnItsWay, ReservationState::Captured | ReservationState::Released)
            | (Standing::Delivered, ReservationState::Released) => false,
        };
        if !fits {
            let found = format!("is {} while its order is {:?}", state.code(), claim.standing);
            findings.add(Rule::Settlement, place, found);
        }
    }

    /// What orders name and no subject knows.
    pub(super) fn finish(self, findings: &mut Findings) {
        for (id, claim) in self.0 {
            findings.add(
                Rule::Settlement,
                claim.order,
                format!("holds {id}, which does not exist"),
            );
        }
    }
}

/// One subject, counted again.
pub(crate) struct Recount {
    subject: Subject,
    place: String,
    findings: Findings,
    /// The figures and the limit after the entries so far.
    replayed: Tally,
    holder_limit: Option<Units>,
    /// Paid in, less what was paid out.
    paid_in: i64,
    entries: u64,
    head: [u8; 32],
    newest: Option<Instant>,
    /// Used and reserved by the reservations, in all and by holder.
    whole: (i64, i64),
    shares: BTreeMap<Holder, (i64, i64)>,
}

impl Recount {
    pub(crate) fn of(subject: Subject) -> Self {
        Self {
            place: subject.key.to_string(),
            subject,
            findings: Findings::default(),
            replayed: Tally::default(),
            holder_limit: None,
            paid_in: 0,
            entries: 0,
            head: [0; 32],
            newest: None,
            whole: (0, 0),
            shares: BTreeMap::new(),
        }
    }

    /// The next entry in order.
    pub(crate) fn entry(&mut self, entry: &SubjectEntry) {
        self.entries += 1;
        let number = entry.number;
        let counter = (Rule::Counters, &*self.place);
        self.findings.agree(counter, "an entry's number", (number, self.entries));
        if entry.hash != entry.computed_hash(self.head) {
            self.findings.add(Rule::Audit, &self.place, format!("entry {number} is not chained"));
        }
        self.head = entry.hash;
        self.newest = self.newest.max(Some(entry.at));
        let (used, reserved) = moved(&self.replayed, entry);
        let figures = (entry.used.count(), entry.reserved.count());
        let rule = (Rule::Subjects, &*self.place);
        let what = format!("used and reserved after entry {number}");
        self.findings.agree(rule, &what, (figures, (used, reserved)));
        (self.replayed.used, self.replayed.reserved) = (entry.used, entry.reserved);
        if entry.kind == SubjectEntryKind::Limit {
            self.replayed.ceiling = entry.units;
        }
        self.paid(entry);
        if entry.kind == SubjectEntryKind::HolderLimit {
            self.holder_limit = entry.units;
        }
        let limit = self.replayed.ceiling.map_or(i64::MAX, Units::count);
        if entry.kind == SubjectEntryKind::Reserve && used.saturating_add(reserved) > limit {
            let found = format!("entry {number}: used {used}, reserved {reserved}, limit {limit}");
            self.findings.add(Rule::Subjects, &self.place, found);
        }
    }

    /// What a payment or a credit makes of the limit.
    fn paid(&mut self, entry: &SubjectEntry) {
        let units = entry.units.map_or(0, Units::count);
        let credit = self.replayed.ceiling.map_or(0, Units::count).saturating_sub(self.paid_in);
        let (paid_in, credit) = match entry.kind {
            SubjectEntryKind::PayIn => (self.paid_in.saturating_add(units), credit),
            SubjectEntryKind::PayOut => (self.paid_in.saturating_sub(units), credit),
            SubjectEntryKind::Credit => (self.paid_in, units),
            SubjectEntryKind::Limit
            | SubjectEntryKind::HolderLimit
            | SubjectEntryKind::Reserve
            | SubjectEntryKind::Capture
            | SubjectEntryKind::Release
            | SubjectEntryKind::GiveBack => return,
        };
        let limit = paid_in.saturating_add(credit);
        self.paid_in = paid_in;
        if limit < 0 || self.paid_in < 0 {
            let found = format!("entry {}: more is paid out than was paid in", entry.number);
            self.findings.add(Rule::Negative, &self.place, found);
        }
        self.replayed.ceiling = Units::new(limit.max(0)).ok();
    }

    /// A reservation of the subject.
    pub(super) fn reservation(&mut self, reservation: &Reservation) {
        let units = reservation.units.count();
        let (used, reserved) = match reservation.state {
            ReservationState::Held => (0, units),
            ReservationState::Captured => (units, 0),
            ReservationState::Released => (0, 0),
        };
        let add = |sums: &mut (i64, i64)| {
            *sums = (sums.0.saturating_add(used), sums.1.saturating_add(reserved));
        };
        add(&mut self.whole);
        if let Some(holder) = &reservation.holder {
            add(self.shares.entry(holder.clone()).or_default());
        }
    }

    /// A reservation that no order names: it must not be held for long.
    pub(super) fn without_order(&mut self, reservation: &Reservation) {
        let overdue = reservation.look_at.plus_seconds(OVERDUE_SECONDS);
        let is_held = reservation.state == ReservationState::Held;
        if is_held && self.newest.is_some_and(|newest| newest > overdue) {
            let found = "is held for an order that does not stand, and nobody looks";
            self.findings.add(Rule::Liveness, reservation.id, found);
        }
    }

    /// What a holder has taken.
    pub(crate) fn share(&mut self, (holder, tally): &(Holder, Tally)) {
        let place = format!("{} {}", self.place, holder.0);
        let sums = self.shares.remove(holder).unwrap_or_default();
        within(&place, (tally, sums), &mut self.findings);
    }

    pub(super) fn finish(mut self, findings: &mut Findings) {
        let Subject { limits, whole, paid_in, entries, head, .. } = self.subject;
        let (place, found) = (&*self.place, &mut self.findings);
        found.agree((Rule::Counters, place), "the count of entries", (entries, self.entries));
        if head != self.head {
            found.add(Rule::Audit, place, "the head is not that of its entries");
        }
        let rule = (Rule::Subjects, place);
        let replayed = (self.replayed.used, self.replayed.reserved);
        found.agree(rule, "what the entries say", (replayed, (whole.used, whole.reserved)));
        found.agree(rule, "paid in by the entries", (self.paid_in, paid_in.count()));
        let limited = (self.replayed.ceiling, self.holder_limit);
        found.agree(rule, "the limits by the entries", (limited, (limits.total, limits.holder)));
        let least = limits.total.map(|limit| whole.ceiling.is_some_and(|most| most >= limit));
        found.agree(rule, "a ceiling over the limit", (least, limits.total.map(|_| true)));
        within(place, (&whole, self.whole), found);
        for holder in self.shares.into_keys() {
            found.add(Rule::Subjects, place, format!("{} has no share", holder.0));
        }
        findings.0.append(&mut self.findings.0);
    }
}

/// The figures that an entry leads to.
fn moved(before: &Tally, entry: &SubjectEntry) -> (i64, i64) {
    let units = entry.units.map_or(0, Units::count);
    let (used, reserved) = (before.used.count(), before.reserved.count());
    match entry.kind {
        SubjectEntryKind::Limit
        | SubjectEntryKind::HolderLimit
        | SubjectEntryKind::PayIn
        | SubjectEntryKind::PayOut
        | SubjectEntryKind::Credit => (used, reserved),
        SubjectEntryKind::Reserve => (used, reserved.saturating_add(units)),
        SubjectEntryKind::Capture => (used.saturating_add(units), reserved.saturating_sub(units)),
        SubjectEntryKind::Release => (used, reserved.saturating_sub(units)),
        SubjectEntryKind::GiveBack => (used.saturating_sub(units), reserved),
    }
}

/// Figures are the sums of the reservations, and within their ceiling.
fn within(place: &str, (tally, sums): (&Tally, (i64, i64)), findings: &mut Findings) {
    let figures = (tally.used.count(), tally.reserved.count());
    findings.agree((Rule::Subjects, place), "used and reserved", (figures, sums));
    let taken = figures.0.saturating_add(figures.1);
    if let Some(ceiling) = tally.ceiling
        && taken > ceiling.count()
    {
        let found = format!("used {}, reserved {}, of {ceiling:?}", figures.0, figures.1);
        findings.add(Rule::Negative, place, found);
    }
}
