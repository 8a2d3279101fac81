//! Sample data of the pages behind the sign-in, and of the demonstration mailbox.

use farline_channels::portal::charts::ahead::{self, Ahead};
use farline_channels::portal::charts::hours::{self, Hours};
use farline_channels::portal::charts::life_line::{self, LifeDates, LifeLine};
use farline_channels::portal::charts::usage::{self, Usage};
use farline_channels::portal::layout::{Page, PagePath, Section};
use farline_channels::portal::views::*;
use farline_domain::kernel::Language;
use farline_domain::reminders::ReminderWish;
use farline_texts::Words;
use jiff::civil::{Date, date};

use super::samples::{Reader, gets, layout, moment, pick, signed_in, tiles, wrong};

fn life(language: Language, today: Date) -> LifeLine {
    let dates = LifeDates {
        start: date(2026, 11, 1),
        today,
        expires: date(2026, 12, 1),
        grace_until: Some(date(2026, 12, 8)),
        number_until: Some(date(2027, 3, 1)),
    };
    LifeLine::worded(Words::of(language), &dates)
}

pub(crate) fn buckets(language: Language) -> Vec<Bucket> {
    let words = Words::of(language);
    let until = match language {
        Language::EnCa => format!("until {}", words.date_short(date(2026, 12, 1))),
        Language::FrCa => format!("jusqu’au {}", words.date_short(date(2026, 12, 1))),
        Language::ZhCn => format!("{}到期", words.date_short(date(2026, 12, 1))),
    };
    let of = |granted: String| match language {
        Language::EnCa => format!("of {granted}"),
        Language::FrCa => format!("sur {granted}"),
        Language::ZhCn => format!("共 {granted}"),
    };
    let bucket =
        |label: [&str; 3], parts: (String, String), granted: String, left_thousandths| Bucket {
            label: pick(language, label),
            figure: parts.0,
            unit: parts.1,
            of: granted,
            until: until.clone(),
            left_thousandths,
            low: None,
        };
    let mut data = bucket(
        ["Data", "Données", "流量"],
        words.data_parts(900_000_000),
        of(words.data(5_000_000_000)),
        180,
    );
    data.low = Some(pick(language, ["low", "bientôt épuisé", "偏低"]));
    let calls = bucket(
        ["Calls", "Appels", "通话"],
        words.minutes_parts(192 * 60),
        of(words.minutes(300 * 60)),
        640,
    );
    let texts = bucket(
        ["Texts", "Textos", "短信"],
        words.messages_parts(186),
        of(words.messages(200)),
        930,
    );
    let mut credit = bucket(
        ["Credit", "Crédit", "余额"],
        (words.money(0, "CAD"), String::new()),
        String::new(),
        0,
    );
    credit.until = pick(language, ["does not expire", "n’expire pas", "不过期"]);
    vec![data, calls, texts, credit]
}

fn days(language: Language, count: i64, until: CardStatus) -> Days {
    let words = Words::of(language);
    Days {
        count,
        until,
        at: moment(words, date(2026, 12, 1), 23, 59),
        at_home: (language == Language::ZhCn).then(|| "北京时间 12月2日 12:59".to_owned()),
    }
}

fn ahead_view(language: Language) -> AheadView {
    let words = Words::of(language);
    let day = |place: u64| ahead::Day {
        least: 900_u64.saturating_sub(place * 180),
        left: 900_u64.saturating_sub(place * 150),
        most: 900_u64.saturating_sub(place * 120),
    };
    let date_of = |place: i8| words.date_short(date(2026, 11, 22 + place));
    let gone = words.say_with("ahead-gone", &[("date", date_of(6).into())]);
    let (now, end) = (words.data(900_000_000), words.data(0));
    let ends = words.date_short(date(2026, 12, 1));
    let arguments =
        [("now", now.clone().into()), ("end", end.into()), ("date", ends.clone().into())];
    let sentence = words.say_with("ahead-sentence", &arguments);
    let likely =
        [("least", words.data(720_000_000).into()), ("most", words.data(780_000_000).into())];
    let likely = words.say_with("ahead-likely", &likely);
    let rows = (0..7).map(|place| (date_of(place), words.data(750_000_000), likely.clone()));
    let svg = ahead::draw(&Ahead {
        days: (0..10).map(day).collect(),
        gone: Some((6, gone.clone())),
        greatest: now,
        first_day: words.say("usage-today"),
        last_day: words.say_with("ahead-plan-ends", &[("date", ends.into())]),
        title: words.say("ahead-title"),
        description: words.sentences(&[sentence.clone(), gone]),
    });
    AheadView { svg, sentence, rows: rows.collect() }
}

