//! Orders: one renewal from quote to delivered or refunded. The order tells the truth.

pub mod order;
mod owed;
pub mod quote;
pub mod schedule;
mod sold_by;

pub use order::{
    Channel, Delivered, DeliveryRefusal, MoneyMoved, Order, OrderState, Passage, Payer, Sending,
    Stage, Task, TaskKind,
};
pub use quote::{FrenchTerms, Quote};
pub use schedule::{asking_after, person_deadline};
pub use sold_by::{PartnerCode, Seller, ShopCode, ShopRefund, SoldBy};
