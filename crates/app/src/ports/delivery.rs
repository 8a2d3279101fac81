//! Suppliers who make a network know of a renewal.

use async_trait::async_trait;
use farline_domain::catalog::Validity;
use farline_domain::commands::DeliveryAnswer;
use farline_domain::comparison::Grants;
use farline_domain::kernel::{Instant, Money};

/// A delivery to be made, or one that is asked about.
#[derive(Clone, PartialEq, Eq)]
pub struct DeliveryRequest {
    /// Our reference, unique for ever, kept before anybody hears of it: asking or sending again under it
    /// makes one delivery.
    pub reference: String,
    /// The line's number in E.164, or its ICCID where it has none.
    pub number: String,
    /// The line's ICCID.
    pub iccid: String,
    /// The plan's code.
    pub plan: String,
    /// When an earlier try was marked as sent: it may have arrived. None where this is the first.
    pub sent_at: Option<Instant>,
    /// The supplier's own reference, once it said that it delivered.
    pub supplier_reference: Option<String>,
    /// The present instant.
    pub now: Instant,
}

/// Shows the references and the plan, not the number.
impl std::fmt::Debug for DeliveryRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeliveryRequest")
            .field("reference", &self.reference)
            .field("plan", &self.plan)
            .finish_non_exhaustive()
    }
}

/// How a supplier stands just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierStanding {
    /// What is left of our money with it, rounded down to the minor unit. None where it tells none.
    pub float: Option<Money>,
    /// Whether it takes deliveries.
    pub taking: Taking,
}

/// Whether a supplier takes deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It does.
    Deliveries,
    /// It says that it does not at present.
    Nothing,
}

/// One thing that a supplier sells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierProduct {
    /// What it is asked for by: what a plan's mapping names.
    pub code: String,
    /// As the supplier calls it.
    pub name: String,
    /// What it costs us, rounded up to the minor unit: the least, where the value may be chosen. None
    /// where the supplier says no price in a currency.
    pub cost: Option<Money>,
    /// The most it costs us, where the value may be chosen.
    pub cost_at_most: Option<Money>,
    /// What one purchase of it gives. None where the supplier says that in words only, or not in whole days.
    pub contents: Option<SupplierContents>,
}

/// What one purchase of a product gives, as its supplier counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SupplierContents {
    /// How much.
    pub grants: Grants,
    /// For how long.
    pub validity: Validity,
}

/// The supplier said nothing that could be read: why, without an address, a number, a key or a word of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SupplierSilent(pub String);

/// A supplier. Whatever goes wrong on the way is [`DeliveryAnswer::Unknown`]; only a word of the
/// supplier that it is final is a refusal.
#[async_trait]
pub trait DeliverySupplier: Send + Sync {
    /// The adapter's name, as operators name it.
    fn name(&self) -> &str;

    /// Whether it can be asked for this plan: a supplier that sells all that it is asked for says so to any.
    fn sells(&self, plan: &str) -> bool {
        let _ = plan;
        true
    }

    /// Sends a delivery; sending again under the same reference changes nothing.
    async fn send(&self, request: &DeliveryRequest) -> DeliveryAnswer;

    /// Asks about a delivery by its reference. The rest of the request is as it was sent: some suppliers
    /// are asked by saying the same again.
    async fn ask(&self, request: &DeliveryRequest) -> DeliveryAnswer;

    /// Looks how it stands: what is left of our money, and whether it takes deliveries.
    async fn standing(&self) -> Result<SupplierStanding, SupplierSilent>;

    /// Everything it sells to us.
    async fn catalogue(&self) -> Result<Vec<SupplierProduct>, SupplierSilent>;
}
