//! The draw-down order, written once: most specific zone and window first, then soonest expiry,
//! then bonus before paid, then oldest, then number. Deterministic, and shown to the customer.

use super::bucket::Bucket;
use crate::catalog::ZoneCode;
use crate::kernel::{AllowanceKind, Instant, Zone};

/// What a line is about to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Data, voice, messages or credit.
    pub kind: AllowanceKind,
    /// The zones that cover where the line is; everywhere, if absent. A place that no zone covers
    /// has an empty list, and nothing serves there.
    pub zones: Option<Vec<ZoneCode>>,
}

/// The numbers of the buckets that can serve a usage now, first the one to draw from first.
pub fn draw_down_order(buckets: &[Bucket], usage: &Usage, now: Instant, zone: &Zone) -> Vec<u32> {
    let local = now.in_zone(zone);
    let minute =
        u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0);
    let serves = |bucket: &&Bucket| {
        bucket.kind == usage.kind
            && usage.zones.as_ref().is_none_or(|zones| zones.contains(&bucket.zone))
            && bucket.window.is_none_or(|window| window.contains(minute))
            && bucket.is_valid_at(now, zone)
    };
    let mut serving: Vec<&Bucket> = buckets.iter().filter(serves).collect();
    serving.sort_by_key(|bucket| {
        (
            bucket.breadth,
            bucket.window.is_none(),
            bucket.valid_until.is_none(),
            bucket.valid_until,
            bucket.origin,
            bucket.valid_from,
            bucket.number,
        )
    });
    serving.into_iter().map(|bucket| bucket.number).collect()
}
