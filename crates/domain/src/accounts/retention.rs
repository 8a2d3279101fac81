//! What tax law keeps after an account is gone, and for how long.

use jiff::civil::{Date, date};

/// Years for which records of a tax year are kept (Income Tax Act s. 230(4); Excise Tax Act s. 286):
/// six, counted from the end of the year they are about.
pub const KEPT_YEARS: i16 = 6;

/// The last day for which the record of a payment must be kept.
pub fn kept_until(paid_on: Date) -> Date {
    date(paid_on.year().saturating_add(KEPT_YEARS).min(9999), 12, 31)
}

#[cfg(test)]
mod tests {
    use super::kept_until;
    use jiff::civil::date;

    #[test]
    fn six_years_count_from_the_end_of_the_year() {
        let table = [
            (date(2026, 1, 1), date(2032, 12, 31)),
            (date(2026, 12, 31), date(2032, 12, 31)),
            (date(9999, 6, 1), date(9999, 12, 31)),
        ];
        for (paid_on, expected) in table {
            assert_eq!(kept_until(paid_on), expected);
        }
    }
}
