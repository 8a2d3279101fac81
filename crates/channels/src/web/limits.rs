//! How often callers may do what.

use super::{Address, Channels, Limiting};
use farline_app::orders::PlaceRequest;
use farline_app::ports::records::Limit;
use farline_app::{Problem, ProblemCode, protection};
use farline_domain::commands::PayWith;
use farline_domain::orders::Quote;
use std::future::Future;

/// A limit per caller's address.
#[derive(Clone, Copy, Debug)]
pub struct PerAddress {
    /// What is limited.
    pub name: &'static str,
    /// How often.
    pub most: u32,
    /// Within how many seconds.
    pub window_seconds: i64,
}

/// Looking numbers up: enough for a family, too slow to walk through all numbers.
pub const LOOK_UP: PerAddress = PerAddress { name: "look-up", most: 120, window_seconds: 600 };
/// Looking up numbers that are not ours.
pub const UNKNOWN_NUMBER: PerAddress =
    PerAddress { name: "unknown-number", most: 20, window_seconds: 600 };
/// Making quotes.
pub const QUOTE: PerAddress = PerAddress { name: "quote", most: 120, window_seconds: 600 };
/// Typing promotion codes that are none. Counted before the code is looked at, so that a right one behind too many wrong ones is
/// not told either.
const UNKNOWN_PROMOTION: PerAddress =
    PerAddress { name: "unknown-promotion", most: 20, window_seconds: 600 };
/// Placing orders.
pub const ORDER: PerAddress = PerAddress { name: "order", most: 60, window_seconds: 600 };

/// Counts one more of an address, and refuses when it is one too many.
pub async fn check(
    channels: &Channels,
    limit: PerAddress,
    address: &Address,
) -> Result<(), Problem> {
    check_subject(channels, limit, &address.0).await
}

/// The same of whoever else calls.
pub async fn check_subject(
    channels: &Channels,
    limit: PerAddress,
    subject: &str,
) -> Result<(), Problem> {
    if channels.settings.limits == Limiting::Off {
        return Ok(());
    }
    let PerAddress { name, most, window_seconds } = limit;
    let counted = Limit { name, subject, most, window_seconds };
    let now = channels.app.now();
    match channels.app.store.hit(counted, now).await? {
        Some(retry_at) => Err(Problem::too_many(retry_at, now)),
        None => Ok(()),
    }
}

/// Makes a price. A promotion's code that is none counts as a guess; one that there is, and no code, do not.
pub async fn pricing<Pricing>(
    channels: &Channels,
    (address, promotion): (&Address, Option<&str>),
    pricing: Pricing,
) -> Result<Quote, Problem>
where
    Pricing: Future<Output = Result<Quote, Problem>>,
{
    if promotion.is_some_and(|typed| !typed.trim().is_empty()) {
        let guess = (UNKNOWN_PROMOTION, ProblemCode::PromotionUnknown);
        guessing((channels, address), guess, pricing).await
    } else {
        pricing.await
    }
}

/// Does something for which a code was typed. What ends with this problem is counted as a guess of the address, and nothing else
/// is; after too many, nothing is done any more.
pub async fn guessing<Done, Doing>(
    (channels, address): (&Channels, &Address),
    (limit, wrong): (PerAddress, ProblemCode),
    doing: Doing,
) -> Result<Done, Problem>
where
    Doing: Future<Output = Result<Done, Problem>>,
{
    if channels.settings.limits == Limiting::Off {
        return doing.await;
    }
    // Counted before, so that many guesses at once are not one.
    if let Err(problem) = check(channels, limit, address).await {
        // Who it is stands in no log; how many addresses were stopped can be counted.
        tracing::warn!(limit = limit.name, "codes are being guessed");
        return Err(problem);
    }
    let done = doing.await;
    if !done.as_ref().is_err_and(|problem| problem.code == wrong) {
        let (store, now) = (&channels.app.store, channels.app.now());
        store.take_back(limit.name, &address.0, now).await?;
    }
    done
}

/// Whether an order is counted as one that may be left unpaid or declined. Then its key is claimed before: of many attempts at
/// once under one key, one counts.
pub fn counts(channels: &Channels, request: &PlaceRequest) -> bool {
    channels.settings.limits == Limiting::On && request.pay_with != PayWith::LineCredit
}

/// Places an order, if the caller has not left too many unpaid.
pub async fn placing<Made, Placing>(
    channels: &Channels,
    (address, request): (&Address, PlaceRequest),
    placing: Placing,
) -> Result<Option<Made>, Problem>
where
    Placing: AsyncFnOnce(PlaceRequest) -> Result<Option<Made>, Problem>,
{
    match channels.settings.limits {
        Limiting::Off => placing(request).await,
        Limiting::On => protection::guard(&channels.app, (&address.0, request), placing).await,
    }
}
