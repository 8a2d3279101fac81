//! Lines that renew themselves, with everybody they deal with, on both databases.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod world;

use farline_app::accounts::permit;
use farline_app::orders::Paying;
use farline_app::ports::payment::ChargeState;
use farline_app::{ProblemCode, accounts, auto_renew, methods, orders, payments};
use farline_domain::auto_renew::{Progress, Why};
use farline_domain::commands::PayWith;
use farline_domain::hotline::robot::Outcome;
use farline_domain::lines::LineStatus;
use farline_domain::notices::{AutoRenewNews, Medium};
use farline_domain::orders::Stage;
use farline_domain::payments::{Decline, DeclineAdvice};
use world::{LINE, World};

macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $name() { super::$name(super::World::sqlite().await).await; })*
        }
        mod postgres {
            $(#[tokio::test] async fn $name() { super::$name(super::World::postgres().await).await; })*
        }
    };
}

on_both! {
    a_line_renews_itself_and_its_payer_is_told_all_of_it
    a_refused_method_stops_and_is_not_offered_again
    a_lost_answer_is_asked_for_again_and_nothing_is_taken_twice
    while_a_method_is_charged_the_card_is_told_that_it_comes_back
    what_it_rests_on_goes_and_it_ends
    a_deleted_account_leaves_no_method_and_no_address_behind
    a_line_given_up_before_leaves_no_address_behind_either
    methods_rest_for_a_day_after_an_address_changed
    a_saved_method_pays_at_once_for_whose_it_is
    told_again_of_a_payment_a_method_stays_forgotten
    after_stop_it_pauses_where_no_email_can_be_sent_and_goes_on_after_start
    after_stop_everything_comes_by_email_where_there_is_an_address
}

async fn a_line_renews_itself_and_its_payer_is_told_all_of_it(world: World) {
    world.agree().await.unwrap();
    world.work().await;
    assert_eq!(world.news(), ["agreed"]);
    let seen = world.seen().await;
    assert_eq!(seen.consents.len(), 1);
    assert!(seen.consents[0].text.contains("Visa"), "{}", seen.consents[0].text);
    assert!(seen.next_charge.is_some());
    world.pass_days(30).await;
    assert_eq!(world.news(), ["agreed", "announced", "delivered"]);
    assert_eq!(world.charges(), 1);
    let seen = world.seen().await;
    assert_eq!(seen.standing.unwrap().progress, Progress::Resting);
    let told: Vec<_> = seen.told.iter().map(|record| (record.news, record.medium)).collect();
    assert_eq!(
        told,
        [(AutoRenewNews::Agreed, Medium::Email), (AutoRenewNews::Announced, Medium::Email)]
    );
    // Off is off, and said in writing.
    let holder = permit(&world.app, world.holder, LINE.id()).await.unwrap().as_holder().unwrap();
    auto_renew::end(&world.app, holder).await.unwrap();
    world.pass_days(60).await;
    assert_eq!(world.charges(), 1);
    assert_eq!(world.news().pop(), Some("ended"));
    assert_eq!(world.seen().await.standing, None);
    world.assert_sound().await;
}

async fn a_refused_method_stops_and_is_not_offered_again(world: World) {
    world.agree().await.unwrap();
    let code = "lost_card".to_owned();
    world.answers(ChargeState::Declined(Decline { code, advice: DeclineAdvice::Never }));
    world.pass_days(30).await;
    assert_eq!(world.news(), ["agreed", "announced", "stopped"]);
    assert_eq!(world.charges(), 1, "never again");
    let standing = world.seen().await.standing.unwrap();
    assert_eq!(standing.stopped, Some(Why::Declined(DeclineAdvice::Never)));
    let mine = methods::mine(&world.app, world.holder).await.unwrap();
    assert!(!mine[0].is_usable());
    let problem = world.agree().await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::MethodNotUsable);
    world.assert_sound().await;
}

async fn a_lost_answer_is_asked_for_again_and_nothing_is_taken_twice(world: World) {
    world.agree().await.unwrap();
    world.loses(3);
    world.pass_days(30).await;
    assert_eq!(world.news(), ["agreed", "announced", "delivered"]);
    assert_eq!(world.charges(), 1, "one key, one charge");
    assert_eq!(world.askings(), 4);
    world.assert_sound().await;
}

