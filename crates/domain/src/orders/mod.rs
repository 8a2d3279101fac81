//! Orders: one renewal from quote to delivered or refunded. The order tells the truth.

pub mod delivery;
pub mod order;
mod owed;
pub mod quote;
pub mod routing;
pub mod schedule;
mod sold_by;

pub use delivery::{Attempt, Delivered, DeliveryRefusal, Refused, Sending};
pub use order::{Channel, MoneyMoved, Order, OrderState, Passage, Payer, Stage, Task, TaskKind};
pub use quote::{FrenchTerms, Quote};
pub use schedule::{asking_after, person_deadline};
pub use sold_by::{PartnerCode, Seller, ShopCode, ShopRefund, SoldBy};
