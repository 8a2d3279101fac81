//! What survives, and what was never written.

use std::{fs::OpenOptions, io::Write};

use farline_sandbox::{OpenError, Sandbox, numbers};
use serde_json::json;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn everything_told_survives_a_restart() {
    let mut world = World::start().await;
    let open = world.checkout().await;
    let declined = world.checkout().await;
    world.pay(&declined, numbers::INSUFFICIENT_FUNDS).await;
    let asked = world.checkout().await;
    world.pay(&asked, numbers::CHALLENGE).await;
    let paid = world.paid_with(numbers::REFUND_FAILS_LATER).await;
    let (_, refund) = world
        .post(
            "/v1/refunds",
            &json!({
        "payment": paid["id"], "amount": 1000, "reference": "ref_1", "reason": "r"}),
        )
        .await;
    let paid = paid["checkout"].as_str().unwrap().to_owned();
    let mut before = Vec::new();
    for id in [&open, &declined, &asked, &paid] {
        before.push(world.show(id).await);
    }
    world.stop().await;
    world.open().await;
    for (id, before) in [&open, &declined, &asked, &paid].into_iter().zip(&before) {
        let mut after = world.show(id).await;
        after["url"] = before["url"].clone();
        assert_eq!(after, *before);
    }
    // Timers and questions go on where they were.
    assert_eq!(world.submit(&asked, "/challenge", &[("decision", "approve")]).await.status(), 303);
    world.advance(60);
    let (_, refund) = world.get(&format!("/v1/refunds/{}", refund["id"].as_str().unwrap())).await;
    assert_eq!(refund["status"], "failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_were_owed_are_sent_after_a_restart() {
    let mut world = World::start().await;
    let late = world.paid_with(numbers::WEBHOOK_LATE).await;
    world.stop().await;
    world.advance(30);
    world.open().await;
    assert_eq!(world.events(1).await, ["checkout.completed"]);
    assert_eq!(world.received()[0].json()["data"]["object"]["payment"], late);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_torn_end_is_cut_and_a_torn_middle_is_an_error() {
    let mut world = World::start().await;
    let checkout = world.checkout().await;
    world.pay(&checkout, numbers::VISA_CREDIT).await;
    world.events(1).await;
    world.stop().await;
    let whole = std::fs::read(world.journal()).unwrap();
    for torn in [
        &b"{\"at_ms\":1,\"chan"[..],
        &[0, 0, 0],
        b"{\"at_ms\":1,\"changes\":[]}",
        b"{\"at_ms\":\0\0\0}\n",
        b"\0\0\0\n{\"at_ms\":1,\"changes\":[]}\n",
    ] {
        OpenOptions::new().append(true).open(world.journal()).unwrap().write_all(torn).unwrap();
        drop(Sandbox::open(world.config.clone()).unwrap());
        assert_eq!(std::fs::read(world.journal()).unwrap(), whole);
    }
    world.open().await;
    assert_eq!(world.show(&checkout).await["status"], "complete");
    world.stop().await;

    let mut damaged = whole.clone();
    damaged[5] = b'\n';
    std::fs::write(world.journal(), damaged).unwrap();
    let error = Sandbox::open(world.config.clone()).err().unwrap();
    assert!(matches!(error, OpenError::JournalDamaged { line: 1, .. }), "{error}");
}

/// As the version before kept methods wrote it.
const OLD_JOURNAL: &str = r#"{"at_ms":1,"changes":[{"checkout":{"id":"cs_old","status":"open","amount":2825,"currency":"CAD","reference":"ord_1","description":"d","language":"en-CA","return_url":"/r","cancel_url":"/c","created_ms":1,"expires_at_ms":1795349700000,"payment":null}}]}
{"at_ms":2,"changes":[{"payment":{"id":"pay_old","checkout":"cs_old","reference":"ord_1","status":"captured","amount":2825,"currency":"CAD","method":"credit","brand":"visa","last4":"4242","funding":"credit","behaviour":"approved","decline_code":null,"refunded_amount":0,"created_ms":2}},{"checkout":{"id":"cs_old","status":"complete","amount":2825,"currency":"CAD","reference":"ord_1","description":"d","language":"en-CA","return_url":"/r","cancel_url":"/c","created_ms":1,"expires_at_ms":1795349700000,"payment":"pay_old"}}]}
"#;

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_of_the_version_before_is_read_and_gone_on_with() {
    let mut world = World::start().await;
    world.stop().await;
    std::fs::write(world.journal(), OLD_JOURNAL).unwrap();
    world.open().await;
    let shown = world.show("cs_old").await;
    assert_eq!(
        (&shown["status"], &shown["payment"]["checkout"]),
        (&json!("complete"), &json!("cs_old"))
    );
    assert!(shown["payment"].get("kept").is_none());
    let refund = json!({"payment": "pay_old", "amount": 2825, "reference": "r", "reason": "r"});
    assert_eq!(world.post("/v1/refunds", &refund).await.0, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_and_charged_survives_a_restart() {
    let mut world = World::start().await;
    let method = world.kept("acc_1", numbers::KEPT_THEN_PENDING).await;
    let (_, pending) = world.charge("key-1", &method).await;
    let short = world.kept("acc_1", numbers::KEPT_THEN_SHORT).await;
    world.charge("key-2", &short).await;
    let asked = world.setup("acc_2").await;
    world.keep(&asked, numbers::CHALLENGE).await;
    world.stop().await;
    world.open().await;
    assert_eq!(world.charge("key-1", &method).await.1, pending);
    // Of the short card's charges every other one is captured, whoever counts.
    assert_eq!(world.charge("key-3", &short).await.1["status"], "captured");
    let answer = world.press(&asked, "/challenge", &[("decision", "approve")]).await;
    assert_eq!(answer.status(), 303);
    world.advance(60);
    let (_, charge) = world.get(&format!("/v1/charges/{}", pending["id"].as_str().unwrap())).await;
    assert_eq!(charge["status"], "captured");
    let (_, list) = world.get("/v1/methods?customer=acc_1").await;
    assert_eq!(list, json!({"data": [short, method]}));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_server_at_a_time_and_only_sound_settings() {
    let world = World::start().await;
    assert!(matches!(Sandbox::open(world.config.clone()).err(), Some(OpenError::JournalInUse)));
    let mut config = world.config.clone();
    config.webhook_url = "https://shop.example/hook".to_owned();
    assert!(matches!(Sandbox::open(config).err(), Some(OpenError::WebhookUrl)));
    let mut config = world.config.clone();
    config.api_key = String::new();
    assert!(matches!(Sandbox::open(config).err(), Some(OpenError::EmptySecret)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_card_number_and_no_security_code_is_ever_written() {
    let world = World::start().await;
    let numbers = [
        numbers::VISA_CREDIT,
        numbers::MASTERCARD_DEBIT,
        numbers::DECLINED,
        numbers::CHALLENGE,
        numbers::AMOUNT_ALTERED,
        "4111111111111111",
        "4242424242424241",
    ];
    for number in numbers {
        let checkout = world.checkout().await;
        let grouped =
            format!("{} {} {} {}", &number[..4], &number[4..8], &number[8..12], &number[12..]);
        for typed in [number, &grouped] {
            let form = [("cc-number", typed), ("cc-exp", "12/34"), ("cc-csc", "9753")];
            world.submit(&checkout, "", &form).await;
            let slipped = [("cc-number", typed), ("cc-exp", typed), ("cc-csc", "9753")];
            let page = world.submit(&checkout, "", &slipped).await.text().await.unwrap();
            assert!(!page.contains(&format!(r#"value="{typed}"#)));
        }
    }
    // Where a method is kept, its month of expiry is known; number and code still are not.
    let keeping = |number: &str| {
        [
            ("cc-number", number.to_owned()),
            ("cc-exp", "11/38".to_owned()),
            ("cc-csc", "9753".to_owned()),
        ]
    };
    for number in numbers.into_iter().chain([numbers::KEPT_THEN_LOST]) {
        let mut order = world.order("ord_kept");
        order["keep_for"] = json!("acc_1");
        let (_, checkout) = world.post("/v1/checkouts", &order).await;
        let (checkout, setup) = (checkout["id"].as_str().unwrap(), world.setup("acc_1").await);
        let form = keeping(number);
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        world.submit(checkout, "", &form).await;
        world.press(&setup, "", &form).await;
        world.submit(checkout, "/challenge", &[("decision", "approve")]).await;
        world.press(&setup, "/challenge", &[("decision", "approve")]).await;
    }
    let (_, list) = world.get("/v1/methods?customer=acc_1").await;
    for (number, method) in list["data"].as_array().unwrap().iter().enumerate() {
        world.charge(&format!("key-{number}"), method).await;
    }
    let text = std::fs::read_to_string(world.journal()).unwrap();
    let digits: String = text.chars().filter(|letter| *letter != ' ' && *letter != '-').collect();
    for number in numbers {
        assert!(!digits.contains(number) && !digits.contains(&number[..12]), "{number}");
    }
    assert!(!digits.contains("9753") && !digits.contains("12/34"));
    assert!(!digits.contains("\"year\":2034") && digits.contains(r#""year":2038,"month":11"#));
    assert!(digits.contains(r#""last4":"4242""#) && !digits.contains(r#""last4":"1111""#));
}
