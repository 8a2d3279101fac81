//! The keys with which a partner's programs sign in.

use crate::app::Mode;
use crate::ports::accounts::Digest;
use crate::ports::partners::KeptKey;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::kernel::Instant;
use farline_domain::partners::{Done, Hand, KeyState, Partner, PartnerKey, Scope};

/// How many keys of a partner may sign in at a time.
const MOST_KEYS: usize = 20;
/// When a key signs in is noted at most this often, in seconds.
const NOTE_USE_SECONDS: i64 = 60;
const PURPOSE: &str = "partner-key";

/// A new key. Its secret is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeKey {
    /// The secret.
    pub secret: String,
    /// The key.
    pub key: PartnerKey,
}

/// What a key's secret begins with, so that one of the sandbox cannot be taken for one that spends money.
pub const fn prefix(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "farline_test_",
        Mode::Live => "farline_live_",
    }
}

fn digest_of(app: &App, secret: &str) -> Digest {
    Seal(&app.keys.secrets).digest(PURPOSE, secret)
}

/// Makes a key for a partner, and keeps who did it.
pub async fn make_key(
    app: &App,
    partner: &Partner,
    (label, scope): (&str, Scope),
    by: Hand,
) -> Result<MadeKey, Problem> {
    let label = label.trim();
    if label.is_empty() || label.chars().count() > 40 {
        return Err(Problem::of(ProblemCode::FieldInvalid).in_field("label"));
    }
    let now = app.now();
    let known = app.store.partner_keys(&partner.code).await?;
    if known.iter().filter(|kept| kept.key.is_good_at(now)).count() >= MOST_KEYS {
        return Err(Problem::of(ProblemCode::TooManyKeys));
    }
    let mut bits = [0; 32];
    app.randomness.fill(&mut bits);
    let secret = format!("{}{}", prefix(app.mode), URL_SAFE_NO_PAD.encode(bits));
    let ending = secret.chars().skip(secret.len().saturating_sub(4)).collect();
    let key = PartnerKey {
        partner: partner.code.clone(),
        label: label.to_owned(),
        ending,
        scope,
        since: now,
        state: KeyState::Live,
        made_by: Some(by),
        ended_by: None,
    };
    app.store.keep_partner_key(&digest_of(app, &secret), &key).await?;
    Ok(MadeKey { secret, key })
}

/// Ends a key of a partner at an instant: now, or later where another takes its place. Who did it is kept.
pub async fn end_key(
    app: &App,
    partner: &Partner,
    (ending, at): (&str, Instant),
    by: Hand,
) -> Result<PartnerKey, Problem> {
    let now = app.now();
    let known = app.store.partner_keys(&partner.code).await?;
    let good = known.into_iter().filter(|kept| kept.key.is_good_at(now));
    let mut found = good.filter(|kept| kept.key.ending == ending);
    let (Some(kept), None) = (found.next(), found.next()) else {
        return Err(Problem::of(ProblemCode::NotFound).in_field("key"));
    };
    let ended_by = Some(Done { by, at: now });
    let key = PartnerKey { state: KeyState::Ends(at.max(now)), ended_by, ..kept.key };
    app.store.keep_partner_key(&kept.digest, &key).await?;
    Ok(key)
}

/// The key that a secret is of, whether it signs in or not.
pub async fn known_key(app: &App, secret: &str) -> Result<Option<KeptKey>, Problem> {
    if !secret.starts_with(prefix(app.mode)) {
        return Ok(None);
    }
    Ok(app.store.partner_key(&digest_of(app, secret)).await?)
}

/// Who signs in with a secret, if it may do what is wanted.
pub async fn sign_in(app: &App, secret: &str, wanted: Scope) -> Result<Partner, Problem> {
    let unknown = || Problem::of(ProblemCode::Unauthorized);
    let kept = known_key(app, secret).await?.ok_or_else(unknown)?;
    let_in(app, &kept, wanted).await
}

/// The partner of a key, if the key signs in now and may do what is wanted.
pub async fn let_in(app: &App, kept: &KeptKey, wanted: Scope) -> Result<Partner, Problem> {
    let unknown = || Problem::of(ProblemCode::Unauthorized);
    let now = app.now();
    if !kept.key.is_good_at(now) {
        return Err(unknown());
    }
    if !kept.key.scope.allows(wanted) {
        return Err(Problem::of(ProblemCode::Forbidden));
    }
    let is_news = |used: Instant| now.millis_since(used) >= NOTE_USE_SECONDS * 1000;
    if kept.used_at.is_none_or(is_news) {
        app.store.note_key_used(&kept.digest, now).await?;
    }
    app.store.partner(&kept.key.partner).await?.ok_or_else(unknown)
}
