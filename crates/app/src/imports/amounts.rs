//! Amounts as people write them — `5 GB`, `300 min`, `CA$10`, `9.975 %` — turned into integers exactly.

use super::fault::quoted;
use farline_domain::catalog::{TimeWindow, Validity};
use farline_domain::kernel::{AllowanceKind, Currency, Money, Rate, Units};
use jiff::civil::Date;

/// A decimal number times `scale`, if that is a whole number that fits. No sign, no grouping, no
/// exponent: `0.5` times 1,000 is 500; `0.0005` times 1,000 is nothing.
fn exactly(decimal: &str, scale: i64) -> Option<i64> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, "0"));
    let digits = |text: &str| {
        (1..=18).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole = whole.parse::<i128>().ok()?.checked_mul(i128::from(scale))?;
    let parts = fraction.parse::<i128>().ok()?.checked_mul(i128::from(scale))?;
    let ten = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    (parts % ten == 0).then_some(())?;
    i64::try_from(whole.checked_add(parts / ten)?).ok()
}

/// `5 GB` → (`5`, `GB`).
fn number_and_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, word) = text.split_at(end.unwrap_or(text.len()));
    (number, word.trim())
}

/// How many minor units a currency's unit has.
fn minor_units(currency: Currency) -> i64 {
    10_i64.pow(u32::from(currency.decimals()))
}

const SYMBOLS: [(&str, &str); 5] =
    [("CA$", "CAD"), ("US$", "USD"), ("CN¥", "CNY"), ("€", "EUR"), ("£", "GBP")];

/// Reads `25.00 CAD`, `CAD 25.00` or `CA$25`. Never negative.
pub fn money(text: &str) -> Result<Money, String> {
    let refusal = || {
        format!("{} is not an amount of money; write it like “25.00 CAD” or “CA$25”", quoted(text))
    };
    let (number, word) = number_and_word(text);
    let (number, code) = if number.is_empty() {
        let by_symbol = SYMBOLS
            .iter()
            .find_map(|(symbol, code)| word.strip_prefix(symbol).map(|rest| (rest, *code)));
        let by_code = || word.split_at_checked(3).map(|(code, rest)| (rest, code));
        let (number, code) = by_symbol.or_else(by_code).ok_or_else(refusal)?;
        (number.trim(), code)
    } else {
        let code = SYMBOLS.iter().find(|(symbol, _)| *symbol == word);
        (number, code.map_or(word, |(_, code)| code))
    };
    let currency = Currency::parse(code).ok_or_else(refusal)?;
    let minor = exactly(number, minor_units(currency)).ok_or_else(refusal)?;
    Ok(Money { minor, currency })
}

/// Reads `13 %` or `9.975 %`, to a millionth; at most 100 %.
pub fn rate(text: &str) -> Result<Rate, String> {
    let ppm = match number_and_word(text) {
        (number, "%") => exactly(number, 10_000).filter(|ppm| *ppm <= 1_000_000),
        _ => None,
    };
    let refusal =
        || format!("{} is not a share up to 100 %; write it like “9.975 %”", quoted(text));
    ppm.map(|ppm| Rate { ppm }).ok_or_else(refusal)
}

/// How many units of a kind a word stands for.
fn scale(kind: AllowanceKind, word: &str) -> Option<i64> {
    match (kind, word.to_ascii_lowercase().as_str()) {
        (AllowanceKind::Messages, "message" | "messages" | "sms")
        | (AllowanceKind::Voice, "s" | "second" | "seconds")
        | (AllowanceKind::Data, "b" | "o") => Some(1),
        (AllowanceKind::Data, "kb" | "ko") => Some(1_000),
        (AllowanceKind::Data, "mb" | "mo") => Some(1_000_000),
        (AllowanceKind::Data, "gb" | "go") => Some(1_000_000_000),
        (AllowanceKind::Data, "tb" | "to") => Some(1_000_000_000_000),
        (AllowanceKind::Voice, "min" | "minute" | "minutes") => Some(60),
        (AllowanceKind::Voice, "h" | "hour" | "hours") => Some(3_600),
        _ => None,
    }
}

/// How an amount of a kind is written.
const fn example(kind: AllowanceKind) -> &'static str {
    match kind {
        AllowanceKind::Data => "“5 GB” or “500 MB”",
        AllowanceKind::Voice => "“300 min”",
        AllowanceKind::Messages => "“200 messages”",
        AllowanceKind::Credit => "“CA$10” or “10.00 CAD”",
    }
}

/// Reads `5 GB`, `300 min`, `200 messages` or, for credit, money of the operator's currency.
/// 1 GB is 1,000,000,000 octets.
pub fn units(kind: AllowanceKind, text: &str, currency: Option<Currency>) -> Result<Units, String> {
    let refusal = || {
        format!(
            "{} is not an amount of {}; write it like {}",
            quoted(text),
            kind.code(),
            example(kind)
        )
    };
    let count = if kind == AllowanceKind::Credit {
        let money = money(text).map_err(|_| refusal())?;
        if let Some(currency) = currency.filter(|currency| *currency != money.currency) {
            let (read, own) = (money.currency.code(), currency.code());
            return Err(format!("the amount is in {read}, but the operator's currency is {own}"));
        }
        money.minor
    } else {
        let (number, word) = number_and_word(text);
        let scale = scale(kind, word).ok_or_else(refusal)?;
        exactly(number, scale).ok_or_else(refusal)?
    };
    Units::new(count).map_err(|_| refusal())
}

