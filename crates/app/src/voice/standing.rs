//! What is left on a card, for the ear.

use crate::lines::outlook::left;
use crate::{App, Problem, lines};
use farline_domain::balance::Bucket;
use farline_domain::hotline::robot::{Outcome, Standing};
use farline_domain::kernel::{AllowanceKind, Currency, LineId, Money};
use farline_domain::lines::LineStatus;
use farline_domain::orders::OrderState;

/// Looks.
pub(super) async fn look(app: &App, line: LineId) -> Result<Standing, Problem> {
    let view = lines::find::view(app, line).await?;
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let now = app.now();
    let status = rule.status_on(view.line.dates, rule.today(now));
    let milestones = view.line.dates.expires_on.map(|expires| rule.milestones(expires));
    let until = milestones.and_then(|milestones| match status {
        LineStatus::Active => Some(milestones.expires_on),
        LineStatus::Grace => Some(milestones.left_until),
        LineStatus::Suspended => Some(milestones.number_kept_until),
        LineStatus::Inactive | LineStatus::Closed => None,
    });
    let has = |kind| view.buckets.iter().any(|bucket: &Bucket| bucket.kind == kind);
    let of = |kind| has(kind).then(|| left(&view.buckets, kind, (rule, now)));
    let credit = of(AllowanceKind::Credit);
    let comes_back = view.auto_renew.as_ref().is_some_and(|standing| standing.brings_back(status));
    Ok(Standing {
        status,
        until,
        data: of(AllowanceKind::Data),
        voice: of(AllowanceKind::Voice),
        messages: of(AllowanceKind::Messages),
        credit: credit.map(|credit| Money { minor: credit.count(), currency: Currency::CAD }),
        underway: if view.renewal_in_progress {
            underway(app, line).await?
        } else {
            comes_back.then_some(Outcome::OnItsWay)
        },
        comes_back,
    })
}

/// The renewal that is under way.
async fn underway(app: &App, line: LineId) -> Result<Option<Outcome>, Problem> {
    let recent = app.store.orders_of_line(line, None, 8).await?;
    let outcome = recent.iter().find_map(|order| match order.state {
        OrderState::Delivering { .. } | OrderState::Held { .. } => Some(Outcome::OnItsWay),
        OrderState::Unknown { .. } => Some(Outcome::Unknown),
        OrderState::AwaitingPayment { .. }
        | OrderState::Delivered { .. }
        | OrderState::Refunding { .. }
        | OrderState::Refunded { .. }
        | OrderState::Cancelled { .. }
        | OrderState::Expired { .. } => None,
    });
    Ok(Some(outcome.unwrap_or(Outcome::OnItsWay)))
}
