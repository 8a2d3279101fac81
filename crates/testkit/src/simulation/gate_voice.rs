//! Calls and text messages at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::voice::{Digest, SpokenConsent, StoredCall, TextOffer};
use farline_app::ports::{StoreError, Voice};
use farline_domain::kernel::{Instant, LineId};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Voice for Gate {
    async fn voice_call(&self, call: &Digest) -> Kept<Option<StoredCall>> {
        self.read(self.inner.voice_call(call)).await
    }
    async fn keep_voice_call(&self, call: &Digest, kept: &StoredCall) -> Kept<bool> {
        self.put("a call", self.inner.keep_voice_call(call, kept)).await
    }
    async fn forget_voice_call(&self, call: &Digest) -> Kept<()> {
        self.put("a call goes", self.inner.forget_voice_call(call)).await
    }
    async fn forget_voice_calls(&self, silent_since: Instant) -> Kept<u64> {
        self.put("calls go", self.inner.forget_voice_calls(silent_since)).await
    }
    async fn stop_texts(&self, number: &Digest, at: Instant) -> Kept<bool> {
        self.put("no more texts", self.inner.stop_texts(number, at)).await
    }
    async fn start_texts(&self, number: &Digest) -> Kept<bool> {
        self.put("texts again", self.inner.start_texts(number)).await
    }
    async fn wants_no_texts(&self, number: &Digest) -> Kept<bool> {
        self.read(self.inner.wants_no_texts(number)).await
    }
    async fn keep_text_offer(&self, line: LineId, offer: &TextOffer) -> Kept<()> {
        self.put("an offer", self.inner.keep_text_offer(line, offer)).await
    }
    async fn text_offer(&self, line: LineId) -> Kept<Option<TextOffer>> {
        self.read(self.inner.text_offer(line)).await
    }
    async fn forget_text_offer(&self, line: LineId) -> Kept<()> {
        self.put("an offer goes", self.inner.forget_text_offer(line)).await
    }
    async fn keep_spoken_consent(&self, line: LineId, consent: &SpokenConsent) -> Kept<()> {
        self.put("a yes", self.inner.keep_spoken_consent(line, consent)).await
    }
    async fn spoken_consents(&self, line: LineId) -> Kept<Vec<SpokenConsent>> {
        self.read(self.inner.spoken_consents(line)).await
    }
}
