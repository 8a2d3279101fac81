//! `farline forecast`

use super::{config_of, say};
use crate::cli::{BacktestArguments, ForecastCommand};
use crate::progress::Progress;
use crate::wiring;
use eyre::Result;
use farline_app::forecast::{Backtest, SpanScores, backtest};
use farline_app::ports::Clock as _;
use farline_domain::forecast::Method;
use farline_domain::kernel::Zone;
use farline_store::OpenMode;
use serde_json::{Value, json};

/// The zone whose day it is today: a day more or less is nothing to days that are months old.
const ZONE: &str = "America/Toronto";

/// Runs the command.
pub(crate) async fn run(command: ForecastCommand) -> Result<()> {
    let ForecastCommand::Backtest(BacktestArguments { json, place }) = command;
    let config = config_of(&place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let today = wiring::clock(&*store).await?.now().date_in(&Zone::named(ZONE)?);
    let progress = Progress::of("cards");
    let found = backtest(&*store, today, |seen| progress.show(seen)).await?;
    drop(progress);
    say(&if json { json_of(&found).to_string() } else { told(&found) });
    Ok(())
}

/// A table for people: each figure beside that of the floor.
fn told(found: &Backtest) -> String {
    let mut lines = vec![
        format!("{} cards. Errors beside those of the mean of thirty days.", found.lines),
        format!(
            "{:<9} {:>4} {:>8} {:>9} {:>17} {:>17} {:>15} {:>11}",
            "use",
            "days",
            "cards",
            "held out",
            "of a day",
            "of the sum",
            "run-out, days",
            "in the 80 %"
        ),
    ];
    for span in found.spans.iter().filter(|span| span.scores.spans > 0) {
        lines.push(row(span));
    }
    if lines.len() == 2 {
        lines = vec![format!(
            "{} cards, and of none is known what it used on at least two weeks.",
            found.lines
        )];
    }
    lines.join("\n")
}

fn row(span: &SpanScores) -> String {
    let scores = &span.scores;
    let beside = |figure: fn(&farline_domain::forecast::Scores, Method) -> f64| {
        let percent = |method| figure(scores, method) * 100.0;
        format!("{:.1} % ({:.1} %)", percent(Method::Smoothing), percent(Method::Mean))
    };
    let run_out = |method| scores.run_out_error_days(method);
    format!(
        "{:<9} {:>4} {:>8} {:>9} {:>17} {:>17} {:>15} {:>11}",
        span.kind.code(),
        span.days,
        span.lines,
        scores.spans,
        beside(farline_domain::forecast::Scores::daily_error),
        beside(farline_domain::forecast::Scores::sum_error),
        format!("{:.1} ({:.1})", run_out(Method::Smoothing), run_out(Method::Mean)),
        format!("{:.0} %", scores.coverage() * 100.0),
    )
}

/// For programs: shares of one, errors of dates in days.
fn json_of(found: &Backtest) -> Value {
    let spans = found.spans.iter().map(|span| {
        let scores = &span.scores;
        let mut told = json!({
            "kind": span.kind.code(),
            "days": span.days,
            "cards": span.lines,
            "held_out": scores.spans,
            "run_outs": scores.run_outs,
            "coverage": scores.coverage(),
            "run_out_coverage": scores.run_out_coverage(),
        });
        for method in Method::ALL {
            told[method.code()] = json!({
                "daily_error": scores.daily_error(method),
                "sum_error": scores.sum_error(method),
                "run_out_error_days": scores.run_out_error_days(method),
            });
        }
        told
    });
    json!({ "cards": found.lines, "spans": spans.collect::<Vec<_>>() })
}
