//! The demonstration mailbox: what would have gone out by e-mail and text.

use askama::Template;
use farline_domain::kernel::Language;

use super::ClockView;
use crate::portal::layout::{Layout, Section};

/// `GET /mailbox[?lang=]`. Only the demonstration has it, and anyone can open it.
#[derive(Debug, Template)]
#[template(path = "mailbox.html")]
pub struct MailboxPage {
    /// The frame, with a path of [`crate::portal::layout::PagePath::Fixed`].
    pub layout: Layout,
    /// The demonstration's clock.
    pub clock: ClockView,
    /// Newest first.
    pub messages: Vec<MailMessage>,
}

/// A message that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailMessage {
    /// By which way.
    pub medium: Medium,
    /// The address or number it went to.
    pub to: String,
    /// When.
    pub at: String,
    /// The subject of an e-mail; empty for a text.
    pub subject: String,
    /// The language it is written in.
    pub language: Language,
    /// The body as plain text.
    pub body: String,
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// E-mail.
    Email,
    /// A text message.
    Text,
}

/// A run of a message's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Words.
    Words(&'a str),
    /// A web address, which is shown as a link.
    Link(&'a str),
}

impl MailMessage {
    /// The body in paragraphs of words and links. An address starts with `http://` or `https://` and ends before white
    /// space, an ideographic mark or closing punctuation.
    pub fn paragraphs(&self) -> Vec<Vec<Segment<'_>>> {
        self.body.lines().filter(|line| !line.trim().is_empty()).map(segments).collect()
    }
}

fn segments(line: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) =
        ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min()
    {
        let (words, tail) = rest.split_at(start);
        let end = tail
            .find(|character: char| !character.is_ascii_graphic() || "<>\"".contains(character))
            .unwrap_or(tail.len());
        let (address, after) = tail.split_at(end);
        let address_alone = address.trim_end_matches(['.', ',', ';', ')']);
        found.push(Segment::Words(words));
        found.push(Segment::Link(address_alone));
        rest = tail.get(address_alone.len()..).unwrap_or(after);
    }
    found.push(Segment::Words(rest));
    found.retain(|segment| !matches!(segment, Segment::Words("")));
    found
}
