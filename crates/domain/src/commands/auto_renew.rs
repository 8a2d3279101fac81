//! A line that renews itself: what is agreed to, what is done when its time comes, and how it ends.

use super::auto_renew_charge::{charge, may_take, postpone};
use super::state::LineState;
use super::{Answer, Refusal};
use crate::auto_renew::{
    AutoRenew, Consent, ConsentRecord, Due, Low, Occasion, Progress, Trigger, Why,
};
use crate::catalog::StartRule;
use crate::kernel::{AccountId, AllowanceKind, Instant, Money, OrderId, Reference};
use crate::notices::{AutoRenewNews, AutoRenewNotice};
use crate::orders::Quote;

/// At most this many days before the expiry.
pub const MOST_DAYS_BEFORE: u8 = 14;

/// What the holder of a line agrees to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The consent.
    pub consent: Consent,
    /// The version of its text.
    pub version: String,
    /// The text as it was shown.
    pub text: String,
    /// The network address it came from.
    pub address: Option<String>,
    /// What the plan costs now, and how it starts.
    pub quote: Quote,
}

/// What a look at the auto-renew may need: it decides by itself whether it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AutoRenewStep {
    /// What the plan costs now; none where it is not sold, or not for this line.
    pub quote: Option<Quote>,
    /// The id of the order that may be placed, minted in the line's cell.
    pub id: OrderId,
    /// Its reference, minted in the line's cell.
    pub reference: Reference,
    /// Whether somebody is just about to pay another renewal of this line.
    pub is_other_pending: bool,
    /// The account that pays, where a charge is expected to be due: its order is listed there.
    pub charging: Option<AccountId>,
}

pub(super) fn agree(
    state: &mut LineState,
    agreement: &Agreement,
    now: Instant,
) -> Result<Answer, Refusal> {
    let Agreement { consent, version, text, address, quote } = agreement;
    let total = quote.price.total;
    check_terms(consent, (total, quote.offer.start_rule))?;
    let before = state.auto_renew.take();
    if before.as_ref().is_some_and(|standing| standing.charging().is_some()) {
        return Err(Refusal::RenewalInProgress);
    }
    let number = before.as_ref().map_or(1, |standing| standing.number + 1);
    let mut standing = AutoRenew::new(number, consent.clone());
    if let Some(before) = before {
        // What was dealt with, spent and refused stays so, whatever is agreed to anew.
        let AutoRenew { settled, low, spent, declined, look_at, .. } = before;
        let low = Low { since: None, ..low };
        standing = AutoRenew { settled, low, spent, declined, look_at, ..standing };
    }
    standing.low.is_below = is_below(state, &standing, now);
    let due = standing.due(&state.rule, state.line.dates, now);
    if let Due::Announce(occasion, charge_at) = due {
        standing.progress =
            Progress::Announced { occasion, charge_at, total, attempt: 1, was_late: false };
    }
    let first = standing.next_charge(&state.rule, state.line.dates, now);
    state.effects.consents.push(ConsentRecord {
        number,
        consent: consent.clone(),
        version: version.clone(),
        text: text.clone(),
        address: address.clone(),
    });
    tell(state, consent, (AutoRenewNews::Agreed, None), (first, Some(total)), now);
    state.auto_renew = Some(standing);
    Ok(Answer::Done)
}

/// Refuses terms under which it could never do what it says.
///
/// # Errors
/// [`Refusal::CapsTooLow`] or [`Refusal::TriggerDoesNotFit`].
pub fn check_terms(consent: &Consent, (total, start): (Money, StartRule)) -> Result<(), Refusal> {
    let caps = consent.caps;
    let in_one_currency =
        [caps.charge, caps.day, caps.month].iter().all(|cap| cap.currency == total.currency);
    let in_order = total.minor <= caps.charge.minor
        && caps.charge.minor <= caps.day.minor.min(caps.month.minor);
    if !in_one_currency || !in_order {
        return Err(Refusal::CapsTooLow);
    }
    let fits = match consent.trigger {
        Trigger::BeforeExpiry(days) => days <= MOST_DAYS_BEFORE && start != StartRule::AddValue,
        Trigger::Cycle => start != StartRule::AddValue,
        Trigger::Below(AllowanceKind::Data | AllowanceKind::Credit, mark) => {
            !start.waits() && !mark.is_zero()
        }
        Trigger::Below(AllowanceKind::Voice | AllowanceKind::Messages, _) => false,
    };
    if fits { Ok(()) } else { Err(Refusal::TriggerDoesNotFit) }
}

pub(super) fn end(state: &mut LineState, now: Instant) -> Answer {
    if let Some(mut standing) = state.auto_renew.clone().filter(AutoRenew::is_on) {
        standing.ended_at = Some(now);
        let consent = standing.consent.clone();
        state.auto_renew = Some(standing);
        tell(state, &consent, (AutoRenewNews::Ended, None), (None, None), now);
    }
    Answer::Done
}

