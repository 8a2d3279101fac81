//! Who is it? Every way to prove it, over HTTP: what opens the card, what does not, and when it is too often.

use super::money::{browser, waiting};
use super::team::{DeskBrowser, Shown};
use crate::accounts::world::{MINE, PIN, World};
use axum::http::StatusCode;
use farline_app::accounts::prove;
use farline_app::hotline::verify::keep_document;
use farline_domain::hotline::{Gravity, Way};
use farline_domain::kernel::CallId;
use farline_domain::staff::Role;

const EMAIL: &str = "holder@example.org";
/// What is said where it was tried too often.
const PAUSE: &str = "To protect your card we pause here.";

/// An agent with a call about a card.
struct OnCall<'a> {
    browser: DeskBrowser<'a>,
    call: String,
}

impl<'a> OnCall<'a> {
    async fn by(world: &'a World, role: Role) -> Self {
        let mut browser = browser(world, role).await;
        let number = number(world).await;
        let found = browser.get(&format!("/en/desk?q={}", number.replace('+', "%2B"))).await;
        let (_, rest) = found.text.split_once("name=\"line\" value=\"").unwrap();
        let line = rest.split('"').next().unwrap().to_owned();
        let taken = browser.post("/en/desk/calls", &[("line", &line), ("caller", "")]).await;
        Self { browser, call: taken.location }
    }

    async fn page(&mut self) -> String {
        self.browser.get(&self.call).await.text
    }

    async fn say(&mut self, fields: &[(&str, &str)]) -> Shown {
        self.browser.post(&format!("{}/verify", self.call), fields).await
    }

    /// Whether the card is open.
    async fn is_verified(&mut self) -> bool {
        let page = self.page().await;
        let is_open = page.contains("button class=\"tile\"");
        assert_eq!(is_open, page.contains("class=\"days"), "all of it, or nothing: {page}");
        is_open
    }

    fn id(&self) -> CallId {
        CallId::parse(self.call.rsplit('/').next().unwrap()).unwrap()
    }

    /// How the caller proved who they are, and whether that is enough for what is grave.
    async fn proven(&self, world: &World) -> (Way, bool) {
        let call = world.app.store.call(self.id()).await.unwrap().unwrap();
        (call.proof.unwrap().way, call.is_verified(Gravity::Grave, world.app.now()))
    }

    /// Asks for a code to the address on file with this number, and returns the challenge.
    async fn ask_for_code(&mut self, target: &str) -> String {
        let sent = self.browser.post(&format!("{}/code", self.call), &[("target", target)]).await;
        let (_, rest) = sent.location.split_once("challenge=").unwrap();
        rest.split('#').next().unwrap().to_owned()
    }
}

/// The newest code that was sent to an address: six digits, to be read aloud.
async fn code_sent_to(world: &World, address: &str, at_least: usize) -> String {
    let sent = world.sent_to(address, at_least).await;
    let words = sent.last().unwrap().body.clone();
    let mut digits = words.split(|sign: char| !sign.is_ascii_digit()).filter(|one| one.len() == 6);
    digits.next().unwrap().to_owned()
}

async fn number(world: &World) -> String {
    let view = world.app.store.line(MINE.id()).await.unwrap().unwrap();
    String::from(view.line.msisdn.unwrap())
}

