//! A refund above somebody's limit: asked for by one person, agreed to or refused by another.

use super::{ApprovalRefusal, Roles, SecondPerson, approve};
use crate::kernel::{Instant, LineId, Money, OrderId, RefundRequestId, StaffId};
use crate::payments::RefundTo;
use serde::{Deserialize, Serialize};

/// A request waits for so long, in seconds: seven days.
const WAITS_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Nobody has said anything yet.
    Open,
    /// Agreed to; the refund is owed next. Whoever finds it so owes it.
    Agreed,
    /// The refund is owed.
    Done,
    /// Somebody said no.
    Refused,
    /// Agreed to, and the order no longer allowed it: nothing was given back.
    Overtaken,
}

impl RequestState {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Open, Self::Agreed, Self::Done, Self::Refused, Self::Overtaken];

    /// The word stored, and the stem of its texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Overtaken => "overtaken",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == word)
    }
}

/// Who decided about a request, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Instant,
}

/// A refund that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRequest {
    /// Its id, which is also the key under which the refund is owed once.
    pub id: RefundRequestId,
    /// The order.
    pub order: OrderId,
    /// The order's line.
    pub line: LineId,
    /// How much.
    pub amount: Money,
    /// Where it goes.
    pub to: RefundTo,
    /// Why, in the words of who asks.
    pub reason: String,
    /// Who asks.
    pub asker: StaffId,
    /// When.
    pub asked_at: Instant,
    /// What became of it.
    pub state: RequestState,
    /// Who decided.
    pub decided: Option<Decided>,
}

/// Why a request cannot be decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestRefusal {
    /// This person cannot decide about it.
    #[error(transparent)]
    Approval(#[from] ApprovalRefusal),
    /// Somebody else has.
    #[error("it is decided already")]
    Decided,
    /// It waited too long.
    #[error("it waited for more than seven days")]
    Lapsed,
}

impl RefundRequest {
    /// Until when it waits.
    pub fn waits_until(&self) -> Instant {
        self.asked_at.plus_seconds(WAITS_SECONDS)
    }

    /// Whether somebody is to do something about it.
    pub fn waits(&self, now: Instant) -> bool {
        match self.state {
            RequestState::Open => now < self.waits_until(),
            RequestState::Agreed => true,
            RequestState::Done | RequestState::Refused | RequestState::Overtaken => false,
        }
    }

    /// The request, agreed to. One that was agreed to before is so still: what is missing is its refund.
    ///
    /// # Errors
    /// When this person may not, or when it does not wait any more.
    pub fn agree(
        &self,
        (by, roles): (StaffId, &Roles),
        second: SecondPerson,
        now: Instant,
    ) -> Result<Self, RequestRefusal> {
        approve(self.asker, (by, roles), second)?;
        match self.state {
            RequestState::Agreed => Ok(self.clone()),
            RequestState::Open if self.waits(now) => {
                Ok(self.in_state(RequestState::Agreed, Decided { by, at: now }))
            }
            RequestState::Open => Err(RequestRefusal::Lapsed),
            RequestState::Done | RequestState::Refused | RequestState::Overtaken => {
                Err(RequestRefusal::Decided)
            }
        }
    }

    /// The request, refused: by somebody who could agree to it, or by who asked for it.
    ///
    /// # Errors
    /// When this person may not, or when it is decided.
    pub fn refuse(
        &self,
        (by, roles): (StaffId, &Roles),
        now: Instant,
    ) -> Result<Self, RequestRefusal> {
        if by != self.asker {
            approve(self.asker, (by, roles), SecondPerson::Needed)?;
        }
        match self.state {
            RequestState::Open => Ok(self.in_state(RequestState::Refused, Decided { by, at: now })),
            RequestState::Agreed
            | RequestState::Done
            | RequestState::Refused
            | RequestState::Overtaken => Err(RequestRefusal::Decided),
        }
    }

