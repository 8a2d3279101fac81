//! The machine API: who may call, repeated calls, refunds.

use farline_sandbox::numbers;
use serde_json::{Value, json};

use crate::world::{API_KEY, World};

#[tokio::test(flavor = "multi_thread")]
async fn only_the_key_opens_the_machine_api() {
    let world = World::start().await;
    let routes = [
        ("POST", "/v1/checkouts"),
        ("GET", "/v1/checkouts?reference=ord_1"),
        ("GET", "/v1/checkouts/cs_x"),
        ("POST", "/v1/checkouts/cs_x/expire"),
        ("GET", "/v1/payments/pay_x"),
        ("POST", "/v1/refunds"),
        ("GET", "/v1/refunds?reference=ord_1"),
        ("GET", "/v1/refunds/re_x"),
        ("POST", "/v1/setups"),
        ("GET", "/v1/setups?reference=set_1"),
        ("GET", "/v1/setups/set_x"),
        ("POST", "/v1/charges"),
        ("GET", "/v1/charges?reference=ord_1"),
        ("GET", "/v1/charges/ch_x"),
        ("GET", "/v1/methods?customer=acc_1"),
        ("GET", "/v1/methods/pm_x"),
        ("DELETE", "/v1/methods/pm_x"),
    ];
    let forged = format!("Bearer {API_KEY}x");
    let wrong_scheme = format!("Basic {API_KEY}");
    for (method, path) in routes {
        for value in [
            None,
            Some(""),
            Some("Bearer"),
            Some("Bearer "),
            Some(API_KEY),
            Some(&*forged),
            Some(&*wrong_scheme),
        ] {
            let url = format!("{}{path}", world.base);
            let mut request = world.client.request(method.parse().unwrap(), url).body("{}");
            if let Some(value) = value {
                request = request.header("authorization", value);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 401, "{method} {path} {value:?}");
            let body: Value = answer.json().await.unwrap();
            assert_eq!(body["error"]["code"], "unauthorized");
        }
    }
    let health = world.client.get(format!("{}/v1/health", world.base)).send().await.unwrap();
    assert_eq!(health.json::<Value>().await.unwrap(), json!({"status": "ok"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_is_shown_as_it_was_opened() {
    let world = World::start().await;
    let (status, opened) = world.post("/v1/checkouts", &world.order("ord_7")).await;
    assert_eq!(status, 201);
    let id = opened["id"].as_str().unwrap();
    let expected = json!({
        "id": id, "url": format!("{}/pay/{id}", world.base), "status": "open", "amount": 2825,
        "currency": "CAD", "reference": "ord_7", "expires_at_ms": opened["expires_at_ms"],
        "keep_for": null, "payment": null,
    });
    assert_eq!(opened, expected);
    assert_eq!(world.show(id).await, expected);
    let (_, list) = world.get("/v1/checkouts?reference=ord_7").await;
    assert_eq!(list, json!({"data": [expected]}));
    let (_, none) = world.get("/v1/checkouts?reference=ord_8").await;
    assert_eq!(none, json!({"data": []}));
    assert_eq!(world.get("/v1/checkouts").await.0, 400);
    assert_eq!(world.get("/v1/checkouts/cs_none").await.0, 404);
    assert_eq!(world.get("/v1/payments/pay_none").await.0, 404);
    assert_eq!(world.get("/v1/refunds/re_none").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_that_makes_no_sense_is_refused() {
    let world = World::start().await;
    let table = [
        ("amount", json!(0)),
        ("amount", json!(-1)),
        ("amount", json!(1.5)),
        ("amount", json!(100_000_000)),
        ("currency", json!("cad")),
        ("currency", json!("JPY")),
        ("reference", json!("")),
        ("reference", json!("a\nb")),
        ("description", json!("x".repeat(301))),
        ("language", json!("de")),
        ("return_url", json!("javascript:alert(1)")),
        ("cancel_url", json!("//evil.example")),
        ("expires_at_ms", json!(1)),
        ("surprise", json!(1)),
        ("keep_for", json!("")),
        ("keep_for", json!(7)),
        ("amount", Value::Null),
    ];
    for (field, value) in table {
        let mut order = world.order("ord_1");
        order[field] = value;
        let (status, body) = world.post("/v1/checkouts", &order).await;
        assert_eq!(
            (status.as_u16(), &body["error"]["code"]),
            (400, &json!("invalid_request")),
            "{order}"
        );
    }
    let huge = json!({"reference": "x".repeat(70_000)});
    assert_eq!(world.post("/v1/checkouts", &huge).await.0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_gives_its_first_answer_and_refuses_another_body() {
    let mut world = World::start().await;
    let order = world.order("ord_1");
    let first = world.post_once("/v1/checkouts", "order-1", &order).await;
    assert_eq!(first.0, 201);
    assert_eq!(world.post_once("/v1/checkouts", "order-1", &order).await, first);
    let other = world.post_once("/v1/checkouts", "order-1", &world.order("ord_2")).await;
    assert_eq!((other.0.as_u16(), &other.1["error"]["code"]), (409, &json!("idempotency_error")));
    let elsewhere = world
        .post_once(
            "/v1/refunds",
            "order-1",
            &json!({
        "payment": "pay_x", "amount": 1, "reference": "r", "reason": "r"}),
        )
        .await;
    assert_eq!(elsewhere.0, 409);
    let (_, list) = world.get("/v1/checkouts?reference=ord_1").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 1);

    // What was refused may be sent again under its key once it is right.
    let mut wrong = world.order("ord_3");
    wrong["amount"] = json!(0);
    assert_eq!(world.post_once("/v1/checkouts", "order-3", &wrong).await.0, 400);
    let right = world.order("ord_3");
    assert_eq!(world.post_once("/v1/checkouts", "order-3", &right).await.0, 201);

    let payment = world.paid_with(numbers::VISA_CREDIT).await;
    let refund = json!({"payment": payment["id"], "amount": 2825, "reference": "ref_1", "reason": "cancelled"});
    let refunded = world.post_once("/v1/refunds", "refund-1", &refund).await;
    assert_eq!(refunded.0, 201);
    world.stop().await;
    world.open().await;
    assert_eq!(world.post_once("/v1/refunds", "refund-1", &refund).await, refunded);
    assert_eq!(world.post_once("/v1/checkouts", "order-1", &order).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_never_exceed_what_was_captured() {
    let world = World::start().await;
    let payment = world.paid_with(numbers::AMOUNT_ALTERED).await;
    let refund = |amount: i64| json!({"payment": payment["id"], "amount": amount, "reference": "ref_9", "reason": "altered"});
    let (status, part) = world.post("/v1/refunds", &refund(2_000)).await;
    assert_eq!(status, 201);
    assert_eq!(
        part,
        json!({
        "id": part["id"], "payment": payment["id"], "reference": "ref_9", "status": "succeeded",
        "amount": 2000, "currency": "CAD", "reason": "altered"})
    );
    for amount in [726, 2_825, i64::MAX] {
        let (status, body) = world.post("/v1/refunds", &refund(amount)).await;
        assert_eq!(status, 422);
        assert_eq!(body["error"]["code"], "refund_exceeds_payment");
    }
    for amount in [0, -5, i64::MIN] {
        assert_eq!(world.post("/v1/refunds", &refund(amount)).await.0, 400);
    }
    assert_eq!(world.post("/v1/refunds", &refund(725)).await.0, 201);
    let (_, shown) = world.get(&format!("/v1/payments/{}", payment["id"].as_str().unwrap())).await;
    assert_eq!(shown["refunded_amount"], 2725);
    let (_, list) = world.get("/v1/refunds?reference=ref_9").await;
    let amounts: Vec<&Value> =
        list["data"].as_array().unwrap().iter().map(|refund| &refund["amount"]).collect();
    assert_eq!(amounts, [&json!(725), &json!(2000)]);

    let checkout = world.checkout().await;
    world.pay(&checkout, numbers::DECLINED).await;
    let declined = world.show(&checkout).await["payment"]["id"].clone();
    let (status, body) = world
        .post(
            "/v1/refunds",
            &json!({
        "payment": declined, "amount": 1, "reference": "r", "reason": "r"}),
        )
        .await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (422, &json!("payment_not_captured")));
    let (status, _) = world
        .post(
            "/v1/refunds",
            &json!({
        "payment": "pay_none", "amount": 1, "reference": "r", "reason": "r"}),
        )
        .await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn doomed_refunds_fail_after_a_minute_and_free_their_amount() {
    let world = World::start().await;
    let payment = world.paid_with(numbers::REFUND_FAILS_LATER).await;
    let mut refunds = Vec::new();
    for amount in [2_000, 825] {
        let (status, refund) = world
            .post(
                "/v1/refunds",
                &json!({
            "payment": payment["id"], "amount": amount, "reference": "ref_1", "reason": "r"}),
            )
            .await;
        assert_eq!((status.as_u16(), &refund["status"]), (201, &json!("pending")));
        refunds.push(refund["id"].as_str().unwrap().to_owned());
    }
    world.advance(59);
    let (_, refund) = world.get(&format!("/v1/refunds/{}", refunds[0])).await;
    assert_eq!(refund["status"], "pending");
    world.advance(1);
    for id in &refunds {
        let (_, refund) = world.get(&format!("/v1/refunds/{id}")).await;
        assert_eq!(refund["status"], "failed");
        assert_eq!(refund["failure_reason"], "expired_or_canceled_card");
    }
    let (_, shown) = world.get(&format!("/v1/payments/{}", payment["id"].as_str().unwrap())).await;
    assert_eq!(shown["refunded_amount"], 0);
    assert_eq!(world.events(3).await, ["checkout.completed", "refund.failed", "refund.failed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn expiring_is_idempotent_and_never_undoes_a_payment() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    let path = format!("/v1/checkouts/{checkout}/expire");
    let first = world.post_once(&path, "expire-1", &json!({})).await;
    assert_eq!((first.0.as_u16(), &first.1["status"]), (200, &json!("expired")));
    assert_eq!(world.post_once(&path, "expire-1", &json!({})).await, first);
    assert_eq!(world.post(&path, &json!({})).await, first);
    assert_eq!(world.events(1).await, ["checkout.expired"]);
    let empty = world.client.post(format!("{}{path}", world.base)).bearer_auth(API_KEY).send();
    assert_eq!(empty.await.unwrap().status(), 200);
    let paid = world.paid_with(numbers::VISA_CREDIT).await;
    let path = format!("/v1/checkouts/{}/expire", paid["checkout"].as_str().unwrap());
    let (status, body) = world.post(&path, &json!({})).await;
    assert_eq!((status.as_u16(), &body["error"]["code"]), (409, &json!("checkout_complete")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_never_an_error_of_ours() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    let setup = world.setup("acc_1").await;
    let bodies: [&[u8]; 6] =
        [b"", b"{", b"null", b"[]", &[0xff, 0xfe, 0], b"cc-number=%ff&cc-number=1"];
    let paths = [
        "/v1/checkouts".to_owned(),
        "/v1/refunds".to_owned(),
        "/v1/setups".to_owned(),
        "/v1/charges".to_owned(),
        "/v1/checkouts/%00/expire".to_owned(),
        format!("/pay/{checkout}"),
        format!("/pay/{checkout}?lang=%ff&lang=x"),
        format!("/pay/{checkout}/challenge"),
        format!("/setup/{setup}"),
        format!("/setup/{setup}/challenge"),
        "/setup/%ff".to_owned(),
        "/pay/%ff".to_owned(),
        "/pay/..%2f..%2f".to_owned(),
    ];
    for path in &paths {
        for body in bodies {
            for kind in [
                "application/json",
                "application/x-www-form-urlencoded",
                "text/plain; charset=\u{e9}",
            ] {
                let request =
                    world.client.post(format!("{}{path}", world.base)).bearer_auth(API_KEY);
                let request = request.header("content-type", kind).header("Idempotency-Key", "k");
                let status = request.body(body.to_vec()).send().await.unwrap().status();
                assert!(status.is_client_error() || status == 200, "{path} {body:?} {status}");
            }
        }
    }
    assert_eq!(world.show(&checkout).await["status"], "open");
}
