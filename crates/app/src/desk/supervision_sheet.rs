//! The supervisor's view as a sheet for a spreadsheet: one row a figure, its day and whoever it is of first.

use super::supervise::Supervised;
use crate::reports::{decimal, sheet_text, text_cell};
use farline_domain::hotline::CallSource;
use farline_domain::kernel::Money;
use farline_domain::staff::Figures;

/// The heading.
const HEADING: [&str; 8] =
    ["day", "who", "what", "way", "count", "amount", "currency", "median_seconds"];

/// A row before its day and its person.
#[derive(Default)]
struct Row {
    what: &'static str,
    way: &'static str,
    count: u64,
    money: Option<Money>,
    median_seconds: Option<i64>,
}

impl Row {
    fn cells(&self, day: &str, who: &str) -> [String; 8] {
        let currency = self.money.map(|money| money.currency.code().to_owned());
        [
            day.to_owned(),
            text_cell(who).into_owned(),
            self.what.to_owned(),
            self.way.to_owned(),
            self.count.to_string(),
            self.money.map(decimal).unwrap_or_default(),
            currency.unwrap_or_default(),
            self.median_seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
        ]
    }
}

/// The sheet, as CSV (RFC 4180). No cell of it is a formula, and what is nothing has no row.
pub fn supervision_sheet(supervised: &Supervised) -> String {
    let days = supervised.supervision.days.iter();
    let each = days.flat_map(|day| day.by.iter().map(move |(by, figures)| (day.date, by, figures)));
    let rows = each.flat_map(|(date, by, figures)| {
        let (day, who) = (date.to_string(), who(supervised, *by));
        rows_of(figures).into_iter().map(move |row| row.cells(&day, &who))
    });
    sheet_text(HEADING, rows)
}

/// What colleagues call them; the robot and whoever has no name any more have a word.
fn who(supervised: &Supervised, by: CallSource) -> String {
    match by {
        CallSource::Robot => "robot".to_owned(),
        CallSource::Desk(member) => {
            supervised.names.get(&member).cloned().unwrap_or_else(|| member.to_string())
        }
    }
}

fn rows_of(figures: &Figures) -> Vec<Row> {
    let of = |what, count| Row { what, count, ..Row::default() };
    let calls = Row { median_seconds: figures.median_seconds, ..of("calls", figures.calls) };
    let mut rows = vec![
        calls,
        of("ordered", figures.ordered),
        of("paid", figures.paid),
        of("proofs_failed", figures.failures),
        of("locked", figures.locks),
        of("orders_decided", figures.decided),
    ];
    let verified = figures.verified.iter();
    rows.extend(verified.map(|(way, count)| Row { way: way.code(), ..of("verified", *count) }));
    let money = figures.money.iter();
    rows.extend(
        money.map(|((deed, _), (count, sum))| Row { money: Some(*sum), ..of(deed.code(), *count) }),
    );
    rows.retain(|row| row.count > 0);
    rows
}

#[cfg(test)]
mod tests {
    use super::{Supervised, supervision_sheet};
    use farline_domain::hotline::{CallSource, Way};
    use farline_domain::kernel::{Cell, Instant, Money, StaffId, Zone};
    use farline_domain::staff::{Fact, MoneyDeed, Period, Supervising};
    use jiff::civil::date;
    use std::collections::BTreeMap;

    #[test]
    fn a_row_for_each_figure_and_no_cell_a_formula() {
        let day = date(2026, 11, 29);
        let member = StaffId::mint(Instant::from_millis(7), Cell::numbered(0), 1);
        let facts = [
            Fact::Calls {
                by: CallSource::Desk(member),
                way: Some(Way::Pin),
                steps: Some(12),
                order: None,
                count: 2,
                failures: 1,
                locks: 0,
            },
            Fact::Money { by: member, deed: MoneyDeed::Took, count: 1, sum: Money::cad(2825) },
            Fact::Calls {
                by: CallSource::Robot,
                way: None,
                steps: None,
                order: None,
                count: 4,
                failures: 0,
                locks: 3,
            },
        ];
        let mut supervising = Supervising::default();
        supervising.add(day, &facts).unwrap();
        let supervised = Supervised {
            period: Period::of(day, day).unwrap(),
            zone: Zone::default(),
            supervision: supervising.finish(),
            names: BTreeMap::from([(member, "=HYPERLINK(\"x\")".to_owned())]),
            waiting: 0,
        };
        let expected = "day,who,what,way,count,amount,currency,median_seconds\r\n\
            2026-11-29,\"'=HYPERLINK(\"\"x\"\")\",calls,,2,,,60\r\n\
            2026-11-29,\"'=HYPERLINK(\"\"x\"\")\",proofs_failed,,1,,,\r\n\
            2026-11-29,\"'=HYPERLINK(\"\"x\"\")\",verified,pin,2,,,\r\n\
            2026-11-29,\"'=HYPERLINK(\"\"x\"\")\",took_by_hand,,1,28.25,CAD,\r\n\
            2026-11-29,robot,calls,,4,,,\r\n\
            2026-11-29,robot,locked,,3,,,\r\n";
        assert_eq!(supervision_sheet(&supervised), expected);
    }
}
