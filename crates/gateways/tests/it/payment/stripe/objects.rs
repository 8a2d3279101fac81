//! The objects of our own Stripe, as they are shown on the wire.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use serde_json::{Map, Value, json};

use super::server::{Answer, Fields, field, invalid};
use crate::payment::contract::Payer;

/// What a page may be asked with; anything else is a parameter that Stripe does not know.
const PARAMETERS: [&str; 18] = [
    "mode",
    "client_reference_id",
    "metadata[farline_order]",
    "metadata[farline_keep]",
    "customer_creation",
    "payment_method_options[card][setup_future_usage]",
    "payment_intent_data[metadata][farline_order]",
    "line_items[0][quantity]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
    "adaptive_pricing[enabled]",
    "locale",
    "success_url",
    "cancel_url",
    "expires_at",
    "payment_method_types[]",
    "payment_method_options[wechat_pay][client]",
];

const UNIT_AMOUNT: &str = "line_items[0][price_data][unit_amount]";

/// The pairs that stand under a prefix: `metadata[a]=b`.
fn noted(form: &Fields, prefix: &str) -> Map<String, Value> {
    let pairs = form.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(prefix)?.strip_prefix('[')?.strip_suffix(']')?;
        Some((name.to_owned(), json!(value)))
    });
    pairs.collect()
}

pub(super) struct Session {
    pub(super) id: String,
    form: Fields,
    created: i64,
    pub(super) expires_at: i64,
    pub(super) status: &'static str,
    pub(super) is_paid: bool,
    pub(super) intent: Option<usize>,
    /// The card that its page has kept.
    pub(super) kept: Option<usize>,
}

impl Session {
    /// What Stripe finds wrong with a request for a page.
    pub(super) fn objection(form: &Fields, activated: &[&str], now: i64) -> Option<Answer> {
        if let Some((name, _)) = form.iter().find(|(name, _)| !PARAMETERS.contains(&name.as_str()))
        {
            return Some(invalid(Some("parameter_unknown"), &format!("unknown parameter: {name}")));
        }
        for name in ["mode", "success_url", "line_items[0][quantity]", UNIT_AMOUNT] {
            if field(form, name).is_none() {
                return Some(invalid(Some("parameter_missing"), &format!("Missing {name}")));
            }
        }
        let amount = field(form, UNIT_AMOUNT).and_then(|text| text.parse::<u32>().ok());
        if amount.is_none() {
            return Some(invalid(
                Some("parameter_invalid_integer"),
                "Invalid non-negative integer",
            ));
        }
        // Nothing to pay is a page that is complete without a payment; a little is refused.
        if (1..50).contains(&amount.unwrap()) {
            return Some(invalid(Some("amount_too_small"), "must convert to at least 50 cents"));
        }
        if let Some(objection) = Self::objection_to_place(form, now) {
            return Some(objection);
        }
        let asked = form.iter().filter(|(name, _)| name == "payment_method_types[]");
        for (_, kind) in asked {
            if !activated.contains(&kind.as_str()) {
                return Some(invalid(None, &format!("The payment method type {kind} is invalid")));
            }
            let client = field(form, "payment_method_options[wechat_pay][client]");
            if kind == "wechat_pay" && client != Some("web") {
                return Some(invalid(Some("parameter_missing"), "Missing client"));
            }
        }
        None
    }

    /// What Stripe finds wrong with where a page leads, for how long it is there, and in which language.
    pub(super) fn objection_to_place(form: &Fields, now: i64) -> Option<Answer> {
        for name in ["success_url", "cancel_url"] {
            if !field(form, name).is_some_and(|url| url.starts_with("http")) {
                return Some(invalid(Some("url_invalid"), "Not a valid URL"));
            }
        }
        let ends = field(form, "expires_at").unwrap().parse::<i64>().unwrap();
        if !(now + 1_800..=now + 86_400).contains(&ends) {
            return Some(invalid(
                None,
                "The `expires_at` timestamp must be 30 minutes to a day away",
            ));
        }
        if !field(form, "locale").is_some_and(|tag| ["zh", "en", "fr-CA"].contains(&tag)) {
            return Some(invalid(None, "Invalid locale"));
        }
        None
    }

