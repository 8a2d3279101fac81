//! The account's balance (docs.stripe.com/api/balance), which is read to see whether Stripe is there and knows our key.

use serde::Deserialize;

use super::settings::StripeMode;

#[derive(Deserialize)]
pub(super) struct Balance {
    object: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
}

impl Balance {
    pub(super) fn is_of(&self, mode: StripeMode) -> bool {
        self.object == "balance" && self.mode == mode
    }
}
