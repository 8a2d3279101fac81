//! How a line will fare, from its own use: when what is left runs out, how sure that is, and how much a day lasts to the end.
//!
//! Pure and deterministic: the same days give the same dates on every machine. The method and its sources stand in the README.

mod advice;
mod ahead;
mod backtest;
mod history;
mod hours;
mod smoothing;

pub use advice::{Fit, Spare, days_of, fit, spare};
pub use ahead::{DayAhead, Forecast, HORIZON_DAYS, RunsOut, Stock, budget, forecast};
pub use backtest::{Method, Score, Scores, hold_out};
pub use history::{History, LEAST_DAYS, LOOK_BACK_DAYS, TooLittleHistory};
pub use hours::{BUSIEST_HOURS, ByHour, HOURS, Moving, moving, week_of};
