//! Data, minutes, messages and days.

use icu_decimal::input::Decimal;

use super::numbers::written;
use crate::Words;

/// Decimal units of data, largest first: octets in one, power of ten, key of its symbol.
const DATA_UNITS: [(u64, i16, &str); 3] = [
    (1_000_000_000, 9, "unit-gigabyte"),
    (1_000_000, 6, "unit-megabyte"),
    (1_000, 3, "unit-kilobyte"),
];

impl Words {
    /// An amount of data: 2,500,000,000 octets are `2.5 GB` or `2,5 Go`. At most two decimals, cut and never rounded up,
    /// so that nobody reads more than is left. Nothing at all is `0 MB`, the unit people know.
    pub fn data(&self, octets: i64) -> String {
        let (number, unit) = self.data_parts(octets);
        self.quantity(number, unit)
    }

    /// [`Words::data`] as number and unit apart, for the large numerals.
    pub fn data_parts(&self, octets: i64) -> (String, String) {
        let size = octets.unsigned_abs();
        let unit = match size {
            0 => Some((6, "unit-megabyte")),
            _ => DATA_UNITS
                .iter()
                .find(|(smallest, ..)| size >= *smallest)
                .map(|(_, power, key)| (*power, *key)),
        };
        let (power, key) = unit.unwrap_or((0, "unit-octet"));
        let mut number = Decimal::from(octets);
        number.multiply_pow10(-power);
        number.trunc(-2);
        number.trim_end();
        (written(self.language(), &number), self.say(key))
    }

    /// Whole minutes of a time in seconds, cut and never rounded up: 11,520 seconds are `192 minutes` or `192 分钟`.
    pub fn minutes(&self, seconds: i64) -> String {
        let (number, unit) = self.minutes_parts(seconds);
        self.quantity(number, unit)
    }

    /// [`Words::minutes`] as number and unit apart.
    pub fn minutes_parts(&self, seconds: i64) -> (String, String) {
        self.counted("unit-minutes", seconds / 60)
    }

    /// A number of text messages: `1 message`, `100 textos`, `100 条短信`.
    pub fn messages(&self, messages: i64) -> String {
        let (number, unit) = self.messages_parts(messages);
        self.quantity(number, unit)
    }

    /// [`Words::messages`] as number and unit apart.
    pub fn messages_parts(&self, messages: i64) -> (String, String) {
        self.counted("unit-messages", messages)
    }

    /// A number of days: `1 day`, `30 jours`, `30 天`.
    pub fn days(&self, days: i64) -> String {
        let (number, unit) = self.days_parts(days);
        self.quantity(number, unit)
    }

    /// [`Words::days`] as number and unit apart.
    pub fn days_parts(&self, days: i64) -> (String, String) {
        self.counted("unit-days", days)
    }

    fn counted(&self, key: &str, count: i64) -> (String, String) {
        (self.number(count), self.say_with(key, &[("count", count.into())]))
    }

    fn quantity(&self, number: String, unit: String) -> String {
        self.say_with("quantity", &[("number", number.into()), ("unit", unit.into())])
    }
}
