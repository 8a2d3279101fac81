//! Webhooks: signed, repeated until accepted, and late, twice or never where the number says so.

use farline_sandbox::{numbers, signature};
use serde_json::json;

use crate::world::{START_MS, World};

#[test]
fn a_signature_is_what_the_published_rule_gives() {
    // Computed with another implementation of HMAC-SHA256.
    let body = r#"{"id":"evt_1","type":"checkout.completed"}"#;
    assert_eq!(
        signature("whsec_known_answer", 1_796_079_600, body),
        "t=1796079600,v1=c4a16df2a7e34b303151d02da5e8073768e49675a6cbfb1b5ec1c18af009d461"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn events_carry_the_object_as_the_api_shows_it() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    world.pay(&checkout, numbers::DECLINED).await;
    world.events(1).await;
    let declined = world.show(&checkout).await["payment"].clone();
    world.pay(&checkout, numbers::VISA_CREDIT).await;
    world.events(2).await;
    let complete = world.show(&checkout).await;
    let (_, refund) = world
        .post(
            "/v1/refunds",
            &json!({
        "payment": complete["payment"]["id"], "amount": 25, "reference": "ref_1", "reason": "r"}),
        )
        .await;
    let kinds = world.events(3).await;
    assert_eq!(kinds, ["payment.declined", "checkout.completed", "refund.succeeded"]);
    for (event, object) in world.received().iter().zip([declined, complete, refund]) {
        let json = event.json();
        assert!(json["id"].as_str().unwrap().starts_with("evt_"));
        assert_eq!(json["created"], START_MS / 1_000);
        assert_eq!((&json["livemode"], &json["data"]["object"]), (&json!(false), &object));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_event_comes_again_as_the_same_bytes() {
    let world = World::start().await;
    world.inbox.answers.lock().unwrap().extend([500, 302]);
    world.paid_with(numbers::VISA_CREDIT).await;
    world.events(1).await;
    world.advance(1);
    world.events(2).await;
    world.advance(2);
    world.events(3).await;
    let received = world.received();
    assert!(received.iter().all(|event| event.body == received[0].body));
    let second = START_MS / 1_000 + 3;
    assert!(received[2].signature.starts_with(&format!("t={second},v1=")));
    // Accepted: another event is the next thing that comes, however late it is.
    world.advance(86_400);
    world.paid_with(numbers::VISA_CREDIT).await;
    world.events(4).await;
    assert_ne!(world.received()[3].body, received[0].body);
}

#[tokio::test(flavor = "multi_thread")]
async fn late_twice_and_never() {
    let world = World::start().await;
    let refund = |payment: &serde_json::Value| json!({"payment": payment["id"], "amount": 25, "reference": "ref_1", "reason": "r"});
    let late = world.paid_with(numbers::WEBHOOK_LATE).await;
    world.post("/v1/refunds", &refund(&late)).await;
    assert_eq!(world.events(1).await, ["refund.succeeded"]);
    world.advance(29);
    world.post("/v1/refunds", &refund(&late)).await;
    assert_eq!(world.events(2).await[1], "refund.succeeded");
    world.advance(1);
    assert_eq!(world.events(3).await[2], "checkout.completed");
    assert_eq!(world.received()[2].json()["created"], START_MS / 1_000);

    world.paid_with(numbers::WEBHOOK_TWICE).await;
    assert_eq!(world.events(5).await[3..], ["checkout.completed", "checkout.completed"]);
    assert_eq!(world.received()[3].body, world.received()[4].body);

    let never = world.paid_with(numbers::WEBHOOK_NEVER).await;
    world.advance(86_400);
    world.post("/v1/refunds", &refund(&never)).await;
    assert_eq!(world.events(6).await[5], "refund.succeeded");
}

#[tokio::test(flavor = "multi_thread")]
async fn checkouts_expire_by_the_clock_and_say_so() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    world.advance(900);
    assert_eq!(world.events(1).await, ["checkout.expired"]);
    assert_eq!(world.received()[0].json()["data"]["object"]["id"], checkout.as_str());
}
