//! The demonstration's mailbox over the ends of the program.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use farline_app::ports::Clock;
use farline_app::ports::notice::{Mailbox, Medium, Message, NoticeGateway};
use farline_domain::kernel::{Instant, Language};
use farline_gateways::notice::mailbox::DemonstrationMailbox;
use std::fs;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug)]
struct StandingClock;

impl Clock for StandingClock {
    fn now(&self) -> Instant {
        Instant::from_millis(1_800_000_000_000)
    }
}

fn open(path: &Path) -> DemonstrationMailbox {
    DemonstrationMailbox::open(path, Arc::new(StandingClock)).unwrap()
}

fn message(key: &str) -> Message {
    Message {
        key: key.to_owned(),
        medium: Medium::Email,
        to: "payer@example.org".to_owned(),
        subject: "续费成功".to_owned(),
        body: "已到账。".to_owned(),
        html: None,
        attachments: Vec::new(),
        language: Language::ZhCn,
        unsubscribe: None,
    }
}

fn keys(mailbox: &DemonstrationMailbox) -> Vec<String> {
    mailbox.newest(10).into_iter().map(|entry| entry.message.key).collect()
}

/// Wherever a kill tears the last line, within a letter too, the rest is there, and so is what comes.
#[tokio::test]
async fn a_line_torn_anywhere_is_cut_and_harms_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mailbox.jsonl");
    let mailbox = open(&path);
    mailbox.send(&message("first")).await.unwrap();
    let first = fs::read(&path).unwrap();
    mailbox.send(&message("second")).await.unwrap();
    drop(mailbox);
    let both = fs::read(&path).unwrap();
    for length in first.len()..both.len() {
        fs::write(&path, both.get(..length).unwrap()).unwrap();
        let mailbox = open(&path);
        assert_eq!(keys(&mailbox), ["first"], "{length} octets");
        mailbox.send(&message("second")).await.unwrap();
        drop(mailbox);
        assert_eq!(keys(&open(&path)), ["second", "first"], "{length} octets");
    }
}
