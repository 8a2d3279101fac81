//! How suppliers stand, and that nothing is sold that they could not deliver.
//!
//! What is known is kept with the installation's named values, so that it survives a restart and is the same for every
//! process. What is lost of it by two who write at once comes back with the next look.

mod listings;
mod record;
mod route;

pub use listings::{Listed, listing_sheet};
pub use record::{Looks, Pause, Sendings, SupplierTerms, pause};
pub use route::{Selling, Wanted, may_sell, selling};
pub(crate) use route::{first, next};

use crate::App;
use crate::ports::delivery::{SupplierSilent, SupplierStanding};
use crate::ports::{Settings, StoreError};
use farline_domain::commands::DeliveryAnswer;
use farline_domain::kernel::Instant;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A look of another process counts for so long, in milliseconds.
const LOOK_COUNTS_MS: i64 = 8_000;

/// What is known of one supplier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// By looking.
    pub looks: Looks,
    /// By sending.
    pub sendings: Sendings,
}

impl Known {
    /// Why nothing is sold by it at present, if so.
    pub fn pause(&self, terms: &SupplierTerms, now: Instant) -> Option<Pause> {
        pause((&self.looks, &self.sendings), terms, now)
    }
}

/// Reads what is known of a supplier.
pub async fn known(
    settings: &(impl Settings + ?Sized),
    supplier: &str,
) -> Result<Known, StoreError> {
    Ok(Known {
        looks: kept(settings, &looks_of(supplier)).await?,
        sendings: kept(settings, &sendings_of(supplier)).await?,
    })
}

/// Whether it is time to look at a supplier: another process may just have done it.
pub async fn is_look_due(app: &App, supplier: &str) -> Result<bool, StoreError> {
    let looks: Looks = kept(&*app.store, &looks_of(supplier)).await?;
    let since = app.now().millis_since(Instant::from_millis(looks.at));
    // A clock that went back does not stop the looking.
    Ok(!(0..LOOK_COUNTS_MS).contains(&since))
}

/// Keeps what a look said, and writes to the log what changed by it.
pub async fn looked(
    app: &App,
    supplier: &str,
    look: Result<SupplierStanding, SupplierSilent>,
) -> Result<(), StoreError> {
    let now = app.now();
    let terms = app.supplier_terms.get(supplier).cloned().unwrap_or_default();
    let before = known(&*app.store, supplier).await?;
    let looks = before.looks.after(&look, now);
    keep(app, &looks_of(supplier), &looks).await?;
    let (was_below, is_below) = (before.looks.is_below(terms.alarm), looks.is_below(terms.alarm));
    if is_below && !was_below {
        tracing::warn!(supplier, float = ?looks.float, "a supplier's float is below its alarm");
    }
    let after = Known { looks, ..before.clone() };
    match (before.pause(&terms, now), after.pause(&terms, now)) {
        (before, after) if before == after => {}
        (_, Some(pause)) => {
            let silence = look.err().map(|silent| silent.0);
            tracing::error!(supplier, why = pause.code(), silence, "nothing is sold by a supplier");
        }
        (_, None) => tracing::warn!(supplier, "a supplier is sold again"),
    }
    Ok(())
}

/// Keeps what a sending said of its supplier. What cannot be kept is no reason to stop a delivery.
pub(crate) async fn sent(app: &App, supplier: &str, answer: &DeliveryAnswer) {
    if !app.supplier_terms.contains_key(supplier) {
        return;
    }
    let name = sendings_of(supplier);
    let note = async {
        let before: Sendings = kept(&*app.store, &name).await?;
        match before.after(answer, app.now()) {
            Some(sendings) => keep(app, &name, &sendings).await,
            None => Ok(()),
        }
    };
    if let Err(error) = note.await {
        tracing::warn!(supplier, %error, "what a sending says of its supplier is not kept");
    }
}

fn looks_of(supplier: &str) -> String {
    format!("supplier-looks:{supplier}")
}

fn sendings_of(supplier: &str) -> String {
    format!("supplier-sendings:{supplier}")
}

async fn kept<T: DeserializeOwned + Default>(
    settings: &(impl Settings + ?Sized),
    name: &str,
) -> Result<T, StoreError> {
    let Some(text) = settings.setting(name).await? else { return Ok(T::default()) };
    serde_json::from_str(&text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

async fn keep(app: &App, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| StoreError::Unreadable(error.to_string()))?;
    app.store.put_setting(name, &text).await
}
