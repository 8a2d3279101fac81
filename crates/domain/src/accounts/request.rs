//! Asking for rights to a line, and answering.

use crate::kernel::{AccountId, Instant, LineId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long a request can be answered, in seconds: 7 days.
pub const REQUEST_SECONDS: i64 = 7 * 24 * 60 * 60;

/// The name of a request: 128 random bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(u128);

impl RequestId {
    /// A new id from 16 random octets.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }

    /// The stored form.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// Reads the text form: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is asked, and of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// The asker wants to help with a line; its holder, or whoever has the card, answers.
    HelpWithLine,
    /// The holder wants somebody to help; that person answers.
    BecomeHelper,
}

impl RequestKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::HelpWithLine, Self::BecomeHelper];

    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::HelpWithLine => "help_with_line",
            Self::BecomeHelper => "become_helper",
        }
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Not answered.
    Open,
    /// Answered with yes.
    Approved,
    /// Answered with no.
    Refused,
    /// Taken back by whoever asked.
    Withdrawn,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Open, Self::Approved, Self::Refused, Self::Withdrawn];

    /// The word stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestReply {
    /// Yes.
    Approve,
    /// No.
    Refuse,
}

/// Why a request cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefusal {
    /// Seven days have passed.
    #[error("the request has expired")]
    Expired,
    /// It was answered or withdrawn before.
    #[error("the request was answered before")]
    Answered,
    /// Nobody grants a right to themselves.
    #[error("whoever asks cannot answer")]
    OwnRequest,
}

/// A request for the rights of a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRequest {
    /// Its name.
    pub id: RequestId,
    /// The line it is about.
    pub line: LineId,
    /// What is asked.
    pub kind: RequestKind,
    /// Who asks.
    pub asker: AccountId,
    /// How far it has come.
    pub state: RequestState,
    /// When it was made.
    pub asked_at: Instant,
}

impl LineRequest {
    /// Until when it can be answered.
    pub const fn expires_at(&self) -> Instant {
        self.asked_at.plus_seconds(REQUEST_SECONDS)
    }

    /// Whether it can be answered at an instant.
    pub fn is_open_at(&self, now: Instant) -> bool {
        self.state == RequestState::Open && now < self.expires_at()
    }

    /// Answers it. `by` is the signed-in account that answers, if there is one.
    pub fn answer(
        self,
        reply: RequestReply,
        by: Option<AccountId>,
        now: Instant,
    ) -> Result<Self, RequestRefusal> {
        if self.state != RequestState::Open {
            return Err(RequestRefusal::Answered);
        }
        if now >= self.expires_at() {
            return Err(RequestRefusal::Expired);
        }
        if by == Some(self.asker) {
            return Err(RequestRefusal::OwnRequest);
        }
        let state = match reply {
            RequestReply::Approve => RequestState::Approved,
            RequestReply::Refuse => RequestState::Refused,
        };
        Ok(Self { state, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::RequestRefusal::{Answered, Expired, OwnRequest};
    use super::RequestReply::{Approve, Refuse};
    use super::RequestState::{Approved, Open, Refused, Withdrawn};
    use super::{LineRequest, RequestId, RequestKind};
    use crate::kernel::{AccountId, Cell, Instant, LineId};

    #[test]
    fn a_request_is_answered_once_within_seven_days_and_not_by_its_asker() {
        let start = Instant::from_millis(0);
        let account = |n| AccountId::mint(start, Cell::numbered(0), n);
        let day = 24 * 60 * 60;
        // state, reply, by, seconds later, expected
        let table = [
            (Open, Approve, Some(2), 0, Ok(Approved)),
            (Open, Refuse, None, 7 * day - 1, Ok(Refused)),
            (Open, Approve, None, 7 * day, Err(Expired)),
            (Open, Approve, Some(1), 0, Err(OwnRequest)),
            (Approved, Refuse, None, 0, Err(Answered)),
            (Refused, Approve, None, 0, Err(Answered)),
            (Withdrawn, Approve, None, 8 * day, Err(Answered)),
        ];
        for (state, reply, by, later, expected) in table {
            let request = LineRequest {
                id: RequestId::from_bytes([9; 16]),
                line: LineId::mint(start, Cell::numbered(1), 1),
                kind: RequestKind::HelpWithLine,
                asker: account(1),
                state,
                asked_at: start,
            };
            let answered = request.answer(reply, by.map(account), start.plus_seconds(later));
            assert_eq!(
                answered.map(|request| request.state),
                expected,
                "{state:?} {reply:?} {by:?}"
            );
        }
        let id = RequestId::from_bytes([0xab; 16]);
        assert_eq!(RequestId::parse(&id.to_string()), Some(id));
        assert_eq!(RequestId::parse("+b"), None);
    }
}
