//! A renewal that was agreed to by a key or a text message.

use super::tasks::Doing;
use crate::accounts::{self, orders::reachable};
use crate::orders::{Buyer, Paying, PlaceRequest, pay, place};
use crate::ports::voice::SpokenConsent;
use crate::problem::MoneyWord;
use crate::quotes::make::first_eight;
use crate::{App, Problem, ProblemCode, methods, protection};
use farline_domain::commands::PayWith;
use farline_domain::hotline::robot::{Offer, Outcome};
use farline_domain::kernel::{Language, LineId, OrderId, Province};
use farline_domain::orders::{Channel, Order, OrderState};

/// What somebody agreed to.
pub(super) struct Agreed {
    /// The card.
    pub(super) line: LineId,
    /// The renewal.
    pub(super) offer: Offer,
    /// The words that were said before the yes.
    pub(super) words: String,
    /// The yes as it came.
    pub(super) yes: String,
    /// In which language.
    pub(super) language: Language,
    /// By which channel.
    pub(super) channel: Channel,
}

/// Renews. Doing the same again makes no second order and no second charge.
pub(super) async fn renew(app: &App, agreed: Agreed, doing: &Doing<'_>) -> Outcome {
    match try_to(app, agreed, doing).await {
        Ok(order) => outcome_of(&order),
        Err(problem) => {
            let code = problem.code.code();
            tracing::warn!(code, "a renewal that was agreed to by telephone was not ordered");
            match (problem.money, problem.code) {
                (MoneyWord::Unknown | MoneyWord::Yes, _) => Outcome::ChargeUnknown,
                (MoneyWord::No, ProblemCode::RenewalInProgress) => Outcome::InProgress,
                (
                    MoneyWord::No,
                    ProblemCode::TooManyRequests
                    | ProblemCode::PayOnPage
                    | ProblemCode::SignInFirst,
                ) => Outcome::TooMany,
                (MoneyWord::No, _) => Outcome::NotOrdered,
            }
        }
    }
}

async fn try_to(app: &App, agreed: Agreed, doing: &Doing<'_>) -> Result<Order, Problem> {
    let cell = agreed.line.cell();
    let id = OrderId::mint(doing.at, cell, u64::from_be_bytes(first_eight(doing.seed)));
    let order = match app.store.order(id).await? {
        // Agreed to before: the answer was lost, or it came twice.
        Some(order) => order,
        None => ordered(app, (id, agreed), doing).await?,
    };
    if matches!(order.state, OrderState::AwaitingPayment { .. }) {
        return paid(app, order).await;
    }
    Ok(order)
}

async fn ordered(
    app: &App,
    (id, agreed): (OrderId, Agreed),
    doing: &Doing<'_>,
) -> Result<Order, Problem> {
    let Agreed { line, offer, words, yes, language, channel } = agreed;
    let account = accounts::holder(app, line).await?;
    let account = account.ok_or(Problem::of(ProblemCode::Forbidden))?;
    let method = methods::usable(app, account, offer.method).await?;
    let quote = app.store.quote(offer.quote).await?;
    let quote = quote.filter(|quote| quote.line == line && quote.price.total == offer.total);
    let quote = quote.ok_or(Problem::of(ProblemCode::QuoteNotFound))?;
    let consent = SpokenConsent { order: id, channel, words, yes, at: app.now() };
    // Before the order: there is none that nobody agreed to.
    app.store.keep_spoken_consent(line, &consent).await?;
    let french_first = quote.price.province == Province::Qc && language != Language::FrCa;
    let buyer = Buyer { account: Some(account), ..Buyer::default() };
    let request = PlaceRequest {
        quote: quote.id,
        buyer: reachable(app, buyer).await?,
        language,
        french_terms: french_first.then(|| app.business.terms_version.clone()),
        channel,
        origin: None,
        another: false,
        // Nobody sits before a page where a bank could ask something.
        pay_with: PayWith::Saved(method.kept(), false),
        assisted: None,
        seed: (doing.seed, doing.at),
    };
    let placing = async |request| place(app, request).await.map(Some);
    let placed = protection::guard(app, (doing.from, request), placing).await?;
    placed.ok_or(Problem::of(ProblemCode::Internal))
}

/// Charges. From here on an error is no refusal: the order stands, and says itself what is known.
async fn paid(app: &App, order: Order) -> Result<Order, Problem> {
    let id = order.id;
    match pay(app, order, Paying::default()).await {
        Ok((order, _)) => Ok(order),
        Err(_) => app.order(id).await.map_err(|problem| problem.money(MoneyWord::Unknown)),
    }
}

/// What is known of an order, for the ear.
pub(super) fn outcome_of(order: &Order) -> Outcome {
    match &order.state {
        OrderState::Delivered { delivered, .. } => Outcome::Delivered(delivered.after.expires_on),
        OrderState::Delivering { .. } | OrderState::Held { .. } => Outcome::OnItsWay,
        OrderState::Unknown { .. } => Outcome::Unknown,
        OrderState::AwaitingPayment { .. } if order.is_charge_unknown() => Outcome::ChargeUnknown,
        OrderState::AwaitingPayment { .. } => Outcome::Declined,
        OrderState::Refunding { .. } | OrderState::Refunded { .. } => Outcome::GoesBack,
        OrderState::Cancelled { .. } | OrderState::Expired { .. } => Outcome::NotOrdered,
    }
}
