//! The part of our own Stripe about disputes and warnings of them, the bank behind it, and what is Stripe's own in them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::payment::{CapturedPayment, PaymentProvider};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::DisputeStatus;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::objects::{Charge, Intent};
use super::scripted::Scripted;
use super::server::{Answer, Fields, World, done, field, missing};
use super::wire::StripeWire;
use crate::payment::contract::{PRICE, Payer, paid};
use crate::payment::disputes::{Bank, Complaint, Verdict};
use crate::payment::faults::{DISPUTE, Step, WARNING, Wire};

/// How long a dispute waits for evidence, in seconds.
const ANSWER_WITHIN_SECONDS: i64 = 7 * 86_400;

/// What leaves the balance for a payment of 28.25, and what comes back of it: in the balance's own currency, at the rate
/// of the day.
const WITHDRAWN_USD: i64 = -2_090;
const REINSTATED_USD: i64 = 2_075;

pub(super) struct Dispute {
    id: String,
    /// None where a charge was made without one.
    intent: Option<usize>,
    amount: i64,
    status: &'static str,
    moved: Vec<i64>,
    due_by: i64,
}

impl Dispute {
    fn is_withdrawn(&self) -> bool {
        self.moved.len() % 2 == 1
    }

    fn shown(&self, intents: &[Intent], query: &Fields) -> Value {
        let intent = self.intent.map(|intent| &intents[intent]);
        let moved = |amount: &i64| {
            let fee = if *amount < 0 { 1_500 } else { 0 };
            json!({
                "id": "txn_1", "object": "balance_transaction", "amount": amount, "fee": fee,
                "net": amount - fee, "currency": "usd", "type": "adjustment",
                "exchange_rate": 0.74,
            })
        };
        let is_whole = field(query, "expand[]") == Some("payment_intent");
        let payment =
            intent.map(|intent| if is_whole { intent.shown_briefly() } else { json!(intent.id) });
        json!({
            "id": self.id, "object": "dispute", "amount": self.amount, "currency": "cad",
            "status": self.status, "reason": "fraudulent", "livemode": false, "metadata": {},
            "charge": intent.map_or("ch_other", |intent| &intent.charge.as_ref().unwrap().id),
            "payment_intent": payment, "is_charge_refundable": self.moved.is_empty(),
            "balance_transactions": self.moved.iter().map(moved).collect::<Vec<_>>(),
            "evidence": {"uncategorized_text": null},
            "evidence_details": {
                "due_by": self.due_by, "has_evidence": false, "past_due": false,
                "submission_count": 0,
            },
        })
    }
}

pub(super) struct Warning {
    id: String,
    intent: usize,
}

impl World {
    fn intent_named(&self, id: &str) -> usize {
        self.intents.iter().position(|intent| intent.id == id).unwrap()
    }

    pub(super) fn is_withdrawn(&self, intent: usize) -> bool {
        self.disputes.iter().any(|one| one.intent == Some(intent) && one.is_withdrawn())
    }

    pub(super) fn show_dispute(&self, id: &str, query: &Fields) -> Answer {
        match self.disputes.iter().find(|dispute| dispute.id == id) {
            Some(dispute) => done(dispute.shown(&self.intents, query)),
            None => missing("dispute", id),
        }
    }

    pub(super) fn show_warning(&self, id: &str, query: &Fields) -> Answer {
        match self.warnings.iter().find(|warning| warning.id == id) {
            Some(warning) => done(self.shown_warning(warning, query)),
            None => missing("early fraud warning", id),
        }
    }

    fn shown_warning(&self, warning: &Warning, query: &Fields) -> Value {
        let expands =
            |name: &str| query.iter().any(|(key, value)| key == "expand[]" && value == name);
        let intent = &self.intents[warning.intent];
        let charge = intent.charge.as_ref().unwrap();
        let is_disputed = self.disputes.iter().any(|one| one.intent == Some(warning.intent));
        json!({
            "id": warning.id, "object": "radar.early_fraud_warning", "livemode": false,
            "actionable": !is_disputed && self.left_of(warning.intent) > 0,
            "fraud_type": "unauthorized_use_of_card",
            "charge": if expands("charge") { charge.shown(intent) } else { json!(charge.id) },
            "payment_intent":
                if expands("payment_intent") { intent.shown_briefly() } else { json!(intent.id) },
        })
    }

