//! What an order holds of a subject.

use super::key::{Holder, SubjectKey};
use crate::kernel::{CommandKey, Instant, LineId, OrderId, ReservationId, Units};
use crate::orders::{Order, OrderState};
use serde::{Deserialize, Serialize};

/// A reservation as its order names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reserved {
    /// Of which subject.
    pub subject: SubjectKey,
    /// Which one.
    pub id: ReservationId,
}

/// Where a reservation stands. It goes one way: held, captured, released; released is the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReservationState {
    /// Its order is on its way.
    Held,
    /// Its order was delivered.
    Captured,
    /// Its order ended otherwise, or was never made.
    Released,
}

impl ReservationState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Held, Self::Captured, Self::Released];

    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Captured => "captured",
            Self::Released => "released",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Its id, which carries its subject's cell.
    pub id: ReservationId,
    /// Of which subject.
    pub subject: SubjectKey,
    /// For which order, which may not be made yet.
    pub order: OrderId,
    /// On which line that order is, or would be.
    pub line: LineId,
    /// The key under which the order is placed. Whoever uses it up on the line sees to it that the
    /// order is never made.
    pub placing: CommandKey,
    /// Towards whose share it counts.
    pub holder: Option<Holder>,
    /// How many, in the subject's measure.
    pub units: Units,
    /// Where it stands.
    pub state: ReservationState,
    /// When it was made.
    pub reserved_at: Instant,
    /// When it was captured or released last.
    pub settled_at: Option<Instant>,
    /// When the reconciler looks at it, as long as it is held.
    pub look_at: Instant,
}

impl Reservation {
    /// The reservation as its order names it.
    pub fn reserved(&self) -> Reserved {
        Reserved { subject: self.subject.clone(), id: self.id }
    }
}

/// What an order's state means for what it holds of other subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can still be paid or delivered: what it holds stays reserved.
    OnItsWay,
    /// It was delivered: what it held is used.
    Delivered,
    /// It ended otherwise, and money that comes now goes back: what it held is free.
    Ended,
}

impl Standing {
    /// Where an order stands.
    pub const fn of(order: &Order) -> Self {
        match order.state {
            OrderState::AwaitingPayment { .. }
            | OrderState::Held { .. }
            | OrderState::Delivering { .. }
            | OrderState::Unknown { .. } => Self::OnItsWay,
            OrderState::Delivered { .. } => Self::Delivered,
            OrderState::Refunding { .. }
            | OrderState::Refunded { .. }
            | OrderState::Cancelled { .. }
            | OrderState::Expired { .. } => Self::Ended,
        }
    }
}
