//! What happens by itself: pages expire, pending charges are captured, doomed refunds fail and
//! banks speak up.

use crate::{
    charges, checkouts, disputes,
    records::{Change, Moment},
    refunds, setups,
    state::{State, Timer},
};

/// So many at once, so that a long jump of the clock does not become one endless line.
const AT_ONCE: usize = 500;

/// The changes of the timers that have run out; none when there is none left.
pub(crate) fn run(moment: &Moment, state: &State) -> Vec<Change> {
    let mut changes = Vec::new();
    // Two refunds of one payment may fail together: each must see what the one before it changed.
    let mut payments = refunds::Payments::new(state);
    for timer in state.timers_due(moment.now_ms).take(AT_ONCE) {
        match timer {
            Timer::CheckoutExpires(id) => {
                if let Some(checkout) = state.checkout(id) {
                    changes.extend(checkouts::expired(moment, state, checkout));
                }
            }
            Timer::SetupExpires(id) => {
                changes.extend(state.setup(id).map(setups::expired).into_iter().flatten());
            }
            Timer::ChargeIsCaptured(id) => {
                if let Some(charge) = state.charge(id) {
                    changes.extend(charges::settled(moment, state, charge));
                }
            }
            Timer::RefundFails(id) => {
                if let Some(refund) = state.refund(id) {
                    changes.extend(refunds::failed(moment, &mut payments, refund));
                }
            }
            // No number has both this and refunds that fail.
            Timer::PaymentIsDisputed(id) => {
                if let Some(payment) = state.payment(id) {
                    changes.extend(disputes::opened(moment, payment));
                }
            }
        }
    }
    changes
}
