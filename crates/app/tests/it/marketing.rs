//! Messages that sell, on both databases: only to who consented, once, with sender and way out, and never after a withdrawal.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests stop at the first surprise")]

use crate::letters::LetterBox;
use crate::subjects::on_both;
use crate::subjects::world::{World, line};
use farline_app::App;
use farline_app::marketing::{Leaving, give, leave, opened, see, withdraw};
use farline_app::ports::accounts::{AccountChange, Changed, NewContact};
use farline_app::ports::notice::{Medium, Message};
use farline_app::reminders::{plan_all, send_due};
use farline_app::tokens::Seal;
use farline_app::voice::{TextMessage, answer};
use farline_domain::accounts::{Address, MarketingAct, MarketingPlace};
use farline_domain::catalog::{GivenBy, PlanCode, Promotion, PromotionCode, Reduction};
use farline_domain::commands::Actor;
use farline_domain::kernel::{
    AccountId, Cell, ContactId, Instant, Language, Localized, Money, Units,
};
use farline_domain::reminders::ReminderWish;
use farline_testkit::{OWN_SMALL, noon, today};
use jiff::ToSpan as _;
use std::sync::Arc;

on_both! {
    who_consented_is_told_once_with_sender_and_way_out_until_they_leave
    who_withdraws_between_planning_and_sending_is_told_nothing
    what_is_used_up_or_stopped_is_not_told
    a_stop_by_text_ends_consent_to_text_messages_at_once
    reminders_that_are_off_are_another_matter
    what_is_not_in_the_price_is_not_told
}

const MAIL: &str = "holder@example.org";
const NUMBER: &str = "+14165550188";

struct House {
    world: World,
    app: App,
    mail: Arc<LetterBox>,
    texts: Arc<LetterBox>,
}

fn promotion(code: &str) -> Promotion {
    let name = Language::ALL.into_iter().map(|language| (language, format!("Week of {code}")));
    let days = (today(), today().saturating_add(2.days()));
    let code = PromotionCode::parse(code).unwrap();
    Promotion {
        reduction: Some(Reduction::Amount(Money::cad(300))),
        given_by: GivenBy::Itself,
        ..Promotion::new(code, Localized::new(name.collect()).unwrap(), days)
    }
}

/// One that takes off more, so that it takes the place of those that stand alone.
fn better(code: &str) -> Promotion {
    Promotion { reduction: Some(Reduction::Amount(Money::cad(400))), ..promotion(code) }
}

fn is_of_promotion(letter: &Message) -> bool {
    letter.key.contains("promotion-ends")
}

impl House {
    fn of(world: World) -> Self {
        let [mail, texts] = [Medium::Email, Medium::Sms].map(|it| Arc::new(LetterBox::of(it)));
        let app = App { gateways: vec![mail.clone(), texts.clone()], ..world.app.clone() };
        Self { world, app, mail, texts }
    }

    async fn put(&self, promotions: Vec<Promotion>) {
        self.app.store.put_promotions(promotions).await.unwrap();
        farline_app::subjects::limit_promotions(&self.app).await.unwrap();
    }

    /// Opens an account, by e-mail and by number, that holds a line.
    async fn hold(&self, number: u32, (mail, phone): (&str, &str)) -> AccountId {
        let account = AccountId::mint(noon(), Cell::numbered(3), u64::from(number));
        let contact = |text: &str, which: u64| {
            let address = Address::parse(text).unwrap();
            let key = Seal(&self.app.keys.secrets).digest("account-address", &address.canonical());
            let place = u64::from(number) * 2 + which;
            NewContact { id: ContactId::mint(noon(), account.cell(), place), address, key }
        };
        let open = AccountChange::Open {
            language: Language::EnCa,
            contact: contact(mail, 0),
            password: None,
        };
        let add = AccountChange::AddContact(contact(phone, 1));
        for change in [open, add, AccountChange::Hold(line(number).id())] {
            let by = (Actor::Account(account), self.app.now());
            let changed = self.app.store.change_account(account, change, by).await.unwrap();
            assert_eq!(changed, Changed::Done);
        }
        account
    }

