//! The pages of saved methods and of auto-renew: who may open them, what they refuse and say, and that nothing changes then.

use super::browser::{Answer, Browser};
use super::world::{MINE, OTHER, PIN, World};
use axum::http::StatusCode;
use farline_app::accounts::{SignedIn, approve, helpers, permit, prove};
use farline_app::auto_renew::step;
use farline_app::lines;
use farline_app::ports::methods::AccountMethod;
use farline_domain::accounts::RequestReply;
use farline_domain::auto_renew::{AutoRenew, Progress};
use farline_domain::kernel::{AccountId, SavedMethodId};
use farline_domain::payments::{CardExpiry, PaymentMethod, SavedMethod};
use farline_testkit::{OWN_BIG, SampleLine, kept_method};

const MOTHER: &str = "mother@example.org";
const DAUGHTER: &str = "daughter@example.org";
const STRANGER: &str = "stranger@example.org";
const HOUR: u32 = 60 * 60;

/// What the form sends when nothing was changed but the way to pay.
const CHOSEN: [(&str, &str); 7] = [
    ("plan", OWN_BIG),
    ("when", "before-0"),
    ("pay_with", "link"),
    ("cap_charge", "$35.00"),
    ("cap_day", "$35.00"),
    ("cap_month", "$70.00"),
    ("province", "ON"),
];

/// The form with some fields otherwise.
fn with<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = CHOSEN.into_iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others.iter().copied()).collect()
}

const AGREED: [(&str, &str); 2] = [("step", "agree"), ("agree", "yes")];

/// What names the text on the page that shows it.
fn read(review: &Answer) -> String {
    let (_, rest) = review.text.split_once("name=\"read\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Reads what is agreed to, and agrees.
async fn agree(person: &Browser<'_>, fields: &[(&str, &str)]) -> Answer {
    let read = read(&person.post(&auto_renew(MINE), &with(fields)).await);
    let said = [fields, &AGREED[..], &[("read", &read)]].concat();
    person.post(&auto_renew(MINE), &with(&said)).await
}

fn auto_renew(sample: SampleLine) -> String {
    format!("/en/cards/{}/auto-renew", sample.id())
}

async fn holder(world: &World, who: &str, sample: SampleLine) -> SignedIn {
    let person = world.register(who).await;
    prove::with_pin(&world.app, person.account, sample.id(), PIN).await.unwrap();
    person
}

async fn standing(world: &World, sample: SampleLine) -> Option<AutoRenew> {
    let view = lines::find::view(&world.app, sample.id()).await.unwrap();
    view.auto_renew.filter(AutoRenew::is_on)
}

/// Nothing is on, and nobody's agreement was kept.
async fn is_untouched(world: &World, sample: SampleLine) {
    assert_eq!(standing(world, sample).await, None);
    assert_eq!(world.app.store.consents(sample.id()).await.unwrap(), []);
}

/// Keeps a card for an account.
async fn keep(world: &World, account: AccountId, provider: &str) -> SavedMethodId {
    let kept = kept_method(account, world.app.now());
    let method = AccountMethod {
        id: kept.id,
        account,
        provider: provider.to_owned(),
        saved: SavedMethod {
            id: kept.method,
            customer: kept.customer,
            method: PaymentMethod::Credit,
            brand: "Visa".to_owned(),
            hint: "4242".to_owned(),
            expiry: Some(CardExpiry { year: 2030, month: 4 }),
        },
        saved_at: world.app.now(),
        is_refused: false,
    };
    world.app.store.keep_method(&method).await.unwrap()
}

fn refused(answer: &Answer, status: StatusCode, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    let (_, middle) = answer.text.split_once("<main").unwrap_or_default();
    assert!(answer.text.contains(sentence), "no “{sentence}” in {middle}");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_asked_to() {
    let world = World::open().await;
    let nobody = Browser::nobody(&world);
    for path in
        [auto_renew(MINE), format!("{}/off", auto_renew(MINE)), "/en/account/methods".into()]
    {
        let asked = nobody.get(&path).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER);
        assert!(asked.location.starts_with("/en/sign-in?next="), "{}", asked.location);
        let sent = nobody.post(&path, &with(&AGREED)).await;
        assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, "/en/sign-in"));
    }
    is_untouched(&world, MINE).await;
}

