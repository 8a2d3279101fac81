//! A payment provider that remembers what it took and gave back, and keeps its keys.

use super::world::World;
use async_trait::async_trait;
use farline_app::ports::payment::{
    Answered, CapturedPayment, CheckoutPage, CheckoutRequest, CheckoutState, HintAbout,
    PaymentProvider, PaymentRefusal, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::{Instant, Money};
use farline_domain::payments::PaymentMethod;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The provider's name.
pub(super) const NAME: &str = "provider";
/// How many of ten thousand calls get lost on the way there, and as many on the way back.
const LOST: u64 = 300;

/// A page to pay on.
pub(super) struct Page {
    pub(super) id: String,
    pub(super) amount: Money,
    pub(super) expires_at: Instant,
    pub(super) has_ended: bool,
    /// The payments taken on it, by id.
    pub(super) payments: Vec<String>,
}

/// Money that was taken.
pub(super) struct Payment {
    pub(super) order: String,
    pub(super) amount: Money,
    method: PaymentMethod,
}

/// What becomes of a refund.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    DoneAt(Instant),
    Failed,
    FailedAt(Instant),
    /// Done, and back again at an instant.
    BackAt(Instant),
}

/// Money on its way back.
pub(super) struct GivenBack {
    pub(super) id: String,
    pub(super) payment: String,
    pub(super) amount: Money,
    fate: Fate,
}

impl GivenBack {
    fn state(&self, now: Instant) -> RefundState {
        let done = || RefundState::Done { refund: self.id.clone() };
        let pending = || RefundState::Pending { refund: self.id.clone() };
        let failed = || RefundState::Failed { reason: "account_closed".to_owned() };
        match self.fate {
            Fate::Done => done(),
            Fate::DoneAt(at) => {
                if now < at {
                    pending()
                } else {
                    done()
                }
            }
            Fate::Failed => failed(),
            Fate::FailedAt(at) => {
                if now < at {
                    pending()
                } else {
                    failed()
                }
            }
            Fate::BackAt(at) => {
                if now < at {
                    done()
                } else {
                    failed()
                }
            }
        }
    }

    /// Whether the payer has the money, or will.
    pub(super) fn goes_back(&self, now: Instant) -> bool {
        !matches!(self.state(now), RefundState::Failed { .. })
    }

    /// Whether the provider has said, or would say, that it is done.
    pub(super) fn was_done(&self, now: Instant) -> bool {
        matches!(self.fate, Fate::BackAt(_)) || matches!(self.state(now), RefundState::Done { .. })
    }
}

/// A word of the provider's, on its way to our webhook.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) body: String,
    /// The provider repeats it until it is taken.
    pub(super) insists: bool,
}

/// Everything the provider knows.
#[derive(Default)]
pub(super) struct ProviderBook {
    /// Pages by order.
    pub(super) pages: BTreeMap<String, Page>,
    /// Payments by id.
    pub(super) payments: BTreeMap<String, Payment>,
    /// Refunds by key.
    pub(super) refunds: BTreeMap<String, GivenBack>,
    /// Words on their way.
    pub(super) events: Vec<Event>,
    next: u64,
}

impl ProviderBook {
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Says something to our webhook.
    pub(super) fn say(&mut self, about: &str) {
        let number = self.number();
        self.events.push(Event { body: format!("evt-{number};{about}"), insists: false });
    }

    /// A payer pays on an order's page, and the provider takes this much.
    pub(super) fn take(&mut self, order: &str, amount: Money, method: PaymentMethod) {
        let number = self.number();
        let id = format!("pay-{number}");
        let Some(page) = self.pages.get_mut(order) else { return };
        page.payments.push(id.clone());
        let is_second = page.payments.len() > 1;
        self.payments.insert(id, Payment { order: order.to_owned(), amount, method });
        self.say(&format!("order={order}"));
        if let Some(event) = self.events.last_mut() {
            event.insists = is_second;
        }
    }

    /// How much of a payment has gone back or will.
    pub(super) fn gone_back(&self, payment: &str, now: Instant) -> i64 {
        let of = self.refunds.values().filter(|refund| refund.payment == payment);
        of.filter(|refund| refund.goes_back(now)).map(|refund| refund.amount.minor).sum()
    }

    /// A refund by the provider's own id.
    pub(super) fn refund(&self, id: &str) -> Option<&GivenBack> {
        self.refunds.values().find(|refund| refund.id == id)
    }

    fn state(&self, id: &str, now: Instant) -> Option<CheckoutState> {
        let (order, page) = self.pages.iter().find(|(_, page)| page.id == id)?;
        let Some(payment) = page.payments.last() else {
            let is_over = page.has_ended || now >= page.expires_at;
            return Some(if is_over { CheckoutState::Expired } else { CheckoutState::Open });
        };
        let taken = self.payments.get(payment)?;
        Some(CheckoutState::Captured(CapturedPayment {
            payment: payment.clone(),
            order: order.clone(),
            amount: taken.amount,
            method: taken.method,
            saved: None,
        }))
    }
}

