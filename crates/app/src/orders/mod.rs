//! Placing, paying, looking at and ending orders.

pub mod cancel;
pub mod choice;
pub mod choose_held;
pub mod pay;
pub mod place;
pub mod refund;
pub mod report_wrong_number;
mod reserve;
pub mod resolve;
pub mod see;

pub use cancel::cancel;
pub use choice::{CREDIT, Choice, choice, needs_account};
pub use choose_held::choose_held;
pub use pay::{Paying, pay, pay_url};
pub use place::{Buyer, PlaceRequest, place, place_claiming};
pub use refund::{RefundWish, refund};
pub use report_wrong_number::report_wrong_number;
pub use resolve::resolve;
pub use see::see;
