//! Choices about messages that sell, at the gate.

use super::gate::Gate;
use async_trait::async_trait;
use farline_app::ports::marketing::Consenting;
use farline_app::ports::{MarketingChoices, StoreError};
use farline_domain::accounts::MarketingChoice;
use farline_domain::kernel::AccountId;

type Kept<T> = Result<T, StoreError>;

#[async_trait]
impl MarketingChoices for Gate {
    async fn keep_marketing_choice(
        &self,
        account: AccountId,
        choice: &MarketingChoice,
    ) -> Kept<bool> {
        self.put("a choice", self.inner.keep_marketing_choice(account, choice)).await
    }
    async fn marketing_choices(&self, account: AccountId) -> Kept<Vec<MarketingChoice>> {
        self.read(self.inner.marketing_choices(account)).await
    }
    async fn consenting(&self, accounts: &[AccountId]) -> Kept<Vec<Consenting>> {
        self.read(self.inner.consenting(accounts)).await
    }
}
