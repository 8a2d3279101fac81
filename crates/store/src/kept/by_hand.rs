//! Rows of money that passes from hand to hand, and of refunds that wait for a second person.

use super::Unreadable;
use super::row::Row;
use farline_app::ports::by_hand::{HandMovement, HandPurpose};
use farline_domain::kernel::{Currency, LineId, Money, OrderId, RefundRequestId, StaffId};
use farline_domain::payments::{ByHand, ManualMethod, ManualReference, RefundTo};
use farline_domain::staff::{Decided, RefundRequest, RequestState};

/// The word under which a purpose's references are told apart, and the refund that it names.
pub(crate) const fn purpose_words(purpose: HandPurpose) -> (&'static str, u32) {
    match purpose {
        HandPurpose::Taken => ("taken", 0),
        HandPurpose::Given(refund) => ("given", refund),
    }
}

fn purpose_of(direction: &str, refund: u32) -> Result<HandPurpose, Unreadable> {
    match direction {
        "taken" => Ok(HandPurpose::Taken),
        "given" => Ok(HandPurpose::Given(refund)),
        other => Err(Unreadable(format!("“{other}” is no direction of money"))),
    }
}

/// Reads an amount.
pub(crate) fn money_of(currency: &str, minor: i64) -> Result<Money, Unreadable> {
    let currency = Currency::parse(currency);
    let currency = currency.ok_or_else(|| Unreadable("a currency that is none".to_owned()))?;
    Ok(Money { minor, currency })
}

/// Reads a movement from: direction, method, reference, order_id, refund, currency, minor, staff, at.
pub(crate) fn movement_of<R: Row>(row: &R) -> Result<HandMovement, R::Fault> {
    let method = ManualMethod::parse(row.text(1)?);
    let method = method.ok_or_else(|| Unreadable("money by no known hand".to_owned()))?;
    let reference = ManualReference::parse(row.text(2)?);
    let reference = reference.map_err(|_| Unreadable("a reference that is none".to_owned()))?;
    Ok(HandMovement {
        purpose: purpose_of(row.text(0)?, row.small(4)?)?,
        by_hand: ByHand { method, reference },
        order: OrderId::from_bytes(row.array(3)?),
        amount: money_of(row.text(5)?, row.number(6)?)?,
        staff: StaffId::from_bytes(row.array(7)?),
        at: row.instant(8)?,
    })
}

/// Where money goes, as stored.
pub(crate) const fn refund_to_word(to: RefundTo) -> &'static str {
    match to {
        RefundTo::Source => "source",
        RefundTo::LineCredit => "line_credit",
    }
}

fn refund_to_of(word: &str) -> Result<RefundTo, Unreadable> {
    [RefundTo::Source, RefundTo::LineCredit]
        .into_iter()
        .find(|to| refund_to_word(*to) == word)
        .ok_or_else(|| Unreadable(format!("“{word}” is no place for a refund")))
}

/// Reads a request from: id, order_id, line, currency, minor, refund_to, reason, asker, asked_at, state, decided_by,
/// decided_at.
pub(crate) fn request_of<R: Row>(row: &R) -> Result<RefundRequest, R::Fault> {
    let state = RequestState::parse(row.text(9)?);
    let state = state.ok_or_else(|| Unreadable("a request in no known state".to_owned()))?;
    let by = row.some_array(10)?.map(StaffId::from_bytes);
    let decided = match by {
        Some(by) => Some(Decided { by, at: row.instant(11)? }),
        None => None,
    };
    Ok(RefundRequest {
        id: RefundRequestId::from_bytes(row.array(0)?),
        order: OrderId::from_bytes(row.array(1)?),
        line: LineId::from_bytes(row.array(2)?),
        amount: money_of(row.text(3)?, row.number(4)?)?,
        to: refund_to_of(row.text(5)?)?,
        reason: row.text(6)?.to_owned(),
        asker: StaffId::from_bytes(row.array(7)?),
        asked_at: row.instant(8)?,
        state,
        decided,
    })
}
