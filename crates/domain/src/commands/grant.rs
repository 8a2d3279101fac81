//! Granting an allowance outside any order.

use super::Answer;
use super::state::LineState;
use crate::balance::Bucket;
use crate::catalog::Allowance;
use crate::kernel::Instant;
use jiff::civil::Date;

pub(super) fn grant(
    state: &mut LineState,
    allowance: &Allowance,
    valid_until: Option<Date>,
    now: Instant,
) -> Answer {
    let number = state.next_bucket();
    state.add_bucket(Bucket::granted(number, allowance, (now, valid_until), None), now);
    Answer::Done
}
