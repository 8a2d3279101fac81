//! Sample data of the desk's pages about money and orders that wait.

use super::desk_samples::at_the_desk;
use super::samples::{pick, wrong};
use farline_app::orders::Rescue;
use farline_channels::desk::layout::Section;
use farline_channels::desk::views::*;
use farline_channels::portal::layout::Page;
use farline_domain::kernel::Language;
use farline_domain::shops::Waiting;
use farline_texts::Words;

const REFERENCE: &str = "K7M3-QX9T";

fn waiting(language: Language) -> WaitingOrder {
    let words = Words::of(language);
    WaitingOrder {
        address: format!("/{}/desk/orders/{REFERENCE}", language.path()),
        reference: REFERENCE.to_owned(),
        waits_for: words.say("task-unknown-outcome"),
        by: words.say_with("rescue-by", &[("when", "14:02".into())]),
        state: words.say("order-state-unknown"),
        total: words.money(2825, "CAD"),
    }
}

fn methods(language: Language) -> Vec<(String, String, bool)> {
    let words = Words::of(language);
    [("cash", false), ("interac", true), ("wechat", false)]
        .map(|(code, chosen)| {
            let key = if code == "wechat" { "wechat-transfer" } else { code };
            (code.to_owned(), words.say(&format!("payment-method-{key}")), chosen)
        })
        .into()
}

fn facts(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let amount = || words.money(2825, "CAD");
    let paid = words.say_with(
        "paid-by-hand",
        &[("method", words.say("payment-method-interac").into()), ("reference", "CA77X".into())],
    );
    let fact = |said: String| ("14:02".to_owned(), said);
    vec![
        fact(words.say("order-state-awaiting-payment")),
        fact(words.say_with("known-paid", &[("amount", amount().into()), ("method", paid.into())])),
        fact(words.say_with(
            "known-sent",
            &[("reference", "dlv-ord_01KB00000000000000000000AB".into()), ("count", 3_i64.into())],
        )),
        fact(words.say_with("known-went-to", &[("supplier", "reloadly".into())])),
        fact(words.say_with(
            "known-refused-by",
            &[
                ("supplier", "reloadly".into()),
                ("why", words.say("known-why-network-unavailable").into()),
            ],
        )),
        fact(words.say_with(
            "known-goes-on",
            &[
                ("supplier", "ding".into()),
                ("reference", "dlv-ord_01KB00000000000000000000AB-2".into()),
            ],
        )),
        fact(words.say("known-asked-next")),
        fact(
            words.say_with("known-deadline", &[("what", words.say("task-unknown-outcome").into())]),
        ),
        fact(words.say_with(
            "known-told",
            &[
                ("what", words.say("known-notice-unknown").into()),
                ("medium", words.say("known-medium-email").into()),
            ],
        )),
    ]
}

/// The page of an order with every form there is, which no order has at once.
fn order(language: Language) -> RescuePage {
    let words = Words::of(language);
    let money = |minor: i64| words.money(minor, "CAD");
    let told = words.say_with(
        "request-told",
        &[
            ("who", "Camille Roy".into()),
            ("amount", money(12_000).into()),
            ("when", "14:02".into()),
            ("reason", "slow for a week <&>".into()),
        ],
    );
    let lead = |key: &str, of: [(&str, String); 2]| {
        let said: Vec<_> = of.into_iter().map(|(name, value)| (name, value.into())).collect();
        words.say_with(key, &said)
    };
    RescuePage {
        layout: at_the_desk(language, "/desk/orders/K7M3-QX9T", Section::Rescues),
        reference: REFERENCE.to_owned(),
        rows: vec![
            (words.say("rescue-state"), words.say("order-state-unknown")),
            (words.say("receipt-card"), "+1 416 ••• ••88".to_owned()),
            (words.say("rescue-total"), money(2825)),
        ],
        waits: Some(words.say("task-unknown-outcome")),
        facts: facts(language),
        take: Some(TakeForm {
            lead: lead("take-lead", [("amount", money(2825)), ("limit", money(20_000))]),
            methods: methods(language),
            reference: String::new(),
            amount: "28.25".to_owned(),
        }),
        refund: Some(RefundForm {
            lead: lead("refund-lead", [("left", money(2825)), ("limit", money(5_000))]),
            amount: String::new(),
            places: vec![
                ("source".to_owned(), words.say("refund-to-source"), false),
                ("line_credit".to_owned(), words.say("refund-to-line-credit"), true),
            ],
            reason: String::new(),
        }),
        given: Some(GivenForm {
            refund: 1,
            lead: lead("given-lead", [("number", "1".to_owned()), ("amount", money(2825))]),
            methods: methods(language),
            reference: String::new(),
            reason: String::new(),
        }),
        rescues: Rescue::ALL
            .map(|rescue| {
                let code = rescue.code();
                (code.to_owned(), words.say(&format!("rescue-{code}")))
            })
            .into(),
        rescue_reason: String::new(),
        requests: vec![ShownRequest {
            id: "rrq_01KB00000000000000000000AB".to_owned(),
            told,
            state: words.say("request-state-open"),
            may_agree: true,
            may_refuse: true,
        }],
    }
}

