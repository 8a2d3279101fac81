//! The catalogue in memory, and the versions of its plans.

use super::Unreadable;
use super::row::Row;
use super::values::{from_json, to_json};
use farline_app::ports::PublishedVersion;
use farline_domain::catalog::{Catalogue, Plan, PlanCode, Promotion, PromotionCode};
use farline_domain::kernel::Instant;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The current catalogue, replaced as a whole.
#[derive(Clone, Default)]
pub(crate) struct SharedCatalogue(Arc<RwLock<Arc<Catalogue>>>);

impl SharedCatalogue {
    pub(crate) fn get(&self) -> Arc<Catalogue> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set(&self, catalogue: Catalogue) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(catalogue);
    }
}

/// The version a plan is sold under.
pub(crate) enum Versioned {
    /// It equals a version that there is.
    Same(u32),
    /// It is to be published as this version, with this body.
    New(u32, String),
}

/// Gives a plan its version, by the one that was published with the catalogue before, and the newest of all.
pub(crate) fn version_of(
    plan: &Plan,
    (sold, newest): (Option<&Plan>, Option<&Plan>),
) -> Result<Versioned, Unreadable> {
    let is_equal = |other: &&Plan| **other == (Plan { version: other.version, ..plan.clone() });
    if let Some(equal) = [sold, newest].into_iter().flatten().find(is_equal) {
        return Ok(Versioned::Same(equal.version));
    }
    let version = newest.map_or(1, |newest| newest.version + 1);
    Ok(Versioned::New(version, to_json(&Plan { version, ..plan.clone() })?))
}

/// Adds versions that are sold from a first day on to a catalogue that is read.
pub(crate) fn add_dated(catalogue: &mut Catalogue, dated: Vec<Plan>) {
    for plan in dated {
        catalogue.coming.entry(plan.code.clone()).or_default().push(plan);
    }
}

/// The promotions of a publication. One that the staff has stopped stays so, unless it says something else now.
pub(crate) fn still_stopped(
    published: &BTreeMap<PromotionCode, Promotion>,
    known: &[Promotion],
) -> Vec<Promotion> {
    let again = |promotion: &Promotion| {
        let before = known.iter().find(|known| known.code == promotion.code)?;
        let as_before = Promotion { stopped_at: before.stopped_at, ..promotion.clone() };
        (as_before == *before).then_some(as_before)
    };
    published.values().map(|one| again(one).unwrap_or_else(|| one.clone())).collect()
}

/// A plan's code as it is kept.
pub(crate) fn plan_code(text: &str) -> Result<PlanCode, Unreadable> {
    PlanCode::parse(text).map_err(Unreadable)
}

/// A version from its body, when it was published and when it was taken back.
pub(crate) fn published<R: Row>(row: &R) -> Result<PublishedVersion, R::Fault> {
    Ok(PublishedVersion {
        plan: from_json(row.text(0)?)?,
        published_at: row.instant(1)?,
        withdrawn_at: row.some_number(2)?.map(Instant::from_millis),
    })
}
