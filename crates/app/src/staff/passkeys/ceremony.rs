//! What a browser is asked and how its answer is held against that: WebAuthn level 3, sections 7.1 and 7.2. This is the
//! only file that knows the library. It makes its challenges and looks at its clock by itself; how long an answer is good
//! is decided by ours.

use crate::ports::passkeys::{NewPasskey, Passkey};
use crate::ports::staff::Member;
use crate::{Problem, ProblemCode};
use farline_domain::kernel::StaffId;
use std::net::IpAddr;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions,
    UserHandle16, Username,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId};
use webauthn_rp::response::auth::error::AuthCeremonyErr;
use webauthn_rp::response::register::{DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication16, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
};

/// This machine itself.
const LOCALHOST: &str = "localhost";

/// This site, as browsers name it.
pub(super) struct Site {
    id: RpId,
    /// Scheme, name and port.
    pub(super) origin: String,
}

/// What a browser is asked.
pub(super) struct Asked {
    /// For the browser: the JSON form of the options.
    pub(super) options: String,
    /// For us, until it answers.
    pub(super) kept: Vec<u8>,
}

/// Why an answer does not count, as a word of the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The counter of signatures went back, or stood still: there is a copy of the passkey.
    Counter,
    /// The answer is to another question, of another site, or signed by another key.
    Other,
}

impl Refusal {
    /// The word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Other => "answer",
        }
    }
}

fn broken(what: &'static str) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(format!("a passkey: {what}"));
    problem
}

impl Site {
    /// The site at a public address. A number is no name, except that of this machine itself, which is called
    /// `localhost`; and without TLS nothing else is safe.
    pub(super) fn of(base_url: &str) -> Option<Self> {
        let (scheme, rest) = base_url.split_once("://")?;
        let authority = rest.split('/').next()?;
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, format!(":{port}")),
            Some(_) | None => (authority, String::new()),
        };
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
        let name = match number {
            Ok(number) if number.is_loopback() => LOCALHOST,
            Ok(_) => return None,
            Err(_) => host,
        };
        let domain = AsciiDomain::try_from(name.to_owned()).ok()?;
        let is_safe = scheme == "https" || name == LOCALHOST;
        is_safe
            .then(|| Self { id: RpId::Domain(domain), origin: format!("{scheme}://{name}{port}") })
    }
}

fn handle(member: StaffId) -> Result<UserHandle16, Problem> {
    UserHandle16::decode(member.to_bytes()).map_err(|_| broken("the member"))
}

/// Asks for a new passkey. Devices that have one of the member's are told not to make a second.
pub(super) fn ask_to_add(
    site: &Site,
    member: &Member,
    known: Vec<Passkey>,
) -> Result<Asked, Problem> {
    let id = handle(member.id)?;
    let name = Username::try_from(member.sign_in.as_str()).map_err(|_| broken("the name"))?;
    // What the device shows beside it; a name that would confuse is left out.
    let display_name = Nickname::try_from(member.name.as_str()).ok();
    let user = PublicKeyCredentialUserEntity { name, id: &id, display_name };
    let known = known.into_iter().filter_map(|passkey| {
        let id = CredentialId::decode(passkey.id).ok()?;
        Some(PublicKeyCredentialDescriptor { id, transports: AuthTransports::decode(0).ok()? })
    });
    let mut options = PublicKeyCredentialCreationOptions::passkey(&site.id, user, known.collect());
    // Devices that know nothing of it would refuse. Whether somebody was verified is checked with each answer.
    options.extensions.cred_protect = CredProtect::None;
    let (kept, options) = options.start_ceremony().map_err(|_| broken("the options"))?;
    let kept = kept.encode().map_err(|_| broken("the clock"))?;
    let options = serde_json::to_string(&options).map_err(|_| broken("the options"))?;
    Ok(Asked { options, kept })
}

