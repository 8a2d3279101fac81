//! The contract of every provider at which payments are disputed, written against the port. What is asked of the other
//! side beyond the port is in [`Bank`].

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use async_trait::async_trait;
use farline_app::ports::payment::{CapturedPayment, DisputedPayment, HintAbout, RefundState};
use farline_domain::kernel::Money;
use farline_domain::payments::DisputeStatus;

use super::contract::{Counterpart, PRICE, Payer, paid, refund_of};

/// How a bank, or the provider itself, comes to speak of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    Disputes,
    /// Asks before it disputes.
    Asks,
    /// Tells of fraud, before anybody disputes.
    Warns,
}

/// How it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Won,
    Lost,
}

/// A provider whose payers have banks.
#[async_trait]
pub(super) trait Bank: Counterpart {
    /// Whether the provider passes warnings on.
    const WARNS: bool;
    /// What a dispute takes before it is decided.
    const TAKES: Money;
    /// Somebody pays an order, and then the bank complains: the payment, and the provider's id of the dispute.
    async fn complain(&self, order: &str, complaint: Complaint) -> (CapturedPayment, String);
    /// Our evidence is sent.
    async fn answer(&self, dispute: &str);
    async fn decide(&self, dispute: &str, verdict: Verdict);
    /// Disputes of payments that another program took at the same account, where one can.
    async fn complain_of_others(&self) -> Vec<String>;
}

const NOTHING: Money = Money::cad(0);

async fn read<B: Bank>(bank: &B, dispute: &str) -> DisputedPayment {
    bank.provider().dispute(dispute).await.unwrap().unwrap()
}

/// How a dispute stands, and what it has taken.
async fn stands<B: Bank>(bank: &B, dispute: &str) -> (DisputeStatus, Money) {
    let told = read(bank, dispute).await.told;
    (told.status, told.withdrawn)
}

/// Waits for a webhook that hints at the dispute.
async fn heard<B: Bank>(bank: &B, dispute: &str) {
    for _ in 0..8 {
        let webhook = bank.webhook().await;
        let header = |asked: &str| B::header(&webhook, asked);
        bank.provider().prepare_webhook(&header, bank.now()).await.unwrap();
        let hint = bank.provider().webhook(&header, &webhook.body, bank.now()).unwrap();
        assert!(!hint.event.is_empty());
        if hint.about == HintAbout::Dispute(dispute.to_owned()) {
            return;
        }
    }
    panic!("nobody told of {dispute}");
}

