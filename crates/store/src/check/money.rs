//! Money entries against zero, against the orders, and in all.

use super::history::{History, OrderRow};
use super::{Findings, Rule};
use crate::kept::journal::SetRow;
use farline_domain::ledger::{Account, EntrySetKind};
use farline_domain::orders::{OrderState, Stage};
use farline_domain::payments::{Capture, RefundProgress, RefundReason};
use std::collections::{BTreeMap, BTreeSet};

/// What was captured, delivered, refunded, taken back by banks, kept as fees, held and lost in one currency. What was owed back and a
/// bank took counts as refunded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    captured: i64,
    delivered: i64,
    refunded: i64,
    charged_back: i64,
    fees: i64,
    held: i64,
    lost: i64,
}

/// Sums over all lines, from the entries and from the orders, by currency.
#[derive(Default)]
pub(super) struct Totals {
    entries: BTreeMap<String, Sums>,
    orders: BTreeMap<String, Sums>,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.captured = self.captured.saturating_add(other.captured);
        self.delivered = self.delivered.saturating_add(other.delivered);
        self.refunded = self.refunded.saturating_add(other.refunded);
        self.charged_back = self.charged_back.saturating_add(other.charged_back);
        self.fees = self.fees.saturating_add(other.fees);
        self.held = self.held.saturating_add(other.held);
        self.lost = self.lost.saturating_add(other.lost);
    }
}

impl Totals {
    /// Captured = delivered + refunded + held, and the orders say the same as the entries.
    pub(super) fn check(&self, findings: &mut Findings) {
        for (currency, sums) in &self.entries {
            let Sums { captured, delivered, refunded, held, .. } = *sums;
            let gone = delivered.saturating_add(refunded).saturating_add(held);
            findings.agree((Rule::Conservation, currency), "what was captured", (captured, gone));
        }
        let currencies: BTreeSet<&String> = self.entries.keys().chain(self.orders.keys()).collect();
        for currency in currencies {
            let entries = self.entries.get(currency).copied().unwrap_or_default();
            let orders = self.orders.get(currency).copied().unwrap_or_default();
            let what = "the sum of the entries";
            findings.agree((Rule::Conservation, currency), what, (entries, orders));
        }
    }
}

pub(super) fn check(history: &History, totals: &mut Totals, findings: &mut Findings) {
    let line = history.row.line.id.to_string();
    for (place, set) in (1..).zip(&history.sets) {
        findings.agree((Rule::Counters, &line), "an entry set's number", (set.number, place));
        sums_to_zero(&line, set, findings);
        for (currency, sums) in sums_of(set) {
            totals.entries.entry(currency).or_default().add(sums);
        }
    }
    let sets = u32::try_from(history.sets.len()).unwrap_or(u32::MAX);
    let counted = (sets, history.row.counters.entry_sets);
    findings.agree((Rule::Counters, &line), "the count of entry sets", counted);
    for row in &history.orders {
        order(history, row, totals, findings);
    }
    for set in &history.sets {
        if !history.orders.iter().any(|row| row.id == set.order) {
            let found = format!("set {} is of {}, which is not there", set.number, set.order);
            findings.add(Rule::Conservation, &line, found);
        }
    }
}

fn sums_to_zero(line: &str, set: &SetRow, findings: &mut Findings) {
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, currency, minor) in &set.entries {
        let sum = sums.entry(currency).or_default();
        *sum = sum.saturating_add(*minor);
    }
    if set.entries.is_empty() {
        findings.add(Rule::EntrySets, line, format!("set {} has no entries", set.number));
    }
    for (currency, sum) in sums.into_iter().filter(|(_, sum)| *sum != 0) {
        let found = format!("set {} sums to {sum} {currency}", set.number);
        findings.add(Rule::EntrySets, line, found);
    }
}

