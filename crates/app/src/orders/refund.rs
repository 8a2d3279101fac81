//! A person gives money back although the value was delivered.

use crate::{App, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::commands::{Actor, LineCommand, RefundByHand};
use farline_domain::kernel::Money;
use farline_domain::orders::Order;
use farline_domain::payments::RefundTo;
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

/// Owes the refund; the worker gives it back.
pub async fn refund(app: &App, order: &Order, wish: &RefundWish<'_>) -> Result<Order, Problem> {
    let reason = wish.reason.trim();
    if reason.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("reason"));
    }
    let key = wish.key.map_or_else(|| key_of(wish, reason), str::to_owned);
    let by_hand = RefundByHand { key, amount: wish.amount, to: wish.to };
    let actor = Actor::Person(reason.to_owned());
    app.run(order.line, LineCommand::Refund(order.id, by_hand), actor).await
}

fn key_of(wish: &RefundWish<'_>, reason: &str) -> String {
    let words = format!("{:?}|{:?}|{reason}", wish.amount, wish.to);
    URL_SAFE_NO_PAD.encode(Sha256::digest(words))
}
