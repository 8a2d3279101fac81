//! Which marketplaces there are.

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::Marketplace;

    #[test]
    fn words_are_read_back() {
        for marketplace in Marketplace::ALL {
            assert_eq!(Marketplace::parse(marketplace.code()), Some(marketplace));
        }
        assert_eq!(Marketplace::parse("Taobao"), None);
    }
}
