//! The same need priced over every channel: what each offer costs in all, how long it lasts, and which is best.
//!
//! Pure and exact: the same listings, rates and need give the same order on every machine. What counts as covering a need, and
//! how ties are broken, stands in the README.

mod compare;
mod exchange;
mod listing;
mod own;
mod reach;
mod service;
mod wanted;

pub use compare::{
    Best, Comparison, NotComparable, Offered, Reason, SortedBy, WhyNot, compare, dominates,
};
pub use exchange::{ExchangeRate, UnitRate};
pub use listing::{
    Granted, Grants, ListedTax, Listing, ListingCode, ListingKey, Seller, SellerName,
};
pub use reach::{Cover, Gives, Lack, Lasts, MOST_TIMES, Never};
pub use service::{LEAST_ORDERS, Sample, SampleOutcome, Service, measure};
pub use wanted::{Amounts, LONGEST_DAYS, Wanted, WantedFault};
