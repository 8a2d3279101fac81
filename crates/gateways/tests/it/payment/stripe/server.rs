//! A Stripe of our own, as its documents describe it: Checkout Sessions, payment intents with their charges, refunds,
//! signed events, kept answers under idempotency keys, and objections in the documented shape. Only what the adapter
//! uses is there; what it must not send is objected to.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::disputes::{Dispute, Warning};
use super::kept::Method;
use super::objects::{Charge, Intent, Refund, Session};
use crate::payment::contract::{Payer, Webhook};
use crate::payment::keeping::Later;
use crate::payment::signing;

pub(super) const KEY: &str = "sk_test_farline";
pub(super) const SECRET: &str = "whsec_farline";
pub(super) const VERSION: &str = "2026-07-29.dahlia";
/// How long an answer is kept under its key.
const KEPT_SECONDS: i64 = 86_400;

/// Names and values of a form or a query, as they came.
pub(super) type Fields = Vec<(String, String)>;

pub(super) fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
}

/// An answer, and whether it is kept under the request's key: what fails validation is not.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    pub(super) is_kept: bool,
}

/// An objection before anything was begun.
pub(super) fn invalid(code: Option<&str>, message: &str) -> Answer {
    let mut error = json!({"type": "invalid_request_error", "message": message});
    if let Some(code) = code {
        error["code"] = json!(code);
        error["doc_url"] = json!(format!("https://stripe.com/docs/error-codes/{code}"));
    }
    Answer { status: 400, body: json!({"error": error}), is_kept: false }
}

pub(super) fn missing(what: &str, id: &str) -> Answer {
    let message = format!("No such {what}: '{id}'");
    Answer { status: 404, ..invalid(Some("resource_missing"), &message) }
}

pub(super) fn done(body: Value) -> Answer {
    Answer { status: 200, body, is_kept: true }
}

struct Kept {
    print: String,
    at: i64,
    status: u16,
    body: Value,
}

/// Everything that this Stripe knows.
pub(super) struct World {
    clock: Arc<AtomicI64>,
    tell: mpsc::UnboundedSender<Webhook>,
    drawn: usize,
    kept: BTreeMap<String, Kept>,
    pub(super) sessions: Vec<Session>,
    pub(super) intents: Vec<Intent>,
    pub(super) refunds: Vec<Refund>,
    pub(super) methods: Vec<Method>,
    pub(super) disputes: Vec<Dispute>,
    pub(super) warnings: Vec<Warning>,
    /// The ways to pay that the account has.
    pub(super) activated: Vec<&'static str>,
    /// The next request is done, and then answered by 500, which is kept.
    pub(super) breaks: bool,
    /// What the last POST that was not answered from what is kept asked for.
    pub(super) last_form: Fields,
}

pub(super) type Shared = Arc<Mutex<World>>;

pub(super) fn open(clock: Arc<AtomicI64>, tell: mpsc::UnboundedSender<Webhook>) -> Shared {
    Arc::new(Mutex::new(World {
        clock,
        tell,
        drawn: 0,
        kept: BTreeMap::new(),
        sessions: Vec::new(),
        intents: Vec::new(),
        refunds: Vec::new(),
        methods: Vec::new(),
        disputes: Vec::new(),
        warnings: Vec::new(),
        activated: vec!["card", "alipay", "wechat_pay"],
        breaks: false,
        last_form: Fields::new(),
    }))
}

pub(super) fn router(world: Shared) -> Router {
    Router::new().fallback(answer).with_state(world)
}

/// One request, judged in Stripe's order: who asks, under which key, then what.
async fn answer(State(world): State<Shared>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 64 * 1_024).await.unwrap();
    let mut world = world.lock().unwrap();
    if let Some(refused) = refused(&head.headers) {
        return refused.into_response();
    }
    let path = head.uri.path().to_owned();
    if head.method == "GET" {
        let query = fields(head.uri.query().unwrap_or_default());
        return world.get(&path, &query).into_response();
    }
    let text = String::from_utf8(body.to_vec()).unwrap();
    let print = format!("{path} {text}");
    let now = world.now();
    let key = head.headers.get("idempotency-key").map(|key| key.to_str().unwrap().to_owned());
    let kept = key.as_ref().and_then(|key| world.kept.get(key));
    if let Some(kept) = kept.filter(|kept| now - kept.at < KEPT_SECONDS) {
        return replayed(kept, &print);
    }
    world.last_form = fields(&text);
    let form = world.last_form.clone();
    let mut answer = world.post(&path, &form);
    if std::mem::take(&mut world.breaks) {
        let error = json!({"error": {"type": "api_error", "message": "Something went wrong."}});
        answer = Answer { status: 500, body: error, is_kept: true };
    }
    if let Some(key) = key.filter(|_| answer.is_kept) {
        let kept = Kept { print, at: now, status: answer.status, body: answer.body.clone() };
        world.kept.insert(key, kept);
    }
    answer.into_response()
}

