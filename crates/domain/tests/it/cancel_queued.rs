//! A plan that waits behind the one that runs, given back before its first day: as scripts, read as those of `orders`.
//!
//! The line's plan runs until November 30, 2026; what is queued on November 22 starts on December 1.

use crate::orders::{check, given, step};

#[test]
fn what_waits_goes_back_whole_and_the_line_is_as_it_was() {
    check("
        own | place queue | capture 3390 credit | cancel-queued | cancel-queued | refund 1 done | cancel-queued
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 CancelledBeforeStart done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-11-30");
    // Paid from the line's credit, it is credit again; by hand, a hand gives it back.
    check("
        own | credit 5000 | place queue with-credit | cancel-queued | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 CancelledBeforeStart done
        money nothing
        left credit 1610 of 5000, data 0 of 2000MB, credit 3390 of 3390
        jobs render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-11-30");
    check("
        own | place queue | take cash R17 3390 | cancel-queued | given 1 cash R18
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 CancelledBeforeStart done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refunding→email refunded→email
        receipts 1, audit 4, expires 2026-11-30");
    // A part that was given back by a person's word is a part of it.
    check("
        own | place queue | capture 3390 credit | give-back 1000 k1 | refund 1 done | cancel-queued | refund 2 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 1000 CancelledBeforeStart done; refund 2 of 2390 CancelledBeforeStart done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund refund refunding→email refunded→email ask_refund
        receipts 1, audit 6, expires 2026-11-30");
    // What it held of a promotion is free again.
    check("
        own | place queue holding | capture 3390 credit | cancel-queued
        a awaiting_payment > paid > delivering > delivered > reversed > refunding: money moved yes; refund 1 of 3390 CancelledBeforeStart due
        money held -3390, provider:sandbox 3390
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line capture_reservation refund refunding→email release_reservation
        receipts 1, audit 3, expires 2026-11-30");
}

/// Each is one story whose last step is refused, and changes nothing.
#[test]
fn what_cannot_be_given_back_is_refused_and_stays() {
    let paid = "place queue | capture 3390 credit";
    let table = [
        ("own | place queue".to_owned(), "WrongState(AwaitingPayment)"),
        // The eve of the first day is the last on which it can be given back.
        (format!("own | {paid} | +8d | +12h"), "HasBegun"),
        (format!("own | {paid} | +9d"), "HasBegun"),
        (format!("own | {paid} | +60d"), "HasBegun"),
        // It never waited: the plan before it had ended, or it adds to what runs.
        (format!("own expires=2026-11-20 | {paid}"), "HasBegun"),
        ("own | place add-days | capture 3390 credit".to_owned(), "HasBegun"),
        ("own | place set | capture 3390 credit".to_owned(), "HasBegun"),
        ("own | place queue partner".to_owned(), "SoldElsewhere"),
        ("own | place queue shop".to_owned(), "SoldElsewhere"),
        (format!("supplier | {paid} | send | answer delivered"), "OfSupplier"),
        (format!("supplier | {paid} | send"), "WrongState(Delivering)"),
        (format!("supplier | {paid} | send | answer unknown"), "WrongState(Unknown)"),
        // Another waits behind it, or an add-on lasts as long as it does.
        (format!("own | {paid} | b: place queue | b: capture 3390 credit p2"), "BuiltUpon"),
        (format!("own | {paid} | b: place addon | b: capture 3390 credit p2"), "BuiltUpon"),
        (format!("own | {paid} | b: place add-days | b: capture 3390 credit p2"), "BuiltUpon"),
        (format!("own | {paid} | dispute needs_response 3390"), "ChargedBack"),
        (format!("own | {paid} | give-back all k1"), "WrongState(Delivered)"),
        (format!("own | {paid} | wrong-number"), "WrongState(Refunding)"),
    ];
    for (story, refusal) in table {
        let mut steps = story.split(" | ");
        let mut told = given(steps.next().unwrap());
        steps.for_each(|text| step(&mut told, text));
        let before = told.state.clone();
        step(&mut told, &format!("cancel-queued ! {refusal}"));
        assert_eq!(told.state, before, "{story}");
    }
}

/// Up to the last second before the local midnight, and what came last goes first.
#[test]
fn it_is_given_back_until_the_eve_and_from_the_end_of_the_queue() {
    let mut eve = given("own");
    for text in ["place queue", "capture 3390 credit", "+8d", "+11h", "+59m", "+59s"] {
        step(&mut eve, text);
    }
    step(&mut eve, "cancel-queued");

    check("
        own | place queue | capture 3390 credit | b: place queue | b: capture 3390 credit p2 | cancel-queued ! BuiltUpon | b: cancel-queued | b: refund 1 done | cancel-queued | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 CancelledBeforeStart done
        b awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 3390 CancelledBeforeStart done
        money nothing
        left data 0 of 2000MB, data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund refund refunding→email refunded→email ask_refund
        receipts 2, audit 8, expires 2026-11-30");
}
