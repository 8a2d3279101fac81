//! Notices to people: e-mails and text messages, already worded, handed to whoever carries them.
//!
//! An answer is one of three things: taken, refused (known not taken), or unknown. See [`NoticeGateway`].

use std::fmt;

use async_trait::async_trait;
use farline_domain::kernel::Language;
pub use farline_domain::notices::Medium;

/// A file that travels with an e-mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name the reader sees, for example `receipt.pdf`.
    pub file_name: String,
    /// The media type, for example `application/pdf` (RFC 6838).
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Attachment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Attachment")
            .field("media_type", &self.media_type)
            .field("octets", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A worded message to one person, ready to send.
///
/// Its `Debug` shows neither the recipient nor a word of the content: a message may carry a one-time code.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Unique per notice, and the same on every retry of it. It carries no personal data.
    pub key: String,
    /// How it travels.
    pub medium: Medium,
    /// A phone number in E.164 with its `+`, or an e-mail address.
    pub to: String,
    /// The subject line; e-mail only, empty otherwise.
    pub subject: String,
    /// The whole text, plain.
    pub body: String,
    /// The same text as HTML; e-mail only.
    pub html: Option<String>,
    /// Files that travel with it; e-mail only.
    pub attachments: Vec<Attachment>,
    /// The language of subject and text.
    pub language: Language,
    /// Of a message that sells: where whoever gets it wants no more of them, by one POST (RFC 8058).
    pub unsubscribe: Option<String>,
}

impl fmt::Debug for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Message")
            .field("key", &self.key)
            .field("medium", &self.medium)
            .field("language", &self.language)
            .field("attachments", &self.attachments)
            .finish_non_exhaustive()
    }
}

/// What the gateway answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The gateway took it and answers for it from here on.
    Accepted {
        /// The gateway's own name for the message; its later reports carry it.
        provider_id: String,
    },
    /// The gateway did not take it.
    Refused {
        /// The gateway's code as it writes it, or a word of ours for what stopped the message before it.
        code: String,
        /// Whether the same message may be taken later.
        retry: Retry,
    },
}

/// Whether a refused message may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same message will be refused again, for example because the number does not exist.
    Never,
    /// It was certainly not sent, and may be taken later, for example after throttling.
    Later,
}

/// Nothing is known about the message.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// The outcome is unknown: it may or may not have been taken. The text says how that came about.
    #[error("it is unknown whether the message was taken: {0}")]
    Unknown(String),
}

/// Somebody who carries notices of one medium.
///
/// `Ok(Accepted)` and `Ok(Refused)` are answers; `Err` means that nobody knows.
#[async_trait]
pub trait NoticeGateway: Send + Sync {
    /// The gateway's name in tables and logs, for example `smtp`.
    fn name(&self) -> &'static str;

    /// The medium it carries; a message of another medium is refused for ever.
    fn medium(&self) -> Medium;

    /// Hands one message over. Sending the same `key` again repeats the same message in every octet that
    /// lets the other side recognise it.
    ///
    /// # Errors
    /// [`NoticeError::Unknown`] when the message may have been taken but no answer came.
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError>;
}

/// A message as it lies in the demonstration's mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxEntry {
    /// When it arrived.
    pub at: farline_domain::kernel::Instant,
    /// The message.
    pub message: Message,
}

/// The demonstration's mailbox, which anyone can open: every message lands in it instead of
/// travelling.
pub trait Mailbox: Send + Sync {
    /// The newest messages, newest first.
    fn newest(&self, limit: usize) -> Vec<MailboxEntry>;
}
