//! Progress on anything that takes longer than a second, on stderr and only for people.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Nothing is shown in the first moments: short work needs no progress.
const AFTER: Duration = Duration::from_secs(1);
/// At most this often is it redrawn.
const EVERY: Duration = Duration::from_millis(200);

/// A line that is redrawn as rows, or other things, pass.
#[derive(Debug)]
pub(crate) struct Progress {
    unit: &'static str,
    started: Instant,
    shown: Mutex<Option<Instant>>,
}

impl Progress {
    /// A progress of rows.
    pub(crate) fn of_rows() -> Self {
        Self::of("rows")
    }

    /// A progress of what is counted in this unit.
    pub(crate) fn of(unit: &'static str) -> Self {
        Self { unit, started: Instant::now(), shown: Mutex::new(None) }
    }

    /// Shows how many there are by now.
    pub(crate) fn show(&self, count: u64) {
        let Ok(mut shown) = self.shown.lock() else { return };
        let due = shown.map_or(self.started.elapsed() > AFTER, |last| last.elapsed() > EVERY);
        if !due {
            return;
        }
        *shown = Some(Instant::now());
        let seconds = self.started.elapsed().as_secs().max(1);
        let mut stderr = std::io::stderr().lock();
        let line = format!("{count} {}, {} a second", self.unit, count / seconds);
        let _ = if stderr.is_terminal() {
            write!(stderr, "\r\x1b[K{line}")
        } else {
            writeln!(stderr, "{line}")
        };
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let was_shown = self.shown.lock().is_ok_and(|shown| shown.is_some());
        if was_shown && std::io::stderr().is_terminal() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
