//! When an unknown outcome is asked again, and when a person has to decide.

use crate::kernel::Instant;

/// Seconds after sending at which the supplier is asked again under the same reference, before it
/// becomes hourly.
const FIRST_ASKS: [i64; 5] = [15, 60, 5 * 60, 15 * 60, 60 * 60];
/// Asking by machine ends this long after sending.
const LAST_ASK_SECONDS: i64 = 24 * 60 * 60;
/// A person decides within this long after that.
const PERSON_SECONDS: i64 = 24 * 60 * 60;

/// When to ask after `asked` questions without an outcome, or nothing when it is a person's turn.
pub fn asking_after(asked: u32, sent_at: Instant) -> Option<Instant> {
    let first = usize::try_from(asked).ok().and_then(|asked| FIRST_ASKS.get(asked)).copied();
    let hours = i64::from(asked).saturating_sub(3);
    let seconds = first.unwrap_or(hours * 60 * 60);
    (seconds <= LAST_ASK_SECONDS).then(|| sent_at.plus_seconds(seconds))
}

/// By when a person decides about something sent then.
pub fn person_deadline(sent_at: Instant) -> Instant {
    sent_at.plus_seconds(LAST_ASK_SECONDS + PERSON_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::{Instant, asking_after};

    #[test]
    fn asked_at_15_s_1_5_15_minutes_1_hour_then_hourly_to_a_day() {
        let sent = Instant::from_millis(0);
        let minutes: Vec<i64> = (0..)
            .map_while(|asked| asking_after(asked, sent))
            .map(|at| at.millis() / 60_000)
            .collect();
        assert_eq!(asking_after(0, sent), Some(Instant::from_millis(15_000)));
        assert_eq!(minutes[1..7], [1, 5, 15, 60, 120, 180]);
        assert_eq!(minutes.last(), Some(&1440));
        assert_eq!(minutes.len(), 5 + 23);
    }
}
