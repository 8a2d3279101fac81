//! Quotes: a priced offer for one line.

pub mod make;

pub use make::{QuoteRequest, make, promotion_in, province_of};