async fn while_a_method_is_charged_the_card_is_told_that_it_comes_back(world: World) {
    // It expires on 30 November; without an automatic renewal the grace date is what matters.
    world.pass_days(10).await;
    let alone = world.balance().await;
    assert_eq!((alone.status, alone.underway), (LineStatus::Grace, None));
    assert!(!alone.comes_back && alone.until.is_some());
    world.agree().await.unwrap();
    world.loses(1_000);
    world.pass_days(2).await;
    let charging = world.balance().await;
    assert_eq!((charging.status, charging.underway), (LineStatus::Grace, Some(Outcome::OnItsWay)));
    assert!(charging.comes_back, "{charging:?}");
    world.assert_sound().await;
}

async fn what_it_rests_on_goes_and_it_ends(world: World) {
    // The method is forgotten.
    world.agree().await.unwrap();
    let method = methods::mine(&world.app, world.holder).await.unwrap()[0].method.id;
    let used = methods::forget::renewed_with(&world.app, world.holder, method).await.unwrap();
    assert_eq!(used, [LINE.id()]);
    methods::forget(&world.app, world.holder, method).await.unwrap();
    world.work().await;
    assert_eq!(world.news(), ["agreed", "ended"]);
    assert_eq!(methods::mine(&world.app, world.holder).await.unwrap(), []);
    // The line is somebody else's by then.
    world.keep_method().await;
    world.agree().await.unwrap();
    let permitted = permit(&world.app, world.holder, LINE.id()).await.unwrap();
    accounts::lines::leave(&world.app, permitted).await.unwrap();
    world.pass_days(30).await;
    assert_eq!(world.charges(), 0);
    assert_eq!(world.news().pop(), Some("ended"));
    world.assert_sound().await;
}

async fn a_deleted_account_leaves_no_method_and_no_address_behind(world: World) {
    world.agree().await.unwrap();
    let said = accounts::export(&world.app, world.holder).await.unwrap();
    assert_eq!(said["saved_methods"][0]["hint"], "4242");
    let text = said["lines"][0]["auto_renew_consents"][0]["text"].as_str().unwrap();
    assert!(text.contains("Visa ending in 4242"), "{text}");
    let consent = world.seen().await.standing.unwrap().consent;
    world.delete().await;
    world.pass_days(30).await;
    assert_eq!(world.charges(), 0);
    assert_eq!(world.app.store.contact(consent.payer.contact).await.unwrap(), None);
    assert_eq!(world.app.store.methods_of_account(world.holder).await.unwrap(), []);
    let view = world.app.store.line(LINE.id()).await.unwrap().unwrap();
    assert!(!view.auto_renew.unwrap().is_on());
    world.assert_sound().await;
}

async fn a_line_given_up_before_leaves_no_address_behind_either(world: World) {
    world.agree().await.unwrap();
    let agreed = world.app.store.consents(LINE.id()).await.unwrap();
    let contact = agreed[0].consent.payer.contact;
    let permitted = permit(&world.app, world.holder, LINE.id()).await.unwrap();
    accounts::lines::leave(&world.app, permitted).await.unwrap();
    // Whoever names it again, and then not, does not lose sight of it.
    for name in ["Mother's", ""] {
        accounts::lines::call(&world.app, world.holder, LINE.id(), name).await.unwrap();
    }
    world.work().await;
    assert_eq!(world.news(), ["agreed", "ended"], "so that the end is confirmed in writing");
    assert!(world.app.store.contact(contact).await.unwrap().is_some());
    let said = accounts::export(&world.app, world.holder).await.unwrap();
    let given_up = &said["given_up_lines"][0];
    assert_eq!(given_up["id"], LINE.id().to_string());
    assert_eq!(given_up["auto_renew_consents"][0]["text"], agreed[0].text);
    world.delete().await;
    assert_eq!(world.app.store.contact(contact).await.unwrap(), None);
    assert_eq!(world.app.store.consents(LINE.id()).await.unwrap(), agreed, "evidence stays");
    assert_eq!(world.app.store.former_lines(world.holder).await.unwrap(), []);
    world.assert_sound().await;
}

async fn methods_rest_for_a_day_after_an_address_changed(world: World) {
    world.change_address().await;
    let problem = world.agree().await.unwrap_err();
    assert_eq!(problem.code, ProblemCode::MethodNotUsable);
    assert!(problem.retry_at.is_some(), "it says until when");
    world.pass_days(1).await;
    world.agree().await.unwrap();
}

