//! What tests of every crate share: a clock that stands still, randomness from a seed, builders of a
//! catalogue, lines, quotes and orders, a PostgreSQL server, and a simulation of the whole house with
//! everybody it deals with. Never part of the program.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "samples are constants: one that does not parse is a mistake in this crate"
)]

pub mod builders;
pub mod callbacks;
pub mod clock;
mod cluster;
pub mod postgres;
mod postgres_programs;
pub mod postgres_tls;
pub mod simulation;

pub use builders::{
    OWN, OWN_BIG, OWN_NEXT, OWN_SMALL, SUPPLIED, SUPPLIED_MONTH, SampleLine, agreement, catalogue,
    data_usage, grant_data, kept_method, new_line, next_plan, noon, placing, quote, today,
};
pub use callbacks::ToldPartners;
pub use clock::{FrozenClock, SeededRandomness};
pub use cluster::Cluster;
pub use postgres::PostgresServer;
pub use postgres_tls::TlsServer;
