//! Lines, their lifecycle, and what a renewal does to their dates.

pub mod keep;
pub mod lifecycle;
pub mod name;
pub mod renewal;

pub use keep::{
    KeepOffer, KeepQuestion, KeepRefusal, KeepSchedule, Keeping, PlannedRenewal, WithoutService,
    keep,
};
pub use lifecycle::{
    GraceRenewal, Leftover, LifecycleRule, Line, LineDates, LineStatus, Milestones, MonthMemory,
    Period,
};
pub use name::{HolderName, NameError, words_of};
pub use renewal::{Renewal, RenewalRefusal, Waits, renew, start_early};