#[tokio::test]
async fn for_a_stranger_there_is_no_such_card_and_no_such_method() {
    let world = World::open().await;
    let mother = holder(&world, MOTHER, MINE).await;
    let stranger = holder(&world, STRANGER, OTHER).await;
    let method = keep(&world, mother.account, "none").await;
    let mothers = Browser::of(&world, &mother);
    let on = agree(&mothers, &[]).await;
    assert_eq!(on.location, format!("/en/cards/{}", MINE.id()), "{}", on.text);
    let before = standing(&world, MINE).await;
    assert!(before.is_some());

    let strangers = Browser::of(&world, &stranger);
    let remove = format!("/en/account/methods/{method}/remove");
    for path in [auto_renew(MINE), format!("{}/off", auto_renew(MINE)), remove] {
        let hidden = "There is nothing here.";
        refused(&strangers.get(&path).await, StatusCode::NOT_FOUND, hidden);
        refused(&strangers.post(&path, &with(&AGREED)).await, StatusCode::NOT_FOUND, hidden);
    }
    // A method of another’s cannot be chosen, and is not shown.
    let id = method.to_string();
    let chosen = with(&[("pay_with", &id), AGREED[0], AGREED[1]]);
    let answer = strangers.post(&auto_renew(OTHER), &chosen).await;
    refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, "href=\"#pay_with\"");
    for path in [auto_renew(OTHER), "/en/account/methods".to_owned()] {
        assert!(!strangers.get(&path).await.text.contains("4242"), "{path}");
    }
    is_untouched(&world, OTHER).await;
    assert_eq!(standing(&world, MINE).await, before);
    assert_eq!(world.app.store.methods_of_account(mother.account).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_helper_sees_whether_it_is_on_and_changes_nothing() {
    let world = World::open().await;
    let mother = holder(&world, MOTHER, MINE).await;
    let permitted = permit(&world.app, mother.account, MINE.id()).await.unwrap();
    helpers::invite(&world.app, permitted.as_holder().unwrap(), (DAUGHTER, "Daughter"))
        .await
        .unwrap();
    let token = world.link(DAUGHTER, 1).await;
    let daughter = world.register(DAUGHTER).await;
    let yes = RequestReply::Approve;
    approve::answer(&world.app, &token, yes, Some(daughter.account)).await.unwrap();
    let helping = Browser::of(&world, &daughter);
    let card = helping.get(&format!("/en/cards/{}", MINE.id())).await;
    refused(&card, StatusCode::OK, "Only the holder can turn it on.");
    assert!(!card.text.contains("/auto-renew"), "no way that leads nowhere");
    for path in [auto_renew(MINE), format!("{}/off", auto_renew(MINE))] {
        let foreign = "This is not yours to change.";
        refused(&helping.get(&path).await, StatusCode::FORBIDDEN, foreign);
        refused(&helping.post(&path, &with(&AGREED)).await, StatusCode::FORBIDDEN, foreign);
    }
    is_untouched(&world, MINE).await;
}

#[tokio::test]
async fn what_cannot_be_read_is_said_at_its_field_and_stays_as_it_was_typed() {
    let world = World::open().await;
    let mother = Browser::of(&world, &holder(&world, MOTHER, MINE).await);
    let amount = "Enter an amount, such as $30.00.";
    let wrong = "A value has the wrong form";
    let low = "#cap_charge";
    let table = [
        ("cap_charge", "plenty", amount),
        ("cap_day", "-5", amount),
        ("cap_month", "", amount),
        ("cap_charge", "1", low),
        ("plan", "northlight-1gb-more", wrong),
        ("plan", "no-such-plan", wrong),
        ("when", "whenever", wrong),
        ("pay_with", "sav_nothing", wrong),
    ];
    for (field, value, sentence) in table {
        for more in [&AGREED[..], &[]] {
            let sent = with(&[&[(field, value)], more].concat());
            let answer = mother.post(&auto_renew(MINE), &sent).await;
            refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, sentence);
            let link = format!("href=\"#{field}\"");
            assert!(answer.text.contains(&link), "{field}={value}: no {link}");
            assert!(answer.text.contains("No money has moved. What you entered is kept."));
            if field.starts_with("cap") {
                assert!(answer.text.contains(&format!("name=\"{field}\" value=\"{value}\"")));
            }
        }
    }
    is_untouched(&world, MINE).await;
}

#[tokio::test]
async fn without_the_tick_the_words_are_shown_again_and_nothing_is_on() {
    let world = World::open().await;
    let mother = Browser::of(&world, &holder(&world, MOTHER, MINE).await);
    let review = mother.post(&auto_renew(MINE), &with(&[])).await;
    refused(&review, StatusCode::OK, "<h1>Do you agree to this?</h1>");
    assert!(!review.text.contains("checked"), "nothing is ticked");
    for ticked in ["", "no", "on"] {
        let sent = with(&[("step", "agree"), ("agree", ticked)]);
        let answer = mother.post(&auto_renew(MINE), &sent).await;
        refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, "Read the text and tick the box");
        assert!(answer.text.contains("href=\"#agree\"") && !answer.text.contains("checked"));
    }
    is_untouched(&world, MINE).await;
    agree(&mother, &[]).await;
    assert!(standing(&world, MINE).await.is_some());
    let consents = world.app.store.consents(MINE.id()).await.unwrap();
    assert_eq!(consents.len(), 1, "what was agreed to is kept once");
}

