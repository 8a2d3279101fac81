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
    let seed = seed(channels);
    match channels.app.store.claim(request, seed, channels.app.now()).await? {
        Claim::Fresh { seed, claimed_at } => {
            let outcome = work(seed, claimed_at).await;
            settle(channels, request, outcome).await
        }
        Claim::Running => Err(Problem::of(ProblemCode::RequestRunning)),
        Claim::Answered { status, body } => Ok(Once { status, body }),
        Claim::OtherBody => Err(Problem::of(ProblemCode::IdempotencyKeyReused)),
    }
}

/// An attempt under a key.
pub struct Attempt<'a> {
    /// From which every id is derived.
    pub seed: [u8; 16],
    /// When the key was first claimed.
    pub at: Instant,
    /// The key, where the attempt is to claim it in the commit of its effect.
    pub claim: Option<RequestKey<'a>>,
}

/// What an attempt came to.
pub enum Attempted {
    /// Its answer.
    Done(Once),
    /// The key has to be claimed before; this attempt had no effect.
    ClaimFirst,
}

/// The same as [`once`] for work whose effect is one commit: a key that is not known yet is claimed in
/// that commit, which saves one of its own.
pub async fn once_in_commit<'a, Work, Running>(
    channels: &Channels,
    request: RequestKey<'a>,
    work: Work,
) -> Result<Once, Problem>
where
    Work: Fn(Attempt<'a>) -> Running,
    Running: Future<Output = Result<Attempted, Problem>>,
{
    if !channels.app.store.is_claimed(request).await? {
        let (seed, at) = (seed(channels), channels.app.now());
        match work(Attempt { seed, at, claim: Some(request) }).await {
            Ok(Attempted::Done(answer)) => return settle(channels, request, Ok(answer)).await,
            Err(problem) => return settle(channels, request, Err(problem)).await,
            Ok(Attempted::ClaimFirst) => {}
        }
    }
    once(channels, request, async |seed, at| {
        match work(Attempt { seed, at, claim: None }).await? {
            Attempted::Done(answer) => Ok(answer),
            Attempted::ClaimFirst => Err(Problem::of(ProblemCode::RequestRunning)),
        }
    })
    .await
}

fn seed(channels: &Channels) -> [u8; 16] {
    let mut seed = [0; 16];
    channels.app.randomness.fill(&mut seed);
    seed
}

/// Keeps an answer as the first, or gives the key back.
async fn settle(
    channels: &Channels,
    request: RequestKey<'_>,
    outcome: Result<Once, Problem>,
) -> Result<Once, Problem> {
    let store = &channels.app.store;
    match outcome {
        Ok(answer) => {
            store.answer(request, answer.status, &answer.body).await?;
            Ok(answer)
        }
        Err(problem) => {
            // Where the outcome is not known the claim stays, and a later attempt runs again with the
            // same seed.
            if problem.money != MoneyWord::Unknown {
                store.give_up(request).await?;
            }
            Err(problem)
        }
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