async fn a_saved_method_pays_at_once_for_whose_it_is(world: World) {
    let method = methods::mine(&world.app, world.holder).await.unwrap()[0].method.id.to_string();
    let choose = |account| {
        let asks = (account, LINE.id());
        orders::choice(&world.app, asks, Some(method.as_str()))
    };
    let code = |refused: Result<_, farline_app::Problem>| refused.unwrap_err().code;
    assert_eq!(code(choose(None).await), ProblemCode::Unauthorized);
    assert_eq!(code(choose(Some(world.stranger)).await), ProblemCode::Forbidden);
    let choice = choose(Some(world.holder)).await.unwrap();
    assert!(matches!(choice.pay_with, PayWith::Saved(_, true)));
    let order = world.place(choice.pay_with.clone()).await;
    let paying = orders::Paying::default();
    let (order, page) = orders::pay(&world.app, order, paying).await.unwrap();
    assert_eq!((order.state.stage(), page), (Stage::Delivered, None));
    // Refused: nothing was taken, and another way is offered. The order stands.
    let code = "card_declined".to_owned();
    world.answers(ChargeState::Declined(Decline { code, advice: DeclineAdvice::RetryOnce }));
    let order = world.place(choice.pay_with.clone()).await;
    let (order, page) = orders::pay(&world.app, order, paying).await.unwrap();
    assert_eq!(order.state.stage(), Stage::AwaitingPayment);
    assert!(page.is_some());
    // Unknown: the order stands and says so, and there is no second way to pay meanwhile.
    world.loses(1);
    let order = world.place(choice.pay_with).await;
    let (order, page) = orders::pay(&world.app, order, paying).await.unwrap();
    assert!(order.is_charge_unknown());
    assert_eq!(page, None);
    world.work().await;
    world.assert_sound().await;
}

async fn after_stop_it_pauses_where_no_email_can_be_sent_and_goes_on_after_start(world: World) {
    let world = world.held_by_text().await;
    world.agree().await.unwrap();
    world.work().await;
    let texted = world.texted();
    world.writes("STOP").await;
    world.pass_days(29).await;
    assert_eq!(world.texted(), texted, "nothing is written to whoever said STOP");
    assert_eq!(world.charges(), 0, "and nothing is charged that nobody was told of");
    assert!(world.seen().await.is_paused, "the account says so");
    world.writes("START").await;
    world.pass_days(12).await;
    assert!(!world.seen().await.is_paused);
    assert!(world.texted() > texted);
    world.assert_sound().await;
}

async fn after_stop_everything_comes_by_email_where_there_is_an_address(world: World) {
    let world = world.held_by_text().await;
    world.agree().await.unwrap();
    world.work().await;
    world.change_address().await;
    let texted = world.texted();
    world.writes("STOP").await;
    world.pass_days(30).await;
    assert!(!world.seen().await.is_paused);
    assert_eq!((world.charges(), world.texted()), (1, texted));
    assert!(world.news().ends_with(&["announced", "delivered"]), "{:?}", world.news());
    world.assert_sound().await;
}

async fn told_again_of_a_payment_a_method_stays_forgotten(world: World) {
    let order = world.place(PayWith::Page).await;
    orders::pay(&world.app, order.clone(), Paying::default()).await.unwrap();
    let order = world.app.order(order.id).await.unwrap();
    world.pages_are_paid();
    payments::settle(&world.app, &order).await.unwrap();
    let mine = || async { methods::mine(&world.app, world.holder).await.unwrap() };
    let kept = mine().await;
    assert_eq!(kept.len(), 2, "the one that was saved with the payment, too");
    // Later, the provider tells of it once more: nothing of the method changes.
    world.pass_days(1).await;
    let paid = world.app.order(order.id).await.unwrap();
    payments::settle(&world.app, &paid).await.unwrap();
    let when =
        |all: &[methods::Usable]| -> Vec<_> { all.iter().map(|one| one.method.saved_at).collect() };
    assert_eq!(when(&mine().await), when(&kept));
    methods::forget(&world.app, world.holder, kept[1].method.id).await.unwrap();
    payments::settle(&world.app, &paid).await.unwrap();
    assert_eq!(mine().await.len(), 1, "it stays forgotten");
    world.assert_sound().await;
}
