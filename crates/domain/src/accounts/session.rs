//! How long a signed-in device stays signed in (NIST SP 800-63B-4 §2.1.3: at most 30 days).

use crate::kernel::Instant;

/// A session ends when it is not used for so long, in seconds: 14 days.
pub const IDLE_SECONDS: i64 = 14 * 24 * 60 * 60;
/// A session ends so long after signing in, used or not, in seconds: 30 days.
pub const ABSOLUTE_SECONDS: i64 = 30 * 24 * 60 * 60;
/// Use is noted at most so often, in seconds.
pub const TOUCH_SECONDS: i64 = 5 * 60;

/// The instants that decide whether a session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// When it was signed in.
    pub started_at: Instant,
    /// When it was last used, as far as was noted.
    pub used_at: Instant,
}

impl SessionTimes {
    /// When it ends if it is not used before.
    pub fn ends_at(self) -> Instant {
        let idle = self.used_at.plus_seconds(IDLE_SECONDS);
        idle.min(self.started_at.plus_seconds(ABSOLUTE_SECONDS))
    }

    /// Whether it lives at an instant.
    pub fn lives_at(self, now: Instant) -> bool {
        now < self.ends_at()
    }

    /// Whether a use is to be noted.
    pub fn wants_note(self, now: Instant) -> bool {
        now.millis_since(self.used_at) >= TOUCH_SECONDS * 1000
    }
}

#[cfg(test)]
mod tests {
    use super::SessionTimes;
    use crate::kernel::Instant;

    #[test]
    fn a_session_ends_when_idle_and_after_thirty_days() {
        let day = |days: i64| Instant::from_millis(0).plus_seconds(days * 86_400);
        // started, used, asked, alive
        let table = [
            (0, 0, 13, true),
            (0, 0, 14, false),
            (0, 13, 26, true),
            (0, 29, 29, true),
            (0, 29, 30, false),
        ];
        for (started, used, asked, alive) in table {
            let times = SessionTimes { started_at: day(started), used_at: day(used) };
            assert_eq!(times.lives_at(day(asked)), alive, "{started} {used} {asked}");
        }
    }

    #[test]
    fn use_is_noted_every_five_minutes() {
        let now = Instant::from_millis(0);
        let times = SessionTimes { started_at: now, used_at: now };
        assert!(!times.wants_note(now.plus_seconds(299)));
        assert!(times.wants_note(now.plus_seconds(300)));
    }
}
