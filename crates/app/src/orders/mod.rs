//! Placing, paying, looking at and ending orders.

mod approve_refund;
pub mod cancel;
pub mod cancel_queued;
pub mod choice;
pub mod choose_held;
pub mod evidence;
mod last_bought;
pub mod pay;
pub mod place;
pub mod refund;
pub mod report_wrong_number;
mod rescue;
mod reserve;
pub mod resolve;
pub mod see;
pub mod start_queued;

pub use approve_refund::{approve_refund, refuse_refund};
pub use cancel::cancel;
pub use cancel_queued::cancel_queued;
pub use choice::{CREDIT, Choice, choice, needs_account};
pub use choose_held::choose_held;
pub use evidence::{Evidence, Fact, FactKind, evidence};
pub use last_bought::last_bought;
pub use pay::{Paying, pay, pay_url};
pub use place::{Buyer, PlaceRequest, place, place_claiming};
pub use refund::{RefundWish, Refunded, refund, refund_by_staff};
pub use report_wrong_number::report_wrong_number;
pub use rescue::{Rescue, rescue, rescues, waits_for_a_hand};
pub(crate) use reserve::{LOOK_AFTER_SECONDS, place_under};
pub use resolve::resolve;
pub use see::see;
pub use start_queued::start_queued;
