//! Subjects across cells: an order holds something of a subject before it is made, its own end
//! captures or releases that by a job, and a reconciler sees to what neither did.

pub mod limit;
pub mod reconcile;
pub mod settle;

pub use limit::limit_promotions;
pub use reconcile::{free, look_after, reconcile};
pub use settle::settle;
