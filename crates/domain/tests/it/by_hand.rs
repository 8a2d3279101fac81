//! Money that passes from hand to hand, and how much a person gives back alone: scripts, read as those of `orders`.

use crate::orders::{check, given, step};
use crate::scene::noon;
use farline_domain::commands::{
    Actor, Answer, Context, LineCommand, LineState, RefundByHand, Refusal, decide,
};
use farline_domain::kernel::{Cell, Money, StaffId};
use farline_domain::payments::RefundTo;

#[test]
fn what_is_taken_by_hand_pays_the_order_and_is_booked_where_it_is() {
    check("
        own | place add-days | take cash R17 3389 ! NotTheTotal(33.90 CAD) | take cash R17 3390 | take cash R17 3390 | take interac CA77 3390 ! WrongState(Delivered)
        a awaiting_payment > paid > delivering > delivered: money moved yes
        money by_hand:cash 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 2, expires 2026-12-30");
}

#[test]
fn a_page_that_was_paid_as_well_goes_back_and_the_hand_keeps_what_it_took() {
    check("
        own | place add-days | take wechat 1000050001202611290042 3390 | capture 3390 credit | refund 1 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice done
        money by_hand:wechat 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 4, expires 2026-12-30");
}

#[test]
fn an_order_that_waits_for_nothing_takes_nothing_by_hand() {
    check(
        "
        own | place | cancel | take cash R17 3390 ! WrongState(Cancelled)
        a awaiting_payment > cancelled: money moved no
        money nothing
        left nothing
        jobs ask_payment expire
        receipts 0, audit 2, expires 2026-11-30",
    );
}

#[test]
fn no_provider_is_asked_to_give_back_what_a_hand_took() {
    check("
        supplier | place | take interac CA77 3390 | send | answer refused
        a awaiting_payment > paid > delivering > declined > refunding: money moved yes; task refund_by_hand; refund 1 of 3390 Declined due
        money by_hand:interac 3390, held -3390
        left nothing
        jobs ask_payment expire send ask_delivery declined→email
        receipts 0, audit 4, expires 2026-11-30");
    check("
        supplier | place | take interac CA77 3390 | send | answer refused | refund 1 done ! NoSuchRefund | refund 1 failed ! NoSuchRefund | resolve refund-again ! NoSuchRefund | resolve close ! WrongState(Refunding) | given 2 cash R18 ! NoSuchRefund | given 1 cash R18 | given 1 cash R18 | given 1 cash R19 ! NoSuchRefund
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done
        money by_hand:cash -3390, by_hand:interac 3390
        left nothing
        jobs ask_payment expire send ask_delivery declined→email refunded→email
        receipts 0, audit 5, expires 2026-11-30");
}

#[test]
fn what_is_owed_of_a_payment_by_hand_may_become_credit() {
    check("
        supplier | place | take cash R17 3390 | send | answer refused | resolve refund-as-credit | refund 1 done
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done attempt 2 as credit
        money by_hand:cash 3390, line_credit -3390
        left credit 3390 of 3390
        jobs ask_payment expire send ask_delivery declined→email refund refunded→email ask_refund
        receipts 0, audit 6, expires 2026-11-30");
}

#[test]
fn several_parts_wait_until_each_is_given_back() {
    check("
        own | place add-days | take cash R17 3390 | give-back 1000 k1 | give-back 500 k2 | give-back 200 k3 credit | resolve close ! WrongState(Delivered) | given 2 cash R18 | given 3 cash R20 ! NoSuchRefund
        a awaiting_payment > paid > delivering > delivered: money moved yes; task refund_by_hand; refund 1 of 1000 Goodwill due; refund 2 of 500 Goodwill done; refund 3 of 200 Goodwill due as credit
        money by_hand:cash 2890, loss 500, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refunding→email refunding→email refund refunding→email refunded→email
        receipts 1, audit 6, expires 2026-12-30");
    // A wrong number comes between: the person it waits for sees both.
    check("
        own | place add-days | take cash R17 3390 | use 1MB | give-back 1000 k1 | wrong-number | resolve close
        a awaiting_payment > paid > delivering > delivered: money moved yes; task refund_by_hand; refund 1 of 1000 Goodwill due
        money by_hand:cash 3390, sales -3000, tax:ON:HST -390
        left data 1999 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refunding→email wrong-number→email
        receipts 1, audit 6, expires 2026-12-30");
}

/// Gives back as a member of the staff who may give back so much of one order alone.
fn give_back(
    state: &mut LineState,
    (member, limit): (u64, Option<i64>),
    (cents, key): (i64, &str),
) -> Result<Answer, Refusal> {
    let now = noon();
    let id = *state.orders.keys().next().unwrap();
    let wish = RefundByHand {
        key: key.to_owned(),
        amount: Some(Money::cad(cents)),
        to: RefundTo::Source,
        limit: limit.map(Money::cad),
    };
    let member = StaffId::mint(now, Cell::numbered(0), member);
    let actor = Actor::Staff(member, Some("slow for a day".to_owned()));
    decide(state, &LineCommand::Refund(id, wish), &Context { now, actor })
}

#[test]
fn what_one_person_gave_back_of_an_order_counts_towards_their_limit() {
    let mut story = given("own");
    for words in ["place add-days", "capture 3390 credit"] {
        step(&mut story, words);
    }
    let state = &mut story.state;
    let above = Err(Refusal::AboveLimit(Money::cad(1000)));
    assert_eq!(give_back(state, (1, Some(1000)), (1001, "k1")), above);
    assert!(give_back(state, (1, Some(1000)), (600, "k2")).is_ok());
    assert_eq!(give_back(state, (1, Some(1000)), (401, "k3")), above);
    // The same wish again is no second one, and somebody else's is theirs.
    assert!(give_back(state, (1, Some(1000)), (600, "k2")).is_ok());
    assert!(give_back(state, (2, Some(1000)), (1000, "k4")).is_ok());
    assert!(give_back(state, (1, Some(1000)), (400, "k5")).is_ok());
    // What a second person agreed to is within no limit, and counts towards none.
    assert!(give_back(state, (2, None), (300, "k6")).is_ok());
    let order = state.orders.values().next().unwrap();
    let alone: Vec<bool> = order.refunds.iter().map(|refund| refund.alone.is_some()).collect();
    assert_eq!(alone, [true, true, true, false]);
}
