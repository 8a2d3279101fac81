//! Parties we call: each kind has one port, sibling adapters and one contract suite.

pub mod callback;
pub mod delivery;
pub mod marketplace;
pub mod notice;
pub mod payment;
pub mod telephone;
