//! Whoever carries notices, and the printer of receipts.

use super::world::World;
use async_trait::async_trait;
use farline_app::ports::documents::{DocumentError, DocumentPrinter, DocumentText};
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many of ten thousand calls get lost on the way there, and as many on the way back.
const LOST: u64 = 300;

/// What was taken, by key: the carrier's own name for it.
pub(super) type CarrierBook = BTreeMap<String, String>;

/// The carrier of one medium.
pub(super) struct Carrier(pub(super) Arc<World>, pub(super) Medium);

#[async_trait]
impl NoticeGateway for Carrier {
    fn name(&self) -> &'static str {
        "carrier"
    }

    fn medium(&self) -> Medium {
        self.1
    }

    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        let world = &self.0;
        world.note(format!("    carrier: {}", message.key));
        let lost = || NoticeError::Unknown("no answer in time".to_owned());
        let effect = || {
            // What it has taken, it has taken.
            let is_known = world.carrier().contains_key(&message.key);
            if !is_known && world.mishap(200) {
                let retry = if world.chance.percent(20) { Retry::Never } else { Retry::Later };
                return Ok(Sent::Refused { code: "busy".to_owned(), retry });
            }
            let mut book = world.carrier();
            let number = book.len();
            let name = book.entry(message.key.clone());
            let provider_id = name.or_insert_with(|| format!("msg-{number}")).clone();
            Ok(Sent::Accepted { provider_id })
        };
        world.call((LOST, lost), effect).await
    }
}

/// A printer whose every sheet is another, so that one printed again is seen to be.
#[derive(Default)]
pub(super) struct Printer(AtomicU64);

impl DocumentPrinter for Printer {
    fn print(&self, document: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        let sheet = self.0.fetch_add(1, Ordering::SeqCst);
        Ok(format!("sheet {sheet} of {}", document.number.1).into_bytes())
    }

    fn fingerprint(&self) -> String {
        "printer".to_owned()
    }
}
