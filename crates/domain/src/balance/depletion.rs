//! How far a bucket is used up: the moments at which somebody wants to be told.

use crate::kernel::Units;
use serde::{Deserialize, Serialize};

/// A mark on the way down. A bucket's use only grows, so it passes each mark once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepletionMark {
    /// 75 % is used.
    ThreeQuarters,
    /// 90 % is used.
    NineTenths,
    /// All of it is used.
    UsedUp,
}

impl DepletionMark {
    /// Every mark, the first to be passed first.
    pub const ALL: [Self; 3] = [Self::ThreeQuarters, Self::NineTenths, Self::UsedUp];

    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThreeQuarters => "three_quarters",
            Self::NineTenths => "nine_tenths",
            Self::UsedUp => "used_up",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.code() == code)
    }

    const fn percent(self) -> i128 {
        match self {
            Self::ThreeQuarters => 75,
            Self::NineTenths => 90,
            Self::UsedUp => 100,
        }
    }

    fn is_reached(self, used: Units, granted: Units) -> bool {
        i128::from(used.count()) * 100 >= i128::from(granted.count()) * self.percent()
    }

    /// The marks that a bucket passes when its use grows from `before` to `after`.
    pub fn passed(granted: Units, (before, after): (Units, Units)) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |mark| {
            mark.is_reached(after, granted) && !mark.is_reached(before, granted)
        })
    }
}

/// A bucket has passed a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Depletion {
    /// The bucket.
    pub bucket: u32,
    /// The mark.
    pub mark: DepletionMark,
    /// What the line had not used then of all that could serve in its stead; zero when the service
    /// ran out altogether.
    pub left: Units,
}
