//! Money that passes from hand to hand: which reference names what. Its cell is that of a hash of the reference.

use super::PostgresStore;
use super::fault::Fault;
use super::values::{Octets, cell_of_key};
use crate::kept::by_hand::{movement_of, purpose_words};
use async_trait::async_trait;
use farline_app::ports::by_hand::HandMovement;
use farline_app::ports::{HandMoney, StoreError};
use farline_domain::kernel::Instant;

statements! {
    // Whoever comes second waits for the first and then finds the reference taken.
    CLAIM = "INSERT INTO manual_payments (cell, direction, method, reference, order_id, refund, \
        currency, minor, staff, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT (cell, direction, method, reference) DO NOTHING";
    IS_OWN = "SELECT 1 FROM manual_payments WHERE cell = $1 AND direction = $2 AND method = $3 \
        AND reference = $4 AND order_id = $5 AND refund = $6";
    GIVE_UP = "DELETE FROM manual_payments WHERE cell = $1 AND direction = $2 AND method = $3 \
        AND reference = $4 AND order_id = $5 AND refund = $6";
    BETWEEN = "SELECT direction, method, reference, order_id, refund, currency, minor, staff, at \
        FROM manual_payments WHERE cell >= 0 AND at >= $1 AND at < $2 \
        ORDER BY at, method, reference LIMIT $3";
}

async fn claim(store: &PostgresStore, movement: &HandMovement) -> Result<bool, Fault> {
    let (direction, refund) = purpose_words(movement.purpose);
    let (method, reference) = (movement.by_hand.method.code(), movement.by_hand.reference.as_str());
    let cell = cell_of_key(reference.as_bytes());
    let (order, refund) = (Octets(movement.order.to_bytes()), i64::from(refund));
    let (currency, minor) = (movement.amount.currency.code(), movement.amount.minor);
    let (staff, at) = (Octets(movement.staff.to_bytes()), movement.at.millis());
    let session = store.session().await?;
    let row: super::session::Parameters<'_> =
        &[&cell, &direction, &method, &reference, &order, &refund, &currency, &minor, &staff, &at];
    session.execute(CLAIM, row).await?;
    let own: super::session::Parameters<'_> =
        &[&cell, &direction, &method, &reference, &order, &refund];
    Ok(session.row(IS_OWN, own).await?.is_some())
}

async fn give_up(store: &PostgresStore, movement: &HandMovement) -> Result<(), Fault> {
    let (direction, refund) = purpose_words(movement.purpose);
    let (method, reference) = (movement.by_hand.method.code(), movement.by_hand.reference.as_str());
    let cell = cell_of_key(reference.as_bytes());
    let (order, refund) = (Octets(movement.order.to_bytes()), i64::from(refund));
    let session = store.session().await?;
    session.execute(GIVE_UP, &[&cell, &direction, &method, &reference, &order, &refund]).await?;
    Ok(())
}

async fn between(
    store: &PostgresStore,
    (from, until): (Instant, Instant),
    limit: u32,
) -> Result<Vec<HandMovement>, Fault> {
    let (from, until, limit) = (from.millis(), until.millis(), i64::from(limit));
    let rows = store.session().await?.rows(BETWEEN, &[&from, &until, &limit]).await?;
    rows.iter().map(movement_of).collect()
}

#[async_trait]
impl HandMoney for PostgresStore {
    async fn claim_by_hand(&self, movement: &HandMovement) -> Result<bool, StoreError> {
        Ok(claim(self, movement).await?)
    }

    async fn give_up_by_hand(&self, movement: &HandMovement) -> Result<(), StoreError> {
        Ok(give_up(self, movement).await?)
    }

    async fn by_hand_between(
        &self,
        span: (Instant, Instant),
        limit: u32,
    ) -> Result<Vec<HandMovement>, StoreError> {
        Ok(between(self, span, limit).await?)
    }
}
