//! Sample data of saved methods and of cards that renew themselves.

use farline_channels::portal::layout::{Page, Section};
use farline_channels::portal::views::*;
use farline_domain::kernel::Language;
use farline_texts::Words;
use jiff::civil::date;

use super::account_samples::card;
use super::samples::{gets, moment, pick, signed_in, wrong};

const TOO_LOW: [&str; 3] = [
    "The most you allow at once must be at least the price of the plan.",
    "Le plafond par débit doit couvrir le prix du forfait.",
    "每次上限不能低于套餐价格。",
];
const UNTICKED: [&str; 3] = ["Tick the box if you agree.", "Cochez la case.", "同意后请勾选。"];

fn methods(language: Language, methods: Vec<MethodLine>, keepers: &[&str]) -> MethodsPage {
    let mut frame = signed_in(language, "/account/methods");
    frame.section = Section::Account;
    let words = Words::of(language);
    let named = |name: &&str| ((*name).to_owned(), words.say(&format!("pay-at-{name}")));
    let providers = keepers.iter().map(named).collect();
    MethodsPage { layout: frame, methods, providers }
}

/// The pages of saved methods: name and document.
pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let label = |brand: &str, hint: &str| {
        let named = [("brand", brand.into()), ("hint", hint.into())];
        words.say_with("saved-method-card", &named)
    };
    let with = |key: &str, name, value: &str| words.say_with(key, &[(name, value.into())]);
    let mother = pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]);
    let line = |id: &str, label: String, note: String, used_by: String| MethodLine {
        id: id.to_owned(),
        label,
        good_until: with("method-good-until", "month", "12/2027"),
        since: with("method-since", "date", &words.date(date(2026, 11, 1))),
        used_by,
        note,
    };
    let lines = vec![
        line("m1", label("Visa", "4242"), String::new(), with("method-used-by", "cards", &mother)),
        line("m2", label("Mastercard", "0341"), words.say("method-expired"), String::new()),
    ];
    let mut done = methods(language, lines, &["stripe"]);
    done.layout.notice = Some(with("method-added", "method", &label("Visa", "4242")));
    let forget = ForgetMethodPage {
        layout: signed_in(language, "/account/methods/m1/remove"),
        id: "m1".to_owned(),
        label: label("Visa", "4242"),
        ends: mother,
    };
    let mut pages = vec![
        ("methods".to_owned(), done.html()),
        ("methods-none".to_owned(), methods(language, Vec::new(), &["stripe"]).html()),
        ("methods-not-kept".to_owned(), methods(language, Vec::new(), &[]).html()),
        ("method-forget".to_owned(), forget.html()),
    ];
    pages.extend(renewing(language));
    pages
}

fn plan(language: Language) -> String {
    pick(language, ["Everyday 5", "Quotidien 5", "日常 5"])
}

fn visa(language: Language) -> String {
    let named = [("brand", "Visa".into()), ("hint", "4242".into())];
    Words::of(language).say_with("saved-method-card", &named)
}

fn standing(language: Language, news: &str, tone: Tone, by_hand: Option<&str>) -> CardPage {
    let words = Words::of(language);
    let when = moment(words, date(2026, 11, 30), 10, 0);
    let mut page = card(language, Role::Holder);
    page.auto_renew = Some(AutoRenewBox {
        can_change: true,
        standing: Some(AutoRenewStanding {
            next: by_hand.is_none().then(|| when.clone()),
            amount: words.money(2825, "CAD"),
            plan: plan(language),
            when: words.say_with(
                "auto-renew-when-last-day",
                &[("zone", words.zone_name("America/Toronto").into())],
            ),
            how: visa(language),
            news: words.say_with(news, &[("when", when.into())]),
            tone,
            by_hand: by_hand.map(str::to_owned),
        }),
    });
    page
}

