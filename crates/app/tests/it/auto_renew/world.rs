//! A holder with a saved card, a provider that keeps it, and a letter box.

use crate::charging::world::{Nobody, app_over};
use async_trait::async_trait;
use farline_app::accounts::delete::Confirmation;
use farline_app::accounts::{self, Visitor, permit};
use farline_app::auto_renew::{Seen, TextShown, Wish, Yes};
use farline_app::catalog::publish;
use farline_app::charging::ChargingSettings;
use farline_app::orders::{Buyer, PlaceRequest};
use farline_app::payments::Providers;
use farline_app::ports::accounts::{AccountChange, NewContact};
use farline_app::ports::lines::ImportError;
use farline_app::ports::notice::{Message, NoticeError, NoticeGateway, Sent};
use farline_app::ports::payment::{
    Answered, CapturedPayment, ChargeRequest, ChargeState, CheckoutPage, CheckoutRequest,
    CheckoutState, PaymentProvider, PaymentUnknown, ProviderMode, RefundRequest, RefundState,
    WebhookHint, WebhookRefusal,
};
use farline_app::quotes::{Promoting, QuoteRequest, make};
use farline_app::voice::{Reply, TextMessage, answer};
use farline_app::wording::business::Business;
use farline_app::{App, Problem, auto_renew, jobs, methods, orders};
use farline_domain::accounts::Address;
use farline_domain::auto_renew::{Caps, Trigger};
use farline_domain::catalog::PlanCode;
use farline_domain::commands::{Actor, PayWith};
use farline_domain::hotline::robot::Standing;
use farline_domain::kernel::{AccountId, ContactId, Instant, Language, Money, Msisdn};
use farline_domain::notices::Medium;
use farline_domain::orders::{Channel, Order};
use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use farline_store::{Database, OpenMode, PostgresOptions, PostgresStore, SqliteStore};
use farline_testkit::{
    FrozenClock, OWN, OWN_BIG, PostgresServer, SampleLine, catalogue, new_line, noon,
};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

/// The number of a holder who has no e-mail address.
const TEXTED: &str = "+16475550199";
pub(crate) const LINE: SampleLine = SampleLine { operator: OWN, index: 0 };

/// Keeps methods; one key has one outcome.
#[derive(Default)]
struct Keeper {
    taken: Mutex<BTreeMap<String, ChargeState>>,
    next: Mutex<Option<ChargeState>>,
    to_lose: Mutex<u32>,
    asked: Mutex<usize>,
    /// What was paid with on every page, and saved.
    page: Mutex<Option<SavedMethod>>,
}

