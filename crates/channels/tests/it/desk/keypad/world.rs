//! A carrier that listens to keys, a provider that charges, and an agent with a caller: everything is played but the desk and what
//! it keeps.

use crate::accounts::world::{MINE, PIN, World};
use crate::desk::team::{DeskBrowser, Shown};
use async_trait::async_trait;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use farline_app::hotline::sell::{self, CallerPays, Sale};
use farline_app::payments::Providers;
use farline_app::ports::keypad::{KeypadAnswer, KeypadRequest, Wish};
use farline_app::ports::payment::{
    Answered, CapturedPayment, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest,
    CheckoutState, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    WebhookHint, WebhookRefusal,
};
use farline_app::ports::voice::Claimed;
use farline_app::ports::{KeypadCarrier, KeypadLine, Telephone};
use farline_app::quotes::{self, Promoting, QuoteRequest};
use farline_channels::voice::{Agents, Settings, VoiceName};
use farline_domain::hotline::keypad::{End, Entry, Field, Outcome, Slip, Token, Word};
use farline_domain::kernel::{Instant, Language, Province, QuoteId};
use farline_domain::orders::Order;
use farline_domain::payments::{Decline, DeclineAdvice, PaymentMethod};
use farline_domain::staff::{Role, Roles};
use farline_testkit::OWN_BIG;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

pub(super) const TELEPHONE: &str = "CA00000000000000000000000000000001";
pub(super) const SESSION: &str = "PK00000000000000000000000000000001";
/// What the carrier should never have told.
pub(super) const CARD: &str = "4242424242424242";
pub(super) const CODE: &str = "security-canary-987";
pub(super) const DATE: &str = "expiry-canary-0831";

/// Plays the carrier: takes what it is asked, and answers as it was told to.
#[derive(Default)]
pub(super) struct Exchange {
    pub(super) asked: Mutex<Vec<(Option<Wish>, KeypadRequest)>>,
    pub(super) answers: Mutex<VecDeque<KeypadAnswer<String>>>,
}

impl Exchange {
    fn hear(&self, wish: Option<Wish>, request: &KeypadRequest) -> KeypadAnswer<String> {
        self.asked.lock().unwrap().push((wish, request.clone()));
        self.answers.lock().unwrap().pop_front().unwrap_or(Ok(Ok(SESSION.to_owned())))
    }

    pub(super) fn wishes(&self) -> Vec<Option<Wish>> {
        self.asked.lock().unwrap().iter().map(|(wish, _)| *wish).collect()
    }

    /// Where it was told to tell what comes of the newest question.
    pub(super) fn callback(&self) -> String {
        self.asked.lock().unwrap().last().unwrap().1.callback.clone()
    }
}

#[async_trait]
impl KeypadCarrier for Exchange {
    async fn open(&self, request: &KeypadRequest) -> KeypadAnswer<String> {
        self.hear(None, request)
    }

    async fn tell(&self, request: &KeypadRequest, session: &str, wish: Wish) -> KeypadAnswer<()> {
        assert_eq!(session, SESSION);
        self.hear(Some(wish), request).map(|answer| answer.map(drop))
    }

    fn word(&self, form: &[(String, String)]) -> Option<Word> {
        let get = |name: &str| {
            let found = form.iter().find(|(field, _)| field == name);
            found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
        };
        Some(Word {
            session: get("session")?.to_owned(),
            field: get("field").and_then(Field::parse),
            is_partial: get("partial").is_some(),
            slip: get("slip").and_then(|it| Slip::ALL.into_iter().find(|slip| slip.code() == it)),
            last_four: get("last").map(str::to_owned),
            outcome: match (get("token"), get("over")) {
                (Some(token), _) => Some(Outcome::Token(Token {
                    method: token.to_owned(),
                    customer: String::new(),
                })),
                (None, Some(over)) => {
                    let end = End::ALL.into_iter().find(|end| end.code() == over).unwrap();
                    Some(Outcome::Over(end))
                }
                (None, None) => None,
            },
        })
    }
}

/// Signs by the address alone, which is what this test is about.
struct Carrier;

impl Telephone for Carrier {
    fn has_signed(&self, claimed: &Claimed<'_>) -> bool {
        (claimed.header)("x-signed").as_deref() == Some(claimed.url)
    }
}

/// What the bank says to a charge.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bank {
    Declines,
    SaysNothing,
}

/// Plays the provider.
#[derive(Default)]
pub(super) struct Till {
    pub(super) charges: Mutex<Vec<ChargeRequest>>,
    pub(super) answers: Mutex<VecDeque<Bank>>,
    pub(super) closed: Mutex<Vec<String>>,
}

