//! Refunds by hand, whole and in part, and payments that payers dispute: as scripts, read as those of `orders`.

use crate::orders::check;

#[test]
fn a_payment_goes_back_in_parts_and_never_beyond_itself() {
    check("
        own | place add-days | capture 3390 credit | give-back 1000 k1 | refund 1 done | give-back 1000 k1 | give-back 2391 k2 ! MoreThanLeft(23.90 CAD) | give-back 0 k3 ! MoreThanLeft(23.90 CAD) | give-back 500 k2 credit | refund 2 done | give-back all k4 | refund 3 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 1000 Goodwill done; refund 2 of 500 Goodwill done as credit; refund 3 of 1890 Goodwill done
        money line_credit -500, loss 3390, provider:sandbox 500, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB, credit 500 of 500
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund refund refunding→email refunded→email ask_refund refund refunding→email refunded→email ask_refund
        receipts 1, audit 8, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | use 1MB | give-back 1000 k1 | refund 1 failed | resolve refund-as-credit | refund 1 done
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 1000 Goodwill done attempt 2 as credit
        money line_credit -1000, loss 1000, provider:sandbox 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB, credit 1000 of 1000
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refund-failed→email refund refunded→email ask_refund
        receipts 1, audit 6, expires 2026-12-30");
}

#[test]
fn while_an_outcome_is_open_nothing_is_given_back_by_hand() {
    check("
        supplier | place | give-back all k1 ! WrongState(AwaitingPayment) | capture 3390 credit | give-back all k1 ! WrongState(Delivering) | send | answer unknown | give-back all k1 ! WrongState(Unknown)
        a awaiting_payment > paid > delivering > unknown: money moved yes
        money held -3390, provider:sandbox 3390
        left nothing
        jobs ask_payment expire send ask_delivery unknown→email
        receipts 0, audit 4, expires 2026-11-30");
}

#[test]
fn what_was_given_back_in_part_is_completed_when_the_value_is_taken_back() {
    check("
        own | place add-days | capture 3390 credit | give-back 1000 k1 | refund 1 done | wrong-number | refund 2 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 1000 WrongNumber done; refund 2 of 2390 WrongNumber done
        money nothing
        left data 0 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund refund reversed→email refunded→email ask_refund
        receipts 1, audit 6, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer delivered | give-back 1000 k1 | give-back 500 k2 credit | refund 2 done | answer reversed | refund 3 done | refund 1 done
        a awaiting_payment > paid > delivering > delivered > reversed > refunding > refunded: money moved no; refund 1 of 1000 Reversed done; refund 2 of 500 Reversed done as credit; refund 3 of 1890 Reversed done
        money line_credit -500, provider:sandbox 500
        left data 0 of 2000MB, credit 500 of 500
        jobs ask_payment expire send ask_delivery render_receipt delivered→email delivered→line refund refunding→email refund refunding→email refunded→email ask_refund refund reversed→email refunded→email ask_refund refunded→email ask_refund
        receipts 1, audit 10, expires 2026-11-30");
}

#[test]
fn a_chargeback_of_what_was_delivered_is_a_loss_until_it_is_won() {
    check("
        own | place add-days | capture 3390 credit | dispute warned 0 | dispute needs_response 3390 | give-back all k1 ! ChargedBack | resolve close | dispute under_review 3390 | dispute lost 3390 | dispute lost 3390
        a awaiting_payment > paid > delivering > delivered: money moved no; dispute lost 3390
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_dispute
        receipts 1, audit 7, expires 2026-12-30");
    check("
        own | place add-days | capture 3390 credit | dispute inquiry 0 | give-back 500 k1 | refund 1 done | dispute needs_response 1000 | dispute won 0
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 500 Goodwill done; dispute won 0
        money loss 500, provider:sandbox 2890, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line ask_dispute refund refunding→email refunded→email ask_refund
        receipts 1, audit 7, expires 2026-12-30");
}

#[test]
fn a_warning_is_a_persons_who_gives_the_money_back_or_lets_it_be() {
    check("
        own | place | capture 3390 credit | dispute warned 0 | give-back all k1 | refund 1 done | resolve close
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 Goodwill done; dispute warned 0
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 6, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | dispute needs_response 3390 p9 ! NoSuchPayment | dispute lost -1 ! NotOfThisPayment | dispute warned 0 | dispute lost 3391
        a awaiting_payment > paid > delivering > delivered: money moved no; dispute lost 3391
        money loss 3391, provider:sandbox -1, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line
        receipts 1, audit 4, expires 2026-12-30");
}

#[test]
fn what_is_paid_and_unsent_is_not_sent_once_the_bank_took_it_back() {
    check("
        supplier | place | capture 3390 credit | dispute needs_response 3390 | send | refund 1 failed
        a awaiting_payment > paid > delivering > refunding > refunded: money moved no; task dispute; refund 1 of 3390 ChargedBack done; dispute needs_response 3390
        money nothing
        left nothing
        jobs ask_payment expire send ask_dispute refund refunding→email refunded→email
        receipts 0, audit 3, expires 2026-11-30");
}

#[test]
fn what_is_owed_and_charged_back_has_gone_back_and_is_owed_again_when_it_is_won() {
    check("
        supplier | place | capture 3390 credit | send | answer unknown | dispute needs_response 3390 | answer refused | dispute won 0 | resolve refund-again | refund 1 done
        a awaiting_payment > paid > delivering > unknown > declined > refunding > refunded > refunding > refunded: money moved no; refund 1 of 3390 Declined done attempt 2; dispute won 0
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery unknown→email ask_dispute refund declined→email refunded→email refund-failed→email refund refunded→email ask_refund
        receipts 0, audit 9, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer refused | refund 1 failed | dispute lost 3390
        a awaiting_payment > paid > delivering > declined > refunding > refunded: money moved no; refund 1 of 3390 Declined done; dispute lost 3390
        money nothing
        left nothing
        jobs ask_payment expire send ask_delivery refund declined→email refund-failed→email refunded→email
        receipts 0, audit 6, expires 2026-11-30");
    check("
        supplier | place | capture 3390 credit | send | answer unknown | dispute lost 3390 | answer delivered
        a awaiting_payment > paid > delivering > unknown > delivered: money moved no; dispute lost 3390
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire send ask_delivery unknown→email render_receipt delivered→email delivered→line
        receipts 1, audit 6, expires 2026-12-30");
    check("
        own | place | capture 3390 credit | capture 3390 credit p2 | refund 1 done | dispute lost 3390 p2
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 3390 PaidTwice done; dispute lost 3390
        money loss 3390, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 5, expires 2026-12-30");
}

#[test]
fn what_a_provider_keeps_is_a_fee_once() {
    check("
        own | place | fee 128 t1 ! NoSuchPayment | capture 3390 credit | fee 128 t1 | fee 128 t1 | fee 0 t2 | give-back 1000 k1 | refund 1 done | fee -38 t3 | fee 1500 t4
        a awaiting_payment > paid > delivering > delivered: money moved yes; refund 1 of 1000 Goodwill done
        money fees 1590, loss 1000, provider:sandbox 800, sales -3000, tax:ON:HST -390
        left data 2000 of 2000MB
        jobs ask_payment expire render_receipt delivered→email delivered→line refund refunding→email refunded→email ask_refund
        receipts 1, audit 7, expires 2026-12-30");
}
