//! Finding a line and looking at it.

pub mod find;
pub mod hours;
pub mod keep;
pub mod outlook;

pub use find::{find, operator_of};
pub use hours::{Hours, MovingAdvice, Window, hours};
pub use keep::{KeepAnswer, KeepPlan, keep};
pub use outlook::{Foretold, Outlook, outlook};
