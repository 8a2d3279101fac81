//! Quotes: a priced offer for one line.

pub mod make;

pub use make::{QuoteRequest, make, province_of};
