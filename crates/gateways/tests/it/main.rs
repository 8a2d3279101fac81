//! The gateways against peers that others wrote.

mod callback;
mod delivery;
mod marketplace;
mod notice;
mod payment;
mod peer;
mod telephone;
