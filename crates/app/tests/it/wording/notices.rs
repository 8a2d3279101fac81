//! Every reason × recipient × language.

use std::fmt::Write;

use farline_app::wording::notice::compose;
use farline_domain::kernel::{Instant, Language};
use farline_domain::notices::{Medium, NoticeReason, Recipient};
use farline_domain::orders::{Order, OrderState, Passage, Stage, Task};
use farline_domain::payments::{PaymentMethod, RefundProgress, RefundReason};

use super::check_table;
use super::samples::{Shop, capture, later, order_for, paid_at, reasons, refund_reasons};
use super::segments::{Alphabet, segments};

const RECIPIENTS: [(&str, Recipient); 3] = [
    ("payer by e-mail", Recipient::Payer(Medium::Email)),
    ("payer by text", Recipient::Payer(Medium::Sms)),
    ("line by text", Recipient::Line),
];

/// What holds for every notice, whatever its words.
fn check(language: Language, recipient: Recipient, order: &Order, reason: NoticeReason) -> String {
    check_in("America/Toronto", (language, recipient), order, reason)
}

fn check_in(
    zone: &str,
    (language, recipient): (Language, Recipient),
    order: &Order,
    reason: NoticeReason,
) -> String {
    let shop = Shop::in_zone(zone);
    let facts = shop.facts(order);
    let worded = compose(reason, recipient, language, &facts);
    let whole = format!("{}\n{}", worded.subject, worded.body);
    let name = format!("{} {} {recipient:?}", language.tag(), reason.code());
    assert!(!whole.contains(['⟦', '⟧', '!', '！']), "{name}: {whole}");
    assert!(!whole.contains("555 0188") && !whole.contains("5550188"), "{name}: the number");
    assert!(whole.contains("K7QM-4D2X"), "{name}: the reference");
    assert!(!whole.contains("  ") || whole.contains("ON  M5V"), "{name}: {whole}");
    let is_email = recipient == Recipient::Payer(Medium::Email);
    assert_eq!(worded.subject.is_empty(), !is_email, "{name}: subjects belong to e-mail");
    let carries = is_email && reason == NoticeReason::Delivered;
    assert_eq!(worded.attachments.len(), usize::from(carries), "{name}: attachments");
    // The bearer of the payer's order is not for whoever holds the line.
    assert_eq!(worded.body.contains("/orders/"), recipient != Recipient::Line, "{name}: link");
    if is_email {
        assert!(worded.body.contains("Farline Demonstration Inc."), "{name}: who writes");
        return format!("Subject: {}\n\n{}\n", worded.subject, worded.body);
    }
    let (alphabet, parts) = segments(&worded.body);
    match language {
        Language::ZhCn => assert!(parts <= 3, "{name}: {parts} parts: {}", worded.body),
        Language::EnCa | Language::FrCa => {
            assert_eq!(alphabet, Alphabet::Gsm7, "{name}: {}", worded.body);
            assert!(parts <= 2, "{name}: {parts} parts: {}", worded.body);
        }
    }
    format!("{}\n[{alphabet:?}, {parts}]\n", worded.body)
}

#[test]
fn every_notice_reads_as_it_was_read() {
    for language in Language::ALL {
        let mut table = String::new();
        for reason in reasons() {
            for (name, recipient) in RECIPIENTS {
                let order = order_for(reason);
                let text = check(language, recipient, &order, reason);
                writeln!(table, "════ {} · {name}\n{text}", reason.code()).unwrap();
            }
        }
        check_table(&format!("notices.{}.txt", language.tag()), &table);
    }
}

#[test]
fn a_notice_that_comes_after_the_order_moved_on_is_still_whole() {
    for language in Language::ALL {
        for reason in reasons() {
            for later_state in reasons() {
                for (_, recipient) in RECIPIENTS {
                    check(language, recipient, &order_for(later_state), reason);
                }
            }
        }
    }
}

#[test]
fn text_messages_stay_short_for_every_reason_of_a_refund() {
    for language in Language::ALL {
        for cause in refund_reasons() {
            let mut order = order_for(NoticeReason::Refunding);
            order.refunds[0].reason = cause;
            check(language, Recipient::Payer(Medium::Sms), &order, NoticeReason::Refunding);
        }
    }
}

/// August has a letter that the alphabet of text messages lacks, and Newfoundland the longest zone.
#[test]
fn text_messages_stay_short_in_every_month_and_zone() {
    for language in Language::ALL {
        for (reason, days) in reasons().flat_map(|reason| [(reason, 0), (reason, -120)]) {
            let mut order = order_for(reason);
            let moved = |at: Instant| at.plus_seconds(days * 86_400);
            order.task = order.task.map(|task| Task { by: moved(task.by), ..task });
            if let OrderState::Unknown { sending, .. } = &mut order.state {
                sending.sent_at = sending.sent_at.map(moved);
            }
            for (_, recipient) in RECIPIENTS {
                check_in("America/St_Johns", (language, recipient), &order, reason);
            }
        }
    }
}

