//! Keeping methods: while paying, and on a page of its own.

use farline_sandbox::numbers;
use serde_json::{Value, json};

use crate::world::{API_KEY, CANCEL_URL, RETURN_URL, World};

/// Opens a checkout that keeps the method, and gives its id.
async fn keeping_checkout(world: &World, customer: &str) -> String {
    let mut order = world.order("ord_1");
    order["keep_for"] = json!(customer);
    let (status, checkout) = world.post("/v1/checkouts", &order).await;
    assert_eq!(status, 201, "{checkout}");
    checkout["id"].as_str().unwrap().to_owned()
}

async fn page(world: &World, path: &str) -> (u16, String) {
    let answer = world.client.get(format!("{}{path}", world.base)).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn kept_for(world: &World, customer: &str) -> Vec<Value> {
    let (_, list) = world.get(&format!("/v1/methods?customer={customer}")).await;
    list["data"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_method_is_kept_only_where_that_was_asked() {
    let world = World::start().await;
    let checkout = keeping_checkout(&world, "acc_1").await;
    assert_eq!(world.pay(&checkout, numbers::DECLINED).await.status(), 200);
    assert!(kept_for(&world, "acc_1").await.is_empty());
    world.pay(&checkout, numbers::MASTERCARD_DEBIT).await;
    let kept = world.show(&checkout).await["payment"]["kept"].clone();
    let expected = json!({
        "id": kept["id"], "customer": "acc_1", "status": "kept", "method": "debit",
        "brand": "mastercard", "last4": "8210", "funding": "debit",
        "expiry": {"year": 2034, "month": 12}, "address": null,
    });
    assert_eq!(kept, expected);
    assert_eq!(kept_for(&world, "acc_1").await, std::slice::from_ref(&expected));
    let path = format!("/v1/methods/{}", kept["id"].as_str().unwrap());
    assert_eq!(world.get(&path).await.1, expected);
    let plain = world.paid_with(numbers::VISA_CREDIT).await;
    assert!(plain.get("kept").is_none());
    assert_eq!(kept_for(&world, "acc_1").await.len(), 1);
    assert_eq!(world.told("checkout.completed").await["payment"]["kept"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bank_that_asks_is_answered_before_anything_is_kept() {
    let world = World::start().await;
    let checkout = keeping_checkout(&world, "acc_1").await;
    world.pay(&checkout, numbers::CHALLENGE).await;
    assert!(kept_for(&world, "acc_1").await.is_empty());
    world.submit(&checkout, "/challenge", &[("decision", "approve")]).await;
    let kept = world.show(&checkout).await["payment"]["kept"].clone();
    let shown = (&kept["last4"], &kept["expiry"]);
    assert_eq!(shown, (&json!("3184"), &json!({"year": 2034, "month": 12})));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paypal_account_is_kept_by_a_masked_address() {
    let world = World::start().await;
    let checkout = keeping_checkout(&world, "acc_1").await;
    world.submit(&checkout, "/paypal", &[]).await;
    let setup = world.setup("acc_1").await;
    assert_eq!(world.press(&setup, "/paypal", &[("decision", "refuse")]).await.status(), 200);
    assert_eq!(world.press(&setup, "/paypal", &[]).await.status(), 303);
    let methods = kept_for(&world, "acc_1").await;
    assert_eq!(methods.len(), 2);
    for kept in methods {
        let expected = json!({
            "id": kept["id"], "customer": "acc_1", "status": "kept", "method": "paypal",
            "brand": null, "last4": null, "funding": null, "expiry": null,
            "address": "p•••r@example.com",
        });
        assert_eq!(kept, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_keeps_one_method_and_says_so() {
    let world = World::start().await;
    let (_, opened) = world.post("/v1/setups", &world.keeping("acc_1")).await;
    let id = opened["id"].as_str().unwrap();
    let expected = json!({
        "id": id, "url": format!("{}/setup/{id}", world.base), "status": "open",
        "keep_for": "acc_1", "reference": "setup_1",
        "expires_at_ms": opened["expires_at_ms"], "kept": null,
    });
    assert_eq!(opened, expected);
    let (_, list) = world.get("/v1/setups?reference=setup_1").await;
    assert_eq!(list, json!({"data": [expected]}));
    let declined = world.keep(id, numbers::INSUFFICIENT_FUNDS).await;
    assert_eq!(declined.status(), 200);
    assert!(declined.text().await.unwrap().contains("Nothing has been kept"));
    let kept = world.keep(id, numbers::VISA_CREDIT).await;
    assert_eq!(
        (kept.status().as_u16(), &kept.headers()["location"]),
        (303, &RETURN_URL.parse().unwrap())
    );
    // Another press leads on and keeps nothing more.
    assert_eq!(world.keep(id, numbers::VISA_DEBIT).await.status(), 303);
    assert_eq!(world.press(id, "", &[("cc-number", "1")]).await.status(), 303);
    let (_, shown) = world.get(&format!("/v1/setups/{id}")).await;
    assert_eq!((&shown["status"], &shown["kept"]["last4"]), (&json!("complete"), &json!("4242")));
    assert_eq!(kept_for(&world, "acc_1").await, [shown["kept"].clone()]);
    assert_eq!(world.told("setup.completed").await, shown);
    assert!(page(&world, &format!("/setup/{id}")).await.1.contains("The method is kept."));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_setups_bank_takes_yes_no_or_another_card() {
    let world = World::start().await;
    for (decision, status, kept) in [("approve", 303, 1), ("refuse", 200, 0)] {
        let setup = world.setup(decision).await;
        let asked = world.keep(&setup, numbers::CHALLENGE).await.text().await.unwrap();
        assert!(
            asked.contains("charge this card later?")
                && asked.contains("Visa · Card ending in 3184")
        );
        assert_eq!(world.keep(&setup, numbers::CHALLENGE).await.status(), 200);
        assert!(page(&world, &format!("/setup/{setup}")).await.1.contains("Your bank asks"));
        assert!(kept_for(&world, decision).await.is_empty());
        let answer = world.press(&setup, "/challenge", &[("decision", decision)]).await;
        assert_eq!(answer.status(), status);
        assert_eq!(kept_for(&world, decision).await.len(), kept, "{decision}");
    }
    let setup = world.setup("another").await;
    world.keep(&setup, numbers::CHALLENGE).await;
    assert!(page(&world, &format!("/setup/{setup}?another=1")).await.1.contains("cc-number"));
    world.keep(&setup, numbers::DECLINED).await;
    // The question was closed by the other card, and a late yes keeps nothing.
    assert_eq!(world.press(&setup, "/challenge", &[("decision", "approve")]).await.status(), 200);
    assert!(kept_for(&world, "another").await.is_empty());
    let (_, shown) = world.get(&format!("/v1/setups/{setup}")).await;
    assert_eq!((&shown["status"], &shown["kept"]), (&json!("open"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_ends_by_the_clock_and_keeps_nothing_then() {
    let world = World::start().await;
    let setup = world.setup("acc_1").await;
    world.keep(&setup, numbers::CHALLENGE).await;
    world.advance(900);
    for (part, form) in [
        ("", vec![("cc-number", numbers::VISA_CREDIT), ("cc-exp", "12/34"), ("cc-csc", "123")]),
        ("", vec![("cc-number", "1")]),
        ("/paypal", Vec::new()),
        ("/challenge", vec![("decision", "approve")]),
    ] {
        let answer = world.press(&setup, part, &form).await;
        assert_eq!(answer.status(), 410, "{part}");
        assert!(answer.text().await.unwrap().contains(CANCEL_URL));
    }
    let (_, shown) = world.get(&format!("/v1/setups/{setup}")).await;
    assert_eq!((&shown["status"], &shown["kept"]), (&json!("expired"), &Value::Null));
    assert!(kept_for(&world, "acc_1").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_keeps_nothing() {
    let world = World::start().await;
    let table = [
        ("keep_for", json!("")),
        ("keep_for", json!("a\nb")),
        ("keep_for", Value::Null),
        ("reference", json!("")),
        ("language", json!("de")),
        ("return_url", json!("javascript:alert(1)")),
        ("cancel_url", json!("//evil.example")),
        ("expires_at_ms", json!(1)),
        ("amount", json!(1)),
    ];
    for (field, value) in table {
        let mut setup = world.keeping("acc_1");
        setup[field] = value;
        let (status, body) = world.post("/v1/setups", &setup).await;
        let refused = (status.as_u16(), &body["error"]["code"]);
        assert_eq!(refused, (400, &json!("invalid_request")), "{setup}");
    }
    for path in ["/v1/setups/set_x", "/v1/charges/ch_x", "/v1/methods/pm_x"] {
        assert_eq!(world.get(path).await.0, 404, "{path}");
    }
    for path in ["/v1/setups", "/v1/charges", "/v1/methods"] {
        assert_eq!(world.get(path).await.0, 400, "{path}");
    }
    assert_eq!(page(&world, "/setup/set_x").await.0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_pages_say_in_three_languages_what_is_kept() {
    let world = World::start().await;
    let checkout = keeping_checkout(&world, "acc_1").await;
    let plain = world.checkout().await;
    let setup = world.setup("acc_1").await;
    let table = [
        (
            "zh-CN",
            "您所用的付款方式将被保存",
            "现在不会扣款",
            "保存此卡",
            "日后扣款被拒绝：卡已挂失",
        ),
        (
            "en-CA",
            "The method you pay with is kept",
            "Nothing is charged now",
            "Keep this card",
            "declined: card lost",
        ),
        (
            "fr-CA",
            "Le moyen de paiement choisi est conservé",
            "Rien n’est débité maintenant",
            "Conserver cette carte",
            "refusés\u{a0}: carte perdue",
        ),
    ];
    for (language, note, nothing, button, outcome) in table {
        let paying = page(&world, &format!("/pay/{checkout}?lang={language}")).await.1;
        assert!(paying.contains(note), "{language}");
        assert!(!page(&world, &format!("/pay/{plain}?lang={language}")).await.1.contains(note));
        let keeping = page(&world, &format!("/setup/{setup}?lang={language}")).await.1;
        for needed in [
            &format!(r#"<html lang="{language}">"#),
            nothing,
            button,
            outcome,
            r#"autocomplete="cc-exp""#,
        ] {
            assert!(keeping.contains(needed), "{language}: {needed}");
        }
        assert!(!keeping.contains("<script") && !keeping.contains("28.25"));
    }
    let answer = world.press(&setup, "", &[("cc-number", "4242"), ("cc-exp", "12/34")]).await;
    assert_eq!(answer.status(), 422);
    let html = answer.text().await.unwrap();
    assert!(html.contains(r##"<a href="#cc-number">"##) && html.contains(r#"value="12/34""#));
    let back =
        world.client.get(format!("{}/setup/{setup}/paypal", world.base)).send().await.unwrap();
    assert_eq!(back.headers()["location"], format!("/sandbox/setup/{setup}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_method_is_shown_by_its_id_alone() {
    let world = World::start().await;
    let checkout = keeping_checkout(&world, "acc_1").await;
    world.pay(&checkout, numbers::VISA_CREDIT).await;
    let kept = world.show(&checkout).await["payment"]["kept"].clone();
    let path = format!("/v1/methods/{}", kept["id"].as_str().unwrap());
    for _ in 0..2 {
        let request = world.client.delete(format!("{}{path}", world.base)).bearer_auth(API_KEY);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.json::<Value>().await.unwrap()["status"], "forgotten");
    }
    assert_eq!(world.get(&path).await.1["status"], "forgotten");
    assert!(kept_for(&world, "acc_1").await.is_empty());
    assert!(world.show(&checkout).await["payment"].get("kept").is_none());
    let strange = world.client.delete(format!("{}/v1/methods/pm_x", world.base));
    assert_eq!(strange.bearer_auth(API_KEY).send().await.unwrap().status(), 404);
}
