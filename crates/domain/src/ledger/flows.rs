//! What became of money over some time, as the entries of that time tell it.

use super::{Account, EntrySetKind};
use crate::kernel::{Currency, Money, MoneyError};
use std::collections::BTreeMap;

/// The flows of each currency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyFlows(BTreeMap<Currency, Flows>);

/// What came in, and where it is now. Amounts are of one currency; each is zero or more unless more was taken back in that
/// time than was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flows {
    /// Taken in, by where it came from: a provider, a hand, whoever sold it, or the credit of lines.
    pub taken: BTreeMap<String, Money>,
    /// Delivered, less what was taken back: sales, taxes and levies.
    pub delivered: Money,
    /// Gone back to payers, less what came back to us.
    pub given_back: Money,
    /// Taken back by payers' banks, less what they gave again.
    pub charged_back: Money,
    /// Kept by providers, as far as it is booked.
    pub fees: Money,
    /// What stands on the account of fees because of it.
    borne: Money,
    /// By how much more, or less, is held than before.
    pub held: Money,
    /// Given back, or taken back by a bank, although it was delivered.
    pub lost: Money,
}

impl Flows {
    fn none(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            taken: BTreeMap::new(),
            delivered: zero,
            given_back: zero,
            charged_back: zero,
            fees: zero,
            borne: zero,
            held: zero,
            lost: zero,
        }
    }

    /// All that was taken in.
    ///
    /// # Errors
    /// When it is more than can be counted.
    pub fn all_taken(&self) -> Result<Money, MoneyError> {
        let none = Money::zero(self.delivered.currency);
        self.taken.values().try_fold(none, |sum, taken| sum.plus(*taken))
    }

    /// Taken in, lost and borne as fees, less delivered, given back, charged back, kept by providers and held: zero, as each set of entries sums to zero.
    ///
    /// # Errors
    /// When it is more than can be counted.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        let back = self.given_back.plus(self.charged_back)?;
        let out = self.delivered.plus(back)?.plus(self.held)?.plus(self.fees)?;
        self.all_taken()?.plus(self.lost)?.plus(self.borne)?.minus(out)
    }

    fn add(
        &mut self,
        kind: EntrySetKind,
        account: &Account,
        money: Money,
    ) -> Result<(), MoneyError> {
        match account {
            Account::Provider(_)
            | Account::ByHand(_)
            | Account::Partner(_)
            | Account::Shop(_)
            | Account::LineCredit => match kind {
                EntrySetKind::Refund | EntrySetKind::RefundReturned => {
                    self.given_back = self.given_back.minus(money)?;
                }
                EntrySetKind::Chargeback | EntrySetKind::ChargebackReturned => {
                    self.charged_back = self.charged_back.minus(money)?;
                }
                EntrySetKind::Fee => self.fees = self.fees.minus(money)?,
                EntrySetKind::Capture | EntrySetKind::Deliver | EntrySetKind::Reverse => {
                    let taken =
                        self.taken.entry(account.name()).or_insert(Money::zero(money.currency));
                    *taken = taken.plus(money)?;
                }
            },
            Account::Held => self.held = self.held.minus(money)?,
            Account::Sales | Account::Tax(..) | Account::Levy(_) => {
                self.delivered = self.delivered.minus(money)?;
            }
            Account::Loss => self.lost = self.lost.plus(money)?,
            Account::Fees => self.borne = self.borne.plus(money)?,
        }
        Ok(())
    }
}

impl MoneyFlows {
    /// Adds the entries of a set.
    ///
    /// # Errors
    /// When a sum is more than can be counted.
    pub fn add(
        &mut self,
        kind: EntrySetKind,
        entries: &[(Account, Money)],
    ) -> Result<(), MoneyError> {
        entries.iter().try_for_each(|(account, money)| {
            let flows = self.0.entry(money.currency).or_insert(Flows::none(money.currency));
            flows.add(kind, account, *money)
        })
    }

    /// The flows of each currency, in the order of their codes.
    pub fn currencies(&self) -> impl Iterator<Item = (Currency, &Flows)> {
        self.0.iter().map(|(currency, flows)| (*currency, flows))
    }
}
