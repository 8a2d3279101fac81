//! What a bank takes back is booked from the provider's own word, once, also when that word was lost at first.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::subjects::world::World;
use crate::webhooks::{Post, Taker};
use async_trait::async_trait;
use farline_app::jobs;
use farline_app::orders::{self, RefundWish};
use farline_app::payments::{Providers, Received, receive};
use farline_app::ports::notice::Medium;
use farline_app::ports::payment::{
    Answered, CheckoutPage, CheckoutRequest, CheckoutState, DisputedPayment, HintAbout,
    PaymentProvider, PaymentRefusal, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::{Instant, Money};
use farline_domain::orders::{Order, Stage, TaskKind};
use farline_domain::payments::{DisputeStatus, DisputeTold, RefundTo};
use std::sync::{Arc, Mutex};

/// Takes money as [`Taker`] does; its webhooks are `event dispute`, and it knows one dispute, or does not answer.
#[derive(Default)]
struct Bank {
    known: Mutex<Option<DisputedPayment>>,
    is_silent: Mutex<bool>,
}

#[async_trait]
impl PaymentProvider for Bank {
    fn name(&self) -> &'static str {
        Taker.name()
    }
    fn mode(&self) -> ProviderMode {
        Taker.mode()
    }
    async fn probe(&self) -> Result<(), PaymentUnknown> {
        Taker.probe().await
    }
    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        Taker.checkout(request).await
    }
    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        Taker.checkout_state(checkout).await
    }
    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        Taker.expire_checkout(checkout).await
    }
    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        Taker.refund(request).await
    }
    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        Taker.refund_state(refund).await
    }
    async fn dispute(&self, dispute: &str) -> Result<Answered<DisputedPayment>, PaymentUnknown> {
        if *self.is_silent.lock().unwrap() {
            return Err(PaymentUnknown("silent".to_owned()));
        }
        let known = self.known.lock().unwrap().clone();
        let known = known.filter(|known| known.told.id == dispute);
        Ok(known.ok_or_else(PaymentRefusal::knows_none))
    }
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        let text = std::str::from_utf8(body).map_err(|_| WebhookRefusal::Body)?;
        let (_, dispute) = text.split_once(' ').ok_or(WebhookRefusal::Body)?;
        let about = HintAbout::Dispute(dispute.to_owned());
        Ok(WebhookHint { event: text.to_owned(), about })
    }
}

struct Scene {
    world: World,
    bank: Arc<Bank>,
    order: Order,
}

impl Scene {
    /// A delivered order, paid at the bank.
    async fn of(mut world: World) -> Self {
        let bank = Arc::new(Bank::default());
        world.app.providers = Providers::new(bank.clone(), Vec::new());
        world.app.printer = Arc::new(Taker);
        world.app.gateways = vec![Arc::new(Post(Medium::Email)), Arc::new(Post(Medium::Sms))];
        let quote = world.try_quote(0, None).await.unwrap();
        let order = world.place(&quote, 1).await.unwrap();
        orders::pay_url(&world.app, &order, orders::Paying::default()).await.unwrap();
        let mut scene = Self { world, bank, order };
        scene.wait(61).await;
        assert_eq!(scene.order.state.stage(), Stage::Delivered);
        scene
    }

    async fn wait(&mut self, seconds: u32) {
        self.world.clock.advance_seconds(seconds);
        while jobs::run_due(&self.world.app).await.unwrap() > 0 {}
        self.order = self.world.order(&self.order).await;
    }

    /// From now on the provider says this.
    fn says(&self, status: DisputeStatus, withdrawn: i64) {
        let capture = self.order.capture().unwrap();
        let told = DisputeTold {
            provider: "taker".to_owned(),
            id: "d1".to_owned(),
            payment: capture.payment.clone(),
            status,
            reason: "fraudulent".to_owned(),
            amount: capture.amount,
            withdrawn: Money { minor: withdrawn, ..capture.amount },
            respond_by: None,
        };
        let order = Some(self.order.id.to_string());
        *self.bank.known.lock().unwrap() = Some(DisputedPayment { order, told });
    }