fn usage_view(language: Language, span: Span) -> UsageView {
    let words = Words::of(language);
    let count = if span == Span::Thirty { 30_u64 } else { 90 };
    let amounts: Vec<u64> =
        (0..count).map(|day| (day * 7919 % 13) * 30_000_000 + (day % 7) * 9_000_000).collect();
    let sentence = match language {
        Language::EnCa => "4.1 GB in 30 days, 140 MB a day".to_owned(),
        Language::FrCa => "4,1 Go en 30 jours, 140 Mo par jour".to_owned(),
        Language::ZhCn => "30 天用了 4.1 GB，平均每天 140 MB".to_owned(),
    };
    let rows = amounts
        .iter()
        .rev()
        .map(|octets| {
            (words.date_short(date(2026, 11, 22)), words.data(i64::try_from(*octets).unwrap()))
        })
        .collect();
    let svg = usage::draw(&Usage {
        amounts,
        greatest: words.data(420_000_000),
        first_day: words.date_short(date(2026, 10, 24)),
        last_day: words.say("usage-today"),
        title: words.say("usage-title"),
        description: sentence.clone(),
    });
    UsageView { svg, sentence, rows }
}

fn hours_view(language: Language) -> UsageView {
    let words = Words::of(language);
    let amounts: [u64; 24] = std::array::from_fn(|hour| (hour as u64 * 7919 % 13) * 30_000_000);
    let sentence = pick(
        language,
        [
            "Data · 4.1 GB since October 24. Most is used between 7:00 p.m. and 11:00 p.m.",
            "Données · 4,1 Go depuis le 24 octobre. Vous en utilisez le plus entre 19 h et 23 h.",
            "流量 · 10月24日以来共4.1 GB。19:00至23:00用得最多。",
        ],
    );
    let svg = hours::draw(&Hours {
        amounts,
        shaded: std::array::from_fn(|hour| !(7..23).contains(&hour)),
        greatest: words.data(360_000_000),
        first: "00:00".to_owned(),
        last: "23:00".to_owned(),
        title: words.say("hours-title"),
        description: sentence.clone(),
    });
    let rows = (0..24).map(|hour| (format!("{hour:02}:00"), words.data(360_000_000)));
    UsageView { svg, sentence, rows: rows.collect() }
}

fn usage_page(language: Language, span: Span) -> UsagePage {
    let mut layout = signed_in(language, "/cards/c1/usage");
    layout.section = Section::Cards;
    UsagePage {
        layout,
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        span,
        by_day: Some(usage_view(language, span)),
        by_hour: (span == Span::Thirty).then(|| hours_view(language)),
        of_hours: vec![pick(
            language,
            [
                "12% of your data is used between 11:00 p.m. and 7:00 a.m., when some plans give more.",
                "12 % de vos données sont utilisées entre 23 h et 7 h, heures où certains forfaits donnent plus.",
                "您的流量有12%用在23:00至07:00，有些套餐在这些时段给得更多。",
            ],
        )],
    }
}

