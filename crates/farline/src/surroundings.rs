//! The machine's own clock and randomness: the one place where they are taken.

use farline_app::ports::{Clock, Randomness};
use farline_domain::kernel::Instant;
use std::sync::atomic::{AtomicI64, Ordering};

/// The machine's time, moved forward by the sandbox clock, and never going back.
#[derive(Debug)]
pub(crate) struct ProgramClock {
    ahead_seconds: AtomicI64,
    latest_millis: AtomicI64,
}

impl ProgramClock {
    /// A clock that is this many seconds ahead of the machine's, 0 outside the sandbox.
    pub(crate) fn new(ahead_seconds: i64) -> Self {
        Self { ahead_seconds: AtomicI64::new(ahead_seconds), latest_millis: AtomicI64::new(0) }
    }

    /// Moves the time forward. Returns how many seconds it is ahead now.
    pub(crate) fn advance(&self, seconds: u32) -> i64 {
        let seconds = i64::from(seconds);
        self.ahead_seconds.fetch_add(seconds, Ordering::SeqCst).saturating_add(seconds)
    }
}

impl Clock for ProgramClock {
    #[expect(clippy::disallowed_methods, reason = "the program is where the time is taken")]
    fn now(&self) -> Instant {
        let machine = Instant::from_millis(jiff::Timestamp::now().as_millisecond());
        let ahead = machine.plus_seconds(self.ahead_seconds.load(Ordering::SeqCst));
        let latest = self.latest_millis.fetch_max(ahead.millis(), Ordering::SeqCst);
        Instant::from_millis(latest.max(ahead.millis()))
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MachineRandomness;

impl Randomness for MachineRandomness {
    #[expect(clippy::disallowed_methods, reason = "the program is where randomness is taken")]
    fn fill(&self, buffer: &mut [u8]) {
        if getrandom::fill(buffer).is_err() {
            // Without randomness every id and token would be guessable: stop at once.
            tracing::error!("the operating system gives no randomness");
            std::process::abort();
        }
    }
}
