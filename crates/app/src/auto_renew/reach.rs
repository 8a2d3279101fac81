//! How the payer of an auto-renew is reached after they said STOP to text messages: by e-mail, where there is an address.
//! Where there is none it pauses, because nothing is charged that nobody could be told of before.

use crate::accounts::orders::email_of;
use crate::voice::stops;
use crate::{App, Problem};
use farline_domain::auto_renew::AutoRenew;

/// Whether it pauses: text messages were the only way, and are refused.
pub(super) async fn is_paused(app: &App, standing: &AutoRenew) -> Result<bool, Problem> {
    let payer = &standing.consent.payer;
    let contact = app.store.contact(payer.contact).await?.unwrap_or_default();
    let Some(phone) = contact.phone.filter(|_| contact.email.is_none()) else { return Ok(false) };
    Ok(stops::is_stopped(app, &phone).await? && email_of(app, payer.account).await?.is_none())
}
