//! The money entries of some time, read through in parts.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::ports::ledger::Movement;
use farline_app::ports::{Catalogues as _, Ledger};
use farline_app::reports;
use farline_domain::catalog::{Levy, LevyDuty, PlanCode, Tax, TaxKind, Taxes, price};
use farline_domain::commands::{DeliveryAnswer, LineCommand, RefundAnswer, RefundByHand};
use farline_domain::kernel::{Instant, Money, OrderId, Province, Rate};
use farline_domain::ledger::{EntrySetKind, TaxBooks};
use farline_domain::orders::{DeliveryRefusal, Order};
use farline_domain::payments::RefundTo;
use farline_testkit::{OWN_BIG, OWN_SMALL, SUPPLIED_MONTH, SampleLine, noon, today};
use jiff::civil::date;
use std::collections::BTreeSet;

on_every_store! {
    every_movement_of_some_time_is_given_once
    orders_are_read_together
    tax_is_due_on_what_was_delivered_and_not_taken_back
}

/// All movements of a time, so many rows at once.
async fn read(ledger: &dyn Ledger, span: (Instant, Instant), rows: u32) -> Vec<Movement> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let next = ledger.movements(span, last, rows).await.unwrap();
        let Some(end) = next.last() else { return all };
        last = Some(end.place);
        all.extend(next);
    }
}

async fn every_movement_of_some_time_is_given_once<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let from = scene.now.get();
    let mut paid = Money::cad(0);
    // Own lines deliver with the payment; the supplier's waits.
    for (line, plan) in [(LINES[0], OWN_BIG), (LINES[1], OWN_BIG), (LINES[2], SUPPLIED_MONTH)] {
        let order = scene.paid(line, plan).await;
        paid = paid.plus(order.price.total).unwrap();
    }
    let noon = from.plus_seconds(1);
    scene.now.set(noon);
    let placed = scene.placed(LINES[0], OWN_BIG).await;
    scene.order(LINES[0], LineCommand::Cancel(placed.id)).await;
    let store = &scene.store;
    let span = (from, noon.plus_seconds(1));
    let all = read(store, span, 1000).await;
    let kinds = |kind| all.iter().filter(|movement| movement.kind == kind).count();
    assert_eq!((kinds(EntrySetKind::Capture), kinds(EntrySetKind::Deliver)), (3, 2));
    let places: BTreeSet<_> = all.iter().map(|movement| movement.place).collect();
    for rows in [1, 2, 3] {
        assert_eq!(read(store, span, rows).await, all, "{rows} rows at once");
    }
    assert_eq!(places.len(), 3, "a payment and its delivery are of one command");
    assert_eq!(read(store, (from, from), 10).await, []);
    assert_eq!(read(store, (from.plus_seconds(-9), from), 10).await, []);

    let mut seen = 0;
    let flows = reports::money(store, span, |_| seen += 1).await.unwrap();
    let (_, day) = flows.currencies().next().unwrap();
    assert_eq!((seen, day.all_taken().unwrap()), (5, paid));
    assert_eq!(day.delivered.plus(day.held).unwrap(), paid);
    assert!(day.held.minor > 0 && day.delivered.minor > 0, "{day:?}");
    assert_eq!(day.difference().unwrap(), Money::cad(0));
}

async fn orders_are_read_together<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let mut ids = Vec::new();
    for line in LINES {
        ids.push(scene.placed(line, OWN_SMALL).await.id);
    }
    let unknown = OrderId::mint(noon(), LINES[0].id().cell(), 4_242);
    let found = |wanted: Vec<OrderId>| {
        let store = &scene.store;
        async move {
            let orders = store.orders_of(&wanted).await.unwrap();
            orders.into_iter().map(|order| order.id).collect::<BTreeSet<_>>()
        }
    };
    assert_eq!(found(ids.clone()).await, ids.iter().copied().collect());
    assert_eq!(found(vec![ids[2], unknown]).await, BTreeSet::from([ids[2]]));
    assert_eq!(found(Vec::new()).await, BTreeSet::new());
}

/// Taxes of three provinces: Quebec's is computed on the price without GST, Alberta's levy is not taxed, Newfoundland's is.
fn taxes() -> Taxes {
    let tax = |(province, kind, ppm)| Tax {
        province,
        kind,
        rate: Rate { ppm },
        valid_from: date(2010, 7, 1),
        valid_until: None,
    };
    let levy = |(province, minor, taxable)| Levy {
        province,
        amount: Money::cad(minor),
        taxable,
        valid_from: date(2021, 9, 1),
        valid_until: None,
        legal_reference: "test".to_owned(),
    };
    let taxes = [
        (Province::On, TaxKind::Hst, 130_000),
        (Province::Qc, TaxKind::Gst, 50_000),
        (Province::Qc, TaxKind::Qst, 99_750),
        (Province::Ab, TaxKind::Gst, 50_000),
        (Province::Nl, TaxKind::Hst, 150_000),
    ];
    let levies = [(Province::Ab, 95, false), (Province::Nl, 75, true)];
    Taxes { taxes: taxes.map(tax).to_vec(), levies: levies.map(levy).to_vec() }
}

