//! A person gives money back although the value was delivered. At the desk that is up to a limit, beyond which a second
//! person has to agree.

use crate::desk::{Acting, reason_of};
use crate::{App, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::commands::{Actor, LineCommand, RefundByHand};
use farline_domain::kernel::{Money, RefundRequestId};
use farline_domain::orders::Order;
use farline_domain::payments::RefundTo;
use farline_domain::staff::{Deed, RefundRequest, RequestState, refund_limit};
use sha2::{Digest, Sha256};

/// What is to be given back, and why.
#[derive(Clone, Debug)]
pub struct RefundWish<'a> {
    /// How much; all that is left of the payment, if it is not said.
    pub amount: Option<Money>,
    /// Where it goes.
    pub to: RefundTo,
    /// Why: it is kept in the audit.
    pub reason: &'a str,
    /// The key under which asking twice gives back once; if there is none, the same wish in the same words is the same
    /// refund.
    pub key: Option<&'a str>,
}

/// What came of a wish at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refunded {
    /// The refund is owed.
    Owed(Box<Order>),
    /// It is above the limit, and waits for a second person.
    Waits(Box<RefundRequest>),
}

/// Owes the refund; the worker gives it back.
pub async fn refund(app: &App, order: &Order, wish: &RefundWish<'_>) -> Result<Order, Problem> {
    let reason = wish.reason.trim();
    if reason.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("reason"));
    }
    let key = wish.key.map_or_else(|| key_of(wish, reason), str::to_owned);
    let by_hand = RefundByHand { key, amount: wish.amount, to: wish.to, limit: None };
    let actor = Actor::Person(reason.to_owned());
    app.run(order.line, LineCommand::Refund(order.id, by_hand), actor).await
}

/// Owes what a member of the staff may give back alone, and keeps a request for what they may not. What they gave back of the
/// order before counts.
pub async fn refund_by_staff(
    app: &App,
    acting: &Acting<'_>,
    order: &Order,
    wish: &RefundWish<'_>,
) -> Result<Refunded, Problem> {
    acting.may(Deed::Refund)?;
    let reason = reason_of(wish.reason)?;
    let words = || format!("{}|{}", acting.id, key_of(wish, &reason));
    let key = wish.key.map_or_else(words, str::to_owned);
    let limits = app.desk.refund_limits.amounts();
    let limit = Some(refund_limit(limits, acting.roles, order.price.total));
    let by_hand = RefundByHand { key, amount: wish.amount, to: wish.to, limit };
    let command = LineCommand::Refund(order.id, by_hand);
    match app.run(order.line, command, acting.actor(reason.clone())).await {
        Ok(order) => Ok(Refunded::Owed(Box::new(order))),
        Err(problem) if problem.code == ProblemCode::AboveLimit => {
            let request = request(app, acting, order, (wish, reason)).await?;
            Ok(Refunded::Waits(Box::new(request)))
        }
        Err(problem) => Err(problem),
    }
}

/// Keeps a request. The same wish of the same person that waits already is that one.
async fn request(
    app: &App,
    acting: &Acting<'_>,
    order: &Order,
    (wish, reason): (&RefundWish<'_>, String),
) -> Result<RefundRequest, Problem> {
    let now = app.now();
    let left = order.capture().map_or(0, |capture| order.left_of(capture));
    let all = Money { minor: left, currency: order.price.total.currency };
    let request = RefundRequest {
        id: RefundRequestId::mint(now, order.id.cell(), app.randomness.bits()),
        order: order.id,
        line: order.line,
        amount: wish.amount.unwrap_or(all),
        to: wish.to,
        reason,
        asker: acting.id,
        asked_at: now,
        state: RequestState::Open,
        decided: None,
    };
    let known = app.store.refund_requests_of(order.id).await?;
    let is_same = |known: &RefundRequest| {
        let RefundRequest { amount, to, asker, .. } = known;
        known.waits(now) && (*amount, *to, *asker) == (request.amount, request.to, request.asker)
    };
    if let Some(known) = known.into_iter().find(is_same) {
        return Ok(known);
    }
    app.store.keep_refund_request(&request).await?;
    Ok(request)
}

fn key_of(wish: &RefundWish<'_>, reason: &str) -> String {
    let words = format!("{:?}|{:?}|{reason}", wish.amount, wish.to);
    URL_SAFE_NO_PAD.encode(Sha256::digest(words))
}
