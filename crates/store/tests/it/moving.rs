//! Moving house: from every kind of store into every kind, with a proof, or not at all.

use crate::accounts::{asked, change, code, open, request, session};
use crate::scene::{LINES, Place, Postgres, Scene, Sqlite, StoreMaker, event, start};
use crate::{
    auto_renew, by_hand, comparison, hotline, marketing, partners, plan_sales, reminders, shops,
    staff, voice, vouchers,
};
use farline_app::ports::accounts::AccountChange;
use farline_app::ports::records::{Contact, Limit, NoticeRecord, RequestKey};
use farline_app::ports::{
    Accounts as _, AutoRenews as _, Catalogues, Contacts, Jobs, Limits, Lines, Methods as _,
    Orders, Quotes, Requests, Settings,
};
use farline_domain::accounts::{LineRequest, RequestKind, RequestState};
use farline_domain::catalog::{PlanCode, Promotion, PromotionCode, Reduction};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::{CommandKey, Instant, LineNumber, Money, OrderId, Units};
use farline_domain::notices::{Medium, NoticeReason};
use farline_store::moving::{
    Exporting, MovingError, Origin, Proof, Writers, check_file, read_header,
};
use farline_store::{Database, OpenMode, SqliteStore};
use farline_testkit::{
    OWN, OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, SampleLine, grant_data, new_line, noon, quote,
};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

on_every_store! {
    a_house_moves_to_sqlite
    a_house_moves_to_postgresql
    a_database_with_anything_in_it_is_refused
    a_file_that_is_not_whole_leaves_nothing
    what_arrives_must_be_what_was_counted
    a_move_broken_off_leaves_nothing_and_is_done_again
}

/// A store with a row in every table that anything is ever written to.
async fn lived_in<M: StoreMaker>() -> Scene<M> {
    let scene = Scene::<M>::open().await;
    let (store, now) = (&scene.store, noon());
    let [a, b, supplied] = LINES;
    // Past a mark, which the worker then notes.
    scene.answer(a, event("s2", 700_000_000)).await;
    scene.work_on(a).await;
    let mut catalogue = (*store.catalogue()).clone();
    let plan = catalogue.plans[&PlanCode::parse(OWN_BIG).unwrap()].clone();
    let promotion = Promotion {
        reduction: Some(Reduction::Amount(Money::cad(500))),
        plans: vec![plan.code],
        ..Promotion::new(
            PromotionCode::parse("autumn").unwrap(),
            plan.name.clone(),
            (date(2026, 11, 1), date(2026, 12, 1)),
        )
    };
    catalogue.promotions.insert(promotion.code.clone(), promotion);
    store.publish(catalogue, now).await.unwrap();
    let holder = open(store, 1, "持卡人@example.org").await;
    let helper = open(store, 2, "b@example.org").await;
    change(store, holder, AccountChange::SignIn(session(1))).await;
    change(store, holder, AccountChange::Hold(a.id())).await;
    change(store, helper, AccountChange::CallLine(a.id(), "妈妈 “Mère”\n\\".to_owned())).await;
    let asking = request(5, a.id(), helper, RequestKind::HelpWithLine);
    change(store, helper, asked(asking)).await;
    let answered = LineRequest { state: RequestState::Approved, ..asking };
    let answer = AccountChange::Answer { request: answered, helper: Some(helper) };
    change(store, helper, answer).await;
    change(store, helper, asked(request(6, a.id(), helper, RequestKind::HelpWithLine))).await;
    store.keep_code(code(1, now.plus_seconds(600)), now).await.unwrap();

    let LineCommand::Place(mut placing) = scene.place(a, OWN_BIG) else { panic!("no order") };
    placing.payer.as_mut().unwrap().account = Some(holder);
    let payer = placing.payer.as_ref().unwrap().contact;
    let order = scene.order(a, LineCommand::Place(placing)).await;
    scene.order(a, scene.capture(&order, "pay-1")).await;
    let contact = Contact { email: Some("payer@example.org".to_owned()), phone: None };
    store.put_contact(payer, &contact).await.unwrap();
    store.keep_pdf(order.id, (0..=255).collect()).await.unwrap();
    scene.placed(a, OWN_SMALL).await;
    scene.placed_holding(b, OWN_SMALL).await;
    scene.charge(a, ("s1", start(1000))).await;
    let key = CommandKey::of(&["a", "key"]);
    scene.keyed(b.id(), Some(key), grant_data(1000)).await;
    let wrong = scene.paid(b, OWN_BIG).await;
    scene.order(b, LineCommand::WrongNumber(wrong.id)).await;
    let first = scene.placed(supplied, SUPPLIED_MONTH).await;
    scene.order(supplied, scene.capture(&first, "p1")).await;

    let key = RequestKey { scope: "guest", key: "k-1", body_hash: [1; 32] };
    store.claim(key, [1; 16], now).await.unwrap();
    store.answer(key, 201, "{}").await.unwrap();
    let limit = Limit { name: "look-up", subject: "someone", most: 5, window_seconds: 600 };
    store.hit(limit, now).await.unwrap();
    store.note_event("sandbox", "evt_1", now).await.unwrap();
    store.put_setting("a name", "a value").await.unwrap();
    store.put_quote(&quote(&store.catalogue(), a.id(), (OWN_BIG, 900), now)).await.unwrap();
    store.record_notice(&notice(order.id, now)).await.unwrap();
    auto_renew::agreed(&scene, b, holder).await;
    store.record_auto_renew_notice(&auto_renew::told(b, now)).await.unwrap();
    store.keep_method(&auto_renew::method(holder, 1)).await.unwrap();
    hotline::called(store, a).await;
    staff::at_work(store, a.id()).await;
    plan_sales::changed(store, staff::id(1)).await;
    by_hand::claimed(&scene, &order).await;
    tokio::join!(voice::heard(store, a, now), reminders::told(store, a.id(), holder));
    tokio::join!(comparison::listed(store), marketing::chosen(store, holder));
    tokio::join!(partners::told(store), shops::read(store, now), vouchers::made(store, now));
    scene.assert_sound().await;
    scene
}

