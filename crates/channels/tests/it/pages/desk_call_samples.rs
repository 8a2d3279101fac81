//! Sample data of the pages of a call.

use super::account_samples::buckets;
use super::desk_samples::at_the_desk;
use super::samples::{Reader, pick, price, tiles, wrong};
use farline_channels::desk::layout::Section;
use farline_channels::desk::views::*;
use farline_channels::portal::layout::Page;
use farline_channels::portal::qr;
use farline_domain::kernel::Language;
use farline_texts::Words;

const CALL: &str = "cal_01KB00000000000000000000AB";

fn head(language: Language) -> CallHead {
    let words = Words::of(language);
    let robot = Presence { name: None, since: "14:03".to_owned() };
    CallHead {
        call: CALL.to_owned(),
        card: "+1 416 ••• ••00".to_owned(),
        operator: "Maplewave".to_owned(),
        caller: words.say("desk-caller-card"),
        others: vec![
            Presence { name: Some("Lin Yue 林悦".to_owned()), since: "14:02".to_owned() },
            robot,
        ],
    }
}

fn verify(language: Language, challenge: Option<&str>) -> VerifyPage {
    let way =
        |number, address: &str, is_card| CodeWay { number, address: address.to_owned(), is_card };
    VerifyPage {
        layout: at_the_desk(language, &format!("/desk/calls/{CALL}"), Section::Desk),
        head: head(language),
        pin: true,
        codes: vec![way(0, "m••@example.org", false), way(1, "+1 416 ••• ••00", true)],
        last_renewal: true,
        document: true,
        challenge: challenge.map(str::to_owned),
    }
}

fn note(language: Language, due: Option<&str>) -> ShownNote {
    ShownNote {
        id: "nte_01KB00000000000000000000AB".to_owned(),
        card: String::new(),
        by: "Lin Yue 林悦".to_owned(),
        at: "14:02".to_owned(),
        text: pick(
            language,
            ["Call back <b>tomorrow</b>", "Rappeler <b>demain</b>", "<b>明天</b>回电"],
        ),
        due: due.map(str::to_owned),
        done_by: None,
    }
}

fn card(language: Language) -> CallCardPage {
    let words = Words::of(language);
    let sentences = [
        (words.say_with("desk-fit-fits", &[("used", words.data(4_200_000_000).into())]), false),
        (words.say_with("desk-fit-too-much", &[("used", words.data(4_200_000_000).into())]), true),
        (words.say_with("desk-fit-runs-out", &[("days", words.days(12).into())]), true),
    ];
    let plans = tiles(language, Reader::Owner).into_iter().zip(sentences);
    let open = OpenOrder {
        id: "ord_01KB00000000000000000000AB".to_owned(),
        reference: "K7M3-QX9T".to_owned(),
        is_paid: false,
        since: "13:58".to_owned(),
    };
    CallCardPage {
        layout: at_the_desk(language, &format!("/desk/calls/{CALL}"), Section::Desk),
        head: head(language),
        number: words.phone("+14165550100"),
        verified: words.say("desk-verified-code-to-card"),
        days: None,
        life_svg: String::new(),
        buckets: buckets(language),
        pace: words.say("desk-lasts"),
        open: Some(open),
        is_paused: false,
        plans: plans
            .map(|(tile, (sentence, is_warning))| FittingPlan { tile, sentence, is_warning })
            .collect(),
        seen: "~3".to_owned(),
        notes: vec![note(language, None), note(language, Some("15:30"))],
        can_keep_document: true,
    }
}

fn check(language: Language) -> CheckPage {
    let words = Words::of(language);
    let sentence = words.say_with(
        "desk-read-out",
        &[
            ("card", "00".into()),
            ("plan", "Everyday 5".into()),
            ("gets", words.data(5_000_000_000).into()),
            ("period", words.say("desk-lasts").into()),
            ("total", words.money(2825, "CAD").into()),
        ],
    );
    let others = Language::ALL.into_iter().filter(|one| *one != language);
    CheckPage {
        layout: at_the_desk(language, &format!("/desk/calls/{CALL}/check/quo_1"), Section::Desk),
        head: head(language),
        quote: "quo_1".to_owned(),
        key: "a2V5a2V5a2V5a2V5a2V5".to_owned(),
        seen: "~3".to_owned(),
        sentence,
        language,
        others: others.map(|one| ReadIn { path: one.path().to_owned(), language: one }).collect(),
        items: price(language),
        total_label: words.say_with("check-total", &[("currency", "CAD".into())]),
        total: words.money(2825, "CAD"),
        email: "mei@example.org".to_owned(),
        phone: "+14165550100".to_owned(),
        methods: vec![CallerMethod {
            id: "pm_1".to_owned(), label: "Visa •••• 4242".to_owned()
        }],
        credit: Some(words.money(4000, "CAD")),
        terms: TermsFirst::Wanted,
        another: false,
    }
}

