//! What a network asks: the four requests of credit control (RFC 8506, TS 32.299, TS 32.291).

use crate::balance::{Session, Usage};
use crate::catalog::ZoneCode;
use crate::kernel::{AllowanceKind, Units};
use serde::{Deserialize, Serialize};

/// What a session uses. Credit is not among them: it pays for orders only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// Mobile data, in octets.
    Data,
    /// Calls, in seconds.
    Voice,
    /// Text messages, one by one.
    Messages,
}

impl ServiceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Data, Self::Voice, Self::Messages];

    /// The allowance it is drawn from.
    pub const fn allowance(self) -> AllowanceKind {
        match self {
            Self::Data => AllowanceKind::Data,
            Self::Voice => AllowanceKind::Voice,
            Self::Messages => AllowanceKind::Messages,
        }
    }

    /// The word stored.
    pub const fn code(self) -> &'static str {
        self.allowance().code()
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How much a network wants to be granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing: it only reports. What the session held is given back.
    Nothing,
    /// As much as we grant at once.
    Quota,
    /// This much; granted up to the quota that our terms name.
    Units(Units),
}

impl Wanted {
    /// How much that is under these terms.
    pub fn under(self, terms: &Terms) -> Units {
        match self {
            Self::Nothing => Units::ZERO,
            Self::Quota => terms.quota,
            Self::Units(units) => units.min(terms.quota),
        }
    }
}

/// One of the four requests. `used` is what was used since the report before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargingStep {
    /// A session begins (INITIAL).
    Start {
        /// The first quota.
        wanted: Wanted,
    },
    /// A session goes on (UPDATE).
    Update {
        /// Used since the last report.
        used: Units,
        /// The next quota, in place of the one held.
        wanted: Wanted,
    },
    /// A session ends for ever (TERMINATION).
    End {
        /// Used since the last report.
        used: Units,
    },
    /// Something used at one stroke, without a session around it (EVENT): whole or not at all.
    Event {
        /// How much.
        units: Units,
    },
}

impl ChargingStep {
    /// The verb, as the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start_session",
            Self::Update { .. } => "update_session",
            Self::End { .. } => "end_session",
            Self::Event { .. } => "charge_event",
        }
    }

    /// What it reports as used.
    pub const fn used(&self) -> Units {
        match self {
            Self::Start { .. } => Units::ZERO,
            Self::Update { used, .. } | Self::End { used } => *used,
            Self::Event { units } => *units,
        }
    }
}

/// On which terms quotas are granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The most that one answer grants, in the unit of the service; at least 1.
    pub quota: Units,
    /// How long a quota can be used, in seconds; at least 1.
    pub validity_seconds: u32,
    /// The part of a quota after which the network is to ask again, in percent, 1 to 100.
    pub threshold_percent: u8,
}

/// A request of a network about one session of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargingRequest {
    /// The session, by the network's own name for it (Session-Id, `ChargingDataRef`). A network that
    /// counts several services in one session puts the rating group into the name.
    pub session: Session,
    /// Which request of the session this is: higher than those before it (CC-Request-Number,
    /// `invocationSequenceNumber`).
    pub sequence: u32,
    /// What is used.
    pub kind: ServiceKind,
    /// The zones that cover where the line is; everywhere, if absent.
    pub zones: Option<Vec<ZoneCode>>,
    /// What is asked.
    pub step: ChargingStep,
    /// On which terms.
    pub terms: Terms,
}

impl ChargingRequest {
    /// What it would draw from.
    pub fn usage(&self) -> Usage {
        Usage { kind: self.kind.allowance(), zones: self.zones.clone() }
    }
}