#[async_trait]
impl PaymentProvider for Keeper {
    fn name(&self) -> &'static str {
        "keeper"
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
        Ok(Ok(CheckoutPage { id, url: "https://keeper.example/pay".to_owned() }))
    }
    async fn checkout_state(&self, checkout: &str) -> Result<CheckoutState, PaymentUnknown> {
        let Some(saved) = self.page.lock().unwrap().clone() else { return Ok(CheckoutState::Open) };
        let (order, minor) = checkout.split_once('~').unwrap();
        Ok(CheckoutState::Captured(CapturedPayment {
            payment: format!("pay-{order}"),
            order: order.to_owned(),
            amount: Money::cad(minor.parse().unwrap()),
            method: PaymentMethod::Credit,
            saved: Some(saved),
        }))
    }
    async fn expire_checkout(&self, _: &str) -> Result<CheckoutState, PaymentUnknown> {
        Ok(CheckoutState::Expired)
    }
    async fn refund(&self, _: &RefundRequest) -> Result<Answered<RefundState>, PaymentUnknown> {
        Nobody.refund_state("").await.map(Ok)
    }
    async fn refund_state(&self, refund: &str) -> Result<RefundState, PaymentUnknown> {
        Nobody.refund_state(refund).await
    }
    fn keeps_methods(&self) -> bool {
        true
    }
    async fn charge(
        &self,
        request: &ChargeRequest,
    ) -> Result<Answered<ChargeState>, PaymentUnknown> {
        *self.asked.lock().unwrap() += 1;
        let mut taken = self.taken.lock().unwrap();
        let state = taken.entry(request.key.clone()).or_insert_with(|| {
            self.next.lock().unwrap().take().unwrap_or(ChargeState::Captured(CapturedPayment {
                payment: format!("pay-{}", request.key),
                order: request.order.clone(),
                amount: request.amount,
                method: PaymentMethod::Credit,
                saved: None,
            }))
        });
        let mut to_lose = self.to_lose.lock().unwrap();
        if *to_lose > 0 {
            *to_lose -= 1;
            return Err(PaymentUnknown("the answer was lost".to_owned()));
        }
        Ok(Ok(state.clone()))
    }
    async fn forget_method(&self, _: &str, _: &str) -> Result<Answered<()>, PaymentUnknown> {
        Ok(Ok(()))
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

/// Where messages arrive.
#[derive(Default)]
struct LetterBox(Mutex<Vec<Message>>);

/// Takes messages of one medium.
struct Post(Medium, Arc<LetterBox>);

#[async_trait]
impl NoticeGateway for Post {
    fn name(&self) -> &'static str {
        "letter-box"
    }
    fn medium(&self) -> Medium {
        self.0
    }
    async fn send(&self, message: &Message) -> Result<Sent, NoticeError> {
        self.1.0.lock().unwrap().push(message.clone());
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}

enum Place {
    Folder(TempDir),
    Database(String),
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) holder: AccountId,
    pub(crate) stranger: AccountId,
    store: Arc<dyn Database>,
    clock: Arc<FrozenClock>,
    keeper: Arc<Keeper>,
    letters: Arc<LetterBox>,
    place: Place,
}

impl Drop for World {
    fn drop(&mut self) {
        match &self.place {
            Place::Folder(folder) => assert!(folder.path().exists()),
            Place::Database(name) => PostgresServer::shared().discard(name),
        }
    }
}

