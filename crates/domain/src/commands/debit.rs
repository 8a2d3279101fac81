//! Taking what was used out of the buckets, and giving back what was held.

use super::Refusal;
use super::effects::{JobKind, UsageRecord};
use super::state::LineState;
use crate::balance::{Bucket, Depletion, DepletionMark, EntryKind, Session, draw_down_order};
use crate::charging::{ChargingRequest, ServiceKind};
use crate::kernel::{Instant, Units};

impl LineState {
    /// Debits what a request reports, and gives back what its session held. First what was held is
    /// used, where it was held, even if that bucket is closed by now; then what is free, in the
    /// draw-down order. Answers how much could be debited.
    pub(super) fn debit(
        &mut self,
        request: &ChargingRequest,
        used: Units,
        now: Instant,
    ) -> Result<Units, Refusal> {
        let held = self.give_up(&request.session)?;
        let open = draw_down_order(&self.buckets, &request.usage(), now, &self.rule.zone);
        let mut missing = used;
        let mut taken: Vec<(u32, Units)> = Vec::new();
        for (number, most) in held {
            missing = self.take(number, (most, missing), &mut taken)?;
        }
        for number in &open {
            missing = self.take(*number, (missing, missing), &mut taken)?;
        }
        let served = self.buckets.iter().filter(|bucket| open.contains(&bucket.number));
        let left = served.map(Bucket::remaining).try_fold(Units::ZERO, Units::plus)?;
        for (number, units) in taken {
            self.enter(number, EntryKind::Use, units, now);
            self.promise_depletions(number, (units, left), now);
        }
        Ok(used.minus(missing)?)
    }

    /// Takes from one bucket at most `most` of what is missing; answers what is missing then.
    fn take(
        &mut self,
        number: u32,
        (most, missing): (Units, Units),
        taken: &mut Vec<(u32, Units)>,
    ) -> Result<Units, Refusal> {
        let Some(bucket) = self.bucket_mut(number) else {
            return Ok(missing);
        };
        let units = bucket.available().min(most).min(missing);
        if units.is_zero() {
            return Ok(missing);
        }
        bucket.take(units)?;
        // One bucket may give twice: what was held, and more of what is free.
        match taken.iter_mut().find(|(of, _)| *of == number) {
            Some((_, sum)) => *sum = sum.plus(units)?,
            None => taken.push((number, units)),
        }
        Ok(missing.minus(units)?)
    }

    /// Promises to note each mark that a bucket passed when this much was taken from it.
    fn promise_depletions(&mut self, bucket: u32, (units, left): (Units, Units), now: Instant) {
        let found = self.buckets.iter().find(|known| known.number == bucket);
        let Some((granted, used)) = found.map(|known| (known.granted, known.used)) else {
            return;
        };
        for mark in DepletionMark::passed(granted, (used.minus_or_zero(units), used)) {
            self.promise(JobKind::Depletion(Depletion { bucket, mark, left }), None, now);
        }
    }

    /// Gives back everything a session holds; answers in which buckets that was, and how much.
    pub(super) fn give_up(&mut self, session: &Session) -> Result<Vec<(u32, Units)>, Refusal> {
        let of_session = self.reservations.iter().filter(|held| held.session == *session);
        let held: Vec<(u32, Units)> = of_session.map(|held| (held.bucket, held.units)).collect();
        for (number, units) in &held {
            if let Some(bucket) = self.bucket_mut(*number) {
                bucket.unreserve(*units)?;
            }
        }
        self.reservations.retain(|held| held.session != *session);
        Ok(held)
    }

    /// Notes what was used at this local hour: debited, beyond what buckets could give, refused.
    pub(super) fn note_usage(
        &mut self,
        kind: ServiceKind,
        (debited, overrun, refused): (Units, Units, Units),
        now: Instant,
    ) {
        if debited.is_zero() && overrun.is_zero() && refused.is_zero() {
            return;
        }
        let (local, kind) = (now.in_zone(&self.rule.zone), kind.allowance());
        let (date, hour) = (local.date(), local.hour().unsigned_abs());
        self.effects.usage.push(UsageRecord { date, hour, kind, debited, overrun, refused });
    }

    /// Sees to it that a sweep is promised for when a hold lapses. One waits per line: it promises
    /// the next, as long as anything is held.
    pub(super) fn watch(&mut self, until: Instant) {
        if self.sweep_at.is_none_or(|at| until < at) {
            self.sweep_at = Some(until);
            self.promise(JobKind::Sweep, None, until);
        }
    }
}
