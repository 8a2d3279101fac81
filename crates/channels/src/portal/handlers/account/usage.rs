//! What a card used, day by day.

use super::session::SignedIn;
use super::{by_hour, card, opened, present, shown};
use crate::portal::charts::usage::{self, Usage};
use crate::portal::layout::Section;
use crate::portal::views::{Span, UsagePage, UsageView};
use axum::extract::{Path, Query};
use axum::response::Response;
use farline_app::accounts::Permitted;
use farline_app::{App, Problem, lines};
use farline_domain::kernel::{AllowanceKind, LineId};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `?days=`
#[derive(Debug, Deserialize)]
pub struct UsageQuery {
    days: Option<String>,
}

/// `GET /{language}/cards/{id}/usage`
pub async fn see(
    here: SignedIn,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<UsageQuery>,
) -> Response {
    let span = match query.days.as_deref() {
        Some("90") => Span::Ninety,
        Some(_) | None => Span::Thirty,
    };
    let page = async { page(&here, opened(&here, &id).await?, span).await };
    shown(&here.frame, page.await)
}

async fn page(here: &SignedIn, permitted: Permitted, span: Span) -> Result<UsagePage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, permitted.line()).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let today = operator.lifecycle.today(app.now());
    let nickname = card::nickname(app, permitted).await?;
    let hours = lines::hours(app, &view, (&catalogue, operator)).await?;
    Ok(UsagePage {
        layout: here.layout(Section::Cards),
        id: permitted.line().to_string(),
        nickname: present::name(words, &nickname, &view.line),
        span,
        by_day: by_day(app, words, (permitted.line(), today), span).await?,
        of_hours: hours.as_ref().map(|hours| by_hour::sentences(words, hours)).unwrap_or_default(),
        by_hour: hours.as_ref().map(|hours| by_hour::view(words, hours)),
    })
}

/// The data used over some days until today; none where nothing was.
async fn by_day(
    app: &App,
    words: &Words,
    (line, today): (LineId, Date),
    span: Span,
) -> Result<Option<UsageView>, Problem> {
    let count: i64 = match span {
        Span::Thirty => 30,
        Span::Ninety => 90,
    };
    let first = today.saturating_sub((count - 1).days());
    let used = app.store.usage(line, first, today).await?;
    let used = used.into_iter().filter(|day| day.kind == AllowanceKind::Data);
    let by_date: BTreeMap<Date, i64> = used.map(|day| (day.date, day.units.count())).collect();
    if by_date.is_empty() {
        return Ok(None);
    }
    let dates = (0..count).map(|place| first.saturating_add(place.days()));
    let days: Vec<(Date, i64)> =
        dates.map(|date| (date, by_date.get(&date).copied().unwrap_or(0))).collect();
    Ok(Some(worded(words, &days)))
}

fn worded(words: &Words, days: &[(Date, i64)]) -> UsageView {
    let total = days.iter().map(|(_, amount)| *amount).fold(0, i64::saturating_add);
    let count = i64::try_from(days.len()).unwrap_or(0);
    let length = words.say_with("usage-days", &[("days", count.into())]);
    let sentence = words.dot(&[words.say("bucket-data"), words.data(total), length]);
    let greatest = days.iter().map(|(_, amount)| *amount).max().unwrap_or(0);
    let chart = Usage {
        amounts: days.iter().map(|(_, amount)| amount.unsigned_abs()).collect(),
        greatest: words.data(greatest),
        first_day: days.first().map(|(date, _)| words.date_short(*date)).unwrap_or_default(),
        last_day: words.say("usage-today"),
        title: words.say("usage-title"),
        description: sentence.clone(),
    };
    let rows = days.iter().rev();
    UsageView {
        svg: usage::draw(&chart),
        sentence,
        rows: rows.map(|(date, amount)| (words.date_short(*date), words.data(*amount))).collect(),
    }
}
