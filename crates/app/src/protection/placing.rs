//! Counting orders before they are made. What is paid is taken back, so that only what is left unpaid, or was declined, counts.

use super::figures::{
    DECLINED_TO_ACCOUNT, UNPAID_AT_ADDRESS, UNPAID_BY_ACCOUNT, UNPAID_BY_ACCOUNTS_AT_ADDRESS,
    UNPAID_FOR_LINE, UNPAID_UNDER_CONTACT,
};
use super::spread;
use crate::accounts::limits::{self, Rule};
use crate::accounts::{address_key, address_of};
use crate::orders::PlaceRequest;
use crate::ports::records::Contact;
use crate::problem::MoneyWord;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::commands::PayWith;
use farline_domain::kernel::{AccountId, LineId};
use farline_domain::orders::{Order, OrderState};

/// A payment is taken back once, whoever brings the news of it.
const TAKEN_BACK: Rule = limits::rule("order-taken-back", 1, 24 * 60 * 60);

/// Something that was counted, and for whom.
pub(super) struct Count {
    pub(super) rule: Rule,
    pub(super) subject: String,
}

impl Count {
    pub(super) const fn of(rule: Rule, subject: String) -> Self {
        Self { rule, subject }
    }

    async fn take_back(&self, app: &App) -> Result<(), Problem> {
        limits::take_back(app, self.rule, &self.subject).await
    }
}

/// Who pays for an order, as far as it is counted.
enum Payer<'a> {
    /// A guest on a provider's page.
    Guest(LineId, &'a Contact),
    /// An account on a provider's page.
    Account(AccountId),
    /// An account with a saved method of its own.
    Method(AccountId),
}

impl Payer<'_> {
    fn counts(&self, app: &App, origin: &str) -> Vec<Count> {
        match *self {
            Self::Guest(line, contact) => {
                let typed = [&contact.email, &contact.phone].into_iter().flatten();
                let addresses = typed.filter_map(|typed| address_of(typed).ok());
                let keys = addresses.map(|address| limits::subject(&address_key(app, &address)));
                let under = keys.map(|key| Count::of(UNPAID_UNDER_CONTACT, key));
                let at = Count::of(UNPAID_AT_ADDRESS, origin.to_owned());
                let for_line = Count::of(UNPAID_FOR_LINE, line.to_string());
                [at, for_line].into_iter().chain(under).collect()
            }
            Self::Account(account) => vec![
                Count::of(UNPAID_BY_ACCOUNT, account.to_string()),
                Count::of(UNPAID_BY_ACCOUNTS_AT_ADDRESS, origin.to_owned()),
            ],
            Self::Method(account) => vec![Count::of(DECLINED_TO_ACCOUNT, account.to_string())],
        }
    }

    /// What somebody is told who has left too many unpaid: a guest can sign in, everybody else waits.
    fn refusal(&self, problem: Problem) -> Problem {
        match self {
            Self::Guest(..) if problem.code == ProblemCode::TooManyRequests => {
                Problem { code: ProblemCode::SignInFirst, ..problem }
            }
            Self::Guest(..) | Self::Account(_) | Self::Method(_) => problem,
        }
    }
}

/// Places an order if not too many were left unpaid, or declined, before. `placing` says `None` where nothing was made; then,
/// and when it is refused, nothing stays counted. The line's own credit is neither declined nor left unpaid.
pub async fn guard<Made, Placing>(
    app: &App,
    (network, request): (&str, PlaceRequest),
    placing: Placing,
) -> Result<Option<Made>, Problem>
where
    Placing: AsyncFnOnce(PlaceRequest) -> Result<Option<Made>, Problem>,
{
    let origin = limits::subject(&Seal(&app.keys.secrets).digest("order-origin", network));
    let counted = admit(app, &origin, &request).await?;
    let origin = (!counted.is_empty()).then_some(origin);
    let made = placing(PlaceRequest { origin, ..request }).await;
    let is_nothing = match &made {
        Ok(made) => made.is_none(),
        Err(problem) => problem.money != MoneyWord::Unknown,
    };
    if is_nothing {
        take_all_back(app, &counted).await?;
    }
    made
}

async fn admit(app: &App, origin: &str, request: &PlaceRequest) -> Result<Vec<Count>, Problem> {
    let quote = app.store.quote(request.quote).await?;
    let unknown = || Problem::of(ProblemCode::QuoteNotFound).in_field("quote");
    let line = quote.ok_or_else(unknown)?.line;
    let contact =
        Contact { email: request.buyer.email.clone(), phone: request.buyer.phone.clone() };
    let (payer, spread) = match (&request.pay_with, request.buyer.account) {
        (PayWith::LineCredit | PayWith::Seller(_), _) | (PayWith::Saved(..), None) => {
            return Ok(Vec::new());
        }
        (PayWith::Page, None) => (Payer::Guest(line, &contact), Vec::new()),
        (PayWith::Page, Some(account)) => (Payer::Account(account), Vec::new()),
        (PayWith::Saved(method, _), Some(account)) => {
            let spread = spread::counts(app, (account, method.id, line)).await?;
            (Payer::Method(account), spread)
        }
    };
    let mut counted = Vec::new();
    for count in payer.counts(app, origin) {
        if let Err(problem) = limits::count(app, count.rule, &count.subject).await {
            take_all_back(app, &counted).await?;
            return Err(payer.refusal(problem));
        }
        counted.push(count);
    }
    for count in spread {
        if let Err(problem) = limits::count(app, count.rule, &count.subject).await {
            take_all_back(app, &counted).await?;
            return Err(spread::refusal(problem));
        }
        counted.push(count);
    }
    Ok(counted)
}

async fn take_all_back(app: &App, counted: &[Count]) -> Result<(), Problem> {
    for count in counted {
        count.take_back(app).await?;
    }
    Ok(())
}

/// Takes back what was counted for an order that has just been paid. Whatever goes wrong here must not keep anybody from what
/// they paid for: then it stays counted, for an hour at most.
pub(crate) async fn paid(app: &App, (before, after): (&Order, &Order)) {
    let has_been_paid = !matches!(after.state, OrderState::AwaitingPayment { .. });
    let Some(origin) = before.origin.as_deref().filter(|_| has_been_paid) else { return };
    if let Err(problem) = forgive(app, before, origin).await {
        let cause = problem.cause.unwrap_or_default();
        tracing::warn!(order = %before.id, cause, "a paid order stays counted");
    }
}

async fn forgive(app: &App, order: &Order, origin: &str) -> Result<(), Problem> {
    if limits::count(app, TAKEN_BACK, &order.id.to_string()).await.is_err() {
        return Ok(());
    }
    let Some(payer) = &order.payer else { return Ok(()) };
    let contact = app.store.contact(payer.contact).await?.unwrap_or_default();
    let payer = match (&order.charge, payer.account) {
        (Some(charge), Some(account)) if charge.declined.is_none() => Payer::Method(account),
        // Declined, and then paid in another way: the declined charge stays counted.
        (Some(_), _) => return Ok(()),
        (None, Some(account)) => Payer::Account(account),
        (None, None) => Payer::Guest(order.line, &contact),
    };
    take_all_back(app, &payer.counts(app, origin)).await
}