    fn happen_to_dispute(&mut self, number: usize, kinds: &[&str]) {
        let shown = self.disputes[number].shown(&self.intents, &Fields::new());
        for kind in kinds {
            self.happen(&format!("charge.dispute.{kind}"), &shown);
        }
    }

    fn dispute(&mut self, intent: Option<usize>, complaint: Complaint) -> String {
        let id = self.draw("du_");
        let amount = intent.map_or(2_825, |intent| self.left_of(intent));
        let (status, moved, kinds): (_, _, &[&str]) = match complaint {
            Complaint::Disputes => {
                ("needs_response", vec![WITHDRAWN_USD], &["created", "funds_withdrawn"])
            }
            Complaint::Asks => ("warning_needs_response", Vec::new(), &["created"]),
            Complaint::Warns => return self.warn(intent.unwrap()),
        };
        let due_by = self.now() + ANSWER_WITHIN_SECONDS;
        self.disputes.push(Dispute { id: id.clone(), intent, amount, status, moved, due_by });
        self.happen_to_dispute(self.disputes.len() - 1, kinds);
        id
    }

    fn warn(&mut self, intent: usize) -> String {
        let id = self.draw("issfr_");
        let warning = Warning { id: id.clone(), intent };
        let shown = self.shown_warning(&warning, &Fields::new());
        self.warnings.push(warning);
        self.happen("radar.early_fraud_warning.created", &shown);
        id
    }

    fn dispute_named(&self, id: &str) -> usize {
        self.disputes.iter().position(|dispute| dispute.id == id).unwrap()
    }

    fn decide(&mut self, id: &str, verdict: Verdict) {
        let number = self.dispute_named(id);
        let dispute = &mut self.disputes[number];
        let kinds: &[&str] = match (verdict, dispute.moved.is_empty()) {
            (Verdict::Won, true) => {
                dispute.status = "warning_closed";
                &["closed"]
            }
            (Verdict::Won, false) => {
                dispute.status = "won";
                dispute.moved.push(REINSTATED_USD);
                &["funds_reinstated", "closed"]
            }
            (Verdict::Lost, _) => {
                dispute.status = "lost";
                dispute.moved = vec![WITHDRAWN_USD];
                &["closed"]
            }
        };
        self.happen_to_dispute(number, kinds);
    }
}

#[async_trait]
impl Bank for Scripted {
    const WARNS: bool = true;
    const TAKES: Money = PRICE;

    async fn complain(&self, order: &str, complaint: Complaint) -> (CapturedPayment, String) {
        let payment = paid(self, order, Payer::PaysByCredit).await;
        let mut world = self.world.lock().unwrap();
        let intent = world.intent_named(&payment.payment);
        let dispute = world.dispute(Some(intent), complaint);
        (payment, dispute)
    }

    async fn answer(&self, dispute: &str) {
        let mut world = self.world.lock().unwrap();
        let number = world.dispute_named(dispute);
        let is_asked = world.disputes[number].moved.is_empty();
        world.disputes[number].status =
            if is_asked { "warning_under_review" } else { "under_review" };
        world.happen_to_dispute(number, &["updated"]);
    }

    async fn decide(&self, dispute: &str, verdict: Verdict) {
        self.world.lock().unwrap().decide(dispute, verdict);
    }

    /// One that another program took by an intent of its own, and one by a charge without any.
    async fn complain_of_others(&self) -> Vec<String> {
        let mut world = self.world.lock().unwrap();
        let form = vec![("currency".to_owned(), "cad".to_owned())];
        let mut intent = Intent::charging(world.draw("pi_"), 2_825, &form);
        intent.succeed(0);
        intent.charge = Some(Charge::new(world.draw("ch_"), Payer::PaysByCredit));
        world.intents.push(intent);
        let intent = world.intents.len() - 1;
        [Some(intent), None].map(|intent| world.dispute(intent, Complaint::Disputes)).into()
    }
}

