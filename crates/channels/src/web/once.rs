//! One effect per idempotency key: claim, run, keep the first answer.

use super::Channels;
use farline_app::ports::records::{Claim, RequestKey};
use farline_app::problem::MoneyWord;
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Instant;
use std::future::Future;

/// What came of a request under a key: the status and body to answer with, without secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: String,
}

/// Runs `work` at most once per key. `work` gets the seed from which it derives every id, so that a
/// second run after a crash makes no second effect.
pub async fn once<Work, Running>(
    channels: &Channels,
    request: RequestKey<'_>,
    work: Work,
) -> Result<Once, Problem>
where
    Work: FnOnce([u8; 16], Instant) -> Running,
    Running: Future<Output = Result<Once, Problem>>,
{
    let mut seed = [0; 16];
    channels.app.randomness.fill(&mut seed);
    let store = &channels.app.store;
    match store.claim(request, seed, channels.app.now()).await? {
        Claim::Fresh { seed, claimed_at } => match work(seed, claimed_at).await {
            Ok(answer) => {
                store.answer(request, answer.status, &answer.body).await?;
                Ok(answer)
            }
            Err(problem) => {
                // Where the outcome is not known the claim stays, and a later attempt runs again
                // with the same seed.
                if problem.money != MoneyWord::Unknown {
                    store.give_up(request).await?;
                }
                Err(problem)
            }
        },
        Claim::Running => Err(Problem::of(ProblemCode::RequestRunning)),
        Claim::Answered { status, body } => Ok(Once { status, body }),
        Claim::OtherBody => Err(Problem::of(ProblemCode::IdempotencyKeyReused)),
    }
}

/// Whether a guest's key is long enough not to be guessed: a UUID or at least 22 characters.
pub fn is_key(key: &str) -> bool {
    (22..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a signed-in caller's key can be one: it is kept apart from everybody else's.
pub fn is_account_key(key: &str) -> bool {
    (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}