fn refused(headers: &HeaderMap) -> Option<Answer> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if header("authorization") != Some(format!("Bearer {KEY}").as_str()) {
        return Some(Answer { status: 401, ..invalid(None, "Invalid API Key provided") });
    }
    if header("stripe-version") != Some(VERSION) {
        return Some(invalid(None, "Invalid Stripe API version"));
    }
    None
}

fn replayed(kept: &Kept, print: &str) -> Response {
    if kept.print == print {
        let answer = Answer { status: kept.status, body: kept.body.clone(), is_kept: true };
        let mut response = answer.into_response();
        response.headers_mut().insert("idempotent-replayed", "true".parse().unwrap());
        return response;
    }
    let message = "Keys for idempotent requests can only be used with the same parameters";
    let error = json!({"error": {"type": "idempotency_error", "message": message}});
    Answer { status: 400, body: error, is_kept: false }.into_response()
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap();
        (status, axum::Json(self.body)).into_response()
    }
}

fn fields(text: &str) -> Fields {
    let url = reqwest::Url::parse(&format!("http://form.test/?{text}")).unwrap();
    url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

impl World {
    /// In seconds.
    pub(super) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst) / 1_000
    }

    pub(super) fn draw(&mut self, prefix: &str) -> String {
        self.drawn += 1;
        format!("{prefix}{:04}", self.drawn)
    }

    fn get(&mut self, path: &str, query: &Fields) -> Answer {
        self.tick();
        let segments: Vec<&str> = path.split('/').skip(2).collect();
        match segments.as_slice() {
            ["balance"] => done(json!({"object": "balance", "available": [], "livemode": false})),
            ["checkout", "sessions"] => self.list_of_sessions(query),
            ["checkout", "sessions", id] => match self.session(id) {
                Some(number) => done(self.shown_session(number, query)),
                None => missing("checkout.session", id),
            },
            ["payment_intents"] => self.list_of_intents(query),
            ["payment_intents", id] => self.show_intent(id, query),
            ["payment_methods", id] => self.show_method(id),
            ["disputes", id] => self.show_dispute(id, query),
            ["radar", "early_fraud_warnings", id] => self.show_warning(id, query),
            ["refunds"] => self.list_of_refunds(query),
            ["refunds", id] => match self.refunds.iter().find(|refund| refund.id == *id) {
                Some(refund) => done(refund.shown(&self.intents)),
                None => missing("refund", id),
            },
            _ => Answer { status: 404, ..invalid(None, "Unrecognized request URL") },
        }
    }

    fn post(&mut self, path: &str, form: &Fields) -> Answer {
        self.tick();
        let segments: Vec<&str> = path.split('/').skip(2).collect();
        match segments.as_slice() {
            ["checkout", "sessions"] => self.make_session(form),
            ["checkout", "sessions", id, "expire"] => match self.session(id) {
                Some(number) if self.sessions[number].status == "open" => {
                    self.end(number);
                    done(self.shown_session(number, form))
                }
                Some(_) => invalid(None, "Only open Checkout Sessions can be expired."),
                None => missing("checkout.session", id),
            },
            ["payment_intents"] => self.make_charge(form),
            ["payment_intents", id, "cancel"] => self.cancel(id),
            ["payment_methods", id, "detach"] => self.detach(id),
            ["refunds"] => self.make_refund(form),
            _ => Answer { status: 404, ..invalid(None, "Unrecognized request URL") },
        }
    }

    pub(super) fn session(&self, id: &str) -> Option<usize> {
        self.sessions.iter().position(|session| session.id == id)
    }

    fn make_session(&mut self, form: &Fields) -> Answer {
        if field(form, "mode") == Some("setup") {
            return self.make_setup(form);
        }
        let now = self.now();
        if let Some(objection) = Session::objection(form, &self.activated, now) {
            return objection;
        }
        let id = self.draw("cs_test_");
        self.sessions.push(Session::new(id, form.clone(), now));
        done(self.shown_session(self.sessions.len() - 1, &Fields::new()))
    }

    pub(super) fn shown_session(&self, number: usize, asked: &Fields) -> Value {
        let session = &self.sessions[number];
        let mut shown = session.shown();
        let expands =
            |name: &str| asked.iter().any(|(key, value)| key == "expand[]" && value == name);
        if session.is_setup() {
            shown["setup_intent"] = self.shown_setup(session, asked);
        }
        let Some(intent) = session.intent.map(|intent| &self.intents[intent]) else { return shown };
        let whole = expands("payment_intent.latest_charge");
        shown["payment_intent"] = if whole { intent.shown() } else { json!(intent.id) };
        if whole && expands("payment_intent.payment_method") {
            let method = session.kept.map(|method| self.methods[method].shown());
            shown["payment_intent"]["payment_method"] = method.unwrap_or_else(|| {
                json!({"id": "pm_once", "object": "payment_method", "type": "card", "customer": null})
            });
        }
        shown
    }

    fn list_of_intents(&self, query: &Fields) -> Answer {
        let customer = field(query, "customer");
        // Whoever names no customer says since when, or would look through everything.
        assert!(customer.is_some() || field(query, "created[gte]").is_some());
        let theirs = self.intents.iter().filter(|intent| intent.customer.as_deref() == customer);
        list(theirs.map(Intent::shown_briefly).collect(), query)
    }

    fn list_of_sessions(&self, query: &Fields) -> Answer {
        let status = field(query, "status");
        let wanted = |session: &Session| status.is_none_or(|status| session.status == status);
        let numbers = (0..self.sessions.len()).filter(|&number| wanted(&self.sessions[number]));
        let shown = numbers.map(|number| self.shown_session(number, &Fields::new()));
        list(shown.collect(), query)
    }

    fn list_of_refunds(&self, query: &Fields) -> Answer {
        let Some(asked) = field(query, "payment_intent") else {
            let all = self.refunds.iter().map(|refund| refund.shown(&self.intents));
            return list(all.collect(), query);
        };
        let Some(intent) = self.intents.iter().position(|intent| intent.id == asked) else {
            return missing("payment_intent", asked);
        };
        let found = self.refunds.iter().filter(|refund| refund.intent == intent);
        list(found.map(|refund| refund.shown(&self.intents)).collect(), query)
    }

    fn make_refund(&mut self, form: &Fields) -> Answer {
        let id = field(form, "payment_intent").unwrap_or_default();
        let Some(intent) = self.intents.iter().position(|intent| intent.id == id) else {
            return Answer { status: 400, ..missing("payment_intent", id) };
        };
        let Some(amount) = field(form, "amount").and_then(|text| text.parse::<i64>().ok()) else {
            return invalid(Some("parameter_invalid_integer"), "Invalid integer");
        };
        if amount < 1 {
            let message = "This value must be greater than or equal to 1.";
            return invalid(Some("parameter_invalid_integer"), message);
        }
        if self.is_withdrawn(intent) {
            let objection = invalid(Some("charge_disputed"), "The charge has been charged back.");
            return Answer { is_kept: true, ..objection };
        }
        let fails = self.intents[intent].charge.as_ref().is_some_and(|charge| charge.refunds_fail);
        let left = self.left_of(intent);
        if left == 0 {
            let message = "The charge has already been refunded.";
            let objection = invalid(Some("charge_already_refunded"), message);
            return Answer { is_kept: true, ..objection };
        }
        if amount > left {
            let message = "Refund amount is greater than unrefunded amount on charge";
            return Answer { is_kept: true, ..invalid(None, message) };
        }
        let fails_at = fails.then(|| self.now() + 3_600);
        let id = self.draw("re_");
        let refund = Refund { id, intent, amount, form: form.clone(), fails_at, has_failed: false };
        let shown = refund.shown(&self.intents);
        self.refunds.push(refund);
        self.happen("refund.created", &shown);
        done(shown)
    }

    /// What was not given back of a payment.
    pub(super) fn left_of(&self, intent: usize) -> i64 {
        let given = self.refunds.iter().filter(|refund| refund.intent == intent);
        let given: i64 = given.filter(|refund| refund.counts()).map(|refund| refund.amount).sum();
        self.intents[intent].received - given
    }

    /// What time alone brings about.
    fn tick(&mut self) {
        self.clear_charges();
        let now = self.now();
        for number in 0..self.sessions.len() {
            let session = &self.sessions[number];
            if session.status == "open" && session.expires_at <= now {
                self.end(number);
            }
        }
        for number in 0..self.refunds.len() {
            let refund = &mut self.refunds[number];
            if !refund.has_failed && refund.fails_at.is_some_and(|at| at <= now) {
                refund.has_failed = true;
                let shown = refund.shown(&self.intents);
                self.happen("refund.failed", &shown);
            }
        }
    }

    fn end(&mut self, number: usize) {
        self.sessions[number].status = "expired";
        if let Some(intent) = self.sessions[number].intent {
            self.intents[intent].status = "canceled";
        }
        let shown = self.shown_session(number, &Fields::new());
        self.happen("checkout.session.expired", &shown);
    }

    /// What a payer does on a page.
    pub(super) fn pay(&mut self, session: &str, payer: Payer) {
        self.tick();
        let number = self.session(session).unwrap();
        assert_eq!(self.sessions[number].status == "open", payer != Payer::PaysTooLate);
        let intent = self.sessions[number].intent.unwrap_or_else(|| {
            let id = self.draw("pi_");
            self.intents.push(Intent::new(id, &self.sessions[number]));
            self.sessions[number].intent = Some(self.intents.len() - 1);
            self.intents.len() - 1
        });
        let charge = Charge::new(self.draw("ch_"), payer);
        let chosen = &mut self.intents[intent];
        match payer {
            Payer::IsDeclined => {
                chosen.status = "requires_payment_method";
                chosen.charge = Some(charge);
                let shown = self.intents[intent].shown();
                return self.happen("payment_intent.payment_failed", &shown);
            }
            Payer::LeavesTheBanksQuestion => {
                chosen.status = "requires_action";
                return;
            }
            _ => {}
        }
        chosen.succeed(if payer == Payer::PaysAlteredAmount { 100 } else { 0 });
        let is_card = charge.is_card();
        chosen.charge = Some(charge);
        if is_card && self.sessions[number].keeps_cards() {
            self.sessions[number].kept = Some(self.attach(Later::Captures));
        }
        self.sessions[number].is_paid = true;
        if payer != Payer::PaysTooLate {
            self.sessions[number].status = "complete";
        }
        let shown = self.shown_session(number, &Fields::new());
        self.happen("checkout.session.completed", &shown);
    }

    /// Tells of an event, signed as a live account's are: with a signature of an older scheme beside.
    pub(super) fn happen(&mut self, kind: &str, object: &Value) {
        let now = self.now();
        let event = json!({
            "id": self.draw("evt_"), "object": "event", "api_version": VERSION, "created": now,
            "livemode": false, "pending_webhooks": 1, "type": kind, "data": {"object": object},
            "request": {"id": null, "idempotency_key": null},
        });
        let body = serde_json::to_vec(&event).unwrap();
        let header = format!("{},v0=00", signing::header([SECRET].into_iter(), now, &body));
        // A test that ended no longer listens.
        let _ = self.tell.send(Webhook { header: ("Stripe-Signature".to_owned(), header), body });
    }
}

/// One page of a list, newest first.
fn list(mut shown: Vec<Value>, query: &Fields) -> Answer {
    shown.reverse();
    let after = field(query, "starting_after");
    let first = after.map_or(0, |after| {
        1 + shown
            .iter()
            .position(|object| object["id"] == after)
            .unwrap_or_else(|| panic!("{after}"))
    });
    let limit: usize = field(query, "limit").map_or(10, |limit| limit.parse().unwrap());
    assert!((1..=100).contains(&limit), "{limit}");
    let has_more = shown.len() > first + limit;
    let data: Vec<Value> = shown.into_iter().skip(first).take(limit).collect();
    done(json!({"object": "list", "url": "/v1/list", "has_more": has_more, "data": data}))
}
