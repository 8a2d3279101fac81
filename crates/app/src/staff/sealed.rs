//! The secret of somebody's codes at rest: whoever has the database alone cannot make codes.

use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::StaffId;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

fn key(app: &App) -> Result<LessSafeKey, Problem> {
    let octets = Seal(&app.keys.secrets).digest("staff-codes-at-rest", "");
    UnboundKey::new(&CHACHA20_POLY1305, &octets).map(LessSafeKey::new).map_err(|_| broken())
}

fn broken() -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some("a sealed secret of the staff".to_owned());
    problem
}

/// Seals a secret for a member: for nobody else it opens. 96 random bits a seal are enough for a few thousand people.
pub(super) fn seal(app: &App, member: StaffId, secret: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut nonce = [0; NONCE_LEN];
    app.randomness.fill(&mut nonce);
    let mut text = secret.to_vec();
    let (whose, once) = (Aad::from(member.to_bytes()), Nonce::assume_unique_for_key(nonce));
    key(app)?.seal_in_place_append_tag(once, whose, &mut text).map_err(|_| broken())?;
    Ok([&nonce[..], &text].concat())
}

/// Opens what was sealed for a member.
pub(super) fn open(app: &App, member: StaffId, sealed: &[u8]) -> Result<Vec<u8>, Problem> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or_else(broken)?;
    let once = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    let mut text = text.to_vec();
    let whose = Aad::from(member.to_bytes());
    let secret = key(app)?.open_in_place(once, whose, &mut text).map_err(|_| broken())?;
    Ok(secret.to_vec())
}
