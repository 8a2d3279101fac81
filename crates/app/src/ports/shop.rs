//! Marketplaces where sellers have shops whose orders we read. An answer from outside is done, refused, or unknown.

use async_trait::async_trait;
use farline_domain::kernel::Instant;
use farline_domain::shops::{Marketplace, Trade, Window};

/// The marketplace refused, for good: asking the same again is of no use.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the marketplace refused: {0}")]
pub struct ShopRefusal(pub String);

/// Nothing is known: it may or may not be done. The same may be asked again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShopUnknown {
    /// No answer, or one that says nothing.
    #[error("the marketplace gave no usable answer: {0}")]
    NoAnswer(String),
    /// It was asked too often.
    #[error("the marketplace wants to be asked less often")]
    TooOften,
    /// Our permission has ended: the seller has to sign in there again.
    #[error("the marketplace does not let us in any more")]
    SignedOut,
}

/// An answer of a marketplace.
pub type ShopAnswer<T> = Result<Result<T, ShopRefusal>, ShopUnknown>;

/// Something waiting at a marketplace that was written for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopMessage {
    /// Under which it is confirmed.
    pub id: String,
    /// The trade it is about, if it is about one.
    pub trade: Option<String>,
}

/// What a webhook says. It is a hint only: the truth is read from the marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopHint {
    /// The marketplace's id of the delivery, the same when it comes twice; empty for a ping.
    pub event: String,
    /// The trade it is about; absent for a ping, and for what is not about a trade.
    pub trade: Option<String>,
}

/// A webhook that is not from the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShopWebhookRefusal {
    /// The signature is missing or does not fit the body.
    #[error("the signature does not fit")]
    Signature,
    /// It was sent longer ago than the marketplace repeats.
    #[error("the webhook is too old")]
    TooOld,
    /// It tells of another shop.
    #[error("the webhook is of another shop")]
    OtherShop,
    /// The body says nothing we understand.
    #[error("the body is no webhook")]
    Body,
    /// This marketplace sends none.
    #[error("this marketplace sends no webhooks")]
    NotSpoken,
}

/// Finds a header of a request by its name.
pub type Header<'a> = &'a (dyn for<'b> Fn(&'b str) -> Option<String> + Sync);

/// A shop at a marketplace. Nothing of what is told is kept by it.
#[async_trait]
pub trait ShopGateway: Send + Sync {
    /// Where the shop is.
    fn marketplace(&self) -> Marketplace;

    /// The numbers of the trades that changed in a window, each once, in no order. A trade that changes while this is asked is
    /// in the answer, or it is in that of the window which holds its change.
    async fn changed(&self, window: Window, now: Instant) -> ShopAnswer<Vec<String>>;

    /// One trade in full, as it stands at this moment. One that the shop does not have is refused.
    async fn trade(&self, number: &str, now: Instant) -> ShopAnswer<Trade>;

    /// Marks a trade as shipped without a parcel. One that is shipped already is done.
    async fn mark_shipped(&self, number: &str, now: Instant) -> ShopAnswer<()>;

    /// Adds our words to what the seller notes about a trade; what stands there stays. Words that stand there already are done.
    async fn add_memo(&self, number: &str, memo: &str, now: Instant) -> ShopAnswer<()>;

    /// Whether messages wait there for us, beside the trades that can be asked about.
    fn has_messages(&self) -> bool {
        false
    }

    /// Some of the messages that wait. They come again until they are confirmed.
    async fn messages(&self, _now: Instant) -> ShopAnswer<Vec<ShopMessage>> {
        Ok(Ok(Vec::new()))
    }

    /// Confirms messages, which then do not come again.
    async fn confirm(&self, _ids: &[String], _now: Instant) -> ShopAnswer<()> {
        Ok(Ok(()))
    }

    /// Verifies a webhook and reads its hint, without asking anybody.
    fn webhook(
        &self,
        _header: Header<'_>,
        _body: &[u8],
        _now: Instant,
    ) -> Result<ShopHint, ShopWebhookRefusal> {
        Err(ShopWebhookRefusal::NotSpoken)
    }
}