    async fn give(&self, account: AccountId, medium: Medium) {
        give(&self.app, account, (medium, Language::EnCa)).await.unwrap();
    }

    async fn plan(&self) {
        plan_all(&self.app, &|_| ()).await.unwrap();
    }

    /// Sends what is due within the quarter of an hour, and gives what came of promotions: by e-mail, and by text message.
    async fn send(&self) -> (Vec<Message>, Vec<Message>) {
        self.world.clock.advance_seconds(900);
        while send_due(&self.app).await.unwrap() > 0 {}
        let of = |letters: Vec<Message>| letters.into_iter().filter(is_of_promotion).collect();
        (of(self.mail.empty()), of(self.texts.empty()))
    }

    async fn told(&self) -> (Vec<Message>, Vec<Message>) {
        self.plan().await;
        self.plan().await;
        self.send().await
    }

    async fn state(&self, number: u32) -> Vec<&'static str> {
        let told = self.app.store.reminders_of_line(line(number).id()).await.unwrap();
        let is_its = |code: &str| code == "promotion-ends";
        let told = told.iter().filter(|it| is_its(&it.key.reason.code()));
        told.map(|it| it.progress.code()).collect()
    }
}

async fn who_consented_is_told_once_with_sender_and_way_out_until_they_leave(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    house.hold(1, ("other@example.org", "+14165550189")).await;
    house.put(vec![promotion("autumn")]).await;
    assert_eq!(house.told().await, (vec![], vec![]), "nobody consented");
    house.give(account, Medium::Email).await;
    let (mail, texts) = house.told().await;
    let [letter] = mail.as_slice() else { panic!("{mail:?}") };
    assert_eq!((letter.to.as_str(), texts), (MAIL, vec![]));
    let business = &house.app.business;
    let said = business.address.iter().chain([&business.legal_name, &business.phone]);
    for part in said.map(String::as_str).chain(["Week of autumn", "$3.00", "/en/renew/"]) {
        assert!(letter.body.contains(part), "{part}: {}", letter.body);
    }
    let out = letter.unsubscribe.clone().unwrap();
    assert!(letter.body.contains(&out), "{}", letter.body);
    assert_eq!(house.told().await, (vec![], vec![]), "once");

    // What the consent was is proven after it ended, too.
    let (_, token) = out.rsplit_once("/unsubscribe/").unwrap();
    assert_eq!(opened(&house.app, token).await.unwrap(), Leaving::Consents);
    for _ in 0..2 {
        leave(&house.app, token).await.unwrap();
        assert_eq!(opened(&house.app, token).await.unwrap(), Leaving::Left);
    }
    assert!(leave(&house.app, &token.replace('.', "x.")).await.is_err());
    house.put(vec![better("winter")]).await;
    assert_eq!(house.told().await, (vec![], vec![]), "they left");
    let kept = house.app.store.marketing_choices(account).await.unwrap();
    let [given, withdrawn] = kept.as_slice() else { panic!("{kept:?}") };
    let MarketingAct::Given { words, .. } = &given.act else { panic!("{given:?}") };
    assert!(words.contains(&business.address[0]), "{words}");
    assert_eq!(withdrawn.place, MarketingPlace::WayOut);
    house.give(account, Medium::Email).await;
    assert_eq!(house.told().await.0.len(), 1, "whoever wants them again gets them again");
    house.world.assert_sound().await;
}

async fn who_withdraws_between_planning_and_sending_is_told_nothing(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    house.give(account, Medium::Email).await;
    house.put(vec![promotion("autumn")]).await;
    house.plan().await;
    assert_eq!(house.state(0).await, ["planned"]);
    let end = (&[Medium::Email][..], MarketingPlace::AccountPage);
    withdraw(&house.app, account, end).await.unwrap();
    assert_eq!(house.send().await, (vec![], vec![]));
    assert_eq!(house.state(0).await, ["dropped"]);
    assert!(see(&house.app, account, Language::FrCa).await.unwrap()[0].since.is_none());
}