#[tokio::test]
async fn a_pin_opens_the_card_and_a_wrong_one_tells_nothing() {
    let world = World::open().await;
    let mut call = OnCall::by(&world, Role::Agent).await;
    assert!(!call.is_verified().await);
    let wrong = call.say(&[("way", "pin"), ("pin", "1111")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("id=\"pin-error\"") && !wrong.text.contains("class=\"days"));
    assert!(!call.is_verified().await);
    assert_eq!(call.say(&[("way", "pin"), ("pin", PIN)]).await.location, call.call);
    assert!(call.is_verified().await);
}

#[tokio::test]
async fn a_code_opens_only_the_call_that_it_was_sent_for() {
    let world = World::open().await;
    let holder = world.account(EMAIL).await;
    prove::with_pin(&world.app, holder, MINE.id(), PIN).await.unwrap();
    let mut call = OnCall::by(&world, Role::Agent).await;
    let page = call.page().await;
    assert!(page.contains("h•••") && !page.contains(EMAIL), "the address is masked: {page}");
    let before = world.sent_to(EMAIL, 1).await.len();
    let challenge = call.ask_for_code("0").await;
    let code = code_sent_to(&world, EMAIL, before + 1).await;
    let altered = if code == "000000" { "000001" } else { "000000" };
    let wrong = call.say(&[("way", "code"), ("challenge", &challenge), ("code", altered)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Another agent's call about the same card: the code was not sent for it.
    let mut other = OnCall::by(&world, Role::SeniorAgent).await;
    let said = [("way", "code"), ("challenge", &challenge), ("code", &code)];
    assert_eq!(other.say(&said).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!other.is_verified().await);
}

#[tokio::test]
async fn a_code_that_is_read_aloud_opens_the_card_once() {
    let world = World::open().await;
    let holder = world.account(EMAIL).await;
    prove::with_pin(&world.app, holder, MINE.id(), PIN).await.unwrap();
    let mut call = OnCall::by(&world, Role::Agent).await;
    let before = world.sent_to(EMAIL, 1).await.len();
    let challenge = call.ask_for_code("0").await;
    let code = code_sent_to(&world, EMAIL, before + 1).await;
    let said = [("way", "code"), ("challenge", challenge.as_str()), ("code", code.as_str())];
    assert_eq!(call.say(&said).await.location, call.call);
    assert!(call.is_verified().await);
    assert!(call.proven(&world).await.0 == Way::CodeElsewhere, "good for grave matters, too");
    assert_eq!(call.say(&said).await.status, StatusCode::UNPROCESSABLE_ENTITY, "used");
}

#[tokio::test]
async fn a_code_to_the_card_itself_is_not_enough_for_what_is_grave() {
    let world = World::open().await;
    let mut call = OnCall::by(&world, Role::Agent).await;
    let number = number(&world).await;
    let challenge = call.ask_for_code("0").await;
    let code = code_sent_to(&world, &number, 1).await;
    let said = [("way", "code"), ("challenge", challenge.as_str()), ("code", code.as_str())];
    assert_eq!(call.say(&said).await.location, call.call);
    let (way, is_grave_enough) = call.proven(&world).await;
    assert_eq!((way, is_grave_enough), (Way::CodeToCard, false));
    let noted = call.browser.post(&format!("{}/document", call.call), &[("document", "E12")]).await;
    assert_eq!(noted.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_last_renewal_is_its_day_and_its_amount_and_three_tries_a_day() {
    let world = World::open().await;
    let order = waiting(&world).await;
    let total = format!("{}.{:02}", order.price.total.minor / 100, order.price.total.minor % 100);
    let mut cashier = browser(&world, Role::SeniorAgent).await;
    let take = format!("/en/desk/orders/{}/take", order.reference);
    let cash = [("take_method", "cash"), ("take_reference", ""), ("take_amount", total.as_str())];
    cashier.post(&take, &cash).await;
    let mut call = OnCall::by(&world, Role::Agent).await;
    assert!(call.page().await.contains("name=\"renewed_on\""), "it is asked for");
    let today = world.app.now().date_in(&world.app.desk.zone()).to_string();
    let said = |day, paid| [("way", "last_renewal"), ("renewed_on", day), ("paid", paid)];
    for wrong in [said("2020-01-01", &total), said(&today, "1.00")] {
        assert_eq!(call.say(&wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    assert_eq!(call.say(&said(&today, &total)).await.location, call.call);
    assert!(call.is_verified().await);
    assert_eq!(call.proven(&world).await, (Way::LastRenewal, false));
    let mut fourth = OnCall::by(&world, Role::Supervisor).await;
    let refused = fourth.say(&said(&today, &total)).await;
    assert!(refused.text.contains(PAUSE), "whoever asks: {}", refused.text);
    assert!(!fourth.is_verified().await);
}

#[tokio::test]
async fn a_document_is_asked_for_only_where_that_is_turned_on_and_kept_as_a_digest() {
    let on = serde_json::json!({ "identity_documents": true });
    let world = World::with_desk(serde_json::from_value(on).unwrap()).await;
    let mut call = OnCall::by(&world, Role::Agent).await;
    assert!(!call.page().await.contains("name=\"document\""), "none is on file");
    call.say(&[("way", "pin"), ("pin", PIN)]).await;
    let known = world.app.store.call(call.id()).await.unwrap().unwrap();
    keep_document(&world.app, &known, "E 123-456").await.unwrap();
    let kept = world.app.store.line_document(MINE.id()).await.unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&kept.digest).contains("E123456"));
    let mut next = OnCall::by(&world, Role::SeniorAgent).await;
    assert!(next.page().await.contains("name=\"document\""));
    let wrong = next.say(&[("way", "document"), ("document", "E123457")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(next.say(&[("way", "document"), ("document", "e123456")]).await.location, next.call);
    assert!(next.is_verified().await);

    let off = World::open().await;
    let mut call = OnCall::by(&off, Role::Agent).await;
    call.say(&[("way", "pin"), ("pin", PIN)]).await;
    let known = off.app.store.call(call.id()).await.unwrap().unwrap();
    assert!(keep_document(&off.app, &known, "E 123-456").await.is_err());
}

#[tokio::test]
async fn eight_proofs_that_fail_lock_the_card_for_everybody() {
    let world = World::open().await;
    let mut call = OnCall::by(&world, Role::Agent).await;
    for tries in 0..8 {
        let renewal = [("way", "last_renewal"), ("paid", "1.00")];
        let said = if tries < 5 { [("way", "pin"), ("pin", "1111")] } else { renewal };
        assert_ne!(call.say(&said).await.status, StatusCode::SEE_OTHER);
    }
    let mut other = OnCall::by(&world, Role::Supervisor).await;
    let right = other.say(&[("way", "pin"), ("pin", PIN)]).await;
    assert!(right.text.contains(PAUSE), "{}", right.text);
    assert!(!other.is_verified().await);
}
