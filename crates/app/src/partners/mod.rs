//! Partners: who sells from an account with us. Their orders, their account, their keys, and what they are told.

pub mod account;
pub mod admin;
pub mod at_the_desk;
pub mod batch;
pub mod keys;
pub mod orders;
pub mod people;
pub mod prices;
pub mod products;
pub mod requests;
pub mod tell;

pub use account::{Statement, StatementLine, standing, statement, statement_pdf, statement_sheet};
pub use admin::{PartnerChange, change, create, pay_in, pay_in_by, pay_out, set_credit};
pub use at_the_desk::{Booked, PaidIn, PartnerSeen, book_pay_in, see, see_all};
pub use batch::{BatchFault, BatchLine, batch, may_pass, read as read_batch};
pub use keys::{MadeKey, end_key, known_key, let_in, make_key, sign_in};
pub use orders::{OrderWish, PlacedFor, cancel, find, list, place};
pub use people::{email_of, hands_of, partner_for, partners_of};
pub use prices::{PriceMove, Repriced, price_sheet, set_prices};
pub use products::{Product, products};
pub use tell::{replay, secret_of, tell};
