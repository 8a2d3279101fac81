//! What a provider kept for moving money of an order, as its settlement says.

use super::state::LineState;
use super::{Answer, Refusal};
use crate::kernel::{Instant, OrderId};
use crate::ledger::{Account, EntrySetKind, movement};
use crate::payments::Fee;

/// Posts a fee once: the same one told again changes nothing.
pub(super) fn book(
    state: &mut LineState,
    id: OrderId,
    fee: &Fee,
    now: Instant,
) -> Result<Answer, Refusal> {
    let mut order = state.order(id)?.clone();
    let is_same = |known: &Fee| known.provider == fee.provider && known.id == fee.id;
    if fee.amount.minor == 0 || order.fees.iter().any(is_same) {
        return Ok(Answer::Order(Box::new(order)));
    }
    if !order.captures().any(|capture| capture.provider == fee.provider) {
        return Err(Refusal::NoSuchPayment);
    }
    let provider = Account::Provider(fee.provider.clone());
    let entries = movement(provider, Account::Fees, fee.amount)?;
    state.post(EntrySetKind::Fee, id, entries, now);
    order.fees.push(fee.clone());
    state.keep_order(order.clone());
    Ok(Answer::Order(Box::new(order)))
}
