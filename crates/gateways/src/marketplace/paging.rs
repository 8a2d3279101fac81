//! Pages that are counted. While we read them a trade may change, and so leave the window: all behind it move one place towards
//! the first page. Read from the last page back to the first, that can only show one twice; read forward, it would hide one.

use std::collections::BTreeSet;
use std::future::Future;

use farline_app::ports::shop::{ShopAnswer, ShopUnknown};

/// More pages than a window of a day ever has.
const MOST_PAGES: u32 = 2_000;

/// One page.
pub(super) struct Page {
    /// The numbers on it.
    pub(super) numbers: Vec<String>,
    /// How many pages there are.
    pub(super) pages: u32,
}

/// Every number on any page, each once.
pub(super) async fn backwards<Asking>(ask: impl Fn(u32) -> Asking) -> ShopAnswer<Vec<String>>
where
    Asking: Future<Output = ShopAnswer<Page>>,
{
    // The first page says how many there are; where it is the only one, it is all there is.
    let first = match ask(1).await? {
        Ok(page) => page,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if first.pages > MOST_PAGES {
        return Err(ShopUnknown::NoAnswer("too many pages".to_owned()));
    }
    let mut numbers: BTreeSet<String> = first.numbers.into_iter().collect();
    if first.pages > 1 {
        for number in (1..=first.pages).rev() {
            match ask(number).await? {
                Ok(page) => numbers.extend(page.numbers),
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
    }
    Ok(Ok(numbers.into_iter().collect()))
}

/// How many pages of this size hold so many trades.
pub(super) const fn pages_of(trades: u32, size: u32) -> u32 {
    trades.div_ceil(size)
}
