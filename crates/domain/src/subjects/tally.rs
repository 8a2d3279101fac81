//! Limits, and what is taken of them.

use super::key::{Measure, Quantity, SubjectKey};
use crate::kernel::{Units, UnitsError};
use serde::{Deserialize, Serialize};

/// How much may be taken, in the subject's measure. What is absent is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// In all.
    pub total: Option<Units>,
    /// By each holder.
    pub holder: Option<Units>,
}

impl Limits {
    /// Whether nothing is limited.
    pub const fn is_none(&self) -> bool {
        self.total.is_none() && self.holder.is_none()
    }
}

/// What is taken of a limit: used for good, or reserved for orders that are not over yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Captured.
    pub used: Units,
    /// Held for orders on their way.
    pub reserved: Units,
    /// What used + reserved never exceeds: the limit, or what was taken already when the limit was
    /// lowered below it. Nothing but a change of the limit raises it.
    pub ceiling: Option<Units>,
}

impl Tally {
    /// Used and reserved together.
    pub fn taken(&self) -> Result<Units, UnitsError> {
        self.used.plus(self.reserved)
    }

    /// Puts the tally under a limit. What was taken before stays; as it goes back, the ceiling sinks
    /// to the limit.
    pub(super) fn close_to(&mut self, limit: Option<Units>) -> Result<(), UnitsError> {
        let taken = self.taken()?;
        self.ceiling = limit.map(|limit| limit.max(taken));
        Ok(())
    }

    /// Whether so many more are still within a limit.
    pub(super) fn has_room(&self, units: Units, limit: Option<Units>) -> Result<bool, UnitsError> {
        let wanted = self.taken()?.plus(units)?;
        Ok(limit.is_none_or(|limit| wanted <= limit))
    }

    /// Reserves.
    pub(super) fn hold(&mut self, units: Units) -> Result<(), UnitsError> {
        self.reserved = self.reserved.plus(units)?;
        Ok(())
    }

    /// What was reserved is used.
    pub(super) fn capture(&mut self, units: Units) -> Result<(), UnitsError> {
        self.reserved = self.reserved.minus(units)?;
        self.used = self.used.plus(units)?;
        Ok(())
    }

    /// What was reserved is free again.
    pub(super) fn release(&mut self, units: Units) -> Result<(), UnitsError> {
        self.reserved = self.reserved.minus(units)?;
        Ok(())
    }

    /// What was used is free again.
    pub(super) fn give_back(&mut self, units: Units) -> Result<(), UnitsError> {
        self.used = self.used.minus(units)?;
        Ok(())
    }
}

/// A subject: its limits, and what is taken of them in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which.
    pub key: SubjectKey,
    /// What it counts.
    pub measure: Measure,
    /// Its limits.
    pub limits: Limits,
    /// What is taken in all.
    pub whole: Tally,
    /// Paid in, less what was paid out: the part of the limit in all that is not credit. Nothing where nobody pays in.
    pub paid_in: Units,
    /// The last number given to an entry of its history.
    pub entries: u64,
    /// The hash of the newest entry; zero before the first.
    pub head: [u8; 32],
}

impl Subject {
    /// A subject of which nothing is taken.
    pub fn new(key: SubjectKey, measure: Measure) -> Self {
        let (limits, whole) = (Limits::default(), Tally::default());
        Self { key, measure, limits, whole, paid_in: Units::ZERO, entries: 0, head: [0; 32] }
    }

    /// How much may be taken beyond what was paid in.
    pub fn credit(&self) -> Result<Units, UnitsError> {
        self.limits.total.unwrap_or_default().minus(self.paid_in)
    }

    /// How much can still be reserved; nothing where the limit was lowered below what is taken.
    pub fn available(&self) -> Result<Units, UnitsError> {
        let (limit, taken) = (self.limits.total.unwrap_or_default(), self.whole.taken()?);
        if taken > limit { Ok(Units::ZERO) } else { limit.minus(taken) }
    }

    /// Whether so much more could be reserved at this moment, holders' shares apart.
    pub fn has_room(&self, quantity: Quantity) -> Result<bool, UnitsError> {
        Ok(quantity.measure == self.measure
            && self.whole.has_room(quantity.units, self.limits.total)?)
    }
}
