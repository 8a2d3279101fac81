//! A provider's settlement export against what is kept: every cause is found, and nothing else.

use crate::scene::{LINES, Scene, StoreMaker};
use farline_app::reconcile::{Difference, Export, Summary, paypal, reconcile, stripe};
use farline_domain::commands::{LineCommand, RefundAnswer, Verdict};
use farline_domain::kernel::{Currency, Instant, Money};
use farline_domain::orders::Order;
use farline_domain::payments::{Capture, PaymentMethod};
use farline_testkit::{OWN_BIG, OWN_SMALL, SampleLine};
use std::collections::BTreeMap;

on_every_store! {
    stripe_tells_what_we_know_and_every_difference_is_named
    a_long_export_is_read_in_groups
    paypal_tells_what_we_know_and_every_difference_is_named
}

/// Pays an order at a provider.
async fn captured<M: StoreMaker>(
    scene: &Scene<M>,
    (line, order): (SampleLine, &Order),
    (provider, payment): (&str, &str),
) -> Order {
    let capture = Capture {
        provider: provider.to_owned(),
        payment: payment.to_owned(),
        amount: order.price.total,
        method: PaymentMethod::Credit,
        at: scene.now.get(),
    };
    scene.order(line, LineCommand::Capture(order.id, capture)).await
}

/// Sells a renewal for CAD 33.90.
async fn sold<M: StoreMaker>(scene: &Scene<M>, place: (&str, &str)) -> Order {
    let order = scene.placed(LINES[0], OWN_BIG).await;
    captured(scene, (LINES[0], &order), place).await
}

async fn answered<M: StoreMaker>(scene: &Scene<M>, order: &Order, answer: RefundAnswer) {
    scene.order(LINES[0], LineCommand::RefundAnswered(order.id, 1, answer)).await;
}

fn done(refund: &str) -> RefundAnswer {
    RefundAnswer::Done { refund: refund.to_owned() }
}

/// Pays an order a second time; what is too much goes back.
async fn paid_twice<M: StoreMaker>(scene: &Scene<M>, order: &Order, place: (&str, &str)) {
    captured(scene, (LINES[0], order), place).await;
}

/// Holds an export against a store: each difference in a line, and the sums.
async fn held<M: StoreMaker>(
    scene: &Scene<M>,
    mut export: impl Export,
    period: Option<(Instant, Instant)>,
) -> (Vec<String>, Summary) {
    let mut told = Vec::new();
    let mut each = |difference: &Difference| {
        let row = difference.row.map_or("-".to_owned(), |row| row.to_string());
        let amounts = [difference.theirs, difference.ours];
        let [theirs, ours] =
            amounts.map(|money| money.map_or("-".to_owned(), |it| format!("{it:?}")));
        let (cause, word, id) = (difference.cause.code(), &difference.word, &difference.id);
        let mut line = format!("{cause} {row} {word} {id} {theirs} {ours}");
        if let Some((column, reason)) = &difference.wrong {
            line = format!("{cause} {row} {column}: {reason}");
        }
        told.push(line);
    };
    let summary = reconcile(&scene.store, &mut export, period, &mut each).await.unwrap();
    (told, summary)
}

/// A time as Stripe writes it.
fn utc(at: Instant) -> String {
    at.rfc3339()[..19].replace('T', " ")
}

const STRIPE: &str = "reporting_category,balance_transaction_id,created_utc,currency,gross,fee,net,\
    source_id,payment_intent_id,payment_metadata[farline_order],refund_metadata[farline_refund]\n";

/// A row of Stripe's: category, balance transaction, gross and currency, source, intent, order.
fn row(at: Instant, [category, id, gross, currency, source, intent, order]: [&str; 7]) -> String {
    let at = utc(at);
    format!("{category},{id},{at},{currency},{gross},1.28,0,{source},{intent},{order},\n")
}