/// The e-mail in English.
fn email(reason: NoticeReason, order: &Order) -> String {
    let shop = Shop::in_zone("America/Toronto");
    compose(reason, Recipient::Payer(Medium::Email), Language::EnCa, &shop.facts(order)).body
}

#[test]
fn the_money_sentence_follows_the_refund_and_not_the_reason() {
    let mut order = order_for(NoticeReason::Reversed);
    let going = email(NoticeReason::Reversed, &order);
    assert!(going.contains("$28.74 is on its way back to you."), "{going}");
    order.refunds[0].progress = RefundProgress::Done { refund: "re".to_owned(), at: later(1) };
    let done = email(NoticeReason::Reversed, &order);
    assert!(done.contains("$28.74 was refunded."), "{done}");
    order.refunds[0].progress =
        RefundProgress::Failed { reason: "closed".to_owned(), at: later(2) };
    let failed = email(NoticeReason::Reversed, &order);
    assert!(failed.contains("We still owe it to you."), "{failed}");
}

#[test]
fn money_of_the_line_itself_never_speaks_of_a_bank() {
    let mut order = order_for(NoticeReason::Refunding);
    order.refunds[0].capture = capture(PaymentMethod::LineCredit);
    let shop = Shop::in_zone("America/Toronto");
    for (_, recipient) in &RECIPIENTS[..2] {
        let worded =
            compose(NoticeReason::Refunding, *recipient, Language::EnCa, &shop.facts(&order));
        assert!(!worded.body.contains("bank"), "{}", worded.body);
        assert!(
            worded.body.contains("the card’s credit") || worded.body.contains("the card's credit")
        );
    }
}

#[test]
fn of_two_refunds_the_one_it_happened_to_is_told() {
    let mut order = order_for(NoticeReason::Refunded);
    let mut second = order.refunds[0].clone();
    second.number = 2;
    second.reason = RefundReason::PaidTwice;
    second.amount = farline_domain::kernel::Money::cad(1111);
    second.progress = RefundProgress::Due;
    order.refunds.push(second);
    assert!(email(NoticeReason::Refunded, &order).contains("$28.74 that you paid"));
    assert!(email(NoticeReason::Refunding, &order).contains("giving back $11.11"));
}

#[test]
fn the_refusal_of_the_network_stands_beside_its_refund() {
    let mut order = order_for(NoticeReason::Declined);
    // The domain tells a refusal as a refund.
    let told = email(NoticeReason::Refunding, &order);
    assert!(told.contains("does not accept this number for this plan"), "{told}");
    order.refunds[0].reason = RefundReason::PaidTwice;
    let told = email(NoticeReason::Refunding, &order);
    assert!(!told.contains("does not accept this number"), "{told}");
}

#[test]
fn an_unknown_outcome_names_its_last_hour_in_the_operators_zone() {
    let order = order_for(NoticeReason::Unknown);
    let told = email(NoticeReason::Unknown, &order);
    assert!(told.contains("by December\u{a0}30, 2026 at 11:45\u{a0}p.m. (Toronto)"), "{told}");
    let mut delivered = order_for(NoticeReason::Delivered);
    delivered.history.push(Passage { state: Stage::Unknown, at: paid_at() });
    assert!(matches!(delivered.state, OrderState::Delivered { .. }));
    assert_eq!(email(NoticeReason::Unknown, &delivered), told);
}

#[test]
fn without_the_file_the_receipt_is_on_the_page() {
    let shop = Shop::in_zone("America/Toronto");
    let order = order_for(NoticeReason::Delivered);
    let mut facts = shop.facts(&order);
    facts.receipt_pdf = None;
    let to = Recipient::Payer(Medium::Email);
    let worded = compose(NoticeReason::Delivered, to, Language::EnCa, &facts);
    assert!(worded.body.contains("The signed receipt R-K7QM-4D2X is on the order’s page."));
    assert!(worded.attachments.is_empty());
}

#[test]
fn a_worded_notice_shows_nothing_of_itself_in_a_log() {
    let shop = Shop::in_zone("America/Toronto");
    let order = order_for(NoticeReason::Delivered);
    let worded =
        compose(NoticeReason::Delivered, Recipient::Line, Language::EnCa, &shop.facts(&order));
    assert!(!format!("{worded:?}").contains("K7QM"));
}