/// The provider as we reach it.
pub(super) struct Provider(pub(super) Arc<World>);

fn lost() -> PaymentUnknown {
    PaymentUnknown("no answer in time".to_owned())
}

impl Provider {
    fn fate(&self, now: Instant) -> Fate {
        let at = |least, most| now.plus_seconds(self.0.chance.between(least, most));
        if !self.0.has_mishaps() {
            return Fate::Done;
        }
        match self.0.chance.below(20) {
            0..=9 => Fate::Done,
            10..=14 => Fate::DoneAt(at(30, 7200)),
            15 | 16 => Fate::FailedAt(at(30, 7200)),
            17 => Fate::Failed,
            _ => Fate::BackAt(at(60, 20 * 3600)),
        }
    }

    fn refunded(&self, request: &RefundRequest) -> Result<Answered<RefundState>, PaymentUnknown> {
        let now = self.0.their_now();
        let mut book = self.0.provider();
        if let Some(known) = book.refunds.get(&request.key) {
            let same = known.payment == request.payment && known.amount == request.amount;
            return if same { Ok(Ok(known.state(now))) } else { Err(lost()) };
        }
        if !book.payments.contains_key(&request.payment) {
            let message = "there is no such payment".to_owned();
            return Ok(Err(PaymentRefusal { code: "not_found".to_owned(), message }));
        }
        let id = format!("re-{}", book.number());
        let RefundRequest { payment, amount, .. } = request.clone();
        let refund = GivenBack { id, payment, amount, fate: self.fate(now) };
        let state = refund.state(now);
        book.refunds.insert(request.key.clone(), refund);
        book.say(&format!("refund={}", request.key));
        Ok(Ok(state))
    }
}

#[async_trait]
impl PaymentProvider for Provider {
    fn name(&self) -> &'static str {
        NAME
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
        let world = &self.0;
        world.note(format!("    provider: a page for {}", request.order));
        let effect = || {
            let mut book = world.provider();
            let number = book.number();
            let page = book.pages.entry(request.order.clone()).or_insert_with(|| Page {
                id: format!("page-{number}"),
                amount: request.amount,
                expires_at: request.expires_at,
                has_ended: false,
                payments: Vec::new(),
            });
            if page.amount != request.amount {
                return Err(lost());
            }
            let url = format!("https://provider.example/{}", page.id);
            Ok(Ok(CheckoutPage { id: page.id.clone(), url }))
        };
        world.call((LOST, lost), effect).await
    }

    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let world = &self.0;
        let effect = || world.provider().state(checkout, world.their_now()).ok_or_else(lost);
        let state = world.call((LOST, lost), effect).await;
        world.note(format!("    provider: {checkout} is {state:?}"));
        match state {
            // A confused answer: somebody else's payment.
            Ok(CheckoutState::Captured(payment)) if world.mishap(LOST) => {
                let order = "ord_of_somebody_else".to_owned();
                Ok(CheckoutState::Captured(CapturedPayment { order, ..payment }))
            }
            state => state,
        }
    }

    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let world = &self.0;
        world.note(format!("    provider: {checkout} ends"));
        let effect = || {
            let now = world.their_now();
            let mut book = world.provider();
            let page = book.pages.values_mut().find(|page| page.id == checkout);
            page.ok_or_else(lost)?.has_ended = true;
            book.state(checkout, now).ok_or_else(lost)
        };
        world.call((LOST, lost), effect).await
    }

    async fn refund(
        &self,
        request: &RefundRequest,
    ) -> Result<Answered<RefundState>, PaymentUnknown> {
        self.0.note(format!("    provider: give back {} of {}", request.key, request.payment));
        self.0.call((LOST, lost), || self.refunded(request)).await
    }

    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        let world = &self.0;
        let effect = || {
            let book = world.provider();
            book.refund(refund).map(|refund| refund.state(world.their_now())).ok_or_else(lost)
        };
        let state = world.call((LOST, lost), effect).await;
        world.note(format!("    provider: {refund} is {state:?}"));
        state
    }

    fn webhook(
        &self,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        if header("signature").as_deref() != Some("genuine") {
            return Err(WebhookRefusal::Signature);
        }
        let text = std::str::from_utf8(body).map_err(|_| WebhookRefusal::Body)?;
        let (event, about) = text.split_once(';').ok_or(WebhookRefusal::Body)?;
        let of = |word: &str| about.strip_prefix(word).map(str::to_owned);
        let named = of("order=").map(HintAbout::Order).or(of("refund=").map(HintAbout::Refund));
        let about = named.unwrap_or(HintAbout::Nothing);
        Ok(WebhookHint { event: event.to_owned(), about })
    }
}
