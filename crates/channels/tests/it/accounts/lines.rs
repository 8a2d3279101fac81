//! Proving, asking, helping, and who sees what of a line.

use super::world::{AWAY, MINE, OTHER, PIN, PUK, World, refused};
use farline_app::ProblemCode;
use farline_app::accounts::history::{Cursor, HistoryEvent, history};
use farline_app::accounts::prove::{self, Proven};
use farline_app::accounts::{Permitted, approve, helpers, lines, orders, permit, rights};
use farline_app::ports::lines::NewLine;
use farline_app::ports::pipeline::Envelope;
use farline_domain::accounts::{RequestReply, Rights};
use farline_domain::commands::{Actor, Context, LineCommand, PlaceOrder};
use farline_domain::kernel::{AccountId, CommandKey};
use farline_domain::orders::Payer;
use farline_testkit::{OWN_BIG, SampleLine, grant_data, new_line, placing, quote};

const MOTHER: &str = "mother@example.org";
const DAUGHTER: &str = "daughter@example.org";
const STRANGER: &str = "stranger@example.org";

fn number(sample: SampleLine) -> String {
    let NewLine { line, .. } = new_line(sample);
    String::from(line.msisdn.unwrap())
}

async fn holds(world: &World, account: AccountId, sample: SampleLine) -> Permitted {
    let proven = prove::with_pin(&world.app, account, sample.id(), PIN).await.unwrap();
    assert_eq!(proven, Proven::Holder(sample.id()));
    permit(&world.app, account, sample.id()).await.unwrap()
}

