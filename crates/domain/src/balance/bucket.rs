//! One granted allowance and the entries that move it.

use crate::catalog::{Allowance, TimeWindow, ZoneCode};
use crate::kernel::{AllowanceKind, Instant, OrderId, Units, UnitsError, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a bucket comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Given on top; used first.
    Bonus,
    /// Paid for.
    Paid,
}

impl Origin {
    /// The word used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bonus => "bonus",
            Self::Paid => "paid",
        }
    }
}

/// An allowance granted to a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Its number on its line, from 1, in order of granting.
    pub number: u32,
    /// What it counts.
    pub kind: AllowanceKind,
    /// Where it can be used.
    pub zone: ZoneCode,
    /// How many countries that is.
    pub breadth: u16,
    /// When in the local day it can be used.
    pub window: Option<TimeWindow>,
    /// How much was granted in all.
    pub granted: Units,
    /// How much of it is used.
    pub used: Units,
    /// How much of the rest is reserved for sessions that are running.
    pub reserved: Units,
    /// From when it can be used.
    pub valid_from: Instant,
    /// The last local date on which it can be used; for ever, if absent.
    pub valid_until: Option<Date>,
    /// Paid for or given.
    pub origin: Origin,
    /// The order that granted it.
    pub order: Option<OrderId>,
}

impl Bucket {
    /// A fresh bucket from an allowance of a plan.
    pub fn granted(
        number: u32,
        allowance: &Allowance,
        (valid_from, valid_until): (Instant, Option<Date>),
        order: Option<OrderId>,
    ) -> Self {
        Self {
            number,
            kind: allowance.kind,
            zone: allowance.zone.clone(),
            breadth: allowance.breadth,
            window: allowance.window,
            granted: allowance.units,
            used: Units::ZERO,
            reserved: Units::ZERO,
            valid_from,
            valid_until,
            origin: if allowance.bonus { Origin::Bonus } else { Origin::Paid },
            order,
        }
    }

    /// What is neither used nor reserved.
    pub fn available(&self) -> Units {
        self.granted.minus_or_zero(self.used).minus_or_zero(self.reserved)
    }

    /// What is not used, reserved or not.
    pub fn remaining(&self) -> Units {
        self.granted.minus_or_zero(self.used)
    }

    /// Whether it can be used at an instant.
    pub fn is_valid_at(&self, now: Instant, zone: &Zone) -> bool {
        now >= self.valid_from && !self.is_over_at(now, zone)
    }

    /// Whether its last day has passed.
    pub fn is_over_at(&self, now: Instant, zone: &Zone) -> bool {
        self.valid_until.is_some_and(|date| now >= zone.end_of(date))
    }

    /// Until when it can be used without a break, from an instant at which it can: the end of its
    /// last day or of its window, whichever comes first.
    pub fn serves_until(&self, now: Instant, zone: &Zone) -> Option<Instant> {
        let ends = self.valid_until.map(|date| zone.end_of(date));
        let closes = self.window.map(|window| zone.next_minute(now, window.until_minute));
        ends.into_iter().chain(closes).min()
    }

    /// Uses some of what is available.
    pub fn take(&mut self, units: Units) -> Result<(), UnitsError> {
        self.available().minus(units)?;
        self.used = self.used.plus(units)?;
        Ok(())
    }

    /// Reserves some of what is available.
    pub fn reserve(&mut self, units: Units) -> Result<(), UnitsError> {
        self.available().minus(units)?;
        self.reserved = self.reserved.plus(units)?;
        Ok(())
    }

    /// Gives back what was reserved.
    pub fn unreserve(&mut self, units: Units) -> Result<(), UnitsError> {
        self.reserved = self.reserved.minus(units)?;
        Ok(())
    }
}

/// Names a session of use, as the network does (Session-Id, charging data reference).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Session(pub String);

/// Units of one bucket held for one session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The session that holds them.
    pub session: Session,
    /// The bucket they are held in.
    pub bucket: u32,
    /// How many.
    pub units: Units,
    /// When they are given back if nothing is heard of the session.
    pub until: Instant,
}

/// What moved a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Granted by an order or an adjustment; raises `granted`.
    Grant,
    /// Used; raises `used`.
    Use,
    /// Expired unused; raises `used`.
    Expire,
    /// Taken back; raises `used`.
    TakeBack,
}

impl EntryKind {
    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Use => "use",
            Self::Expire => "expire",
            Self::TakeBack => "take_back",
        }
    }
}

/// One line of a bucket's history. Entries are never changed; a bucket's balance is a cache of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketEntry {
    /// Its number on its line, from 1.
    pub number: u32,
    /// The bucket moved.
    pub bucket: u32,
    /// What moved it.
    pub kind: EntryKind,
    /// By how much.
    pub units: Units,
    /// When.
    pub at: Instant,
}
