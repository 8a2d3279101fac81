//! Lines, their lifecycle, and what a renewal does to their dates.

pub mod lifecycle;
pub mod renewal;

pub use lifecycle::{
    GraceRenewal, LifecycleRule, Line, LineDates, LineStatus, Milestones, MonthMemory, Period,
};
pub use renewal::{Renewal, RenewalRefusal, renew};
