//! Sample data of what supervisors and auditors see.

use super::account_samples::buckets;
use super::desk_samples::at_the_desk;
use super::samples::{Reader, pick, tiles, wrong};
use farline_channels::desk::layout::Section;
use farline_channels::desk::views::*;
use farline_channels::portal::charts::stacked::{self, Stacked};
use farline_channels::portal::layout::Page;
use farline_domain::kernel::Language;
use farline_texts::Words;

fn counted(figure: &str, detail: &str) -> Counted {
    Counted { figure: figure.to_owned(), detail: detail.to_owned() }
}

fn row(language: Language, name: &str) -> SupervisedRow {
    let words = Words::of(language);
    let length = words
        .say_with("supervise-minutes", &[("minutes", 4_i64.into()), ("seconds", 35_i64.into())]);
    let pin = words.say("supervise-way-pin");
    SupervisedRow {
        name: name.to_owned(),
        calls: vec![
            counted("12", ""),
            counted(&length, ""),
            counted("9", ""),
            counted("8", ""),
            counted("11", &format!("{pin}\u{a0}11")),
            counted("2", ""),
            counted("0", ""),
        ],
        money: vec![
            counted("1", &words.money(1500, "CAD")),
            counted("1", &words.money(12_000, "CAD")),
            counted("0", ""),
            counted("2", &words.money(5650, "CAD")),
            counted("0", ""),
            counted("3", ""),
        ],
    }
}

fn supervision(language: Language) -> SupervisePage {
    let words = Words::of(language);
    let chart = |name: &'static str| {
        let title = words.say(&format!("supervise-chart-{name}"));
        let stacked = Stacked {
            name,
            days: vec![[3, 1, 2], [0, 0, 0], [5, 0, 1]],
            first_day: pick(language, ["November 27", "27 novembre", "11月27日"]),
            last_day: pick(language, ["November 29", "29 novembre", "11月29日"]),
            title: title.clone(),
            description: words.dot(&[words.say("supervise-paid")]),
        };
        let parts = ["supervise-paid", "supervise-not-paid", "supervise-no-order"];
        let parts = parts.map(|key| words.say(key)).into();
        SupervisedChart { title, picture: stacked::draw(&stacked), parts }
    };
    let group = |name: &'static str, of: &str, rows| SupervisedGroup {
        name,
        title: words.say(&format!("supervise-by-{name}")),
        of: words.say(of),
        rows,
    };
    let robot = words.say("supervise-robot");
    let found = SupervisedView {
        days: pick(language, ["November 27, 2026", "27 novembre 2026", "2026年11月27日"]),
        sheet: format!("/{}/desk/supervise.csv", language.path()),
        waiting: words.say_with("supervise-waiting", &[("count", 3_i64.into())]),
        charts: ["calls", "failures", "refunds"].map(chart).into(),
        groups: vec![
            group("agent", "supervise-who", vec![row(language, "Mei <&>"), row(language, &robot)]),
            group("day", "supervise-day", vec![row(language, "11-29")]),
        ],
    };
    SupervisePage {
        layout: at_the_desk(language, "/desk/supervise", Section::Supervise),
        from: "2026-11-27".to_owned(),
        until: "2026-11-29".to_owned(),
        found: Some(found),
    }
}

fn looking(language: Language) -> LookPage {
    LookPage {
        layout: at_the_desk(language, "/desk/cards/lin_0.bGluZQ", Section::Desk),
        token: "lin_0.bGluZQ".to_owned(),
        card: "+1 416 ••• ••42".to_owned(),
        operator: "Maplewave".to_owned(),
        reason: String::new(),
    }
}

fn looked(language: Language) -> LookedPage {
    let words = Words::of(language);
    let sentence = words.say("desk-fit-keeps-number");
    let plans = tiles(language, Reader::Owner).into_iter();
    let plan = |tile| FittingPlan { tile, sentence: sentence.clone(), is_warning: false };
    LookedPage {
        layout: at_the_desk(language, "/desk/cards/lin_0.bGluZQ", Section::Desk),
        number: words.phone("+14165550142"),
        operator: "Maplewave".to_owned(),
        recorded: words.say_with("look-recorded", &[("time", "14:02".into())]),
        days: None,
        life_svg: String::new(),
        buckets: buckets(language),
        pace: words.say("desk-lasts"),
        open: Some((format!("/{}/desk/orders/K7M3-QX9T", language.path()), "K7M3-QX9T".to_owned())),
        is_paused: false,
        plans: plans.map(plan).collect(),
        notes: vec![ShownNote {
            id: "nte_1".to_owned(),
            card: String::new(),
            by: "Camille Roy".to_owned(),
            at: "14:02".to_owned(),
            text: "call back <&>".to_owned(),
            due: Some("15:30".to_owned()),
            done_by: None,
        }],
    }
}

pub(crate) fn all(language: Language) -> Vec<(String, String)> {
    let words = Words::of(language);
    let mut no_days = supervision(language);
    no_days.found = None;
    let backwards = words.say("supervise-backwards");
    no_days.layout.page =
        wrong(no_days.layout.page.clone(), "until", [&backwards, &backwards, &backwards]);
    let mut without_reason = looking(language);
    let missing = words.say("problem-field-missing-detail");
    without_reason.layout.page =
        wrong(without_reason.layout.page.clone(), "reason", [&missing, &missing, &missing]);
    let mut nothing = looked(language);
    let mut paused = looked(language);
    (paused.plans, paused.is_paused) = (Vec::new(), true);
    (nothing.plans, nothing.notes, nothing.open) = (Vec::new(), Vec::new(), None);
    vec![
        ("desk-supervise".to_owned(), supervision(language).html()),
        ("desk-supervise-no-days".to_owned(), no_days.html()),
        ("desk-look".to_owned(), looking(language).html()),
        ("desk-look-without-reason".to_owned(), without_reason.html()),
        ("desk-looked".to_owned(), looked(language).html()),
        ("desk-looked-nothing".to_owned(), nothing.html()),
        ("desk-looked-paused".to_owned(), paused.html()),
    ]
}