    /// Whether a card that pays is kept: only of a customer.
    pub(super) fn keeps_cards(&self) -> bool {
        let asked = |name: &str, value: &str| field(&self.form, name) == Some(value);
        asked("customer_creation", "always")
            && asked("payment_method_options[card][setup_future_usage]", "off_session")
    }

    pub(super) fn is_setup(&self) -> bool {
        field(&self.form, "mode") == Some("setup")
    }

    pub(super) fn new(id: String, form: Fields, created: i64) -> Self {
        let expires_at = field(&form, "expires_at").unwrap().parse().unwrap();
        Self {
            id,
            form,
            created,
            expires_at,
            status: "open",
            is_paid: false,
            intent: None,
            kept: None,
        }
    }

    pub(super) fn is_for(&self, order: &str) -> bool {
        field(&self.form, "client_reference_id") == Some(order)
    }

    /// None where nothing is to be paid.
    fn amount(&self) -> Option<i64> {
        field(&self.form, UNIT_AMOUNT).map(|text| text.parse().unwrap())
    }

    fn payment_status(&self) -> &'static str {
        match (self.is_setup(), self.is_paid) {
            (true, _) => "no_payment_required",
            (false, true) => "paid",
            (false, false) => "unpaid",
        }
    }

    pub(super) fn shown(&self) -> Value {
        let said = |name: &str| field(&self.form, name).map(str::to_owned);
        let url = format!("https://checkout.stripe.com/c/pay/{}#fid", self.id);
        json!({
            "id": self.id, "object": "checkout.session", "mode": said("mode"),
            "status": self.status, "payment_status": self.payment_status(),
            "amount_subtotal": self.amount(), "amount_total": self.amount(),
            "currency": said("line_items[0][price_data][currency]"),
            "client_reference_id": said("client_reference_id"), "customer": null,
            "metadata": noted(&self.form, "metadata"), "payment_intent": null,
            "created": self.created, "expires_at": self.expires_at, "livemode": false,
            "locale": said("locale"), "success_url": said("success_url"),
            "cancel_url": said("cancel_url"), "ui_mode": "hosted_page",
            "url": (self.status == "open").then_some(url),
        })
    }
}

pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) amount: i64,
    pub(super) received: i64,
    metadata: Map<String, Value>,
    pub(super) currency: String,
    pub(super) charge: Option<Charge>,
    /// The customer whose method it charges.
    pub(super) customer: Option<String>,
    /// Why it came to nothing.
    pub(super) failure: Option<Value>,
    /// When a bank that is not sure will be.
    pub(super) clears_at: Option<i64>,
}

impl Intent {
    pub(super) fn new(id: String, session: &Session) -> Self {
        Self {
            id,
            status: "requires_payment_method",
            amount: session.amount().unwrap(),
            received: 0,
            metadata: noted(&session.form, "payment_intent_data[metadata]"),
            currency: field(&session.form, "line_items[0][price_data][currency]")
                .unwrap()
                .to_owned(),
            charge: None,
            customer: None,
            failure: None,
            clears_at: None,
        }
    }

    /// One that charges a kept method.
    pub(super) fn charging(id: String, amount: i64, form: &Fields) -> Self {
        Self {
            id,
            status: "requires_confirmation",
            amount,
            received: 0,
            metadata: noted(form, "metadata"),
            currency: field(form, "currency").unwrap().to_owned(),
            charge: None,
            customer: field(form, "customer").map(str::to_owned),
            failure: None,
            clears_at: None,
        }
    }

    pub(super) fn succeed(&mut self, less: i64) {
        self.status = "succeeded";
        self.received = self.amount - less;
    }

