//! Sample data of the desk's pages about partners.

use super::desk_samples::at_the_desk;
use super::samples::{moment, pick, wrong};
use farline_channels::desk::layout::{DeskLayout, Section};
use farline_channels::desk::views::*;
use farline_channels::portal::layout::Page as _;
use farline_channels::portal::views::KeyLine;
use farline_domain::kernel::Language;
use farline_domain::subjects::PaidBy;
use farline_texts::Words;
use jiff::civil::date;

fn frame(language: Language, path: &str) -> DeskLayout {
    at_the_desk(language, path, Section::Partners)
}

fn list(language: Language, count: usize) -> DeskPartnersPage {
    let words = Words::of(language);
    let states = [
        words.say_with("desk-partner-available", &[("amount", words.money(64_802, "CAD").into())]),
        words.say("desk-partner-stopped"),
    ];
    let row = |state: &String| DeskPartnerRow {
        code: "harbour-travel".to_owned(),
        name: "Harbour Travel 港口旅行社".to_owned(),
        balance: words.money(47_401, "CAD"),
        state: state.clone(),
    };
    let partners = states.iter().take(count).map(row).collect();
    DeskPartnersPage { layout: frame(language, "/desk/partners"), partners }
}

fn form(words: &Words, typed: &str) -> PayInForm {
    let way = |way: PaidBy| {
        let code = way.code().to_owned();
        let key = format!("paid-by-{}", code.replace('_', "-"));
        (code, words.say(&key), way == PaidBy::Interac)
    };
    let limit = words.money(200_000, "CAD").into();
    PayInForm {
        lead: words.say_with("desk-pay-in-lead", &[("limit", limit)]),
        amount: typed.to_owned(),
        ways: PaidBy::ALL.map(way).into(),
        reference: typed.to_owned(),
        reason: typed.to_owned(),
    }
}

fn partner(language: Language, form: Option<PayInForm>) -> DeskPartnerPage {
    let words = Words::of(language);
    let time = moment(words, date(2026, 11, 22), 14, 20);
    let accounts =
        ["balance", "held", "credit", "available"].map(|it| words.say(&format!("partner-{it}")));
    let by = [("who", "mei@harbour.example".into()), ("at", time.as_str().into())];
    let changed =
        [("who", words.say("partner-hand-business").into()), ("time", time.as_str().into())];
    let public = [("amount", words.money(3_200, "CAD").into())];
    let (paid, way) = (words.say("desk-partner-pay-in"), words.say("paid-by-bank-transfer"));
    DeskPartnerPage {
        layout: frame(language, "/desk/partners/harbour-travel"),
        code: "harbour-travel".to_owned(),
        name: "Harbour Travel 港口旅行社".to_owned(),
        is_stopped: form.is_none(),
        account: accounts.map(|name| (name, words.money(47_401, "CAD"))).into(),
        form,
        payments: vec![PaymentRow {
            what: format!("{paid} · {way} · C1A2B3C4"),
            amount: words.money(50_000, "CAD"),
            by: format!("Lin Yue 林悦 · {time}"),
            reason: Some(pick(language, ["Top-up", "Recharge", "充值"])),
        }],
        discount: words.say_with("desk-partner-discount", &[("share", words.rate(80_000).into())]),
        prices: vec![PriceRow {
            name: pick(language, ["Data 5 GB", "Données 5 Go", "流量 5 GB"]),
            code: "maplewave-5gb".to_owned(),
            price: words.money(2_450, "CAD"),
            public: words.say_with("desk-partner-public", &public),
        }],
        repriced: Some(words.say_with("desk-partner-repriced", &changed)),
        keys: vec![KeyLine {
            label: "till".to_owned(),
            ending: "x9Qz".to_owned(),
            facts: vec![
                words.say("partner-key-order"),
                words.say_with("partner-key-made-by", &by),
                words.say("partner-key-never"),
            ],
            ended: Some(words.say_with("partner-key-ended-by", &by)),
        }],
    }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let mut refused = partner(language, Some(form(words, "C1A2B3C4")));
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "reference",
        ["It names another payment.", "Elle désigne un autre paiement.", "它属于另一笔款项。"],
    );
    let bare = DeskPartnerPage {
        payments: Vec::new(),
        prices: Vec::new(),
        repriced: None,
        keys: Vec::new(),
        ..partner(language, None)
    };
    let pages = [
        ("desk-partners", list(language, 2).html()),
        ("desk-partners-none", list(language, 0).html()),
        ("desk-partner", partner(language, Some(form(words, ""))).html()),
        ("desk-partner-refused", refused.html()),
        ("desk-partner-seen", bare.html()),
    ];
    pages.map(|(name, page)| (name.to_owned(), page)).into()
}
