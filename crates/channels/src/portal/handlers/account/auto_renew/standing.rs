//! The box on a card's page: what its auto-renew does, in words.

use super::super::session::SignedIn;
use crate::portal::views::{AutoRenewBox, AutoRenewStanding, Shortly, Tone};
use farline_app::Problem;
use farline_app::accounts::Permitted;
use farline_app::auto_renew::{Seen, method_of, offered, see};
use farline_app::ports::lines::LineView;
use farline_app::tokens::Seal;
use farline_app::wording::auto_renew::{pays, stands, trigger};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::{AutoRenew, Progress};
use farline_domain::catalog::Operator;
use farline_domain::kernel::{Instant, OrderId};
use farline_domain::lines::LineStatus;
use farline_texts::Words;

/// Whether a card whose service has ended is being renewed of its own accord.
pub fn is_renewing(view: &LineView, status: LineStatus) -> bool {
    view.auto_renew.as_ref().is_some_and(|standing| standing.brings_back(status))
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

/// What is next: the date, and what it takes.
pub(super) fn next(words: &Words, seen: &Seen) -> (Option<String>, String) {
    let amount = seen.amount.map(|amount| words.money(amount.minor, amount.currency.code()));
    let at = seen.next_charge.map(|at| words.date_time_short(&at.in_zone(&seen.zone)));
    (at, amount.unwrap_or_default())
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
    let (next, amount) = next(words, seen);
    Ok(AutoRenewStanding {
        next,
        amount,
        plan: plan.map_or_else(
            || consent.plan.to_string(),
            |plan| plan.name.get(words.language()).to_owned(),
        ),
        when: trigger(words, consent.trigger, operator),
        how: pays(words, &consent.means, method.as_ref()),
        news: if seen.is_paused {
            words.say("auto-paused")
        } else {
            stands(words, standing, &seen.zone)
        },
        tone: if seen.is_paused { Tone::Bad } else { tone(standing) },
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

const fn tone(standing: &AutoRenew) -> Tone {
    if standing.stopped.is_some() {
        return Tone::Bad;
    }
    match &standing.progress {
        Progress::Resting | Progress::Announced { attempt: 0 | 1, .. } => Tone::Good,
        Progress::Announced { .. } | Progress::Charging { .. } => Tone::Waiting,
        Progress::Asking { .. } => Tone::Bad,
    }
}
