//! Sample data of the guest's pages, with real formats in each language.

use std::sync::Arc;

use farline_app::wording::business::Business as SampleBusiness;
use farline_app::wording::{promotion_applied, promotion_limits};
use farline_channels::portal::layout::{Business, FieldError, Layout, Page, PagePath};
use farline_channels::portal::views::*;
use farline_domain::catalog::{Promotion, PromotionCode, Reduction};
use farline_domain::kernel::{Currency, Language, Localized, Rate, Units};
use farline_texts::Words;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

/// The one of three texts that belongs to a language.
pub(crate) fn pick(language: Language, texts: [&str; 3]) -> String {
    let [english, french, chinese] = texts;
    match language {
        Language::EnCa => english,
        Language::FrCa => french,
        Language::ZhCn => chinese,
    }
    .to_owned()
}

pub(crate) fn layout(language: Language, path: &str) -> Layout {
    let business = Business {
        brand: pick(language, ["Farline", "Farline", "续航"]),
        legal_name: "Farline Demonstration Ltd.".to_owned(),
        address: vec!["100 Example Street".to_owned(), "Toronto ON  M5V 0A1".to_owned()],
        phone: "1-800-555-0142".to_owned(),
        phone_e164: "+18005550142".to_owned(),
        email: "help@farline.example".to_owned(),
        privacy_officer: pick(
            language,
            ["Privacy officer", "Responsable de la vie privée", "隐私负责人"],
        ),
        privacy_email: "privacy@farline.example".to_owned(),
        refunds: vec![Words::of(language).say("terms-refund-text")],
        terms_version: "2026-11-01".to_owned(),
        tax_registrations: vec![
            ("GST/HST".to_owned(), "123456789 RT0001".to_owned()),
            ("QST".to_owned(), "1234567890 TQ0001".to_owned()),
        ],
    };
    let mut layout =
        Layout::new(language, PagePath::InLanguage(path.to_owned()), Arc::new(business));
    layout.sandbox = true;
    layout
}

pub(crate) fn signed_in(language: Language, path: &str) -> Layout {
    let mut layout = layout(language, path);
    layout.signed_in = true;
    layout.csrf = Some("c2Vzc2lvbg".to_owned());
    layout
}

pub(crate) fn wrong(mut layout: Layout, field: &str, texts: [&str; 3]) -> Layout {
    let message = pick(layout.language, texts);
    layout.errors.push(FieldError { field: field.to_owned(), message });
    layout
}

/// A moment in Toronto, as the page writes it.
pub(crate) fn moment(words: &Words, day: Date, hour: i8, minute: i8) -> String {
    let toronto = TimeZone::get("America/Toronto").unwrap();
    words.date_time_short(&day.at(hour, minute, 0, 0).to_zoned(toronto).unwrap())
}

pub(crate) fn clock(words: &Words, hour: i8, minute: i8) -> String {
    words.time(jiff::civil::time(hour, minute, 0, 0))
}

pub(crate) fn gets(words: &Words, octets: i64, minutes: i64) -> String {
    words.dot(&[words.data(octets), words.minutes(minutes * 60)])
}

pub(crate) fn tax_note(language: Language) -> String {
    let rate = Words::of(language).rate(130_000);
    format!("{} {rate}", pick(language, ["includes HST", "TVH comprise", "含 HST"]))
}

/// Who looks at the tiles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Stranger,
    Owner,
}

