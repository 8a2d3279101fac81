//! How much a person may move alone.

use super::{Role, Roles};
use crate::kernel::Money;

/// Up to which amount each role acts alone, in minor units of the business's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// An agent.
    pub agent: i64,
    /// A senior agent.
    pub senior_agent: i64,
    /// A supervisor, and who looks after money.
    pub supervisor: i64,
}

impl Amounts {
    /// What one person gives back alone, unless the business says otherwise: $50, $200, $1,000.
    pub const REFUNDS: Self = Self { agent: 5_000, senior_agent: 20_000, supervisor: 100_000 };
    /// What one person takes outside of any provider: $200, $500, $2,000.
    pub const MANUAL_PAYMENTS: Self =
        Self { agent: 20_000, senior_agent: 50_000, supervisor: 200_000 };

    const fn of(self, role: Role) -> i64 {
        match role {
            Role::Agent => self.agent,
            Role::SeniorAgent => self.senior_agent,
            Role::Supervisor | Role::Finance => self.supervisor,
            Role::Catalogue | Role::Auditor => 0,
        }
    }
}

fn most(amounts: Amounts, roles: &Roles) -> i64 {
    roles.iter().map(|role| amounts.of(role)).max().unwrap_or(0)
}

/// The largest refund that these roles give alone, in the currency of `like`. What was given back of the same order by
/// the same person before counts towards it; the use case sums that.
pub fn refund_limit(amounts: Amounts, roles: &Roles, like: Money) -> Money {
    Money { minor: most(amounts, roles), currency: like.currency }
}

/// The largest payment that these roles take by hand, in the currency of `like`.
pub fn manual_payment_limit(amounts: Amounts, roles: &Roles, like: Money) -> Money {
    Money { minor: most(amounts, roles), currency: like.currency }
}
