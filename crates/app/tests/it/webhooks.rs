//! All orders in which the webhooks of one payment can arrive, doubled and lost ones too, end the same.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::subjects::world::World;
use async_trait::async_trait;
use farline_app::payments::{Providers, Received, forget_events, receive};
use farline_app::ports::documents::{DocumentError, DocumentPrinter, DocumentText};
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Sent};
use farline_app::ports::payment::{
    Answered, CapturedPayment, CheckoutPage, CheckoutRequest, CheckoutState, HintAbout,
    PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState, WebhookHint,
    WebhookRefusal,
};
use farline_app::{App, jobs, orders};
use farline_domain::kernel::Instant;
use farline_domain::orders::{Order, Stage};
use farline_domain::payments::PaymentMethod;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The events of one order's life at the provider, by their ids; one comes twice.
const EVENTS: [&str; 6] = ["opened", "captured", "captured", "expired", "refund", "stranger"];

/// Has taken the money; its webhooks are bodies of the form `event order`.
pub(crate) struct Taker;

#[async_trait]
impl PaymentProvider for Taker {
    fn name(&self) -> &'static str {
        "taker"
    }
    fn mode(&self) -> ProviderMode {
        ProviderMode::Sandbox
    }
    async fn probe(&self) -> Result<(), PaymentUnknown> {
        Ok(())
    }
    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let id = format!("{}~{}", request.order, request.amount.minor);
        Ok(Ok(CheckoutPage { id, url: "https://taker.example".to_owned() }))
    }
    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let (order, minor) = checkout.split_once('~').unwrap();
        Ok(CheckoutState::Captured(CapturedPayment {
            payment: format!("pay-{order}"),
            order: order.to_owned(),
            amount: farline_domain::kernel::Money::cad(minor.parse().unwrap()),
            method: PaymentMethod::Credit,
            saved: None,
        }))
    }
    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        self.checkout_state(checkout).await
    }
    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        Ok(Ok(RefundState::Done { refund: request.key.clone() }))
    }
    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        Ok(RefundState::Done { refund: refund.to_owned() })
    }
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        let text = std::str::from_utf8(body).map_err(|_| WebhookRefusal::Body)?;
        let (event, order) = text.split_once(' ').ok_or(WebhookRefusal::Body)?;
        let about = match event {
            "refund" => HintAbout::Refund(format!("{order}-refund-1-1")),
            "stranger" => HintAbout::Payment("pay-of-nobody".to_owned()),
            _ => HintAbout::Order(order.to_owned()),
        };
        Ok(WebhookHint { event: text.to_owned(), about })
    }
}

impl DocumentPrinter for Taker {
    fn print(&self, _: &DocumentText) -> Result<Vec<u8>, DocumentError> {
        Ok(vec![1])
    }
    fn fingerprint(&self) -> String {
        String::new()
    }
}

/// Takes every message of a medium. What nobody takes is tried again for a day, which is not what is looked at here.
pub(crate) struct Post(pub(crate) Medium);

#[async_trait]
impl NoticeGateway for Post {
    fn name(&self) -> &'static str {
        "post"
    }
    fn medium(&self) -> Medium {
        self.0
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}

/// Every order of the events of every subset: what is left out is lost. The two copies of an event are one and the same.
fn histories(most: usize) -> BTreeSet<Vec<&'static str>> {
    let mut found = BTreeSet::from([Vec::new()]);
    let mut last = found.clone();
    for _ in 0..most {
        let longer = last
            .iter()
            .flat_map(|history| EVENTS.map(|event| [history.as_slice(), &[event]].concat()));
        let times = |events: &[&str], event| events.iter().filter(|other| **other == event).count();
        last = longer
            .filter(|history| {
                EVENTS.iter().all(|event| times(history, *event) <= times(&EVENTS, *event))
            })
            .collect();
        found.extend(last.iter().cloned());
    }
    found
}

async fn hear(app: &App, order: &Order, event: &str) -> Received {
    let body = format!("{event} {}", order.id);
    receive((app, app.providers.first()), &|_| None, body.as_bytes()).await.unwrap()
}

async fn all_end_the_same(mut world: World, most: usize) {
    world.app.providers = Providers::new(Arc::new(Taker), Vec::new());
    world.app.printer = Arc::new(Taker);
    world.app.gateways = vec![Arc::new(Post(Medium::Email)), Arc::new(Post(Medium::Sms))];
    let histories = histories(most);
    for (number, history) in histories.iter().enumerate() {
        let index = u32::try_from(number % 70).unwrap();
        let quote = world.try_quote(index, None).await.unwrap();
        let seed = u64::try_from(number).unwrap();
        let order = world.place(&quote, seed).await.unwrap();
        orders::pay_url(&world.app, &order, orders::Paying::default()).await.unwrap();
        let mut seen = BTreeSet::new();
        for event in history {
            let expected = if seen.insert(*event) { Received::Taken } else { Received::SeenBefore };
            assert_eq!(hear(&world.app, &order, event).await, expected);
        }
        // What was lost is found by the poll a minute later.
        world.clock.advance_seconds(61);
        while jobs::run_due(&world.app).await.unwrap() > 0 {}
        let order = world.order(&order).await;
        let passed: Vec<Stage> = order.history.iter().map(|passed| passed.state).collect();
        let expected = [Stage::AwaitingPayment, Stage::Paid, Stage::Delivering, Stage::Delivered];
        assert_eq!(passed, expected, "{history:?}");
        assert!(order.refunds.is_empty(), "{history:?}");
    }
    world.assert_sound().await;
}

#[tokio::test]
async fn every_order_of_up_to_six_events_ends_the_same_in_sqlite() {
    assert_eq!(histories(6).len(), 1 + 5 + 21 + 72 + 192 + 360 + 360);
    all_end_the_same(World::sqlite().await, 6).await;
}

#[tokio::test]
async fn every_order_of_up_to_three_events_ends_the_same_in_postgresql() {
    all_end_the_same(World::postgres().await, 3).await;
}

/// As long as a provider may send an event again, by itself or by hand, it is known; then it is forgotten.
async fn an_event_is_known_for_longer_than_it_is_repeated(mut world: World) {
    const DAY: u32 = 24 * 60 * 60;
    world.app.providers = Providers::new(Arc::new(Taker), Vec::new());
    let hear = async || {
        let app = &world.app;
        receive((app, app.providers.first()), &|_| None, b"stranger nobody").await.unwrap()
    };
    assert_eq!(hear().await, Received::Taken);
    for _ in 0..59 {
        world.clock.advance_seconds(DAY);
        assert_eq!(forget_events(&world.app).await.unwrap(), 0);
        assert_eq!(hear().await, Received::SeenBefore);
    }
    world.clock.advance_seconds(2 * DAY);
    assert_eq!(forget_events(&world.app).await.unwrap(), 1);
    assert_eq!(forget_events(&world.app).await.unwrap(), 0);
    assert_eq!(hear().await, Received::Taken, "it makes us ask the provider once more, no harm");
}

#[tokio::test]
async fn an_event_is_known_for_longer_than_it_is_repeated_in_sqlite() {
    an_event_is_known_for_longer_than_it_is_repeated(World::sqlite().await).await;
}

#[tokio::test]
async fn an_event_is_known_for_longer_than_it_is_repeated_in_postgresql() {
    an_event_is_known_for_longer_than_it_is_repeated(World::postgres().await).await;
}
