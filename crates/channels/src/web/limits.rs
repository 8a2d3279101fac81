//! How often callers may do what.

use super::{Address, Channels, Limiting};
use farline_app::Problem;
use farline_app::ports::records::Limit;

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
/// Placing orders.
pub const ORDER: PerAddress = PerAddress { name: "order", most: 60, window_seconds: 600 };

/// Counts one more, and refuses when it is one too many.
pub async fn check(
    channels: &Channels,
    limit: PerAddress,
    address: &Address,
) -> Result<(), Problem> {
    if channels.settings.limits == Limiting::Off {
        return Ok(());
    }
    let PerAddress { name, most, window_seconds } = limit;
    let counted = Limit { name, subject: &address.0, most, window_seconds };
    match channels.app.store.hit(counted, channels.app.now()).await? {
        Some(retry_at) => Err(Problem::too_many(retry_at)),
        None => Ok(()),
    }
}
