//! The catalogue in memory, and the versions of its plans.

use super::Unreadable;
use super::values::to_json;
use farline_domain::catalog::{Catalogue, Plan};
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
    /// It equals its newest version.
    Same(u32),
    /// It is to be published as this version, with this body.
    New(u32, String),
}

/// Gives a plan its version, by the newest that was ever published.
pub(crate) fn version_of(plan: &Plan, newest: Option<&Plan>) -> Result<Versioned, Unreadable> {
    if let Some(newest) = newest
        && *newest == (Plan { version: newest.version, ..plan.clone() })
    {
        return Ok(Versioned::Same(newest.version));
    }
    let version = newest.map_or(1, |newest| newest.version + 1);
    Ok(Versioned::New(version, to_json(&Plan { version, ..plan.clone() })?))
}