/// Sells at Stripe and elsewhere; the orders that the export names.
async fn sold_at_stripe<M: StoreMaker>(scene: &Scene<M>) -> [String; 6] {
    sold(scene, ("stripe", "pi_early")).await;
    let elsewhere = sold(scene, ("sandbox", "pay_other")).await;
    scene.wait(2 * 3600);
    let plain = sold(scene, ("stripe", "pi_plain")).await;
    let twice = sold(scene, ("stripe", "pi_twice")).await;
    paid_twice(scene, &twice, ("stripe", "pi_again")).await;
    answered(scene, &twice, done("re_again")).await;
    let dear = sold(scene, ("stripe", "pi_dear")).await;
    let dollars = sold(scene, ("stripe", "pi_dollars")).await;
    let lacking = sold(scene, ("stripe", "pi_lacking")).await;
    paid_twice(scene, &lacking, ("stripe", "pi_lacking_too")).await;
    answered(scene, &lacking, done("re_lacking")).await;
    // A refund that came back and was tried again.
    let failing = sold(scene, ("stripe", "pi_failing")).await;
    paid_twice(scene, &failing, ("stripe", "pi_failed")).await;
    answered(scene, &failing, done("re_first")).await;
    answered(scene, &failing, RefundAnswer::Failed { reason: "card".to_owned() }).await;
    scene.order(LINES[0], LineCommand::Resolve(failing.id, Verdict::RefundAgain)).await;
    answered(scene, &failing, done("re_second")).await;
    [plain, twice, dear, dollars, failing, elsewhere].map(|order| order.id.to_string())
}

/// What Stripe tells of them, from row 3.
fn told_by_stripe(
    [plain, twice, dear, dollars, failing, elsewhere]: &[String; 6],
    now: Instant,
) -> String {
    let charge = |id, intent, order| ["charge", id, "33.90", "cad", "ch", intent, order];
    let file = [
        charge("txn_1", "pi_plain", plain),
        charge("txn_2", "pi_twice", twice),
        charge("txn_3", "pi_again", twice),
        ["refund", "txn_4", "-33.90", "cad", "re_again", "pi_again", twice],
        ["charge", "txn_5", "33.91", "cad", "ch", "pi_dear", dear],
        ["charge", "txn_6", "33.90", "usd", "ch", "pi_dollars", dollars],
        charge("txn_7", "pi_plain", plain),
        charge("txn_8", "pi_nobody", "another shop's"),
        // An order of ours that was paid elsewhere.
        charge("txn_9", "pay_other", elsewhere),
        ["dispute", "txn_10", "-33.90", "cad", "dp_1", "pi_plain", plain],
        charge("txn_11", "pi_failing", failing),
        charge("txn_12", "pi_failed", failing),
        ["refund", "txn_13", "-33.90", "cad", "re_first", "pi_failed", failing],
        ["refund_failure", "txn_14", "33.90", "cad", "re_first", "pi_failed", failing],
        ["refund", "txn_15", "-33.90", "cad", "re_second", "pi_failed", failing],
        ["payout", "txn_16", "-100.00", "cad", "po_1", "", ""],
        ["gift", "txn_17", "1.00", "cad", "x", "", ""],
        ["charge", "txn_18", "1.234", "cad", "ch", "pi_x", ""],
        ["refund", "txn_19", "33.90", "cad", "re_x", "pi_x", ""],
        ["payout", "txn_16", "-100.00", "cad", "po_1", "", ""],
    ];
    file.map(|cells| row(now, cells)).concat()
}