impl World {
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("farline.db");
        let store = SqliteStore::open(&path, OpenMode::ReadWrite).unwrap();
        Self::over(Arc::new(store), Place::Folder(folder)).await
    }

    pub(crate) async fn postgres() -> Self {
        let server = PostgresServer::shared();
        let name = server.database();
        let options = PostgresOptions::new(OpenMode::ReadWrite, [1; 16]);
        let store = PostgresStore::open(&server.url(&name), options).await.unwrap();
        Self::over(Arc::new(store), Place::Database(name)).await
    }

    async fn over(store: Arc<dyn Database>, place: Place) -> Self {
        let clock = Arc::new(FrozenClock::at(noon()));
        let mut app = app_over(store.clone(), clock.clone(), ChargingSettings::default());
        let (keeper, letters) = (Arc::new(Keeper::default()), Arc::new(LetterBox::default()));
        app.providers = Providers::new(keeper.clone(), Vec::new());
        app.gateways = vec![Arc::new(Post(Medium::Email, letters.clone()))];
        app.business = Arc::new(Business::demonstration());
        publish(&app, catalogue()).await.unwrap();
        let rows = (2..).zip([new_line(LINE)]).map(Ok::<_, ImportError>);
        store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
        let (holder, stranger) = (open(&app, 1).await, open(&app, 2).await);
        change(&app, holder, AccountChange::Hold(LINE.id())).await;
        let world = Self { app, holder, stranger, store, clock, keeper, letters, place };
        world.keep_method().await;
        world
    }

    /// The line is held by somebody who is reached by text message alone.
    pub(crate) async fn held_by_text(mut self) -> Self {
        let permitted = permit(&self.app, self.holder, LINE.id()).await.unwrap();
        accounts::lines::leave(&self.app, permitted).await.unwrap();
        self.app.gateways.push(Arc::new(Post(Medium::Sms, self.letters.clone())));
        let number = Msisdn::parse(TEXTED).unwrap();
        let address = Address::Sms(number);
        let contact = NewContact { address, ..contact(&self.app, self.holder, 3) };
        self.holder = open_with(&self.app, contact, 3).await;
        change(&self.app, self.holder, AccountChange::Hold(LINE.id())).await;
        self.keep_method().await;
        self
    }

    /// Somebody writes a word from the number of [`Self::held_by_text`].
    pub(crate) async fn writes(&self, word: &str) {
        let message = TextMessage { id: word, from: TEXTED, body: word };
        answer(&self.app, message, self.app.now()).await.unwrap();
    }

    /// What the card itself is told that asks how it stands.
    pub(crate) async fn balance(&self) -> Standing {
        let line = self.app.store.line(LINE.id()).await.unwrap().unwrap().line;
        let number = line.msisdn.unwrap();
        let message = TextMessage { id: "balance", from: number.as_str(), body: "BAL" };
        let reply = answer(&self.app, message, self.app.now()).await.unwrap();
        let Reply::Left(_, _, standing) = reply else { unreachable!("{reply:?}") };
        *standing
    }

    /// How many text messages arrived at the number of [`Self::held_by_text`].
    pub(crate) fn texted(&self) -> usize {
        self.letters.0.lock().unwrap().iter().filter(|letter| letter.to == TEXTED).count()
    }

    /// Every page is paid with a card that its payer saves.
    pub(crate) fn pages_are_paid(&self) {
        *self.keeper.page.lock().unwrap() = Some(saved("pm_2"));
    }

    pub(crate) async fn keep_method(&self) {
        methods::keep(&self.app, self.holder, ("keeper", saved("pm_1"))).await.unwrap();
    }

    /// The holder agrees: two days before the last day, with the saved card.
    pub(crate) async fn agree(&self) -> Result<(), Problem> {
        let permitted = permit(&self.app, self.holder, LINE.id()).await?;
        let mine = methods::mine(&self.app, self.holder).await?;
        let wanted = mine[0].method.id.to_string();
        let cad = Money::cad;
        let wish = Wish {
            plan: PlanCode::parse(OWN_BIG).unwrap(),
            means: auto_renew::means_of(&self.app, self.holder, &wanted).await?,
            trigger: Trigger::BeforeExpiry(2),
            caps: Caps { charge: cad(5_000), day: cad(5_000), month: cad(9_000) },
            language: Language::EnCa,
            province: None,
            yes: Yes::Missing,
            address: Some("192.0.2.7".to_owned()),
            seed: None,
        };
        let holder = permitted.as_holder()?;
        let text = auto_renew::preview(&self.app, holder, wish.clone()).await?.text;
        let yes = Yes::To(TextShown::of(&text));
        auto_renew::agree(&self.app, holder, Wish { yes, ..wish }).await
    }

    pub(crate) async fn place(&self, pay_with: PayWith) -> Order {
        let mut seed = [0; 16];
        self.app.randomness.fill(&mut seed);
        let request = QuoteRequest {
            line: LINE.id(),
            plan: OWN_BIG.to_owned(),
            promotions: Promoting::OfThemselves,
            province: None,
            seed,
        };
        let quote = make(&self.app, request).await.unwrap();
        let request = PlaceRequest {
            quote: quote.id,
            buyer: Buyer { account: Some(self.holder), ..Buyer::default() },
            language: Language::EnCa,
            french_terms: None,
            channel: Channel::Api,
            origin: None,
            assisted: None,
            another: false,
            pay_with,
            seed: (seed, self.app.now()),
        };
        orders::place(&self.app, request).await.unwrap()
    }

    pub(crate) async fn change_address(&self) {
        self.clock.advance_seconds(60);
        add_contact(&self.app, self.holder, 9).await;
    }

    /// The holder deletes the account, confirmed by a code.
    pub(crate) async fn delete(&self) {
        let challenge = accounts::delete::send_code(&self.app, self.holder).await.unwrap();
        let code = self.letters.0.lock().unwrap().last().map(|letter| {
            let digits = letter.body.lines().last().and_then(|line| line.split('#').nth(1));
            digits.unwrap().to_owned()
        });
        let code = code.unwrap();
        let confirmation = Confirmation::Code { challenge: &challenge.id, code: &code };
        let visitor = Visitor::default();
        accounts::delete::delete(&self.app, self.holder, confirmation, &visitor).await.unwrap();
    }

    /// The next charge is answered with this.
    pub(crate) fn answers(&self, state: ChargeState) {
        *self.keeper.next.lock().unwrap() = Some(state);
    }

    /// The next answers to charges are lost.
    pub(crate) fn loses(&self, times: u32) {
        *self.keeper.to_lose.lock().unwrap() = times;
    }

    /// How many charges the provider has an outcome for.
    pub(crate) fn charges(&self) -> usize {
        self.keeper.taken.lock().unwrap().len()
    }

    /// How often it was asked.
    pub(crate) fn askings(&self) -> usize {
        *self.keeper.asked.lock().unwrap()
    }

    pub(crate) async fn work(&self) {
        while jobs::run_due(&self.app).await.unwrap() > 0 {}
    }

    /// Lets days pass, four looks a day.
    pub(crate) async fn pass_days(&self, days: u32) {
        for _ in 0..days * 4 {
            self.clock.advance_seconds(6 * 3600);
            self.work().await;
            // What is due a moment later: what was put off, and what is asked again.
            self.clock.advance_seconds(60);
            self.work().await;
        }
    }

    pub(crate) async fn seen(&self) -> Seen {
        let permitted = permit(&self.app, self.holder, LINE.id()).await.unwrap();
        auto_renew::see(&self.app, permitted).await.unwrap()
    }

    /// What arrived, by what its subject speaks of.
    pub(crate) fn news(&self) -> Vec<&'static str> {
        let subjects = [
            ("Auto-renew is on", "agreed"),
            ("Auto-renew is off", "ended"),
            ("renews itself on", "announced"),
            ("has stopped", "stopped"),
            ("Renewed: card", "delivered"),
        ];
        let letters = self.letters.0.lock().unwrap();
        let by_email = letters.iter().filter(|letter| letter.medium == Medium::Email);
        let news = by_email.map(|letter| {
            let found = subjects.iter().find(|(part, _)| letter.subject.contains(part));
            found.map_or("something else", |(_, news)| *news)
        });
        news.collect()
    }

    pub(crate) async fn assert_sound(&self) {
        let violations = self.store.violations().await.unwrap();
        assert!(violations.is_empty(), "{violations:?}");
    }
}

