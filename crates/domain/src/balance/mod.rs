//! Buckets: what a line was granted, what is reserved and used, and in which order it is drawn down.

pub mod bucket;
pub mod depletion;
pub mod draw_down;

pub use bucket::{Bucket, BucketEntry, EntryKind, Origin, Reservation, Session};
pub use depletion::{Depletion, DepletionMark};
pub use draw_down::{Usage, draw_down_order};
