//! Money.

use icu_decimal::input::Decimal;

use super::numbers::written;
use crate::Words;

/// How many decimals a currency's minor unit stands for (ISO 4217).
fn decimals(currency: &str) -> i16 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "UYI" | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

impl Words {
    /// An amount in the minor unit of an ISO 4217 currency: 123450 CAD is `$1,234.50`, `CA$1,234.50` or `1 234,50 $`.
    /// A currency without a symbol in `common.ftl` is written with its code.
    pub fn money(&self, minor: i64, currency: &str) -> String {
        let decimals = decimals(currency);
        let mut amount = Decimal::from(minor.unsigned_abs());
        amount.multiply_pow10(-decimals);
        amount.pad_end(-decimals);
        let amount = written(self.language(), &amount);
        let symbol_key = format!("currency-{}", currency.to_ascii_lowercase());
        let text = if self.knows(&symbol_key) {
            let symbol = self.say(&symbol_key);
            self.say_with("money", &[("symbol", symbol.into()), ("amount", amount.into())])
        } else {
            self.say_with("money-code", &[("code", currency.into()), ("amount", amount.into())])
        };
        // All our languages put the sign before everything else, as the hyphen-minus that CLDR gives them.
        if minor < 0 { format!("-{text}") } else { text }
    }
}
