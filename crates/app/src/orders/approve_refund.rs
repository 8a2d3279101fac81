//! A second person agrees to a refund above somebody's limit, or says no.

use crate::desk::Acting;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::{LineCommand, RefundByHand};
use farline_domain::kernel::RefundRequestId;
use farline_domain::orders::Order;
use farline_domain::staff::{ApprovalRefusal, Deed, RefundRequest, RequestRefusal, RequestState};

/// Agrees to a request, and owes its refund under the request's own key: two who agree make one refund. Should the order no
/// longer allow it, nothing is given back, and the request is over.
pub async fn approve_refund(
    app: &App,
    acting: &Acting<'_>,
    id: RefundRequestId,
) -> Result<Order, Problem> {
    let request = read(app, id).await?;
    let second = app.desk.second_person(acting.second_person);
    let agreed = request.agree((acting.id, acting.roles), second, app.now()).map_err(refused)?;
    if request.state == RequestState::Open
        && !app.store.decide_refund_request(&agreed, RequestState::Open).await?
        && read(app, id).await?.state != RequestState::Agreed
    {
        return Err(Problem::of(ProblemCode::RequestDecided));
    }
    let by_hand = RefundByHand {
        key: id.to_string(),
        amount: Some(request.amount),
        to: request.to,
        limit: None,
    };
    let command = LineCommand::Refund(request.order, by_hand);
    let owed = app.run(request.line, command, acting.actor(reason(acting, &request))).await;
    let (state, answer) = match owed {
        Ok(order) => (RequestState::Done, Ok(order)),
        // Whether it is owed is not known: whoever asks again finds it agreed to.
        Err(problem) if problem.code == ProblemCode::Unavailable => return Err(problem),
        Err(problem) => {
            let mut changed = Problem::of(ProblemCode::OrderChanged);
            changed.cause = Some(problem.code.code().to_owned());
            (RequestState::Overtaken, Err(changed))
        }
    };
    app.store.decide_refund_request(&agreed.ended(state), RequestState::Agreed).await?;
    answer
}

/// Says no to a request, or takes one's own back.
pub async fn refuse_refund(
    app: &App,
    acting: &Acting<'_>,
    id: RefundRequestId,
) -> Result<RefundRequest, Problem> {
    let request = read(app, id).await?;
    let no = request.refuse((acting.id, acting.roles), app.now()).map_err(refused)?;
    if app.store.decide_refund_request(&no, RequestState::Open).await? {
        return Ok(no);
    }
    Err(Problem::of(ProblemCode::RequestDecided))
}

async fn read(app: &App, id: RefundRequestId) -> Result<RefundRequest, Problem> {
    app.store.refund_request(id).await?.ok_or(Problem::of(ProblemCode::NotFound))
}

/// What the order's audit keeps: why, who asked, and whether somebody else agreed.
fn reason(acting: &Acting<'_>, request: &RefundRequest) -> String {
    let RefundRequest { reason, asker, .. } = request;
    if *asker == acting.id {
        return format!(
            "{reason} (asked and agreed to by one person, {asker}: no second is needed)"
        );
    }
    format!("{reason} (asked by {asker}, agreed to by {})", acting.id)
}

fn refused(refusal: RequestRefusal) -> Problem {
    match refusal {
        RequestRefusal::Approval(ApprovalRefusal::NotAllowed) => {
            Problem::not_allowed(Deed::Approve)
        }
        RequestRefusal::Approval(ApprovalRefusal::OwnRequest) => {
            Problem::of(ProblemCode::OwnRequest)
        }
        RequestRefusal::Decided => Problem::of(ProblemCode::RequestDecided),
        RequestRefusal::Lapsed => Problem::of(ProblemCode::RequestLapsed),
    }
}
