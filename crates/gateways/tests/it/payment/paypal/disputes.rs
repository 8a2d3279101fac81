//! The part of our own PayPal about disputes, who decides them, and what is PayPal's own in them.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use farline_app::ports::payment::{CapturedPayment, PaymentProvider, RefundState};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::DisputeStatus;
use serde_json::{Value, json};

use super::counterpart::{START_MS, Side};
use super::server::{Book, PayPal, Said, cad, cents, missing, unprocessable};
use crate::payment::contract::{Counterpart, PRICE, Payer, paid, refund_of};
use crate::payment::disputes::{Bank, Complaint, Verdict};

/// How long a dispute waits for us, in seconds.
const ANSWER_WITHIN_SECONDS: i64 = 10 * 86_400;

pub(super) fn router() -> Router<PayPal> {
    Router::new().route("/v1/customer/disputes/{id}", get(dispute))
}

async fn dispute(
    State(paypal): State<PayPal>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let read =
        |book: &mut Book, _| book.disputes.get(&id).map_or_else(missing, |one| (200, one.clone()));
    paypal.serve(&headers, read)
}

/// What PayPal objects to a refund of a payment that is disputed: while it decides, and once the money is gone.
pub(super) fn objection(book: &Book, capture: &str) -> Option<Said> {
    let of = |one: &&Value| one["disputed_transactions"][0]["seller_transaction_id"] == capture;
    let dispute = book.disputes.values().rfind(of)?;
    let is_lost = dispute["dispute_outcome"]["outcome_code"] == "RESOLVED_BUYER_FAVOUR";
    let is_open = dispute["status"] != "RESOLVED";
    if is_lost {
        return Some(unprocessable("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"));
    }
    let is_claim = is_open && dispute["dispute_life_cycle_stage"] != "INQUIRY";
    is_claim.then(|| unprocessable("TRANSACTION_DISPUTED"))
}

fn movement(party: &str, direction: &str, reason: &str, amount: i64) -> Value {
    json!({
        "affected_party": party, "type": direction, "reason": reason, "amount": cad(amount),
        "initiated_time": "2026-11-29T12:00:00.000Z",
    })
}

impl Book {
    /// A payer complains of a capture, or of a payment that another program took.
    fn complain(&mut self, transaction: &Value, complaint: Complaint, now: Instant) -> String {
        let stage = match complaint {
            Complaint::Disputes => "CHARGEBACK",
            Complaint::Asks => "INQUIRY",
            Complaint::Warns => panic!("PayPal warns of nothing"),
        };
        let id = self.id("PP-D-");
        let due = now.plus_seconds(ANSWER_WITHIN_SECONDS).rfc3339();
        let dispute = json!({
            "dispute_id": id, "create_time": now.rfc3339(), "update_time": now.rfc3339(),
            "disputed_transactions": [transaction], "reason": "UNAUTHORISED",
            "status": "WAITING_FOR_SELLER_RESPONSE", "dispute_state": "REQUIRED_ACTION",
            "dispute_amount": transaction["gross_amount"], "dispute_life_cycle_stage": stage,
            "dispute_channel": "INTERNAL", "seller_response_due_date": due,
        });
        self.tell("CUSTOMER.DISPUTE.CREATED", &dispute);
        self.disputes.insert(id.clone(), dispute);
        id
    }

    fn change(&mut self, id: &str, kind: &str, change: impl FnOnce(&mut Value)) {
        let dispute = self.disputes.get_mut(id).unwrap();
        change(dispute);
        let shown = dispute.clone();
        self.tell(&format!("CUSTOMER.DISPUTE.{kind}"), &shown);
    }

    /// PayPal takes the money when it decides for the payer, with a fee, and gives it again when it decides anew.
    fn decide(&mut self, id: &str, verdict: Verdict) {
        self.change(id, "RESOLVED", |dispute| {
            dispute["status"] = json!("RESOLVED");
            let amount = cents(&dispute["dispute_amount"]);
            let mut moved = dispute["money_movements"].as_array().cloned().unwrap_or_default();
            let outcome = match verdict {
                Verdict::Lost => {
                    moved.push(movement("BUYER", "CREDIT", "DISPUTE_SETTLEMENT", amount));
                    moved.push(movement("SELLER", "DEBIT", "DISPUTE_SETTLEMENT", amount));
                    moved.push(movement("SELLER", "DEBIT", "DISPUTE_FEE", 1_500));
                    dispute["money_movements"] = json!(moved);
                    json!({"outcome_code": "RESOLVED_BUYER_FAVOUR", "amount_refunded": cad(amount)})
                }
                Verdict::Won => {
                    if !moved.is_empty() {
                        moved.push(movement("SELLER", "CREDIT", "DISPUTE_SETTLEMENT", amount));
                        dispute["money_movements"] = json!(moved);
                    }
                    json!({"outcome_code": "RESOLVED_SELLER_FAVOUR"})
                }
            };
            dispute["dispute_outcome"] = outcome;
        });
    }
}

