//! The catalogue as kept. It is held in memory; a revision tells when another process published.

use super::PostgresStore;
use super::fault::Fault;
use super::session::Session;
use super::staff_change;
use crate::kept::catalogue::{
    Versioned, add_dated, plan_code, published, still_stopped, version_of,
};
use crate::kept::row::Row as _;
use crate::kept::values::{from_json, to_json};
use async_trait::async_trait;
use farline_app::ports::staff::NewStaffLine;
use farline_app::ports::{Catalogues, PublishedVersion, SaleChange, StoreError};
use farline_domain::catalog::{
    Catalogue, CoverageZone, Operator, Plan, PlanCode, Promotion, Taxes,
};
use farline_domain::kernel::{Instant, StaffId};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// How long another process's publication may go unseen.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

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
    NEWEST_VERSION = "SELECT body FROM plan_versions WHERE code = $1 \
        ORDER BY version DESC LIMIT 1";
    PLAN_VERSION = "SELECT body FROM plan_versions WHERE code = $1 AND version = $2";
    // Operators and zones stay for ever: lines and buckets speak of them.
    PUT_OPERATOR = "INSERT INTO operators (code, body) VALUES ($1, $2) \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    PUT_ZONE = "INSERT INTO zones (code, body) VALUES ($1, $2) \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    CLEAR_PROMOTIONS = "DELETE FROM promotions WHERE origin = 'catalogue'";
    PUBLISH_PROMOTION = "INSERT INTO promotions (code, body, origin) VALUES ($1, $2, 'catalogue') \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body, origin = excluded.origin";
    PUT_PROMOTION = "INSERT INTO promotions (code, body, origin) VALUES ($1, $2, 'own') \
        ON CONFLICT (code) DO UPDATE SET body = excluded.body";
    PUT_TAX_TABLE = "INSERT INTO tax_tables (name, body) VALUES ('current', $1) \
        ON CONFLICT (name) DO UPDATE SET body = excluded.body";
    INSERT_VERSION = "INSERT INTO plan_versions (code, version, published_at, body) \
        VALUES ($1, $2, $3, $4)";
    CLEAR_PLANS = "DELETE FROM plans";
    SELL_PLAN = "INSERT INTO plans (code, version) VALUES ($1, $2)";
    DATE_VERSION = "INSERT INTO dated_versions (code, version) VALUES ($1, $2)";
    // What can never come into force again, as the catalogue itself has a newer version.
    OVERTAKE = "UPDATE dated_versions SET withdrawn_at = $1 WHERE withdrawn_at IS NULL AND NOT EXISTS \
        (SELECT 1 FROM plans p WHERE p.code = dated_versions.code AND p.version < dated_versions.version)";
    WITHDRAW = "UPDATE dated_versions SET withdrawn_at = $3 \
        WHERE code = $1 AND version = $2 AND withdrawn_at IS NULL";
    STOP = "INSERT INTO stopped_plans (code, stopped_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    RESUME = "DELETE FROM stopped_plans WHERE code = $1";
    VERSIONS = "SELECT v.body, v.published_at, d.withdrawn_at FROM plan_versions v \
        LEFT JOIN dated_versions d ON d.code = v.code AND d.version = v.version \
        WHERE v.code = $1 ORDER BY v.version DESC LIMIT 50";
    REVISION = "SELECT value FROM settings WHERE name = 'catalogue-revision'";
    // The row is locked until the commit, so publications follow one another.
    NEXT_REVISION = "INSERT INTO settings AS kept (name, value) VALUES ('catalogue-revision', '1') \
        ON CONFLICT (name) DO UPDATE SET value = (kept.value::bigint + 1)::text RETURNING value";
}

/// Which revision is in memory, and when it was last compared.
pub(super) struct Seen {
    revision: String,
    at: tokio::time::Instant,
}

impl Seen {
    pub(super) fn now(revision: String) -> Self {
        Self { revision, at: tokio::time::Instant::now() }
    }
}

async fn revision(session: &Session) -> Result<String, Fault> {
    let row = session.row(REVISION, &[]).await?;
    Ok(row.map(|row| Ok::<_, Fault>(row.text(0)?.to_owned())).transpose()?.unwrap_or_default())
}

/// The values that a statement's first column holds.
pub(super) async fn bodies<T: DeserializeOwned>(
    session: &Session,
    sql: &'static str,
) -> Result<Vec<T>, Fault> {
    let rows = session.rows(sql, &[]).await?;
    rows.iter().map(|row| Ok(from_json(row.text(0)?)?)).collect()
}