/// What went through the balance, and in which currency.
type Moved<'a> = &'a [(i64, &'a str)];

/// A Stripe that says this of any dispute or warning.
async fn read(id: &str, body: &Value) -> Option<(DisputeStatus, Money)> {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json(body);
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let provider = StripeWire::provider(&server.uri(), std::time::Duration::from_secs(30));
    let told = provider.dispute(id).await.ok()?.unwrap().told;
    Some((told.status, told.withdrawn))
}

#[tokio::test]
async fn each_status_has_one_meaning_and_the_balance_says_what_was_taken() {
    let (usd, cad) = ("usd", "cad");
    let nothing = Money::cad(0);
    let table: &[(&str, Moved, DisputeStatus, Money)] = &[
        ("warning_needs_response", &[], DisputeStatus::Inquiry, nothing),
        ("warning_under_review", &[], DisputeStatus::UnderReview, nothing),
        ("warning_closed", &[], DisputeStatus::Won, nothing),
        ("needs_response", &[], DisputeStatus::NeedsResponse, nothing),
        ("needs_response", &[(-2_825, cad)], DisputeStatus::NeedsResponse, PRICE),
        ("needs_response", &[(-1, usd)], DisputeStatus::NeedsResponse, PRICE),
        ("under_review", &[(-2_090, usd)], DisputeStatus::UnderReview, PRICE),
        ("won", &[(-2_825, cad), (2_825, cad)], DisputeStatus::Won, nothing),
        // The rate has changed meanwhile.
        ("won", &[(-2_090, usd), (2_075, usd)], DisputeStatus::Won, nothing),
        ("won", &[(-2_090, usd), (2_105, usd)], DisputeStatus::Won, nothing),
        // Won, and the money is still on its way.
        ("won", &[(-2_090, usd)], DisputeStatus::Won, PRICE),
        ("lost", &[(-2_090, usd)], DisputeStatus::Lost, PRICE),
        // Given back in part, and lost all the same.
        ("lost", &[(-2_090, usd), (90, usd)], DisputeStatus::Lost, PRICE),
        ("lost", &[], DisputeStatus::Lost, nothing),
        ("prevented", &[], DisputeStatus::Won, nothing),
        ("prevented", &[(-2_090, usd)], DisputeStatus::Won, PRICE),
    ];
    for (status, moved, expected, withdrawn) in table {
        let mut body = StripeWire::sound(Step::Dispute);
        let moved: Vec<Value> = moved
            .iter()
            .map(|(amount, currency)| json!({"amount": amount, "currency": currency, "fee": 1_500}))
            .collect();
        body["status"] = json!(status);
        body["balance_transactions"] = json!(moved);
        let said = read(DISPUTE, &body).await;
        assert_eq!(said, Some((*expected, *withdrawn)), "{status} {moved:?}");
    }
}

#[tokio::test]
async fn a_dispute_of_a_part_takes_that_part() {
    let mut body = StripeWire::sound(Step::Dispute);
    body["amount"] = json!(1_000);
    let said = read(DISPUTE, &body).await;
    assert_eq!(said, Some((DisputeStatus::NeedsResponse, Money::cad(1_000))));
    // A date that is not there is none.
    for details in [json!({}), json!({"due_by": null})] {
        body["evidence_details"] = details;
        assert!(read(DISPUTE, &body).await.is_some());
    }
}

#[tokio::test]
async fn a_warning_that_nobody_can_act_on_is_over() {
    let mut body = StripeWire::sound(Step::Warning);
    assert_eq!(read(WARNING, &body).await, Some((DisputeStatus::Warned, Money::cad(0))));
    body["actionable"] = json!(false);
    assert_eq!(read(WARNING, &body).await, Some((DisputeStatus::Won, Money::cad(0))));
    // One kind's id does not read the other.
    assert_eq!(read(DISPUTE, &body).await, None);
    assert_eq!(read(WARNING, &StripeWire::sound(Step::Dispute)).await, None);
}

#[tokio::test]
async fn a_dispute_after_a_warning_speaks_for_itself() {
    let scripted = <Scripted as crate::payment::contract::Counterpart>::open().await;
    let (payment, warning) = scripted.complain("ord_1", Complaint::Warns).await;
    let dispute = {
        let mut world = scripted.world.lock().unwrap();
        let intent = world.intent_named(&payment.payment);
        world.dispute(Some(intent), Complaint::Disputes)
    };
    let told = scripted.provider.dispute(&dispute).await.unwrap().unwrap().told;
    let due_by = told.respond_by.map(Instant::millis);
    assert_eq!(due_by, Some((super::scripted::START_MS / 1_000 + ANSWER_WITHIN_SECONDS) * 1_000));
    let warned = scripted.provider.dispute(&warning).await.unwrap().unwrap().told;
    assert_eq!((warned.status, warned.withdrawn), (DisputeStatus::Won, Money::cad(0)));
}
