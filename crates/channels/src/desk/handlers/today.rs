//! The owner's morning, as a page and as a sheet.

use super::order::acting;
use super::order_page::name_of;
use super::orders::{moment, waiting};
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{Figure, HandRow, TodayPage, WaitingOrder};
use crate::portal::handlers::frame::html;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use farline_app::desk::today::{HandToday, Today};
use farline_app::desk::{day_sheet, today};
use farline_app::ports::by_hand::HandPurpose;
use farline_app::wording::payment_method;
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{Currency, Money};
use farline_domain::ledger::{Account, Flows};
use jiff::civil::Date;
use serde::Deserialize;

/// `?day=`: a date; the present one, if there is none.
#[derive(Debug, Deserialize)]
pub struct DayQuery {
    day: Option<String>,
}

async fn read(here: &Here, query: &DayQuery) -> Result<Today, Problem> {
    let day = query.day.as_deref().map(str::parse::<Date>).transpose();
    let day = day.map_err(|_| Problem::of(ProblemCode::NotFound))?;
    today(&here.frame.channels().app, &acting(here), day).await
}

/// `GET /{language}/desk/today`
pub async fn show(here: Here, Query(query): Query<DayQuery>) -> Response {
    let shown = async {
        let today = read(&here, &query).await?;
        page(&here, &today).await
    };
    match shown.await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => here.problem(&problem),
    }
}

/// `GET /{language}/desk/today.csv`
pub async fn sheet(here: Here, Query(query): Query<DayQuery>) -> Response {
    let today = match read(&here, &query).await {
        Ok(today) => today,
        Err(problem) => return here.problem(&problem),
    };
    let Ok(text) = day_sheet(&today) else {
        return here.problem(&Problem::of(ProblemCode::Internal));
    };
    let named = format!("attachment; filename=\"farline-{}.csv\"", today.date);
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, named),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, text).into_response()
}

async fn page(here: &Here, today: &Today) -> Result<TodayPage, Problem> {
    let words = here.frame.words();
    let stages = today.day.stages.iter();
    let orders = stages.map(|(stage, count)| {
        let what = words.say(&format!("order-state-{}", stage.code().replace('_', "-")));
        (what, count.to_string(), *count)
    });
    let unanswered = today.unanswered.iter();
    let unanswered = unanswered.map(|(kind, count)| {
        (words.say(&format!("job-{}", kind.replace('_', "-"))), count.to_string(), *count)
    });
    let mut by_hand = Vec::new();
    for hand in &today.by_hand {
        by_hand.push(hand_row(here, hand).await?);
    }
    let flows = || today.day.flows.currencies();
    let zone = words.zone_name(today.zone.name());
    let day = [("date", words.date(today.date).into()), ("zone", zone.into())];
    Ok(TodayPage {
        layout: here.layout(Section::Today),
        day: words.say_with("day-in-zone", &day),
        ways: ways(here, today),
        orders: figures(orders.collect()),
        takings: figures(flows().flat_map(|(_, flows)| takings(here, flows)).collect()),
        money: flows().flat_map(|(currency, flows)| became(here, (currency, flows))).collect(),
        by_hand,
        owed: owed(here, today),
        waiting: today.tasks.iter().filter_map(|order| waiting(here, order)).collect(),
        unanswered: figures(unanswered.collect()),
        requests: requests(here, today),
    })
}

/// Each figure beside the greatest of its kind.
fn figures(found: Vec<(String, String, u64)>) -> Vec<Figure> {
    let greatest = found.iter().map(|(_, _, count)| *count).max().unwrap_or(0).max(1);
    let share = |count: u64| {
        let thousandths = u128::from(count) * 1000 / u128::from(greatest);
        u16::try_from(thousandths).unwrap_or(1000)
    };
    let figure = |(what, figure, count): (String, String, u64)| Figure {
        what,
        figure,
        thousandths: share(count),
    };
    found.into_iter().map(figure).collect()
}

fn money(here: &Here, money: Money) -> String {
    here.frame.words().money(money.minor, money.currency.code())
}