pub(crate) fn card(language: Language, role: Role) -> CardPage {
    let helper = role == Role::Helper;
    let mut layout = signed_in(language, "/cards/c1");
    layout.section = Section::Cards;
    CardPage {
        clock: ClockView { to: format!("/{}/cards/c1", language.path()), expiry_s: Some(777_600) },
        compare: format!(
            "/{}/compare?gb=4.1&minutes=90&days=30&operator=maplewave",
            language.path()
        ),
        layout,
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        number: Words::of(language).phone("+14165550188"),
        operator: "Maplewave".to_owned(),
        role,
        status: if helper { CardStatus::Grace } else { CardStatus::Active },
        days: Some(if helper {
            days(language, 4, CardStatus::Grace)
        } else {
            days(language, 9, CardStatus::Active)
        }),
        life_svg: life_line::draw(&life(
            language,
            if helper { date(2026, 12, 4) } else { date(2026, 11, 22) },
        )),
        is_renewing: false,
        auto_renew: Some(AutoRenewBox { can_change: !helper, standing: None }),
        advice: Some(Advice {
            head: pick(
                language,
                [
                    "Renew by November 27.",
                    "Renouvelez d’ici le 27 novembre.",
                    "建议 11月27日前续费。",
                ],
            ),
            reason: pick(
                language,
                [
                    "At this pace the data is gone around then, 4 days before the plan ends. Up to 100 MB a day lasts to the end.",
                    "À ce rythme, les données s’épuisent vers cette date, 4 jours avant la fin du forfait. Jusqu’à 100 Mo par jour, elles durent jusqu’au bout.",
                    "按现在的用量，流量会在那天前后用完，比套餐到期早 4 天。每天不超过 100 MB，可用到到期日。",
                ],
            ),
        }),
        buckets: buckets(language),
        ahead: Some(ahead_view(language)),
        is_paused: false,
        plans: tiles(language, Reader::Owner),
    }
}

fn cards(language: Language) -> CardsPage {
    let mut layout = signed_in(language, "/cards");
    layout.section = Section::Cards;
    let words = Words::of(language);
    let mut cards = summaries(language);
    cards[0].auto_renew = Some(Shortly::UnderWay(words.say("card-renewing-advice")));
    cards[0].last_plan = None;
    (cards[1].last_plan, cards[1].is_paused) = (None, true);
    let next = moment(words, date(2026, 11, 30), 10, 0);
    let next = words.say_with("cards-renews-itself", &[("when", next.into())]);
    cards[2].auto_renew = Some(Shortly::Next(next));
    CardsPage { layout, cards }
}

fn summaries(language: Language) -> Vec<CardSummary> {
    let words = Words::of(language);
    let summary =
        |id: &str, nickname: [&str; 3], role, status, days: Option<Days>, today| CardSummary {
            id: id.to_owned(),
            nickname: pick(language, nickname),
            number: words.phone("+14165550188"),
            operator: "Maplewave".to_owned(),
            role,
            status,
            days,
            life_svg: life_line::draw_small(&life(language, today)),
            auto_renew: None,
            is_paused: false,
            last_plan: (status != CardStatus::Closed && status != CardStatus::Waiting).then(|| {
                LastPlan {
                    id: "plan_a".to_owned(),
                    gets: format!("{} · {}", gets(words, 5_000_000_000, 300), words.days(30)),
                    price: words.money(2825, "CAD"),
                    until: words.date_short(date(2026, 12, 31)),
                }
            }),
        };
    let (active, grace) = (CardStatus::Active, CardStatus::Grace);
    let lost = CardStatus::Suspended;
    vec![
        summary(
            "c0",
            ["Father’s card", "La carte de papa", "爸爸的卡"],
            Role::Holder,
            grace,
            Some(days(language, 2, grace)),
            date(2026, 12, 6),
        ),
        summary(
            "c1",
            ["Mother’s card", "La carte de maman", "妈妈的卡"],
            Role::Helper,
            active,
            Some(days(language, 3, active)),
            date(2026, 11, 28),
        ),
        summary(
            "c2",
            ["Toronto", "Toronto", "多伦多"],
            Role::Holder,
            active,
            Some(days(language, 28, active)),
            date(2026, 11, 3),
        ),
        summary(
            "c3",
            ["In the drawer", "Dans le tiroir", "抽屉里的卡"],
            Role::Holder,
            lost,
            Some(days(language, 61, lost)),
            date(2026, 12, 30),
        ),
        summary(
            "c4",
            ["New", "Nouvelle", "新卡"],
            Role::Holder,
            CardStatus::Waiting,
            None,
            date(2026, 11, 3),
        ),
    ]
}

fn proofs(language: Language) -> Vec<(String, String)> {
    let page = |proof: Proof, asked: Option<String>| ProofPage {
        layout: signed_in(language, "/cards/add/req"),
        request: "req".to_owned(),
        masked: "+1 416 ••• ••88".to_owned(),
        proof,
        asked,
    };
    let mut pages: Vec<(String, String)> = Proof::ALL
        .into_iter()
        .map(|proof| (format!("add-{}", proof.value()), page(proof, None).html()))
        .collect();
    let asked = page(Proof::Holder, Some("l•••@example.org".to_owned()));
    pages.push(("add-holder-asked".to_owned(), asked.html()));
    let mut wrong_puk = page(Proof::Puk, None);
    wrong_puk.layout = wrong(
        wrong_puk.layout,
        "puk",
        [
            "The PUK does not fit this card.",
            "Le PUK ne correspond pas à cette carte SIM.",
            "PUK 与此卡不符。",
        ],
    );
    pages.push(("add-puk-error".to_owned(), wrong_puk.html()));
    pages
}

