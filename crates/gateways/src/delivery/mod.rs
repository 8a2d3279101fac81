//! Suppliers who make a network know of a renewal, all behind
//! [`farline_app::ports::delivery::DeliverySupplier`].
//!
//! The own network is not here: it is the balance engine, and delivers inside the line pipeline.

pub mod simulated;