pub(crate) fn tiles(language: Language, reader: Reader) -> Vec<PlanTile> {
    let words = Words::of(language);
    let owner = reader == Reader::Owner;
    let (from, to) = (words.date_short(date(2026, 12, 1)), words.date_short(date(2026, 12, 31)));
    let dated = match language {
        Language::EnCa => format!("From {from} to {to}"),
        Language::FrCa => format!("Du {from} au {to}"),
        Language::ZhCn => format!("{from}起生效，用至{to}"),
    };
    let stranger = pick(
        language,
        [
            "Begins when the running plan ends",
            "Commence à la fin du forfait en cours",
            "当前套餐结束后生效",
        ],
    );
    let starts = if owner { dated } else { stranger };
    let tile =
        |id: &str, name: [&str; 3], octets: i64, minutes: i64, days: i64, cents: i64| PlanTile {
            id: id.to_owned(),
            name: pick(language, name),
            tag: None,
            gets: gets(words, octets, minutes),
            lasts: words.days(days),
            starts: starts.clone(),
            price: words.money(cents, "CAD"),
            tax_note: tax_note(language),
            promotion: None,
            reason: None,
            caution: None,
        };
    let mut last =
        tile("plan_a", ["Everyday 5", "Quotidien 5", "日常 5"], 5_000_000_000, 300, 30, 2825);
    if owner {
        last.tag = Some(pick(language, ["Your last plan", "Votre dernier forfait", "上次的套餐"]));
        last.caution = Some(pick(
            language,
            [
                "You may be without data from November 27 to December 1.",
                "Vous pourriez manquer de données du 27 novembre au 1er décembre.",
                "11月27日至12月1日可能没有流量。",
            ],
        ));
    }
    let mut large = tile("plan_b", ["Large", "Grand", "大流量"], 12_000_000_000, 300, 30, 3955);
    large.reason = Some(pick(
        language,
        [
            "Recommended: it starts when the data runs out, and you need about 6 GB a month.",
            "Recommandé : il commence quand les données s’épuisent, et il vous faut environ 6 Go par mois.",
            "推荐：流量用完即生效，按您的用量每月约需 6 GB。",
        ],
    ));
    let keep = tile(
        "plan_c",
        ["Keep the number", "Garder le numéro", "保号套餐"],
        100_000_000,
        30,
        90,
        1695,
    );
    vec![last, large, keep]
}

pub(crate) fn price(language: Language) -> Vec<PriceItem> {
    let words = Words::of(language);
    let rate = words.rate(130_000);
    vec![
        PriceItem {
            label: pick(language, ["Price", "Prix", "价格"]),
            amount: words.money(2500, "CAD"),
        },
        PriceItem {
            label: format!("{} {rate}", pick(language, ["HST", "TVH", "HST"])),
            amount: words.money(325, "CAD"),
        },
    ]
}

pub(crate) fn total(language: Language) -> String {
    Words::of(language).money(2825, "CAD")
}

pub(crate) fn home_after_an_error(language: Language, number: &str) -> HomePage {
    let layout = wrong(
        layout(language, ""),
        "number",
        [
            "No card has this number. Check the digits, or enter the ICCID.",
            "Aucune carte SIM n’a ce numéro. Vérifiez les chiffres, ou entrez l’ICCID.",
            "找不到此号码对应的卡。请核对数字，或输入 ICCID。",
        ],
    );
    HomePage {
        layout,
        number: number.to_owned(),
        has_shops: false,
        has_promotions: false,
        samples: Vec::new(),
    }
}

fn check_page(language: Language, layout: Layout) -> CheckPage {
    let words = Words::of(language);
    let provinces = [
        ("AB", ["Alberta"; 3]),
        ("NL", ["Newfoundland and Labrador", "Terre-Neuve-et-Labrador", "纽芬兰与拉布拉多省"]),
        ("ON", ["Ontario", "Ontario", "安大略省"]),
        ("QC", ["Quebec", "Québec", "魁北克省"]),
    ];
    CheckPage {
        layout,
        quote: "quo_sample".to_owned(),
        key: "5f1c0b1e-0000-4000-8000-000000000000".to_owned(),
        card: words.phone("+14165550188"),
        card_hint: format!("{} · Maplewave", words.phone_hint("+14165550188")),
        change_card: format!("/{}", language.path()),
        plan: pick(language, ["Everyday 5", "Quotidien 5", "日常 5"]),
        gets: format!("{} · {}", gets(words, 5_000_000_000, 300), words.days(30)),
        change_plan: format!("/{}/renew/link", language.path()),
        starts: tiles(language, Reader::Owner).remove(0).starts,
        gap: None,
        province: "ON".to_owned(),
        provinces: provinces
            .into_iter()
            .map(|(code, names)| ProvinceChoice {
                code: code.to_owned(),
                name: pick(language, names),
            })
            .collect(),
        items: price(language),
        promotions: Vec::new(),
        code: String::new(),
        total_label: words.say_with("check-total", &[("currency", "CAD".into())]),
        total: total(language),
        email: String::new(),
        phone: String::new(),
        pay_with: Vec::new(),
        keep: Keep::Impossible,
        french_terms: None,
        wrong_number: WrongNumberRule::TakenBack,
        holds_until: clock(words, 14, 17),
    }
}