pub(super) async fn a_webhook_hints_at_a_dispute_which_says_what_it_is_about<B: Bank>() {
    let bank = B::open().await;
    let (payment, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    heard(&bank, &dispute).await;
    let DisputedPayment { order, told } = read(&bank, &dispute).await;
    assert_eq!(order.as_deref(), Some("ord_1"));
    assert_eq!(
        (told.provider.as_str(), &told.id, &told.payment),
        (bank.provider().name(), &dispute, &payment.payment)
    );
    assert_eq!(
        (told.status, told.amount, told.withdrawn),
        (DisputeStatus::NeedsResponse, PRICE, B::TAKES)
    );
    assert!(!told.reason.is_empty());
    assert!(told.respond_by.unwrap() > bank.now());
    // Nothing changed: the same is said again.
    assert_eq!(read(&bank, &dispute).await.told, told);
}

pub(super) async fn an_answered_dispute_is_with_the_bank<B: Bank>() {
    let bank = B::open().await;
    let (_, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    heard(&bank, &dispute).await;
    bank.answer(&dispute).await;
    heard(&bank, &dispute).await;
    assert_eq!(stands(&bank, &dispute).await, (DisputeStatus::UnderReview, B::TAKES));
}

pub(super) async fn a_lost_dispute_keeps_what_was_paid<B: Bank>() {
    let bank = B::open().await;
    let (_, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    heard(&bank, &dispute).await;
    bank.decide(&dispute, Verdict::Lost).await;
    heard(&bank, &dispute).await;
    assert_eq!(stands(&bank, &dispute).await, (DisputeStatus::Lost, PRICE));
    assert_eq!(read(&bank, &dispute).await.order.as_deref(), Some("ord_1"));
}

pub(super) async fn a_won_dispute_gives_the_money_back<B: Bank>() {
    let bank = B::open().await;
    let (_, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    heard(&bank, &dispute).await;
    bank.answer(&dispute).await;
    bank.decide(&dispute, Verdict::Won).await;
    heard(&bank, &dispute).await;
    assert_eq!(stands(&bank, &dispute).await, (DisputeStatus::Won, NOTHING));
    assert_eq!(read(&bank, &dispute).await.told.amount, PRICE);
}

pub(super) async fn an_inquiry_takes_nothing<B: Bank>() {
    let bank = B::open().await;
    let (payment, inquiry) = bank.complain("ord_1", Complaint::Asks).await;
    heard(&bank, &inquiry).await;
    assert_eq!(stands(&bank, &inquiry).await, (DisputeStatus::Inquiry, NOTHING));
    assert_eq!(read(&bank, &inquiry).await.told.payment, payment.payment);
    bank.answer(&inquiry).await;
    assert_eq!(stands(&bank, &inquiry).await, (DisputeStatus::UnderReview, NOTHING));
    bank.decide(&inquiry, Verdict::Won).await;
    assert_eq!(stands(&bank, &inquiry).await, (DisputeStatus::Won, NOTHING));
    // What is only asked about can be given back.
    let refund = refund_of(&payment, "rf_1", PRICE);
    let done = bank.provider().refund(&refund).await.unwrap().unwrap();
    assert!(matches!(done, RefundState::Done { .. }), "{done:?}");
}

pub(super) async fn a_warning_takes_nothing_and_is_over_when_the_money_went_back<B: Bank>() {
    if !B::WARNS {
        return;
    }
    let bank = B::open().await;
    let (payment, warning) = bank.complain("ord_1", Complaint::Warns).await;
    heard(&bank, &warning).await;
    let DisputedPayment { order, told } = read(&bank, &warning).await;
    assert_eq!((order.as_deref(), &told.payment), (Some("ord_1"), &payment.payment));
    assert_eq!(
        (told.status, told.amount, told.withdrawn, told.respond_by),
        (DisputeStatus::Warned, PRICE, NOTHING, None)
    );
    assert!(!told.reason.is_empty());
    let part = refund_of(&payment, "rf_1", Money::cad(1_000));
    bank.provider().refund(&part).await.unwrap().unwrap();
    assert_eq!(stands(&bank, &warning).await, (DisputeStatus::Warned, NOTHING));
    let rest = refund_of(&payment, "rf_2", Money::cad(1_825));
    bank.provider().refund(&rest).await.unwrap().unwrap();
    assert_eq!(stands(&bank, &warning).await, (DisputeStatus::Won, NOTHING));
}

pub(super) async fn a_dispute_of_somebody_elses_payment_names_no_order<B: Bank>() {
    let bank = B::open().await;
    for dispute in bank.complain_of_others().await {
        heard(&bank, &dispute).await;
        let DisputedPayment { order, told } = read(&bank, &dispute).await;
        assert_eq!(order, None, "{dispute}");
        assert!(!told.payment.is_empty(), "{dispute}");
    }
}

pub(super) async fn what_nobody_disputed_is_refused<B: Bank>() {
    let bank = B::open().await;
    let (payment, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    for id in ["du_missing", "issfr_missing", "PP-D-0", &payment.payment] {
        let refusal = bank.provider().dispute(id).await.unwrap().unwrap_err();
        assert_eq!(refusal.code, "no_such_dispute", "{id}");
    }
    let elsewhere = format!("../disputes/{dispute}");
    for id in ["", ".", "..", "a/b", "%2e%2e", "x?reference=ord_1", "é", &elsewhere] {
        let said = bank.provider().dispute(id).await;
        assert!(!matches!(said, Ok(Ok(_))), "{id}: {said:?}");
    }
}

pub(super) async fn a_disputed_payment_is_not_given_back_a_second_time<B: Bank>() {
    let bank = B::open().await;
    let refused = async |payment: &CapturedPayment, key: &str| {
        for amount in [PRICE, Money::cad(1_000)] {
            let refund = refund_of(payment, &format!("{key}_{}", amount.minor), amount);
            for _ in 0..2 {
                let refusal = bank.provider().refund(&refund).await.unwrap().unwrap_err();
                assert!(!refusal.code.is_empty(), "{key}");
            }
            assert_eq!(bank.refunds(&refund.key).await, 0, "{key}");
        }
    };
    let (payment, dispute) = bank.complain("ord_1", Complaint::Disputes).await;
    refused(&payment, "disputed").await;
    bank.decide(&dispute, Verdict::Lost).await;
    refused(&payment, "lost").await;
    let (payment, dispute) = bank.complain("ord_2", Complaint::Disputes).await;
    refused(&payment, "disputed again").await;
    bank.decide(&dispute, Verdict::Won).await;
    let refund = refund_of(&payment, "won", PRICE);
    for _ in 0..2 {
        let done = bank.provider().refund(&refund).await.unwrap().unwrap();
        assert!(matches!(done, RefundState::Done { .. }), "{done:?}");
    }
    assert_eq!(bank.refunds("won").await, 1);
    // Another's dispute is no reason.
    let undisputed = paid(&bank, "ord_3", Payer::PaysByCredit).await;
    bank.provider().refund(&refund_of(&undisputed, "rf_3", PRICE)).await.unwrap().unwrap();
}

/// Every story of disputes, as tests of one bank.
macro_rules! disputes {
    ($bank:ty: $($story:ident)*) => {
        mod disputed {
            $(
                #[tokio::test]
                async fn $story() {
                    crate::payment::disputes::$story::<$bank>().await;
                }
            )*
        }
    };
    ($bank:ty) => {
        $crate::payment::disputes::disputes! { $bank:
            a_webhook_hints_at_a_dispute_which_says_what_it_is_about
            an_answered_dispute_is_with_the_bank
            a_lost_dispute_keeps_what_was_paid
            a_won_dispute_gives_the_money_back
            an_inquiry_takes_nothing
            a_warning_takes_nothing_and_is_over_when_the_money_went_back
            a_dispute_of_somebody_elses_payment_names_no_order
            what_nobody_disputed_is_refused
            a_disputed_payment_is_not_given_back_a_second_time
        }
    };
}
pub(super) use disputes;
