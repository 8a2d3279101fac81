//! Reminders: from a look at every line to a message, once.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use crate::charging::world::{LINE, World};
use async_trait::async_trait;
use farline_app::App;
use farline_app::charging::{ChargingSettings, note_depletion};
use farline_app::ports::accounts::{AccountChange, NewContact};
use farline_app::ports::notice::{Medium, Message, NoticeError, NoticeGateway, Retry, Sent};
use farline_app::ports::records::StoredJob;
use farline_app::reminders::{plan_all, send_due};
use farline_app::voice::{TextMessage, answer};
use farline_domain::accounts::Address;
use farline_domain::balance::{Depletion, DepletionMark};
use farline_domain::catalog::{Allowance, ZoneCode};
use farline_domain::commands::{Actor, JobKind, LineCommand};
use farline_domain::kernel::{AccountId, AllowanceKind, Cell, ContactId, Language, Units, Zone};
use farline_domain::reminders::ReminderWish;
use farline_testkit::noon;
use jiff::civil::Date;
use std::sync::{Arc, Mutex};

/// Where messages arrive: the local date and hour, and the message.
#[derive(Default)]
struct LetterBox {
    letters: Mutex<Vec<Message>>,
    refuses: Mutex<u32>,
}

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
        let mut refuses = self.1.refuses.lock().unwrap();
        if *refuses > 0 {
            *refuses -= 1;
            return Ok(Sent::Refused { code: "busy".to_owned(), retry: Retry::Later });
        }
        self.1.letters.lock().unwrap().push(message.clone());
        Ok(Sent::Accepted { provider_id: message.key.clone() })
    }
}

struct House {
    world: World,
    app: App,
    letters: Arc<LetterBox>,
    zone: Zone,
}

/// A message as it arrived: when on the line's clocks, and why it was sent.
type Arrived = (Date, i8, String);

impl House {
    async fn open() -> Self {
        let world = World::open(ChargingSettings::default()).await;
        let letters = Arc::<LetterBox>::default();
        let post = |medium| Arc::new(Post(medium, letters.clone())) as Arc<dyn NoticeGateway>;
        let gateways = vec![post(Medium::Sms), post(Medium::Email)];
        let app = App { gateways, ..world.app.clone() };
        let zone = Zone::named("America/Toronto").unwrap();
        Self { world, app, letters, zone }
    }

    /// Lets so many hours pass, with a look at every line each six hours.
    async fn pass(&self, hours: u32) -> Vec<Arrived> {
        let mut arrived = Vec::new();
        for _ in 0..hours.div_ceil(6) {
            plan_all(&self.app, &|_| ()).await.unwrap();
            for _ in 0..6 {
                self.world.clock.advance_seconds(3_600);
                while send_due(&self.app).await.unwrap() > 0 {}
                let local = self.app.now().in_zone(&self.zone);
                let new = std::mem::take(&mut *self.letters.letters.lock().unwrap());
                arrived.extend(
                    new.iter()
                        .map(|message| (local.date(), local.hour(), reason(message).to_owned())),
                );
            }
        }
        arrived
    }

    async fn hold(&self, language: Language) -> AccountId {
        let account = AccountId::mint(noon(), Cell::numbered(3), 1);
        let id = ContactId::mint(noon(), account.cell(), 1);
        let address = Address::email("holder@example.org").unwrap();
        let contact = NewContact { id, address, key: [1; 32] };
        let open = AccountChange::Open { language, contact, password: None };
        for change in [open, AccountChange::Hold(LINE.id())] {
            let by = (Actor::Account(account), self.app.now());
            self.app.store.change_account(account, change, by).await.unwrap();
        }
        account
    }
}

/// Why a message was sent, by its key.
fn reason(message: &Message) -> &str {
    let rest = message.key.strip_prefix(&format!("{}-", LINE.id())).unwrap();
    let end = rest.find("-2026").or_else(|| rest.find("-bucket")).unwrap();
    &rest[..end]
}

fn reasons(arrived: &[Arrived]) -> Vec<&str> {
    arrived.iter().map(|(_, _, reason)| reason.as_str()).collect()
}

#[tokio::test]
async fn a_card_that_nobody_renews_is_told_of_each_date_once_and_never_at_night() {
    let house = House::open().await;
    let arrived = house.pass(24 * 120).await;
    let told: Vec<_> =
        arrived.iter().map(|(date, _, reason)| (date.to_string(), reason.as_str())).collect();
    // The card is in service until November 30; seven days of grace, 83 without service.
    let expected = [
        ("2026-11-23", "expires-in-7"),
        ("2026-11-27", "expires-in-3"),
        ("2026-11-29", "expires-in-1"),
        ("2026-12-01", "grace-begins"),
        ("2026-12-06", "last-safe-day"),
        ("2027-02-21", "number-ends"),
    ];
    assert_eq!(told, expected.map(|(date, reason)| (date.to_owned(), reason)));
    for (date, hour, reason) in &arrived {
        assert!((9..=21).contains(hour), "{reason} on {date} at {hour}");
    }
    house.world.assert_sound().await;
}

