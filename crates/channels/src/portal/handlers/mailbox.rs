//! The demonstration's mailbox.

use super::frame::{Frame, html};
use super::{present, problem};
use crate::portal::views::{ClockView, MailMessage, MailboxPage, Medium as ShownMedium};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::notice::{MailboxEntry, Medium};
use farline_app::{Problem, ProblemCode};

/// At most this many messages are shown.
const SHOWN: usize = 100;

/// `GET /mailbox`: only where messages do not travel.
pub async fn mailbox(frame: Frame) -> Response {
    let Some(mailbox) = &frame.channels().mailbox else {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    };
    let messages = mailbox.newest(SHOWN).into_iter().map(|entry| message(&frame, entry));
    let messages = messages.collect();
    let to = format!("/mailbox?lang={}", frame.language.path());
    let clock = ClockView { to, expiry_s: None };
    html(StatusCode::OK, &MailboxPage { layout: frame.layout(), clock, messages })
}

fn message(frame: &Frame, entry: MailboxEntry) -> MailMessage {
    let words = frame.words();
    let at = present::home_zone()
        .map(|zone| present::clock_time(words, entry.at, (&zone, frame.channels().app.now())));
    MailMessage {
        medium: match entry.message.medium {
            Medium::Email => ShownMedium::Email,
            Medium::Sms => ShownMedium::Text,
        },
        to: entry.message.to,
        at: at.unwrap_or_default(),
        subject: entry.message.subject,
        language: entry.message.language,
        body: entry.message.body,
    }
}
