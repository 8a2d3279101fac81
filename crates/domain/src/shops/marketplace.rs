//! Which marketplaces there are, and what a shop is called here.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A marketplace whose orders we can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marketplace {
    /// Taobao and Tmall, by the Taobao Open Platform.
    Taobao,
    /// JD's shops of others (POP).
    Jd,
    /// A shop run on Shopify.
    Shopify,
    /// A shop run on WooCommerce.
    Woocommerce,
}

impl Marketplace {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Taobao, Self::Jd, Self::Shopify, Self::Woocommerce];

    /// The word in the configuration, the database and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taobao => "taobao",
            Self::Jd => "jd",
            Self::Shopify => "shopify",
            Self::Woocommerce => "woocommerce",
        }
    }

    /// Reads that word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|marketplace| marketplace.code() == code)
    }
}

/// What a shop is called here, for ever: 1 to 40 small letters, digits and hyphens. It stands in the address of its webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShopName(String);

/// The text is no name of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a shop's name is 1 to 40 small letters, digits and hyphens, beginning with a letter")]
pub struct ShopNameError;

impl ShopName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, ShopNameError> {
        let is_sign = |octet: u8| matches!(octet, b'a'..=b'z' | b'0'..=b'9' | b'-');
        let fits = (1..=40).contains(&text.len())
            && text.bytes().all(is_sign)
            && text.starts_with(|letter: char| letter.is_ascii_lowercase());
        fits.then(|| Self(text.to_owned())).ok_or(ShopNameError)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShopName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<ShopName> for String {
    fn from(name: ShopName) -> Self {
        name.0
    }
}

impl TryFrom<String> for ShopName {
    type Error = ShopNameError;
    fn try_from(text: String) -> Result<Self, ShopNameError> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Marketplace, ShopName};

    #[test]
    fn words_are_read_back() {
        for marketplace in Marketplace::ALL {
            assert_eq!(Marketplace::parse(marketplace.code()), Some(marketplace));
        }
        assert_eq!(Marketplace::parse("Taobao"), None);
    }

    #[test]
    fn a_shop_has_a_name_that_can_stand_in_an_address() {
        let long = "a".repeat(41);
        let table = [
            ("red-maple-2", true),
            ("a", true),
            ("", false),
            ("2nd", false),
            ("-a", false),
            ("Maple", false),
            ("red/maple", false),
            ("红枫", false),
            (long.as_str(), false),
        ];
        for (text, fits) in table {
            assert_eq!(ShopName::parse(text).is_ok(), fits, "{text}");
        }
    }
}
