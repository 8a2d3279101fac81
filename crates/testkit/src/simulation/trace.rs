//! What happened, in one line each: a digest of all of it, and the last lines for people.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

/// How many lines are kept for people.
const KEPT: usize = 60;

/// The trace of a run.
#[derive(Default)]
pub(super) struct Trace {
    digest: DefaultHasher,
    last: VecDeque<String>,
    is_told: bool,
}

impl Trace {
    /// A trace that is also told line by line, for whoever looks into one seed.
    pub(super) fn new() -> Self {
        let is_told = std::env::var("FARLINE_TRACE").is_ok_and(|told| !told.is_empty());
        Self { is_told, ..Self::default() }
    }

    /// Notes a line.
    pub(super) fn note(&mut self, line: String) {
        line.hash(&mut self.digest);
        if self.is_told {
            crate::simulation::tell(&line);
        }
        if self.last.len() == KEPT {
            self.last.pop_front();
        }
        self.last.push_back(line);
    }

    /// Equal for equal runs.
    pub(super) fn digest(&self) -> u64 {
        self.digest.finish()
    }

    /// The last lines.
    pub(super) fn last(&self) -> String {
        let lines: Vec<&str> = self.last.iter().map(String::as_str).collect();
        format!("    {}", lines.join("\n    "))
    }
}
