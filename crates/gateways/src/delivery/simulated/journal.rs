//! What was sent under each reference: one JSON line each, synced before it is answered, only ever appended to. Of
//! the number it keeps the last two digits.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{Error, Read, Write};
use std::path::Path;

use farline_domain::kernel::Instant;
use serde::{Deserialize, Serialize};

use super::OpenError;
use super::outcome::Outcome;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    reference: String,
    /// The number's last two digits; none when it does not end in digits.
    ending: Option<u8>,
    sent_at_ms: i64,
}

/// One delivery.
pub(super) struct Sent {
    pub(super) outcome: Outcome,
    pub(super) at: Instant,
    /// The supplier's own reference: its place in the journal, and so the same after every reopening.
    pub(super) supplier_reference: String,
}

/// The open file, locked, with what it says.
pub(super) struct Journal {
    file: File,
    sent: HashMap<String, Sent>,
    /// A write or its sync failed. What the file holds is known only after reading it anew, so nothing more is
    /// taken until then.
    broken: bool,
}

impl Journal {
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        file.try_lock().map_err(|_| OpenError::InUse)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = whole_lines(&bytes);
        if whole < bytes.len() {
            tracing::warn!(bytes = bytes.len() - whole, "cut a torn end from the journal");
            bytes.truncate(whole);
            file.set_len(u64::try_from(whole).map_err(Error::other)?)?;
        }
        let mut journal = Self { file, sent: HashMap::new(), broken: false };
        for (index, text) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let damaged = OpenError::Damaged { line: index + 1 };
            let line = serde_json::from_slice(text).map_err(|_| damaged)?;
            journal.remember(line);
        }
        journal.file.sync_all()?;
        sync_folder(path)?;
        Ok(journal)
    }

    pub(super) fn sent(&self, reference: &str) -> Option<&Sent> {
        self.sent.get(reference)
    }

    /// What stands under the reference: what was kept first, or this, on the disk.
    pub(super) fn keep(
        &mut self,
        reference: &str,
        ending: Option<u8>,
        at: Instant,
    ) -> std::io::Result<&Sent> {
        if !self.sent.contains_key(reference) {
            self.append(Line { reference: reference.to_owned(), ending, sent_at_ms: at.millis() })?;
        }
        self.sent.get(reference).ok_or_else(|| Error::other("the line was not remembered"))
    }

    fn append(&mut self, line: Line) -> std::io::Result<()> {
        if self.broken {
            return Err(Error::other("an earlier write failed; open the journal again"));
        }
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_data());
        self.broken = written.is_err();
        written?;
        self.remember(line);
        Ok(())
    }

    fn remember(&mut self, line: Line) {
        let sent = Sent {
            outcome: Outcome::of(line.ending),
            at: Instant::from_millis(line.sent_at_ms),
            supplier_reference: format!("SIM-{:08}", self.sent.len() + 1),
        };
        self.sent.insert(line.reference, sent);
    }
}

/// How many bytes were certainly written whole. A line's end is written with the line, and a power cut leaves zeros where
/// what was not synced is missing, even before an end that is there; such a line was never answered.
fn whole_lines(bytes: &[u8]) -> usize {
    let written = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    written.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1)
}

/// Makes a newly created file's name durable.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}