/// A promotion for the first five hundred, once per card.
pub(crate) fn limited() -> Promotion {
    let name = Language::ALL.into_iter().map(|language| (language, "Autumn".to_owned())).collect();
    Promotion {
        reduction: Some(Reduction::Share(Rate { ppm: 100_000 })),
        limit: Some(Units::new(500).unwrap()),
        limit_per_line: Some(Units::new(1).unwrap()),
        ..Promotion::new(
            PromotionCode::parse("autumn").unwrap(),
            Localized::new(name).unwrap(),
            (date(2026, 11, 1), date(2026, 11, 30)),
        )
    }
}

/// A saved method; with a note it cannot be used.
fn saved(language: Language, hint: &str, note: String) -> PayMethod {
    let named = [("brand", "Visa".into()), ("hint", hint.into())];
    PayMethod {
        id: format!("pmt_{hint}"),
        label: Words::of(language).say_with("saved-method-card", &named),
        chosen: note.is_empty(),
        usable: note.is_empty(),
        note,
    }
}

fn check_for_owner(language: Language) -> CheckPage {
    let mut page = check_page(language, signed_in(language, "/check/quo_sample"));
    page.wrong_number = WrongNumberRule::Desk { hours: 48 };
    page.promotions = vec![promotion_applied(Words::of(language), &limited(), Currency::CAD)];
    page.promotions.extend(promotion_limits(Words::of(language), &limited()));
    "autumn".clone_into(&mut page.code);
    page.pay_with = vec![
        PayMethod {
            id: "page".to_owned(),
            label: pick(
                language,
                ["Bank card or PayPal", "Carte bancaire ou PayPal", "银行卡或 PayPal"],
            ),
            note: String::new(),
            chosen: false,
            usable: true,
        },
        PayMethod {
            id: "credit".to_owned(),
            label: pick(language, ["Credit on this card", "Crédit de cette carte SIM", "卡内余额"]),
            note: Words::of(language).money(4120, "CAD"),
            chosen: false,
            usable: true,
        },
    ];
    page.pay_with.insert(0, saved(language, "4242", String::new()));
    page.pay_with.push(saved(language, "0341", Words::of(language).say("method-expired")));
    page.keep = Keep::Offered { ticked: false };
    let mut better = tiles(language, Reader::Owner).remove(1);
    better.caution = None;
    page.gap = Some(Gap {
        sentence: tiles(language, Reader::Owner).remove(0).caution.unwrap(),
        better: Some(better),
        action: format!("/{}/cards/c1/renew", language.path()),
    });
    page
}

fn check_in_quebec(language: Language) -> CheckPage {
    let texts = [
        "Enter an e-mail address or a mobile number.",
        "Entrez un courriel ou un numéro de cellulaire.",
        "请填写邮箱或手机号。",
    ];
    let mut page =
        check_page(language, wrong(layout(language, "/check/quo_sample"), "email", texts));
    "QC".clone_into(&mut page.province);
    if language != Language::FrCa {
        page.layout = wrong(
            page.layout,
            "terms_language",
            ["Choose the language of the terms.", "", "请选择条款的语言。"],
        );
        page.french_terms = Some(FrenchTerms {
            version: "2026-11".to_owned(),
            paragraphs: vec![
                "Un renouvellement prépayé pour une carte SIM, au prix indiqué."
                    .to_owned();
                2
            ],
            chosen: false,
        });
    }
    page
}

