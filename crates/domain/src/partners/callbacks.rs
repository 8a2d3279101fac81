//! Telling partners what becomes of their orders, for as long as it takes, up to about three days.

/// Seconds to wait after each try that was not taken. Together with the tries themselves a little over 75 hours, as the Standard
/// Webhooks specification proposes.
const WAITS: [i64; 9] =
    [5, 5 * 60, 30 * 60, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const HOUR: i64 = 60 * 60;

/// Seconds until the next try, after so many that were not taken; none when it is given up. Where the other side names a time
/// itself, that counts if it is later.
pub fn next_try(failed: u32, asked_for: Option<i64>) -> Option<i64> {
    let wait = WAITS.get(usize::try_from(failed).ok()?.checked_sub(1)?)?;
    Some(asked_for.map_or(*wait, |seconds| seconds.clamp(*wait, 24 * HOUR)))
}

#[cfg(test)]
mod tests {
    use super::{HOUR, next_try};

    #[test]
    fn it_is_tried_for_three_days_and_then_given_up() {
        let mut waited = 0;
        let mut failed = 0;
        while let Some(wait) = next_try(failed + 1, None) {
            (waited, failed) = (waited + wait, failed + 1);
        }
        assert_eq!((failed, waited / HOUR), (9, 75));
        assert_eq!(next_try(0, None), None);
        assert_eq!(next_try(1, Some(60)), Some(60));
        assert_eq!(next_try(2, Some(1)), Some(300));
        assert_eq!(next_try(1, Some(i64::MAX)), Some(24 * HOUR));
        assert_eq!(next_try(10, Some(1)), None);
    }
}