fn coming_in(language: Language) -> Vec<(String, String)> {
    let mut frame = layout(language, "/sign-in");
    frame.section = Section::SignIn;
    let failed = wrong(
        layout(language, "/sign-in"),
        "password",
        [
            "This does not match. Try again, or ask for a code.",
            "Cela ne correspond pas. Réessayez, ou demandez un code.",
            "不匹配。请重试，或改用验证码。",
        ],
    );
    let bad_code = wrong(
        layout(language, "/sign-in/code"),
        "code",
        [
            "This code is not right. 3 tries left.",
            "Ce code n’est pas bon. Il reste 3 essais.",
            "验证码不正确，还可尝试 3 次。",
        ],
    );
    let code = |layout| SignInCodePage {
        layout,
        challenge: "chl".to_owned(),
        sent_to: "+1 416 ••• ••88".to_owned(),
    };
    vec![
        (
            "sign-in".to_owned(),
            SignInPage { layout: frame, who: String::new(), next: "/en/cards".to_owned() }.html(),
        ),
        (
            "sign-in-error".to_owned(),
            SignInPage { layout: failed, who: "lin@example.org".to_owned(), next: String::new() }
                .html(),
        ),
        ("sign-in-code".to_owned(), code(layout(language, "/sign-in/code")).html()),
        ("sign-in-code-error".to_owned(), code(bad_code).html()),
        (
            "register".to_owned(),
            RegisterPage {
                layout: layout(language, "/register"),
                who: String::new(),
                next: String::new(),
                password_length: 12,
            }
            .html(),
        ),
        (
            "verify".to_owned(),
            VerifyPage {
                layout: signed_in(language, "/verify"),
                challenge: "chl".to_owned(),
                sent_to: "l•••@example.org".to_owned(),
            }
            .html(),
        ),
    ]
}

fn helping(language: Language) -> Vec<(String, String)> {
    let since = Words::of(language).date(date(2026, 11, 1));
    let helper = |id: &str, name: &str, state| HelperLine {
        id: id.to_owned(),
        name: name.to_owned(),
        contact: "l•••@example.org".to_owned(),
        state,
        since: since.clone(),
    };
    let helpers = HelpersPage {
        layout: signed_in(language, "/cards/c1/helpers"),
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        helpers: vec![
            helper("h1", "Lin", HelperState::Active),
            helper("h2", "Wei", HelperState::Asked),
        ],
        contact: String::new(),
        name: String::new(),
    };
    let mut pages =
        vec![("helpers".to_owned(), helpers.html()), ("reminders".to_owned(), reminders(language))];
    let answers = [
        ("approve-help", Request::HelpWithYourCard, ApprovalState::Open),
        ("approve-become", Request::BecomeHelper, ApprovalState::Open),
        ("approve-yes", Request::HelpWithYourCard, ApprovalState::Approved),
        ("approve-no", Request::HelpWithYourCard, ApprovalState::Refused),
    ];
    pages.extend(answers.into_iter().map(|(name, request, state)| {
        let page = ApprovePage {
            layout: layout(language, "/approve/tok"),
            token: "tok".to_owned(),
            asker: "Lin · l•••@example.org".to_owned(),
            masked: "+1 416 ••• ••88".to_owned(),
            request,
            state,
            until: Words::of(language).date(date(2026, 11, 29)),
        };
        (name.to_owned(), page.html())
    }));
    pages
}

