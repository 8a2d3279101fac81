//! The payment providers of an installation, found by their names.

use crate::Problem;
use crate::ports::payment::PaymentProvider;
use std::sync::Arc;

/// At least one provider, in the order in which they are offered. What a provider once began, a checkout or a refund, is
/// always asked of the same one, by the name that stands beside it.
#[derive(Clone)]
pub struct Providers {
    first: Arc<dyn PaymentProvider>,
    others: Vec<Arc<dyn PaymentProvider>>,
}

impl Providers {
    /// The first is the one that is taken when nobody chooses.
    pub fn new(first: Arc<dyn PaymentProvider>, others: Vec<Arc<dyn PaymentProvider>>) -> Self {
        Self { first, others }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn PaymentProvider>> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The one that is taken when nobody chooses.
    pub fn first(&self) -> &dyn PaymentProvider {
        &*self.first
    }

    /// The provider of that name, if it is configured.
    pub fn find(&self, name: &str) -> Option<&dyn PaymentProvider> {
        self.iter().find(|provider| provider.name() == name).map(|provider| &**provider)
    }

    /// The provider that something was begun with.
    ///
    /// # Errors
    /// [`PaymentProviderUnavailable`](crate::ProblemCode::PaymentProviderUnavailable) when it is not configured any more: an operator has to bring it back
    /// before what was begun can end.
    pub fn of(&self, name: &str) -> Result<&dyn PaymentProvider, Problem> {
        self.find(name).ok_or_else(|| {
            let said = format!("the payment provider {name} is not configured");
            Problem::provider_unavailable(said).money(crate::problem::MoneyWord::Unknown)
        })
    }
}
