//! The state of one line as a command sees it.

use super::effects::{AuditLine, Effects, Job, JobKind};
use super::{Context, Refusal};
use crate::auto_renew::AutoRenew;
use crate::balance::{Bucket, BucketEntry, EntryKind, Reservation, Session};
use crate::catalog::Network;
use crate::charging::ChargingSession;
use crate::kernel::{Instant, Money, OrderId, Units};
use crate::ledger::{Account, EntrySet, EntrySetKind};
use crate::lines::{LifecycleRule, Line};
use crate::notices::{NoticeReason, Recipient};
use crate::orders::{Order, Passage};
use crate::subjects::Standing;
use std::collections::{BTreeMap, BTreeSet};

/// The last number given to each kind of row of a line, and the head of its audit chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Buckets.
    pub buckets: u32,
    /// Bucket entries.
    pub bucket_entries: u32,
    /// Sets of money entries.
    pub entry_sets: u32,
    /// Jobs.
    pub jobs: u32,
    /// Audit lines.
    pub audit: u32,
    /// The hash of the newest audit line; zero before the first.
    pub audit_head: [u8; 32],
}

/// How far a line has come: it differs as soon as an order was placed or something was granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineMark {
    /// The order placed last.
    pub newest_order: Option<OrderId>,
    /// The number of the bucket granted last.
    pub buckets: u32,
}

/// A line with everything a command on it may need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineState {
    /// The line.
    pub line: Line,
    /// Its operator's dates.
    pub rule: LifecycleRule,
    /// Its operator's name, for the receipt.
    pub operator_name: String,
    /// Who makes the network know.
    pub network: Network,
    /// Its open buckets.
    pub buckets: Vec<Bucket>,
    /// What running sessions hold.
    pub reservations: Vec<Reservation>,
    /// The sessions that were loaded: the command's own.
    pub sessions: BTreeMap<Session, ChargingSession>,
    /// When the sweep that is promised is due, if one is.
    pub sweep_at: Option<Instant>,
    /// The orders that were loaded: the command's own and every unfinished one.
    pub orders: BTreeMap<OrderId, Order>,
    /// The paid, unfinished order that blocks another.
    pub busy: Option<OrderId>,
    /// The order placed last.
    pub newest_order: Option<OrderId>,
    /// Its auto-renew, also one that has ended.
    pub auto_renew: Option<AutoRenew>,
    /// The last numbers given.
    pub counters: Counters,
    /// What changed and what is to follow.
    pub effects: Effects,
}

impl LineState {
    /// How far it has come.
    pub const fn mark(&self) -> LineMark {
        LineMark { newest_order: self.newest_order, buckets: self.counters.buckets }
    }

    /// The order, or a refusal.
    pub(super) fn order(&self, id: OrderId) -> Result<&Order, Refusal> {
        self.orders.get(&id).ok_or(Refusal::NoSuchOrder)
    }

    /// Keeps an order and marks it changed.
    pub(super) fn keep_order(&mut self, order: Order) {
        self.settle_reservations(&order);
        let id = order.id;
        self.effects.orders.insert(id);
        if self.orders.insert(id, order).is_none() {
            self.newest_order = Some(id);
        }
        let is_unfinished = |id: &OrderId| self.orders.get(id).is_some_and(Order::is_unfinished);
        // Several may be unfinished at once (another period, a held payment): one blocks as long as
        // there is any.
        if self.busy.is_none_or(|busy| busy == id) {
            self.busy = Some(id)
                .filter(is_unfinished)
                .or_else(|| self.orders.keys().copied().find(is_unfinished));
        }
    }

    /// Promises what the order's new state means for what it holds of other subjects, once.
    fn settle_reservations(&mut self, order: &Order) {
        let Some(before) = self.orders.get(&order.id) else { return };
        let after = Standing::of(order);
        if order.reservations.is_empty() || Standing::of(before) == after {
            return;
        }
        let kind = match after {
            Standing::OnItsWay => return,
            Standing::Delivered => JobKind::CaptureReservation,
            Standing::Ended => JobKind::ReleaseReservation,
        };
        let Some(Passage { at, .. }) = order.history.last().copied() else { return };
        for reserved in &order.reservations {
            self.promise(kind(reserved.clone()), Some(order.id), at);
        }
    }

    /// Keeps a session and marks it changed.
    pub(super) fn keep_session(&mut self, session: ChargingSession) {
        self.effects.sessions.insert(session.session.clone());
        self.sessions.insert(session.session.clone(), session);
    }

