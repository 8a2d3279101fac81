//! Suppliers who make a network know of a renewal, all behind
//! [`farline_app::ports::delivery::DeliverySupplier`].
//!
//! The own network is not here: it is the balance engine, and delivers inside the line pipeline.

pub mod airalo;
pub mod ding;
pub mod dt_one;
pub mod esim_access;
pub mod reloadly;
pub mod simulated;

mod decimal;
mod sending;
mod signature;
mod tokens;
mod wire;

pub use wire::{SupplierPlace, SupplierSettingsError};
