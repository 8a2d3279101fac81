//! Why somebody is reminded.

use crate::balance::DepletionMark;
use crate::kernel::AllowanceKind;
use serde::{Deserialize, Serialize};

/// Why somebody is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderReason {
    /// So many days of service are left, today not counted.
    ExpiresIn(u8),
    /// The service ended; what is left is kept, and a renewal restores it.
    GraceBegins,
    /// The last day on which a renewal restores what is left is today or tomorrow.
    LastSafeDay,
    /// The number is lost within a week.
    NumberEnds,
    /// Data or minutes have passed a mark on the way down.
    Used(AllowanceKind, DepletionMark),
    /// Data that is left lasts less than three days as it is used now, and the plan lasts longer.
    RunsOut,
    /// The same of minutes.
    RunsOutVoice,
    /// Little credit is left.
    CreditLow,
    /// A promotion that the line can have ends within three days. This is a promotion itself: only who consented is told.
    PromotionEnds,
}

impl ReminderReason {
    /// The word that is stored.
    pub fn code(self) -> String {
        match self {
            Self::ExpiresIn(days) => format!("expires-in-{days}"),
            Self::GraceBegins => "grace-begins".to_owned(),
            Self::LastSafeDay => "last-safe-day".to_owned(),
            Self::NumberEnds => "number-ends".to_owned(),
            Self::Used(kind, mark) => format!("used-{}-{}", kind.code(), mark.code()),
            Self::RunsOut => "runs-out".to_owned(),
            Self::RunsOutVoice => "runs-out-voice".to_owned(),
            Self::CreditLow => "credit-low".to_owned(),
            Self::PromotionEnds => "promotion-ends".to_owned(),
        }
    }

    /// Of what little is left, if that is why.
    pub const fn kind(self) -> Option<AllowanceKind> {
        match self {
            Self::Used(kind, _) => Some(kind),
            Self::RunsOut => Some(AllowanceKind::Data),
            Self::RunsOutVoice => Some(AllowanceKind::Voice),
            Self::CreditLow => Some(AllowanceKind::Credit),
            Self::ExpiresIn(_)
            | Self::GraceBegins
            | Self::LastSafeDay
            | Self::NumberEnds
            | Self::PromotionEnds => None,
        }
    }

    /// Whether it sells something, so that only who consented may be told.
    pub const fn needs_consent(self) -> bool {
        match self {
            Self::PromotionEnds => true,
            Self::ExpiresIn(_)
            | Self::GraceBegins
            | Self::LastSafeDay
            | Self::NumberEnds
            | Self::Used(..)
            | Self::RunsOut
            | Self::RunsOutVoice
            | Self::CreditLow => false,
        }
    }

    /// The stem of its texts.
    pub const fn text(self) -> &'static str {
        match self {
            Self::ExpiresIn(_) => "expires-in",
            Self::GraceBegins => "grace-begins",
            Self::LastSafeDay => "last-safe-day",
            Self::NumberEnds => "number-ends",
            Self::Used(_, DepletionMark::UsedUp) => "used-up",
            Self::Used(_, DepletionMark::ThreeQuarters | DepletionMark::NineTenths) => "used",
            Self::RunsOut => "runs-out",
            Self::RunsOutVoice => "runs-out-voice",
            Self::CreditLow => "credit-low",
            Self::PromotionEnds => "promotion-ends",
        }
    }
}
