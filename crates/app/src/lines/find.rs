//! Finding the line that a person names.

use crate::ports::lines::LineView;
use crate::{App, Problem, ProblemCode};
use farline_domain::catalog::{Catalogue, Operator};
use farline_domain::kernel::{LineId, LineNumber};
use farline_domain::lines::Line;

/// Finds a line by what was typed. An unknown number is refused in the same words as ever; how often
/// it may be asked is the channel's to limit.
pub async fn find(app: &App, typed: &str) -> Result<LineId, Problem> {
    let number =
        LineNumber::parse(typed).map_err(|error| Problem::from(error).in_field("number"))?;
    let unknown = || Problem::of(ProblemCode::UnknownLine).in_field("number");
    app.store.find_line(&number).await?.ok_or_else(unknown)
}

/// Reads a line that must exist, without what is gone from it by its operator's rule.
pub async fn view(app: &App, id: LineId) -> Result<LineView, Problem> {
    let mut view = app.store.line(id).await?.ok_or(Problem::of(ProblemCode::UnknownLine))?;
    let catalogue = app.store.catalogue();
    if let Some(operator) = catalogue.operators.get(&view.line.operator) {
        let (rule, dates, now) = (&operator.lifecycle, view.line.dates, app.now());
        view.buckets
            .retain(|bucket| !rule.forfeits(dates, (bucket.valid_from, bucket.valid_until), now));
    }
    Ok(view)
}

/// A line's operator. Import refuses a line without one, so that it is missing is a fault of ours.
pub fn operator_of<'a>(catalogue: &'a Catalogue, line: &Line) -> Result<&'a Operator, Problem> {
    catalogue.operators.get(&line.operator).ok_or(Problem::of(ProblemCode::Internal))
}