/// Looks at what is due and does it.
pub(super) fn step(
    state: &mut LineState,
    step: &AutoRenewStep,
    now: Instant,
) -> Result<Answer, Refusal> {
    let Some(standing) = &mut state.auto_renew else { return Ok(Answer::Done) };
    standing.look_at = standing.look_at.filter(|at| *at > now);
    let consent = standing.consent.clone();
    match standing.due(&state.rule, state.line.dates, now) {
        Due::Nothing(_) => {}
        Due::WarnOfCard(days) => {
            standing.card_told = Some(days);
            tell(state, &consent, (AutoRenewNews::CardExpires, None), (None, None), now);
        }
        Due::Announce(occasion, charge_at) => {
            let quote = step.quote.as_ref();
            announce(state, (occasion, charge_at), quote.map(|quote| quote.price.total), now)?;
        }
        Due::Charge(occasion, attempt) => {
            if !postpone(state, step, now) {
                charge(state, step, (occasion, attempt), now)?;
            }
        }
    }
    Ok(Answer::Done)
}

fn announce(
    state: &mut LineState,
    (occasion, charge_at): (Occasion, Instant),
    total: Option<Money>,
    now: Instant,
) -> Result<(), Refusal> {
    let Some(total) = total else {
        ask(state, occasion, (Why::NotSold, None), now);
        return Ok(());
    };
    if !may_take(state, total, charge_at)? {
        ask(state, occasion, (Why::OverCap, Some(total)), now);
        return Ok(());
    }
    let Some(standing) = &mut state.auto_renew else { return Ok(()) };
    standing.progress =
        Progress::Announced { occasion, charge_at, total, attempt: 1, was_late: false };
    let consent = standing.consent.clone();
    tell(state, &consent, (AutoRenewNews::Announced, None), (Some(charge_at), Some(total)), now);
    Ok(())
}

/// It is the payer's turn: they are told why, and nothing more is charged for this occasion.
pub(super) fn ask(
    state: &mut LineState,
    occasion: Occasion,
    (why, total): (Why, Option<Money>),
    now: Instant,
) {
    let Some(standing) = &mut state.auto_renew else { return };
    standing.settled = Some(occasion);
    standing.progress = Progress::Asking { occasion, why, order: None };
    let consent = standing.consent.clone();
    tell(state, &consent, (news_of(why), None), (None, total), now);
}

/// What there is to say of it.
pub(super) const fn news_of(why: Why) -> AutoRenewNews {
    use crate::payments::DeclineAdvice;
    match why {
        Why::Declined(DeclineAdvice::Authenticate) => AutoRenewNews::Authenticate,
        Why::Declined(DeclineAdvice::Never) => AutoRenewNews::Stopped,
        Why::Declined(
            DeclineAdvice::RetryLater | DeclineAdvice::RetryOnce | DeclineAdvice::AskCustomer,
        )
        | Why::TooManyDeclines
        | Why::NotDelivered
        | Why::CalledOff => AutoRenewNews::AskCustomer,
        Why::OverCap => AutoRenewNews::OverCap,
        Why::NotEnoughCredit => AutoRenewNews::NotEnoughCredit,
        Why::NotSold => AutoRenewNews::NotSold,
        Why::PayLink => AutoRenewNews::PayByLink,
    }
}

/// Promises one notice to the payer of the consent by every medium they gave.
pub(super) fn tell(
    state: &mut LineState,
    consent: &Consent,
    (news, order): (AutoRenewNews, Option<OrderId>),
    (at, total): (Option<Instant>, Option<Money>),
    now: Instant,
) {
    for medium in consent.payer.media.clone() {
        let notice = AutoRenewNotice {
            news,
            contact: consent.payer.contact,
            medium,
            language: consent.language,
            plan: consent.plan.clone(),
            at,
            total,
            order,
        };
        let kind = super::JobKind::AutoRenewNotice(Box::new(notice));
        state.promise(kind, None, now);
    }
}

/// Whether less is left than the consent's mark.
pub(super) fn is_below(state: &LineState, standing: &AutoRenew, now: Instant) -> bool {
    let Trigger::Below(kind, mark) = standing.consent.trigger else { return false };
    left_of(state, kind, now) < mark.count()
}

/// What is left of a kind at all hours of the day.
pub(super) fn left_of(state: &LineState, kind: AllowanceKind, now: Instant) -> i64 {
    let serving = state
        .buckets
        .iter()
        .filter(|bucket| bucket.kind == kind && bucket.is_valid_at(now, &state.rule.zone));
    serving.map(|bucket| bucket.available().count()).fold(0, i64::saturating_add)
}
