//! Choices about messages that sell, as kept.

use crate::accounts::{change, open};
use crate::scene::{Scene, StoreMaker};
use farline_app::ports::MarketingChoices;
use farline_app::ports::accounts::AccountChange;
use farline_app::ports::marketing::Consenting;
use farline_domain::accounts::{MarketingAct, MarketingChoice, MarketingPlace};
use farline_domain::kernel::{AccountId, Cell, Language};
use farline_domain::notices::Medium;
use farline_testkit::noon;

on_every_store! {
    the_newest_choice_of_each_medium_counts
    what_was_chosen_stays_when_the_account_is_deleted
}

fn given() -> MarketingAct {
    MarketingAct::Given { words: "I agree".to_owned(), version: 1, language: Language::EnCa }
}

fn choice(medium: Medium, seconds: i64, act: MarketingAct) -> MarketingChoice {
    let place = MarketingPlace::AccountPage;
    MarketingChoice { medium, at: noon().plus_seconds(seconds), place, act }
}

/// A row in the table.
pub(crate) async fn chosen(store: &impl MarketingChoices, account: AccountId) {
    assert!(
        store.keep_marketing_choice(account, &choice(Medium::Email, 0, given())).await.unwrap()
    );
}

async fn the_newest_choice_of_each_medium_counts<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let (ann, bob) = (open(store, 1, "a@example.org").await, open(store, 2, "b@example.org").await);
    let nobody = AccountId::mint(noon(), Cell::numbered(9), 9);
    let all = [ann, bob, nobody];
    assert_eq!(store.consenting(&[]).await.unwrap(), []);
    assert_eq!(store.consenting(&all).await.unwrap(), []);
    let (mail, text) = (Medium::Email, Medium::Sms);
    let kept = [
        choice(mail, 0, given()),
        choice(text, 0, given()),
        choice(text, 0, MarketingAct::Withdrawn),
        choice(mail, 5, MarketingAct::Withdrawn),
        choice(mail, 9, given()),
    ];
    for one in kept.iter().rev().chain(&kept) {
        assert!(store.keep_marketing_choice(ann, one).await.unwrap());
    }
    assert_eq!(store.marketing_choices(ann).await.unwrap(), kept);
    assert!(!store.keep_marketing_choice(nobody, &kept[0]).await.unwrap());
    assert!(store.keep_marketing_choice(bob, &choice(text, 3, given())).await.unwrap());
    let mut expected =
        [Consenting { account: ann, medium: mail }, Consenting { account: bob, medium: text }];
    expected.sort();
    assert_eq!(store.consenting(&all).await.unwrap(), expected);
    assert_eq!(store.consenting(&[nobody, bob]).await.unwrap().len(), 1);
}

async fn what_was_chosen_stays_when_the_account_is_deleted<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let store = &scene.store;
    let ann = open(store, 1, "a@example.org").await;
    chosen(store, ann).await;
    change(store, ann, AccountChange::Delete { order_contacts: Vec::new() }).await;
    assert_eq!(store.marketing_choices(ann).await.unwrap().len(), 1);
    assert!(!store.keep_marketing_choice(ann, &choice(Medium::Sms, 5, given())).await.unwrap());
}
