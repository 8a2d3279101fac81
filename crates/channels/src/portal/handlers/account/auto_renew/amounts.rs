//! Money as people type it, and the amounts that are suggested to them.

use farline_domain::kernel::Money;

/// Suggested amounts are whole multiples of this many minor units.
const STEP: i64 = 500;
/// The most digits taken: nobody allows more.
const MOST_DIGITS: usize = 9;

/// Reads an amount: `30`, `$30.00`, `CA$1,234.50`, `1 234,50 $`. The last mark is the decimal one if one or two digits follow it.
pub(super) fn read(typed: &str, like: Money) -> Option<Money> {
    let code = like.currency.code();
    let bare = typed.replace(code, "").replace("CA$", "");
    let kept: String = bare
        .chars()
        .filter(|sign| !sign.is_whitespace() && !matches!(sign, '$' | '¥' | '€' | '£'))
        .collect();
    let fits = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '’');
    if !kept.chars().all(fits) {
        return None;
    }
    let (whole, cents) = match kept.rfind(['.', ',']).map(|at| kept.split_at(at)) {
        Some((whole, mark)) if matches!(mark.len(), 2 | 3) => {
            (whole.to_owned(), mark[1..].to_owned())
        }
        _ => (kept.clone(), String::new()),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    if whole.is_empty() || whole.len() > MOST_DIGITS {
        return None;
    }
    let minor = format!("{whole}{cents:0<2}").parse().ok()?;
    Some(Money { minor, currency: like.currency })
}

/// The most at once, in a day and in a month, suggested from a price: a little above it, twice that in a month.
pub(super) fn suggested(total: Money) -> [Money; 3] {
    let steps = total.minor.div_euclid(STEP).saturating_add(1);
    let once = Money { minor: steps.saturating_mul(STEP), currency: total.currency };
    [once, once, Money { minor: once.minor.saturating_mul(2), currency: total.currency }]
}

#[cfg(test)]
mod tests {
    use super::{read, suggested};
    use farline_domain::kernel::Money;

    #[test]
    fn an_amount_is_read_as_each_language_writes_it() {
        let table = [
            ("30", Some(3000)),
            ("$30.00", Some(3000)),
            ("CA$1,234.50", Some(123_450)),
            ("1\u{a0}234,50\u{a0}$", Some(123_450)),
            ("1,234", Some(123_400)),
            ("28,2", Some(2820)),
            ("30 CAD", Some(3000)),
            ("0", Some(0)),
            ("-5", None),
            ("five", None),
            ("", None),
            (".50", None),
            ("12345678901", None),
        ];
        for (typed, minor) in table {
            assert_eq!(read(typed, Money::cad(0)), minor.map(Money::cad), "{typed}");
        }
    }

    #[test]
    fn a_suggestion_leaves_room_above_the_price() {
        for (total, once) in [(2825, 3000), (3000, 3500), (1, 500)] {
            let [charge, day, month] = suggested(Money::cad(total));
            assert_eq!((charge.minor, day.minor, month.minor), (once, once, once * 2), "{total}");
        }
    }
}
