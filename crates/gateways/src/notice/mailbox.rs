//! The demonstration's mailbox: messages land here instead of travelling. It is a real gateway as far
//! as the program can tell, and it keeps its messages over a restart.

use async_trait::async_trait;
use farline_app::ports::Clock;
use farline_app::ports::notice::{
    Mailbox, MailboxEntry, Medium, Message, NoticeError, NoticeGateway, Sent,
};
use farline_domain::kernel::{Instant, Language};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Messages kept in memory and shown; older ones stay in the file only.
const SHOWN: usize = 500;

/// One line of the mailbox's file. Attachments are not kept: receipts have their own storage.
#[derive(Serialize, Deserialize)]
struct Record {
    at: Instant,
    key: String,
    medium: Medium,
    to: String,
    subject: String,
    body: String,
    attachments: Vec<String>,
    language: Language,
}

struct Shelf {
    file: File,
    entries: Vec<MailboxEntry>,
}

/// The mailbox, as the gateway of one medium. Clone it with [`DemonstrationMailbox::for_medium`] to
/// serve the other.
#[derive(Clone)]
pub struct DemonstrationMailbox {
    medium: Medium,
    clock: Arc<dyn Clock>,
    shelf: Arc<Mutex<Shelf>>,
}

impl DemonstrationMailbox {
    /// Opens or creates the mailbox's file. A torn last line, which may end within a letter, is cut:
    /// it was never answered.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        let mut octets = Vec::new();
        file.read_to_end(&mut octets)?;
        let whole = octets.iter().rposition(|octet| *octet == b'\n').map_or(0, |last| last + 1);
        if whole < octets.len() {
            file.set_len(u64::try_from(whole).map_err(io::Error::other)?)?;
            octets.truncate(whole);
        }
        let lines = octets.split(|octet| *octet == b'\n');
        let records = lines.filter_map(|line| serde_json::from_slice::<Record>(line).ok());
        let mut entries: Vec<MailboxEntry> = records.map(entry).collect();
        let spare = entries.len().saturating_sub(SHOWN);
        entries.drain(..spare);
        let shelf = Arc::new(Mutex::new(Shelf { file, entries }));
        Ok(Self { medium: Medium::Email, clock, shelf })
    }

    /// The same mailbox as the gateway of a medium.
    #[must_use]
    pub fn for_medium(&self, medium: Medium) -> Self {
        Self { medium, ..self.clone() }
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(record: Record) -> MailboxEntry {
    let attachments = record.attachments.into_iter().map(|file_name| {
        let media_type = "application/pdf".to_owned();
        farline_app::ports::notice::Attachment { file_name, media_type, bytes: Vec::new() }
    });
    MailboxEntry {
        at: record.at,
        message: Message {
            key: record.key,
            medium: record.medium,
            to: record.to,
            subject: record.subject,
            body: record.body,
            html: None,
            attachments: attachments.collect(),
            language: record.language,
            unsubscribe: None,
        },
    }
}

#[async_trait]
impl NoticeGateway for DemonstrationMailbox {
    fn name(&self) -> &'static str {
        "mailbox"
    }

    fn medium(&self) -> Medium {
        self.medium
    }

    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        let at = self.clock.now();
        let record = Record {
            at,
            key: message.key.clone(),
            medium: message.medium,
            to: message.to.clone(),
            subject: message.subject.clone(),
            body: message.body.clone(),
            attachments: message.attachments.iter().map(|file| file.file_name.clone()).collect(),
            language: message.language,
        };
        let accepted = || Ok(Sent::Accepted { provider_id: format!("mailbox-{}", message.key) });
        let mut shelf = self.shelf();
        // The same key again is the same message: a retry after an unknown outcome lands once.
        if shelf.entries.iter().any(|entry| entry.message.key == message.key) {
            return accepted();
        }
        let mut line =
            serde_json::to_vec(&record).map_err(|error| NoticeError::Unknown(error.to_string()))?;
        line.push(b'\n');
        let written = shelf.file.write_all(&line).and_then(|()| shelf.file.flush());
        written.map_err(|error| NoticeError::Unknown(error.to_string()))?;
        shelf.entries.push(MailboxEntry { at, message: message.clone() });
        if shelf.entries.len() > SHOWN {
            shelf.entries.remove(0);
        }
        accepted()
    }
}

impl Mailbox for DemonstrationMailbox {
    fn newest(&self, limit: usize) -> Vec<MailboxEntry> {
        self.shelf().entries.iter().rev().take(limit).cloned().collect()
    }
}