#[async_trait]
impl Bank for Side {
    const WARNS: bool = false;
    const TAKES: Money = Money::cad(0);

    async fn complain(&self, order: &str, complaint: Complaint) -> (CapturedPayment, String) {
        let payment = paid(self, order, Payer::PaysByPaypal).await;
        let now = self.now();
        let mut book = self.paypal.book();
        let capture = book.captures[&payment.payment].clone();
        let transaction = json!({
            "buyer_transaction_id": "3BC38643YC807283D", "seller_transaction_id": capture["id"],
            "transaction_status": "COMPLETED", "gross_amount": capture["amount"],
            "custom": capture["custom_id"], "invoice_number": capture["invoice_id"],
        });
        let dispute = book.complain(&transaction, complaint, now);
        (payment, dispute)
    }

    async fn answer(&self, dispute: &str) {
        self.paypal.book().change(dispute, "UPDATED", |dispute| {
            dispute["status"] = json!("UNDER_REVIEW");
        });
    }

    async fn decide(&self, dispute: &str, verdict: Verdict) {
        self.paypal.book().decide(dispute, verdict);
    }

    async fn complain_of_others(&self) -> Vec<String> {
        let transaction = json!({"seller_transaction_id": "9TH23456", "gross_amount": cad(1_000)});
        vec![self.paypal.book().complain(&transaction, Complaint::Disputes, self.now())]
    }
}

/// A side with one dispute of a payment of ours.
async fn disputed(complaint: Complaint) -> (Side, CapturedPayment, String) {
    let side = Side::open().await;
    let (payment, dispute) = side.complain("ord_1", complaint).await;
    (side, payment, dispute)
}

/// What is read when these fields of it are otherwise.
async fn read(side: &Side, dispute: &str, fields: &[(&str, Value)]) -> (DisputeStatus, Money) {
    {
        let mut book = side.paypal.book();
        let shown = book.disputes.get_mut(dispute).unwrap();
        for (field, value) in fields {
            shown[*field] = value.clone();
        }
    }
    let told = side.provider.dispute(dispute).await.unwrap().unwrap().told;
    (told.status, told.withdrawn)
}

#[tokio::test]
async fn each_status_means_something_at_its_stage() {
    let (side, _, dispute) = disputed(Complaint::Disputes).await;
    let (asked, needed) = (DisputeStatus::Inquiry, DisputeStatus::NeedsResponse);
    let reviewed = DisputeStatus::UnderReview;
    let table = [
        ("OPEN", [asked, needed]),
        ("WAITING_FOR_SELLER_RESPONSE", [asked, needed]),
        ("WAITING_FOR_BUYER_RESPONSE", [reviewed, reviewed]),
        ("UNDER_REVIEW", [reviewed, reviewed]),
    ];
    for (status, [in_inquiry, in_claim]) in table {
        for stage in ["INQUIRY", "CHARGEBACK", "PRE_ARBITRATION", "ARBITRATION"] {
            let fields = [("status", json!(status)), ("dispute_life_cycle_stage", json!(stage))];
            let expected = if stage == "INQUIRY" { in_inquiry } else { in_claim };
            let said = read(&side, &dispute, &fields).await;
            assert_eq!(said, (expected, Money::cad(0)), "{status} {stage}");
        }
    }
    // Waiting for us, nobody knows at what stage.
    side.paypal.book().change(&dispute, "UPDATED", |dispute| {
        dispute["status"] = json!("OPEN");
        dispute.as_object_mut().unwrap().remove("dispute_life_cycle_stage");
    });
    side.provider.dispute(&dispute).await.unwrap_err();
}

#[tokio::test]
async fn each_outcome_is_for_one_of_us() {
    let (won, lost) = (DisputeStatus::Won, DisputeStatus::Lost);
    let table = [
        ("RESOLVED_BUYER_FAVOUR", lost),
        ("ACCEPTED", lost),
        ("RESOLVED_SELLER_FAVOUR", won),
        ("RESOLVED_WITH_PAYOUT", won),
        ("CANCELED_BY_BUYER", won),
        ("DENIED", won),
    ];
    let (side, _, dispute) = disputed(Complaint::Disputes).await;
    for (code, expected) in table {
        // Where PayPal says nothing of movements, a lost dispute took what the payer was given.
        for (refunded, cents) in [("28.25", 2_825), ("10.00", 1_000), ("0.00", 0)] {
            let refunded = json!({"currency_code": "CAD", "value": refunded});
            let outcome = json!({"outcome_code": code, "amount_refunded": refunded});
            let fields = [("status", json!("RESOLVED")), ("dispute_outcome", outcome)];
            let withdrawn = Money::cad(if expected == lost { cents } else { 0 });
            let said = read(&side, &dispute, &fields).await;
            assert_eq!(said, (expected, withdrawn), "{code} {cents}");
        }
    }
    for outcome in [
        json!({"outcome_code": "ACCEPTED"}),
        json!({"outcome_code": "ACCEPTED", "amount_refunded": {"currency_code": "USD", "value": "1.00"}}),
        json!({"outcome_code": "ACCEPTED", "amount_refunded": {"currency_code": "CAD", "value": "-1.00"}}),
    ] {
        side.paypal.book().disputes.get_mut(&dispute).unwrap()["dispute_outcome"] = outcome.clone();
        side.provider.dispute(&dispute).await.expect_err(&outcome.to_string());
    }
}

