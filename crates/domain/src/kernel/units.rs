//! What a plan grants, counted in integers whose unit is named.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The four things a plan can grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllowanceKind {
    /// Mobile data, counted in octets.
    Data,
    /// Calls, counted in seconds.
    Voice,
    /// Text messages, counted one by one.
    Messages,
    /// Money on the line, counted in minor units of the operator's currency.
    Credit,
}

impl AllowanceKind {
    /// Every kind, in the order pages show them.
    pub const ALL: [Self; 4] = [Self::Data, Self::Voice, Self::Messages, Self::Credit];

    /// The unit its amounts are counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::Data => Unit::Octet,
            Self::Voice => Unit::Second,
            Self::Messages => Unit::Message,
            Self::Credit => Unit::MinorUnit,
        }
    }

    /// The word used in the API and in files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Voice => "voice",
            Self::Messages => "messages",
            Self::Credit => "credit",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// The unit of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Eight bits of data.
    Octet,
    /// One second of a call.
    Second,
    /// One text message.
    Message,
    /// The smallest unit of a currency, such as a cent.
    MinorUnit,
}

impl Unit {
    /// The word used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Octet => "octet",
            Self::Second => "second",
            Self::Message => "message",
            Self::MinorUnit => "minor_unit",
        }
    }
}

/// A count of units that is never negative.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Units(i64);

/// Why a count of units cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitsError {
    /// More was taken than there is.
    #[error("more units were taken than there are")]
    BelowZero,
    /// The count does not fit 63 bits.
    #[error("the number of units is too large")]
    TooLarge,
}

impl Units {
    /// None at all.
    pub const ZERO: Self = Self(0);
    /// As many as can be counted.
    pub const MOST: Self = Self(i64::MAX);

    /// A count; refused below zero.
    pub fn new(count: i64) -> Result<Self, UnitsError> {
        if count < 0 { Err(UnitsError::BelowZero) } else { Ok(Self(count)) }
    }

    /// The count as a plain integer, never negative.
    pub const fn count(self) -> i64 {
        self.0
    }

    /// Whether there is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, refused beyond 63 bits.
    pub fn plus(self, other: Self) -> Result<Self, UnitsError> {
        self.0.checked_add(other.0).map(Self).ok_or(UnitsError::TooLarge)
    }

    /// What is left after taking `other`, refused below zero.
    pub fn minus(self, other: Self) -> Result<Self, UnitsError> {
        Self::new(self.0.checked_sub(other.0).ok_or(UnitsError::BelowZero)?)
    }

    /// What is left after taking `other`, or nothing.
    #[must_use]
    pub fn minus_or_zero(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0).max(0))
    }
}

impl TryFrom<i64> for Units {
    type Error = UnitsError;
    fn try_from(count: i64) -> Result<Self, UnitsError> {
        Self::new(count)
    }
}

impl From<Units> for i64 {
    fn from(units: Units) -> Self {
        units.0
    }
}

impl fmt::Debug for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
