//! Charges of kept methods: what each number's bank says.

use farline_sandbox::numbers;
use serde_json::{Value, json};

use crate::world::{API_KEY, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_takes_money_once_for_each_key() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::VISA_DEBIT).await;
    let (status, charge) = world.charge("key-1", &method).await;
    assert_eq!(status, 201);
    let payment = &charge["payment"];
    let expected = json!({
        "id": charge["id"], "key": "key-1", "method": method["id"], "customer": "acc_1",
        "reference": "ord_9", "payer_is_there": false, "status": "captured", "amount": 2825,
        "currency": "CAD", "payment": {
            "id": payment["id"], "checkout": null, "reference": "ord_9", "status": "captured",
            "amount": 2825, "currency": "CAD", "method": "debit", "brand": "visa",
            "last4": "5556", "funding": "debit", "refunded_amount": 0,
        },
    });
    assert_eq!(charge, expected);
    assert_eq!(world.charge("key-1", &method).await, (status, expected.clone()));
    let path = format!("/v1/charges/{}", charge["id"].as_str().unwrap());
    assert_eq!(world.get(&path).await.1, expected);
    let (_, list) = world.get("/v1/charges?reference=ord_9").await;
    assert_eq!(list, json!({"data": [expected]}));
    assert_eq!(world.told("charge.completed").await, charge);
    let refund = json!({"payment": payment["id"], "amount": 2825, "reference": "r", "reason": "r"});
    assert_eq!(world.post("/v1/refunds", &refund).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bank_declines_in_its_own_words() {
    let world = World::start().await;
    let table = [
        (numbers::KEPT_THEN_DECLINED, "generic_decline", Value::Null),
        (numbers::KEPT_THEN_EXPIRED, "expired_card", json!("ask_customer")),
        (numbers::KEPT_THEN_LOST, "lost_card", json!("do_not_try_again")),
        (numbers::CHALLENGE, "authentication_required", json!("authenticate")),
    ];
    for (number, code, advice) in table {
        let method = world.kept("acc_1", number).await;
        for attempt in 1..=3 {
            let (status, charge) = world.charge(&format!("{code}-{attempt}"), &method).await;
            assert_eq!((status.as_u16(), &charge["status"]), (201, &json!("declined")), "{code}");
            assert_eq!((&charge["decline_code"], &charge["advice"]), (&json!(code), &advice));
            assert!(charge["payment"].is_null());
        }
    }
    // With the payer there too, the bank asks; the merchant has a page for that.
    let method = world.kept("acc_1", numbers::CHALLENGE).await;
    let body = json!({
        "method": method["id"], "amount": 2825, "currency": "CAD", "reference": "ord_9",
        "description": "d", "payer_is_there": true,
    });
    let (_, charge) = world.post_once("/v1/charges", "there", &body).await;
    assert_eq!(charge["decline_code"], "authentication_required");
    let declined = world.events(18).await.iter().filter(|kind| *kind == "charge.declined").count();
    assert_eq!(declined, 13);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_short_of_money_has_some_every_other_time() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::KEPT_THEN_SHORT).await;
    for round in 0..2 {
        let (_, short) = world.charge(&format!("first-{round}"), &method).await;
        let said = (&short["decline_code"], &short["advice"]);
        assert_eq!(said, (&json!("insufficient_funds"), &json!("try_again_later")));
        // Asking again about the same charge is not another one.
        assert_eq!(world.charge(&format!("first-{round}"), &method).await.1, short);
        let (_, later) = world.charge(&format!("second-{round}"), &method).await;
        assert_eq!(later["status"], "captured");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_expires_with_its_month() {
    let world = World::start().await;
    let setup = world.setup("acc_1").await;
    let form = [("cc-number", numbers::VISA_CREDIT), ("cc-exp", "11/26"), ("cc-csc", "123")];
    world.press(&setup, "", &form).await;
    let method = world.get(&format!("/v1/setups/{setup}")).await.1["kept"].clone();
    // 2026-11-30T12:00Z, and a day later.
    world.advance(8 * 86_400);
    assert_eq!(world.charge("in-time", &method).await.1["status"], "captured");
    world.advance(86_400);
    let (_, late) = world.charge("late", &method).await;
    let said = (&late["decline_code"], &late["advice"]);
    assert_eq!(said, (&json!("expired_card"), &json!("ask_customer")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_found_under_its_key() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::KEPT_THEN_UNKNOWN).await;
    let (status, body) = world.charge("key-1", &method).await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (500, &json!("internal")));
    let (status, charge) = world.charge("key-1", &method).await;
    assert_eq!((status.as_u16(), &charge["status"]), (201, &json!("captured")));
    let (_, list) = world.get("/v1/charges?reference=ord_9").await;
    assert_eq!(list, json!({"data": [charge]}));
    assert_eq!(world.told("charge.completed").await, charge);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_charge_is_captured_after_a_minute() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::KEPT_THEN_PENDING).await;
    let (status, pending) = world.charge("key-1", &method).await;
    assert_eq!((status.as_u16(), &pending["status"]), (201, &json!("pending")));
    assert!(pending["payment"].is_null());
    let path = format!("/v1/charges/{}", pending["id"].as_str().unwrap());
    world.advance(59);
    assert_eq!(world.get(&path).await.1["status"], "pending");
    world.advance(1);
    let (_, charge) = world.get(&path).await;
    assert_eq!(
        (&charge["status"], &charge["payment"]["amount"]),
        (&json!("captured"), &json!(2825))
    );
    // Under the key stands what was answered first.
    assert_eq!(world.charge("key-1", &method).await.1, pending);
    assert_eq!(world.told("charge.completed").await, charge);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_play_with_money_or_webhooks_do_so_when_charged() {
    let world = World::start().await;
    let altered = world.kept("acc_1", numbers::AMOUNT_ALTERED).await;
    let (_, charge) = world.charge("key-1", &altered).await;
    assert_eq!((&charge["amount"], &charge["payment"]["amount"]), (&json!(2825), &json!(2725)));
    let never = world.kept("acc_1", numbers::WEBHOOK_NEVER).await;
    world.charge("key-2", &never).await;
    let twice = world.kept("acc_1", numbers::WEBHOOK_TWICE).await;
    world.charge("key-3", &twice).await;
    let kinds = world.events(6).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "setup.completed").count(), 3);
    assert_eq!(kinds.iter().filter(|kind| *kind == "charge.completed").count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_that_makes_no_sense_is_refused_and_a_forgotten_method_is_declined() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::VISA_CREDIT).await;
    let body = json!({
        "method": method["id"], "amount": 2825, "currency": "CAD", "reference": "ord_9",
        "description": "d", "payer_is_there": false,
    });
    let table = [
        ("amount", json!(0), 400),
        ("amount", json!(100_000_000), 400),
        ("currency", json!("JPY"), 400),
        ("reference", json!(""), 400),
        ("description", json!("a\nb"), 400),
        ("payer_is_there", json!("no"), 400),
        ("payer_is_there", Value::Null, 400),
        ("surprise", json!(1), 400),
        ("method", json!("pm_x"), 404),
    ];
    for (field, value, expected) in table {
        let mut bad = body.clone();
        bad[field] = value;
        assert_eq!(world.post_once("/v1/charges", "bad", &bad).await.0, expected, "{bad}");
    }
    // Nobody could ask again about a charge without a key.
    assert_eq!(world.post("/v1/charges", &body).await.0, 400);
    let (_, list) = world.get("/v1/charges?reference=ord_9").await;
    assert_eq!(list, json!({"data": []}));
    assert_eq!(world.post_once("/v1/charges", "bad", &body).await.0, 201);
    let mut dearer = body.clone();
    dearer["amount"] = json!(2826);
    assert_eq!(world.post_once("/v1/charges", "bad", &dearer).await.0, 409);

    let path = format!("{}/v1/methods/{}", world.base, method["id"].as_str().unwrap());
    world.client.delete(path).bearer_auth(API_KEY).send().await.unwrap();
    let (_, charge) = world.charge("after", &method).await;
    let said = (&charge["decline_code"], &charge["advice"]);
    assert_eq!(said, (&json!("method_forgotten"), &json!("ask_customer")));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_askings_at_once_take_money_once() {
    let world = std::sync::Arc::new(World::start().await);
    let method = world.kept("acc_1", numbers::VISA_CREDIT).await;
    let mut askings = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (world, method) = (std::sync::Arc::clone(&world), method.clone());
        askings.spawn(async move { world.charge("key-1", &method).await });
    }
    let answers = askings.join_all().await;
    assert!(answers.iter().all(|answer| answer == &answers[0]));
    let text = std::fs::read_to_string(world.journal()).unwrap();
    assert_eq!(text.matches("charge.completed").count(), 1);
}
