//! Methods of payment that providers keep for accounts.

use super::StoreError;
use async_trait::async_trait;
use farline_domain::kernel::{AccountId, Instant, SavedMethodId};
use farline_domain::payments::{KeptMethod, SavedMethod};

/// A method of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountMethod {
    /// Its id, in the account's cell.
    pub id: SavedMethodId,
    /// Whose it is.
    pub account: AccountId,
    /// The provider's adapter.
    pub provider: String,
    /// The method as the provider keeps it.
    pub saved: SavedMethod,
    /// When it was saved.
    pub saved_at: Instant,
    /// Whether the provider said that it must not be charged again.
    pub is_refused: bool,
}

impl AccountMethod {
    /// What is needed to have it charged.
    pub fn kept(&self) -> KeptMethod {
        KeptMethod {
            id: self.id,
            provider: self.provider.clone(),
            customer: self.saved.customer.clone(),
            method: self.saved.id.clone(),
            kind: self.saved.method,
            expiry: self.saved.expiry,
        }
    }
}

/// Saved methods as kept.
#[async_trait]
pub trait Methods: Send + Sync {
    /// The methods of an account, oldest first.
    async fn methods_of_account(
        &self,
        account: AccountId,
    ) -> Result<Vec<AccountMethod>, StoreError>;

    /// Keeps a method. One that the account has already, by the provider's id, keeps our id and takes
    /// the rest. Returns the id it has.
    async fn keep_method(&self, method: &AccountMethod) -> Result<SavedMethodId, StoreError>;

    /// Forgets a method; `false` when there was none.
    async fn forget_method(
        &self,
        account: AccountId,
        method: SavedMethodId,
    ) -> Result<bool, StoreError>;
}