fn today(language: Language) -> TodayPage {
    let words = Words::of(language);
    let money = |minor: i64| words.money(minor, "CAD");
    let figure = |what: String, figure: String, thousandths| Figure { what, figure, thousandths };
    let by_hand = [("method", words.say("payment-method-cash").into())];
    TodayPage {
        layout: at_the_desk(language, "/desk/today", Section::Today),
        day: pick(language, ["November 29, 2026", "29 novembre 2026", "2026年11月29日"]),
        ways: vec![
            (format!("/{}/desk/today?day=2026-11-28", language.path()), words.say("today-before")),
            (format!("/{}/desk/today.csv", language.path()), words.say("today-sheet")),
        ],
        orders: vec![
            figure(words.say("order-state-delivered"), "12".to_owned(), 1000),
            figure(words.say("order-state-unknown"), "1".to_owned(), 83),
        ],
        takings: vec![
            figure("stripe".to_owned(), money(33_900), 1000),
            figure(words.say_with("today-taken-by-hand", &by_hand), money(2825), 83),
        ],
        money: vec![
            (words.say("today-delivered"), money(36_725)),
            (words.say("today-difference"), money(0)),
        ],
        by_hand: vec![HandRow {
            what: words.dot(&[words.say("payment-method-cash"), "K7M3QX9T".to_owned()]),
            amount: money(2825),
            by: "14:02 · Camille Roy".to_owned(),
            order: Some((
                format!("/{}/desk/orders/{REFERENCE}", language.path()),
                REFERENCE.to_owned(),
            )),
            warning: Some(words.say("today-not-booked")),
        }],
        owed: Some(words.say_with("today-owed", &[("amount", money(2825).into())])),
        waiting: vec![waiting(language)],
        unanswered: vec![figure(words.say("job-notice"), "3".to_owned(), 1000)],
        requests: vec![waiting(language)],
    }
}

/// One item for each reason to wait.
fn items(language: Language) -> Vec<WaitingItem> {
    let words = Words::of(language);
    let row = |what: Waiting| WaitingItem {
        trade: "190000000000000001".to_owned(),
        shop: "红枫远游".to_owned(),
        sold: "MAPLE-30".to_owned(),
        paid: words.money(16_800, "CNY"),
        since: "2026-11-22 14:02".to_owned(),
        waits_for: words.say(&format!("shop-item-{}", what.code().replace('_', "-"))),
        redeem: what.is_for_a_number().then(|| format!("/{}/redeem?bought=1", language.path())),
    };
    Waiting::ALL.into_iter().map(row).collect()
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let list = |orders, items| WaitingPage {
        layout: at_the_desk(language, "/desk/orders", Section::Rescues),
        orders,
        items,
    };
    let mut refused = order(language);
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "take_reference",
        [
            "It names another payment by the same method.",
            "Elle désigne un autre paiement par le même moyen.",
            "它属于同一方式的另一笔款项。",
        ],
    );
    let mut quiet = today(language);
    (quiet.orders, quiet.takings, quiet.money) = (Vec::new(), Vec::new(), Vec::new());
    (quiet.by_hand, quiet.waiting, quiet.owed) = (Vec::new(), Vec::new(), None);
    (quiet.unanswered, quiet.requests) = (Vec::new(), Vec::new());
    vec![
        ("desk-orders".to_owned(), list(vec![waiting(language)], items(language)).html()),
        ("desk-orders-none".to_owned(), list(Vec::new(), Vec::new()).html()),
        ("desk-order".to_owned(), order(language).html()),
        ("desk-order-refused".to_owned(), refused.html()),
        ("desk-today".to_owned(), today(language).html()),
        ("desk-today-quiet".to_owned(), quiet.html()),
    ]
}