/// What a set moved, by currency. Each figure is read from one side only, so that the other can
/// disagree.
fn sums_of(set: &SetRow) -> BTreeMap<String, Sums> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    let (held_account, loss_account) = (Account::Held.name(), Account::Loss.name());
    let fees_account = Account::Fees.name();
    for (account, currency, minor) in &set.entries {
        let sums = sums.entry(currency.clone()).or_default();
        let mut moved = Sums::default();
        let is_held = *account == held_account;
        let is_loss = *account == loss_account;
        if is_held {
            moved.held = minor.saturating_neg();
        }
        if is_loss {
            moved.lost = *minor;
        }
        if *account == fees_account {
            moved.fees = *minor;
        }
        match set.kind {
            EntrySetKind::Capture if !is_held => moved.captured = *minor,
            EntrySetKind::Deliver if !is_held => moved.delivered = minor.saturating_neg(),
            EntrySetKind::Reverse if !is_held && !is_loss => {
                moved.delivered = minor.saturating_neg();
            }
            // A loss that is one no longer: what went back went back from the held money.
            EntrySetKind::Reverse if is_loss => moved.refunded = minor.saturating_neg(),
            EntrySetKind::Refund
            | EntrySetKind::RefundReturned
            | EntrySetKind::Chargeback
            | EntrySetKind::ChargebackReturned
                if is_held =>
            {
                moved.refunded = *minor;
            }
            EntrySetKind::Chargeback | EntrySetKind::ChargebackReturned if !is_loss => {
                moved.charged_back = minor.saturating_neg();
            }
            EntrySetKind::Capture
            | EntrySetKind::Deliver
            | EntrySetKind::Reverse
            | EntrySetKind::Refund
            | EntrySetKind::RefundReturned
            | EntrySetKind::Chargeback
            | EntrySetKind::ChargebackReturned
            | EntrySetKind::Fee => {}
        }
        sums.add(moved);
    }
    sums
}

/// Every payment of an order, once.
fn payments(row: &OrderRow) -> BTreeMap<(&str, &str), &Capture> {
    let captures = row.order.captures();
    captures
        .map(|capture| ((capture.provider.as_str(), capture.payment.as_str()), capture))
        .collect()
}

/// What the order itself says of its money.
fn said(row: &OrderRow) -> BTreeMap<String, Sums> {
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for capture in payments(row).values() {
        let minor = capture.amount.minor;
        let currency = capture.amount.currency.code().to_owned();
        let moved = Sums { captured: minor, held: minor, ..Sums::default() };
        sums.entry(currency).or_default().add(moved);
    }
    if matches!(row.order.state, OrderState::Delivered { .. }) {
        let total = row.order.price.total;
        let moved = Sums { delivered: total.minor, held: -total.minor, ..Sums::default() };
        sums.entry(total.currency.code().to_owned()).or_default().add(moved);
    }
    for refund in &row.order.refunds {
        let minor = refund.amount.minor;
        if !is_done(&refund.progress) {
            continue;
        }
        let is_of_bank = row.order.is_settled_by_bank(refund);
        let moved = match (refund.reason == RefundReason::Goodwill, is_of_bank) {
            (true, true) => Sums::default(),
            (true, false) => Sums { lost: minor, ..Sums::default() },
            (false, true) => {
                Sums { refunded: minor, held: -minor, lost: -minor, ..Sums::default() }
            }
            (false, false) => Sums { refunded: minor, held: -minor, ..Sums::default() },
        };
        sums.entry(refund.amount.currency.code().to_owned()).or_default().add(moved);
    }
    for dispute in &row.order.disputes {
        let withdrawn = dispute.told.withdrawn;
        let minor = withdrawn.minor;
        let moved = Sums { charged_back: minor, lost: minor, ..Sums::default() };
        sums.entry(withdrawn.currency.code().to_owned()).or_default().add(moved);
    }
    for fee in &row.order.fees {
        let moved = Sums { fees: fee.amount.minor, ..Sums::default() };
        sums.entry(fee.amount.currency.code().to_owned()).or_default().add(moved);
    }
    sums.retain(|_, sums| *sums != Sums::default());
    sums
}

