//! Adding to what the seller notes. A marketplace replaces the whole memo, so what stands there is written again before ours.

use farline_app::ports::shop::ShopRefusal;

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Memo {
    /// Nothing: our words stand there.
    Stands,
    /// This.
    Write(String),
}

/// The memo with our words in it, at most `most` octets of UTF-8. The seller's words are never cut.
pub(super) fn added(standing: &str, ours: &str, most: usize) -> Result<Memo, ShopRefusal> {
    if standing.lines().any(|line| line == ours) {
        return Ok(Memo::Stands);
    }
    let memo = if standing.is_empty() { ours.to_owned() } else { format!("{standing}\n{ours}") };
    if memo.len() > most {
        return Err(ShopRefusal("memo_full".to_owned()));
    }
    Ok(Memo::Write(memo))
}

#[cfg(test)]
mod tests {
    use super::{Memo, added};

    #[test]
    fn our_words_are_added_once_and_nothing_is_cut() {
        let write = |text: &str| Ok(Memo::Write(text.to_owned()));
        assert_eq!(added("", "K7M3", 20), write("K7M3"));
        assert_eq!(added("老客户", "K7M3", 20), write("老客户\nK7M3"));
        assert_eq!(added("老客户\nK7M3", "K7M3", 20), Ok(Memo::Stands));
        assert!(added("老客户", "K7M3", 13).is_err());
        assert_eq!(added("老客户", "K7M3", 14), write("老客户\nK7M3"));
    }
}
