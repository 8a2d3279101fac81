//! Auto-renews and saved methods at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::auto_renew::AutoRenewNoticeRecord;
use farline_app::ports::methods::AccountMethod;
use farline_app::ports::{AutoRenews, Methods, StoreError};
use farline_domain::auto_renew::ConsentRecord;
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl AutoRenews for Gate {
    async fn consents(&self, line: LineId) -> Kept<Vec<ConsentRecord>> {
        self.read(self.inner.consents(line)).await
    }
    async fn record_auto_renew_notice(&self, record: &AutoRenewNoticeRecord) -> Kept<()> {
        self.put("a notice", self.inner.record_auto_renew_notice(record)).await
    }
    async fn auto_renew_notices(&self, line: LineId) -> Kept<Vec<AutoRenewNoticeRecord>> {
        self.read(self.inner.auto_renew_notices(line)).await
    }
}

#[async_trait]
impl Methods for Gate {
    async fn methods_of_account(&self, account: AccountId) -> Kept<Vec<AccountMethod>> {
        self.read(self.inner.methods_of_account(account)).await
    }
    async fn keep_method(&self, method: &AccountMethod) -> Kept<SavedMethodId> {
        self.put("a method", self.inner.keep_method(method)).await
    }
    async fn forget_method(&self, account: AccountId, method: SavedMethodId) -> Kept<bool> {
        self.put("a method goes", self.inner.forget_method(account, method)).await
    }
}