/// A card as the provider keeps it.
fn saved(id: &str) -> SavedMethod {
    SavedMethod {
        id: id.to_owned(),
        customer: "cus_1".to_owned(),
        method: PaymentMethod::Credit,
        brand: "Visa".to_owned(),
        hint: "4242".to_owned(),
        expiry: Some(CardExpiry { year: 2030, month: 4 }),
    }
}

async fn change(app: &App, account: AccountId, change: AccountChange) {
    let by = (Actor::Account(account), app.now());
    app.store.change_account(account, change, by).await.unwrap();
}

async fn open(app: &App, number: u64) -> AccountId {
    let account = AccountId::mint(noon(), farline_domain::kernel::Cell::numbered(3), number);
    open_with(app, contact(app, account, number), number).await
}

async fn open_with(app: &App, contact: NewContact, number: u64) -> AccountId {
    let account = AccountId::mint(noon(), farline_domain::kernel::Cell::numbered(3), number);
    let (language, password) = (Language::EnCa, None);
    change(app, account, AccountChange::Open { language, contact, password }).await;
    account
}

async fn add_contact(app: &App, account: AccountId, number: u64) {
    change(app, account, AccountChange::AddContact(contact(app, account, number))).await;
}

fn contact(app: &App, account: AccountId, number: u64) -> NewContact {
    let address = Address::email(&format!("holder{number}@example.org")).unwrap();
    let id = ContactId::mint(app.now(), account.cell(), number);
    NewContact { id, address, key: [u8::try_from(number).unwrap(); 32] }
}
