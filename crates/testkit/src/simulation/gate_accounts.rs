//! Accounts at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::StoreError;
use farline_app::ports::accounts::{
    Account, AccountChange, AccountContact, Accounts, BucketChange, Changed, Digest, LinePerson,
    StoredCode, StoredRequest, StoredSession,
};
use farline_domain::accounts::{CodeAnswer, RequestId, Rights};
use farline_domain::commands::{Actor, AuditLine};
use farline_domain::kernel::{AccountId, Instant, LineId};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl Accounts for Gate {
    async fn account(&self, id: AccountId) -> Kept<Option<Account>> {
        self.read(self.inner.account(id)).await
    }
    async fn account_at(&self, address: &Digest) -> Kept<Option<AccountId>> {
        self.read(self.inner.account_at(address)).await
    }
    async fn account_contacts(&self, id: AccountId) -> Kept<Vec<AccountContact>> {
        self.read(self.inner.account_contacts(id)).await
    }
    async fn session(&self, token: &Digest) -> Kept<Option<StoredSession>> {
        self.read(self.inner.session(token)).await
    }
    async fn account_sessions(&self, id: AccountId) -> Kept<Vec<StoredSession>> {
        self.read(self.inner.account_sessions(id)).await
    }
    async fn touch_session(&self, token: &Digest, at: Instant) -> Kept<()> {
        self.put("a session's use", self.inner.touch_session(token, at)).await
    }
    async fn lines_of_account(&self, id: AccountId) -> Kept<Vec<LinePerson>> {
        self.read(self.inner.lines_of_account(id)).await
    }
    async fn former_lines(&self, id: AccountId) -> Kept<Vec<LineId>> {
        self.read(self.inner.former_lines(id)).await
    }
    async fn people_of_line(&self, line: LineId) -> Kept<Vec<LinePerson>> {
        self.read(self.inner.people_of_line(line)).await
    }
    async fn rights_to_line(&self, account: AccountId, line: LineId) -> Kept<Option<Rights>> {
        self.read(self.inner.rights_to_line(account, line)).await
    }
    async fn line_request(&self, id: RequestId) -> Kept<Option<StoredRequest>> {
        self.read(self.inner.line_request(id)).await
    }
    async fn requests_of_line(&self, line: LineId) -> Kept<Vec<StoredRequest>> {
        self.read(self.inner.requests_of_line(line)).await
    }
    async fn requests_of_account(&self, id: AccountId) -> Kept<Vec<StoredRequest>> {
        self.read(self.inner.requests_of_account(id)).await
    }
    async fn account_audit(&self, id: AccountId) -> Kept<Vec<AuditLine>> {
        self.read(self.inner.account_audit(id)).await
    }
    async fn bucket_changes(
        &self,
        line: LineId,
        until: Instant,
        limit: u32,
    ) -> Kept<Vec<BucketChange>> {
        self.read(self.inner.bucket_changes(line, until, limit)).await
    }
    async fn keep_code(&self, code: StoredCode, now: Instant) -> Kept<()> {
        self.put("a code", self.inner.keep_code(code, now)).await
    }
    async fn kept_code(&self, subject: &Digest) -> Kept<Option<StoredCode>> {
        self.read(self.inner.kept_code(subject)).await
    }
    async fn try_code(
        &self,
        subject: &Digest,
        typed: &Digest,
        now: Instant,
    ) -> Kept<(CodeAnswer, Option<String>)> {
        self.put("a try", self.inner.try_code(subject, typed, now)).await
    }
    async fn change_account(
        &self,
        account: AccountId,
        change: AccountChange,
        by: (Actor, Instant),
    ) -> Kept<Changed> {
        let name = change.name();
        self.put(name, self.inner.change_account(account, change, by)).await
    }
}
