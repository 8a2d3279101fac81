//! The journal: one JSON line for each set of changes that belong together, only ever appended to.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{OpenError, records::Change, state::State};

#[derive(Serialize, Deserialize)]
struct Line {
    at_ms: i64,
    changes: Vec<Change>,
}

/// The open file. It is locked, so that a second server on the same file is refused.
pub(crate) struct Journal {
    file: File,
    length: u64,
}

impl Journal {
    /// Opens or creates the file, cuts a torn end and replays the rest.
    pub(crate) fn open(path: &Path) -> Result<(Self, State), OpenError> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            // The addresses to return to may carry a guest's token.
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(path)?;
        file.try_lock().map_err(|_| OpenError::JournalInUse)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = whole_lines(&bytes);
        let mut state = State::default();
        for (index, line) in
            bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n').enumerate()
        {
            if line.is_empty() {
                continue;
            }
            let line: Line = serde_json::from_slice(line)
                .map_err(|source| OpenError::JournalDamaged { line: index + 1, source })?;
            for change in line.changes {
                state.apply(change);
            }
        }
        let length = u64::try_from(whole).map_err(std::io::Error::other)?;
        if whole < bytes.len() {
            tracing::warn!(bytes = bytes.len() - whole, "cut a torn end from the journal");
            file.set_len(length)?;
        }
        file.sync_all()?;
        sync_folder(path)?;
        Ok((Self { file, length }, state))
    }

    /// Writes one line, not yet synced, and returns the length of the file.
    pub(crate) fn append(&mut self, at_ms: i64, changes: &[Change]) -> std::io::Result<u64> {
        let line = Line { at_ms, changes: changes.to_vec() };
        let mut bytes = serde_json::to_vec(&line)?;
        bytes.push(b'\n');
        self.file.write_all(&bytes)?;
        self.length += u64::try_from(bytes.len()).map_err(std::io::Error::other)?;
        Ok(self.length)
    }

    /// How many bytes have been written.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// A second handle on the same file, to sync it without holding up writers.
    pub(crate) fn handle(&self) -> std::io::Result<File> {
        self.file.try_clone()
    }
}

/// How many bytes were certainly written whole. A line's end is written with the line, and a power cut leaves zeros where
/// what was not synced is missing, even before something that is there; nothing behind either was acknowledged.
fn whole_lines(bytes: &[u8]) -> usize {
    let written = bytes.split(|byte| *byte == 0).next().unwrap_or_default();
    written.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1)
}

/// Makes a newly created file's name durable.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or_else(|| Path::new(".")))?.sync_all()
}