#[tokio::test]
async fn after_an_outage_one_reminder_is_sent_and_not_three() {
    let house = House::open().await;
    house.world.clock.advance_seconds(7 * 24 * 3_600);
    assert_eq!(reasons(&house.pass(30).await), ["expires-in-1"]);
}

#[tokio::test]
async fn what_is_not_true_any_more_is_not_sent() {
    let house = House::open().await;
    house.world.clock.advance_seconds(24 * 3_600);
    let planned = plan_all(&house.app, &|_| ()).await.unwrap();
    assert_eq!(planned.reminders, 1);
    // Somebody holds the card by now, and is told in its place at the next look.
    house.hold(Language::FrCa).await;
    while send_due(&house.app).await.unwrap() > 0 {}
    house.world.clock.advance_seconds(20 * 3_600);
    while send_due(&house.app).await.unwrap() > 0 {}
    assert_eq!(house.letters.letters.lock().unwrap().len(), 0);
    let told = house.app.store.reminders_of_line(LINE.id()).await.unwrap();
    assert_eq!(told[0].progress.code(), "dropped");
}

#[tokio::test]
async fn the_holder_is_told_by_e_mail_in_their_language_until_they_want_it_no_more() {
    let house = House::open().await;
    let account = house.hold(Language::FrCa).await;
    house.world.clock.advance_seconds(24 * 3_600);
    plan_all(&house.app, &|_| ()).await.unwrap();
    house.world.clock.advance_seconds(20 * 3_600);
    while send_due(&house.app).await.unwrap() > 0 {}
    let letters = std::mem::take(&mut *house.letters.letters.lock().unwrap());
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!((letter.medium, letter.to.as_str()), (Medium::Email, "holder@example.org"));
    assert_eq!(letter.language, Language::FrCa);
    assert!(letter.subject.starts_with("La carte"), "{}", letter.subject);
    assert!(letter.body.contains("/fr/renew/"), "{}", letter.body);
    assert!(letter.body.contains(&format!("/fr/cards/{}/reminders", LINE.id())));
    let store = &house.app.store;
    store.keep_reminder_wish(LINE.id(), account, ReminderWish::Never).await.unwrap();
    assert_eq!(house.pass(24 * 9).await, []);
    let by_text = ReminderWish::By(Medium::Sms);
    store.keep_reminder_wish(LINE.id(), account, by_text).await.unwrap();
    // There is no number in the account: by the address that there is.
    assert_eq!(reasons(&house.pass(24 * 2).await), ["grace-begins"]);
}

#[tokio::test]
async fn a_number_that_said_stop_is_told_nothing() {
    let house = House::open().await;
    let view = house.app.store.line(LINE.id()).await.unwrap().unwrap();
    let number = view.line.msisdn.unwrap();
    let stop = TextMessage { id: "t-1", from: number.as_str(), body: "STOP" };
    answer(&house.app, stop, house.app.now()).await.unwrap();
    assert_eq!(house.pass(24 * 4).await, []);
    let told = house.app.store.reminders_of_line(LINE.id()).await.unwrap();
    assert_eq!(told[0].progress.code(), "failed");
}

#[tokio::test]
async fn a_carrier_that_is_busy_is_asked_again_under_the_same_key() {
    let house = House::open().await;
    *house.letters.refuses.lock().unwrap() = 3;
    assert_eq!(reasons(&house.pass(48).await), ["expires-in-7"]);
}

#[tokio::test]
async fn a_bucket_that_runs_low_is_told_of_once_for_each_mark() {
    let house = House::open().await;
    let job = StoredJob {
        line: LINE.id(),
        number: 1,
        kind: JobKind::Sweep,
        order: None,
        attempts: 0,
        first_due: noon(),
        due: noon(),
        epoch: 0,
    };
    for mark in [DepletionMark::ThreeQuarters, DepletionMark::ThreeQuarters, DepletionMark::UsedUp]
    {
        let depletion = Depletion { bucket: 1, mark, left: Units::ZERO };
        note_depletion(&house.app, &job, depletion).await.unwrap();
    }
    let arrived = house.pass(6).await;
    // Both are sent at once, and either may arrive first.
    let mut told = reasons(&arrived);
    told.sort_unstable();
    assert_eq!(told, ["used-data-three_quarters", "used-data-used_up"]);
    // More was granted before the last mark was told: that is no news any more.
    let depletion = Depletion { bucket: 1, mark: DepletionMark::NineTenths, left: Units::ZERO };
    note_depletion(&house.app, &job, depletion).await.unwrap();
    let allowance = Allowance {
        kind: AllowanceKind::Data,
        units: Units::new(1_000_000_000).unwrap(),
        zone: ZoneCode::parse("canada").unwrap(),
        breadth: 1,
        window: None,
        bonus: false,
    };
    let grant = LineCommand::Grant { allowance, valid_until: None };
    house.app.decide(LINE.id(), grant, Actor::System).await.unwrap();
    assert_eq!(house.pass(6).await, []);
}
