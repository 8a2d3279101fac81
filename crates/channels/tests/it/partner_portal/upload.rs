//! A file of orders from the browser.

use super::{Two, number_of};
use crate::accounts::world::{MINE, OTHER};
use axum::http::StatusCode;
use farline_testkit::OWN_BIG;

const UPLOAD: &str = "/en/partner/harbour-travel/upload";

/// How many lines were ordered now, ordered before, and refused.
fn counts(page: &str) -> Vec<&str> {
    let (_, rest) = page.split_once("<div role=\"status\">").unwrap();
    let (counts, _) = rest.split_once("</dl>").unwrap();
    counts.split("<dd>").skip(1).filter_map(|rest| rest.split('<').next()).collect()
}

#[tokio::test]
async fn each_line_is_taken_or_refused_and_the_same_file_again_changes_nothing() {
    let two = Two::open().await;
    let mei = two.mei();
    let csrf = mei.csrf().await;
    let [first, second] = [MINE, OTHER].map(number_of);
    let file = format!(
        "Reference;Number;Product\r\nA-1;{first};{OWN_BIG}\r\n=A-2;{second};no-such-plan\r\nA-3;{second};{OWN_BIG}\r\n"
    );
    let sent = mei.upload(UPLOAD, (&csrf, &file)).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert_eq!(counts(&sent.text), ["2", "0", "1"], "{}", sent.text);
    for words in ["unknown_plan", "Line 3", "=A-2", "Active"] {
        assert!(sent.text.contains(words), "{words}: {}", sent.text);
    }
    let (_, sheet) = sent.text.split_once("href=\"data:text/csv;charset=utf-8,").unwrap();
    let sheet = sheet.split('"').next().unwrap();
    assert!(sheet.contains("%0D%0A3,%27%3DA-2,,refused,unknown_plan,"), "no formula: {sheet}");
    assert_eq!(sheet.matches("%0D%0A").count(), 4, "a heading and every line: {sheet}");
    let balance = two.mei().get("/en/partner/harbour-travel").await.text;
    let again = mei.upload(UPLOAD, (&csrf, &file)).await;
    assert_eq!(counts(&again.text), ["0", "2", "1"], "{}", again.text);
    assert_eq!(two.mei().get("/en/partner/harbour-travel").await.text, balance);
}

#[tokio::test]
async fn what_is_no_file_of_orders_orders_nothing() {
    let two = Two::open().await;
    let mei = two.mei();
    let csrf = mei.csrf().await;
    let long = format!("reference,number,product\n{}", "a,1,p\n".repeat(1_001));
    let large = format!("reference,number,product\n{}", "a".repeat(64 * 1024));
    let table = [
        ("", "Choose a file."),
        ("reference,number\nA-1,1\n", "there is no column “product”"),
        (long.as_str(), "at most 1000 lines"),
        (large.as_str(), "larger than 64 kB"),
    ];
    for (file, words) in table {
        let sent = mei.upload(UPLOAD, (&csrf, file)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        for words in [words, "Nothing was ordered.", "id=\"file-error\""] {
            assert!(sent.text.contains(words), "{words}: {}", sent.text);
        }
    }
    let bare = mei.post(UPLOAD, &[("file", "reference,number,product\n")]).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN, "a form of another kind proves nothing");
}
