//! The log of a partner's requests.

use super::{Two, asks, key};
use axum::http::StatusCode;
use farline_app::partners::requests::forget;
use farline_app::partners::{end_key, make_key};
use farline_app::ports::partners::RequestRecord;
use farline_domain::kernel::Cells;
use farline_domain::partners::{Hand, Scope};
use std::time::Duration;

const REQUESTS: &str = "/partner/harbour-travel/requests";

/// The partner's requests, the newest first, once there are so many: they are written beside the answers.
async fn logged(two: &Two, count: usize) -> Vec<RequestRecord> {
    for _ in 0..500 {
        let found = two.world.app.store.partner_requests(&two.ours.code, None, 99).await.unwrap();
        if found.len() >= count {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(4)).await;
    }
    Vec::new()
}

#[tokio::test]
async fn a_refused_request_is_in_the_log_with_what_it_means() {
    let two = Two::open().await;
    let (reads, ending) = key(&two.world, &two.ours, Scope::Read).await;
    let number = "/partner/v1/numbers/+14165550177";
    assert_eq!(asks(&two.world, ("GET", number), &reads).await, StatusCode::NOT_FOUND);
    two.world.wait(1);
    let told = asks(&two.world, ("POST", "/partner/v1/orders?secret=x"), &reads).await;
    assert_eq!(told, StatusCode::FORBIDDEN);
    two.world.wait(1);
    end_key(&two.world.app, &two.ours, (&ending, two.world.app.now()), Hand::Business)
        .await
        .unwrap();
    let told = asks(&two.world, ("GET", "/partner/v1/balance"), &reads).await;
    assert_eq!(told, StatusCode::UNAUTHORIZED, "an ended key is its partner's too");
    let found: Vec<_> = logged(&two, 3).await;
    let found: Vec<_> = found
        .iter()
        .map(|it| (it.method.as_str(), it.path.as_str(), it.status, it.problem.as_deref()))
        .collect();
    let expected = [
        ("GET", "/partner/v1/balance", 401, Some("unauthorized")),
        ("POST", "/partner/v1/orders", 403, Some("forbidden")),
        ("GET", "/partner/v1/numbers/…77", 404, Some("unknown-line")),
    ];
    assert_eq!(found, expected);
    let page = two.mei().get(&format!("/zh{REQUESTS}")).await.text;
    for words in
        ["unknown_line", "我们支持的网络中没有这个号码", "POST /partner/v1/orders", ">403<", "req_"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let other = two.otto().get("/zh/partner/atlas/requests").await.text;
    assert!(!other.contains("unknown_line") && other.contains("还没有请求"), "{other}");
}

#[tokio::test]
async fn the_log_is_read_page_by_page_and_forgotten() {
    let two = Two::open().await;
    let (reads, _) = key(&two.world, &two.ours, Scope::Read).await;
    // All at the same instant: the next page begins where this one ended nevertheless.
    for _ in 0..31 {
        assert_eq!(asks(&two.world, ("GET", "/partner/v1/balance"), &reads).await, StatusCode::OK);
    }
    let all = logged(&two, 31).await;
    assert_eq!(all.len(), 31);
    let first = two.mei().get(&format!("/en{REQUESTS}")).await.text;
    let (_, older) = first.split_once(&format!("href=\"/en{REQUESTS}?before=")).unwrap();
    let older = older.split('"').next().unwrap();
    let second = two.mei().get(&format!("/en{REQUESTS}?before={older}")).await.text;
    for (place, record) in all.iter().enumerate() {
        let shown = format!("<code>{}</code>", record.request);
        let on = [first.contains(&shown), second.contains(&shown)];
        assert_eq!(on, [place < 30, place == 30], "{place}");
    }
    assert!(first.contains(">Older<") && !second.contains(">Older<"));
    let unknown = two.mei().get(&format!("/en{REQUESTS}?before=x")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    two.world.wait(14 * 24 * 60 * 60);
    assert_eq!(forget(&two.world.app, Cells::ALL).await.unwrap(), 0);
    two.world.wait(1);
    assert_eq!(forget(&two.world.app, Cells::ALL).await.unwrap(), 31);
}

#[tokio::test]
async fn a_stranger_is_nobodys_request() {
    let two = Two::open().await;
    let told = asks(&two.world, ("GET", "/partner/v1/balance"), "farline_test_nobody").await;
    assert_eq!(told, StatusCode::UNAUTHORIZED);
    let made =
        make_key(&two.world.app, &two.ours, ("till", Scope::Read), Hand::Business).await.unwrap();
    assert_eq!(
        asks(&two.world, ("GET", "/partner/v1/balance"), &made.secret).await,
        StatusCode::OK
    );
    assert_eq!(logged(&two, 1).await.len(), 1);
}
