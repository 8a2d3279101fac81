//! The box on a card's page: what its auto-renew does, in words.

use super::super::session::SignedIn;
use crate::portal::views::{AutoRenewBox, AutoRenewStanding, Shortly, Tone};
use farline_app::accounts::Permitted;
use farline_app::auto_renew::{Seen, method_of, offered, see};
use farline_app::ports::lines::LineView;
use farline_app::tokens::Seal;
use farline_app::wording::auto_renew::{saved_method, trigger};
use farline_app::{App, Problem};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::{AutoRenew, Means, Progress, Why};
use farline_domain::catalog::{Operator, price};
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::lines::LineStatus;
use farline_domain::payments::DeclineAdvice;
use farline_texts::Words;

/// Whether a card whose service has ended is being renewed of its own accord.
pub fn is_renewing(view: &LineView, status: LineStatus) -> bool {
    let standing = view.auto_renew.as_ref().filter(|standing| standing.is_on());
    let progress = standing.map(|standing| &standing.progress);
    matches!(status, LineStatus::Grace | LineStatus::Suspended)
        && matches!(progress, Some(Progress::Announced { .. } | Progress::Charging { .. }))
}

/// What a list of cards says of it: that a renewal is under way, or when the next one is charged.
pub fn in_short(
    words: &Words,
    (view, status): (&LineView, LineStatus),
    (operator, now): (&Operator, Instant),
) -> Option<Shortly> {
    let standing = view.auto_renew.as_ref().filter(|standing| standing.is_on())?;
    if is_renewing(view, status) || standing.charging().is_some() {
        return Some(Shortly::UnderWay(words.say("card-renewing-advice")));
    }
    let rule = &operator.lifecycle;
    let next = standing.next_charge(rule, view.line.dates, now)?;
    let when = words.date_time_short(&next.in_zone(&rule.zone));
    Some(Shortly::Next(words.say_with("cards-renews-itself", &[("when", when.into())])))
}

/// The box; none where a card has no auto-renew and could not have one.
pub async fn view(
    here: &SignedIn,
    permitted: Permitted,
    (view, operator): (&LineView, &Operator),
) -> Result<Option<AutoRenewBox>, Problem> {
    let app = &here.frame.channels().app;
    let seen = see(app, permitted).await?;
    let can_change = permitted.rights() == Rights::Holder;
    let catalogue = app.store.catalogue();
    let is_possible = !offered(&catalogue, &view.line, app.now()).is_empty();
    let standing = match &seen.standing {
        Some(standing) => Some(told(here, permitted, (&seen, standing), operator).await?),
        None => None,
    };
    Ok((standing.is_some() || is_possible).then_some(AutoRenewBox { can_change, standing }))
}

/// What is next: the date, and the amount announced or else the price today.
pub(super) fn next(
    app: &App,
    words: &Words,
    (seen, standing): (&Seen, &AutoRenew),
    operator: &Operator,
) -> (Option<String>, String) {
    let consent = &standing.consent;
    let catalogue = app.store.catalogue();
    let today = operator.lifecycle.today(app.now());
    let priced = catalogue.plans.get(&consent.plan).and_then(|plan| {
        let taxes = (&catalogue.taxes, operator.levies);
        price(plan, None, taxes, consent.province, today).ok().map(|price| price.total)
    });
    let amount = seen.announced.or(priced);
    let amount = amount.map(|amount| words.money(amount.minor, amount.currency.code()));
    (seen.next_charge.map(|at| date(words, seen, at)), amount.unwrap_or_default())
}

fn date(words: &Words, seen: &Seen, at: Instant) -> String {
    words.date_time_short(&at.in_zone(&seen.zone))
}

async fn told(
    here: &SignedIn,
    permitted: Permitted,
    (seen, standing): (&Seen, &AutoRenew),
    operator: &Operator,
) -> Result<AutoRenewStanding, Problem> {
    let (app, words) = (&here.frame.channels().app, here.frame.words());
    let consent = &standing.consent;
    let is_holder = permitted.rights() == Rights::Holder;
    // With what somebody else pays is theirs to know.
    let method = if is_holder { method_of(app, here.account, &consent.means).await? } else { None };
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&consent.plan);
    let (next, amount) = next(app, words, (seen, standing), operator);
    let (news, tone) = news(words, seen, standing);
    Ok(AutoRenewStanding {
        next,
        amount,
        plan: plan.map_or_else(
            || consent.plan.to_string(),
            |plan| plan.name.get(words.language()).to_owned(),
        ),
        when: trigger(words, consent.trigger, operator),
        how: match (&consent.means, method) {
            (Means::Saved(_), Some(method)) => saved_method(words, &method),
            (Means::Saved(_), None) => words.say("auto-pays-saved"),
            (Means::LineCredit, _) => words.say("auto-pays-credit"),
            (Means::PayLink, _) => words.say("auto-pays-link"),
        },
        news,
        tone,
        by_hand: by_hand(here, standing, permitted.rights()),
    })
}

/// Where to renew by hand, where it is the payer's turn: the order that waits, or the plans on this page.
fn by_hand(here: &SignedIn, standing: &AutoRenew, rights: Rights) -> Option<String> {
    let of = |order: &OrderId| {
        let token = Seal(&here.frame.channels().app.keys.tokens).order_token(*order);
        here.href(&format!("orders/{token}"))
    };
    let plans = || "#plans".to_owned();
    match &standing.progress {
        Progress::Asking { order, .. } => {
            Some(order.as_ref().filter(|_| rights == Rights::Holder).map_or_else(plans, of))
        }
        Progress::Resting | Progress::Announced { .. } | Progress::Charging { .. } => {
            standing.stopped.map(|_| plans())
        }
    }
}

fn news(words: &Words, seen: &Seen, standing: &AutoRenew) -> (String, Tone) {
    if standing.stopped.is_some() {
        return (words.say("auto-why-stopped"), Tone::Bad);
    }
    match &standing.progress {
        Progress::Resting => (words.say("auto-resting"), Tone::Good),
        Progress::Announced { attempt: 0 | 1, .. } => (words.say("auto-announced"), Tone::Good),
        Progress::Announced { charge_at, .. } => {
            let when = date(words, seen, *charge_at);
            (words.say_with("auto-retrying", &[("when", when.into())]), Tone::Waiting)
        }
        Progress::Charging { .. } => (words.say("auto-charging"), Tone::Waiting),
        Progress::Asking { why, .. } => (words.say(why_key(*why)), Tone::Bad),
    }
}

/// Why it is the payer's turn.
const fn why_key(why: Why) -> &'static str {
    match why {
        Why::Declined(DeclineAdvice::Authenticate) => "auto-why-authenticate",
        Why::Declined(DeclineAdvice::Never) => "auto-why-stopped",
        Why::Declined(
            DeclineAdvice::RetryLater | DeclineAdvice::RetryOnce | DeclineAdvice::AskCustomer,
        ) => "auto-why-declined",
        Why::OverCap => "auto-why-over-cap",
        Why::NotEnoughCredit => "auto-why-not-enough-credit",
        Why::NotSold => "auto-why-not-sold",
        Why::PayLink => "auto-why-pay-link",
        Why::TooManyDeclines => "auto-why-too-many-declines",
        Why::NotDelivered => "auto-why-not-delivered",
        Why::CalledOff => "auto-why-called-off",
    }
}