#[async_trait]
impl PaymentProvider for Till {
    fn name(&self) -> &'static str {
        "till"
    }
    fn mode(&self) -> ProviderMode {
        ProviderMode::Test
    }
    async fn probe(&self) -> Result<(), PaymentUnknown> {
        Ok(())
    }
    async fn checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<Answered<CheckoutPage>, PaymentUnknown> {
        let url = format!("https://pay.example/{}", request.order);
        Ok(Ok(CheckoutPage { id: request.order.clone(), url }))
    }
    async fn checkout_state(&self, _: &str) -> Result<CheckoutState, PaymentUnknown> {
        Ok(CheckoutState::Open)
    }
    async fn expire_checkout(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        self.closed.lock().unwrap().push(checkout.to_owned());
        Ok(CheckoutState::Expired)
    }
    async fn refund(&self, _: &RefundRequest) -> Result<Answered<RefundState>, PaymentUnknown> {
        Err(PaymentUnknown("nobody asks".to_owned()))
    }
    async fn refund_state(&self, _: &str) -> Result<RefundState, PaymentUnknown> {
        Err(PaymentUnknown("nobody asks".to_owned()))
    }
    async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        self.charges.lock().unwrap().push(request.clone());
        match self.answers.lock().unwrap().pop_front() {
            Some(Bank::SaysNothing) => Err(PaymentUnknown("no answer in time".to_owned())),
            Some(Bank::Declines) => Ok(Ok(ChargeState::Declined(Decline {
                code: "card_declined".to_owned(),
                advice: DeclineAdvice::RetryOnce,
            }))),
            None => Ok(Ok(ChargeState::Captured(CapturedPayment {
                payment: format!("pi_{}", request.key),
                order: request.order.clone(),
                amount: request.amount,
                method: PaymentMethod::Credit,
                saved: None,
            }))),
        }
    }
    fn webhook(
        &self,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: Instant,
    ) -> Result<WebhookHint, WebhookRefusal> {
        Err(WebhookRefusal::Signature)
    }
}

/// The house, and who is played.
pub(super) struct House {
    pub(super) world: World,
    pub(super) exchange: Arc<Exchange>,
    pub(super) till: Arc<Till>,
}

impl House {
    pub(super) async fn open() -> Self {
        let (exchange, till) = (Arc::new(Exchange::default()), Arc::new(Till::default()));
        let voice = || VoiceName { voice: None, language: "en-CA".to_owned() };
        let settings = Settings {
            telephone: Arc::new(Carrier),
            agents: Agents::Nobody,
            voices: [voice(), voice(), voice(), voice()],
        };
        let world = World::dressed(|channels| {
            channels.app.providers = Providers::new(till.clone(), Vec::new());
            let line = KeypadLine { carrier: exchange.clone(), provider: "till".to_owned() };
            channels.app.keypad = Some(line);
            channels.voice = Some(Arc::new(settings));
        });
        Self { world: world.await, exchange, till }
    }

    /// What the carrier tells: signed for the address that it is sent to.
    pub(super) async fn tell_at(&self, address: &str, fields: &[(&str, &str)]) -> StatusCode {
        let signed = format!("{}{address}", self.world.app.base_url);
        self.post(address, &signed, fields).await
    }

    pub(super) async fn post(
        &self,
        address: &str,
        signed: &str,
        fields: &[(&str, &str)],
    ) -> StatusCode {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-signed", signed)
            .body(Body::from(body))
            .unwrap();
        self.world.answer(request).await.status()
    }

    /// What the carrier tells about the newest question, with everything of the card that it should not tell.
    pub(super) async fn tell(&self, fields: &[(&str, &str)]) {
        let callback = self.exchange.callback();
        let address = callback.strip_prefix(&self.world.app.base_url).unwrap().to_owned();
        let common = [
            ("session", SESSION),
            ("CallSid", TELEPHONE),
            ("PaymentCardNumber", CARD),
            ("SecurityCode", CODE),
            ("ExpirationDate", DATE),
        ];
        let told = [&common, fields].concat();
        assert_eq!(self.tell_at(&address, &told).await, StatusCode::NO_CONTENT);
    }