fn order(history: &History, row: &OrderRow, totals: &mut Totals, findings: &mut Findings) {
    let place = row.id.to_string();
    let sets: Vec<&SetRow> = history.sets.iter().filter(|set| set.order == row.id).collect();
    let mut booked: BTreeMap<String, Sums> = BTreeMap::new();
    for (currency, sums) in sets.iter().flat_map(|set| sums_of(set)) {
        booked.entry(currency).or_default().add(sums);
    }
    let said = said(row);
    for (currency, sums) in &said {
        totals.orders.entry(currency.clone()).or_default().add(*sums);
    }
    findings.agree((Rule::Conservation, &place), "what is booked", (booked, said));
    let of = |kind: EntrySetKind| sets.iter().filter(move |set| set.kind == kind).count();
    let of_sales = |set: &&&SetRow| {
        let sales = Account::Sales.name();
        set.kind == EntrySetKind::Reverse
            && set.entries.iter().any(|(account, _, _)| *account == sales)
    };
    let once = (Rule::OneEnding, place.as_str());
    findings.agree(once, "the count of captures", (of(EntrySetKind::Capture), payments(row).len()));
    let stands = usize::from(matches!(row.order.state, OrderState::Delivered { .. }));
    let delivered = of(EntrySetKind::Deliver);
    if delivered > 1 {
        findings.add(Rule::OneEnding, &place, format!("delivered {delivered} times"));
    }
    let reversed = sets.iter().filter(of_sales).count();
    findings.agree(once, "deliveries that stand", (delivered.saturating_sub(reversed), stands));
    let done = row.order.refunds.iter().filter(|refund| is_done(&refund.progress));
    let done = done.filter(|refund| !row.order.is_settled_by_bank(refund)).count();
    let gone = of(EntrySetKind::Refund).saturating_sub(of(EntrySetKind::RefundReturned));
    findings.agree(once, "the count of refunds booked", (gone, done));
    refunds(row, findings);
}

const fn is_done(progress: &RefundProgress) -> bool {
    matches!(progress, RefundProgress::Done { .. })
}

/// No more goes back of a payment than was paid, all of one that does not stand, and only goodwill goes back beside a
/// delivery.
fn refunds(row: &OrderRow, findings: &mut Findings) {
    let stands = |capture: &Capture| {
        row.order.capture() == Some(capture)
            && !matches!(row.order.state.stage(), Stage::Refunding | Stage::Refunded)
    };
    for capture in row.order.captures() {
        let left = row.order.left_of(capture);
        if left < 0 || (left > 0 && !stands(capture)) {
            let found = format!("{left} is left of the payment of {:?}", capture.amount);
            findings.add(Rule::OneEnding, row.id, found);
        }
    }
    for refund in &row.order.refunds {
        let payment = (refund.capture.provider.as_str(), refund.capture.payment.as_str());
        let number = refund.number;
        if refund.amount.minor <= 0 || refund.amount.currency != refund.capture.amount.currency {
            let found = format!("refund {number} is of {:?}", refund.amount);
            findings.add(Rule::OneEnding, row.id, found);
        }
        let OrderState::Delivered { capture, .. } = &row.order.state else {
            continue;
        };
        let own = (capture.provider.as_str(), capture.payment.as_str()) == payment;
        if own && refund.reason != RefundReason::Goodwill {
            let found = format!("delivered, and refund {number} gives the same payment back");
            findings.add(Rule::OneEnding, row.id, found);
        }
    }
    if let OrderState::Delivered { capture, .. } = &row.order.state
        && capture.amount != row.order.price.total
    {
        let found =
            format!("delivered for {:?}, quoted {:?}", capture.amount, row.order.price.total);
        findings.add(Rule::OneEnding, row.id, found);
    }
}
