//! What is kept of calls with the telephone robot and of text messages that customers send; and whoever carries both.

use super::StoreError;
pub use super::accounts::Digest;
use async_trait::async_trait;
use farline_domain::catalog::PlanCode;
use farline_domain::hotline::robot::{Robot, Speech};
use farline_domain::kernel::{CallId, Instant, LineId, Money, OrderId};
use farline_domain::orders::Channel;
use serde::{Deserialize, Serialize};

/// A webhook that says it comes from whoever carries our calls and text messages.
pub struct Claimed<'a> {
    /// The address as they were told it, with its query: from our configuration, never from the request's own host.
    pub url: &'a str,
    /// The body as it came.
    pub body: &'a [u8],
    /// The body as a form: every field with its value.
    pub form: &'a [(String, String)],
    /// A header by its name.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The time.
    pub now: Instant,
}

/// Whoever carries calls and text messages to us, as far as we must know that it is really they who ask.
pub trait Telephone: Send + Sync {
    /// Whether a webhook is signed by them. Comparing takes the same time wherever signatures differ.
    fn has_signed(&self, claimed: &Claimed<'_>) -> bool;
}

/// A call with the robot, between two webhooks. It holds no key that was pressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCall {
    /// How many webhooks were answered before this one.
    pub step: u32,
    /// Where the call stands.
    pub robot: Robot,
    /// What was said last: a webhook that comes again gets it again.
    pub speech: Speech,
    /// When that was.
    pub at: Instant,
    /// The call as the hotline knows it, once it is known which card it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallId>,
}

/// A renewal that a text message offered, and that a text message can agree to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextOffer {
    /// The plan that was named.
    pub plan: PlanCode,
    /// The price with tax that was named.
    pub total: Money,
    /// The whole message: what a yes is a yes to.
    pub words: String,
    /// When.
    pub at: Instant,
}

/// A yes that was not clicked: pressed on a telephone, spoken or texted. It is never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpokenConsent {
    /// The order that was agreed to.
    pub order: OrderId,
    /// By which channel.
    pub channel: Channel,
    /// The very words that were said or written before the yes.
    pub words: String,
    /// The yes as it came: a key, or the text message.
    pub yes: String,
    /// When.
    pub at: Instant,
}

/// Calls, text messages and what was agreed to by them, as kept.
#[async_trait]
pub trait Voice: Send + Sync {
    /// Reads a call by its keyed digest.
    async fn voice_call(&self, call: &Digest) -> Result<Option<StoredCall>, StoreError>;

    /// Keeps a call; `false`, and nothing is kept, when this step or a later one of it is kept already.
    async fn keep_voice_call(&self, call: &Digest, kept: &StoredCall) -> Result<bool, StoreError>;

    /// Forgets a call.
    async fn forget_voice_call(&self, call: &Digest) -> Result<(), StoreError>;

    /// Forgets calls in which nothing happened since an instant. Returns how many.
    async fn forget_voice_calls(&self, silent_since: Instant) -> Result<u64, StoreError>;

    /// Notes that a number, by its keyed digest, wants no text messages; `false` when that was noted before.
    async fn stop_texts(&self, number: &Digest, at: Instant) -> Result<bool, StoreError>;

    /// Notes that it wants them again; `false` when it never refused them.
    async fn start_texts(&self, number: &Digest) -> Result<bool, StoreError>;

    /// Whether it wants none.
    async fn wants_no_texts(&self, number: &Digest) -> Result<bool, StoreError>;

    /// Keeps what a text message offered to a line, in place of what was offered before.
    async fn keep_text_offer(&self, line: LineId, offer: &TextOffer) -> Result<(), StoreError>;

    /// What was offered to a line last.
    async fn text_offer(&self, line: LineId) -> Result<Option<TextOffer>, StoreError>;

    /// Forgets what was offered to a line: it was taken.
    async fn forget_text_offer(&self, line: LineId) -> Result<(), StoreError>;

    /// Keeps a consent. A second one for the same order changes nothing.
    async fn keep_spoken_consent(
        &self,
        line: LineId,
        consent: &SpokenConsent,
    ) -> Result<(), StoreError>;

    /// The consents of a line, oldest first.
    async fn spoken_consents(&self, line: LineId) -> Result<Vec<SpokenConsent>, StoreError>;
}