    pub(super) async fn agent(&self) -> Agent<'_> {
        self.agent_of(TELEPHONE).await
    }

    /// An agent whose telephone system opened the page with this id of the call, with a caller who is verified.
    pub(super) async fn agent_of(&self, telephone: &str) -> Agent<'_> {
        let roles = Roles::from_iter([Role::Agent]);
        let mut browser = DeskBrowser::with_roles(&self.world, roles).await;
        let number = String::from(farline_testkit::new_line(MINE).line.msisdn.unwrap());
        let query = serde_urlencoded::to_string([("caller", number.as_str()), ("call", telephone)]);
        let page = browser.get(&format!("/en/desk?{}", query.unwrap())).await.text;
        let hidden = |name: &str| {
            let found = page.split_once(&format!("name=\"{name}\" value=\""));
            found.map_or("", |(_, rest)| rest).split('"').next().unwrap().to_owned()
        };
        let (line, telephone) = (hidden("line"), hidden("telephone"));
        let fields = [("line", line.as_str()), ("telephone", &telephone), ("caller", &number)];
        let call = browser.post("/en/desk/calls", &fields).await.location;
        let fields = [("way", "pin"), ("pin", PIN)];
        let verified = browser.post(&format!("{call}/verify"), &fields).await;
        assert_eq!(verified.status, StatusCode::SEE_OTHER, "{}", verified.text);
        Agent { house: self, browser, call }
    }

    pub(super) async fn order(&self, id: &str) -> Order {
        let id = farline_domain::kernel::OrderId::parse(id).unwrap();
        self.world.app.store.order(id).await.unwrap().unwrap()
    }
}

/// An agent in a call.
pub(super) struct Agent<'a> {
    pub(super) house: &'a House,
    pub(super) browser: DeskBrowser<'a>,
    pub(super) call: String,
}

impl Agent<'_> {
    /// Orders by a link, and returns the order's page.
    pub(super) async fn order(&mut self) -> String {
        self.order_in(Province::On, 1).await
    }

    pub(super) async fn order_in(&mut self, province: Province, seed: u8) -> String {
        let app = &self.house.world.app;
        let call = self.kept_call().await;
        let wanted = QuoteRequest {
            line: call.line,
            plan: OWN_BIG.to_owned(),
            promotions: Promoting::OfThemselves,
            province: Some(Province::On),
            seed: [seed; 16],
        };
        let mut quote = quotes::make(app, wanted).await.unwrap();
        if province != quote.price.province {
            // The catalogue of the tests has Ontario's taxes only.
            quote.id = QuoteId::mint(app.now(), call.line.cell(), 900);
            quote.price.province = province;
            app.store.put_quote(&quote).await.unwrap();
        }
        let view = farline_app::lines::find::view(app, call.line).await.unwrap();
        let sale = Sale {
            quote,
            pays: CallerPays::ByLink,
            email: Some("payer@example.org".to_owned()),
            phone: None,
            language: Language::EnCa,
            seen: view.mark,
            terms: String::new(),
            another: seed > 1,
            seed: ([seed; 16], app.now()),
        };
        let order = sell::sell(app, &call, sale).await.unwrap();
        format!("{}/orders/{}", self.call, order.id)
    }

    pub(super) async fn kept_call(&self) -> farline_domain::hotline::Call {
        let id = self.call.rsplit('/').next().unwrap();
        let id = farline_domain::kernel::CallId::parse(id).unwrap();
        self.house.world.app.store.call(id).await.unwrap().unwrap()
    }

    pub(super) async fn entry(&self) -> Entry {
        let call = self.kept_call().await.id;
        let kept = self.house.world.app.store.keypad(call).await.unwrap().unwrap();
        kept.keypad.entry.unwrap()
    }

    pub(super) async fn presses(&mut self, page: &str, what: &str) -> Shown {
        self.browser.post(&format!("{page}/keypad"), &[("do", what)]).await
    }

    /// Presses a button, and returns the page that follows.
    pub(super) async fn does(&mut self, page: &str, what: &str) -> String {
        let pressed = self.presses(page, what).await;
        assert_eq!(pressed.location, page, "{what}: {}", pressed.text);
        self.browser.get(page).await.text
    }

    /// Has everything typed.
    pub(super) async fn types_all(&mut self, page: &str) {
        self.does(page, "start").await;
        for field in ["number", "expiry", "security-code"] {
            self.does(page, field).await;
            self.house.tell(&[("field", field), ("last", "4242")]).await;
        }
    }

    /// Has a card typed and handed on, which becomes this token.
    pub(super) async fn pays(&mut self, page: &str, token: &str) -> String {
        self.types_all(page).await;
        self.does(page, "finish").await;
        self.house.tell(&[("token", token)]).await;
        self.browser.get(page).await.text
    }
}
