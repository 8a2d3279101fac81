//! Platforms' clocks: seconds since 1970, and `20260102030405` eight hours before Greenwich.

use farline_domain::kernel::Instant;
use farline_domain::shops::china_words;

/// Seconds since 1970.
pub(super) const fn seconds(at: Instant) -> i64 {
    at.millis().div_euclid(1000)
}

/// `yyyyMMddHHmmss` in China.
pub(super) fn digits(at: Instant) -> String {
    china_words(at).chars().filter(char::is_ascii_digit).collect()
}

/// Whether two instants are no more than so many seconds apart, whichever comes first.
pub(super) const fn is_near(one: Instant, other: Instant, within_seconds: i64) -> bool {
    one.millis_since(other).unsigned_abs() <= within_seconds.unsigned_abs() * 1000
}
