//! Orders against their columns, and against their receipts.

use super::history::{History, OrderRow};
use super::{Findings, Rule};
use farline_domain::orders::Stage;
use farline_domain::receipts::ReceiptData;
use sha2::{Digest, Sha256};

pub(super) fn check(history: &History, findings: &mut Findings) {
    let line = &history.row.line;
    for row in &history.orders {
        let place = row.id.to_string();
        let rule = (Rule::Orders, place.as_str());
        let order = &row.order;
        findings.agree(rule, "the id in the body", (order.id, row.id));
        findings.agree(rule, "the line in the body", (order.line, line.id));
        findings.agree(rule, "the stage column", (row.stage, order.state.stage()));
        let task_by = order.task.map(|task| task.by.millis());
        findings.agree(rule, "the deadline column", (row.task_by, task_by));
        let last = order.history.last().map(|passage| passage.state);
        findings.agree(rule, "the end of its history", (last, Some(order.state.stage())));
        let audited = history.audit.iter().rev().filter_map(|entry| entry.order);
        let audited = audited.clone().find(|(id, _)| *id == row.id).map(|(_, stage)| stage);
        findings.agree(rule, "the stage in the audit", (audited, Some(order.state.stage())));
        receipt(row, &place, findings);
    }
}

fn receipt(row: &OrderRow, place: &str, findings: &mut Findings) {
    let was_delivered = row.order.history.iter().any(|passage| passage.state == Stage::Delivered);
    let receipt = match (&row.receipt, was_delivered) {
        (Some(receipt), true) => receipt,
        (None, false) => return,
        (Some(_), false) => {
            return findings.add(Rule::Receipts, place, "a receipt, but never delivered");
        }
        (None, true) => return findings.add(Rule::Receipts, place, "delivered without a receipt"),
    };
    let hash: [u8; 32] = Sha256::digest(receipt.canonical.as_bytes()).into();
    if hash != receipt.hash {
        findings.add(Rule::Receipts, place, "the receipt's hash does not fit its data");
    }
    let rule = (Rule::Receipts, place);
    let number = ReceiptData::number_of(&row.order.reference);
    findings.agree(rule, "the receipt's number", (receipt.number.as_str(), number.as_str()));
    match serde_json::from_str::<ReceiptData>(&receipt.canonical) {
        Ok(data) => {
            findings.agree(rule, "the receipt's order", (data.order, row.id));
            findings.agree(rule, "the receipt's price", (&data.price, &row.order.price));
        }
        Err(_) => findings.add(Rule::Receipts, place, "the receipt's data cannot be read"),
    }
}
