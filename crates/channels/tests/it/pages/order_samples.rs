//! Sample data of the order's page in each of its states, and of its documents.

use farline_channels::portal::layout::Page;
use farline_channels::portal::views::*;
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

use super::samples::{clock, gets, layout, moment, pick, price, total};

const QR: &str = "<svg viewBox=\"0 0 4 4\" aria-hidden=\"true\"><path d=\"M0 0h2v2H0zM3 3h1v1H3z\" fill=\"#000\"/></svg>";

/// The order's pages: name and document.
pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let later = moment(words, date(2026, 11, 24), 14, 2);
    let soon = moment(words, date(2026, 11, 22), 14, 20);
    let pay = OrderState::AwaitingPayment {
        pay_href: "/sandbox/pay/x".to_owned(),
        until: clock(words, 14, 17),
    };
    let charged = || MoneyMoved::Charged(total(language));
    let refused = OrderState::Refused {
        advice: "authenticate".to_owned(),
        pay_href: "/sandbox/pay/x".to_owned(),
        until: clock(words, 14, 17),
    };
    let states = vec![
        (pay, MoneyMoved::No),
        (OrderState::Charging, MoneyMoved::Unknown),
        (refused, MoneyMoved::No),
        (OrderState::Activating { next_news: None }, charged()),
        (OrderState::Activating { next_news: Some(soon.clone()) }, charged()),
        (OrderState::Unknown { next_news: soon.clone() }, charged()),
        (OrderState::NeedsPerson { deadline: later.clone() }, charged()),
        (OrderState::Declined, MoneyMoved::Returning(total(language))),
        (OrderState::Refunding, MoneyMoved::Returning(total(language))),
        (OrderState::Refunded { at: soon.clone() }, MoneyMoved::Returned(total(language))),
        (OrderState::Cancelled, MoneyMoved::No),
        (OrderState::Expired, MoneyMoved::No),
        (OrderState::Reversed, MoneyMoved::Returning(total(language))),
        (
            OrderState::Held {
                other: "B2NX-7KQ4".to_owned(),
                period: words.date(date(2027, 1, 30)),
                deadline: later.clone(),
            },
            charged(),
        ),
    ];
    let mut pages: Vec<(String, String)> = states
        .into_iter()
        .map(|(state, money)| {
            (format!("order-{}", state.word()), page(language, state, money).html())
        })
        .collect();
    let rules = [
        ("over", WrongNumber::Over),
        ("own", WrongNumber::TakenBack { until: soon.clone() }),
        ("desk", WrongNumber::Desk { until: soon, hours: 48 }),
        ("reported", WrongNumber::Reported { deadline: later }),
    ];
    pages.extend(rules.into_iter().map(|(name, rule)| {
        let state = OrderState::Delivered(Box::new(delivered(language, rule)));
        (format!("order-delivered-{name}"), page(language, state, charged()).html())
    }));
    pages.extend(queued(language));
    let mut own = page(language, OrderState::Activating { next_news: None }, charged());
    own.by_itself = true;
    pages.push(("order-by-itself".to_owned(), own.html()));
    pages.push(("receipt".to_owned(), document(language, ReceiptKind::Receipt).html()));
    pages.push(("proof".to_owned(), document(language, ReceiptKind::Proof).html()));
    pages
}

/// A delivered plan that waits for its first day, and one that was given back before it.
fn queued(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let charged = || MoneyMoved::Charged(total(language));
    let starts = words.date(date(2026, 12, 1));
    let waiting = [
        ("can-cancel", Queued::CanCancel { starts: starts.clone() }),
        ("supplier", Queued::Supplier { starts: starts.clone() }),
        ("elsewhere", Queued::Elsewhere { starts: starts.clone() }),
        ("built-upon", Queued::BuiltUpon { starts: starts.clone() }),
        ("settled", Queued::Settled { starts }),
    ];
    let shown = waiting.into_iter().map(|(name, queued)| {
        let mut shown = delivered(language, WrongNumber::Over);
        shown.queued = queued;
        let state = OrderState::Delivered(Box::new(shown));
        (format!("order-queued-{name}"), page(language, state, charged()).html())
    });
    let mut pages: Vec<(String, String)> = shown.collect();
    let starts = words.date(date(2026, 12, 1));
    let used_up_on = clock(words, 14, 31);
    for (name, queued, sooner) in [
        ("sooner", Queued::CanCancel { starts }, Sooner::IfUsedUp),
        ("started-early", Queued::No, Sooner::Started(used_up_on)),
    ] {
        let shown = Delivered { queued, sooner, ..delivered(language, WrongNumber::Over) };
        let state = OrderState::Delivered(Box::new(shown));
        pages.push((format!("order-queued-{name}"), page(language, state, charged()).html()));
    }
    let refunding = OrderState::Refunded { at: clock(words, 14, 31) };
    let mut given_back = page(language, refunding, MoneyMoved::Returned(total(language)));
    given_back.because = Some(words.say("refund-reason-cancelled-before-start"));
    pages.push(("order-given-back".to_owned(), given_back.html()));
    pages
}