    /// The bucket with this number.
    pub(super) fn bucket_mut(&mut self, number: u32) -> Option<&mut Bucket> {
        self.effects.buckets.insert(number);
        self.buckets.iter_mut().find(|bucket| bucket.number == number)
    }

    /// Adds a bucket and its first entry.
    pub(super) fn add_bucket(&mut self, bucket: Bucket, at: Instant) {
        self.counters.buckets = bucket.number;
        self.effects.buckets.insert(bucket.number);
        self.enter(bucket.number, EntryKind::Grant, bucket.granted, at);
        self.buckets.push(bucket);
    }

    /// The number of the next bucket.
    pub(super) const fn next_bucket(&self) -> u32 {
        self.counters.buckets + 1
    }

    /// Writes a line into a bucket's history.
    pub(super) fn enter(&mut self, bucket: u32, kind: EntryKind, units: Units, at: Instant) {
        self.counters.bucket_entries += 1;
        let number = self.counters.bucket_entries;
        self.effects.bucket_entries.push(BucketEntry { number, bucket, kind, units, at });
    }

    /// Posts a set of money entries.
    pub(super) fn post(
        &mut self,
        kind: EntrySetKind,
        order: OrderId,
        entries: Vec<(Account, Money)>,
        at: Instant,
    ) {
        self.counters.entry_sets += 1;
        let number = self.counters.entry_sets;
        self.effects.money.push(EntrySet { number, kind, order, at, entries });
    }

    /// Promises work for later, in the same commit.
    pub(super) fn promise(&mut self, kind: JobKind, order: Option<OrderId>, due: Instant) {
        self.counters.jobs += 1;
        self.effects.jobs.push(Job { number: self.counters.jobs, kind, order, due });
    }

    /// Promises one notice to the payer by every medium they gave.
    pub(super) fn tell_payer(&mut self, order: &Order, reason: NoticeReason, at: Instant) {
        let media = order.payer.iter().flat_map(|payer| payer.media.clone());
        for medium in media.collect::<Vec<_>>() {
            let kind = JobKind::Notice(reason, Recipient::Payer(medium));
            self.promise(kind, Some(order.id), at);
        }
    }

    /// Promises one notice to the line itself, where it has a number.
    pub(super) fn tell_line(&mut self, order: &Order, reason: NoticeReason, at: Instant) {
        if self.line.msisdn.is_some() {
            self.promise(JobKind::Notice(reason, Recipient::Line), Some(order.id), at);
        }
    }

    /// Writes the one audit line of a command that changed something.
    pub(super) fn audit(
        &mut self,
        before: &Self,
        action: &'static str,
        order: Option<OrderId>,
        context: &Context,
    ) {
        let unchanged = self.line == before.line
            && self.buckets == before.buckets
            && self.reservations == before.reservations
            && self.sessions == before.sessions
            && self.auto_renew == before.auto_renew
            && self.orders == before.orders;
        if unchanged {
            return;
        }
        self.counters.audit += 1;
        let line = AuditLine::chain(
            (self.counters.audit, self.counters.audit_head),
            (before.digest(), self.digest()),
            (action, order.and_then(|id| self.orders.get(&id))),
            context,
        );
        self.counters.audit_head = line.hash;
        self.effects.audit.push(line);
    }

    /// A digest of what the audit compares before and after.
    fn digest(&self) -> [u8; 32] {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        hash.update(format!("{:?}{:?}", self.line.dates, self.busy));
        for bucket in &self.buckets {
            let Bucket { number, granted, used, reserved, .. } = bucket;
            hash.update(format!("|{number}:{granted:?}:{used:?}:{reserved:?}"));
        }
        for held in &self.reservations {
            hash.update(format!("|{}:{:?}:{:?}", held.bucket, held.units, held.until));
        }
        for session in self.sessions.values() {
            let ChargingSession { sequence, used, overrun, refused, .. } = session;
            hash.update(format!("|{sequence}:{used:?}:{overrun:?}:{refused:?}"));
        }
        if let Some(standing) = &self.auto_renew {
            hash.update(serde_json::to_vec(standing).unwrap_or_default());
        }
        for order in self.orders.values() {
            hash.update(serde_json::to_vec(order).unwrap_or_default());
        }
        hash.finalize().into()
    }

    /// The numbers of buckets that can be drawn from, used by tests and the checker.
    pub fn bucket_numbers(&self) -> BTreeSet<u32> {
        self.buckets.iter().map(|bucket| bucket.number).collect()
    }
}
