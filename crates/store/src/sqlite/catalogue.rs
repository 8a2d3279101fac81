//! The catalogue as kept. It is read once and held in memory.

use super::SqliteStore;
use super::fault::Fault;
use super::staff_change;
use crate::kept::catalogue::{
    Versioned, add_dated, plan_code, published, still_stopped, version_of,
};
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::staff::NewStaffLine;
use farline_app::ports::{Catalogues, PublishedVersion, SaleChange, StoreError};
use farline_domain::catalog::{Catalogue, Plan, PlanCode, Promotion, Taxes};
use farline_domain::kernel::{Instant, StaffId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;

statements! {
    OPERATORS = "SELECT body FROM operators ORDER BY code";
    ZONES = "SELECT body FROM zones ORDER BY code";
    PROMOTIONS = "SELECT body FROM promotions ORDER BY code";
    TAX_TABLE = "SELECT body FROM tax_tables WHERE name = 'current'";
    CURRENT_PLANS = "SELECT v.body FROM plans p \
        JOIN plan_versions v ON v.code = p.code AND v.version = p.version ORDER BY p.code";
    DATED_VERSIONS = "SELECT v.body FROM dated_versions d \
        JOIN plan_versions v ON v.code = d.code AND v.version = d.version \
        WHERE d.withdrawn_at IS NULL ORDER BY d.code, d.version";
    STOPPED_PLANS = "SELECT code, stopped_at FROM stopped_plans ORDER BY code";
    NEWEST_VERSION = "SELECT body FROM plan_versions WHERE code = ?1 \
        ORDER BY version DESC LIMIT 1";
    PLAN_VERSION = "SELECT body FROM plan_versions WHERE code = ?1 AND version = ?2";
    // Operators and zones stay for ever: lines and buckets speak of them.
    PUT_OPERATOR = "INSERT INTO operators (code, body) VALUES (?1, ?2) \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    PUT_ZONE = "INSERT INTO zones (code, body) VALUES (?1, ?2) \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    CLEAR_PROMOTIONS = "DELETE FROM promotions WHERE origin = 'catalogue'";
    PUBLISH_PROMOTION = "INSERT INTO promotions (code, body, origin) VALUES (?1, ?2, 'catalogue') \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body, origin = excluded.origin";
    PUT_PROMOTION = "INSERT INTO promotions (code, body, origin) VALUES (?1, ?2, 'own') \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    PUT_TAX_TABLE = "INSERT INTO tax_tables (name, body) VALUES ('current', ?1) \
        ON CONFLICT (name) DO UPDATE SET body = excluded.body";
    INSERT_VERSION = "INSERT INTO plan_versions (code, version, published_at, body) \
        VALUES (?1, ?2, ?3, ?4)";
    CLEAR_PLANS = "DELETE FROM plans";
    SELL_PLAN = "INSERT INTO plans (code, version) VALUES (?1, ?2)";
    DATE_VERSION = "INSERT INTO dated_versions (code, version) VALUES (?1, ?2)";
    // What can never come into force again, as the catalogue itself has a newer version.
    OVERTAKE = "UPDATE dated_versions SET withdrawn_at = ?1 WHERE withdrawn_at IS NULL AND NOT EXISTS \
        (SELECT 1 FROM plans p WHERE p.code = dated_versions.code AND p.version < dated_versions.version)";
    WITHDRAW = "UPDATE dated_versions SET withdrawn_at = ?3 \
        WHERE code = ?1 AND version = ?2 AND withdrawn_at IS NULL";
    STOP = "INSERT INTO stopped_plans (code, stopped_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    RESUME = "DELETE FROM stopped_plans WHERE code = ?1";
    VERSIONS = "SELECT v.body, v.published_at, d.withdrawn_at FROM plan_versions v \
        LEFT JOIN dated_versions d ON d.code = v.code AND d.version = v.version \
        WHERE v.code = ?1 ORDER BY v.version DESC LIMIT 50";
}

/// The values that a statement's first column holds.
pub(super) fn bodies<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
) -> Result<Vec<T>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push(from_json(row.text(0)?)?);
    }
    Ok(values)
}