fn notice(order: OrderId, at: Instant) -> NoticeRecord {
    NoticeRecord {
        key: "a key".to_owned(),
        order,
        reason: NoticeReason::Delivered,
        medium: Medium::Email,
        provider_id: Some("smtp-1".to_owned()),
        failure: None,
        ambiguous: 0,
        at,
    }
}

fn origin() -> Origin {
    Origin {
        program: "0.1.0".to_owned(),
        exported_at: "2026-11-28T12:00:00Z".to_owned(),
        keys: BTreeMap::from([("secrets.key".to_owned(), "00ff".to_owned())]),
        beside: vec!["sandbox.jsonl".to_owned()],
    }
}

async fn export_beside(
    store: &impl Database,
    file: &Path,
    writers: Writers,
) -> Result<(Proof, String), MovingError> {
    let wanted = Exporting { file: file.to_owned(), origin: origin(), writers, now: noon() };
    store.export(wanted, Box::new(|_| {})).await
}

async fn export(store: &impl Database, file: &Path) -> Proof {
    export_beside(store, file, Writers::Allowed).await.unwrap().0
}

async fn import(store: &impl Database, file: &Path) -> Result<Proof, MovingError> {
    let checked = check_file(file, &(Box::new(|_| {}) as _))?;
    store.take_in(checked, noon(), Box::new(|_| {})).await
}

/// An empty store of a kind in a place of its own.
async fn empty<M: StoreMaker>() -> (Place, M::Store) {
    let place = Place::of::<M>();
    let store = M::open(place.path()).await;
    (place, store)
}

/// A file of a lived-in store.
async fn a_file<M: StoreMaker>() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house");
    export(&lived_in::<M>().await.store, &file).await;
    (folder, file)
}

/// Every row of every moved table in a PostgreSQL database, with its cell.
fn rows_of(folder: &Path) -> String {
    let tables = "SELECT string_agg(format('SELECT ''%1$s'' || t::text FROM %1$I t', tablename), \
        ' UNION ALL ' ORDER BY tablename) FROM pg_tables WHERE schemaname = 'public' \
        AND tablename NOT IN ('refinery_schema_history', 'lease_holders', 'cell_leases')";
    let all = Postgres::superuser(folder, tables);
    Postgres::superuser(folder, &format!("SELECT * FROM ({all}) rows (r) ORDER BY r COLLATE \"C\""))
}