async fn stopped(session: &Session) -> Result<BTreeMap<PlanCode, Instant>, Fault> {
    let rows = session.rows(STOPPED_PLANS, &[]).await?;
    rows.iter().map(|row| Ok((plan_code(row.text(0)?)?, row.instant(1)?))).collect()
}

/// Reads the whole catalogue, with its revision. The revision is read first: what is published in
/// between is found again by the next comparison.
pub(super) async fn load(session: &Session) -> Result<(String, Catalogue), Fault> {
    let revision = revision(session).await?;
    let mut catalogue = Catalogue::default();
    for operator in bodies::<Operator>(session, OPERATORS).await? {
        catalogue.operators.insert(operator.code.clone(), operator);
    }
    for plan in bodies::<Plan>(session, CURRENT_PLANS).await? {
        catalogue.plans.insert(plan.code.clone(), plan);
    }
    add_dated(&mut catalogue, bodies::<Plan>(session, DATED_VERSIONS).await?);
    catalogue.stopped = stopped(session).await?;
    for zone in bodies::<CoverageZone>(session, ZONES).await? {
        catalogue.zones.insert(zone.code.clone(), zone);
    }
    for promotion in bodies::<Promotion>(session, PROMOTIONS).await? {
        catalogue.promotions.insert(promotion.code.clone(), promotion);
    }
    catalogue.taxes =
        bodies::<Taxes>(session, TAX_TABLE).await?.into_iter().next().unwrap_or_default();
    Ok((revision, catalogue))
}

/// The newest published version of a plan, if it was ever published.
async fn newest(session: &Session, code: &PlanCode) -> Result<Option<Plan>, Fault> {
    let row = session.row(NEWEST_VERSION, &[&code.as_str()]).await?;
    row.map(|row| Ok(from_json(row.text(0)?)?)).transpose()
}

/// Publishes a plan as a new version where there is none like it; returns the version it has.
async fn versioned(
    session: &Session,
    (plan, sold): (&Plan, Option<&Plan>),
    now: Instant,
) -> Result<(i64, u32), Fault> {
    let newest = newest(session, &plan.code).await?;
    match version_of(plan, (sold, newest.as_ref()))? {
        Versioned::Same(version) => Ok((i64::from(version), 0)),
        Versioned::New(version, body) => {
            insert_version(session, (&plan.code, version), (&body, now)).await?;
            Ok((i64::from(version), 1))
        }
    }
}

async fn insert_version(
    session: &Session,
    (code, version): (&PlanCode, u32),
    (body, now): (&str, Instant),
) -> Result<(), Fault> {
    let version = i64::from(version);
    session.execute(INSERT_VERSION, &[&code.as_str(), &version, &now.millis(), &body]).await?;
    Ok(())
}

async fn put_promotion(
    session: &Session,
    sql: &'static str,
    promotion: &Promotion,
) -> Result<(), Fault> {
    session.execute(sql, &[&promotion.code.as_str(), &to_json(promotion)?]).await?;
    Ok(())
}

async fn publish(session: &Session, catalogue: &Catalogue, now: Instant) -> Result<u32, Fault> {
    session.execute(NEXT_REVISION, &[]).await?;
    for (code, operator) in &catalogue.operators {
        session.execute(PUT_OPERATOR, &[&code.as_str(), &to_json(operator)?]).await?;
    }
    for (code, zone) in &catalogue.zones {
        session.execute(PUT_ZONE, &[&code.as_str(), &to_json(zone)?]).await?;
    }
    let promotions = bodies::<Promotion>(session, PROMOTIONS).await?;
    session.execute(CLEAR_PROMOTIONS, &[]).await?;
    for promotion in still_stopped(&catalogue.promotions, &promotions) {
        put_promotion(session, PUBLISH_PROMOTION, &promotion).await?;
    }
    session.execute(PUT_TAX_TABLE, &[&to_json(&catalogue.taxes)?]).await?;
    let before = bodies::<Plan>(session, CURRENT_PLANS).await?;
    session.execute(CLEAR_PLANS, &[]).await?;
    let mut new = 0;
    for plan in catalogue.plans.values() {
        let sold = before.iter().find(|before| before.code == plan.code);
        let (version, added) = versioned(session, (plan, sold), now).await?;
        session.execute(SELL_PLAN, &[&plan.code.as_str(), &version]).await?;
        new += added;
    }
    session.execute(OVERTAKE, &[&now.millis()]).await?;
    Ok(new)
}

