//! What a benchmark found, for machines, for people and as a picture.

use super::ground::Cost;
use super::load::Seen;
use eyre::Result;
use farline_store::Floor;
use serde::Serialize;
use std::fmt::Write;

/// What was measured. Octets and milliseconds; `ratio` is the share of the floor.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figures {
    operation: &'static str,
    store: &'static str,
    seconds: f64,
    clients: u32,
    lines: u32,
    operations: u64,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
    floor_per_second: Option<f64>,
    ratio: Option<f64>,
    bytes_grown_per_op: f64,
    bytes_written_per_op: Option<f64>,
    floor_bytes_grown_per_op: Option<f64>,
    floor_bytes_written_per_op: Option<f64>,
    flush_p50_ms: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ways: Vec<Way>,
}

/// One of several ways in which the same is done.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Way {
    name: &'static str,
    operations: u64,
    p50_ms: f64,
    p95_ms: f64,
}

impl Way {
    /// What was seen of a way.
    pub(crate) fn of(name: &'static str, seen: &Seen) -> Self {
        let (p50_ms, p95_ms) = (seen.quantile_ms(0.5), seen.quantile_ms(0.95));
        Self { name, operations: seen.done, p50_ms, p95_ms }
    }
}

/// What was measured beside the callers.
pub(crate) struct Beside {
    /// The same rows by a loop without rules, and by how much its database grew, if there is one.
    pub(crate) floor: Option<(Floor, Cost)>,
    /// By how much the database grew, and what was written for it.
    pub(crate) cost: Cost,
    /// The median time of a flush.
    pub(crate) flush_p50_ms: f64,
}

impl Figures {
    /// How many were answered in a second.
    pub(crate) const fn per_second(&self) -> f64 {
        self.per_second
    }

    /// On which database.
    pub(crate) const fn store(&self) -> &'static str {
        self.store
    }

    /// The same with the ways that were measured one by one.
    pub(crate) fn with_ways(self, ways: Vec<Way>) -> Self {
        Self { ways, ..self }
    }

    /// Puts together what was seen.
    pub(crate) fn of(
        (operation, store): (&'static str, &'static str),
        (clients, lines): (u32, u32),
        seen: &Seen,
        beside: &Beside,
    ) -> Self {
        let seconds = seen.took.as_secs_f64();
        let per_second = as_float(seen.done) / seconds;
        let per_op = |octets: u64| as_float(octets) / as_float(seen.done);
        let floor = beside.floor;
        let floor_per_second =
            floor.map(|(floor, _)| as_float(floor.commands) / floor.took.as_secs_f64());
        let per_floor_op =
            |(floor, octets): (Floor, u64)| as_float(octets) / as_float(floor.commands.max(1));
        let floor_written = floor.and_then(|(floor, cost)| Some((floor, cost.written?)));
        Self {
            operation,
            store,
            seconds,
            clients,
            lines,
            operations: seen.done,
            per_second,
            p50_ms: seen.quantile_ms(0.5),
            p99_ms: seen.quantile_ms(0.99),
            floor_per_second,
            ratio: floor_per_second.map(|floor| per_second / floor),
            bytes_grown_per_op: per_op(beside.cost.size),
            bytes_written_per_op: beside.cost.written.map(per_op),
            floor_bytes_grown_per_op: floor.map(|(floor, cost)| per_floor_op((floor, cost.size))),
            floor_bytes_written_per_op: floor_written.map(per_floor_op),
            flush_p50_ms: beside.flush_p50_ms,
            ways: Vec::new(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a benchmark are far below 2^52")]
fn as_float(count: u64) -> f64 {
    count as f64
}

/// For machines.
pub(crate) fn json(figures: &Figures) -> Result<String> {
    Ok(serde_json::to_string_pretty(figures)?)
}

fn clients(figures: &Figures) -> String {
    let some = if figures.clients == 1 { "client" } else { "clients" };
    format!("{} {some}", figures.clients)
}

/// For people.
pub(crate) fn text(figures: &Figures) -> String {
    let mut text = String::new();
    let Figures { operation, store, lines, operations, seconds, .. } = figures;
    let clients = clients(figures);
    let _ = writeln!(
        text,
        "{operation} on {store}, {clients}, {lines} lines: {operations} in {seconds:.1} s"
    );
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "  {name:<22}{value}");
    };
    row("per second", format!("{:>10.0}", figures.per_second));
    if let Some((floor, ratio)) = figures.floor_per_second.zip(figures.ratio) {
        row("floor per second", format!("{floor:>10.0}"));
        row("share of the floor", format!("{:>9.0} %", ratio * 100.0));
    }
    row("waited, median", format!("{:>10.2} ms", figures.p50_ms));
    row("waited, 99 of 100", format!("{:>10.2} ms", figures.p99_ms));
    row("one flush, median", format!("{:>10.2} ms", figures.flush_p50_ms));
    if let Some(floor) = figures.floor_bytes_grown_per_op {
        let grown = figures.bytes_grown_per_op;
        row("grown per operation", format!("{grown:>10.0} B (floor {floor:.0} B)"));
    }
    if let Some((written, floor)) =
        figures.bytes_written_per_op.zip(figures.floor_bytes_written_per_op)
    {
        row("written per operation", format!("{written:>10.0} B (floor {floor:.0} B)"));
    }
    for Way { name, p50_ms, p95_ms, .. } in &figures.ways {
        let _ = writeln!(text, "  {name:<22}{p50_ms:>10.2} ms, 95 of 100 {p95_ms:.2} ms");
    }
    text
}

/// Two bars: what was reached, and the floor; without one its bar is empty.
pub(crate) fn chart(figures: &Figures) -> String {
    let floor = figures.floor_per_second.unwrap_or_default();
    let most = floor.max(figures.per_second).max(1.0);
    let bar = |y: u32, name: &str, value: f64, fill: &str| {
        let width = value / most * 420.0;
        format!(
            "<text x=\"0\" y=\"{}\">{name}</text>\
             <rect x=\"0\" y=\"{}\" width=\"{width:.0}\" height=\"14\" rx=\"3\" fill=\"{fill}\"/>\
             <text x=\"{:.0}\" y=\"{}\">{value:.0}/s</text>",
            y + 14,
            y + 22,
            width + 8.0,
            y + 34,
        )
    };
    let title = format!("{} on {}, {}", figures.operation, figures.store, clients(figures));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 520 130\" role=\"img\" aria-label=\"{title}\">\
         <style>text{{font:13px system-ui,sans-serif;fill:#5a6672}}</style>\
         <text x=\"0\" y=\"14\" style=\"font-weight:600\">{title}</text>{}{}</svg>\n",
        bar(24, "Farline", figures.per_second, "#c2361d"),
        bar(76, "The same rows without rules", floor, "#3f4c58"),
    )
}
