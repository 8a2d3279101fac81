//! Every test number's outcome.

use farline_sandbox::numbers;
use serde_json::json;

use crate::world::{RETURN_URL, World};

#[tokio::test(flavor = "multi_thread")]
async fn approving_numbers_capture_and_lead_back() {
    let world = World::start().await;
    let table = [
        (numbers::VISA_CREDIT, "credit", "visa"),
        (numbers::VISA_DEBIT, "debit", "visa"),
        (numbers::MASTERCARD_CREDIT, "credit", "mastercard"),
        (numbers::MASTERCARD_DEBIT, "debit", "mastercard"),
        (numbers::WEBHOOK_LATE, "credit", "visa"),
        (numbers::WEBHOOK_TWICE, "credit", "visa"),
        (numbers::WEBHOOK_NEVER, "credit", "visa"),
        (numbers::CAPTURED_AFTER_CANCELLATION, "credit", "visa"),
        (numbers::REFUND_FAILS_LATER, "credit", "visa"),
        (numbers::KEPT_THEN_DECLINED, "credit", "visa"),
        (numbers::KEPT_THEN_SHORT, "credit", "visa"),
        (numbers::KEPT_THEN_EXPIRED, "credit", "visa"),
        (numbers::KEPT_THEN_LOST, "credit", "visa"),
        (numbers::KEPT_THEN_UNKNOWN, "credit", "visa"),
        (numbers::KEPT_THEN_PENDING, "credit", "visa"),
        (numbers::DISPUTED, "credit", "visa"),
        (numbers::INQUIRY, "credit", "visa"),
        (numbers::FRAUD_WARNING, "credit", "visa"),
    ];
    for (number, method, brand) in table {
        let checkout = world.checkout().await;
        let answer = world.pay(&checkout, number).await;
        assert_eq!(answer.status(), 303, "{number}");
        assert_eq!(answer.headers()["location"], RETURN_URL);
        let shown = world.show(&checkout).await;
        assert_eq!(shown["status"], "complete");
        let payment = &shown["payment"];
        let expected = json!({
            "id": payment["id"], "checkout": checkout, "reference": "ord_1",
            "status": "captured", "amount": 2825, "currency": "CAD", "method": method,
            "brand": brand, "last4": number[12..], "funding": method, "refunded_amount": 0,
        });
        assert_eq!(*payment, expected);
        let (_, alone) =
            world.get(&format!("/v1/payments/{}", payment["id"].as_str().unwrap())).await;
        assert_eq!(alone, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_shows_the_page_again_and_leaves_the_checkout_open() {
    let world = World::start().await;
    let table = [
        (numbers::DECLINED, "generic_decline", "The bank declined this card"),
        (numbers::INSUFFICIENT_FUNDS, "insufficient_funds", "not enough money"),
        (numbers::EXPIRED_CARD, "expired_card", "this card has expired"),
        (numbers::INCORRECT_CVC, "incorrect_cvc", "security code is wrong"),
        (numbers::PROCESSING_ERROR, "processing_error", "could not process"),
    ];
    for (number, code, sentence) in table {
        let checkout = world.checkout().await;
        let answer = world.pay(&checkout, number).await;
        assert_eq!(answer.status(), 200);
        let page = answer.text().await.unwrap();
        assert!(page.contains(sentence) && page.contains("Nothing has been charged."), "{page}");
        assert!(page.contains(r#"value="12/34""#) && page.contains(r#"role="alert""#));
        assert!(!page.contains(number) && !page.contains(r#"value="123""#));
        let shown = world.show(&checkout).await;
        assert_eq!(
            (&shown["status"], &shown["payment"]["status"]),
            (&json!("open"), &json!("declined"))
        );
        assert_eq!(shown["payment"]["decline_code"], code);
        assert_eq!(world.pay(&checkout, numbers::VISA_CREDIT).await.status(), 303);
        assert_eq!(world.show(&checkout).await["payment"]["status"], "captured");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn paypal_approves_and_refuses() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    let refused = world.submit(&checkout, "/paypal", &[("decision", "refuse")]).await;
    assert_eq!(refused.status(), 200);
    assert!(refused.text().await.unwrap().contains("refused at PayPal"));
    let shown = world.show(&checkout).await;
    assert_eq!(shown["status"], "open");
    assert_eq!(shown["payment"]["decline_code"], "payer_refused");
    assert_eq!(world.submit(&checkout, "/paypal", &[("decision", "approve")]).await.status(), 303);
    let shown = world.show(&checkout).await;
    let payment = &shown["payment"];
    assert_eq!((&payment["status"], &payment["method"]), (&json!("captured"), &json!("paypal")));
    assert!(payment["brand"].is_null() && payment["last4"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bank_asks_and_takes_yes_no_or_silence() {
    let world = World::start().await;
    for (decision, status, state) in [("approve", 303, "captured"), ("refuse", 200, "declined")] {
        let checkout = world.checkout().await;
        let asked = world.pay(&checkout, numbers::CHALLENGE).await;
        assert_eq!(asked.status(), 200);
        assert!(asked.text().await.unwrap().contains("Your bank asks"));
        let before = world.show(&checkout).await;
        assert_eq!(before["payment"]["status"], "requires_action");
        assert_eq!(before["status"], "open");
        // A second press and a reload find the same question.
        assert_eq!(world.pay(&checkout, numbers::CHALLENGE).await.status(), 200);
        assert_eq!(world.show(&checkout).await["payment"]["id"], before["payment"]["id"]);
        let answer = world.submit(&checkout, "/challenge", &[("decision", decision)]).await;
        assert_eq!(answer.status(), status);
        let after = world.show(&checkout).await;
        assert_eq!(after["payment"]["id"], before["payment"]["id"]);
        assert_eq!(after["payment"]["status"], state);
    }
    // Left unanswered it expires with its checkout, and a late yes captures nothing.
    let checkout = world.checkout().await;
    world.pay(&checkout, numbers::CHALLENGE).await;
    world.advance(901);
    assert_eq!(world.show(&checkout).await["status"], "expired");
    let late = world.submit(&checkout, "/challenge", &[("decision", "approve")]).await;
    assert_eq!(late.status(), 410);
    assert_eq!(world.show(&checkout).await["payment"]["status"], "requires_action");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_card_closes_the_banks_question() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    world.pay(&checkout, numbers::CHALLENGE).await;
    let asked = world.show(&checkout).await["payment"]["id"].as_str().unwrap().to_owned();
    assert_eq!(world.pay(&checkout, numbers::VISA_CREDIT).await.status(), 303);
    let (_, first) = world.get(&format!("/v1/payments/{asked}")).await;
    assert_eq!(first["decline_code"], "authentication_abandoned");
    world.submit(&checkout, "/challenge", &[("decision", "approve")]).await;
    let (_, first) = world.get(&format!("/v1/payments/{asked}")).await;
    assert_eq!(first["status"], "declined");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_altering_number_reports_what_it_captured() {
    let world = World::start().await;
    let payment = world.paid_with(numbers::AMOUNT_ALTERED).await;
    assert_eq!((&payment["status"], &payment["amount"]), (&json!("captured"), &json!(2725)));
    let mut small = world.order("ord_small");
    small["amount"] = json!(100);
    let (_, checkout) = world.post("/v1/checkouts", &small).await;
    let checkout = checkout["id"].as_str().unwrap();
    world.pay(checkout, numbers::AMOUNT_ALTERED).await;
    let shown = world.show(checkout).await;
    assert_eq!((&shown["amount"], &shown["payment"]["amount"]), (&json!(100), &json!(200)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_checkout_captures_only_the_late_number() {
    let world = World::start().await;
    for by_clock in [true, false] {
        let checkout = world.checkout().await;
        if by_clock {
            world.advance(900);
        } else {
            let path = format!("/v1/checkouts/{checkout}/expire");
            assert_eq!(world.post(&path, &json!({})).await.0, 200);
        }
        assert_eq!(world.show(&checkout).await["status"], "expired");
        for number in [numbers::VISA_CREDIT, numbers::DECLINED, numbers::CHALLENGE] {
            assert_eq!(world.pay(&checkout, number).await.status(), 410);
        }
        assert_eq!(world.submit(&checkout, "/paypal", &[]).await.status(), 410);
        assert!(world.show(&checkout).await["payment"].is_null());
        let late = world.pay(&checkout, numbers::CAPTURED_AFTER_CANCELLATION).await;
        assert_eq!(late.status(), 303);
        let shown = world.show(&checkout).await;
        assert_eq!(shown["status"], "complete");
        assert_eq!(shown["payment"]["status"], "captured");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_submits_make_one_payment() {
    let world = std::sync::Arc::new(World::start().await);
    let checkout = world.checkout().await;
    let mut presses = tokio::task::JoinSet::new();
    for press in 0..20 {
        let (world, checkout) = (std::sync::Arc::clone(&world), checkout.clone());
        presses.spawn(async move {
            let answer = match press % 2 {
                0 => world.pay(&checkout, numbers::VISA_CREDIT).await,
                _ => world.submit(&checkout, "/paypal", &[]).await,
            };
            (answer.status(), answer.headers()["location"].clone())
        });
    }
    for (status, location) in presses.join_all().await {
        assert_eq!((status.as_u16(), location.to_str().unwrap()), (303, RETURN_URL));
    }
    let text = std::fs::read_to_string(world.journal()).unwrap();
    assert_eq!(text.matches(r#""status":"captured""#).count(), 1);
    assert_eq!(text.matches("checkout.completed").count(), 1);
}