    async fn hears(&mut self, body: &str) -> Option<Received> {
        let provider = self.world.app.providers.first();
        let heard = receive((&self.world.app, provider), &|_| None, body.as_bytes()).await;
        self.order = self.world.order(&self.order).await;
        heard.ok()
    }

    fn withdrawn(&self) -> i64 {
        self.order.disputes.iter().map(|dispute| dispute.told.withdrawn.minor).sum()
    }
}

async fn a_word_that_could_not_be_checked_comes_again(world: World) {
    let mut scene = Scene::of(world).await;
    let total = scene.order.price.total.minor;
    scene.says(DisputeStatus::NeedsResponse, total);
    *scene.bank.is_silent.lock().unwrap() = true;
    assert_eq!(scene.hears("evt1 d1").await, None);
    assert_eq!(scene.withdrawn(), 0);
    *scene.bank.is_silent.lock().unwrap() = false;
    assert_eq!(scene.hears("evt1 d1").await, Some(Received::Taken));
    assert_eq!(scene.withdrawn(), total);
    assert_eq!(scene.order.task.map(|task| task.kind), Some(TaskKind::Dispute));
    assert_eq!(scene.hears("evt1 d1").await, Some(Received::SeenBefore));
    assert_eq!(scene.hears("evt2 d1").await, Some(Received::Taken));
    scene.world.assert_sound().await;

    // Its end is never told; it is asked after once a day.
    scene.says(DisputeStatus::Won, 0);
    scene.wait(25 * 3600).await;
    assert_eq!((scene.withdrawn(), scene.order.task), (0, None));
    scene.world.assert_sound().await;
}

async fn what_is_not_ours_changes_nothing(world: World) {
    let mut scene = Scene::of(world).await;
    assert_eq!(scene.hears("evt1 d7").await, Some(Received::Taken));
    scene.says(DisputeStatus::NeedsResponse, 1);
    if let Some(known) = &mut *scene.bank.known.lock().unwrap() {
        known.order = None;
    }
    assert_eq!(scene.hears("evt2 d1").await, Some(Received::Taken));
    scene.says(DisputeStatus::NeedsResponse, 1);
    if let Some(known) = &mut *scene.bank.known.lock().unwrap() {
        "of another order".clone_into(&mut known.told.payment);
    }
    assert_eq!(scene.hears("evt3 d1").await, None);
    assert!(scene.order.disputes.is_empty());
    scene.world.assert_sound().await;
}

async fn the_same_refund_in_the_same_words_is_given_once(world: World) {
    let mut scene = Scene::of(world).await;
    let total = scene.order.price.total;
    let wish = RefundWish {
        amount: Some(Money { minor: 300, ..total }),
        to: RefundTo::Source,
        reason: "slow for a day",
        key: None,
    };
    for _ in 0..2 {
        orders::refund(&scene.world.app, &scene.order, &wish).await.unwrap();
        scene.wait(1).await;
    }
    assert_eq!(scene.order.refunds.len(), 1);
    let other = RefundWish { reason: "slow for another day", ..wish.clone() };
    orders::refund(&scene.world.app, &scene.order, &other).await.unwrap();
    let rest = RefundWish { amount: None, to: RefundTo::LineCredit, reason: "moved", key: None };
    orders::refund(&scene.world.app, &scene.order, &rest).await.unwrap();
    let nothing = RefundWish { reason: "  ", ..wish };
    orders::refund(&scene.world.app, &scene.order, &nothing).await.unwrap_err();
    scene.wait(1).await;
    let given: i64 = scene.order.refunds.iter().map(|refund| refund.amount.minor).sum();
    assert_eq!((scene.order.refunds.len(), given), (3, total.minor));
    scene.world.assert_sound().await;
}

/// Each story on both databases.
macro_rules! on_both {
    ($($story:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::subjects::world::World::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $story() {
                super::$story(crate::subjects::world::World::postgres().await).await;
            })*
        }
    };
}

on_both! {
    a_word_that_could_not_be_checked_comes_again
    what_is_not_ours_changes_nothing
    the_same_refund_in_the_same_words_is_given_once
}
