//! Stolen cards are turned into renewals for many numbers. Beyond what a family has, a saved method is not charged by itself:
//! the payer goes to the provider's page, where the bank can ask them.

use super::figures::{LINES_OF_ACCOUNT, METHODS_OF_LINE};
use super::placing::Count;
use crate::accounts::limits::{self, Rule};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::{AccountId, LineId, SavedMethodId};

/// Each pair once a day: what was seen together is not counted anew.
const SEEN: [Rule; 2] = [
    limits::rule("line-of-account", u32::MAX, LINES_OF_ACCOUNT.window_seconds),
    limits::rule("method-of-line", u32::MAX, METHODS_OF_LINE.window_seconds),
];

/// What is counted for a renewal with a saved method: nothing for a pair that was seen today.
pub(super) async fn counts(
    app: &App,
    (account, method, line): (AccountId, SavedMethodId, LineId),
) -> Result<Vec<Count>, Problem> {
    let (account, method, line) = (account.to_string(), method.to_string(), line.to_string());
    let pairs = [(LINES_OF_ACCOUNT, &account, &line), (METHODS_OF_LINE, &line, &method)];
    let mut counts = Vec::new();
    for ((rule, of, with), seen) in pairs.into_iter().zip(SEEN) {
        let pair = format!("{of}~{with}");
        if limits::counted(app, seen, &pair).await? == 0 {
            // Counted for the first one before the pair is known: two at once count twice, and none passes by.
            counts.push(Count::of(rule, of.clone()));
            counts.push(Count::of(seen, pair));
        }
    }
    Ok(counts)
}

/// Too many of them: on the provider's page it can be paid all the same.
pub(super) fn refusal(problem: Problem) -> Problem {
    match problem.code {
        ProblemCode::TooManyRequests => Problem::of(ProblemCode::PayOnPage).in_field("pay_with"),
        _ => problem,
    }
}
