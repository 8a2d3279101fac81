//! The portal of partners' people over HTTP: who gets in, and what they see and do there.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod coming_in;
mod keys;
mod orders;
mod requests;
mod upload;

use crate::accounts::browser::Browser;
use crate::accounts::world::World;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use farline_app::accounts::SignedIn;
use farline_app::partners::{self, OrderWish, PartnerChange};
use farline_app::ports::partners::CallbackRecord;
use farline_domain::commands::Actor;
use farline_domain::kernel::{Money, Province, Rate};
use farline_domain::orders::{Order, PartnerCode, Stage};
use farline_domain::partners::{Hand, Partner, Scope};
use farline_testkit::{OWN_BIG, SampleLine, new_line};

pub(crate) const MEI: &str = "mei@harbour.example";
pub(crate) const OTHER: &str = "otto@atlas.example";

pub(crate) fn number_of(line: SampleLine) -> String {
    new_line(line).line.msisdn.map(String::from).unwrap()
}

/// A partner with one person and so many cents paid in.
pub(crate) async fn partner(world: &World, code: &str, (person, cents): (&str, i64)) -> Partner {
    let named = (PartnerCode::parse(code).unwrap(), "Harbour Travel");
    let made = partners::create(&world.app, named, Province::On, Rate { ppm: 0 }).await.unwrap();
    let wish = PartnerChange { person: Some(person.to_owned()), ..PartnerChange::default() };
    let made = partners::change(&world.app, &made, wish).await.unwrap();
    if cents > 0 {
        let by = (&made, Actor::System);
        partners::pay_in(&world.app, by, (Money::cad(cents), "T-0001")).await.unwrap();
    }
    made
}

/// An order of a partner, delivered, of which it was told and did not take it.
pub(crate) async fn ordered(world: &World, partner: &Partner, reference: &str) -> Order {
    let wish = OrderWish {
        reference: reference.to_owned(),
        number: number_of(crate::accounts::world::MINE),
        product: OWN_BIG.to_owned(),
        at_most: None,
        callback: Some("https://harbour.example/told".to_owned()),
        another: false,
    };
    let order = partners::place(&world.app, partner, &wish).await.unwrap().order;
    let record = CallbackRecord {
        order: order.id,
        number: 1,
        partner: partner.code.clone(),
        stage: Stage::Delivered,
        since: world.app.now(),
        url: "https://harbour.example/told".to_owned(),
        tries: 1,
        tried_at: world.app.now(),
        came_of_it: "503".to_owned(),
        taken_at: None,
        next_at: None,
    };
    world.app.store.note_callback(&record).await.unwrap();
    order
}

/// A key of a partner.
pub(crate) async fn key(world: &World, partner: &Partner, scope: Scope) -> (String, String) {
    let made =
        partners::make_key(&world.app, partner, ("till", scope), Hand::Business).await.unwrap();
    (made.secret, made.key.ending)
}

/// What a program of a partner is answered.
pub(crate) async fn asks(world: &World, (method, path): (&str, &str), key: &str) -> StatusCode {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("authorization", format!("Bearer {key}"));
    let request = request.header("content-type", "application/json").body(Body::empty()).unwrap();
    world.answer(request).await.status()
}

/// A partner's person and somebody else's, each in a browser, with their partners.
pub(crate) struct Two {
    pub(crate) world: World,
    pub(crate) ours: Partner,
    pub(crate) theirs: Partner,
    mei: SignedIn,
    otto: SignedIn,
}

impl Two {
    pub(crate) async fn open() -> Self {
        let world = World::open().await;
        let ours = partner(&world, "harbour-travel", (MEI, 100_000)).await;
        let theirs = partner(&world, "atlas", (OTHER, 100_000)).await;
        let (mei, otto) =
            (world.register("Mei@Harbour.example").await, world.register(OTHER).await);
        Self { world, ours, theirs, mei, otto }
    }

    pub(crate) fn mei(&self) -> Browser<'_> {
        Browser::of(&self.world, &self.mei)
    }

    pub(crate) fn otto(&self) -> Browser<'_> {
        Browser::of(&self.world, &self.otto)
    }
}
