//! What banks do about payments afterwards.

use farline_sandbox::numbers;
use serde_json::{Value, json};

use crate::world::{START_MS, World};

/// A minute after the payment, and seven days after that.
const RESPOND_BY_MS: i64 = START_MS + 60_000 + 7 * 86_400_000;

/// Pays with a number, lets the bank speak up, and returns the payment and the dispute.
async fn disputed(world: &World, number: &str) -> (Value, Value) {
    let payment = world.paid_with(number).await;
    world.advance(60);
    let dispute = world.told("dispute.opened").await;
    assert_eq!(dispute["payment"], payment["id"]);
    (payment, dispute)
}

fn path(dispute: &Value, action: &str) -> String {
    format!("/v1/disputes/{}{action}", dispute["id"].as_str().unwrap())
}

async fn close(world: &World, dispute: &Value, outcome: &str) -> (u16, Value) {
    let (status, body) = world.post(&path(dispute, "/close"), &json!({"outcome": outcome})).await;
    (status.as_u16(), body)
}

async fn refund(world: &World, payment: &Value, amount: i64) -> (u16, Value) {
    let body = json!({"payment": payment["id"], "amount": amount, "reference": "r", "reason": "r"});
    let (status, body) = world.post("/v1/refunds", &body).await;
    (status.as_u16(), body)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bank_speaks_up_a_minute_later_in_its_own_way() {
    let table = [
        (numbers::DISPUTED, "needs_response", "fraudulent", 2825, json!(RESPOND_BY_MS)),
        (numbers::INQUIRY, "inquiry", "general", 0, json!(RESPOND_BY_MS)),
        (numbers::FRAUD_WARNING, "warned", "unauthorized_use_of_card", 0, Value::Null),
    ];
    for (number, status, reason, withdrawn, respond_by) in table {
        let world = World::start().await;
        let payment = world.paid_with(number).await;
        world.advance(59);
        let early = world.get("/v1/disputes?reference=ord_1").await.1;
        assert_eq!(early, json!({"data": []}), "{number}");
        world.advance(1);
        let dispute = world.told("dispute.opened").await;
        let expected = json!({
            "id": dispute["id"], "payment": payment["id"], "reference": "ord_1", "status": status,
            "reason": reason, "amount": 2825, "withdrawn": withdrawn, "currency": "CAD",
            "respond_by_ms": respond_by,
        });
        assert_eq!(dispute, expected, "{number}");
        assert_eq!(world.get(&path(&dispute, "")).await.1, expected, "{number}");
        let listed = world.get("/v1/disputes?reference=ord_1").await.1;
        assert_eq!(listed, json!({"data": [expected]}), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_of_a_kept_card_is_disputed_too() {
    let world = World::start().await;
    let method = world.kept("acc_1", numbers::DISPUTED).await;
    let (_, charge) = world.charge("key-1", &method).await;
    world.advance(60);
    let dispute = world.told("dispute.opened").await;
    assert_eq!(dispute["payment"], charge["payment"]["id"]);
    assert_eq!(dispute["reference"], "ord_9");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bank_decides_once_and_money_comes_back_only_when_it_is_won() {
    for (number, outcome, withdrawn) in [
        (numbers::DISPUTED, "won", 0),
        (numbers::DISPUTED, "lost", 2825),
        (numbers::INQUIRY, "won", 0),
        (numbers::INQUIRY, "lost", 2825),
        (numbers::FRAUD_WARNING, "won", 0),
    ] {
        let world = World::start().await;
        let (_, dispute) = disputed(&world, number).await;
        if number != numbers::FRAUD_WARNING {
            for _ in 0..2 {
                let (status, answered) = world.post(&path(&dispute, "/answer"), &json!({})).await;
                assert_eq!((status.as_u16(), &answered["status"]), (200, &json!("under_review")));
                assert_eq!(answered["withdrawn"], dispute["withdrawn"], "{number}");
            }
            assert_eq!(world.told("dispute.updated").await["status"], "under_review");
        }
        for _ in 0..2 {
            let (status, closed) = close(&world, &dispute, outcome).await;
            let seen = (status, &closed["status"], &closed["withdrawn"]);
            assert_eq!(seen, (200, &json!(outcome), &json!(withdrawn)), "{number}");
        }
        assert_eq!(world.told("dispute.closed").await["status"], outcome, "{number}");
        let other = if outcome == "won" { "lost" } else { "won" };
        let (status, refused) = close(&world, &dispute, other).await;
        assert_eq!((status, &refused["error"]["code"]), (409, &json!("dispute_closed")));
        let (status, refused) = world.post(&path(&dispute, "/answer"), &json!({})).await;
        assert_eq!((status.as_u16(), &refused["error"]["code"]), (409, &json!("dispute_closed")));
        let closed =
            world.received().iter().filter(|one| one.json()["type"] == "dispute.closed").count();
        assert_eq!(closed, 1, "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_asks_nothing_and_takes_nothing() {
    let world = World::start().await;
    let (_, warning) = disputed(&world, numbers::FRAUD_WARNING).await;
    assert_eq!(close(&world, &warning, "lost").await.0, 400);
    assert_eq!(world.post(&path(&warning, "/answer"), &json!({})).await.0, 400);
    assert_eq!(world.get(&path(&warning, "")).await.1, warning);
    for body in [json!({}), json!({"outcome": "drawn"}), json!({"outcome": "won", "x": 1})] {
        assert_eq!(world.post(&path(&warning, "/close"), &body).await.0, 400, "{body}");
    }
    for unknown in ["/v1/disputes/dp_missing", "/v1/disputes/dp_missing/close"] {
        let closing = json!({"outcome": "won"});
        let status = if unknown.ends_with("close") {
            world.post(unknown, &closing).await.0
        } else {
            world.get(unknown).await.0
        };
        assert_eq!(status, 404, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_bank_has_taken_is_not_refunded_until_it_gives_it_back() {
    let world = World::start().await;
    let (payment, dispute) = disputed(&world, numbers::DISPUTED).await;
    for amount in [1, 2825] {
        let (status, refused) = refund(&world, &payment, amount).await;
        assert_eq!((status, &refused["error"]["code"]), (422, &json!("payment_disputed")));
    }
    close(&world, &dispute, "won").await;
    assert_eq!(refund(&world, &payment, 2825).await.0, 201);
    // What was decided stays so.
    assert_eq!(world.get(&path(&dispute, "")).await.1["status"], "won");

    let world = World::start().await;
    let (payment, dispute) = disputed(&world, numbers::DISPUTED).await;
    close(&world, &dispute, "lost").await;
    assert_eq!(refund(&world, &payment, 1).await.0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_in_time_is_not_taken_a_second_time() {
    for number in [numbers::INQUIRY, numbers::FRAUD_WARNING] {
        let world = World::start().await;
        let (payment, dispute) = disputed(&world, number).await;
        assert_eq!(refund(&world, &payment, 1000).await.0, 201);
        assert_eq!(world.get(&path(&dispute, "")).await.1, dispute, "{number}");
        assert_eq!(refund(&world, &payment, 1825).await.0, 201);
        let closed = world.told("dispute.closed").await;
        assert_eq!((&closed["status"], &closed["withdrawn"]), (&json!("won"), &json!(0)));
    }
    // In part: only the rest is disputed.
    let world = World::start().await;
    let payment = world.paid_with(numbers::DISPUTED).await;
    assert_eq!(refund(&world, &payment, 1000).await.0, 201);
    world.advance(60);
    let dispute = world.told("dispute.opened").await;
    assert_eq!((&dispute["amount"], &dispute["withdrawn"]), (&json!(1825), &json!(1825)));
    // An inquiry that is lost after that takes what is left.
    let world = World::start().await;
    let (payment, inquiry) = disputed(&world, numbers::INQUIRY).await;
    assert_eq!(refund(&world, &payment, 1000).await.0, 201);
    assert_eq!(close(&world, &inquiry, "lost").await.1["withdrawn"], 1825);
    // Whole, before the bank speaks up: it has nothing to say.
    let world = World::start().await;
    let payment = world.paid_with(numbers::DISPUTED).await;
    assert_eq!(refund(&world, &payment, 2825).await.0, 201);
    world.advance(3_600);
    assert_eq!(world.get("/v1/disputes?reference=ord_1").await.1, json!({"data": []}));
}

#[tokio::test(flavor = "multi_thread")]
async fn disputes_survive_a_restart_and_banks_speak_up_after_one() {
    let mut world = World::start().await;
    let (_, dispute) = disputed(&world, numbers::DISPUTED).await;
    world.paid_with(numbers::INQUIRY).await;
    world.stop().await;
    world.advance(60);
    world.open().await;
    assert_eq!(world.get(&path(&dispute, "")).await.1, dispute);
    let (_, listed) = world.get("/v1/disputes?reference=ord_1").await;
    let statuses: Vec<&Value> =
        listed["data"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, ["inquiry", "needs_response"]);
    assert_eq!(close(&world, &dispute, "won").await.0, 200);
}
