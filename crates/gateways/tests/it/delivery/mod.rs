//! Delivery suppliers: the contract of the kind, then what is each adapter's own.

mod contract;
mod simulated;
