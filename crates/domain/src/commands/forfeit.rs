//! What is left after grace, by the operator's rule: what is gone, and what cannot pay.
//!
//! What is gone is so from the day on which it is; it is entered when the line next pays or is renewed.

use super::Refusal;
use super::auto_renew::left_of;
use super::state::LineState;
use crate::balance::{Bucket, EntryKind};
use crate::kernel::{AllowanceKind, Instant};

impl LineState {
    /// Enters as expired what is gone by the operator's rule.
    pub(super) fn forfeit(&mut self, now: Instant) -> Result<(), Refusal> {
        for number in self.forfeited(now) {
            let Some(bucket) = self.bucket_mut(number) else { continue };
            let left = bucket.available();
            bucket.take(left)?;
            self.enter(number, EntryKind::Expire, left, now);
        }
        Ok(())
    }

    /// The credit that can pay for a renewal now, in minor units.
    pub(super) fn credit_to_pay(&self, now: Instant) -> i64 {
        if self.rule.is_frozen_on(self.line.dates, self.rule.today(now)) {
            return 0;
        }
        let gone = self.forfeited(now);
        let lost = self
            .buckets
            .iter()
            .filter(|bucket| bucket.kind == AllowanceKind::Credit && gone.contains(&bucket.number));
        let lost = lost.map(|bucket| bucket.available().count()).fold(0, i64::saturating_add);
        left_of(self, AllowanceKind::Credit, now).saturating_sub(lost)
    }

    /// The buckets with something left that is gone.
    fn forfeited(&self, now: Instant) -> Vec<u32> {
        let is_gone = |bucket: &&Bucket| {
            let lasts = (bucket.valid_from, bucket.valid_until);
            self.rule.forfeits(self.line.dates, lasts, now) && !bucket.available().is_zero()
        };
        self.buckets.iter().filter(is_gone).map(|bucket| bucket.number).collect()
    }
}