fn records(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let mut frame = signed_in(language, "/orders");
    frame.section = Section::Orders;
    let order = |state: &str| OrderLine {
        href: format!("/{}/orders/tok", language.path()),
        reference: "K7M3-QX9T".to_owned(),
        at: words.date(date(2026, 11, 22)),
        card: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        gets: format!("{} · {}", gets(words, 5_000_000_000, 300), words.days(30)),
        total: words.money(2825, "CAD"),
        state: words.say(state),
    };
    let orders = vec![
        order("order-state-unknown"),
        order("order-state-delivered"),
        order("order-state-refunded"),
    ];
    let next_page = Some(format!("/{}/orders?after=x", language.path()));
    let entry = |what: [&str; 3], amount: String, order: bool| HistoryLine {
        at: moment(words, date(2026, 11, 22), 14, 2),
        what: pick(language, what),
        amount,
        order: order.then(|| (format!("/{}/orders/tok", language.path()), "K7M3-QX9T".to_owned())),
    };
    let history = CardHistoryPage {
        layout: signed_in(language, "/cards/c1/history"),
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        entries: vec![
            entry(
                ["Renewed", "Renouvelée", "续费"],
                format!("+{}", words.data(5_000_000_000)),
                true,
            ),
            entry(
                ["Data used", "Données utilisées", "使用流量"],
                format!("−{}", words.data(120_000_000)),
                false,
            ),
        ],
        older: next_page.clone(),
    };
    vec![
        ("orders".to_owned(), OrdersPage { layout: frame, orders, older: next_page }.html()),
        (
            "orders-none".to_owned(),
            OrdersPage { layout: signed_in(language, "/orders"), orders: Vec::new(), older: None }
                .html(),
        ),
        ("card-history".to_owned(), history.html()),
    ]
}

fn account(language: Language) -> AccountPage {
    let mut frame = signed_in(language, "/account");
    frame.section = Section::Account;
    frame.notice = Some(pick(language, ["Saved.", "Enregistré.", "已保存。"]));
    let words = Words::of(language);
    let contact = |id: &str, value: String, verified, removable| ContactLine {
        id: id.to_owned(),
        value,
        verified,
        removable,
    };
    let session = |device: [&str; 3], here| SessionLine {
        device: pick(language, device),
        last_used: moment(words, date(2026, 11, 20), 9, 5),
        here,
    };
    AccountPage {
        layout: frame,
        language,
        contacts: vec![
            contact("k1", "lin@example.org".to_owned(), true, true),
            contact("k2", words.phone("+14165550188"), false, false),
        ],
        has_password: true,
        password_length: 12,
        sessions: vec![
            session(["Firefox on Android", "Firefox sur Android", "Android 上的 Firefox"], true),
            session(["Safari on iPhone", "Safari sur iPhone", "iPhone 上的 Safari"], false),
        ],
        kept_until: Some(words.date(date(2032, 12, 31))),
        consents: consents(language),
    }
}

fn consents(language: Language) -> Vec<ConsentLine> {
    let words = Words::of(language);
    let sender = [
        ("brand", "Farline".into()),
        ("merchant", "Farline Demonstration Ltd.".into()),
        ("address", "1 Example Street, Toronto ON  M5V 0A1, Canada".into()),
        ("phone", "1-800-555-0142".into()),
        ("email", "help@farline.example".into()),
    ];
    let line = |medium: &str, since: Option<Date>| ConsentLine {
        medium: medium.to_owned(),
        field: format!("agree-{medium}"),
        title: words.say(&format!("marketing-by-{medium}")),
        words: words.say_with(&format!("marketing-words-{medium}"), &sender),
        since: since
            .map(|date| words.say_with("marketing-since", &[("date", words.date(date).into())])),
    };
    vec![line("email", Some(date(2026, 11, 3))), line("sms", None)]
}

fn unsubscribing(language: Language) -> Vec<(String, String)> {
    let page = |state| UnsubscribePage {
        layout: layout(language, "/unsubscribe/tok.mac"),
        token: "tok.mac".to_owned(),
        state,
    };
    vec![
        ("unsubscribe".to_owned(), page(UnsubscribeState::Asks).html()),
        ("unsubscribe-done".to_owned(), page(UnsubscribeState::Done).html()),
    ]
}