    pub(super) fn is_for(&self, order: &str) -> bool {
        self.metadata["farline_order"] == order
    }

    /// With its charge named, not shown.
    pub(super) fn shown_briefly(&self) -> Value {
        let mut shown = self.shown();
        shown["latest_charge"] = shown["latest_charge"]["id"].clone();
        shown
    }

    pub(super) fn shown(&self) -> Value {
        json!({
            "id": self.id, "object": "payment_intent", "status": self.status,
            "amount": self.amount, "amount_received": self.received, "currency": self.currency,
            "metadata": self.metadata, "livemode": false, "customer": self.customer,
            "last_payment_error": self.failure, "payment_method": null,
            "latest_charge": self.charge.as_ref().map(|charge| charge.shown(self)),
        })
    }
}

pub(super) struct Charge {
    pub(super) id: String,
    details: Value,
    pub(super) refunds_fail: bool,
}

impl Charge {
    pub(super) fn new(id: String, payer: Payer) -> Self {
        let card = |funding: &str| {
            let card = json!({"brand": "visa", "funding": funding, "last4": "4242"});
            json!({"type": "card", "card": card})
        };
        let details = match payer {
            Payer::PaysByDebit => card("debit"),
            Payer::PaysByPrepaidCard => card("prepaid"),
            Payer::PaysByPaypal => json!({"type": "paypal", "paypal": {"payer_email": null}}),
            Payer::PaysByAlipay => json!({"type": "alipay", "alipay": {"buyer_id": null}}),
            Payer::PaysByWechatPay => json!({"type": "wechat_pay", "wechat_pay": {}}),
            Payer::PaysOtherwise => json!({"type": "link", "link": {"country": "CA"}}),
            Payer::PaysByCredit
            | Payer::IsDeclined
            | Payer::LeavesTheBanksQuestion
            | Payer::PaysAlteredAmount
            | Payer::PaysTooLate
            | Payer::PaysSoThatRefundsFail => card("credit"),
        };
        Self { id, details, refunds_fail: payer == Payer::PaysSoThatRefundsFail }
    }

    pub(super) fn is_card(&self) -> bool {
        self.details["type"] == "card"
    }

    pub(super) fn shown(&self, intent: &Intent) -> Value {
        let status = match intent.status {
            "succeeded" => "succeeded",
            "processing" => "pending",
            _ => "failed",
        };
        json!({
            "id": self.id, "object": "charge", "status": status, "amount": intent.amount,
            "amount_captured": intent.received, "currency": intent.currency, "livemode": false,
            "payment_intent": intent.id, "payment_method_details": self.details,
        })
    }
}

pub(super) struct Refund {
    pub(super) id: String,
    pub(super) intent: usize,
    pub(super) amount: i64,
    pub(super) form: Fields,
    /// None where it succeeds at once.
    pub(super) fails_at: Option<i64>,
    pub(super) has_failed: bool,
}

impl Refund {
    /// Whether its money is on its way to the payer.
    pub(super) fn counts(&self) -> bool {
        !self.has_failed
    }

    pub(super) fn has_key(&self, key: &str) -> bool {
        field(&self.form, "metadata[farline_refund]") == Some(key)
    }

    pub(super) fn shown(&self, intents: &[Intent]) -> Value {
        let intent = &intents[self.intent];
        let status = match self.fails_at {
            None => "succeeded",
            Some(_) if self.has_failed => "failed",
            Some(_) => "pending",
        };
        let mut shown = json!({
            "id": self.id, "object": "refund", "status": status, "amount": self.amount,
            "currency": intent.currency, "payment_intent": intent.id, "reason": null,
            "charge": intent.charge.as_ref().map(|charge| charge.id.clone()),
            "metadata": noted(&self.form, "metadata"),
        });
        if self.has_failed {
            shown["failure_reason"] = json!("expired_or_canceled_card");
        }
        shown
    }
}
