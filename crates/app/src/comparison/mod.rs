//! The same need priced over every channel: our own plans, and what others list; and how well each channel serves.

mod listing;
mod service;

pub use listing::{Asking, Compared, Viewer, compare_all};
pub use service::{ChannelService, measure_channels, services};
