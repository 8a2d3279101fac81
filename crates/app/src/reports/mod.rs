//! What an operator's books need: read through, never kept.

pub mod money;

pub use money::{ReportError, money};
