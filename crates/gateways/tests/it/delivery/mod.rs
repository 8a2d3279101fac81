//! Delivery suppliers: the contract of the kind, the faults of those that are reached over HTTP, then what is each
//! adapter's own.

mod airalo;
mod contract;
mod depot;
mod ding;
mod dt_one;
mod esim_access;
mod reloadly;
mod simulated;
mod wired;