#[tokio::test]
async fn what_was_moved_from_us_counts_and_no_fee() {
    let (side, _, dispute) = disputed(Complaint::Disputes).await;
    let settled = |direction, amount| movement("SELLER", direction, "DISPUTE_SETTLEMENT", amount);
    let fee = |reason, amount| movement("SELLER", "DEBIT", reason, amount);
    let table = [
        (vec![settled("DEBIT", 2_825)], 2_825),
        (vec![settled("DEBIT", 1_000)], 1_000),
        (vec![settled("DEBIT", 2_825), fee("DISPUTE_FEE", 1_500)], 2_825),
        (vec![fee("DISPUTE_FEE", 1_500), fee("CHARGEBACK_FEE", 2_000)], 0),
        (vec![fee("DISPUTE_SETTLEMENT_FEE", 30), settled("DEBIT", 2_825)], 2_825),
        (vec![settled("DEBIT", 2_825), settled("CREDIT", 2_825)], 0),
        (vec![settled("DEBIT", 2_825), settled("CREDIT", 825)], 2_000),
        // PayPal paid the payer.
        (vec![movement("BUYER", "CREDIT", "DISPUTE_SETTLEMENT", 2_825)], 0),
        (vec![movement("PAYMENT_PROCESSOR", "DEBIT", "DISPUTE_SETTLEMENT", 2_825)], 0),
    ];
    let outcome = json!({"outcome_code": "RESOLVED_BUYER_FAVOUR", "amount_refunded": cad(2_825)});
    for (moved, cents) in table {
        let fields = [
            ("status", json!("RESOLVED")),
            ("dispute_outcome", outcome.clone()),
            ("money_movements", json!(moved)),
        ];
        let said = read(&side, &dispute, &fields).await;
        assert_eq!(said, (DisputeStatus::Lost, Money::cad(cents)), "{moved:?}");
    }
}

#[tokio::test]
async fn an_appeal_that_is_won_gives_the_money_back() {
    let (side, payment, dispute) = disputed(Complaint::Disputes).await;
    side.paypal.book().decide(&dispute, Verdict::Lost);
    assert_eq!(read(&side, &dispute, &[]).await, (DisputeStatus::Lost, PRICE));
    side.paypal.book().change(&dispute, "UPDATED", |dispute| {
        dispute["status"] = json!("UNDER_REVIEW");
        dispute["dispute_life_cycle_stage"] = json!("PRE_ARBITRATION");
    });
    // The money is still gone.
    assert_eq!(read(&side, &dispute, &[]).await, (DisputeStatus::UnderReview, PRICE));
    side.paypal.book().decide(&dispute, Verdict::Won);
    assert_eq!(read(&side, &dispute, &[]).await, (DisputeStatus::Won, Money::cad(0)));
    let done = side.provider.refund(&refund_of(&payment, "rf_1", PRICE)).await.unwrap().unwrap();
    assert!(matches!(done, RefundState::Done { .. }), "{done:?}");
}

#[tokio::test]
async fn the_order_is_named_by_either_field_and_the_date_is_an_instant() {
    let (side, payment, dispute) = disputed(Complaint::Asks).await;
    let transaction = |custom: Value, invoice: Value| {
        json!([{
            "seller_transaction_id": payment.payment, "custom": custom, "invoice_number": invoice,
        }])
    };
    let table = [
        (json!("ord_1"), json!("ord_1"), Some("ord_1")),
        (json!("ord_1"), Value::Null, Some("ord_1")),
        (Value::Null, json!("ord_1"), Some("ord_1")),
        (Value::Null, Value::Null, None),
    ];
    for (custom, invoice, expected) in table {
        read(&side, &dispute, &[("disputed_transactions", transaction(custom, invoice))]).await;
        let found = side.provider.dispute(&dispute).await.unwrap().unwrap();
        assert_eq!(found.order.as_deref(), expected);
        let due = Instant::from_millis(START_MS).plus_seconds(ANSWER_WITHIN_SECONDS);
        assert_eq!(found.told.respond_by, Some(due));
    }
    // Several payments in one dispute cannot be told apart.
    let mut several = transaction(json!("ord_1"), Value::Null);
    let again = several[0].clone();
    several.as_array_mut().unwrap().push(again);
    side.paypal.book().disputes.get_mut(&dispute).unwrap()["disputed_transactions"] = several;
    side.provider.dispute(&dispute).await.unwrap_err();
}