fn sale(language: Language, state: SaleState) -> SalePage {
    let words = Words::of(language);
    let waits = matches!(state, SaleState::Waiting { .. } | SaleState::Refused);
    let spelled = ("spelled", "K 7 M 3 Q X 9 T".into());
    SalePage {
        layout: at_the_desk(language, &format!("/desk/calls/{CALL}/orders/ord_1"), Section::Desk),
        head: head(language),
        order: "ord_1".to_owned(),
        reference: "K7M3-QX9T".to_owned(),
        say: waits.then(|| words.say_with("desk-say-waiting", &[spelled])),
        read_in: language,
        plan: "Everyday 5".to_owned(),
        total: words.money(2825, "CAD"),
        sms: waits,
        email: waits,
        qr_svg: if waits { qr::svg("https://farline.example/zh/orders/1") } else { String::new() },
        can_cancel: waits,
        hand_reference: String::new(),
        by_hand: if waits { Hand::all(words, None) } else { Vec::new() },
        keypad: None,
        state,
    }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let mut refused = verify(language, None);
    refused.layout.page = wrong(
        refused.layout.page.clone(),
        "pin",
        ["This does not fit.", "Cela ne convient pas.", "不匹配。"],
    );
    let none = VerifyPage {
        pin: false,
        codes: Vec::new(),
        last_renewal: false,
        document: false,
        ..verify(language, None)
    };
    let follow_ups = |notes| FollowUpsPage {
        layout: at_the_desk(language, "/desk/follow-ups", Section::FollowUps),
        notes,
    };
    let mut other = note(language, Some("15:30"));
    "+1 416 ••• ••00".clone_into(&mut other.card);
    let time = || "14:32".to_owned();
    let states = [
        ("waiting", SaleState::Waiting { until: time() }),
        ("charging", SaleState::Charging),
        ("refused", SaleState::Refused),
        ("paid", SaleState::Paid),
        ("unknown", SaleState::Unknown { by: time() }),
        ("held", SaleState::Held),
        ("delivered", SaleState::Delivered { date: time() }),
        ("ended", SaleState::Ended { state: Words::of(language).say("order-state-expired") }),
    ];
    let sent = CheckPage {
        terms: TermsFirst::Sent {
            sentence: Words::of(language).say("desk-terms-sent-email"),
            token: "cal_1~quo_1~email.dGVybXM".to_owned(),
        },
        ..check(language)
    };
    let mut paused = card(language);
    (paused.plans, paused.is_paused) = (Vec::new(), true);
    let mut all = vec![
        ("desk-verify".to_owned(), verify(language, None).html()),
        ("desk-verify-code".to_owned(), verify(language, Some("Y2hhbGxlbmdl")).html()),
        ("desk-verify-refused".to_owned(), refused.html()),
        ("desk-verify-no-way".to_owned(), none.html()),
        ("desk-call".to_owned(), card(language).html()),
        ("desk-call-paused".to_owned(), paused.html()),
        ("desk-check".to_owned(), check(language).html()),
        ("desk-check-terms-sent".to_owned(), sent.html()),
        ("desk-follow-ups".to_owned(), follow_ups(vec![other]).html()),
        ("desk-follow-ups-none".to_owned(), follow_ups(Vec::new()).html()),
    ];
    let sales =
        states.map(|(name, state)| (format!("desk-sale-{name}"), sale(language, state).html()));
    all.extend(sales);
    all.extend(super::keypad_samples::all(language, &|keypad| {
        let until = "14:32".to_owned();
        let page = sale(language, SaleState::Waiting { until });
        SalePage { keypad: Some(keypad), ..page }.html()
    }));
    all
}
