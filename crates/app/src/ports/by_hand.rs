//! Money that passes from hand to hand, as kept: which reference names what.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::{Instant, Money, OrderId, StaffId};
use farline_domain::payments::ByHand;

/// What a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandPurpose {
    /// Money taken for an order.
    Taken,
    /// Money given back: the order's refund of this number.
    Given(u32),
}

/// One movement of money that no provider knows of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandMovement {
    /// What for.
    pub purpose: HandPurpose,
    /// How, and what names it.
    pub by_hand: ByHand,
    /// The order.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// Who of the staff.
    pub staff: StaffId,
    /// When.
    pub at: Instant,
}

/// Movements of money that no provider knows of. What is kept here is a claim: the order says whether the money is booked.
#[async_trait]
pub trait HandMoney: Send + Sync {
    /// Claims the reference for a movement. `false` when another one has it, in the same direction and by the same method;
    /// claiming again for the same order and purpose is no second one, and leaves the first as it was.
    async fn claim_by_hand(&self, movement: &HandMovement) -> Result<bool, StoreError>;

    /// Gives the claim of a movement up that came to nothing. Another one's claim stays.
    async fn give_up_by_hand(&self, movement: &HandMovement) -> Result<(), StoreError>;

    /// The movements from an instant (inclusive) to another, in the order of time, at most so many.
    async fn by_hand_between(
        &self,
        span: (Instant, Instant),
        limit: u32,
    ) -> Result<Vec<HandMovement>, StoreError>;
}
