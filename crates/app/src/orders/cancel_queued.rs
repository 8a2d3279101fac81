//! The payer gives a plan back that waits behind the one that runs.

use crate::{App, Problem, lines};
use farline_domain::commands::{Actor, Behind, LineCommand, Refusal, can_cancel_queued};
use farline_domain::orders::{Order, OrderState};
use jiff::civil::Date;

/// Whether an order's plan waits for its first day, and what its payer can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing waits: it is not delivered, or it has begun.
    Begun,
    /// It waits, and can be given back.
    CanCancel {
        /// Its first local date.
        starts_on: Date,
    },
    /// It waits, and cannot be given back here.
    Kept {
        /// Its first local date.
        starts_on: Date,
        /// Why not.
        why: Kept,
    },
}

/// Why a plan that waits cannot be given back by its payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Another network delivered it: a person asks it.
    OfSupplier,
    /// Somebody else sold it, and settles it.
    SoldElsewhere,
    /// Something of it is used or held, or a later renewal counts on it.
    BuiltUpon,
    /// Its money goes back already, or the bank took it back.
    Settled,
}

/// Gives the plan back before its first day: the value, the line's dates and the money owed, in one commit.
pub async fn cancel_queued(app: &App, order: &Order, actor: Actor) -> Result<Order, Problem> {
    app.run(order.line, LineCommand::CancelQueued(order.id), actor).await
}

/// What the payer can do now, so that the page can say it before anything is pressed.
pub async fn standing(app: &App, order: &Order) -> Result<Standing, Problem> {
    let OrderState::Delivered { delivered, .. } = &order.state else { return Ok(Standing::Begun) };
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let behind = Behind::on(operator, &view.line, &view.buckets);
    let starts_on = delivered.starts_on;
    let why = match can_cancel_queued(order, behind, app.now()) {
        Ok(()) => return Ok(Standing::CanCancel { starts_on }),
        Err(Refusal::HasBegun) => return Ok(Standing::Begun),
        Err(Refusal::OfSupplier) => Kept::OfSupplier,
        Err(Refusal::SoldElsewhere) => Kept::SoldElsewhere,
        Err(Refusal::BuiltUpon) => Kept::BuiltUpon,
        Err(_) => Kept::Settled,
    };
    Ok(Standing::Kept { starts_on, why })
}
