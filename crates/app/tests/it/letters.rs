//! Where messages arrive, for a test to read.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Sent};
use std::sync::Mutex;

/// Takes every message of a medium, and keeps it until somebody looks.
pub(crate) struct LetterBox(Medium, Mutex<Vec<Message>>);

impl LetterBox {
    pub(crate) fn of(medium: Medium) -> Self {
        Self(medium, Mutex::default())
    }

    /// What came since the last look.
    pub(crate) fn empty(&self) -> Vec<Message> {
        std::mem::take(&mut *self.1.lock().unwrap())
    }

    /// The one letter since the last look whose subject begins like this.
    pub(crate) fn take(&self, subject: &str) -> String {
        let letters = self.empty();
        let found: Vec<&Message> =
            letters.iter().filter(|letter| letter.subject.starts_with(subject)).collect();
        assert_eq!(found.len(), 1, "{subject}: {letters:?}");
        found[0].body.clone()
    }
}

#[async_trait]
impl NoticeGateway for LetterBox {
    fn name(&self) -> &'static str {
        "letter-box"
    }
    fn medium(&self) -> Medium {
        self.0
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        self.1.lock().unwrap().push(message.clone());
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}
