//! `farline reconcile`

use super::{config_of, say};
use crate::admin::{self, Request, work};
use crate::cli::{ReconcileArguments, ReconcileCommand};
use crate::progress::Progress;
use crate::wiring;
use eyre::{Context as _, Result, bail, eyre};
use farline_app::reconcile::{
    self, Apart, Cause, Difference, Export, ExportError, Line, Summary, Sums,
};
use farline_app::reports::decimal;
use farline_domain::kernel::{Currency, Instant, Money, Zone};
use farline_store::OpenMode;
use jiff::ToSpan as _;
use serde_json::{Value, json};
use std::fs::File;

/// An export whose rows are counted as they pass.
struct Counted {
    inner: Box<dyn Export>,
    progress: Progress,
    count: u64,
}

impl Iterator for Counted {
    type Item = Result<Line, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.count += 1;
        self.progress.show(self.count);
        self.inner.next()
    }
}

impl Export for Counted {
    fn provider(&self) -> &'static str {
        self.inner.provider()
    }
}

/// Runs the command.
pub(crate) async fn run(command: ReconcileCommand) -> Result<()> {
    let (ReconcileCommand::Stripe(arguments) | ReconcileCommand::Paypal(arguments)) = &command;
    let shown = arguments.file.display().to_string();
    let provider = match &command {
        ReconcileCommand::Stripe(_) => "stripe",
        ReconcileCommand::Paypal(_) => "paypal",
    };
    let file = File::open(&arguments.file).wrap_err_with(|| shown.clone())?;
    let inner = work::open_export(provider, file).wrap_err_with(|| shown.clone())?;
    let period = period_of(arguments)?;
    let config = config_of(&arguments.place)?;
    let store = wiring::database(&config, OpenMode::ReadOnly).await?;
    let mut export = Counted { inner, progress: Progress::of_rows(), count: 0 };
    let mut each = |difference: &Difference| {
        let json = arguments.json;
        say(&if json { json_of(difference).to_string() } else { told(difference) });
    };
    let summary = reconcile::reconcile(&*store, &mut export, period, &mut each).await;
    let summary = summary.map_err(|error| eyre!("{shown}: {error}"))?;
    drop(export);
    if arguments.json {
        say(&json_of_summary(&summary).to_string());
    } else {
        say(&told_summary(&summary));
    }
    if arguments.book_fees {
        let octets = arguments.file.metadata().wrap_err_with(|| shown.clone())?.len();
        let request = Request::BookFees { provider: provider.to_owned(), octets };
        let booked = admin::run(&config, request, Some(&arguments.file)).await?;
        if !arguments.json {
            say(&booked);
        }
    }
    match summary.differences() {
        0 => Ok(()),
        1 => bail!("1 difference"),
        many => bail!("{many} differences"),
    }
}

fn period_of(arguments: &ReconcileArguments) -> Result<Option<(Instant, Instant)>> {
    let zone = Zone::named(&arguments.zone)?;
    let Some((from, to)) = arguments.from.zip(arguments.to) else { return Ok(None) };
    if to < from {
        bail!("--to {to} is before --from {from}");
    }
    Ok(Some((zone.start_of(from), zone.start_of(to.saturating_add(1.day())))))
}

/// What a person reads for a cause.
const fn words(cause: Cause) -> &'static str {
    match cause {
        Cause::TheirsOnly => "theirs only",
        Cause::OursOnly => "ours only",
        Cause::AmountDiffers => "amount differs",
        Cause::CurrencyDiffers => "currency differs",
        Cause::Twice => "twice",
        Cause::Unreadable => "unreadable row",
        Cause::ExportBefore => "in the export before?",
    }
}

/// A text of the export as a terminal can show it.
fn shown(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(80).collect()
}

fn amount(money: Money) -> String {
    format!("{} {}", decimal(money), money.currency.code())
}