/// The passkey that a browser answers with; nothing, if it does not fit what it was asked.
pub(super) fn added(
    site: &Site,
    (member, kept): (StaffId, &[u8]),
    (answer, device): (&str, String),
) -> Option<NewPasskey> {
    let asked = RegistrationServerState::<16>::decode(kept).ok()?;
    let answer = Registration::from_json_relaxed(answer.as_bytes()).ok()?;
    let options = RegistrationVerificationOptions::<&str, &str> {
        allowed_origins: &[&site.origin],
        // Some devices tell more than they were asked.
        error_on_unsolicited_extensions: false,
        ..RegistrationVerificationOptions::default()
    };
    let made = asked.verify(&site.id, &answer, &options).ok()?;
    if made.user_id().as_ref() != member.to_bytes() {
        return None;
    }
    Some(NewPasskey {
        id: made.id().as_ref().to_vec(),
        key: made.static_state().encode().ok()?,
        state: made.dynamic_state().encode().ok()?,
        device,
    })
}

/// Asks for any passkey of this site.
pub(super) fn ask_to_sign_in(site: &Site) -> Result<Asked, Problem> {
    let options = DiscoverableCredentialRequestOptions::passkey(&site.id);
    let (kept, options) = options.start_ceremony().map_err(|_| broken("the options"))?;
    let kept = kept.encode().map_err(|_| broken("the clock"))?;
    let options = serde_json::to_string(&options).map_err(|_| broken("the options"))?;
    Ok(Asked { options, kept })
}

/// What a browser answers who is asked to sign in, not yet held against anything.
pub(super) struct Answer(DiscoverableAuthentication16);

impl Answer {
    /// Reads it.
    pub(super) fn read(answer: &str) -> Option<Self> {
        DiscoverableAuthentication16::from_json_relaxed(answer.as_bytes()).ok().map(Self)
    }

    /// The id of the passkey it names.
    pub(super) fn passkey(&self) -> Vec<u8> {
        self.0.raw_id().as_ref().to_vec()
    }

    /// The state of the passkey from now on, if the answer counts.
    pub(super) fn check(
        &self,
        site: &Site,
        kept: &[u8],
        passkey: &Passkey,
    ) -> Result<Result<[u8; 7], Refusal>, Problem> {
        let asked = DiscoverableAuthenticationServerState::decode(kept)
            .map_err(|_| broken("what was asked"))?;
        let key = StaticState::decode(&passkey.key).map_err(|_| broken("the key"))?;
        let state = DynamicState::decode(passkey.state).map_err(|_| broken("the state"))?;
        let id = CredentialId::decode(passkey.id.as_slice()).map_err(|_| broken("the id"))?;
        let whose = handle(passkey.member)?;
        let mut known = AuthenticatedCredential::new(id, &whose, key, state)
            .map_err(|_| broken("the passkey"))?;
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &[&site.origin],
            error_on_unsolicited_extensions: false,
            ..AuthenticationVerificationOptions::default()
        };
        match asked.verify(&site.id, &self.0, &mut known, &options) {
            Ok(_) => known.dynamic_state().encode().map(Ok).map_err(|_| broken("the state")),
            Err(AuthCeremonyErr::SignatureCounter) => Ok(Err(Refusal::Counter)),
            Err(_) => Ok(Err(Refusal::Other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn a_site_has_a_name_and_is_safe_to_reach() {
        let origin = |base_url: &str| Site::of(base_url).map(|site| site.origin);
        for (base_url, expected) in [
            ("https://shop.example", Some("https://shop.example")),
            ("https://shop.example:8443/renew", Some("https://shop.example:8443")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://shop.example", None),
            ("https://192.0.2.7", None),
            ("https://[2001:db8::7]:8443", None),
            ("http://127.0.0.1:8080", Some("http://localhost:8080")),
            ("http://[::1]", Some("http://localhost")),
            ("shop.example", None),
        ] {
            assert_eq!(origin(base_url).as_deref(), expected, "{base_url}");
        }
    }
}
