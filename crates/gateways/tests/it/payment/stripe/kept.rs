//! The part of our own Stripe about cards that are kept, and charges of them.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use farline_domain::payments::DeclineAdvice;
use serde_json::{Value, json};

use super::objects::{Charge, Intent, Session};
use super::server::{Answer, Fields, World, done, field, invalid, missing};
use crate::payment::contract::Payer;
use crate::payment::keeping::Later;

/// What a page that keeps a card may be asked with.
const SETUP_PARAMETERS: [&str; 9] = [
    "mode",
    "client_reference_id",
    "metadata[farline_keep]",
    "payment_method_types[]",
    "customer_creation",
    "locale",
    "success_url",
    "cancel_url",
    "expires_at",
];

/// What a charge may be asked with.
const CHARGE_PARAMETERS: [&str; 11] = [
    "amount",
    "currency",
    "customer",
    "payment_method",
    "payment_method_types[]",
    "confirm",
    "off_session",
    "description",
    "metadata[farline_order]",
    "metadata[farline_charge]",
    "expand[]",
];

/// A card that a customer keeps, or has kept.
pub(super) struct Method {
    id: String,
    customer: Option<String>,
    later: Later,
}

impl Method {
    pub(super) fn shown(&self) -> Value {
        json!({
            "id": self.id, "object": "payment_method", "type": "card", "customer": self.customer,
            "allow_redisplay": "limited", "livemode": false, "card": {
                "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034,
                "funding": "credit", "country": "CA",
            },
        })
    }
}

/// Why a bank declines: Stripe's code, the bank's, and the network's advice.
fn failure(advice: DeclineAdvice) -> Value {
    let (code, decline_code, advice_code) = match advice {
        DeclineAdvice::RetryLater => ("card_declined", "insufficient_funds", None),
        DeclineAdvice::RetryOnce => ("card_declined", "generic_decline", None),
        DeclineAdvice::Authenticate => ("authentication_required", "authentication_required", None),
        DeclineAdvice::AskCustomer => ("expired_card", "expired_card", Some("confirm_card_data")),
        DeclineAdvice::Never => ("card_declined", "generic_decline", Some("do_not_try_again")),
    };
    let mut failure = json!({
        "type": "card_error", "code": code, "decline_code": decline_code, "message": "in words",
    });
    if let Some(advice_code) = advice_code {
        failure["advice_code"] = json!(advice_code);
    }
    failure
}

fn unknown_parameter(form: &Fields, known: &[&str]) -> Option<Answer> {
    let (name, _) = form.iter().find(|(name, _)| !known.contains(&name.as_str()))?;
    Some(invalid(Some("parameter_unknown"), &format!("unknown parameter: {name}")))
}

impl World {
    /// A page for nothing but keeping.
    pub(super) fn make_setup(&mut self, form: &Fields) -> Answer {
        if let Some(objection) = unknown_parameter(form, &SETUP_PARAMETERS) {
            return objection;
        }
        if field(form, "payment_method_types[]") != Some("card") {
            return invalid(Some("parameter_missing"), "Missing currency");
        }
        if let Some(objection) = Session::objection_to_place(form, self.now()) {
            return objection;
        }
        let id = self.draw("cs_test_");
        self.sessions.push(Session::new(id, form.clone(), self.now()));
        done(self.shown_session(self.sessions.len() - 1, &Fields::new()))
    }

    /// A card becomes a customer's.
    pub(super) fn attach(&mut self, later: Later) -> usize {
        let (id, customer) = (self.draw("pm_"), Some(self.draw("cus_")));
        self.methods.push(Method { id, customer, later });
        self.methods.len() - 1
    }

    /// A card that somebody typed elsewhere, and that no customer has.
    pub(super) fn typed(&mut self, later: Later) -> String {
        let id = self.draw("pm_");
        self.methods.push(Method { id: id.clone(), customer: None, later });
        id
    }

    /// The owner keeps a card on a page for that.
    pub(super) fn keep(&mut self, session: &str, later: Later) {
        let number = self.session(session).unwrap();
        assert_eq!(self.sessions[number].status, "open");
        let method = self.attach(later);
        self.sessions[number].status = "complete";
        self.sessions[number].kept = Some(method);
        let shown = self.shown_session(number, &Fields::new());
        self.happen("checkout.session.completed", &shown);
    }

    pub(super) fn shown_setup(&self, session: &Session, asked: &Fields) -> Value {
        let whole = field(asked, "expand[]") == Some("setup_intent.payment_method");
        let method = session.kept.map(|method| &self.methods[method]);
        let status = if method.is_some() { "succeeded" } else { "requires_payment_method" };
        let kept = method.map(|method| if whole { method.shown() } else { json!(method.id) });
        let intent = json!({
            "id": format!("seti_{}", session.id), "object": "setup_intent", "status": status,
            "usage": "off_session", "payment_method": kept, "livemode": false,
        });
        if whole { intent } else { intent["id"].clone() }
    }