/// A difference, for people.
fn told(difference: &Difference) -> String {
    let mut parts = vec![format!("{:<21}", words(difference.cause))];
    parts.extend(difference.row.map(|row| format!("row {row}")));
    if let Some((column, reason)) = &difference.wrong {
        let column = if column.is_empty() { String::new() } else { format!(", column {column}") };
        return format!("{}{column}: {}", parts.join("  "), shown(reason));
    }
    parts.push(shown(&difference.word));
    parts.extend(difference.theirs.map(|theirs| format!("theirs {}", amount(theirs))));
    parts.extend(difference.ours.map(|ours| format!("ours {}", amount(ours))));
    parts.push(shown(&difference.id));
    parts.push(difference.order.clone().unwrap_or_else(|| "no order".to_owned()));
    parts.extend(difference.at.map(Instant::rfc3339));
    parts.join("  ")
}

/// A difference, for programs.
fn json_of(difference: &Difference) -> Value {
    let (column, reason) = difference.wrong.clone().unzip();
    json!({
        "cause": difference.cause.code(),
        "is_difference": difference.cause.is_difference(),
        "row": difference.row,
        "word": difference.word,
        "id": difference.id,
        "order": difference.order,
        "theirs": difference.theirs,
        "ours": difference.ours,
        "at": difference.at.map(Instant::rfc3339),
        "column": column,
        "reason": reason,
    })
}

fn amounts(sums: &Sums) -> [(&'static str, Money); 5] {
    [
        ("captured", sums.captured),
        ("refunded", sums.refunded),
        ("returned", sums.returned),
        ("disputed", sums.disputed),
        ("fees", sums.fees),
    ]
}

/// What both sides add up to, for people.
fn told_summary(summary: &Summary) -> String {
    let mut lines = Vec::new();
    let mut line = |what: &str, value: String| lines.push(format!("{what:<34}{value:>18}"));
    line("rows", summary.rows.to_string());
    line("matched", summary.matched.to_string());
    for (currency, sums) in &summary.currencies {
        for (name, money) in amounts(sums) {
            line(&format!("{name}, {}", currency.code()), decimal(money));
        }
    }
    for ((currency, word), Apart { rows, gross, fees }) in &summary.apart {
        line(&format!("{} ({rows}), {}", shown(word), currency.code()), decimal(*gross));
        if fees.minor != 0 {
            line(&format!("  fees on it, {}", currency.code()), decimal(*fees));
        }
    }
    for (cause, count) in &summary.causes {
        line(words(*cause), count.to_string());
    }
    line("differences", summary.differences().to_string());
    let (from, until) = match summary.period {
        Some((from, until)) => (from.rfc3339(), until.rfc3339()),
        None => return lines.join("\n"),
    };
    format!("{}\nwhat the export lacks was looked for from {from} to {until}", lines.join("\n"))
}

/// What both sides add up to, for programs: in minor units.
fn json_of_summary(summary: &Summary) -> Value {
    let currency = |(currency, sums): (&Currency, &Sums)| {
        let mut told = json!({ "currency": currency.code() });
        for (name, money) in amounts(sums) {
            told[name] = json!(money.minor);
        }
        told
    };
    let apart = |((currency, word), apart): (&(Currency, String), &Apart)| {
        json!({
            "currency": currency.code(),
            "word": word,
            "rows": apart.rows,
            "gross": apart.gross.minor,
            "fees": apart.fees.minor,
        })
    };
    let causes: serde_json::Map<String, Value> = summary
        .causes
        .iter()
        .map(|(cause, count)| (cause.code().to_owned(), json!(count)))
        .collect();
    json!({
        "rows": summary.rows,
        "matched": summary.matched,
        "from": summary.period.map(|(from, _)| from.rfc3339()),
        "until": summary.period.map(|(_, until)| until.rfc3339()),
        "currencies": summary.currencies.iter().map(currency).collect::<Vec<_>>(),
        "apart": summary.apart.iter().map(apart).collect::<Vec<_>>(),
        "causes": causes,
        "differences": summary.differences(),
    })
}
