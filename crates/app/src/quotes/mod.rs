//! Quotes: a priced offer for one line.

pub mod make;
pub mod promotions;

pub use make::{QuoteRequest, make, promotions_in, province_of};
pub use promotions::{OfThemselves, Promoting, of_themselves, single_use_code, typed_for};