async fn what_is_used_up_or_stopped_is_not_told(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    house.give(account, Medium::Email).await;
    let none = Promotion { limit: Some(Units::ZERO), ..promotion("none-left") };
    let stopped = Promotion { stopped_at: Some(Instant::from_millis(0)), ..promotion("stopped") };
    house.put(vec![none, stopped]).await;
    house.plan().await;
    assert_eq!(house.state(0).await, [""; 0]);
    house.put(vec![promotion("autumn")]).await;
    house.plan().await;
    assert_eq!(house.state(0).await, ["planned"]);
    let now = Some(house.app.now());
    house.put(vec![Promotion { stopped_at: now, ..promotion("autumn") }]).await;
    assert_eq!(house.send().await, (vec![], vec![]));
    assert_eq!(house.state(0).await, ["dropped"]);
}

async fn a_stop_by_text_ends_consent_to_text_messages_at_once(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    for medium in [Medium::Sms, Medium::Email] {
        house.give(account, medium).await;
    }
    let by_text = ReminderWish::By(Medium::Sms);
    let (store, id) = (&house.app.store, line(0).id());
    store.keep_reminder_wish(id, account, by_text).await.unwrap();
    house.put(vec![promotion("autumn")]).await;
    let (mail, texts) = house.told().await;
    let [text] = texts.as_slice() else { panic!("{texts:?}") };
    assert_eq!((text.to.as_str(), mail), (NUMBER, vec![]), "by one medium, the one they like");
    for part in ["STOP", "/en/unsubscribe/", house.app.business.address[0].as_str()] {
        assert!(text.body.contains(part), "{part}: {}", text.body);
    }
    for id in ["t-1", "t-2"] {
        let stop = TextMessage { id, from: NUMBER, body: "stop" };
        answer(&house.app, stop, house.app.now()).await.unwrap();
    }
    let chosen = store.marketing_choices(account).await.unwrap();
    let ended: Vec<_> = chosen.iter().filter(|it| it.act == MarketingAct::Withdrawn).collect();
    let [ended] = ended.as_slice() else { panic!("{ended:?}") };
    assert_eq!((ended.medium, ended.place), (Medium::Sms, MarketingPlace::Text));
    house.put(vec![better("winter")]).await;
    let (mail, texts) = house.told().await;
    assert_eq!((mail.len(), texts), (1, vec![]), "the other consent stands");
}

async fn reminders_that_are_off_are_another_matter(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    let (store, id) = (&house.app.store, line(0).id());
    store.keep_reminder_wish(id, account, ReminderWish::Never).await.unwrap();
    house.put(vec![promotion("autumn")]).await;
    assert_eq!(house.told().await, (vec![], vec![]));
    house.give(account, Medium::Email).await;
    assert_eq!(house.told().await.0.len(), 1);
    // By no other medium than the one that was agreed to, whatever is wished for reminders.
    let by_text = ReminderWish::By(Medium::Sms);
    store.keep_reminder_wish(id, account, by_text).await.unwrap();
    house.put(vec![better("winter")]).await;
    let (mail, texts) = house.told().await;
    assert_eq!((mail.len(), texts), (1, vec![]));
}

async fn what_is_not_in_the_price_is_not_told(world: World) {
    let house = House::of(world);
    let account = house.hold(0, (MAIL, NUMBER)).await;
    house.give(account, Medium::Email).await;
    let quote = house.world.quote_plain(0).await;
    let order = house.world.place(&quote, 1).await.unwrap();
    house.world.pay(&order, "p1").await;
    house.world.work().await;
    let small = vec![PlanCode::parse(OWN_SMALL).unwrap()];
    let by_code = Promotion { given_by: GivenBy::Code, ..promotion("typed") };
    house.put(vec![Promotion { plans: small, ..promotion("other-plan") }, by_code]).await;
    assert_eq!(house.told().await, (vec![], vec![]), "for another plan than the card had last");
    // Of two that stand alone the better one is given, and told.
    house.put(vec![promotion("autumn"), better("better")]).await;
    let (mail, _) = house.told().await;
    let [letter] = mail.as_slice() else { panic!("{mail:?}") };
    assert!(letter.body.contains("Week of better"), "{}", letter.body);
}