/// The guest's pages: name and document.
pub(crate) fn guest(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let line = LineHint {
        masked: "+1 416 ••• ••88".to_owned(),
        hint: words.phone_hint("+14165550188"),
        operator: "Maplewave".to_owned(),
    };
    let renew = |need: Option<Need>, plans: Vec<PlanTile>| RenewPage {
        layout: layout(language, "/renew/link"),
        link: "link".to_owned(),
        line: line.clone(),
        need,
        plans,
    };
    let samples =
        ["+1 416 555 0100", "+1 416 555 0188", "+1 604 555 0133"].map(str::to_owned).to_vec();
    let first = HomePage {
        layout: layout(language, ""),
        number: String::new(),
        has_shops: true,
        has_promotions: true,
        samples,
    };
    vec![
        ("home".to_owned(), first.html()),
        ("home-error".to_owned(), home_after_an_error(language, "416 555 01").html()),
        ("renew".to_owned(), renew(None, tiles(language, Reader::Stranger)).html()),
        (
            "renew-need".to_owned(),
            renew(Some(Need::Keep), tiles(language, Reader::Stranger)).html(),
        ),
        ("renew-nothing".to_owned(), renew(None, Vec::new()).html()),
        ("check".to_owned(), check_page(language, layout(language, "/check/quo_sample")).html()),
        ("check-owner".to_owned(), check_for_owner(language).html()),
        ("check-quebec".to_owned(), check_in_quebec(language).html()),
    ]
    .into_iter()
    .chain(problems(language))
    .chain(legal(language))
    .collect()
}

fn problems(language: Language) -> Vec<(String, String)> {
    let again = pick(language, ["in 4 minutes", "dans 4 minutes", "4 分钟后"]);
    let all = [
        (Problem::NotFound, MoneyMoved::No),
        (Problem::NotYours, MoneyMoved::No),
        (Problem::SignInFirst, MoneyMoved::No),
        (Problem::Forbidden, MoneyMoved::No),
        (Problem::RenewalInProgress, MoneyMoved::No),
        (Problem::PromotionUsedUp, MoneyMoved::No),
        (Problem::SupplierPaused, MoneyMoved::No),
        (Problem::TooLate, MoneyMoved::Charged(total(language))),
        (Problem::LinkExpired, MoneyMoved::No),
        (Problem::NotUnderstood, MoneyMoved::No),
        (Problem::TooMany { again }, MoneyMoved::No),
        (Problem::OurFault, MoneyMoved::Unknown),
        (Problem::Unavailable, MoneyMoved::No),
    ];
    all.into_iter()
        .map(|(problem, money)| {
            let name = format!("problem-{}-{}", problem.status(), problem.word());
            let onward = match problem {
                Problem::TooLate => Some(format!("/{}/orders/tok", language.path())),
                Problem::SignInFirst => Some(format!("/{}/sign-in", language.path())),
                _ => None,
            };
            let request = if money == MoneyMoved::Unknown { "req_7QH2M4" } else { "" }.to_owned();
            let page =
                ProblemPage { layout: layout(language, "/x"), problem, money, request, onward };
            (name, page.html())
        })
        .collect()
}

fn legal(language: Language) -> Vec<(String, String)> {
    let since = Words::of(language).date(date(2026, 11, 1));
    let (words, business) = (Words::of(language), SampleBusiness::demonstration());
    let terms = TermsPage {
        layout: layout(language, "/terms"),
        version: "2026-11".to_owned(),
        since,
        sections: business.terms(words),
    };
    let about =
        AboutPage { layout: layout(language, "/about"), provinces: words.say("about-everywhere") };
    let complaints = ComplaintsPage {
        layout: layout(language, "/complaints"),
        steps: business.complaints.steps(words),
        ccts: Ccts {
            phone: business.complaints.ccts_phone.clone(),
            phone_e164: "+18882211687".to_owned(),
            website: business.complaints.ccts_website.clone(),
            address: business.complaints.ccts_address.clone(),
        },
    };
    let partners = |start| PartnersPage {
        layout: layout(language, "/partners"),
        url: "https://renew.example".to_owned(),
        start,
        snippets: [("curl", "curl $FARLINE_URL/partner/v1/balance"); 4],
        outcomes: vec![("unknown", words.say("partners-outcome-unknown"))],
        numbers: vec![("+14165550100", words.say("partners-number-at-once"))],
    };
    let key = Start::Made {
        secret: "farline_test_0123456789".to_owned(),
        portal: Some("partner/sandbox-1".to_owned()),
    };
    vec![
        ("partners".to_owned(), partners(Start::Sandbox).html()),
        ("partners-made".to_owned(), partners(key).html()),
        ("partners-live".to_owned(), partners(Start::Account).html()),
        ("terms".to_owned(), terms.html()),
        ("privacy".to_owned(), PrivacyPage { layout: layout(language, "/privacy") }.html()),
        ("complaints".to_owned(), complaints.html()),
        ("about".to_owned(), about.html()),
    ]
}
