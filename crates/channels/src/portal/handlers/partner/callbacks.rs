//! What a partner was told, and telling it again.

use super::here::{AtPartner, SentToPartner, not_found};
use super::{orders, shown};
use crate::portal::views::{CallbackLine, PartnerCallbacksPage, Tab, Tone};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::partners::CallbackRecord;
use farline_app::{Problem, partners};
use farline_domain::kernel::Instant;
use serde::Deserialize;

/// Callbacks of a page.
const PAGE: u32 = 20;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct CallbacksQuery {
    before: Option<String>,
}

/// `GET /{language}/partner/{partner}/callbacks`
pub async fn list(at: AtPartner, Query(query): Query<CallbacksQuery>) -> Response {
    let page = async {
        let read = |text: &str| text.parse().map(Instant::from_millis).map_err(|_| not_found());
        let before = query.before.as_deref().map(read).transpose()?;
        page(&at, (before, None)).await
    };
    let page = page.await;
    shown(&at, StatusCode::OK, page)
}

/// `POST /{language}/partner/{partner}/callbacks/{id}/replay`
pub async fn replay(
    Path((_, _, id)): Path<(String, String, String)>,
    SentToPartner { place: at, .. }: SentToPartner,
) -> Response {
    let page = match partners::replay(at.app(), &at.partner, &id).await {
        Ok(record) => {
            let (what, _) = came_of_it(&at, &record);
            let notice = at.words().say_with("partner-callback-replayed", &[("what", what.into())]);
            page(&at, (None, Some(notice))).await
        }
        Err(problem) => Err(problem),
    };
    shown(&at, StatusCode::OK, page)
}

async fn page(
    at: &AtPartner,
    (before, notice): (Option<Instant>, Option<String>),
) -> Result<PartnerCallbacksPage, Problem> {
    let before = before.unwrap_or(Instant::from_millis(i64::MAX));
    let found = at.app().store.callbacks(&at.partner.code, before, PAGE).await?;
    let is_full = found.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
    let place = at.place(Tab::Callbacks);
    let last = found.last().filter(|_| is_full).map(|last| last.tried_at.millis().to_string());
    let mut layout = at.layout(&place);
    layout.notice = notice;
    let mut callbacks = Vec::new();
    for record in &found {
        callbacks.push(line(at, record).await?);
    }
    let older = last.map(|last| at.href(&place, &[("before", &last)]));
    Ok(PartnerCallbacksPage { layout, place, callbacks, older })
}

async fn line(at: &AtPartner, record: &CallbackRecord) -> Result<CallbackLine, Problem> {
    let words = at.words();
    let order = at.app().store.order(record.order).await?;
    let reference = order.as_ref().map(orders::reference_of).unwrap_or_default();
    let about =
        [("reference", reference.into()), ("state", orders::state(at, record.stage).into())];
    let (came_of_it, tone) = came_of_it(at, record);
    Ok(CallbackLine {
        id: record.id(),
        what: words.say_with("partner-callback-what", &about),
        at: at.time(record.tried_at),
        url: record.url.clone(),
        tries: words
            .say_with("partner-callback-tries", &[("tries", record.tries.to_string().into())]),
        came_of_it,
        tone,
    })
}

fn came_of_it(at: &AtPartner, record: &CallbackRecord) -> (String, Tone) {
    let result = ("result", result(at, &record.came_of_it).into());
    match (record.taken_at, record.next_at) {
        (Some(_), _) => (at.words().say_with("partner-callback-taken", &[result]), Tone::Good),
        (None, Some(next)) => {
            let about = [result, ("at", at.time(next).into())];
            (at.words().say_with("partner-callback-next", &about), Tone::Waiting)
        }
        (None, None) => (at.words().say_with("partner-callback-given-up", &[result]), Tone::Bad),
    }
}

/// The words of the client that calls, in the reader's language. A status, and whatever else it may say, stands as it is.
const RESULTS: [(&str, &str); 3] = [
    ("no answer in time", "partner-callback-no-answer"),
    ("no connection", "partner-callback-no-connection"),
    ("the connection broke", "partner-callback-broke"),
];

fn result(at: &AtPartner, came_of_it: &str) -> String {
    let known = RESULTS.iter().find(|(word, _)| *word == came_of_it);
    known.map_or_else(|| came_of_it.to_owned(), |(_, key)| at.words().say(key))
}
