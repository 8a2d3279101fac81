//! How well use is foretold: every line's last days, foretold from those before, and held against what happened.

use crate::ports::lines::DayUsage;
use crate::ports::{Lines, StoreError};
use farline_domain::forecast::{History, LOOK_BACK_DAYS, Scores, hold_out};
use farline_domain::kernel::{AllowanceKind, LineId, Units};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// Lines that are read at once.
const LINES: u32 = 1_000;

/// The lengths of the spans that are held out, in days.
pub const SPANS: [usize; 3] = [7, 14, 28];

/// The kinds of which people run out.
pub const KINDS: [AllowanceKind; 3] =
    [AllowanceKind::Data, AllowanceKind::Voice, AllowanceKind::Messages];

/// What was held out of one kind in spans of one length, over all lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpanScores {
    /// The kind.
    pub kind: AllowanceKind,
    /// The length of the spans, in days.
    pub days: usize,
    /// Lines that are long enough known for at least one such span.
    pub lines: u64,
    /// What came of it.
    pub scores: Scores,
}

/// What came of all lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// Lines there are.
    pub lines: u64,
    /// By kind and length.
    pub spans: Vec<SpanScores>,
}

/// Foretells the last days of every line from those before them. A line's days end with its last use, whether it is in
/// service or not. One group of lines is in memory, however many there are; `progress` is told how many were seen.
///
/// # Errors
/// When the usage cannot be read.
pub async fn backtest(
    lines: &dyn Lines,
    today: Date,
    mut progress: impl FnMut(u64),
) -> Result<Backtest, StoreError> {
    let from = today.saturating_sub((2 * LOOK_BACK_DAYS).days());
    let spans = KINDS.into_iter().flat_map(|kind| {
        SPANS.map(|days| SpanScores { kind, days, lines: 0, scores: Scores::default() })
    });
    let mut found = Backtest { lines: 0, spans: spans.collect() };
    let mut last: Option<LineId> = None;
    loop {
        let group = lines.usage_of_lines(last, from, LINES).await?;
        let Some(end) = group.last() else { return Ok(found) };
        last = Some(end.line);
        for line in &group {
            found.lines += 1;
            for span in &mut found.spans {
                add(span, &line.days);
            }
        }
        progress(found.lines);
    }
}

/// Adds a line to the spans of one kind and length.
fn add(span: &mut SpanScores, days: &[DayUsage]) {
    let of_kind = || days.iter().filter(|day| day.kind == span.kind && !day.units.is_zero());
    let Some(end) = of_kind().map(|day| day.date).max() else { return };
    let used: Vec<(Date, Units)> = of_kind().map(|day| (day.date, day.units)).collect();
    let scores = hold_out(&History::until(end, used), span.days);
    span.lines += u64::from(scores.spans > 0);
    span.scores.add(&scores);
}