fn page(language: Language, state: OrderState, money: MoneyMoved) -> OrderPage {
    let words = Words::of(language);
    let waiting = matches!(state, OrderState::Activating { .. } | OrderState::Unknown { .. });
    let mut frame = layout(language, "/orders/tok");
    frame.refresh_seconds = waiting.then_some(5);
    let fact = |kind, minute| Fact { kind, at: clock(words, 14, minute) };
    let last = match state {
        OrderState::Delivered(_) => fact(FactKind::Delivered, 2),
        OrderState::Declined => fact(FactKind::Refused, 3),
        _ => Fact { kind: FactKind::NoAnswer, at: String::new() },
    };
    let every = [
        FactKind::Placed,
        FactKind::Paid,
        FactKind::Queued,
        FactKind::Sent,
        FactKind::AskedAgain,
        FactKind::Delivered,
        FactKind::Refused,
        FactKind::HandedOver,
        FactKind::Held,
        FactKind::Cancelled,
        FactKind::Expired,
        FactKind::Reversed,
        FactKind::WrongNumber,
        FactKind::RefundStarted,
        FactKind::Refunded,
    ];
    OrderPage {
        layout: frame,
        token: "tok".to_owned(),
        has_proof: money != MoneyMoved::No,
        can_cancel: matches!(
            state,
            OrderState::AwaitingPayment { .. } | OrderState::Activating { .. }
        ),
        summary: OrderSummary {
            reference: "K7M3-QX9T".to_owned(),
            card: words.phone("+14165550188"),
            plan: pick(language, ["Everyday 5", "Quotidien 5", "日常 5"]),
            gets: format!("{} · {}", gets(words, 5_000_000_000, 300), words.days(30)),
            items: price(language),
            total: total(language),
        },
        facts: match money {
            MoneyMoved::No => vec![fact(FactKind::Placed, 0)],
            _ => vec![fact(FactKind::Paid, 2), fact(FactKind::Sent, 2), last],
        },
        because: None,
        by_itself: false,
        history: every.into_iter().map(|kind| fact(kind, 2)).collect(),
        money,
        state,
    }
}

fn delivered(language: Language, wrong_number: WrongNumber) -> Delivered {
    let words = Words::of(language);
    Delivered {
        expires: moment(words, date(2026, 12, 31), 23, 59),
        balance: super::account_samples::buckets(language),
        receipt: ReceiptLinks {
            number: "R-K7M3QX9T".to_owned(),
            page: format!("/{}/orders/tok/receipt", language.path()),
            pdf: format!("/{}/orders/tok/receipt.pdf", language.path()),
            qr_svg: QR.to_owned(),
        },
        wrong_number,
        queued: Queued::No,
        sooner: Sooner::No,
    }
}

fn document(language: Language, kind: ReceiptKind) -> ReceiptPage {
    let words = Words::of(language);
    let receipt = kind == ReceiptKind::Receipt;
    ReceiptPage {
        layout: layout(language, "/orders/tok/receipt"),
        kind,
        number: "R-K7M3QX9T".to_owned(),
        reference: "K7M3-QX9T".to_owned(),
        order_href: format!("/{}/orders/tok", language.path()),
        paid_at: moment(words, date(2026, 11, 22), 14, 2),
        delivered_at: match kind {
            ReceiptKind::Receipt => moment(words, date(2026, 11, 22), 14, 3),
            ReceiptKind::Proof => String::new(),
        },
        paid_with: pick(language, ["Credit card", "Carte de crédit", "信用卡"]),
        card: words.phone("+14165550188"),
        operator: "Maplewave".to_owned(),
        plan: pick(language, ["Everyday 5", "Quotidien 5", "日常 5"]),
        gets: format!("{} · {}", gets(words, 5_000_000_000, 300), words.days(30)),
        period: if receipt { moment(words, date(2026, 12, 31), 23, 59) } else { String::new() },
        sold_by: None,
        province: pick(language, ["Ontario", "Ontario", "安大略省"]),
        items: price(language),
        total_label: words.say_with("receipt-total", &[("currency", "CAD".into())]),
        total: total(language),
        qr_svg: QR.to_owned(),
        pdf: receipt.then(|| format!("/{}/orders/tok/receipt.pdf", language.path())),
        digest: if receipt { "9f2c 71aa 04be 5d10" } else { "" }.to_owned(),
    }
}
