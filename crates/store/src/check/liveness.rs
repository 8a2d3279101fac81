//! Whatever is unfinished blocks another renewal, and has a job or a person.

use super::history::{History, OrderRow};
use super::{Findings, Rule};
use farline_domain::commands::JobKind;
use farline_domain::kernel::OrderId;
use farline_domain::orders::{Order, OrderState};
use farline_domain::payments::{Refund, RefundProgress};

pub(super) fn check(history: &History, findings: &mut Findings) {
    let line = history.row.line.id.to_string();
    busy(history, &line, findings);
    for job in &history.jobs {
        let number = job.number;
        if number > history.row.counters.jobs {
            findings.add(Rule::Counters, &line, format!("job {number} is beyond the counter"));
        }
        let stray =
            job.order.is_some_and(|order| !history.orders.iter().any(|row| row.id == order));
        if stray {
            findings.add(Rule::Liveness, &line, format!("job {number} is of no order of the line"));
        }
    }
    let sweeps = history.jobs.iter().any(|job| job.kind == JobKind::Sweep);
    if !history.held.is_empty() && !sweeps {
        findings.add(Rule::Liveness, &line, "units are held, and no job sweeps them");
    }
    for row in &history.orders {
        moves(history, row, findings);
    }
}

fn busy(history: &History, line: &str, findings: &mut Findings) {
    let unfinished: Vec<OrderId> =
        history.orders.iter().filter(|row| row.order.is_unfinished()).map(|row| row.id).collect();
    let fits = match history.row.busy {
        Some(busy) => unfinished.contains(&busy),
        None => unfinished.is_empty(),
    };
    if !fits {
        let busy = history.row.busy;
        findings.add(
            Rule::Busy,
            line,
            format!("busy with {busy:?}, unfinished are {unfinished:?}"),
        );
    }
}

fn moves(history: &History, row: &OrderRow, findings: &mut Findings) {
    let waits = |wanted: &dyn Fn(&JobKind) -> bool| {
        history.jobs.iter().any(|job| job.order == Some(row.id) && wanted(&job.kind))
    };
    let person = row.order.task.is_some();
    let mut stuck = |what: &str| findings.add(Rule::Liveness, row.id, what);
    match &row.order.state {
        OrderState::AwaitingPayment { .. } => {
            // While it is not known what became of a charge, the question of it outlives the time to pay.
            let moves = [JobKind::Expire, JobKind::AskPayment, JobKind::Charge];
            if !waits(&|kind| moves.contains(kind)) {
                stuck("awaits its payment, and no job asks or ends it");
            }
        }
        OrderState::Delivering { sending, .. } if sending.sent_at.is_none() => {
            if !waits(&|kind| *kind == JobKind::Send) {
                stuck("is paid and unsent, and no job sends it");
            }
        }
        OrderState::Delivering { .. } | OrderState::Unknown { .. } => {
            if !person && !waits(&|kind| *kind == JobKind::AskDelivery) {
                stuck("is sent without an outcome, and nobody asks");
            }
        }
        OrderState::Held { .. } => {
            if !person {
                stuck("is held, and no person is asked");
            }
        }
        OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => {}
    }
    for number in refunds_due(&row.order) {
        let asks = |kind: &JobKind| {
            *kind == JobKind::Refund(number) || *kind == JobKind::AskRefund(number)
        };
        if !waits(&asks) {
            findings.add(
                Rule::Liveness,
                row.id,
                format!("refund {number} is owed, and no job asks"),
            );
        }
    }
    for told in row.order.disputes.iter().map(|dispute| &dispute.told) {
        if told.status.is_open() && !waits(&|kind| *kind == JobKind::AskDispute(told.id.clone())) {
            let found = format!("dispute {} is open, and no job asks", told.id);
            findings.add(Rule::Liveness, row.id, found);
        }
    }
    if !person && row.order.refunds.iter().any(is_persons) {
        findings.add(Rule::Liveness, row.id, "a refund waits for a person, and none is asked");
    }
}

fn refunds_due(order: &Order) -> impl Iterator<Item = u32> {
    let due = |progress: &RefundProgress| {
        matches!(progress, RefundProgress::Due | RefundProgress::Asked { .. })
    };
    let refunds = order.refunds.iter();
    let is_machines = move |refund: &&Refund| due(&refund.progress) && !refund.is_by_hand();
    refunds.filter(is_machines).map(|refund| refund.number)
}

/// Whether no machine goes on with a refund that is owed: it failed, or no provider took the money.
fn is_persons(refund: &Refund) -> bool {
    match refund.progress {
        RefundProgress::Failed { .. } => true,
        RefundProgress::Due => refund.is_by_hand(),
        RefundProgress::Asked { .. } | RefundProgress::Done { .. } => false,
    }
}
