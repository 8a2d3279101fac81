//! Asking a shop what changed, window after window, and what messages wait.

use super::take_in::take_in;
use super::{Asked, Shop, asked};
use crate::ports::shop::ShopUnknown;
use crate::ports::shops::{ReadingMark, Revised};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::Instant;
use farline_domain::shops::{LONGEST_WINDOW_SECONDS, Window};
use tokio::task::JoinSet;

/// How far each window reaches back into the last one, in seconds: marketplaces tell some changes late.
const OVERLAP_SECONDS: i64 = 5 * 60;
/// How far back a shop is read that was never read before, in seconds: with the overlap, one window.
const FIRST_LOOK_SECONDS: i64 = LONGEST_WINDOW_SECONDS - OVERLAP_SECONDS;
/// For so long whoever reads a shop has it for themselves, in seconds.
const HELD_SECONDS: i64 = 10 * 60;
/// How long to wait after the marketplace wanted to be asked less often or did not answer, in seconds.
const TROUBLE_SECONDS: i64 = 60;
/// Answers full of messages that are read one after another, before the shop is asked again what changed.
const MOST_ANSWERS: usize = 100;
/// Trades that are taken in at once.
const AT_ONCE: usize = 16;

/// What came of reading a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is not time yet, another process reads it, or nobody ever does.
    NotNow,
    /// So many trades were told.
    Read(usize),
}

/// Reads a shop, if it is time: what changed since the mark, and the messages that wait.
pub async fn read(app: &App, shop: &Shop) -> Result<Reading, Problem> {
    if shop.gateway.is_none() {
        return Ok(Reading::NotNow);
    }
    let now = app.now();
    let Some(held) = hold(app, shop, now).await? else { return Ok(Reading::NotNow) };
    let window = Window::next(held.kept.known_until, OVERLAP_SECONDS, now);
    let told = told(app, shop, window).await;
    let mark = match &told {
        Ok(_) => {
            let pause = if window.to() < now { 0 } else { shop.read_every_seconds };
            let next_at = now.plus_seconds(pause);
            ReadingMark { known_until: window.to(), next_at, read_at: Some(now), trouble: None }
        }
        Err(problem) => {
            let next_at = now.plus_seconds(TROUBLE_SECONDS.max(shop.read_every_seconds));
            let trouble = problem.cause.clone().or_else(|| Some(problem.code.code().to_owned()));
            ReadingMark { next_at, trouble, ..held.kept.clone() }
        }
    };
    // Whoever took it over meanwhile reads the same once more.
    app.store.keep_reading_mark(&shop.name, &held.then(mark)).await?;
    told.map(Reading::Read)
}

/// Takes the reading of a shop, so that no other process asks at the same time.
async fn hold(
    app: &App,
    shop: &Shop,
    now: Instant,
) -> Result<Option<Revised<ReadingMark>>, Problem> {
    let held_until = now.plus_seconds(HELD_SECONDS);
    let taken = match app.store.reading_mark(&shop.name).await? {
        Some(before) if before.kept.next_at > now => return Ok(None),
        Some(before) => before.then(ReadingMark { next_at: held_until, ..before.kept.clone() }),
        None => Revised::first(ReadingMark {
            known_until: now.plus_seconds(-FIRST_LOOK_SECONDS),
            next_at: held_until,
            read_at: None,
            trouble: None,
        }),
    };
    let is_ours = app.store.keep_reading_mark(&shop.name, &taken).await?;
    Ok(is_ours.then_some(taken))
}

/// Takes in everything that is told of a window, and the messages. Nothing counts as known before it is kept.
async fn told(app: &App, shop: &Shop, window: Window) -> Result<usize, Problem> {
    let numbers = match asked(shop.reached()?.changed(window, app.now()).await)? {
        Asked::Done(numbers) => numbers,
        Asked::Refused(code) => return Err(refused(&code)),
    };
    let count = numbers.len();
    take_in_all(app, shop, numbers).await?;
    Ok(count + messages(app, shop).await?)
}

/// Reads the messages that wait, until none does.
async fn messages(app: &App, shop: &Shop) -> Result<usize, Problem> {
    let mut count = 0;
    for _ in 0..MOST_ANSWERS {
        match some_messages(app, shop).await? {
            0 => break,
            some => count += some,
        }
    }
    Ok(count)
}

/// Reads some of the messages that wait; they are confirmed when what they tell is kept.
async fn some_messages(app: &App, shop: &Shop) -> Result<usize, Problem> {
    if !shop.reached()?.has_messages() {
        return Ok(0);
    }
    let messages = match asked(shop.reached()?.messages(app.now()).await)? {
        Asked::Done(messages) => messages,
        Asked::Refused(code) => return Err(refused(&code)),
    };
    let mut trades: Vec<String> =
        messages.iter().filter_map(|message| message.trade.clone()).collect();
    trades.sort_unstable();
    trades.dedup();
    let count = messages.len();
    take_in_all(app, shop, trades).await?;
    let ids: Vec<String> = messages.into_iter().map(|message| message.id).collect();
    if !ids.is_empty() {
        // Those that are not confirmed come again, and change nothing then.
        if let Asked::Refused(code) = asked(shop.reached()?.confirm(&ids, app.now()).await)? {
            tracing::warn!(shop = %shop.name, code, "messages cannot be confirmed");
            return Ok(0);
        }
    }
    Ok(count)
}

/// Takes in trades, some at once.
async fn take_in_all(app: &App, shop: &Shop, numbers: Vec<String>) -> Result<(), Problem> {
    let mut waiting = numbers.into_iter();
    let mut running = JoinSet::new();
    let start = |running: &mut JoinSet<Result<(), Problem>>, number: String| {
        let (app, shop) = (app.clone(), shop.clone());
        running.spawn(async move { take_in(&app, &shop, &number).await });
    };
    for number in waiting.by_ref().take(AT_ONCE) {
        start(&mut running, number);
    }
    while let Some(ended) = running.join_next().await {
        ended.map_err(|_| Problem::of(ProblemCode::Internal))??;
        if let Some(number) = waiting.next() {
            start(&mut running, number);
        }
    }
    Ok(())
}

fn refused(code: &str) -> Problem {
    super::unreachable(&ShopUnknown::NoAnswer(format!("refused: {code}")))
}