fn stopped(connection: &Connection) -> Result<BTreeMap<PlanCode, Instant>, Fault> {
    let mut statement = connection.prepare_cached(STOPPED_PLANS)?;
    let mut rows = statement.query([])?;
    let mut stopped = BTreeMap::new();
    while let Some(row) = rows.next()? {
        stopped.insert(plan_code(row.text(0)?)?, row.instant(1)?);
    }
    Ok(stopped)
}

/// Reads the whole catalogue.
pub(crate) fn load(connection: &Connection) -> Result<Catalogue, Fault> {
    let mut catalogue = Catalogue::default();
    for operator in bodies::<farline_domain::catalog::Operator>(connection, OPERATORS)? {
        catalogue.operators.insert(operator.code.clone(), operator);
    }
    for plan in bodies::<Plan>(connection, CURRENT_PLANS)? {
        catalogue.plans.insert(plan.code.clone(), plan);
    }
    add_dated(&mut catalogue, bodies::<Plan>(connection, DATED_VERSIONS)?);
    catalogue.stopped = stopped(connection)?;
    for zone in bodies::<farline_domain::catalog::CoverageZone>(connection, ZONES)? {
        catalogue.zones.insert(zone.code.clone(), zone);
    }
    for promotion in bodies::<Promotion>(connection, PROMOTIONS)? {
        catalogue.promotions.insert(promotion.code.clone(), promotion);
    }
    catalogue.taxes =
        bodies::<Taxes>(connection, TAX_TABLE)?.into_iter().next().unwrap_or_default();
    Ok(catalogue)
}

fn put<T: Serialize>(
    connection: &Connection,
    sql: &str,
    (code, value): (&str, &T),
) -> Result<(), Fault> {
    connection.prepare_cached(sql)?.execute(params![code, to_json(value)?])?;
    Ok(())
}

/// The newest published version of a plan, if it was ever published.
fn newest(connection: &Connection, code: &PlanCode) -> Result<Option<Plan>, Fault> {
    let mut statement = connection.prepare_cached(NEWEST_VERSION)?;
    let body: Option<String> = statement.query_row([code.as_str()], |row| row.get(0)).optional()?;
    Ok(body.map(|body| from_json(&body)).transpose()?)
}

/// Publishes a plan as a new version where there is none like it; returns the version it has.
fn versioned(
    connection: &Connection,
    (plan, sold): (&Plan, Option<&Plan>),
    now: Instant,
) -> Result<(u32, u32), Fault> {
    match version_of(plan, (sold, newest(connection, &plan.code)?.as_ref()))? {
        Versioned::Same(version) => Ok((version, 0)),
        Versioned::New(version, body) => {
            insert_version(connection, (&plan.code, version), (&body, now))?;
            Ok((version, 1))
        }
    }
}

fn insert_version(
    connection: &Connection,
    (code, version): (&PlanCode, u32),
    (body, now): (&str, Instant),
) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(INSERT_VERSION)?;
    insert.execute(params![code.as_str(), version, now.millis(), body])?;
    Ok(())
}

fn publish(connection: &Connection, catalogue: &Catalogue, now: Instant) -> Result<u32, Fault> {
    for (code, operator) in &catalogue.operators {
        put(connection, PUT_OPERATOR, (code.as_str(), operator))?;
    }
    for (code, zone) in &catalogue.zones {
        put(connection, PUT_ZONE, (code.as_str(), zone))?;
    }
    let promotions = bodies::<Promotion>(connection, PROMOTIONS)?;
    connection.prepare_cached(CLEAR_PROMOTIONS)?.execute([])?;
    for promotion in still_stopped(&catalogue.promotions, &promotions) {
        put(connection, PUBLISH_PROMOTION, (promotion.code.as_str(), &promotion))?;
    }
    connection.prepare_cached(PUT_TAX_TABLE)?.execute([to_json(&catalogue.taxes)?])?;
    let before = bodies::<Plan>(connection, CURRENT_PLANS)?;
    connection.prepare_cached(CLEAR_PLANS)?.execute([])?;
    let mut new = 0;
    for plan in catalogue.plans.values() {
        let sold = before.iter().find(|before| before.code == plan.code);
        let (version, added) = versioned(connection, (plan, sold), now)?;
        let mut sell = connection.prepare_cached(SELL_PLAN)?;
        sell.execute(params![plan.code.as_str(), version])?;
        new += added;
    }
    connection.prepare_cached(OVERTAKE)?.execute([now.millis()])?;
    Ok(new)
}

