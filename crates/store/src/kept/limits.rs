//! Limits: whom they are for only as a digest, and when one is hit.

use farline_app::ports::records::Limit;
use farline_domain::kernel::Instant;
use sha2::{Digest, Sha256};

/// The digest under which a limit is counted.
pub(crate) fn digest(name: &str, subject: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [name, subject] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// A limit and when it is hit.
#[derive(Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) digest: [u8; 32],
    pub(crate) most: u32,
    pub(crate) window_seconds: i64,
    pub(crate) now: Instant,
}

impl Hit {
    pub(crate) fn new(limit: &Limit<'_>, now: Instant) -> Self {
        Self {
            digest: digest(limit.name, limit.subject),
            most: limit.most,
            window_seconds: limit.window_seconds,
            now,
        }
    }

    /// When a window that starts now ends.
    pub(crate) fn ends_at(&self) -> Instant {
        self.now.plus_seconds(self.window_seconds)
    }
}

/// What a hit leads to.
pub(crate) enum Judged {
    /// One too many: wait until then.
    Wait(Instant),
    /// Count one more in the running window.
    Count,
    /// Start a window.
    Start,
}

/// Judges a hit by the window's end and count, if there is a window.
pub(crate) fn judge(found: Option<(i64, u32)>, hit: &Hit) -> Judged {
    match found.filter(|(ends_at, _)| hit.now.millis() < *ends_at) {
        Some((ends_at, hits)) if hits >= hit.most => Judged::Wait(Instant::from_millis(ends_at)),
        Some(_) => Judged::Count,
        None if hit.most == 0 => Judged::Wait(hit.ends_at()),
        None => Judged::Start,
    }
}
