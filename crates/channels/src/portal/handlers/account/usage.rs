//! The usage of a card day by day.

use crate::portal::charts::usage::{self, Usage};
use crate::portal::views::{Span, UsageView};
use farline_app::{App, Problem};
use farline_domain::kernel::{AllowanceKind, LineId};
use farline_texts::Words;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The data used over some days until today; none where nothing was.
pub(super) async fn view(
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
    Ok(Some(worded(words, &days, span)))
}

fn worded(words: &Words, days: &[(Date, i64)], span: Span) -> UsageView {
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
        span,
        sentence,
        rows: rows.map(|(date, amount)| (words.date_short(*date), words.data(*amount))).collect(),
    }
}
