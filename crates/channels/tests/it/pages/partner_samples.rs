//! Sample data of the pages of partners' people.

use farline_channels::portal::layout::{Layout, Page};
use farline_channels::portal::views::*;
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

use super::samples::{moment, pick, signed_in, wrong};

const CODE: &str = "harbour-travel";

fn at(language: Language, tab: Tab) -> (Layout, Place) {
    let name = "Harbour Travel".to_owned();
    let place = Place { code: CODE.to_owned(), name, tab, is_stopped: false };
    (signed_in(language, &format!("/{}", place.here())), place)
}

fn time(words: &Words, minute: i8) -> String {
    moment(words, date(2026, 11, 22), 14, minute)
}

fn sold(words: &Words, count: i8) -> Vec<SoldOrder> {
    let states = [("delivered", Tone::Good), ("unknown", Tone::Waiting), ("refunded", Tone::Bad)];
    let order = |number: i8| {
        let (state, tone) = states[usize::try_from(number).unwrap() % 3];
        SoldOrder {
            reference: format!("2026-{number:06}"),
            ours: "K7M3-QX9T".to_owned(),
            at: time(words, number),
            plan: "Maplewave 5 GB".to_owned(),
            card: "+1 416 ••• ••88".to_owned(),
            total: words.money(2_599, "CAD"),
            state: words.say(&format!("order-state-{state}")),
            tone,
        }
    };
    (0..count).map(order).collect()
}

fn overview(language: Language, orders: i8) -> PartnerOverviewPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Overview);
    PartnerOverviewPage {
        layout,
        place: Place { is_stopped: orders == 0, ..place },
        balance: words.money(47_401, "CAD"),
        held: words.money(2_599, "CAD"),
        credit: words.money(20_000, "CAD"),
        available: words.money(64_802, "CAD"),
        orders: sold(words, orders),
        has_others: orders > 0,
    }
}

fn orders(language: Language, (reference, count): (&str, i8)) -> PartnerOrdersPage {
    let (mut layout, place) = at(language, Tab::Orders);
    if !reference.is_empty() {
        layout = wrong(
            layout,
            "reference",
            [
                "You have no order of this reference. Capitals and signs count.",
                "Vous n’avez pas de commande de cette référence. Les majuscules et les signes comptent.",
                "没有这个参考号的订单。请核对字母大小写和符号。",
            ],
        );
    }
    PartnerOrdersPage {
        older: (count > 0).then(|| layout.href(format!("{}?before=17", place.here()))),
        layout,
        place,
        reference: reference.to_owned(),
        orders: sold(Words::of(language), count),
    }
}

fn keys(language: Language, is_made: Option<&str>) -> PartnerKeysPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Keys);
    let said = |key: &str| {
        let who = "mei@harbour.example".into();
        words.say_with(key, &[("who", who), ("at", time(words, 20).into())])
    };
    let line = |label: &str, used: String, ended| KeyLine {
        label: label.to_owned(),
        ending: "x9Qz".to_owned(),
        facts: vec![words.say("partner-key-order"), said("partner-key-made-by"), used],
        ended,
    };
    PartnerKeysPage {
        layout,
        place,
        made: is_made.map(|secret| Secret(secret.to_owned())),
        keys: vec![
            line("till", said("partner-key-used"), None),
            line("site", words.say("partner-key-never"), Some(said("partner-key-ended-by"))),
        ],
        label: String::new(),
    }
}

fn requests(language: Language, count: u16) -> PartnerRequestsPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Requests);
    let detail = words.say("problem-account-used-up-detail");
    let line = |number: u16| RequestLine {
        what: "POST /partner/v1/orders".to_owned(),
        status: if number.is_multiple_of(3) { 409 } else { 201 },
        at: time(words, 20),
        request: format!("req_{number:016x}"),
        problem: number.is_multiple_of(3).then(|| ("account_used_up".to_owned(), detail.clone())),
    };
    PartnerRequestsPage {
        layout,
        place,
        requests: (0..count).map(line).collect(),
        older: (count > 0).then(|| "?before=1-req_1".to_owned()),
    }
}

fn callbacks(language: Language, count: u16) -> PartnerCallbacksPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Callbacks);
    let about = [("result", "503".into()), ("at", time(words, 25).into())];
    let line = |number: u16| {
        let what = [
            ("reference", format!("2026-{number:06}").into()),
            ("state", words.say("order-state-delivered").into()),
        ];
        CallbackLine {
            id: format!("ord_0123456789abcdef0123456789abcdef-{number}"),
            what: words.say_with("partner-callback-what", &what),
            at: time(words, 20),
            url: "https://harbour.example/told".to_owned(),
            tries: words.say_with("partner-callback-tries", &[("tries", "2".into())]),
            came_of_it: words.say_with("partner-callback-next", &about),
            tone: Tone::Waiting,
        }
    };
    PartnerCallbacksPage { layout, place, callbacks: (0..count).map(line).collect(), older: None }
}

