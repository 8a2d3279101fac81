//! A provider that counts its pages, takes money when it is told to, and declines or captures charges.

use async_trait::async_trait;
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Sent};
use farline_app::ports::payment::{
    Answered, CapturedPayment, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest,
    CheckoutState, HintAbout, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest,
    RefundState, WebhookHint, WebhookRefusal,
};
use farline_domain::kernel::{Instant, Money};
use farline_domain::orders::Order;
use farline_domain::payments::{Decline, DeclineAdvice, PaymentMethod};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[derive(Default)]
pub(crate) struct Bank {
    pages: Mutex<BTreeMap<String, Money>>,
    paid: Mutex<BTreeSet<String>>,
    charges: AtomicUsize,
    declines: AtomicBool,
}

impl Bank {
    /// How many pages it made.
    pub(crate) fn pages(&self) -> usize {
        self.pages.lock().unwrap().len()
    }

    /// How many charges it was asked for.
    pub(crate) fn charges(&self) -> usize {
        self.charges.load(Ordering::SeqCst)
    }

    /// From now on charges are declined.
    pub(crate) fn declines_charges(&self) {
        self.declines.store(true, Ordering::SeqCst);
    }

    /// From now on charges are taken.
    pub(crate) fn takes_charges(&self) {
        self.declines.store(false, Ordering::SeqCst);
    }

    /// The payer has paid on the page.
    pub(crate) fn take(&self, order: &Order) {
        self.paid.lock().unwrap().insert(order.id.to_string());
    }
}

fn captured(order: &str, amount: Money) -> CapturedPayment {
    CapturedPayment {
        payment: format!("pay-{order}"),
        order: order.to_owned(),
        amount,
        method: PaymentMethod::Credit,
        saved: None,
    }
}

#[async_trait]
impl PaymentProvider for Bank {
    fn name(&self) -> &'static str {
        "bank"
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
        self.pages.lock().unwrap().insert(request.order.clone(), request.amount);
        let (id, url) = (request.order.clone(), "https://bank.example/pay".to_owned());
        Ok(Ok(CheckoutPage { id, url }))
    }
    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        if !self.paid.lock().unwrap().contains(checkout) {
            return Ok(CheckoutState::Open);
        }
        let amount = *self.pages.lock().unwrap().get(checkout).unwrap();
        Ok(CheckoutState::Captured(captured(checkout, amount)))
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
    fn keeps_methods(&self) -> bool {
        true
    }
    async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        self.charges.fetch_add(1, Ordering::SeqCst);
        Ok(Ok(if self.declines.load(Ordering::SeqCst) {
            let code = "card_declined".to_owned();
            ChargeState::Declined(Decline { code, advice: DeclineAdvice::AskCustomer })
        } else {
            ChargeState::Captured(captured(&request.order, request.amount))
        }))
    }
    /// Bodies of the form `event order`.
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        let text = std::str::from_utf8(body).map_err(|_| WebhookRefusal::Body)?;
        let (_, order) = text.split_once(' ').ok_or(WebhookRefusal::Body)?;
        let about = HintAbout::Order(order.to_owned());
        Ok(WebhookHint { event: text.to_owned(), about })
    }
}

#[async_trait]
impl NoticeGateway for Bank {
    fn name(&self) -> &'static str {
        "bank"
    }
    fn medium(&self) -> Medium {
        Medium::Email
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}
