//! Checkout Sessions: the pages that payers pay on (docs.stripe.com/api/checkout/sessions).

use std::collections::BTreeMap;

use farline_app::ports::payment::{
    CheckoutPage, CheckoutRequest, CheckoutState, PaymentRefusal, PaymentUnknown,
};
use farline_domain::kernel::Language;
use serde::Deserialize;
use serde_json::Value;

use super::api::{Form, Listed};
use super::intents::{PaymentIntent, Progress, code_of, money};
use super::settings::{OfferedMethod, StripeMode};
use crate::payment::answer::unsound;

/// The name under which our order stands in the metadata of whatever comes of it.
pub(super) const ORDER: &str = "farline_order";

/// The name under which the account for which the method is kept stands there.
const KEEP: &str = "farline_keep";

/// What a session's state is read with: the payment, how it was made, and what is kept of it.
pub(super) const WITH_PAYMENT: [(&str, &str); 2] =
    [("expand[]", "payment_intent.latest_charge"), ("expand[]", "payment_intent.payment_method")];

/// How much longer than asked for a page can be paid, in seconds. Stripe makes none that ends within half an hour; the
/// minute is for clocks that differ. Counted from the request's own end, so that asking twice is asking the same. Who
/// wants a page to end in time ends it.
pub(super) const LINGERS_SECONDS: i64 = 31 * 60;

/// Stripe would make a page on which nothing is to be paid, so this is not asked.
pub(super) fn nothing_to_pay(request: &CheckoutRequest) -> Option<PaymentRefusal> {
    (request.amount.minor < 1).then(|| PaymentRefusal {
        code: "amount_too_small".to_owned(),
        message: "there is nothing to pay".to_owned(),
    })
}

/// Asks for a page. The same request gives the same bytes, which its idempotency key stands for.
pub(super) fn form_of(request: &CheckoutRequest, methods: &[OfferedMethod]) -> Form {
    let order = || request.order.clone();
    let ends = request.expires_at.plus_seconds(LINGERS_SECONDS).millis() / 1_000;
    let mut form = vec![
        ("mode", "payment".to_owned()),
        ("client_reference_id", order()),
        ("metadata[farline_order]", order()),
        ("payment_intent_data[metadata][farline_order]", order()),
        ("line_items[0][quantity]", "1".to_owned()),
        ("line_items[0][price_data][currency]", code_of(request.amount.currency)),
        ("line_items[0][price_data][unit_amount]", request.amount.minor.to_string()),
        ("line_items[0][price_data][product_data][name]", request.description.clone()),
        // What is charged is what was quoted, in its currency, without a rate of Stripe's.
        ("adaptive_pricing[enabled]", "false".to_owned()),
        ("locale", locale(request.language).to_owned()),
        ("success_url", request.return_url.clone()),
        ("cancel_url", request.cancel_url.clone()),
        ("expires_at", ends.to_string()),
    ];
    if let Some(account) = request.save_for {
        // Of cards only: what cannot be kept is offered all the same. Stripe keeps methods of customers only, and makes
        // one for each that is kept.
        form.extend([
            ("metadata[farline_keep]", account.to_string()),
            ("customer_creation", "always".to_owned()),
            ("payment_method_options[card][setup_future_usage]", "off_session".to_owned()),
        ]);
    }
    form.extend(methods.iter().map(|method| ("payment_method_types[]", method.code().to_owned())));
    if methods.contains(&OfferedMethod::WechatPay) {
        form.push(("payment_method_options[wechat_pay][client]", "web".to_owned()));
    }
    form
}

/// The page's language, of those that Stripe has.
pub(super) const fn locale(language: Language) -> &'static str {
    match language {
        Language::ZhCn => "zh",
        Language::EnCa => "en",
        Language::FrCa => "fr-CA",
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SessionStatus {
    Open,
    Complete,
    Expired,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PaymentStatus {
    Paid,
    Unpaid,
    NoPaymentRequired,
}

#[derive(Deserialize)]
pub(super) struct Session {
    id: String,
    #[serde(rename = "livemode")]
    mode: StripeMode,
    status: SessionStatus,
    payment_status: PaymentStatus,
    client_reference_id: Option<String>,
    metadata: Option<BTreeMap<String, String>>,
    amount_total: i64,
    currency: String,
    /// None once it can no longer be paid.
    url: Option<String>,
    /// None until the payer first tries; whole only where it was asked for, and otherwise an id.
    payment_intent: Option<Value>,
}

impl Listed for Session {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Session {
    /// The page, if this session is for what was asked and leads to one.
    pub(super) fn page(
        self,
        request: &CheckoutRequest,
        mode: StripeMode,
    ) -> Result<CheckoutPage, PaymentUnknown> {
        let fits = self.is_for(request, mode) && !self.id.is_empty();
        let url = self.url.filter(|url| fits && url.starts_with("https://"));
        Ok(CheckoutPage { id: self.id, url: url.ok_or_else(unsound)? })
    }

    /// A page that would keep the method is not for a payer who does not want that, nor for another; one that keeps
    /// none takes the payment all the same.
    pub(super) fn is_for(&self, request: &CheckoutRequest, mode: StripeMode) -> bool {
        let wanted = request.save_for.map(|account| account.to_string());
        let keeps = self.metadata.as_ref().and_then(|data| data.get(KEEP));
        self.mode == mode
            && keeps.is_none_or(|keeps| wanted.as_ref() == Some(keeps))
            && self.client_reference_id.as_deref() == Some(request.order.as_str())
            && money(self.amount_total, &self.currency).is_ok_and(|asked| asked == request.amount)
    }

    /// The state, if this is the session asked about. The payment decides, where there is one: what was captured is
    /// told as it says, however the page ended, since comparing it with the order is the use case's affair.
    pub(super) fn state(self, id: &str, mode: StripeMode) -> Result<CheckoutState, PaymentUnknown> {
        if self.id != id || self.mode != mode {
            return Err(unsound());
        }
        let intent = self.payment_intent.map(serde_json::from_value::<PaymentIntent>).transpose();
        let intent = intent.map_err(|_| unsound())?;
        let progress = intent.map_or(Ok(Progress::Waiting), PaymentIntent::progress)?;
        match (progress, self.payment_status, self.status) {
            (Progress::Taken(taken), _, _) => {
                let order = self.client_reference_id.ok_or_else(unsound)?;
                Ok(CheckoutState::Captured(taken.for_order(order)))
            }
            // Paid, and no payment that says so.
            (_, PaymentStatus::Paid | PaymentStatus::NoPaymentRequired, _) => Err(unsound()),
            // A page is complete once the payer did their part; the bank may still say either.
            (Progress::OnItsWay, _, _) | (Progress::Waiting, _, SessionStatus::Open) => {
                Ok(CheckoutState::Open)
            }
            (Progress::Waiting, _, SessionStatus::Complete | SessionStatus::Expired) => {
                Ok(CheckoutState::Expired)
            }
        }
    }
}