fn statement(language: Language, count: i64) -> PartnerStatementPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Statement);
    let href = layout.href(place.here());
    let days = [
        ("from", words.date(date(2026, 11, 1)).into()),
        ("until", words.date(date(2026, 11, 30)).into()),
    ];
    let entry = |number: i64| StatementEntry {
        what: words.dot(&[words.say("partner-entry-order"), format!("2026-{number:06}")]),
        at: time(words, 20),
        amount: words.money(-2_599, "CAD"),
        balance: words.money(2_599 * number, "CAD"),
    };
    let last = |shown: i64| {
        words.say_with("partner-statement-last", &[("count", shown.to_string().into())])
    };
    PartnerStatementPage {
        layout,
        place,
        days: words.say_with("partner-days", &days),
        before: format!("{href}?month=2026-10"),
        after: None,
        opening: words.money(0, "CAD"),
        closing: words.money(2_599 * count, "CAD"),
        entries: (0..count).map(entry).collect(),
        shown: (count > 0).then(|| last(count)),
        csv: format!("{href}.csv?month=2026-11"),
        pdf: Some(format!("{href}.pdf?month=2026-11")),
    }
}

fn upload(language: Language, count: u16) -> PartnerUploadPage {
    let words = Words::of(language);
    let (layout, place) = at(language, Tab::Upload);
    let refused = words.say("problem-unknown-line-detail");
    let line = |number: u16| {
        let is_refused = number == 0;
        let became = words.say("order-state-delivered");
        UploadLine {
            row: words.say_with("partner-upload-row", &[("row", (number + 2).to_string().into())]),
            reference: format!("2026-{number:06}"),
            became: if is_refused { "unknown_line".to_owned() } else { became },
            detail: if is_refused { refused.clone() } else { words.money(2_599, "CAD") },
            tone: if is_refused { Tone::Bad } else { Tone::Good },
        }
    };
    let result = UploadResult {
        accepted: 2,
        repeated: 0,
        refused: 1,
        lines: (0..count).map(line).collect(),
        shown: None,
        sheet: "data:text/csv;charset=utf-8,%EF%BB%BFrow,reference%0D%0A".to_owned(),
    };
    PartnerUploadPage { layout, place, result: (count > 0).then_some(result) }
}

fn upload_refused(language: Language) -> PartnerUploadPage {
    let page = upload(language, 0);
    let texts = ["Choose a file.", "Choisissez un fichier.", "请选择一个文件。"];
    PartnerUploadPage { layout: wrong(page.layout, "file", texts), ..page }
}

/// Every page of a partner's people.
pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let several = |code: &str, names| (code.to_owned(), pick(language, names));
    let choose = PartnerChoosePage {
        layout: signed_in(language, "/partner"),
        partners: vec![
            several(CODE, ["Harbour Travel", "Voyages du Port", "港湾旅行"]),
            several("atlas", ["Atlas", "Atlas", "环球"]),
        ],
    };
    let pages = [
        ("partner-choose", choose.html()),
        ("partner-none", PartnerNonePage { layout: signed_in(language, "/partner") }.html()),
        ("partner-overview", overview(language, 5).html()),
        ("partner-overview-new", overview(language, 0).html()),
        ("partner-orders", orders(language, ("", 20)).html()),
        ("partner-orders-none", orders(language, ("", 0)).html()),
        ("partner-orders-unknown", orders(language, ("a-17", 0)).html()),
        ("partner-keys", keys(language, None).html()),
        ("partner-keys-made", keys(language, Some("farline_test_0123456789")).html()),
        ("partner-requests", requests(language, 30).html()),
        ("partner-requests-none", requests(language, 0).html()),
        ("partner-callbacks", callbacks(language, 20).html()),
        ("partner-callbacks-none", callbacks(language, 0).html()),
        ("partner-statement", statement(language, 60).html()),
        ("partner-statement-none", statement(language, 0).html()),
        ("partner-upload", upload(language, 0).html()),
        ("partner-upload-done", upload(language, 100).html()),
        ("partner-upload-refused", upload_refused(language).html()),
    ];
    pages.into_iter().map(|(name, html)| (name.to_owned(), html)).collect()
}
