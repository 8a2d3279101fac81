//! What people read: the facts of the domain put into the words of `farline-texts`. Pure functions
//! without IO, shared by pages, the API, notices and documents, so that one thing has one wording.

pub mod account;
pub mod auto_renew;
pub mod business;
mod comparison;
pub mod hotline;
mod labels;
pub mod listing;
pub mod marketing;
pub mod notice;
mod promotion;
pub mod receipt;
pub mod reminder;
mod site;
pub mod sms;
pub mod statement;
pub mod terms;
pub mod voice;

pub use comparison::{
    channel_service, offer_covers, offer_gives, offer_lasts, offer_price, offer_reason,
    offer_why_not,
};
pub use labels::{
    allowance, allowances, clock, day_in_zone, hint, masked, method_and_reference, or_used_up,
    paid_with, payment_method, price_item_label, problem, province, reason, refund_reason, refusal,
    starts, validity_text,
};
pub use promotion::{promotion_applied, promotion_gives, promotion_limits, promotion_terms};
