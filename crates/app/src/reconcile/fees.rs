//! Posting what a provider kept for itself, from the same export that is held against what we know.

use super::export::{Entry, Export, ExportError, Line, Meaning};
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::{Actor, LineCommand};
use farline_domain::kernel::OrderId;
use farline_domain::payments::Fee;

/// What became of an export's fees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeesBooked {
    /// Rows whose fee is booked now, or was before.
    pub booked: u64,
    /// Rows with a fee of an order that we do not have, or that was never paid there.
    pub strangers: u64,
}

/// Fees could not be booked; what was booked before stays, and booking them again changes nothing.
#[derive(Debug, thiserror::Error)]
pub enum FeesError {
    /// The export cannot be read.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// An order could not be changed.
    #[error("{}: {}", .0.code.code(), .0.cause.as_deref().unwrap_or("no more is known"))]
    Order(Problem),
}

/// Books the fee of every row that is of an order's money; `progress` is told how many rows were read. What is between the
/// provider and us alone (its monthly fee, payouts) is of no order and not booked here.
///
/// # Errors
/// When the export cannot be read or an order cannot be changed.
pub async fn book_fees(
    app: &App,
    export: &mut dyn Export,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<FeesBooked, FeesError> {
    let provider = export.provider();
    let (mut done, mut rows) = (FeesBooked::default(), 0);
    while let Some(line) = export.next().transpose()? {
        rows += 1;
        progress(rows);
        let Line::Entry(entry) = line else { continue };
        let Some((order, fee)) = fee_of(provider, &entry) else { continue };
        let is_ours = book(app, order, fee).await.map_err(FeesError::Order)?;
        if is_ours {
            done.booked += 1;
        } else {
            done.strangers += 1;
        }
    }
    Ok(done)
}

fn fee_of(provider: &str, entry: &Entry) -> Option<(OrderId, Fee)> {
    let is_of_order = matches!(entry.meaning, Meaning::Settled(_) | Meaning::Disputed);
    let order = entry.order.filter(|_| is_of_order && entry.fee.minor != 0)?;
    let (provider, id) = (provider.to_owned(), entry.id.clone());
    Some((order, Fee { provider, id, amount: entry.fee }))
}

async fn book(app: &App, id: OrderId, fee: Fee) -> Result<bool, Problem> {
    let Some(order) = app.store.order(id).await? else { return Ok(false) };
    let command = LineCommand::BookFee(id, fee);
    match app.run(order.line, command, Actor::System).await {
        Ok(_) => Ok(true),
        Err(problem) if problem.code == ProblemCode::NotFound => Ok(false),
        Err(problem) => Err(problem),
    }
}