/// From one kind into another and back: the same proof, and octet by octet the same file.
async fn moves<From: StoreMaker, To: StoreMaker>() {
    let scene = lived_in::<From>().await;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let octets = |name: &str| std::fs::read(file(name)).unwrap();
    let proof = export(&scene.store, &file("out")).await;
    // A table without rows would show nothing.
    let empty_tables = proof.tables.iter().filter(|(_, counted)| counted.rows == 0);
    assert_eq!(empty_tables.map(|(table, _)| table.as_str()).collect::<Vec<_>>(), [""; 0]);
    assert!(proof.money.iter().all(|sum| sum.unit == "CAD" && sum.total > 0));
    assert!(proof.units.iter().any(|sum| sum.of == "reserved" && sum.total == 1000));
    assert_eq!(proof.chains["lines"].rows, 3);

    let (place, store) = empty::<To>().await;
    assert_eq!(import(&store, &file("out")).await.unwrap(), proof);
    drop(store);
    let there = Scene::<To>::reopened(place).await;
    there.assert_sound().await;
    assert_eq!(export(&there.store, &file("there")).await, proof);
    assert!(octets("there") == octets("out"), "the two databases write one file");

    let (place, store) = empty::<From>().await;
    assert_eq!(import(&store, &file("there")).await.unwrap(), proof);
    drop(store);
    let back = Scene::<From>::reopened(place).await;
    assert_eq!(export(&back.store, &file("back")).await, proof);
    assert!(octets("back") == octets("out"));
    if From::NAME == Postgres::NAME {
        // Cells that the file does not have are those that the ports themselves had written.
        assert_eq!(rows_of(back.folder.path()), rows_of(scene.folder.path()));
    }
    // Whoever lives there goes on where they were: found by every directory, with all their keys.
    lives_on(&there).await;
    lives_on(&back).await;
}

async fn lives_on<M: StoreMaker>(scene: &Scene<M>) {
    let (store, [a, b, _]) = (&scene.store, LINES);
    let line = store.line(a.id()).await.unwrap().unwrap().line;
    let by_number = LineNumber::Msisdn(line.msisdn.clone().unwrap());
    assert_eq!(store.find_line(&by_number).await.unwrap(), Some(a.id()));
    assert_eq!(store.find_line(&LineNumber::Iccid(line.iccid)).await.unwrap(), Some(a.id()));
    let holder = store.account_at(&[1; 32]).await.unwrap().unwrap();
    assert!(store.session(&[1; 32]).await.unwrap().is_some());
    let orders = store.orders_of_account(holder, None, 10).await.unwrap();
    let order = store.order_by_reference(&orders[0].reference).await.unwrap().unwrap();
    assert_eq!(order.id, orders[0].id);
    assert_eq!(store.keep_pdf(order.id, vec![1]).await.unwrap().len(), 256);
    assert!(!store.note_event("sandbox", "evt_1", noon()).await.unwrap());
    // A payment that was seen is seen, and a new renewal is sold.
    scene.order(a, scene.capture(&order, "pay-1")).await;
    let ended = scene.charge(a, ("s1", crate::scene::end(400))).await;
    assert!(ended.left > Units::ZERO);
    scene.paid(b, OWN_SMALL).await;
    scene.assert_sound().await;
}

async fn a_house_moves_to_sqlite<M: StoreMaker>() {
    moves::<M, Sqlite>().await;
}

async fn a_house_moves_to_postgresql<M: StoreMaker>() {
    moves::<M, Postgres>().await;
}