/// Adds a version, unless another one was published since its number was chosen.
fn add_version(connection: &Connection, plan: &Plan, now: Instant) -> Result<bool, Fault> {
    let newest = newest(connection, &plan.code)?.map_or(0, |newest| newest.version);
    if plan.version != newest + 1 {
        return Ok(false);
    }
    insert_version(connection, (&plan.code, plan.version), (&to_json(plan)?, now))?;
    let mut dated = connection.prepare_cached(DATE_VERSION)?;
    dated.execute(params![plan.code.as_str(), plan.version])?;
    Ok(true)
}

fn change_sale(connection: &Connection, change: &SaleChange, now: Instant) -> Result<bool, Fault> {
    let now_millis = now.millis();
    let changed = match change {
        SaleChange::Add(plan) => return add_version(connection, plan, now),
        SaleChange::Withdraw(code, version) => {
            let mut withdraw = connection.prepare_cached(WITHDRAW)?;
            withdraw.execute(params![code.as_str(), version, now_millis])?
        }
        SaleChange::Stop(code) => {
            connection.prepare_cached(STOP)?.execute(params![code.as_str(), now_millis])?
        }
        SaleChange::Resume(code) => connection.prepare_cached(RESUME)?.execute([code.as_str()])?,
        SaleChange::Promotion(promotion) => {
            put(connection, PUT_PROMOTION, (promotion.code.as_str(), promotion))?;
            1
        }
    };
    Ok(changed > 0)
}

fn versions(connection: &Connection, code: &PlanCode) -> Result<Vec<PublishedVersion>, Fault> {
    let mut statement = connection.prepare_cached(VERSIONS)?;
    let mut rows = statement.query([code.as_str()])?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(published(row)?);
    }
    Ok(versions)
}

#[async_trait]
impl Catalogues for SqliteStore {
    fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.get()
    }

    async fn publish(&self, catalogue: Catalogue, now: Instant) -> Result<u32, StoreError> {
        let _turn = self.publishing.lock().await;
        let (new, published) = self
            .write(move |connection| {
                let new = publish(connection, &catalogue, now)?;
                Ok((new, load(connection)?))
            })
            .await?;
        self.catalogue.set(published);
        Ok(new)
    }

    async fn change_sale(
        &self,
        change: SaleChange,
        (member, line): (StaffId, NewStaffLine),
        now: Instant,
    ) -> Result<bool, StoreError> {
        let _turn = self.publishing.lock().await;
        let (done, changed) = self
            .write(move |connection| {
                let done = change_sale(connection, &change, now)?;
                if done {
                    staff_change::note(connection, (member, now), line)?;
                }
                Ok((done, load(connection)?))
            })
            .await?;
        self.catalogue.set(changed);
        Ok(done)
    }

    async fn put_promotions(&self, promotions: Vec<Promotion>) -> Result<(), StoreError> {
        let _turn = self.publishing.lock().await;
        let changed = self
            .write(move |connection| {
                for promotion in &promotions {
                    put(connection, PUT_PROMOTION, (promotion.code.as_str(), promotion))?;
                }
                load(connection)
            })
            .await?;
        self.catalogue.set(changed);
        Ok(())
    }

    async fn plan_versions(&self, code: &PlanCode) -> Result<Vec<PublishedVersion>, StoreError> {
        self.read(|connection| versions(connection, code))
    }

    async fn plan_version(
        &self,
        code: &PlanCode,
        version: u32,
    ) -> Result<Option<Plan>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(PLAN_VERSION)?;
            let body: Option<String> = statement
                .query_row(params![code.as_str(), version], |row| row.get(0))
                .optional()?;
            Ok(body.map(|body| from_json(&body)).transpose()?)
        })
    }
}
