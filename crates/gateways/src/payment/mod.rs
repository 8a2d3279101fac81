//! Payment providers, all behind [`farline_app::ports::payment::PaymentProvider`].
//!
//! An adapter answers in one of three ways. *Done*: the provider said so in a body that fits what was asked.
//! *Refused*: the provider named a reason of its own that is final, and certainly did nothing. *Unknown*:
//! everything else; the same call under the same key is right then. An adapter never retries by itself.

pub mod paypal;
pub mod sandbox;
pub mod stripe;

mod answer;
mod signature;