/// Sells a plan in a province and takes the money.
async fn sold<M: StoreMaker>(
    scene: &Scene<M>,
    (line, plan): (SampleLine, &str),
    province: Province,
) -> Order {
    let LineCommand::Place(mut placing) = scene.place(line, plan) else { unreachable!() };
    let catalogue = scene.store.catalogue();
    let plan = &catalogue.plans[&PlanCode::parse(plan).unwrap()];
    let duty = (&taxes(), LevyDuty::Collected);
    placing.quote.price = price(plan, &[], duty, province, today()).unwrap();
    let order = scene.order(line, LineCommand::Place(placing)).await;
    let payment = format!("pay-{}", order.id);
    scene.order(line, scene.capture(&order, &payment)).await
}

/// The taxes of some time: what they are due on, how much, and what was posted otherwise.
async fn books<M: StoreMaker>(
    scene: &Scene<M>,
    span: (Instant, Instant),
) -> (TaxBooks, Vec<String>) {
    let mut odd = 0;
    let books = reports::tax(&scene.store, span, |_, is_same| odd += i32::from(!is_same)).await;
    let books = books.unwrap();
    assert_eq!(odd, 0, "every movement posts the taxes of its order's price");
    let told = books.taxes().map(|(of, sums)| {
        assert_eq!(sums.difference().unwrap(), Money::cad(0), "{of:?}");
        let (base, tax) = (sums.base().unwrap().minor, sums.tax().unwrap().minor);
        format!("{} {} {base} {tax}", of.province.code(), of.kind.code())
    });
    let told = told.collect();
    (books, told)
}

async fn tax_is_due_on_what_was_delivered_and_not_taken_back<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let morning = scene.now.get();
    // Sold and kept; one of them paid twice, which is taxed once.
    let twice = sold(&scene, (LINES[0], OWN_BIG), Province::Qc).await;
    scene.order(LINES[0], scene.capture(&twice, "again")).await;
    scene.order(LINES[0], LineCommand::RefundAnswered(twice.id, 1, done("re-1"))).await;
    sold(&scene, (LINES[0], OWN_SMALL), Province::Ab).await;
    sold(&scene, (LINES[1], OWN_SMALL), Province::Nl).await;
    // Refused by the supplier and given back: never taxed.
    let refused = sold(&scene, (LINES[2], SUPPLIED_MONTH), Province::On).await;
    let no = DeliveryAnswer::Refused(DeliveryRefusal::NumberNotAccepted);
    scene.answered(LINES[2], refused.id, no).await;
    scene.order(LINES[2], LineCommand::RefundAnswered(refused.id, 1, done("re-2"))).await;
    // Delivered by the supplier, given back out of kindness: the tax stays.
    let yes = || DeliveryAnswer::Delivered { supplier_reference: None };
    let kept = sold(&scene, (LINES[2], SUPPLIED_MONTH), Province::On).await;
    scene.answered(LINES[2], kept.id, yes()).await;
    let kindness =
        RefundByHand { key: "k".to_owned(), amount: None, to: RefundTo::Source, limit: None };
    scene.order(LINES[2], LineCommand::Refund(kept.id, kindness)).await;
    scene.order(LINES[2], LineCommand::RefundAnswered(kept.id, 1, done("re-3"))).await;
    // Delivered, and taken back on the next day.
    let wrong = sold(&scene, (LINES[1], OWN_BIG), Province::Qc).await;
    let sales = ["AB GST 1000 50", "NL HST 1075 161", "ON HST 2000 260"];
    let quebec = ["QC GST 6000 300", "QC QST 6000 598"];
    let evening = morning.plus_seconds(1);
    let (day, told) = books(&scene, (morning, evening)).await;
    assert_eq!(told, [&sales[..], &quebec[..]].concat());
    assert_eq!(day.lost().collect::<Vec<_>>(), [kept.price.total]);

    scene.wait(20 * 3600);
    let next = scene.now.get();
    scene.order(LINES[1], LineCommand::WrongNumber(wrong.id)).await;
    scene.order(LINES[1], LineCommand::RefundAnswered(wrong.id, 1, done("re-4"))).await;
    // The supplier takes back what had gone back already: no loss any more, and no tax.
    scene.answered(LINES[2], kept.id, DeliveryAnswer::Reversed).await;
    let (day, told) = books(&scene, (next, next.plus_seconds(1))).await;
    assert_eq!(told, ["ON HST -2000 -260", "QC GST -3000 -150", "QC QST -3000 -299"]);
    assert_eq!(day.lost().collect::<Vec<_>>(), [kept.price.total.negated().unwrap()]);
    let (both, told) = books(&scene, (morning, next.plus_seconds(1))).await;
    let rest = ["QC GST 3000 150", "QC QST 3000 299"];
    assert_eq!(told, [&sales[..2], &["ON HST 0 0"], &rest[..]].concat());
    assert_eq!(both.lost().count(), 0);
    scene.assert_sound().await;
}

fn done(refund: &str) -> RefundAnswer {
    RefundAnswer::Done { refund: refund.to_owned() }
}