/// Adds a version, unless another one was published since its number was chosen.
async fn add_version(session: &Session, plan: &Plan, now: Instant) -> Result<bool, Fault> {
    let newest = newest(session, &plan.code).await?.map_or(0, |newest| newest.version);
    if plan.version != newest + 1 {
        return Ok(false);
    }
    insert_version(session, (&plan.code, plan.version), (&to_json(plan)?, now)).await?;
    session.execute(DATE_VERSION, &[&plan.code.as_str(), &i64::from(plan.version)]).await?;
    Ok(true)
}

async fn change_sale(session: &Session, change: &SaleChange, now: Instant) -> Result<bool, Fault> {
    session.execute(NEXT_REVISION, &[]).await?;
    let now_millis = now.millis();
    let changed = match change {
        SaleChange::Add(plan) => return add_version(session, plan, now).await,
        SaleChange::Withdraw(code, version) => {
            let version = i64::from(*version);
            session.execute(WITHDRAW, &[&code.as_str(), &version, &now_millis]).await?
        }
        SaleChange::Stop(code) => session.execute(STOP, &[&code.as_str(), &now_millis]).await?,
        SaleChange::Resume(code) => session.execute(RESUME, &[&code.as_str()]).await?,
        SaleChange::Promotion(promotion) => {
            put_promotion(session, PUT_PROMOTION, promotion).await?;
            1
        }
    };
    Ok(changed > 0)
}

async fn versions(store: &PostgresStore, code: &PlanCode) -> Result<Vec<PublishedVersion>, Fault> {
    let rows = store.session().await?.rows(VERSIONS, &[&code.as_str()]).await?;
    rows.iter().map(published).collect()
}

async fn plan_version(
    store: &PostgresStore,
    code: &PlanCode,
    version: u32,
) -> Result<Option<Plan>, Fault> {
    let wanted = (code.as_str(), i64::from(version));
    let row = store.session().await?.row(PLAN_VERSION, &[&wanted.0, &wanted.1]).await?;
    row.map(|row| Ok(from_json(row.text(0)?)?)).transpose()
}

impl PostgresStore {
    /// Takes over what another process published, at most every few seconds.
    pub(super) async fn refresh_catalogue(&self) -> Result<(), Fault> {
        let mut seen = self.published.lock().await;
        if seen.at.elapsed() < LOOK_AGAIN {
            return Ok(());
        }
        let session = self.session().await?;
        if revision(&session).await? == seen.revision {
            seen.at = tokio::time::Instant::now();
            return Ok(());
        }
        let (revision, catalogue) = load(&session).await?;
        self.catalogue.set(catalogue);
        *seen = Seen::now(revision);
        Ok(())
    }
}

#[async_trait]
impl Catalogues for PostgresStore {
    fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.get()
    }

    async fn publish(&self, catalogue: Catalogue, now: Instant) -> Result<u32, StoreError> {
        let mut seen = self.published.lock().await;
        let (new, (revision, published)) = transaction!(self, |session| {
            let new = publish(&session, &catalogue, now).await?;
            Ok((new, load(&session).await?))
        })?;
        self.catalogue.set(published);
        *seen = Seen::now(revision);
        Ok(new)
    }

    async fn change_sale(
        &self,
        change: SaleChange,
        (member, line): (StaffId, NewStaffLine),
        now: Instant,
    ) -> Result<bool, StoreError> {
        let mut seen = self.published.lock().await;
        let (done, (revision, changed)) = transaction!(self, |session| {
            let done = change_sale(&session, &change, now).await?;
            if done {
                staff_change::note(&session, (member, now), line.clone()).await?;
            }
            Ok((done, load(&session).await?))
        })?;
        self.catalogue.set(changed);
        *seen = Seen::now(revision);
        Ok(done)
    }

    async fn put_promotions(&self, promotions: Vec<Promotion>) -> Result<(), StoreError> {
        let mut seen = self.published.lock().await;
        let (revision, changed) = transaction!(self, |session| {
            session.execute(NEXT_REVISION, &[]).await?;
            for promotion in &promotions {
                put_promotion(&session, PUT_PROMOTION, promotion).await?;
            }
            load(&session).await
        })?;
        self.catalogue.set(changed);
        *seen = Seen::now(revision);
        Ok(())
    }

    async fn plan_versions(&self, code: &PlanCode) -> Result<Vec<PublishedVersion>, StoreError> {
        Ok(versions(self, code).await?)
    }

    async fn plan_version(
        &self,
        code: &PlanCode,
        version: u32,
    ) -> Result<Option<Plan>, StoreError> {
        Ok(plan_version(self, code, version).await?)
    }
}