fn mailbox(language: Language) -> MailboxPage {
    let mut frame = layout(language, "");
    frame.path = PagePath::Fixed("/mailbox".to_owned());
    let at = moment(Words::of(language), date(2026, 11, 22), 14, 2);
    let message = |medium, to: &str, subject: &str, body: &str| MailMessage {
        medium,
        to: to.to_owned(),
        at: at.clone(),
        subject: subject.to_owned(),
        language: Language::EnCa,
        body: body.to_owned(),
    };
    let text = "Farline: your card ending in 88 is renewed until December 31. Receipt: https://farline.example/r/7Q2.";
    let mail = "Your card is renewed.\n\nReference K7M3-QX9T\nhttps://farline.example/en/orders/tok\n\nFarline";
    MailboxPage {
        clock: ClockView { to: "/mailbox".to_owned(), expiry_s: None },
        layout: frame,
        messages: vec![
            message(Medium::Text, "+1 416 555 0188", "", text),
            message(Medium::Email, "lin@example.org", "Your card is renewed", mail),
        ],
    }
}

/// The pages behind the sign-in, and the mailbox: name and document.
pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let mut account_error = account(language);
    account_error.layout.notice = None;
    account_error.layout = wrong(
        account_error.layout,
        "confirm",
        [
            "Tick the box to delete the account.",
            "Cochez la case pour supprimer le compte.",
            "请勾选后再删除账户。",
        ],
    );
    let kept_until = Some(Words::of(language).date(date(2032, 12, 31)));
    let proof_missing = wrong(
        signed_in(language, "/cards/add"),
        "proof",
        ["Choose how you show it.", "Choisissez comment le montrer.", "请选择证明方式。"],
    );
    let add = |layout| AddCardPage {
        layout,
        number: String::new(),
        nickname: String::new(),
        proof: None,
    };
    let mut paused = card(language, Role::Holder);
    (paused.plans, paused.is_paused) = (Vec::new(), true);
    let mut pages = vec![
        ("cards".to_owned(), cards(language).html()),
        (
            "cards-none".to_owned(),
            CardsPage { layout: signed_in(language, "/cards"), cards: Vec::new() }.html(),
        ),
        ("card".to_owned(), card(language, Role::Holder).html()),
        ("card-paused".to_owned(), paused.html()),
        ("card-helper".to_owned(), card(language, Role::Helper).html()),
        ("card-usage".to_owned(), usage_page(language, Span::Thirty).html()),
        ("card-usage-90".to_owned(), usage_page(language, Span::Ninety).html()),
        ("add-card".to_owned(), add(signed_in(language, "/cards/add")).html()),
        ("add-card-error".to_owned(), add(proof_missing).html()),
        ("account".to_owned(), account(language).html()),
        ("account-error".to_owned(), account_error.html()),
        (
            "deleted".to_owned(),
            DeletedPage { layout: layout(language, "/deleted"), kept_until }.html(),
        ),
        ("mailbox".to_owned(), mailbox(language).html()),
    ];
    pages.extend(proofs(language));
    pages.extend(coming_in(language));
    pages.extend(helping(language));
    pages.extend(unsubscribing(language));
    pages.extend(records(language));
    pages
}

#[test]
fn addresses_in_messages_become_links_without_the_stop_behind_them() {
    let page = mailbox(Language::EnCa).html();
    assert!(
        page.contains(
            "<a href=\"https://farline.example/r/7Q2\">https://farline.example/r/7Q2</a>."
        )
    );
}

fn reminders(language: Language) -> String {
    let words = Words::of(language);
    let choice = |wish: ReminderWish| {
        let label = words.say(&format!("reminders-by-{}", wish.code()));
        (wish.code().to_owned(), label, wish == ReminderWish::ALL[0])
    };
    let told = |(reason, state): (&str, &str)| ReminderLine {
        reason: words.say(&format!("reminders-why-{reason}")),
        when: "10:04".to_owned(),
        state: words.say(&format!("reminders-is-{state}")),
    };
    let all = [
        ("expires-in", "planned"),
        ("grace-begins", "sent"),
        ("last-safe-day", "dropped"),
        ("number-ends", "failed"),
        ("used", "sent"),
        ("used-up", "sent"),
        ("runs-out", "sent"),
        ("credit-low", "sent"),
    ];
    let page = RemindersPage {
        layout: signed_in(language, "/cards/c1/reminders"),
        id: "c1".to_owned(),
        nickname: pick(language, ["Mother’s card", "La carte de maman", "妈妈的卡"]),
        choices: ReminderWish::ALL.map(choice).into(),
        told: all.map(told).into(),
    };
    page.html()
}
