//! Who gets in, and that everything else is nothing to them.

use super::{MEI, OTHER, Two, asks, key, number_of, ordered, partner};
use crate::accounts::browser::Browser;
use crate::accounts::world::{self, World};
use axum::http::StatusCode;
use farline_app::partners::{self, PartnerChange};
use farline_domain::partners::Scope;

/// Every page of a partner.
const PAGES: [&str; 8] = [
    "",
    "/orders",
    "/upload",
    "/keys",
    "/requests",
    "/callbacks",
    "/statement",
    "/statement.csv?month=2026-11",
];

#[tokio::test]
async fn a_person_comes_to_their_partner_and_nobody_else_does() {
    let two = Two::open().await;
    let stranger = Browser::nobody(&two.world).get("/en/partner").await;
    assert_eq!(stranger.location, "/en/sign-in?next=%2Fen%2Fpartner");
    let here = two.mei().get("/en/partner").await;
    assert_eq!(
        (here.status, here.location.as_str()),
        (StatusCode::SEE_OTHER, "/en/partner/harbour-travel")
    );
    let nobody = two.world.register("somebody@example.org").await;
    let nobody = Browser::of(&two.world, &nobody);
    let page = nobody.get("/zh/partner").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("您的账户还没有合作伙伴后台"), "{}", page.text);
    assert!(page.text.contains("mailto:"), "what to do is said");
    for part in PAGES {
        let path = format!("/en/partner/harbour-travel{part}");
        let own = two.mei().get(&path).await;
        assert_eq!(own.status, StatusCode::OK, "{path}");
        for other in [&two.otto(), &nobody] {
            let page = other.get(&path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!page.text.contains("Harbour"), "not even its name: {path}");
        }
        let stranger = Browser::nobody(&two.world).get(&path).await;
        assert!(stranger.location.starts_with("/en/sign-in?next="), "{path}");
    }
    assert_eq!(two.mei().get("/en/partner/nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn somebody_of_several_partners_chooses_and_who_is_taken_away_is_out() {
    let world = World::open().await;
    let person = world.register(MEI).await;
    let browser = Browser::of(&world, &person);
    let first = partner(&world, "harbour-travel", (MEI, 0)).await;
    partner(&world, "atlas", ("MEI@harbour.example", 0)).await;
    let choice = browser.get("/fr/partner").await;
    assert_eq!(choice.status, StatusCode::OK);
    for code in ["harbour-travel", "atlas"] {
        assert!(choice.text.contains(&format!("href=\"/fr/partner/{code}\"")), "{}", choice.text);
    }
    let wish = PartnerChange { no_person: Some(MEI.to_owned()), ..PartnerChange::default() };
    partners::change(&world.app, &first, wish).await.unwrap();
    assert_eq!(browser.get("/fr/partner").await.location, "/fr/partner/atlas");
    let page = browser.get("/fr/partner/harbour-travel").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn anothers_key_order_and_callback_are_none() {
    let two = Two::open().await;
    let world = &two.world;
    let order = ordered(world, &two.theirs, "T-1").await;
    let (secret, ending) = key(world, &two.theirs, Scope::Read).await;
    let mei = two.mei();
    // At their own partner, and at the one that is not theirs.
    for partner in ["harbour-travel", "atlas"] {
        let at = |rest: &str| format!("/en/partner/{partner}/{rest}");
        let posts =
            [at(&format!("keys/{ending}/end")), at(&format!("callbacks/{}-1/replay", order.id))];
        for path in posts {
            assert_eq!(mei.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for name in ["T-1", &order.id.to_string()] {
            let found = mei.get(&at(&format!("orders?reference={name}"))).await;
            assert_eq!(found.status, StatusCode::NOT_FOUND, "{name}");
            assert!(!found.text.contains(&order.reference.to_string()), "{name}");
        }
    }
    let made = mei.post("/en/partner/atlas/keys", &[("label", "x"), ("scope", "order")]).await;
    assert_eq!(made.status, StatusCode::NOT_FOUND);
    let csrf = mei.csrf().await;
    let file = format!("reference,number,product\nX-1,{},x\n", number_of(world::MINE));
    let sent = mei.upload("/en/partner/atlas/upload", (&csrf, &file)).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert_eq!(world.app.store.partner_keys(&two.theirs.code).await.unwrap().len(), 1);
    assert_eq!(asks(world, ("GET", "/partner/v1/balance"), &secret).await, StatusCode::OK);
    let told = world.app.store.callback(order.id, 1).await.unwrap().unwrap();
    assert_eq!(told.tries, 1, "nothing was sent again");
}

#[tokio::test]
async fn no_other_site_makes_a_person_do_anything() {
    let two = Two::open().await;
    let order = ordered(&two.world, &two.ours, "A-1").await;
    let (_, ending) = key(&two.world, &two.ours, Scope::Read).await;
    let at = |rest: &str| format!("/en/partner/harbour-travel/{rest}");
    let forms = [
        at("keys"),
        at(&format!("keys/{ending}/end")),
        at(&format!("callbacks/{}-1/replay", order.id)),
    ];
    let theirs = two.otto().csrf().await;
    for path in forms {
        for fields in [&[("label", "x")][..], &[("label", "x"), ("csrf", theirs.as_str())][..]] {
            let answer = two.mei().post_bare(&path, fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
    for csrf in ["", &theirs] {
        let sent = two.mei().upload(&at("upload"), (csrf, "reference,number,product\n")).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    }
    let keys = two.world.app.store.partner_keys(&two.ours.code).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert!(keys[0].key.is_good_at(two.world.app.now()));
}

#[tokio::test]
async fn whoever_takes_a_sandbox_key_signed_in_has_its_portal() {
    let world = World::open().await;
    let stranger = Browser::nobody(&world).post_bare("/en/partners", &[]).await;
    assert!(stranger.text.contains("sign in first"), "{}", stranger.text);
    let person = world.register(OTHER).await;
    let browser = Browser::of(&world, &person);
    assert_eq!(browser.get("/en/partner").await.status, StatusCode::NOT_FOUND);
    let made = browser.post("/en/partners", &[]).await;
    let portal = browser.get("/en/partner").await.location;
    assert!(made.text.contains(&format!("href=\"{portal}\"")), "{}", made.text);
    let page = browser.get(&portal).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("$1,000.00"), "what can be ordered for: {}", page.text);
    // With only a phone number there is nobody to be a person of it.
    let person = world.register("+14165550188").await;
    let made = Browser::of(&world, &person).post("/en/partners", &[]).await;
    assert!(made.text.contains("sign in first"), "{}", made.text);
}
