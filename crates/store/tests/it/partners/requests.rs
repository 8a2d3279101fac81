//! The log of what partners' programs asked.

use super::code;
use crate::scene::{Scene, StoreMaker};
use farline_app::ports::Partners;
use farline_app::ports::partners::RequestRecord;
use farline_domain::kernel::{Cells, Instant};
use farline_testkit::noon;

on_every_store! {
    requests_are_read_newest_first_and_each_partners_own
    requests_are_forgotten_when_they_are_old
}

fn after(seconds: i64) -> Instant {
    noon().plus_seconds(seconds)
}

/// A request that was refused, so many seconds after noon.
pub(super) fn record(partner: &str, (seconds, request): (i64, &str)) -> RequestRecord {
    RequestRecord {
        partner: code(partner),
        at: after(seconds),
        request: request.to_owned(),
        method: "POST".to_owned(),
        path: "/partner/v1/orders".to_owned(),
        status: 409,
        problem: Some("account-used-up".to_owned()),
    }
}

async fn requests_are_read_newest_first_and_each_partners_own<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let mine = |at| record("harbour-travel", at);
    let [first, same, last] = [mine((1, "a")), mine((1, "b")), mine((2, "a"))];
    let taken = RequestRecord { status: 200, problem: None, ..last.clone() };
    let other = record("atlas", (3, "c"));
    scene.store.note_partner_requests(&[]).await.unwrap();
    scene.store.note_partner_requests(&[taken.clone(), first.clone(), other]).await.unwrap();
    // Noted again it stays as it is, and the rest is noted.
    scene.store.note_partner_requests(&[last, same.clone()]).await.unwrap();
    let whose = code("harbour-travel");
    let read = |before, limit| scene.store.partner_requests(&whose, before, limit);
    assert_eq!(read(None, 9).await.unwrap(), [taken.clone(), same.clone(), first.clone()]);
    assert_eq!(read(None, 2).await.unwrap(), [taken, same]);
    assert_eq!(read(Some(&(after(1), "b".to_owned())), 9).await.unwrap(), [first]);
}

async fn requests_are_forgotten_when_they_are_old<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let [old, new] = [record("harbour-travel", (1, "a")), record("harbour-travel", (2, "b"))];
    scene.store.note_partner_requests(&[old, new.clone()]).await.unwrap();
    assert_eq!(scene.store.forget_partner_requests(Cells::ALL, after(1)).await.unwrap(), 0);
    assert_eq!(scene.store.forget_partner_requests(Cells::ALL, after(2)).await.unwrap(), 1);
    let kept = scene.store.partner_requests(&new.partner, None, 9).await.unwrap();
    assert_eq!(kept, [new]);
}
