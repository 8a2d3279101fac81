//! Consent to messages that sell, as kept: choices that are only ever added.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::accounts::MarketingChoice;
use farline_domain::kernel::AccountId;
use farline_domain::notices::Medium;

/// An account whose consent stands, and for which medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Consenting {
    /// Who.
    pub account: AccountId,
    /// To messages by this.
    pub medium: Medium,
}

/// Choices about messages that sell. They stay for ever, also when their account is deleted: its id leads to nobody then, and
/// they hold nothing personal.
#[async_trait]
pub trait MarketingChoices: Send + Sync {
    /// Keeps a choice; `false`, and nothing is kept, if there is no such account any more. The same choice again is one.
    async fn keep_marketing_choice(
        &self,
        account: AccountId,
        choice: &MarketingChoice,
    ) -> Result<bool, StoreError>;

    /// The choices of an account, oldest first.
    async fn marketing_choices(
        &self,
        account: AccountId,
    ) -> Result<Vec<MarketingChoice>, StoreError>;

    /// Of these accounts those whose consent stands, in order, each medium by itself.
    async fn consenting(&self, accounts: &[AccountId]) -> Result<Vec<Consenting>, StoreError>;
}
