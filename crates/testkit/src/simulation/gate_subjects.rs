//! Subjects at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::StoreError;
use farline_app::ports::subjects::{Move, SubjectEnvelope, Subjects};
use farline_domain::kernel::Instant;
use farline_domain::subjects::{
    Holder, Named, Reservation, Reserved, Subject, SubjectAnswer, SubjectEntry, SubjectKey,
    SubjectRefusal, Tally,
};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Subjects for Gate {
    async fn run_on_subject(
        &self,
        envelope: SubjectEnvelope,
    ) -> Kept<Result<SubjectAnswer, SubjectRefusal>> {
        self.put("a subject", self.inner.run_on_subject(envelope)).await
    }
    async fn subject(&self, key: &SubjectKey) -> Kept<Option<Subject>> {
        self.read(self.inner.subject(key)).await
    }
    async fn share(&self, key: &SubjectKey, holder: &Holder) -> Kept<Tally> {
        self.read(self.inner.share(key, holder)).await
    }
    async fn entry_named(&self, key: &SubjectKey, named: &Named) -> Kept<Option<SubjectEntry>> {
        self.read(self.inner.entry_named(key, named)).await
    }
    async fn entries_before(&self, key: &SubjectKey, number: u64, limit: u32) -> Kept<Vec<Move>> {
        self.read(self.inner.entries_before(key, number, limit)).await
    }
    async fn reservation(&self, reserved: &Reserved) -> Kept<Option<Reservation>> {
        self.read(self.inner.reservation(reserved)).await
    }
    async fn reservations_to_look_at(&self, now: Instant, limit: u32) -> Kept<Vec<Reservation>> {
        self.read(self.inner.reservations_to_look_at(now, limit)).await
    }
    async fn look_again(&self, reserved: &Reserved, at: Instant) -> Kept<()> {
        self.put("a look", self.inner.look_again(reserved, at)).await
    }
}