/// Like [`units`], and a plain whole number counts octets, seconds or messages, as machines export
/// them. Credit always names its currency: a bare 10 could be dollars or cents.
pub(super) fn units_or_count(
    kind: AllowanceKind,
    text: &str,
    currency: Currency,
) -> Result<Units, String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && kind != AllowanceKind::Credit;
    match text.parse::<i64>() {
        Ok(count) if plain => Units::new(count).map_err(|error| error.to_string()),
        _ => units(kind, text, Some(currency)),
    }
}

/// Reads `30 days` or `12 months`; from one day up to ten years.
pub(super) fn validity(text: &str) -> Result<Validity, String> {
    let (number, word) = number_and_word(text);
    let read = match word {
        "day" | "days" => {
            number.parse().ok().filter(|n| (1..=3660).contains(n)).map(Validity::Days)
        }
        "month" | "months" => {
            number.parse().ok().filter(|n| (1..=120).contains(n)).map(Validity::Months)
        }
        _ => None,
    };
    read.ok_or_else(|| {
        format!(
            "{} is not a duration of at least one day; write it like “30 days” or “12 months”",
            quoted(text)
        )
    })
}

/// Reads `23:00-07:00`, in the operator's local time. It may run over midnight.
pub(super) fn window(text: &str) -> Result<TimeWindow, String> {
    let minute = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':')?;
        let number = |text: &str, most: u16| {
            let fits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| text.parse::<u16>().ok()).flatten().filter(|number| *number <= most)
        };
        let minute = number(hours, 24)? * 60 + number(minutes, 59)?;
        (minute <= 1440).then_some(minute)
    };
    let read = || {
        let (from, until) = text.split_once(['-', '–'])?;
        let from_minute = minute(from).filter(|from| *from < 1440)?;
        let until_minute = minute(until).map(|until| if until == 0 { 1440 } else { until })?;
        (from_minute != until_minute).then_some(TimeWindow { from_minute, until_minute })
    };
    read().ok_or_else(|| {
        format!("{} is not a time of the day; write it like “23:00-07:00”", quoted(text))
    })
}

/// Reads `2026-11-22`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let shape = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    let read = shape.then(|| text.parse::<Date>().ok()).flatten();
    read.filter(|date| (1990..=2200).contains(&date.year())).ok_or_else(|| {
        format!("{} is not a date; write it like 2026-11-22: year, month, day", quoted(text))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_becomes_integers_exactly() {
        let table = [
            (AllowanceKind::Data, "5 GB", Some(5_000_000_000)),
            (AllowanceKind::Data, "0.5GB", Some(500_000_000)),
            (AllowanceKind::Data, "100 Mo", Some(100_000_000)),
            (AllowanceKind::Data, "1.0000000001 GB", None),
            (AllowanceKind::Data, "5", None),
            (AllowanceKind::Data, "-5 GB", None),
            (AllowanceKind::Data, "1e3 GB", None),
            (AllowanceKind::Data, "5,5 GB", None),
            (AllowanceKind::Data, "9999999999999 TB", None),
            (AllowanceKind::Voice, "300 min", Some(18_000)),
            (AllowanceKind::Voice, "1.5 h", Some(5_400)),
            (AllowanceKind::Messages, "200 messages", Some(200)),
            (AllowanceKind::Messages, "0.5 messages", None),
            (AllowanceKind::Credit, "CA$10", Some(1_000)),
            (AllowanceKind::Credit, "10.05 CAD", Some(1_005)),
            (AllowanceKind::Credit, "10.005 CAD", None),
            (AllowanceKind::Credit, "US$10", None),
            (AllowanceKind::Credit, "10", None),
        ];
        for (kind, text, expected) in table {
            let read = units(kind, text, Some(Currency::CAD)).ok().map(Units::count);
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn money_rates_durations_and_windows_are_read() {
        assert_eq!(money("25.00 CAD"), Ok(Money::cad(2500)));
        assert_eq!(money("CAD 25.5"), Ok(Money::cad(2550)));
        assert_eq!(money("1500 JPY").map(|money| money.minor), Ok(1500));
        assert!(money("25,00 CAD").is_err() && money("$25").is_err() && money("1.5 JPY").is_err());
        assert_eq!(rate("9.975 %"), Ok(Rate { ppm: 99_750 }));
        assert!(rate("101 %").is_err() && rate("0.13").is_err());
        assert_eq!(validity("1 day"), Ok(Validity::Days(1)));
        assert!(validity("0 days").is_err() && validity("1.5 months").is_err());
        let night = TimeWindow { from_minute: 1380, until_minute: 420 };
        assert_eq!(window("23:00-07:00"), Ok(night));
        assert_eq!(window("18:00-24:00").map(|window| window.until_minute), Ok(1440));
        assert!(window("07:00-07:00").is_err() && window("7-9").is_err());
        assert!(date("2026-02-30").is_err() && date("22/11/2026").is_err());
    }
}
