//! Money that passed from hand to hand: what names one movement names no other.

use super::history::History;
use super::{Findings, Rule};
use farline_domain::kernel::OrderId;
use farline_domain::payments::{ByHand, Capture, RefundProgress};
use std::collections::BTreeMap;

/// What was taken, or given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    Taken,
    Given,
}

/// What every order says of money by hand, by what names it.
#[derive(Default)]
pub(super) struct Hands(BTreeMap<(Direction, ByHand), OrderId>);

impl Hands {
    /// Adds the movements of a line's orders.
    pub(super) fn add(&mut self, history: &History, findings: &mut Findings) {
        for row in &history.orders {
            for by_hand in row.order.captures().filter_map(Capture::by_hand) {
                self.meet((Direction::Taken, by_hand), row.id, findings);
            }
            for refund in row.order.refunds.iter().filter(|refund| refund.is_by_hand()) {
                if let RefundProgress::Done { refund: theirs, .. } = &refund.progress
                    && let Some(by_hand) = ByHand::read(theirs)
                {
                    self.meet((Direction::Given, by_hand), row.id, findings);
                }
            }
        }
    }

    fn meet(&mut self, named: (Direction, ByHand), order: OrderId, findings: &mut Findings) {
        let found = format!("{:?} by {}, as {order} says too", named.0, named.1.id());
        if let Some(other) = self.0.insert(named, order) {
            findings.add(Rule::OneEnding, other, found);
        }
    }
}