    pub(super) fn make_charge(&mut self, form: &Fields) -> Answer {
        if let Some(objection) = unknown_parameter(form, &CHARGE_PARAMETERS) {
            return objection;
        }
        let said = |name: &str| field(form, name).unwrap_or_default();
        assert_eq!((said("confirm"), said("payment_method_types[]")), ("true", "card"));
        let amount: i64 = said("amount").parse().unwrap();
        if amount < 1 {
            let message = "This value must be greater than or equal to 1.";
            return invalid(Some("parameter_invalid_integer"), message);
        }
        let Some(number) = self.methods.iter().position(|one| one.id == said("payment_method"))
        else {
            return Answer { status: 400, ..missing("PaymentMethod", said("payment_method")) };
        };
        if self.methods[number].customer.as_deref() != field(form, "customer") {
            let message = "The provided PaymentMethod was detached from a Customer.";
            let mut objection = invalid(None, message);
            objection.body["error"]["param"] = json!("payment_method");
            return objection;
        }
        let mut intent = Intent::charging(self.draw("pi_"), amount, form);
        intent.charge = Some(Charge::new(self.draw("ch_"), Payer::PaysByCredit));
        let later = self.methods[number].later;
        self.begin(&mut intent, later, form);
        self.intents.push(intent);
        self.told_of_charge(self.intents.len() - 1, form)
    }

    /// What the card's bank says at once.
    fn begin(&self, intent: &mut Intent, later: Later, form: &Fields) {
        let is_payer_there = field(form, "off_session") == Some("false");
        match later {
            Later::Captures => intent.succeed(0),
            Later::TakesLess => intent.succeed(100),
            Later::Waits => {
                intent.status = "processing";
                intent.clears_at = Some(self.now() + 1_800);
            }
            Later::Declines(DeclineAdvice::Authenticate) if is_payer_there => {
                intent.status = "requires_action";
                intent.charge = None;
            }
            Later::Declines(advice) => {
                intent.status = "requires_payment_method";
                intent.failure = Some(failure(advice));
            }
        }
    }

    fn told_of_charge(&mut self, number: usize, form: &Fields) -> Answer {
        let whole = field(form, "expand[]") == Some("latest_charge");
        let shown = self.intents[number].shown();
        match self.intents[number].status {
            "succeeded" => self.happen("payment_intent.succeeded", &shown),
            "requires_payment_method" => self.happen("payment_intent.payment_failed", &shown),
            _ => {}
        }
        let intent = &self.intents[number];
        let Some(mut error) = intent.failure.clone() else {
            return done(if whole { shown } else { intent.shown_briefly() });
        };
        error["payment_intent"] = intent.shown_briefly();
        Answer { status: 402, body: json!({"error": error}), is_kept: true }
    }

    pub(super) fn intent(&self, id: &str) -> Option<usize> {
        self.intents.iter().position(|intent| intent.id == id)
    }

    pub(super) fn show_intent(&self, id: &str, query: &Fields) -> Answer {
        let Some(number) = self.intent(id) else { return missing("payment_intent", id) };
        let whole = field(query, "expand[]") == Some("latest_charge");
        let intent = &self.intents[number];
        done(if whole { intent.shown() } else { intent.shown_briefly() })
    }

    pub(super) fn cancel(&mut self, id: &str) -> Answer {
        let Some(number) = self.intent(id) else { return missing("payment_intent", id) };
        let intent = &mut self.intents[number];
        if !intent.status.starts_with("requires_") {
            let message = "You cannot cancel this PaymentIntent because of its status.";
            return invalid(Some("payment_intent_unexpected_state"), message);
        }
        intent.status = "canceled";
        done(intent.shown_briefly())
    }

    pub(super) fn show_method(&self, id: &str) -> Answer {
        match self.methods.iter().find(|method| method.id == id) {
            Some(method) => done(method.shown()),
            None => missing("PaymentMethod", id),
        }
    }

    pub(super) fn detach(&mut self, id: &str) -> Answer {
        let Some(method) = self.methods.iter_mut().find(|method| method.id == id) else {
            return missing("PaymentMethod", id);
        };
        if method.customer.take().is_none() {
            return invalid(None, "The payment method you provided is not attached to a customer.");
        }
        done(method.shown())
    }

    /// Banks that were not sure are, after a while.
    pub(super) fn clear_charges(&mut self) {
        let now = self.now();
        for number in 0..self.intents.len() {
            if self.intents[number].clears_at.take_if(|at| *at <= now).is_some() {
                self.intents[number].succeed(0);
                let shown = self.intents[number].shown();
                self.happen("payment_intent.succeeded", &shown);
            }
        }
    }
}
