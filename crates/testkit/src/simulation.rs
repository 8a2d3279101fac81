//! The whole house in one thread, with everybody it deals with, on a clock that only the seed moves.
//!
//! The use cases of `farline-app` run over a real store. Customers, networks, a person and the worker
//! act by the seed's draws; the payment provider, the supplier and the carrier are played, remember
//! what they did, and lose calls and answers; the process ends between any two of its steps and is
//! started again. Beside it, [`book`] keeps what must be true. It is compared after every turn for what
//! the turn touched, and in full, with the store's own checker, every thousand operations. In the end
//! nothing goes wrong any more, time passes, and everything has to come to rest.
//!
//! The same seed makes the same run: each step of each actor is one of a single thread, in an order
//! that the seed draws, and what is written is waited for.

mod book;
mod carrier;
mod chance;
mod gate;
mod gate_accounts;
mod gate_auto_renew;
mod gate_comparison;
mod gate_find;
mod gate_hotline;
mod gate_marketing;
mod gate_money;
mod gate_partners;
mod gate_passkeys;
mod gate_reminders;
mod gate_shops;
mod gate_staff;
mod gate_subjects;
mod gate_voice;
mod gate_vouchers;
mod people;
mod plan;
mod provider;
mod rest;
mod run;
mod supplier;
mod trace;
mod world;

use async_trait::async_trait;
use farline_app::ports::Store;
use std::sync::Arc;

/// Where the stores of a simulation are.
#[async_trait]
pub trait Home: Sync {
    /// Opens the store as one more process does.
    async fn open(&self) -> Arc<dyn Store>;

    /// What the store's own checker finds.
    async fn violations(&self) -> Vec<String>;

    /// How many processes share it.
    fn processes(&self) -> usize;
}

/// How long a simulation is.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// How many operations happen while things go wrong.
    pub operations: u64,
    /// How many lines there are.
    pub lines: u32,
}

/// What a simulation came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ran {
    /// Operations in all, with those until everything was at rest.
    pub operations: u64,
    /// Times at which a process ended.
    pub ends: u64,
    /// Orders placed.
    pub orders: usize,
    /// A digest of everything that happened; equal for equal runs.
    pub digest: u64,
}

/// Runs the simulation of a seed to its rest.
///
/// # Errors
/// What was not as it must be, with the seed, the operation and the last things that happened.
pub fn simulate(home: &dyn Home, seed: u64, length: Length) -> Result<Ran, String> {
    run::run(home, seed, length)
}

#[expect(clippy::print_stderr, reason = "whoever sets FARLINE_TRACE wants to read along")]
fn tell(line: &str) {
    eprintln!("{line}");
}
