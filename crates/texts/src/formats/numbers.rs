//! Plain numbers and rates.

use farline_domain::kernel::Language;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;

use crate::Words;

/// The language as the Unicode library names it.
pub(crate) fn locale(language: Language) -> Locale {
    language.tag().parse().unwrap_or(Locale::UNKNOWN)
}

/// A decimal with the language's digits, grouping and decimal mark. The data are compiled in, so the plain form after a
/// failure is for a language that the Unicode data do not have.
pub(crate) fn written(language: Language, number: &Decimal) -> String {
    let formatter =
        DecimalFormatter::try_new((&locale(language)).into(), DecimalFormatterOptions::default());
    formatter.map_or_else(|_| number.to_string(), |formatter| formatter.format(number).to_string())
}

impl Words {
    /// A whole number with the language's grouping: `1,234` or `1 234`.
    pub fn number(&self, number: i64) -> String {
        written(self.language(), &Decimal::from(number))
    }

    /// A rate given in parts per million: 130000 is `13%`, 99750 is `9.975%`; in French `13 %`. Nothing is rounded.
    pub fn rate(&self, ppm: i64) -> String {
        let mut percentage = Decimal::from(ppm);
        percentage.multiply_pow10(-4);
        percentage.trim_end();
        let number = written(self.language(), &percentage);
        self.say_with("rate", &[("number", number.into())])
    }
}
