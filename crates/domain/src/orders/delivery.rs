//! What is known of an order's delivery: to which suppliers it went, what they said, and what it did.

use crate::kernel::{Instant, OrderId};
use crate::lines::LineDates;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A delivery under way: one reference, asked for until the outcome is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// Our reference with the supplier, for ever the same for this attempt.
    pub reference: String,
    /// When it was sent; until then the order can be cancelled.
    pub sent_at: Option<Instant>,
    /// How often the supplier was asked about it.
    pub asked: u32,
    /// When it is asked next; absent when it is a person's turn.
    pub next_ask_at: Option<Instant>,
}

/// What a delivery did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// When.
    pub at: Instant,
    /// The buckets it granted.
    pub buckets: Vec<u32>,
    /// The line's dates before, to go back to.
    pub before: LineDates,
    /// The line's dates after.
    pub after: LineDates,
    /// The first local date of use.
    pub starts_on: Date,
    /// The last local date of use.
    pub usable_until: Date,
    /// The supplier's own reference, where there is one.
    pub supplier_reference: Option<String>,
    /// When it was started before the first day that it waited for, as the data was used up. The dates are those since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_early: Option<Instant>,
}

/// Why the network refused, in words the customer can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryRefusal {
    /// The line is closed and its number lost.
    LineClosed,
    /// An add-on needs a plan in service.
    NoPlanInService,
    /// The network does not know this number, or not for this plan.
    NumberNotAccepted,
    /// The network does not take renewals at present.
    NetworkUnavailable,
    /// A person found that it was not delivered.
    FoundUndelivered,
}

impl DeliveryRefusal {
    /// The word stored and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LineClosed => "line-closed",
            Self::NoPlanInService => "no-plan-in-service",
            Self::NumberNotAccepted => "number-not-accepted",
            Self::NetworkUnavailable => "network-unavailable",
            Self::FoundUndelivered => "found-undelivered",
        }
    }
    /// Whether another supplier could answer differently: it is about the supplier, not about the line or the number, and
    /// nothing was delivered.
    pub const fn is_of_supplier(self) -> bool {
        match self {
            Self::NetworkUnavailable => true,
            Self::LineClosed
            | Self::NoPlanInService
            | Self::NumberNotAccepted
            // What a person looked into ends with the money going back, as the person was told.
            | Self::FoundUndelivered => false,
        }
    }
}

/// One supplier that an order went to, under a reference of its own. It is noted before the supplier hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The supplier, by the name of its adapter.
    pub supplier: String,
    /// Our reference there, for ever.
    pub reference: String,
    /// When it was sent; until then nobody has heard of it.
    pub sent_at: Option<Instant>,
    /// That it was refused, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// A known refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub why: DeliveryRefusal,
    /// When it was known.
    pub at: Instant,
}

impl Attempt {
    /// Our reference for an order's delivery, after so many earlier attempts at other suppliers.
    pub fn reference_of(order: OrderId, earlier: usize) -> String {
        match earlier {
            0 => format!("dlv-{order}"),
            earlier => format!("dlv-{order}-{}", earlier + 1),
        }
    }
}
