//! Partners as kept: who they are, their keys, what they were told, and their accounts.

mod account;
mod batches;
mod requests;

use crate::scene::{Scene, StoreMaker};
use crate::subjects::ask;
use farline_app::ports::Partners;
use farline_app::ports::partners::CallbackRecord;
use farline_domain::kernel::{Cell, Currency, Instant, OrderId, Province, Rate};
use farline_domain::orders::{PartnerCode, Stage};
use farline_domain::partners::{CallbackSecret, KeyState, Partner, PartnerKey, Scope, Trading};
use farline_store::Database;
use farline_testkit::noon;
use std::collections::{BTreeMap, BTreeSet};

on_every_store! {
    a_partner_is_changed_by_whoever_saw_it_as_it_is
    a_key_is_found_by_its_digest_and_ends
    what_a_partner_was_told_is_read_newest_first
}

fn code(code: &str) -> PartnerCode {
    PartnerCode::parse(code).unwrap()
}

pub(crate) fn partner(named: &str) -> Partner {
    Partner {
        code: code(named),
        name: "Harbour Travel".to_owned(),
        province: Province::On,
        currency: Currency::CAD,
        discount: Rate { ppm: 80_000 },
        prices: BTreeMap::new(),
        trading: Trading::Open,
        callback: None,
        secret: CallbackSecret { generation: 1, since: noon() },
        since: noon(),
        repricings: Vec::new(),
        people: BTreeSet::new(),
    }
}

/// A partner with a key and money paid in, who was told something.
pub(crate) async fn told(store: &impl Database) {
    let partner = partner("harbour-travel");
    assert!(store.keep_partner(&partner, None).await.unwrap());
    store.keep_partner_key(&[1; 32], &key(&partner, "till", 5)).await.unwrap();
    store.note_callback(&record(1, "harbour-travel", noon())).await.unwrap();
    store.note_partner_requests(&[requests::record("harbour-travel", (0, "a"))]).await.unwrap();
    ask(store, &partner.account(), account::paying_in(5_000, "T1"), noon()).await.unwrap();
}

fn key(partner: &Partner, label: &str, seconds: i64) -> PartnerKey {
    PartnerKey {
        partner: partner.code.clone(),
        label: label.to_owned(),
        ending: "x9Qz".to_owned(),
        scope: Scope::Order,
        since: noon().plus_seconds(seconds),
        state: KeyState::Live,
        made_by: None,
        ended_by: None,
    }
}

/// The callback with this number, tried once and not taken.
fn record(number: u32, partner: &str, at: Instant) -> CallbackRecord {
    CallbackRecord {
        order: OrderId::mint(noon(), Cell::numbered(3), 1),
        number,
        partner: code(partner),
        stage: Stage::Delivered,
        since: noon(),
        url: "https://harbour.example/told".to_owned(),
        tries: 1,
        tried_at: at,
        came_of_it: "503".to_owned(),
        taken_at: None,
        next_at: Some(noon().plus_seconds(300)),
    }
}

async fn a_partner_is_changed_by_whoever_saw_it_as_it_is<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let (first, other) = (partner("harbour-travel"), partner("atlas"));
    assert_eq!(scene.store.partner(&first.code).await.unwrap(), None);
    assert!(scene.store.keep_partner(&first, None).await.unwrap());
    assert!(!scene.store.keep_partner(&first, None).await.unwrap(), "there is one already");
    assert!(scene.store.keep_partner(&other, None).await.unwrap());
    let changed = Partner { trading: Trading::Stopped, ..first.clone() };
    assert!(scene.store.keep_partner(&changed, Some(&first)).await.unwrap());
    assert!(!scene.store.keep_partner(&other, Some(&first)).await.unwrap(), "it is another by now");
    let folder = scene.close();
    let scene = Scene::<M>::reopened(folder).await;
    assert_eq!(scene.store.partner(&first.code).await.unwrap(), Some(changed.clone()));
    assert_eq!(scene.store.partners().await.unwrap(), [other, changed]);
}

async fn a_key_is_found_by_its_digest_and_ends<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let partner = partner("harbour-travel");
    assert!(scene.store.keep_partner(&partner, None).await.unwrap());
    let (till, site) = (key(&partner, "till", 5), key(&partner, "site", 1));
    scene.store.keep_partner_key(&[1; 32], &till).await.unwrap();
    scene.store.keep_partner_key(&[2; 32], &site).await.unwrap();
    assert_eq!(scene.store.partner_key(&[3; 32]).await.unwrap(), None);
    scene.store.note_key_used(&[1; 32], noon().plus_seconds(60)).await.unwrap();
    let ended = PartnerKey { state: KeyState::Ends(noon().plus_seconds(90)), ..till };
    scene.store.keep_partner_key(&[1; 32], &ended).await.unwrap();
    let kept = scene.store.partner_key(&[1; 32]).await.unwrap().unwrap();
    assert_eq!((kept.used_at, &kept.key), (Some(noon().plus_seconds(60)), &ended));
    let keys = scene.store.partner_keys(&partner.code).await.unwrap();
    assert_eq!(keys.into_iter().map(|kept| kept.key).collect::<Vec<_>>(), [site, ended]);
    assert_eq!(scene.store.partner_keys(&code("atlas")).await.unwrap(), []);
}

async fn what_a_partner_was_told_is_read_newest_first<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let after = |seconds| noon().plus_seconds(seconds);
    let first = record(1, "harbour-travel", after(1));
    let taken = CallbackRecord {
        tries: 2,
        tried_at: after(5),
        came_of_it: "200".to_owned(),
        taken_at: Some(after(5)),
        next_at: None,
        ..first.clone()
    };
    let second = record(2, "harbour-travel", after(3));
    for record in [&first, &second, &record(3, "atlas", after(4)), &taken] {
        scene.store.note_callback(record).await.unwrap();
    }
    let told = |before, limit| scene.store.callbacks(&second.partner, before, limit);
    assert_eq!(told(after(9), 9).await.unwrap(), [taken.clone(), second.clone()]);
    assert_eq!(told(after(9), 1).await.unwrap(), std::slice::from_ref(&taken));
    assert_eq!(told(after(5), 9).await.unwrap(), [second]);
    assert_eq!(scene.store.callback(first.order, 1).await.unwrap(), Some(taken));
    assert_eq!(scene.store.callback(first.order, 9).await.unwrap(), None);
}
