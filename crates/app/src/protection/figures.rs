//! How often may be done what harms somebody else if it is done too often: the figures and their reasons, in one place. What
//! can be guessed has its own in [`crate::accounts::limits`], what loads us in the channels' `limits`.

use crate::accounts::limits::{Rule, rule};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// Orders that guests at one network address leave unpaid, before the next guest there signs in first. Whoever tests stolen
/// cards leaves hundreds; a household that goes back and forth, one or two. What is paid does not count.
pub(super) const UNPAID_AT_ADDRESS: Rule = rule("unpaid-at-address", 5, HOUR);
/// Orders that guests leave unpaid for one line. Nobody is kept from renewing it: signing in is enough.
pub(super) const UNPAID_FOR_LINE: Rule = rule("unpaid-for-line", 5, HOUR);
/// Orders that guests leave unpaid under one e-mail address or number.
pub(super) const UNPAID_UNDER_CONTACT: Rule = rule("unpaid-under-contact", 5, HOUR);
/// Orders that one account leaves unpaid. Twice a guest's: it has proven an address of its own.
pub(super) const UNPAID_BY_ACCOUNT: Rule = rule("unpaid-by-account", 10, HOUR);
/// Orders that accounts at one network address leave unpaid: opening many does not help.
pub(super) const UNPAID_BY_ACCOUNTS_AT_ADDRESS: Rule =
    rule("unpaid-by-accounts-at-address", 20, HOUR);
/// Charges of an account's saved methods that were declined, or have no outcome yet. A method has one account, so of one method
/// it is never more.
pub(super) const DECLINED_TO_ACCOUNT: Rule = rule("declined-to-account", 5, HOUR);
/// Lines that one account renews with saved methods, and so with any one of them: more than a family has, fewer than whoever sells stolen renewals.
pub(super) const LINES_OF_ACCOUNT: Rule = rule("lines-of-account", 5, DAY);
/// Saved methods with which one line is renewed: its holder's, a helper's, and one in place of one that was declined.
pub(super) const METHODS_OF_LINE: Rule = rule("methods-of-line", 3, DAY);
