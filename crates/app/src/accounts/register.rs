//! Registering: nothing exists until the address is proven.

use crate::accounts::codes::{Awaiting, Challenge, Form, send_to_stranger, signing_in};
use crate::accounts::limits::{self, SIGN_IN_NETWORK};
use crate::accounts::{Visitor, address_of, find, passwords};
use crate::{App, Problem};
use farline_domain::kernel::Language;

/// Who wants an account.
#[derive(Clone)]
pub struct Registration {
    /// E-mail address or phone number, as typed.
    pub who: String,
    /// The password, as typed; without one the account signs in with codes.
    pub password: Option<String>,
    /// The language of messages.
    pub language: Language,
}

/// Shows neither.
impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration").field("language", &self.language).finish_non_exhaustive()
    }
}

/// Sends the code that opens the account. An address that has an account already gets a code too: it
/// signs in to that account, and the password given here is dropped. So the answer, the message and
/// the work are the same for both, and only whoever reads the address's messages learns which it was.
pub async fn register(
    app: &App,
    wanted: Registration,
    visitor: &Visitor,
) -> Result<Challenge, Problem> {
    let address = address_of(&wanted.who).map_err(|problem| problem.in_field("who"))?;
    // Hashing is dear: it is counted before it is done.
    limits::count(app, SIGN_IN_NETWORK, &visitor.network).await?;
    let typed = wanted.password.as_deref().filter(|password| !password.is_empty());
    let addresses = [address];
    let password = match typed {
        Some(typed) => Some(passwords::choose(app, typed, &addresses).await?),
        None => None,
    };
    let [address] = addresses;
    let language = wanted.language;
    let awaiting = match find(app, &address).await? {
        None => Awaiting::Register { address, language, password },
        Some(_) => signing_in(app, address, language).await?,
    };
    send_to_stranger(app, Form::Register, &awaiting, visitor).await
}