async fn a_database_with_anything_in_it_is_refused<M: StoreMaker>() {
    let (_folder, file) = a_file::<Sqlite>().await;
    let (_place, store) = empty::<M>().await;
    store.put_setting("a name", "a value").await.unwrap();
    let refused = import(&store, &file).await.unwrap_err().to_string();
    assert!(refused.contains("not empty (settings has 1)"), "{refused}");
    assert_eq!(store.count_lines().await.unwrap(), 0);
    let scene = Scene::<M>::open().await;
    let refused = import(&scene.store, &file).await.unwrap_err().to_string();
    assert!(refused.contains("not empty"), "{refused}");
    assert_eq!(scene.store.count_lines().await.unwrap(), 3);
    scene.assert_sound().await;
}

/// Nothing is there, and a whole file is taken.
async fn takes_a_whole_file(store: &impl Database, file: &Path) {
    assert_eq!(store.count_lines().await.unwrap(), 0);
    import(store, file).await.unwrap();
    assert_eq!(store.violations().await.unwrap(), []);
}

async fn a_file_that_is_not_whole_leaves_nothing<M: StoreMaker>() {
    let (folder, file) = a_file::<M>().await;
    let whole = std::fs::read(&file).unwrap();
    let (_place, store) = empty::<M>().await;
    let broken = folder.path().join("broken");
    // Also when it was whole at the first look and is not any more at the second.
    let checked = check_file(&file, &(Box::new(|_| {}) as _)).unwrap();
    let half = whole.len() / 2;
    let mut altered = whole.clone();
    // In what a row holds: a table's own words would be refused for another reason.
    let held = whole.windows(5).position(|five| five == b"payer").unwrap();
    altered[held] ^= 1;
    for (octets, why) in [
        (&whole[..half], "cut short: it ends after octet"),
        (&whole[..whole.len() - 1], "cut short: it ends after octet"),
        (&altered[..], "altered or damaged between octet"),
    ] {
        std::fs::write(&broken, octets).unwrap();
        let refused = import(&store, &broken).await.unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
        let mut unseen = checked.clone();
        unseen.path.clone_from(&broken);
        let refused = store.take_in(unseen, noon(), Box::new(|_| {})).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{refused}");
    }
    let text = String::from_utf8(whole).unwrap();
    let newer = text.replacen("\"schema\":", "\"schema\":9", 1);
    std::fs::write(&broken, &newer).unwrap();
    let mut unseen = checked;
    unseen.path.clone_from(&broken);
    unseen.header = read_header(&broken).unwrap();
    let refused = store.take_in(unseen, noon(), Box::new(|_| {})).await.unwrap_err().to_string();
    assert!(refused.contains("the file is of schema 9"), "{refused}");
    std::fs::write(&broken, text.replacen("\"format\":1", "\"format\":2", 1)).unwrap();
    let refused = import(&store, &broken).await.unwrap_err().to_string();
    assert!(refused.contains("it is written in format 2"), "{refused}");
    for other in ["", "{}\n", "farline", "[1]\n"] {
        std::fs::write(&broken, other).unwrap();
        let refused = import(&store, &broken).await.unwrap_err().to_string();
        assert!(refused.contains("not an installation written by"), "{refused}");
    }
    takes_a_whole_file(&store, &file).await;
}

async fn what_arrives_must_be_what_was_counted<M: StoreMaker>() {
    let (_folder, file) = a_file::<M>().await;
    let (_place, store) = empty::<M>().await;
    let checked = check_file(&file, &(Box::new(|_| {}) as _)).unwrap();
    let mut others = vec![checked.clone(); 4];
    others[0].proof.tables.get_mut("lines").unwrap().rows += 1;
    others[1].proof.money[0].total += 1;
    others[2].proof.units[0].rows -= 1;
    others[3].proof.chains.get_mut("lines").unwrap().digest = "0".repeat(64);
    for other in others {
        let said = other.proof.clone();
        match store.take_in(other, noon(), Box::new(|_| {})).await {
            Err(MovingError::Differs(found)) => {
                assert_eq!((found.said, &found.arrived), (said, &checked.proof));
            }
            other => panic!("{other:?}"),
        }
    }
    takes_a_whole_file(&store, &file).await;
}