async fn stripe_tells_what_we_know_and_every_difference_is_named<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let at = scene.now.get();
    let orders = sold_at_stripe(&scene).await;
    let rows = told_by_stripe(&orders, scene.now.get());
    // A first movement two hours earlier, so that the export begins then.
    let first = row(at, ["fee", "txn_0", "-0.20", "cad", "fee_1", "", ""]);
    let text = format!("\u{feff}{STRIPE}{first}{rows}");
    let (told, summary) = held(&scene, stripe::open(text.as_bytes()).unwrap(), None).await;
    let (found, mut ours): (Vec<_>, Vec<_>) =
        told.into_iter().partition(|line| !line.contains(" - "));
    assert_eq!(
        found,
        [
            "amount_differs 7 charge pi_dear 33.91 CAD 33.90 CAD",
            "currency_differs 8 charge pi_dollars 33.90 USD 33.90 CAD",
            "twice 9 charge pi_plain 33.90 CAD -",
            "theirs_only 10 charge pi_nobody 33.90 CAD -",
            "theirs_only 11 charge pay_other 33.90 CAD -",
            "theirs_only 12 dispute txn_10 -33.90 CAD -",
            "unreadable_row 19 reporting_category: “gift” is not a category that is known",
            "unreadable_row 20 gross: “1.234” is not an amount of CAD",
            "unreadable_row 21 gross: a refund does not move this way",
            "twice 22 payout txn_16 -100.00 CAD -",
        ]
    );
    ours.sort();
    assert_eq!(
        ours,
        [
            "export_before - capture pi_early - 33.90 CAD",
            "ours_only - capture pi_lacking - 33.90 CAD",
            "ours_only - capture pi_lacking_too - 33.90 CAD",
            "ours_only - refund re_lacking - 33.90 CAD",
        ]
    );
    assert_eq!((summary.rows, summary.matched, summary.differences()), (21, 9, 13));
    let cad = summary.currencies[&Currency::CAD];
    assert_eq!(cad.captured, Money::cad(3_390 * 8 + 3_391));
    assert_eq!((cad.refunded, cad.returned), (Money::cad(3_390 * 3), Money::cad(3_390)));
    assert_eq!((cad.disputed, cad.fees), (Money::cad(-3_390), Money::cad(128 * 14)));
    assert_eq!(summary.apart[&(Currency::CAD, "payout".to_owned())].rows, 2);
    // Whoever says of which time the export is hears what the time before has, too.
    let (told, summary) = held(
        &scene,
        stripe::open(STRIPE.as_bytes()).unwrap(),
        Some((at.plus_seconds(-7200), scene.now.get().plus_seconds(1))),
    )
    .await;
    assert_eq!((summary.rows, told.len()), (0, 13));
    assert!(told.iter().all(|line| line.starts_with("ours_only")), "{told:?}");
}

async fn a_long_export_is_read_in_groups<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    let at = scene.now.get();
    let order = scene.placed(LINES[1], OWN_SMALL).await;
    captured(&scene, (LINES[1], &order), ("stripe", "pi_1")).await;
    let order = order.id.to_string();
    let known = row(at, ["charge", "txn", "11.30", "cad", "ch", "pi_1", &order]);
    let mut text = format!("{STRIPE}{known}");
    for number in 0..2_500 {
        let (id, intent) = (format!("txn_{number}"), format!("pi_{number}_x"));
        text += &row(at, ["charge", &id, "11.30", "cad", "ch", &intent, &order]);
    }
    text += &known;
    let (told, summary) = held(&scene, stripe::open(text.as_bytes()).unwrap(), None).await;
    assert_eq!((summary.rows, summary.matched), (2_502, 1));
    let causes: BTreeMap<&str, u64> =
        summary.causes.iter().map(|(cause, count)| (cause.code(), *count)).collect();
    assert_eq!(causes, BTreeMap::from([("theirs_only", 2_500), ("twice", 1)]));
    assert_eq!(told.last().unwrap(), "twice 2503 charge pi_1 11.30 CAD -");
}

/// PayPal's columns, in another order than it writes them, with the second space that it writes.
const PAYPAL: &str = "\"CH\",\"Invoice ID\",\"Transaction ID\",\"PayPal Reference ID\",\
    \"PayPal Reference ID Type\",\"Transaction Event Code\",\"Transaction Initiation Date\",\
    \"Transaction  Debit or Credit\",\"Gross Transaction Amount\",\"Gross Transaction Currency\",\
    \"Fee Debit or Credit\",\"Fee Amount\",\"Fee Currency\",\"Custom Field\"\n";

