//! What tax was collected over some time, and on what: from the prices of what was delivered and taken back, held
//! against what was posted to the accounts of taxes.

use super::{Account, EntrySetKind};
use crate::catalog::{Price, TaxKind, Taxed};
use crate::kernel::{Currency, Money, MoneyError, Province};
use std::collections::BTreeMap;

/// A tax of one province, in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaxOf {
    /// Where.
    pub province: Province,
    /// Which tax.
    pub kind: TaxKind,
    /// In which currency.
    pub currency: Currency,
}

/// Bases and taxes, each zero or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxSums {
    /// What was delivered, without tax.
    pub delivered_base: Money,
    /// The tax on it.
    pub delivered_tax: Money,
    /// What was taken back, without tax.
    pub reversed_base: Money,
    /// The tax on it.
    pub reversed_tax: Money,
    /// By how much the tax's account grew.
    pub posted: Money,
}

impl TaxSums {
    const fn none(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            delivered_base: zero,
            delivered_tax: zero,
            reversed_base: zero,
            reversed_tax: zero,
            posted: zero,
        }
    }

    /// What the tax is due on; below zero where more was taken back than delivered.
    ///
    /// # Errors
    /// When it is more than can be counted.
    pub fn base(&self) -> Result<Money, MoneyError> {
        self.delivered_base.minus(self.reversed_base)
    }

    /// The tax that is due.
    ///
    /// # Errors
    /// When it is more than can be counted.
    pub fn tax(&self) -> Result<Money, MoneyError> {
        self.delivered_tax.minus(self.reversed_tax)
    }

    /// What was posted, less the tax that is due: zero, as each delivery posts the taxes of its price.
    ///
    /// # Errors
    /// When it is more than can be counted.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        self.posted.minus(self.tax()?)
    }
}

/// The taxes of some time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxBooks {
    taxes: BTreeMap<TaxOf, TaxSums>,
    lost: BTreeMap<Currency, Money>,
}

impl TaxBooks {
    /// Whether a set of entries is of a delivery, or takes one back. A loss that turns out to be none is taken back too,
    /// but nothing is sold or bought by it.
    pub fn is_of_delivery(kind: EntrySetKind, entries: &[(Account, Money)]) -> bool {
        match kind {
            EntrySetKind::Deliver => true,
            EntrySetKind::Reverse => {
                entries.iter().any(|(account, _)| matches!(account, Account::Sales))
            }
            EntrySetKind::Capture
            | EntrySetKind::Refund
            | EntrySetKind::RefundReturned
            | EntrySetKind::Chargeback
            | EntrySetKind::ChargebackReturned
            | EntrySetKind::Fee => false,
        }
    }

    /// Adds the entries of a set, and the price of the order whose delivery they are of, as far as it is known. Says
    /// whether the taxes of both are the same.
    ///
    /// # Errors
    /// When a sum is more than can be counted.
    pub fn add(
        &mut self,
        kind: EntrySetKind,
        entries: &[(Account, Money)],
        price: Option<&Price>,
    ) -> Result<bool, MoneyError> {
        let (mut posted, mut priced) = (Self::default(), Self::default());
        for (account, money) in entries {
            posted.post(account, *money)?;
        }
        if let Some(price) = price.filter(|_| Self::is_of_delivery(kind, entries)) {
            for taxed in price.taxed()? {
                priced.turn_over(kind, price.province, taxed)?;
            }
        }
        let is_same = posted.sums_to(&priced)?;
        self.merge(&posted)?;
        self.merge(&priced)?;
        Ok(is_same)
    }

    fn sums(&mut self, of: TaxOf) -> &mut TaxSums {
        self.taxes.entry(of).or_insert(TaxSums::none(of.currency))
    }

    fn post(&mut self, account: &Account, money: Money) -> Result<(), MoneyError> {
        match account {
            Account::Tax(province, kind) => {
                let currency = money.currency;
                let sums = self.sums(TaxOf { province: *province, kind: *kind, currency });
                sums.posted = sums.posted.minus(money)?;
            }
            Account::Loss => {
                let lost = self.lost.entry(money.currency).or_insert(Money::zero(money.currency));
                *lost = lost.plus(money)?;
            }
            Account::Provider(_)
            | Account::ByHand(_)
            | Account::Partner(_)
            | Account::Shop(_)
            | Account::LineCredit
            | Account::Held
            | Account::Sales
            | Account::Levy(_)
            | Account::Fees => {}
        }
        Ok(())
    }

    fn turn_over(
        &mut self,
        kind: EntrySetKind,
        province: Province,
        taxed: Taxed,
    ) -> Result<(), MoneyError> {
        let Taxed { kind: tax, base, amount } = taxed;
        let sums = self.sums(TaxOf { province, kind: tax, currency: amount.currency });
        if kind == EntrySetKind::Reverse {
            sums.reversed_base = sums.reversed_base.plus(base)?;
            sums.reversed_tax = sums.reversed_tax.plus(amount)?;
        } else {
            sums.delivered_base = sums.delivered_base.plus(base)?;
            sums.delivered_tax = sums.delivered_tax.plus(amount)?;
        }
        Ok(())
    }

    /// Whether what was posted here is the tax that is due there.
    fn sums_to(&self, priced: &Self) -> Result<bool, MoneyError> {
        for of in self.taxes.keys().chain(priced.taxes.keys()) {
            let none = TaxSums::none(of.currency);
            let posted = self.taxes.get(of).unwrap_or(&none).posted;
            if posted != priced.taxes.get(of).unwrap_or(&none).tax()? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn merge(&mut self, other: &Self) -> Result<(), MoneyError> {
        for (of, more) in &other.taxes {
            let sums = self.sums(*of);
            sums.delivered_base = sums.delivered_base.plus(more.delivered_base)?;
            sums.delivered_tax = sums.delivered_tax.plus(more.delivered_tax)?;
            sums.reversed_base = sums.reversed_base.plus(more.reversed_base)?;
            sums.reversed_tax = sums.reversed_tax.plus(more.reversed_tax)?;
            sums.posted = sums.posted.plus(more.posted)?;
        }
        for (currency, more) in &other.lost {
            let lost = self.lost.entry(*currency).or_insert(Money::zero(*currency));
            *lost = lost.plus(*more)?;
        }
        Ok(())
    }

    /// Each tax with its sums, by province.
    pub fn taxes(&self) -> impl Iterator<Item = (TaxOf, &TaxSums)> {
        self.taxes.iter().map(|(of, sums)| (*of, sums))
    }

    /// What went back although it was delivered, tax and all, by currency. Its tax stays collected: what was sold was
    /// not taken back.
    pub fn lost(&self) -> impl Iterator<Item = Money> {
        self.lost.values().copied().filter(|lost| lost.minor != 0)
    }
}