fn form(language: Language, fault: Option<[&str; 3]>) -> AutoRenewFormPage {
    let words = Words::of(language);
    let choice = |value: &str, label: String, note: String, chosen| Choice {
        value: value.to_owned(),
        label,
        note,
        chosen,
    };
    let note = format!("{} · {}", gets(words, 5_000_000_000, 300), words.money(2825, "CAD"));
    let loses = words.dot(&[note.clone(), words.say("auto-form-loses")]);
    let before = |days: i64| {
        let label = words.say_with("auto-when-before", &[("days", words.days(days).into())]);
        choice(&format!("before-{days}"), label, String::new(), days == 3)
    };
    let data = words.say_with("auto-when-data", &[("mark", words.data(500_000_000).into())]);
    let way = |id: &str, label: String, note: String, chosen| PayMethod {
        id: id.to_owned(),
        label,
        usable: id != "m2",
        note,
        chosen,
    };
    let mut layout = signed_in(language, "/cards/c1/auto-renew");
    if let Some(texts) = fault {
        layout = wrong(layout, "cap_charge", texts);
    }
    layout.section = Section::Cards;
    AutoRenewFormPage {
        layout,
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        plans: vec![
            choice("a", plan(language), note, true),
            choice("b", pick(language, ["Weekly", "Hebdo", "周卡"]), loses, false),
        ],
        by_date: vec![
            choice("before-0", words.say("auto-when-last-day"), String::new(), false),
            before(1),
            before(3),
            choice("cycle", words.say("auto-when-cycle"), String::new(), false),
        ],
        by_left: vec![choice("data-500000000", data, String::new(), false)],
        pay_with: vec![
            way("m1", visa(language), String::new(), true),
            way(
                "link",
                words.say("auto-form-how-link"),
                words.say("auto-form-how-link-hint"),
                false,
            ),
            way("m2", visa(language), words.say("method-expired"), false),
        ],
        can_save: true,
        caps: [
            ("cap_charge", words.money(3000, "CAD")),
            ("cap_day", words.money(3000, "CAD")),
            ("cap_month", words.money(6000, "CAD")),
        ],
        suggested_for: "a".to_owned(),
        provinces: Vec::new(),
        province: "ON".to_owned(),
    }
}

fn agree(language: Language, fault: Option<[&str; 3]>) -> AutoRenewAgreePage {
    let words = Words::of(language);
    let keys = ["consent-notice", "consent-declined", "consent-end"];
    let mut layout = signed_in(language, "/cards/c1/auto-renew");
    if let Some(texts) = fault {
        layout = wrong(layout, "agree", texts);
    }
    AutoRenewAgreePage {
        layout,
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        first: Some(moment(words, date(2026, 11, 30), 10, 0)),
        amount: words.money(2825, "CAD"),
        sentences: keys.map(|key| words.say(key)).to_vec(),
        loses: fault.is_some(),
        carried: vec![("plan", "a".to_owned()), ("cap_day", words.money(3000, "CAD"))],
    }
}

/// The pages of auto-renew: name and document.
fn renewing(language: Language) -> Vec<(String, String)> {
    let states = [
        ("resting", "auto-resting", Tone::Good, None),
        ("retrying", "auto-retrying", Tone::Waiting, None),
        ("asking", "auto-why-authenticate", Tone::Bad, Some("#plans")),
    ];
    let mut pages: Vec<(String, String)> = states
        .into_iter()
        .map(|(name, news, tone, by_hand)| {
            let page = standing(language, news, tone, by_hand);
            (format!("card-auto-{name}"), page.html())
        })
        .collect();
    let mut under_way = standing(language, "auto-charging", Tone::Waiting, None);
    under_way.status = CardStatus::Grace;
    under_way.is_renewing = true;
    under_way.advice = None;
    let off = |is_charging, next| AutoRenewOffPage {
        layout: signed_in(language, "/cards/c1/auto-renew/off"),
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        next,
        is_charging,
    };
    let words = Words::of(language);
    let next = (moment(words, date(2026, 11, 30), 10, 0), words.money(2825, "CAD"));
    pages.extend([
        ("card-auto-charging".to_owned(), under_way.html()),
        ("auto-renew".to_owned(), form(language, None).html()),
        ("auto-renew-error".to_owned(), form(language, Some(TOO_LOW)).html()),
        ("auto-renew-agree".to_owned(), agree(language, None).html()),
        ("auto-renew-agree-error".to_owned(), agree(language, Some(UNTICKED)).html()),
        ("auto-renew-off".to_owned(), off(false, Some(next)).html()),
        ("auto-renew-off-charging".to_owned(), off(true, None).html()),
    ]);
    pages
}
