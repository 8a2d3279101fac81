//! The hosted page: three languages, no scripts, errors that help.

use std::io::Write;

use farline_sandbox::numbers;
use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use crate::world::{CANCEL_URL, World};

const ALL_NUMBERS: [&str; 25] = [
    numbers::VISA_CREDIT,
    numbers::VISA_DEBIT,
    numbers::MASTERCARD_CREDIT,
    numbers::MASTERCARD_DEBIT,
    numbers::DECLINED,
    numbers::INSUFFICIENT_FUNDS,
    numbers::EXPIRED_CARD,
    numbers::INCORRECT_CVC,
    numbers::PROCESSING_ERROR,
    numbers::CHALLENGE,
    numbers::WEBHOOK_LATE,
    numbers::WEBHOOK_TWICE,
    numbers::WEBHOOK_NEVER,
    numbers::AMOUNT_ALTERED,
    numbers::CAPTURED_AFTER_CANCELLATION,
    numbers::REFUND_FAILS_LATER,
    numbers::KEPT_THEN_DECLINED,
    numbers::KEPT_THEN_SHORT,
    numbers::KEPT_THEN_EXPIRED,
    numbers::KEPT_THEN_LOST,
    numbers::KEPT_THEN_UNKNOWN,
    numbers::KEPT_THEN_PENDING,
    numbers::DISPUTED,
    numbers::INQUIRY,
    numbers::FRAUD_WARNING,
];

async fn page(world: &World, path: &str) -> String {
    let answer = world.client.get(format!("{}{path}", world.base)).send().await.unwrap();
    answer.text().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_the_checkouts_language_and_offers_the_others() {
    let world = World::start().await;
    let table = [
        ("zh-CN", "CA$28.25", "不会有任何资金流动", "订单取消后仍付款成功"),
        ("en-CA", "$28.25", "No money moves", "even after the order was cancelled"),
        ("fr-CA", "28,25\u{a0}$", "Aucun argent ne circule", "même après l’annulation"),
    ];
    for (language, amount, banner, outcome) in table {
        let mut order = world.order("ord_77");
        order["language"] = json!(language);
        let (_, checkout) = world.post("/v1/checkouts", &order).await;
        let id = checkout["id"].as_str().unwrap();
        let html = page(&world, &format!("/pay/{id}")).await;
        for needed in [
            &format!(r#"<html lang="{language}">"#),
            amount,
            banner,
            outcome,
            "ord_77",
            r#"<input id="cc-number" name="cc-number" type="text""#,
            r#"autocomplete="cc-number""#,
            r#"autocomplete="cc-exp""#,
            r#"autocomplete="cc-csc""#,
            &format!(r#"href="{CANCEL_URL}""#),
        ] {
            assert!(html.contains(needed), "{language}: {needed}");
        }
        for number in ALL_NUMBERS {
            let groups: Vec<&str> = (0..4).map(|group| &number[group * 4..group * 4 + 4]).collect();
            assert!(html.contains(&groups.join(" ")), "{number}");
        }
        assert!(!html.contains("<script") && !html.contains("onclick"));
        let asked = page(&world, &format!("/pay/{id}?lang=fr")).await;
        assert!(asked.contains(r#"<html lang="fr-CA">"#));
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(html.as_bytes()).unwrap();
        let size = gzip.finish().unwrap().len();
        assert!(size <= 14_000, "{size} bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_policy_admits_the_own_style_and_the_merchant_only() {
    use base64::{Engine, engine::general_purpose::STANDARD};
    use sha2::{Digest, Sha256};
    let world = World::start().await;
    let checkout = world.checkout().await;
    let answer = world.client.get(format!("{}/pay/{checkout}", world.base)).send().await.unwrap();
    let headers = answer.headers().clone();
    let html = answer.text().await.unwrap();
    let style = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let digest = STANDARD.encode(Sha256::digest(style));
    assert_eq!(
        headers["content-security-policy"],
        format!(
            "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; \
             frame-ancestors 'none'; form-action 'self' http://shop.example"
        )
    );
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!html.contains("style=\"") && !html.contains("<script"));
}

#[tokio::test(flavor = "multi_thread")]
async fn input_errors_name_the_field_and_keep_only_the_expiry() {
    let world = World::start().await;
    let checkout = world.checkout().await;
    let table = [
        ("4242 4242 4242 4241", "12/34", "123", "cc-number", "Check each digit"),
        ("4111 1111 1111 1111", "12/34", "123", "cc-number", "not a test number"),
        ("", "12/34", "123", "cc-number", "Enter a card number"),
        (numbers::VISA_CREDIT, "10/26", "123", "cc-exp", "has expired"),
        (numbers::VISA_CREDIT, "soon", "123", "cc-exp", "as MM/YY"),
        (numbers::VISA_CREDIT, "12/34", "12", "cc-csc", "3 or 4 digits"),
    ];
    for (number, expiry, code, field, sentence) in table {
        let form = [("cc-number", number), ("cc-exp", expiry), ("cc-csc", code)];
        let answer = world.submit(&checkout, "", &form).await;
        assert_eq!(answer.status(), 422);
        let html = answer.text().await.unwrap();
        assert!(html.contains(&format!("<a href=\"#{field}\">")), "{field}");
        assert!(
            html.contains(sentence) && html.contains("Nothing has been charged."),
            "{sentence}"
        );
        assert!(html.contains(&format!("value=\"{expiry}\"")) && html.contains("<title>Error: "));
        assert!(number.is_empty() || !html.contains(&format!("value=\"{number}\"")));
    }
    assert!(world.show(&checkout).await["payment"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_merchant_wrote_is_text() {
    let world = World::start().await;
    let mut order = world.order("<b>ord</b>");
    order["description"] = json!("<script>alert(1)</script>\"'&");
    let (_, checkout) = world.post("/v1/checkouts", &order).await;
    let html = page(&world, &format!("/pay/{}", checkout["id"].as_str().unwrap())).await;
    assert!(!html.contains("<script") && !html.contains("<b>ord"));
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_paid_asked_and_missing_pages_say_what_they_are() {
    let world = World::start().await;
    let missing = world.client.get(format!("{}/pay/cs_none", world.base)).send().await.unwrap();
    assert_eq!(missing.status(), 404);
    let paid = world.paid_with(numbers::VISA_CREDIT).await;
    let id = paid["checkout"].as_str().unwrap();
    assert!(page(&world, &format!("/pay/{id}")).await.contains("You will not be charged twice."));
    let asked = world.checkout().await;
    world.pay(&asked, numbers::CHALLENGE).await;
    assert!(page(&world, &format!("/pay/{asked}")).await.contains("Your bank asks"));
    let other = page(&world, &format!("/pay/{asked}?another=1")).await;
    assert!(other.contains(r#"name="cc-number""#));
    let closed = world.checkout().await;
    world.advance(900);
    let answer = world.client.get(format!("{}/pay/{closed}", world.base)).send().await.unwrap();
    assert_eq!(answer.status(), 410);
    let html = answer.text().await.unwrap();
    assert!(html.contains("has closed") && html.contains("too late"));
    let back = world.client.get(format!("{}/pay/{asked}/paypal", world.base)).send().await.unwrap();
    assert_eq!(
        (back.status().as_u16(), back.headers()["location"].to_str().unwrap()),
        (303, &*format!("/sandbox/pay/{asked}"))
    );
}