    /// The same, after what was agreed to was done or refused by the order itself.
    #[must_use]
    pub fn ended(&self, state: RequestState) -> Self {
        Self { state, ..self.clone() }
    }

    fn in_state(&self, state: RequestState, decided: Decided) -> Self {
        Self { state, decided: Some(decided), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::{RefundRequest, RequestRefusal, RequestState};
    use crate::kernel::{Cell, Instant, LineId, Money, OrderId, RefundRequestId, StaffId};
    use crate::payments::RefundTo;
    use crate::staff::{ApprovalRefusal, Role, Roles, SecondPerson};

    fn day(days: i64) -> Instant {
        Instant::from_millis(0).plus_seconds(days * 86_400)
    }

    fn person(number: u64) -> StaffId {
        StaffId::mint(day(0), Cell::numbered(0), number)
    }

    fn request(state: RequestState) -> RefundRequest {
        let cell = Cell::numbered(0);
        RefundRequest {
            id: RefundRequestId::mint(day(0), cell, 1),
            order: OrderId::mint(day(0), cell, 1),
            line: LineId::mint(day(0), cell, 1),
            amount: Money::cad(30_000),
            to: RefundTo::Source,
            reason: "slow for a week".to_owned(),
            asker: person(1),
            asked_at: day(0),
            state,
            decided: None,
        }
    }

    #[test]
    fn a_second_person_agrees_within_seven_days() {
        use RequestState::{Agreed, Done, Open, Overtaken, Refused};
        let own = Err(RequestRefusal::Approval(ApprovalRefusal::OwnRequest));
        let not_allowed = Err(RequestRefusal::Approval(ApprovalRefusal::NotAllowed));
        let (decided, lapsed) = (Err(RequestRefusal::Decided), Err(RequestRefusal::Lapsed));
        let (needed, waived) = (SecondPerson::Needed, SecondPerson::Waived);
        let table = [
            (Open, 2, Role::Supervisor, needed, 6, Ok(Agreed)),
            (Open, 2, Role::Finance, needed, 6, Ok(Agreed)),
            (Open, 2, Role::Supervisor, needed, 7, lapsed),
            (Open, 2, Role::SeniorAgent, needed, 1, not_allowed),
            (Open, 1, Role::Supervisor, needed, 1, own),
            (Open, 1, Role::Supervisor, waived, 1, Ok(Agreed)),
            (Agreed, 2, Role::Supervisor, needed, 9, Ok(Agreed)),
            (Agreed, 1, Role::Supervisor, needed, 9, own),
            (Done, 2, Role::Supervisor, needed, 1, decided),
            (Refused, 2, Role::Supervisor, needed, 1, decided),
            (Overtaken, 2, Role::Supervisor, needed, 1, decided),
        ];
        for (state, by, role, second, days, expected) in table {
            let roles = Roles::from_iter([role]);
            let found = request(state).agree((person(by), &roles), second, day(days));
            let found = found.map(|request| request.state);
            assert_eq!(found, expected, "{state:?} {by} {role:?} {second:?} {days}");
        }
    }

    #[test]
    fn whoever_could_agree_may_say_no_and_whoever_asked_takes_it_back() {
        use RequestState::{Agreed, Open, Refused};
        let not_allowed = Err(RequestRefusal::Approval(ApprovalRefusal::NotAllowed));
        let table = [
            (Open, 2, Role::Supervisor, Ok(Refused)),
            (Open, 1, Role::Agent, Ok(Refused)),
            (Open, 2, Role::Agent, not_allowed),
            (Agreed, 2, Role::Supervisor, Err(RequestRefusal::Decided)),
            (Refused, 2, Role::Supervisor, Err(RequestRefusal::Decided)),
        ];
        for (state, by, role, expected) in table {
            let roles = Roles::from_iter([role]);
            let found = request(state).refuse((person(by), &roles), day(1));
            assert_eq!(found.map(|request| request.state), expected, "{state:?} {by} {role:?}");
        }
    }
}