fn takings(here: &Here, flows: &Flows) -> Vec<(String, String, u64)> {
    let words = here.frame.words();
    let named = |account: &str| match Account::parse(account) {
        Some(Account::ByHand(method)) => {
            let how = payment_method(words, method.payment_method());
            words.say_with("today-taken-by-hand", &[("method", how.into())])
        }
        Some(Account::Provider(name)) => name,
        _ => words.say("payment-method-line-credit"),
    };
    let taken = flows.taken.iter();
    taken
        .map(|(account, taken)| {
            (named(account), money(here, *taken), u64::try_from(taken.minor).unwrap_or(0))
        })
        .collect()
}

/// What became of money; what is nothing is left out, but for the difference.
fn became(here: &Here, (currency, flows): (Currency, &Flows)) -> Vec<(String, String)> {
    let words = here.frame.words();
    let difference = flows.difference().unwrap_or(Money { minor: i64::MAX, currency });
    let all = [
        ("delivered", flows.delivered),
        ("given-back", flows.given_back),
        ("charged-back", flows.charged_back),
        ("lost", flows.lost),
        ("fees", flows.fees),
        ("held", flows.held),
        ("difference", difference),
    ];
    let shown = all.into_iter().filter(|(what, money)| money.minor != 0 || *what == "difference");
    shown.map(|(what, of)| (words.say(&format!("today-{what}")), money(here, of))).collect()
}

async fn hand_row(here: &Here, hand: &HandToday) -> Result<HandRow, Problem> {
    let (words, movement) = (here.frame.words(), &hand.movement);
    let how = payment_method(words, movement.by_hand.method.payment_method());
    let amount = match movement.purpose {
        HandPurpose::Taken => movement.amount,
        HandPurpose::Given(_) => {
            Money { minor: movement.amount.minor.saturating_neg(), ..movement.amount }
        }
    };
    let who = name_of(here, movement.staff).await?;
    let address = |reference: String| (here.href(&format!("desk/orders/{reference}")), reference);
    Ok(HandRow {
        what: words.dot(&[how, movement.by_hand.reference.as_str().to_owned()]),
        amount: money(here, amount),
        by: words.dot(&[moment(here, movement.at), who]),
        order: hand.reference.map(|reference| address(reference.to_string())),
        warning: (!hand.is_booked).then(|| words.say("today-not-booked")),
    })
}

/// The sum of what is owed back and waits for a person.
fn owed(here: &Here, today: &Today) -> Option<String> {
    let tasks = today.tasks.iter();
    let owing = tasks.filter(|order| order.task.is_some_and(|task| task.kind.is_of_refund()));
    let refunds = owing.flat_map(|order| &order.refunds).filter(|refund| refund.is_owed());
    let sum = refunds
        .map(|refund| refund.amount)
        .reduce(|sum, amount| sum.plus(amount).unwrap_or(sum))?;
    let amount = money(here, sum);
    Some(here.frame.words().say_with("today-owed", &[("amount", amount.into())]))
}

fn requests(here: &Here, today: &Today) -> Vec<WaitingOrder> {
    let words = here.frame.words();
    let shown = today.requests.iter().map(|(request, reference)| {
        let reference = reference.map(|it| it.to_string()).unwrap_or_default();
        WaitingOrder {
            address: here.href(&format!("desk/orders/{reference}")),
            reference,
            waits_for: words.say(&format!("request-state-{}", request.state.code())),
            by: super::orders::by(here, request.waits_until()),
            state: String::new(),
            total: money(here, request.amount),
        }
    });
    shown.collect()
}

fn ways(here: &Here, today: &Today) -> Vec<(String, String)> {
    let words = here.frame.words();
    let present = here.frame.channels().app.now().date_in(&today.zone);
    let day = |date: Date| here.href(&format!("desk/today?day={date}"));
    let before = today.date.yesterday().ok();
    let after = today.date.tomorrow().ok().filter(|date| *date <= present);
    let sheet = here.href(&format!("desk/today.csv?day={}", today.date));
    let named = [(before, "today-before"), (after, "today-after")];
    let days = named.into_iter().filter_map(|(date, key)| Some((day(date?), words.say(key))));
    days.chain([(sheet, words.say("today-sheet"))]).collect()
}