async fn paypal_tells_what_we_know_and_every_difference_is_named<M: StoreMaker>() {
    let scene = Scene::<M>::open().await;
    scene.wait(3600);
    let plain = sold(&scene, ("paypal", "5O1")).await;
    paid_twice(&scene, &plain, ("paypal", "5O2")).await;
    answered(&scene, &plain, done("1JU")).await;
    let lacking = sold(&scene, ("paypal", "5O3")).await;
    let (plain, key) = (plain.id.to_string(), format!("{}-refund-1-1", plain.id));
    // Noon in Toronto is nine in the morning in Los Angeles.
    let body = |[invoice, id, of, code, side, gross, fee, custom]: [&str; 8]| {
        let fee_side = if fee.is_empty() { "" } else { "DR" };
        let at = "2026/11/22 10:00:00 -0800";
        format!(
            "\"SB\",\"{invoice}\",\"{id}\",\"{of}\",\"TXN\",\"{code}\",{at},\"{side}\",{gross},\"CAD\",\
            \"{fee_side}\",{fee},\"CAD\",\"{custom}\"\n"
        )
    };
    let rows = [
        [&plain, "5O1", "", "T0006", "CR", "3390", "128", &plain],
        [&plain, "5O2", "", "T0006", "CR", "3390", "128", &plain],
        ["", "1JU", "5O2", "T1107", "DR", "3390", "", &key],
        ["", "9XX", "", "T0011", "CR", "500", "30", "a gift"],
        ["", "8XX", "5O1", "T1201", "DR", "3390", "2000", ""],
        ["", "7XX", "", "T0400", "DR", "10000", "", ""],
        [&plain, "6XX", "", "T0006", "CR", "33.90", "", &plain],
        [&plain, "6XX", "", "0006", "CR", "3390", "", &plain],
        [&plain, "6XX", "", "T0006", "XX", "3390", "", &plain],
    ];
    let text = format!(
        "\u{feff}\"RH\",2026/11/23 02:44:19 -0800,\"A\",\"ACCOUNT\",011,\n\"FH\",01\n\
        \"SH\",2026/11/22 00:00:00 -0800,2026/11/22 23:59:59 -0800,\"ACCOUNT\",\"\"\n\
        {PAYPAL}{}\"SF\",\"CAD\",6780,3390\n\"SC\",9\n\"XX\",1\n\"RC\",9\n\"FF\",9\n",
        rows.map(body).concat()
    );
    let (told, summary) = held(&scene, paypal::open(text.as_bytes()).unwrap(), None).await;
    assert_eq!(
        told,
        [
            "theirs_only 8 T0011 9XX 5.00 CAD -",
            "theirs_only 9 T1201 8XX -33.90 CAD -",
            "unreadable_row 11 Gross Transaction Amount: “33.90” is not a number of minor units",
            "unreadable_row 12 Transaction Event Code: “0006” is not an event code",
            "unreadable_row 13 Transaction Debit or Credit: “XX” is neither CR nor DR",
            "unreadable_row 16 CH: “XX” is not a kind of row (RH, FH, SH, CH, SB, SF, SC, RF, RC)",
            "ours_only - capture 5O3 - 33.90 CAD",
        ]
    );
    assert_eq!((summary.rows, summary.matched, summary.differences()), (10, 3, 7));
    let cad = summary.currencies[&Currency::CAD];
    assert_eq!((cad.captured, cad.refunded), (Money::cad(7_280), Money::cad(3_390)));
    assert_eq!((cad.disputed, cad.fees), (Money::cad(-3_390), Money::cad(2_286)));
    assert_eq!(summary.apart[&(Currency::CAD, "T0400".to_owned())].gross, Money::cad(-10_000));
    assert_eq!(lacking.refunds, []);
}

#[test]
fn what_is_no_export_is_said() {
    let stripe = |text: &'static str| stripe::open(text.as_bytes()).map(|_| ()).unwrap_err().0;
    assert!(stripe("").contains("empty"));
    let header = "balance_transaction_id,created_utc,reporting_category,Currency,gross,fee,net,\
        source_id,payment_intent_id,order\n";
    let said = stripe(header);
    assert!(said.contains("no column “payment_metadata[farline_order]”"), "{said}");
    assert!(said.contains("“payment_intent_id” and “order”"), "{said}");
    let paypal = |text: &'static str| {
        let mut lines = paypal::open(text.as_bytes()).unwrap();
        lines.find_map(Result::err).unwrap().0
    };
    assert!(paypal("").contains("CH"));
    assert!(paypal("\"RH\",1\n\"SB\",\"5O1\"\n").contains("row 2"));
    let said = paypal("\"RH\",1\n\"CH\",\"Transaction ID\",\"Invoice ID\"\n");
    assert!(said.contains("row 2: there is no column “PayPal Reference ID”"), "{said}");
}
