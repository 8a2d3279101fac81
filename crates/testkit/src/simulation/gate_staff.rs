//! The staff at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::staff::{
    AuditSearch, Member, MemberChange, MemberChanged, MemberSecrets, NewStaffLine,
    StoredStaffSession,
};
use farline_app::ports::{Staff, StoreError};
use farline_domain::kernel::{Instant, StaffId};
use farline_domain::staff::StaffAuditLine;

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Staff for Gate {
    async fn member(&self, id: StaffId) -> Kept<Option<Member>> {
        self.read(self.inner.member(id)).await
    }
    async fn member_named(&self, sign_in: &str) -> Kept<Option<Member>> {
        self.read(self.inner.member_named(sign_in)).await
    }
    async fn member_invited(&self, link: &Digest) -> Kept<Option<Member>> {
        self.read(self.inner.member_invited(link)).await
    }
    async fn members(&self) -> Kept<Vec<Member>> {
        self.read(self.inner.members()).await
    }
    async fn member_secrets(&self, id: StaffId) -> Kept<MemberSecrets> {
        self.read(self.inner.member_secrets(id)).await
    }
    async fn staff_session(&self, token: &Digest) -> Kept<Option<StoredStaffSession>> {
        self.read(self.inner.staff_session(token)).await
    }
    async fn touch_staff_session(&self, token: &Digest, at: Instant) -> Kept<()> {
        self.put("a member's session", self.inner.touch_staff_session(token, at)).await
    }
    async fn change_member(
        &self,
        member: StaffId,
        change: MemberChange,
        by: (Option<StaffId>, Instant),
    ) -> Kept<MemberChanged> {
        let name = change.name();
        self.put(name, self.inner.change_member(member, change, by)).await
    }
    async fn note_staff(&self, member: StaffId, line: NewStaffLine, at: Instant) -> Kept<()> {
        self.put("a line of the staff's audit", self.inner.note_staff(member, line, at)).await
    }
    async fn search_staff_audit(&self, search: AuditSearch) -> Kept<Vec<StaffAuditLine>> {
        self.read(self.inner.search_staff_audit(search)).await
    }
    async fn staff_chain(
        &self,
        member: StaffId,
        after: u32,
        limit: u32,
    ) -> Kept<Vec<StaffAuditLine>> {
        self.read(self.inner.staff_chain(member, after, limit)).await
    }
    async fn keep_target(
        &self,
        token: &Digest,
        target: &str,
        times: (Instant, Instant),
    ) -> Kept<()> {
        self.put("a target", self.inner.keep_target(token, target, times)).await
    }
    async fn take_target(&self, token: &Digest, now: Instant) -> Kept<Option<String>> {
        self.put("a target goes", self.inner.take_target(token, now)).await
    }
}
