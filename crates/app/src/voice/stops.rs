//! Who wants no text messages. Only a keyed digest of the number is kept.

use crate::accounts::address_key;
use crate::ports::notice::{Medium, Message};
use crate::ports::voice::Digest;
use crate::{App, Problem};
use farline_domain::accounts::Address;
use farline_domain::kernel::Msisdn;

fn key(app: &App, number: &str) -> Option<Digest> {
    let number = Msisdn::parse(number).ok()?;
    Some(address_key(app, &Address::Sms(number)))
}

/// Whether a number wants none.
pub async fn is_stopped(app: &App, number: &str) -> Result<bool, Problem> {
    match key(app, number) {
        Some(key) => Ok(app.store.wants_no_texts(&key).await?),
        None => Ok(false),
    }
}

/// Whether a message is a text to a number that wants none.
pub(crate) async fn refuses(app: &App, message: &Message) -> Result<bool, Problem> {
    match message.medium {
        Medium::Email => Ok(false),
        Medium::Sms => is_stopped(app, &message.to).await,
    }
}

/// Notes that a number wants none; `false` when that was noted before.
pub(super) async fn stop(app: &App, number: &str) -> Result<bool, Problem> {
    match key(app, number) {
        Some(key) => Ok(app.store.stop_texts(&key, app.now()).await?),
        None => Ok(false),
    }
}

/// Notes that it wants them again; `false` when it never refused them.
pub(super) async fn start(app: &App, number: &str) -> Result<bool, Problem> {
    match key(app, number) {
        Some(key) => Ok(app.store.start_texts(&key).await?),
        None => Ok(false),
    }
}