#[tokio::test]
async fn a_line_is_proven_by_code_pin_or_puk() {
    let world = World::open().await;
    let account = world.account(MOTHER).await;
    let visitor = world.visitor();
    let challenge = prove::send_code(&world.app, account, MINE.id()).await.unwrap();
    let code = world.code(&number(MINE), 1).await;
    let message = &world.sent_to(&number(MINE), 1).await[0];
    assert_eq!(message.language.tag(), "zh-CN", "the line's own language");
    let typed = (challenge.id.as_str(), code.as_str());
    let proven = prove::with_code(&world.app, account, typed, &visitor).await.unwrap();
    assert_eq!(proven, Proven::Holder(MINE.id()));
    let by_pin = prove::with_pin(&world.app, account, OTHER.id(), " 24 68").await.unwrap();
    assert_eq!(by_pin, Proven::Holder(OTHER.id()));
    let iccid = new_line(AWAY).line.iccid;
    let printed = (iccid.as_str(), PUK);
    let by_puk = prove::with_puk(&world.app, account, AWAY.id(), printed).await.unwrap();
    assert_eq!(by_puk, Proven::Holder(AWAY.id()));
    assert_eq!(lines::mine(&world.app, account).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_code_to_a_line_proves_it_for_who_asked_only() {
    let world = World::open().await;
    let (asker, other) = (world.account(MOTHER).await, world.account(STRANGER).await);
    let challenge = prove::send_code(&world.app, asker, MINE.id()).await.unwrap();
    let code = world.code(&number(MINE), 1).await;
    let typed = (challenge.id.as_str(), code.as_str());
    let stolen = prove::with_code(&world.app, other, typed, &world.visitor()).await;
    assert_eq!(refused(stolen), ProblemCode::CodeExpired);
    assert_eq!(rights(&world.app, other, MINE.id()).await.unwrap(), None);
}

#[tokio::test]
async fn five_pins_and_ten_puks_a_day() {
    let world = World::open().await;
    let account = world.account(MOTHER).await;
    for _ in 0..5 {
        let wrong = prove::with_pin(&world.app, account, MINE.id(), "1111").await;
        assert_eq!(refused(wrong), ProblemCode::ProofFailed);
    }
    let sixth = prove::with_pin(&world.app, account, MINE.id(), PIN).await;
    assert_eq!(refused(sixth), ProblemCode::TooManyRequests);
    let (own, foreign) = (new_line(MINE).line.iccid, new_line(OTHER).line.iccid);
    for (iccid, puk) in [(&own, "00000000"), (&foreign, PUK)].repeat(5) {
        let printed = (iccid.as_str(), puk);
        let wrong = prove::with_puk(&world.app, account, MINE.id(), printed).await;
        assert_eq!(refused(wrong), ProblemCode::ProofFailed);
    }
    let printed = (own.as_str(), PUK);
    let eleventh = prove::with_puk(&world.app, account, MINE.id(), printed).await;
    assert_eq!(refused(eleventh), ProblemCode::TooManyRequests);
    world.wait(24 * 60 * 60);
    prove::with_pin(&world.app, account, MINE.id(), PIN).await.unwrap();
}

#[tokio::test]
async fn a_held_line_is_never_taken_over() {
    let world = World::open().await;
    let mother = world.account(MOTHER).await;
    let daughter = world.account(DAUGHTER).await;
    let holder = holds(&world, mother, MINE).await;
    let proven = prove::with_pin(&world.app, daughter, MINE.id(), PIN).await.unwrap();
    assert_eq!(proven, Proven::Asked(MINE.id()));
    assert_eq!(rights(&world.app, daughter, MINE.id()).await.unwrap(), None);
    // The link goes to the holder, not to the line that could be in other hands.
    let token = world.link(MOTHER, 2).await;
    let waiting = approve::waiting(&world.app, holder.as_holder().unwrap()).await.unwrap();
    assert_eq!(waiting[0].asker, "d•••@example.org");
    let own = approve::answer(&world.app, &token, RequestReply::Approve, Some(daughter)).await;
    assert_eq!(refused(own), ProblemCode::Forbidden);
    approve::answer(&world.app, &token, RequestReply::Approve, None).await.unwrap();
    let again = approve::answer(&world.app, &token, RequestReply::Refuse, None).await;
    assert_eq!(refused(again), ProblemCode::WrongState);
    let helper = permit(&world.app, daughter, MINE.id()).await.unwrap();
    assert_eq!(helper.rights(), Rights::Helper);
    assert_eq!(refused(helper.as_holder()), ProblemCode::Forbidden);
    let people = helpers::list(&world.app, holder.as_holder().unwrap()).await.unwrap();
    assert_eq!(people[0].place, helpers::HelperPlace::Active(daughter));
    helpers::revoke(&world.app, holder.as_holder().unwrap(), daughter).await.unwrap();
    let after = permit(&world.app, daughter, MINE.id()).await;
    assert_eq!(refused(after), ProblemCode::NotFound);
}

#[tokio::test]
async fn a_line_without_a_holder_is_asked_itself_and_yes_makes_a_helper() {
    let world = World::open().await;
    let daughter = world.account(DAUGHTER).await;
    approve::ask_holder(&world.app, daughter, MINE.id()).await.unwrap();
    approve::ask_holder(&world.app, daughter, MINE.id()).await.unwrap();
    let token = world.link(&number(MINE), 2).await;
    assert_eq!(token, world.link(&number(MINE), 1).await, "asked again, not asked twice");
    let seen = approve::see(&world.app, &token).await.unwrap();
    assert!(!seen.line.contains(&number(MINE)[5..]), "{}", seen.line);
    approve::answer(&world.app, &token, RequestReply::Approve, None).await.unwrap();
    let given = rights(&world.app, daughter, MINE.id()).await.unwrap();
    assert_eq!(given, Some(Rights::Helper));
    let mother = world.account(MOTHER).await;
    holds(&world, mother, MINE).await;
    assert_eq!(rights(&world.app, daughter, MINE.id()).await.unwrap(), given);
}

#[tokio::test]
async fn a_request_expires_and_a_forged_link_opens_nothing() {
    let world = World::open().await;
    let daughter = world.account(DAUGHTER).await;
    approve::ask_holder(&world.app, daughter, MINE.id()).await.unwrap();
    let token = world.link(&number(MINE), 1).await;
    let forged = format!("{}x", &token[..token.len() - 1]);
    assert_eq!(refused(approve::see(&world.app, &forged).await), ProblemCode::NotFound);
    world.wait(7 * 24 * 60 * 60);
    assert_eq!(refused(approve::see(&world.app, &token).await), ProblemCode::LinkExpired);
    let late = approve::answer(&world.app, &token, RequestReply::Approve, None).await;
    assert_eq!(refused(late), ProblemCode::LinkExpired);
}

#[tokio::test]
async fn a_holder_names_a_helper_who_accepts_signed_in() {
    let world = World::open().await;
    let mother = world.account(MOTHER).await;
    let holder = holds(&world, mother, MINE).await.as_holder().unwrap();
    let wanted = (DAUGHTER, "Daughter");
    helpers::invite(&world.app, holder, wanted).await.unwrap();
    let token = world.link(DAUGHTER, 1).await;
    let unsigned = approve::answer(&world.app, &token, RequestReply::Approve, None).await;
    assert_eq!(refused(unsigned), ProblemCode::Unauthorized);
    let own = approve::answer(&world.app, &token, RequestReply::Approve, Some(mother)).await;
    assert_eq!(refused(own), ProblemCode::Forbidden);
    let daughter = world.account(DAUGHTER).await;
    approve::answer(&world.app, &token, RequestReply::Approve, Some(daughter)).await.unwrap();
    let listed = helpers::list(&world.app, holder).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].name.as_str(), listed[0].contact.as_str()),
        ("Daughter", "d•••@example.org")
    );
    let request = helpers::invite(&world.app, holder, ("+14165550188", "")).await.unwrap();
    helpers::withdraw(&world.app, holder, request.id).await.unwrap();
    let token = world.link("+14165550188", 1).await;
    assert_eq!(refused(approve::see(&world.app, &token).await), ProblemCode::LinkExpired);
}

