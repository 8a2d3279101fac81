//! Hashing passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation). It
//! takes a core for a while and so runs beside the runtime's threads, few at a time.

use crate::{App, Problem, ProblemCode};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use farline_domain::accounts::{Address, MOST_CHARACTERS, Password, PasswordRefusal};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Half of the machine's cores hash at most: the rest goes on serving.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Semaphore::new((cores / 2).max(1))
});

/// What an unknown account's password is compared with, so that it takes as long as a known one's.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_with("nobody’s password", &[0x5a; 16]).unwrap_or_default());

fn hasher() -> Result<Argon2<'static>, String> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|error| error.to_string())?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_with(password: &str, salt: &[u8; 16]) -> Result<String, String> {
    let hash: PasswordHash = hasher()?
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    let verified = |hasher: Argon2<'static>| {
        PasswordVerifier::<str>::verify_password(&hasher, password.as_bytes(), hash).is_ok()
    };
    hasher().is_ok_and(verified)
}

async fn in_turn<T, W>(work: W) -> Result<T, Problem>
where
    T: Send + 'static,
    W: FnOnce() -> T + Send + 'static,
{
    let _turn = TURNS.acquire().await.map_err(internal)?;
    tokio::task::spawn_blocking(work).await.map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(error.to_string());
    problem
}

/// Accepts a new password and hashes it, in PHC form.
pub(crate) async fn choose(
    app: &App,
    typed: &str,
    addresses: &[Address],
) -> Result<String, Problem> {
    keep(app, Password::choose(typed, addresses)).await
}

/// The same for a password that is asked for together with a one-time code.
pub(crate) async fn choose_beside_a_code(
    app: &App,
    typed: &str,
    sign_in: &str,
) -> Result<String, Problem> {
    keep(app, Password::choose_beside_a_code(typed, sign_in)).await
}

async fn keep(app: &App, chosen: Result<Password, PasswordRefusal>) -> Result<String, Problem> {
    let password = chosen.map_err(|refusal| {
        let code = match refusal {
            PasswordRefusal::TooShort => ProblemCode::PasswordTooShort,
            PasswordRefusal::TooLong => ProblemCode::FieldInvalid,
            PasswordRefusal::Common => ProblemCode::PasswordCommon,
        };
        Problem::of(code).in_field("password")
    })?;
    let mut salt = [0; 16];
    app.randomness.fill(&mut salt);
    in_turn(move || hash_with(password.as_str(), &salt)).await?.map_err(internal)
}

/// Whether a password fits the hash. Without a hash it never does, and takes as long.
pub(crate) async fn is_right(typed: &str, hash: Option<String>) -> Result<bool, Problem> {
    // What is too long was never accepted; it is not hashed, whoever it is for.
    let typed: String = typed.chars().take(MOST_CHARACTERS + 1).collect();
    in_turn(move || {
        let nobody = LazyLock::force(&NOBODY);
        let fits = fits(&typed, hash.as_deref().unwrap_or(nobody));
        hash.is_some() && fits
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, fits, hash_with};

    #[test]
    fn a_hash_is_argon2id_with_the_recommended_cost() {
        let hash = hash_with("mulberry-anvil-Tuesday", &[7; 16]).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("mulberry-anvil-Tuesday", &hash));
        assert!(!fits("mulberry-anvil-tuesday", &hash));
        assert_eq!(NOBODY.len(), hash.len());
        assert!(!fits("anything", ""));
    }
}
