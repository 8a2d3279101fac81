//! Suppliers who make a network know of a renewal.

use async_trait::async_trait;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Instant;

/// A delivery to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryRequest {
    /// Our reference, unique for ever: asking or sending again under it makes one delivery.
    pub reference: String,
    /// The line's number in E.164, or its ICCID where it has none.
    pub number: String,
    /// The plan's code.
    pub plan: String,
    /// The present instant.
    pub now: Instant,
}

/// Shows the reference and plan, not the number.
impl std::fmt::Debug for DeliveryRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeliveryRequest")
            .field("reference", &self.reference)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}

/// A supplier. Whatever goes wrong on the way is [`DeliveryAnswer::Unknown`]; only a word of the
/// supplier that it is final is a refusal.
#[async_trait]
pub trait DeliverySupplier: Send + Sync {
    /// The adapter's name, as operators name it.
    fn name(&self) -> &str;

    /// Sends a delivery; sending again under the same reference changes nothing.
    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer;

    /// Asks about a delivery by its reference.
    async fn ask(&self, reference: &str, now: Instant) -> DeliveryAnswer;
}
