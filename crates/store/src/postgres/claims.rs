//! The rows by which an account finds its orders lie in the account's cell, not the order's, so they
//! are claimed before the order's commit and given back when nothing came of it. A claim that is left
//! behind by a crash leads nowhere, and readers pass over it.

use super::fault::Fault;
use super::session::Session;
use super::values::{Id, Octets, cell_of, columns};
use crate::kept::row::Row as _;
use farline_app::ports::StoreError;
use farline_app::ports::pipeline::{Envelope, Outcome};
use farline_domain::commands::LineCommand;
use farline_domain::kernel::{AccountId, OrderId};
use futures_util::future::try_join_all;
use std::collections::BTreeMap;

statements! { hot;
    CLAIM = "INSERT INTO account_orders (cell, account, order_id) \
        SELECT {cell}, w.account, w.order_id \
        FROM unnest($2::smallint[], $3::bytea[], $4::bytea[]) AS w (cell, account, order_id) \
        ORDER BY w.cell, w.account, w.order_id \
        ON CONFLICT (cell, account, order_id) DO NOTHING RETURNING order_id";
    GIVE_BACK = "DELETE FROM account_orders AS t \
        USING unnest($2::smallint[], $3::bytea[], $4::bytea[]) AS w (cell, account, order_id) \
        WHERE t.cell = w.cell AND t.account = w.account AND t.order_id = w.order_id AND {bound}";
}

columns! {
    ClaimRows { cell: i16, account: Id, order_id: Id, }
}

/// The rows of claims: all together, or where cells are spread over machines those of each cell.
fn rows_of(session: &Session, claims: &BTreeMap<OrderId, AccountId>) -> Vec<(i16, ClaimRows)> {
    let mut divided: BTreeMap<i16, ClaimRows> = BTreeMap::new();
    for (order, account) in claims {
        let cell = cell_of(account.cell());
        let rows = divided.entry(if session.is_unbound() { 0 } else { cell }).or_default();
        rows.push((cell, Octets(account.to_bytes()), Octets(order.to_bytes())));
    }
    divided.into_iter().collect()
}

/// The claims that a batch made anew.
#[derive(Default)]
pub(crate) struct Claims(BTreeMap<OrderId, AccountId>);

fn claim_of(envelope: &Envelope) -> Option<(OrderId, AccountId)> {
    match &envelope.command {
        LineCommand::Place(placing) => {
            let account = placing.payer.as_ref().and_then(|payer| payer.account)?;
            Some((placing.id, account))
        }
        LineCommand::StepAutoRenew(step) => Some((step.id, step.charging?)),
        _ => None,
    }
}

/// Claims what the new orders of a batch need.
pub(crate) async fn claim(session: &Session, envelopes: &[Envelope]) -> Result<Claims, Fault> {
    let wanted: BTreeMap<OrderId, AccountId> = envelopes.iter().filter_map(claim_of).collect();
    let divided = rows_of(session, &wanted);
    let claiming = divided.iter().map(|(cell, rows)| async move {
        match rows.parameters(cell) {
            Some(parameters) => session.hot_rows(CLAIM, &parameters).await,
            None => Ok(Vec::new()),
        }
    });
    let mut claims = Claims::default();
    for row in try_join_all(claiming).await?.iter().flatten() {
        let order = OrderId::from_bytes(row.array(0)?);
        if let Some(account) = wanted.get(&order) {
            claims.0.insert(order, *account);
        }
    }
    Ok(claims)
}

impl Claims {
    /// Gives back what nothing came of. What fails here stays behind and leads nowhere.
    pub(crate) async fn settle(
        self,
        session: &Session,
        answered: impl Iterator<Item = (&Envelope, &Result<Outcome, StoreError>)>,
    ) {
        let mut idle = self.0;
        if idle.is_empty() {
            return;
        }
        for (envelope, outcome) in answered {
            // An error may hide a commit, so only what is known to have failed is given back.
            if !matches!(outcome, Ok(Outcome::Refused(_) | Outcome::NoSuchLine))
                && let Some((order, _)) = claim_of(envelope)
            {
                idle.remove(&order);
            }
        }
        for (cell, rows) in &rows_of(session, &idle) {
            if let Some(parameters) = rows.parameters(cell)
                && let Err(error) = session.hot_execute(GIVE_BACK, &parameters).await
            {
                tracing::debug!(%error, "an idle claim stays");
            }
        }
    }
}
