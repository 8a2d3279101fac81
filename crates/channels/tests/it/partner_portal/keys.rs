//! Keys made and ended by a partner's people.

use super::{Two, asks};
use axum::http::StatusCode;

const KEYS: &str = "/en/partner/harbour-travel/keys";

/// The secret on a page.
fn secret(page: &str) -> String {
    let (_, rest) = page.split_once("<code>farline_test_").unwrap();
    format!("farline_test_{}", rest.split('<').next().unwrap())
}

#[tokio::test]
async fn a_key_is_shown_once_signs_in_and_ends() {
    let two = Two::open().await;
    let made = two.mei().post(KEYS, &[("label", " Till "), ("scope", "read")]).await;
    assert_eq!(made.status, StatusCode::OK);
    let key = secret(&made.text);
    let ending = &key[key.len() - 4..];
    let listed = two.mei().get(KEYS).await.text;
    assert!(!listed.contains(&key), "it is shown this once");
    for words in ["Till", &format!("ends in {ending}"), "may read", "never used"] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    assert!(listed.contains("made by mei@harbour.example, November"), "{listed}");
    assert_eq!(asks(&two.world, ("GET", "/partner/v1/balance"), &key).await, StatusCode::OK);
    assert_eq!(asks(&two.world, ("POST", "/partner/v1/orders"), &key).await, StatusCode::FORBIDDEN);
    assert!(two.mei().get(KEYS).await.text.contains("last used"));
    let ended = two.mei().post(&format!("{KEYS}/{ending}/end"), &[]).await;
    assert!(ended.text.contains(&format!("The key that ends in {ending} is ended.")));
    assert_eq!(
        asks(&two.world, ("GET", "/partner/v1/balance"), &key).await,
        StatusCode::UNAUTHORIZED
    );
    assert!(ended.text.contains("ended by mei@harbour.example, November"), "{}", ended.text);
    let again = two.mei().post(&format!("{KEYS}/{ending}/end"), &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_key_without_a_name_is_not_made_and_twenty_are_enough() {
    let two = Two::open().await;
    for label in ["  ", "x".repeat(41).as_str()] {
        let answer = two.mei().post(KEYS, &[("label", label), ("scope", "order")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text.contains("id=\"label-error\""), "{}", answer.text);
    }
    for number in 0..20 {
        let label = format!("key {number}");
        let answer = two.mei().post(KEYS, &[("label", label.as_str()), ("scope", "order")]).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let answer = two.mei().post(KEYS, &[("label", "one more"), ("scope", "order")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(two.world.app.store.partner_keys(&two.ours.code).await.unwrap().len(), 20);
}
