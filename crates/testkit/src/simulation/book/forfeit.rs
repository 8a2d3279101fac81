//! What is gone after grace, by the rule of both operators here.

use super::balance::{BucketBook, LineBook};
use farline_domain::kernel::Instant;
use jiff::ToSpan;

/// The days of grace.
const GRACE_DAYS: i64 = 7;

impl LineBook {
    /// Whether something without a last day of its own is gone: it was there when grace ended.
    pub(super) fn is_gone(&self, bucket: &BucketBook, now: Instant) -> bool {
        let Some(expires_on) = self.expires_on else { return false };
        let left_until = expires_on.saturating_add(GRACE_DAYS.days());
        bucket.until.is_none()
            && now.date_in(&self.zone) > left_until
            && bucket.from.date_in(&self.zone) <= left_until
    }

    /// Enters what is gone as used, as the line pays or is renewed.
    pub(super) fn forfeit(&mut self, now: Instant) {
        for place in 0..self.buckets.len() {
            if self.is_gone(&self.buckets[place], now) {
                self.buckets[place].used += self.buckets[place].free();
            }
        }
    }
}