#[tokio::test]
async fn who_read_other_words_is_shown_these_and_nothing_is_on() {
    let world = World::open().await;
    let mother = Browser::of(&world, &holder(&world, MOTHER, MINE).await);
    let read = read(&mother.post(&auto_renew(MINE), &with(&[])).await);
    let changed = "What you agree to has changed since you read it";
    let other_cap = [("cap_month", "$100.00"), ("read", read.as_str())];
    for meanwhile in [&other_cap[..], &[("read", "0")], &[]] {
        let answer = mother.post(&auto_renew(MINE), &with(&[meanwhile, &AGREED].concat())).await;
        refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, changed);
        assert!(answer.text.contains("href=\"#agree\"") && !answer.text.contains("checked"));
    }
    is_untouched(&world, MINE).await;
    // The same words in another language are other words.
    let french = auto_renew(MINE).replace("/en/", "/fr/");
    let said = [("read", read.as_str()), AGREED[0], AGREED[1]];
    let answer = mother.post(&french, &with(&said)).await;
    refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, "a changé depuis votre lecture");
    is_untouched(&world, MINE).await;
    // A dearer plan, published between the reading and the yes.
    let mut catalogue = farline_testkit::catalogue();
    catalogue.plans.values_mut().for_each(|plan| plan.price.minor += 50);
    world.app.store.publish(catalogue, world.app.now()).await.unwrap();
    refused(
        &mother.post(&auto_renew(MINE), &with(&said)).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        changed,
    );
    is_untouched(&world, MINE).await;
    let on = agree(&mother, &[]).await;
    assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.text);
    assert!(standing(&world, MINE).await.is_some());
}

#[tokio::test]
async fn a_list_of_cards_says_when_one_renews_itself_and_when_that_is_under_way() {
    let world = World::open().await;
    let person = holder(&world, MOTHER, MINE).await;
    let mother = Browser::of(&world, &person);
    let method = keep(&world, person.account, "none").await.to_string();
    agree(&mother, &[("pay_with", &method)]).await;
    let says = async |sentences: [&str; 3]| {
        for (language, sentence) in ["en", "fr", "zh"].into_iter().zip(sentences) {
            let list = mother.get(&format!("/{language}/cards")).await;
            refused(&list, StatusCode::OK, sentence);
        }
    };
    let under_way =
        ["The renewal is on its way.", "Le renouvellement est en route.", "续费正在进行。"];
    says([
        "Renews itself on November\u{a0}30",
        "Se renouvelle d’elle-même le 30\u{a0}novembre",
        "自动续费</p>",
    ])
    .await;
    assert!(!mother.get("/en/cards").await.text.contains(under_way[0]));
    // Announced, then charged; whether it was taken nobody can say, and the service ends meanwhile.
    for _ in 0..9 * 24 {
        // Not an error of ours: the provider does not answer.
        step(&world.app, MINE.id()).await.ok();
        world.wait(HOUR);
    }
    let progress = standing(&world, MINE).await.map(|standing| standing.progress);
    assert!(matches!(progress, Some(Progress::Charging { .. })), "{progress:?}");
    let list = mother.get("/en/cards").await.text;
    assert!(list.contains("left to renew and keep everything"), "it is in grace: {list}");
    says(under_way).await;
    assert!(!list.contains("name=\"plan\""), "one tap more would buy a second period");
}

#[tokio::test]
async fn a_method_is_removed_after_one_question_and_takes_its_auto_renew_along() {
    let world = World::open().await;
    let person = holder(&world, MOTHER, MINE).await;
    let mother = Browser::of(&world, &person);
    let none = mother.get("/en/account/methods").await;
    refused(&none, StatusCode::OK, "Nothing is saved yet.");
    let method = keep(&world, person.account, "gone").await.to_string();
    agree(&mother, &[("pay_with", &method)]).await;
    let remove = format!("/en/account/methods/{method}/remove");
    let listed = mother.get("/en/account/methods").await;
    refused(&listed, StatusCode::OK, "Visa ending in 4242");
    assert!(listed.text.contains(&remove) && listed.text.contains("Good until 04/2030"));
    let asked = mother.get(&remove).await;
    refused(&asked, StatusCode::OK, "The auto-renew of these cards ends with it");
    assert!(standing(&world, MINE).await.is_some(), "asking removes nothing");
    let removed = mother.post(&remove, &[]).await;
    assert_eq!(removed.location, "/en/account/methods?removed=yes", "{}", removed.text);
    assert_eq!(standing(&world, MINE).await, None);
    refused(&mother.get(&removed.location).await, StatusCode::OK, "Nothing is saved yet.");
    let again = mother.post(&remove, &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_form_of_another_site_removes_and_turns_off_nothing() {
    let world = World::open().await;
    let person = holder(&world, MOTHER, MINE).await;
    let mother = Browser::of(&world, &person);
    let method = keep(&world, person.account, "none").await;
    agree(&mother, &[]).await;
    let before = standing(&world, MINE).await;
    for path in
        [format!("{}/off", auto_renew(MINE)), format!("/en/account/methods/{method}/remove")]
    {
        let answer = mother.post(&path, &[("csrf", "guessed")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(standing(&world, MINE).await, before);
    assert_eq!(world.app.store.methods_of_account(person.account).await.unwrap().len(), 1);
    // The same, from a page of the session.
    let off = mother.post(&format!("{}/off", auto_renew(MINE)), &[]).await;
    assert_eq!(off.location, format!("/en/cards/{}", MINE.id()));
    assert_eq!(standing(&world, MINE).await, None);
}
