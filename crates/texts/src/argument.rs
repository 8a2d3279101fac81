//! What a text can be given to show.

use fluent_bundle::FluentValue;

/// A value put into a text in place of its `{ $variable }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Shown as it is.
    Text(String),
    /// Chooses the plural form, and is shown with the language's own digits and grouping. Exact up to 2⁵³; an amount
    /// of money or data is formatted first ([`crate::Words::money`]) and handed over as text.
    Number(i64),
}

impl Argument {
    pub(crate) fn as_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Number(number) => FluentValue::from(*number),
        }
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Argument {
    /// A count beyond `i64::MAX` is shown as `i64::MAX`.
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
