//! The usage of a card hour by hour: the picture, and what there is to say of it.

use crate::portal::charts::hours::{self as chart, Hours as Chart};
use crate::portal::views::UsageView;
use farline_app::lines::{Hours, MovingAdvice, Window};
use farline_app::wording::clock;
use farline_domain::catalog::TimeWindow;
use farline_domain::forecast::BUSIEST_HOURS;
use farline_domain::kernel::Units;
use farline_texts::{Argument, Words};

/// The minutes of an hour, and of a day.
const HOUR: u16 = 60;
const DAY: u16 = 24 * HOUR;

/// The data used at each hour.
pub(super) fn view(words: &Words, hours: &Hours) -> UsageView {
    let sentence = sentence(words, hours);
    let used = hours.used.hours();
    let window = hours.window.map(|window| window.hours);
    let greatest = used.iter().copied().max().unwrap_or_default();
    let chart = Chart {
        amounts: used.map(|units| units.count().unsigned_abs()),
        shaded: std::array::from_fn(|hour| window.is_some_and(|window| reaches(window, hour))),
        greatest: words.data(greatest.count()),
        first: clock(words, 0),
        last: clock(words, DAY - HOUR),
        title: words.say("hours-title"),
        description: sentence.clone(),
    };
    let row = |(hour, units): (u16, &Units)| {
        let span = TimeWindow { from_minute: hour * HOUR, until_minute: (hour + 1) * HOUR };
        (words.say_with("hours-span", &between(words, span)), words.data(units.count()))
    };
    UsageView { svg: chart::draw(&chart), sentence, rows: (0..).zip(used).map(row).collect() }
}

/// Whether some minute of an hour is in a window.
fn reaches(window: TimeWindow, hour: usize) -> bool {
    let first = u16::try_from(hour).unwrap_or(0) * HOUR;
    (first..first + HOUR).any(|minute| window.contains(minute))
}

/// `Data · 7.1 GB since October 19. Most is used between 19:00 and 23:00.`
fn sentence(words: &Words, hours: &Hours) -> String {
    let from_minute = u16::from(hours.used.busiest_from().unwrap_or(0)) * HOUR;
    let until_minute = (from_minute + BUSIEST_HOURS * HOUR) % DAY;
    let [from, until] = between(words, TimeWindow { from_minute, until_minute });
    let amount = ("amount", words.data(hours.used.total().count()).into());
    let date = ("date", words.date_short(hours.since).into());
    words.say_with("hours-sentence", &[amount, date, from, until])
}

/// What there is to say of windows, and of what moving use into them would save.
pub(super) fn sentences(words: &Words, hours: &Hours) -> Vec<String> {
    let window = hours.window.map(|window| of_window(words, hours, window));
    let moving = hours.moving.as_ref().map(|advice| of_moving(words, advice));
    window.into_iter().chain(moving).collect()
}

fn of_window(words: &Words, hours: &Hours, Window { hours: span, used, left }: Window) -> String {
    let total = i128::from(hours.used.total().count().max(1));
    let percent = i64::try_from(i128::from(used.count()) * 100 / total).unwrap_or(0);
    let [from, until] = between(words, span);
    let percent = ("percent", percent.into());
    match left {
        Some(left) => {
            let left = ("left", words.data(left.count()).into());
            words.say_with("hours-own", &[left, percent, from, until])
        }
        None => words.say_with("hours-offered", &[percent, from, until]),
    }
}

fn of_moving(words: &Words, advice: &MovingAdvice) -> String {
    let [from, until] = between(words, advice.window);
    let saves = words.money(advice.saves.minor, advice.saves.currency.code());
    let name = |plan: &farline_domain::catalog::Plan| plan.name.get(words.language()).to_owned();
    let arguments = [
        ("amount", words.data(advice.units.count()).into()),
        ("plan", name(&advice.to).into()),
        ("instead", name(&advice.instead_of).into()),
        ("saves", saves.into()),
        from,
        until,
    ];
    words.say_with("hours-moving", &arguments)
}

/// The two ends of a window, as arguments.
fn between(words: &Words, window: TimeWindow) -> [(&'static str, Argument); 2] {
    let TimeWindow { from_minute, until_minute } = window;
    [("from", clock(words, from_minute).into()), ("until", clock(words, until_minute).into())]
}