async fn a_move_broken_off_leaves_nothing_and_is_done_again<M: StoreMaker>() {
    let (_folder, file) = a_file::<M>().await;
    let (place, store) = empty::<M>().await;
    let checked = check_file(&file, &(Box::new(|_| {}) as _)).unwrap();
    // Ended from within, after some rows, as a killed program would end.
    let tell = |rows: u64| assert!(rows < 40, "a planted panic");
    let broken = tokio::spawn({
        let checked = checked.clone();
        async move {
            let ended = store.take_in(checked, noon(), Box::new(tell)).await;
            (ended.is_err(), store)
        }
    });
    let store = match broken.await {
        Ok((is_error, store)) => {
            assert!(is_error);
            store
        }
        Err(_) => M::open(place.path()).await,
    };
    takes_a_whole_file(&store, &file).await;
}

#[tokio::test]
async fn whoever_writes_is_not_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house");
    let scene = lived_in::<Sqlite>().await;
    let reader = SqliteStore::open(scene.store.path(), OpenMode::ReadOnly).unwrap();
    let refused = export_beside(&reader, &file, Writers::Refused).await.unwrap_err().to_string();
    assert!(refused.contains("another process has this data folder open"), "{refused}");
    let place = scene.close();
    export_beside(&reader, &file, Writers::Refused).await.unwrap();
    // A file is never written over, and there is never a part of one under its name.
    let again = export_beside(&reader, &file, Writers::Refused).await.unwrap_err().to_string();
    assert!(again.contains("there is a file of this name already"), "{again}");
    drop((reader, place));

    let scene = lived_in::<Postgres>().await;
    let other = folder.path().join("other");
    // Work was taken, as a running server does.
    scene.store.due_jobs(noon(), 1).await.unwrap();
    let refused = export_beside(&scene.store, &other, Writers::Refused).await.unwrap_err();
    assert!(refused.to_string().contains("1 running programs share this database"), "{refused}");
    assert!(!other.exists());
    export_beside(&scene.store, &other, Writers::Allowed).await.unwrap();
    scene.store.retire().await.unwrap();
    std::fs::remove_file(&other).unwrap();
    export_beside(&scene.store, &other, Writers::Refused).await.unwrap();
    let rest: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(rest.len(), 2, "{rest:?}");
}

#[tokio::test]
async fn everything_that_is_altered_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house");
    let scene = Scene::<Sqlite>::open().await;
    export(&scene.store, &file).await;
    let whole = std::fs::read(&file).unwrap();
    let altered = folder.path().join("altered");
    let tell = Box::new(|_| {}) as farline_store::moving::Tell;
    check_file(&file, &tell).unwrap();
    // Octets everywhere, each in another way; those of the first and last lines all.
    let (head, tail) = (200, whole.len() - 200);
    let places = (0..head).chain((head..tail).step_by(53)).chain(tail..whole.len());
    for place in places {
        let mut octets = whole.clone();
        octets[place] ^= 1 << (place % 8);
        std::fs::write(&altered, octets).unwrap();
        let refused = check_file(&altered, &tell);
        assert!(refused.is_err(), "octet {place} was altered and nobody saw it");
    }
    for more in ["\n", "[1]\n", "{}"] {
        std::fs::write(&altered, [&whole, more.as_bytes()].concat()).unwrap();
        let refused = check_file(&altered, &tell).unwrap_err().to_string();
        assert!(refused.contains("something follows its end"), "{refused}");
    }
}

/// Many rows pass in little memory: whole blocks, cut where they end, and long texts.
#[tokio::test]
async fn many_rows_pass() {
    let scene = Scene::<Sqlite>::open().await;
    let sample = |index| new_line(SampleLine { operator: OWN, index });
    let rows = (2..).zip((10..3010).map(sample)).map(Ok);
    scene.store.import_lines(Box::new(rows), Box::new(|_| {})).await.unwrap();
    for number in 0..3 {
        let long = "长".repeat(500_000);
        scene.store.put_setting(&format!("long-{number}"), &long).await.unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("house");
    let proof = export(&scene.store, &file).await;
    let (_place, store) = empty::<Postgres>().await;
    assert_eq!(import(&store, &file).await.unwrap(), proof);
    assert_eq!(store.count_lines().await.unwrap(), 3003);
}
