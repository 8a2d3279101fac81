//! How long a member of the staff stays signed in: much shorter than a customer, as everybody's cards are behind it.

use crate::kernel::Instant;

/// A session ends when it is not used for so long, in seconds: 15 minutes.
pub const IDLE_SECONDS: i64 = 15 * 60;
/// A session ends so long after signing in, used or not, in seconds: 12 hours.
pub const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// What somebody signs in with is changed only so soon after signing in, in seconds: 10 minutes. Whoever finds a desk
/// unlocked cannot make the way in their own.
pub const FRESH_SECONDS: i64 = 10 * 60;
/// Use is noted at most so often, in seconds.
const TOUCH_SECONDS: i64 = 30;

/// The instants that decide whether a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// When it was signed in.
    pub started_at: Instant,
    /// When it was last used, as far as was noted.
    pub used_at: Instant,
}

impl StaffSession {
    /// When it ends if it is not used before.
    pub fn ends_at(self) -> Instant {
        let idle = self.used_at.plus_seconds(IDLE_SECONDS);
        idle.min(self.started_at.plus_seconds(ABSOLUTE_SECONDS))
    }

    /// Whether it lives at an instant.
    pub fn lives_at(self, now: Instant) -> bool {
        now < self.ends_at()
    }

    /// Whether what the member signs in with may be changed, as they have just proved who they are.
    pub fn is_fresh_at(self, now: Instant) -> bool {
        now < self.started_at.plus_seconds(FRESH_SECONDS)
    }

    /// Whether a use is to be noted.
    pub fn wants_note(self, now: Instant) -> bool {
        now.millis_since(self.used_at) >= TOUCH_SECONDS * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::StaffSession;
    use crate::kernel::Instant;

    #[test]
    fn a_session_ends_after_a_quarter_of_an_hour_idle_and_after_twelve_hours() {
        let minute = |minutes: i64| Instant::from_millis(0).plus_seconds(minutes * 60);
        // started, used, asked, alive
        let table = [
            (0, 0, 14, true),
            (0, 0, 15, false),
            (0, 10, 24, true),
            (0, 719, 719, true),
            (0, 719, 720, false),
        ];
        for (started, used, asked, alive) in table {
            let session = StaffSession { started_at: minute(started), used_at: minute(used) };
            assert_eq!(session.lives_at(minute(asked)), alive, "{started} {used} {asked}");
        }
    }

    #[test]
    fn a_session_is_fresh_for_ten_minutes_whatever_is_done_with_it() {
        let at = |seconds: i64| Instant::from_millis(0).plus_seconds(seconds);
        for (used, asked, fresh) in [(0, 599, true), (0, 600, false), (599, 600, false)] {
            let session = StaffSession { started_at: at(0), used_at: at(used) };
            assert_eq!(session.is_fresh_at(at(asked)), fresh, "{used} {asked}");
        }
    }
}