#[tokio::test]
async fn a_nickname_is_the_accounts_own() {
    let world = World::open().await;
    let mother = world.account(MOTHER).await;
    let line = holds(&world, mother, MINE).await;
    lines::call(&world.app, mother, MINE.id(), "  妈妈的卡 ").await.unwrap();
    let named = lines::mine(&world.app, mother).await.unwrap();
    assert_eq!(named[0].person.nickname, "妈妈的卡");
    let long = lines::call(&world.app, mother, MINE.id(), &"x".repeat(61)).await;
    assert_eq!(refused(long), ProblemCode::FieldInvalid);
    lines::leave(&world.app, line).await.unwrap();
    assert_eq!(lines::mine(&world.app, mother).await.unwrap(), []);
}

/// Places an order on a line, paid by an account or by a guest.
async fn order(world: &World, sample: SampleLine, (payer, seed): (Option<AccountId>, u64)) {
    let catalogue = world.app.store.catalogue();
    let quote = quote(&catalogue, sample.id(), (OWN_BIG, seed), world.app.now());
    let placing = placing(quote, seed);
    let by = placing.payer.clone().map(|kept| Payer { account: payer, ..kept });
    let command = LineCommand::Place(Box::new(PlaceOrder { payer: by, ..placing }));
    run(world, sample, (None, command)).await;
}

async fn run(world: &World, sample: SampleLine, (key, command): (Option<CommandKey>, LineCommand)) {
    let context = Context { now: world.app.now(), actor: Actor::System };
    let line = sample.id();
    world.app.store.run(Envelope { line, key, command, context }).await.unwrap();
}

#[tokio::test]
async fn orders_are_seen_by_who_paid_and_who_holds_the_line() {
    let world = World::open().await;
    let (mother, daughter) = (world.account(MOTHER).await, world.account(DAUGHTER).await);
    let stranger = world.account(STRANGER).await;
    holds(&world, mother, MINE).await;
    for (seed, payer) in [(1, Some(daughter)), (2, None), (3, Some(mother))] {
        order(&world, MINE, (payer, seed)).await;
        world.wait(1);
    }
    order(&world, OTHER, (Some(mother), 4)).await;
    let all = orders::mine(&world.app, mother, None, 10).await.unwrap();
    assert_eq!(all.len(), 4);
    assert!(all.is_sorted_by(|newer, older| newer.id > older.id));
    let first = orders::mine(&world.app, mother, None, 3).await.unwrap();
    let rest = orders::mine(&world.app, mother, Some(first[2].id), 3).await.unwrap();
    assert_eq!([first, rest].concat(), all);
    let hers = orders::mine(&world.app, daughter, None, 10).await.unwrap();
    assert_eq!(hers.len(), 1);
    orders::see(&world.app, daughter, hers[0].id).await.unwrap();
    orders::see(&world.app, mother, hers[0].id).await.unwrap();
    for order in &all {
        let seen = orders::see(&world.app, stranger, order.id).await;
        assert_eq!(refused(seen), ProblemCode::NotFound);
    }
    assert_eq!(orders::mine(&world.app, stranger, None, 10).await.unwrap(), []);
}

#[tokio::test]
async fn a_history_is_whole_however_it_is_paged() {
    let world = World::open().await;
    let mother = world.account(MOTHER).await;
    let permitted = holds(&world, mother, MINE).await;
    for seed in 1..6 {
        order(&world, MINE, (Some(mother), seed)).await;
        let key = CommandKey::of(&["grant", &seed.to_string()]);
        // Two at the same instant as the order.
        run(&world, MINE, (Some(key), grant_data(1_000))).await;
        world.wait(3_600);
    }
    let whole = history(&world.app, permitted, None, 100).await.unwrap();
    assert_eq!(whole.next, None);
    let orders = whole.entries.iter().filter(|one| matches!(one.event, HistoryEvent::Order(_)));
    assert_eq!(orders.count(), 5);
    assert!(whole.entries.len() >= 11, "orders, grants and what the line came with");
    assert!(whole.entries.is_sorted_by(|newer, older| newer.at >= older.at));
    for limit in [1, 2, 3, 7] {
        let mut paged = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let page = history(&world.app, permitted, after, limit).await.unwrap();
            paged.extend(page.entries);
            after = page.next.map(|next| Cursor::parse(&next.to_string()).unwrap());
            if after.is_none() {
                break;
            }
        }
        assert_eq!(paged, whole.entries, "by {limit}");
    }
}
