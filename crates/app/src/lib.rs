//! The use cases of Farline: one file per verb, each load → decide → save + enqueue. They know
//! ports, not technologies.

pub mod accounts;
pub mod app;
pub mod auto_renew;
pub mod catalog;
pub mod charging;
pub mod comparison;
pub mod deliveries;
pub mod desk;
pub mod endpoints;
pub mod forecast;
pub mod hotline;
pub mod imports;
pub mod jobs;
pub mod lines;
pub mod marketing;
pub mod methods;
pub mod notices;
pub mod orders;
pub mod partners;
pub mod payments;
pub mod ports;
pub mod problem;
pub mod protection;
pub mod quotes;
pub mod receipts;
pub mod reconcile;
pub mod reminders;
pub mod reports;
mod sheet;
pub mod shops;
pub mod staff;
pub mod subjects;
pub mod suppliers;
pub mod tokens;
pub mod voice;
pub mod wording;

pub use app::{App, Keys, Mode};
pub use problem::{Problem, ProblemCode, ProblemKind};
