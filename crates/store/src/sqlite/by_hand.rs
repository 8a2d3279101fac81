//! Money that passes from hand to hand: which reference names what.

use super::SqliteStore;
use crate::kept::by_hand::{movement_of, purpose_words};
use async_trait::async_trait;
use farline_app::ports::by_hand::HandMovement;
use farline_app::ports::{HandMoney, StoreError};
use farline_domain::kernel::Instant;
use rusqlite::params;

statements! {
    CLAIM = "INSERT INTO manual_payments (direction, method, reference, order_id, refund, currency, \
        minor, staff, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) \
        ON CONFLICT (direction, method, reference) DO NOTHING";
    IS_OWN = "SELECT 1 FROM manual_payments WHERE direction = ?1 AND method = ?2 AND reference = ?3 \
        AND order_id = ?4 AND refund = ?5";
    GIVE_UP = "DELETE FROM manual_payments WHERE direction = ?1 AND method = ?2 AND reference = ?3 \
        AND order_id = ?4 AND refund = ?5";
    BETWEEN = "SELECT direction, method, reference, order_id, refund, currency, minor, staff, at \
        FROM manual_payments WHERE at >= ?1 AND at < ?2 ORDER BY at, method, reference LIMIT ?3";
}

#[async_trait]
impl HandMoney for SqliteStore {
    async fn claim_by_hand(&self, movement: &HandMovement) -> Result<bool, StoreError> {
        let movement = movement.clone();
        self.write(move |connection| {
            let (direction, refund) = purpose_words(movement.purpose);
            let (method, reference) =
                (movement.by_hand.method.code(), movement.by_hand.reference.as_str());
            let order = movement.order.to_bytes();
            connection.prepare_cached(CLAIM)?.execute(params![
                direction,
                method,
                reference,
                order,
                refund,
                movement.amount.currency.code(),
                movement.amount.minor,
                movement.staff.to_bytes(),
                movement.at.millis(),
            ])?;
            let mut own = connection.prepare_cached(IS_OWN)?;
            Ok(own.exists(params![direction, method, reference, order, refund])?)
        })
        .await
    }

    async fn give_up_by_hand(&self, movement: &HandMovement) -> Result<(), StoreError> {
        let movement = movement.clone();
        self.write(move |connection| {
            let (direction, refund) = purpose_words(movement.purpose);
            connection.prepare_cached(GIVE_UP)?.execute(params![
                direction,
                movement.by_hand.method.code(),
                movement.by_hand.reference.as_str(),
                movement.order.to_bytes(),
                refund,
            ])?;
            Ok(())
        })
        .await
    }

    async fn by_hand_between(
        &self,
        (from, until): (Instant, Instant),
        limit: u32,
    ) -> Result<Vec<HandMovement>, StoreError> {
        self.read_long(move |connection| {
            let mut statement = connection.prepare_cached(BETWEEN)?;
            let mut rows = statement.query(params![from.millis(), until.millis(), limit])?;
            let mut movements = Vec::new();
            while let Some(row) = rows.next()? {
                movements.push(movement_of(row)?);
            }
            Ok(movements)
        })
        .await
    }
}
