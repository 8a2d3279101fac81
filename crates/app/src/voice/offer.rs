//! A renewal that can be agreed to without seeing it: the last plan again, with a method that the holder saved.

use crate::accounts::holder;
use crate::accounts::limits::{self, Rule, rule};
use crate::accounts::orders::reachable;
use crate::methods::{self, Usable};
use crate::notices::send_now;
use crate::orders::Buyer;
use crate::ports::lines::LineView;
use crate::ports::notice::{Medium, Message};
use crate::quotes::{self, QuoteRequest};
use crate::wording::voice::{Terms, terms};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::catalog::PlanCode;
use farline_domain::hotline::robot::{NoOffer, Offer};
use farline_domain::kernel::{AccountId, Language, LineId, Province};
use farline_domain::lines::renew;
use farline_domain::orders::{Quote, Stage};
use jiff::civil::Date;

/// Written terms sent for one card: whoever hears the price again and again is not written to each time for ever.
const TERMS: Rule = rule("voice-terms", 5, 24 * 60 * 60);
/// How many of the newest orders are looked through for the last plan.
const LOOK_BACK: u32 = 20;

/// What the last renewal of a line bought.
pub(super) async fn last_plan(app: &App, line: LineId) -> Result<Option<PlanCode>, Problem> {
    let recent = app.store.orders_of_line(line, None, LOOK_BACK).await?;
    let last = recent.into_iter().find(|order| order.state.stage() == Stage::Delivered);
    Ok(last.map(|order| order.offer.plan))
}

/// The holder, and the newest of their methods that can be charged.
pub(super) async fn payer(app: &App, line: LineId) -> Result<Option<(AccountId, Usable)>, Problem> {
    let Some(holder) = holder(app, line).await? else { return Ok(None) };
    let usable = methods::mine(app, holder).await?.into_iter().rfind(Usable::is_usable);
    Ok(usable.map(|usable| (holder, usable)))
}

/// What the last plan costs now, or why it cannot be had.
pub(super) async fn price(app: &App, line: LineId) -> Result<Result<Quote, NoOffer>, Problem> {
    let Some(plan) = last_plan(app, line).await? else { return Ok(Err(NoOffer::NoPlan)) };
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let request =
        QuoteRequest { line, plan: plan.to_string(), promotion: None, province: None, seed };
    match quotes::make(app, request).await {
        Ok(quote) => Ok(Ok(quote)),
        Err(problem) => match problem.code {
            ProblemCode::UnknownPlan
            | ProblemCode::PlanNotForLine
            | ProblemCode::PlanNotSold
            | ProblemCode::ProvinceNeeded
            | ProblemCode::NoTaxKnown => Ok(Err(NoOffer::NoPlan)),
            ProblemCode::LineClosed | ProblemCode::NoPlanInService => {
                Ok(Err(NoOffer::NotRenewable))
            }
            _ => Err(problem),
        },
    }
}

/// Makes the offer. In Quebec its terms are sent in writing before it can be agreed to.
pub(super) async fn make(
    app: &App,
    line: LineId,
    language: Language,
) -> Result<Result<Offer, NoOffer>, Problem> {
    let view = lines::find::view(app, line).await?;
    if view.renewal_in_progress {
        return Ok(Err(NoOffer::InProgress));
    }
    let quote = match price(app, line).await? {
        Ok(quote) => quote,
        Err(why) => return Ok(Err(why)),
    };
    let Some((account, Usable { method, .. })) = payer(app, line).await? else {
        return Ok(Err(NoOffer::NoMethod));
    };
    let expires_on = expires_on(app, &view, &quote)?;
    let terms_sent = match quote.price.province {
        Province::Qc => {
            let sent = send_terms(app, &view, (account, language), (&quote, expires_on)).await?;
            match sent {
                Some(medium) => Some(medium),
                None => return Ok(Err(NoOffer::TermsNotSent)),
            }
        }
        _ => None,
    };
    Ok(Ok(Offer {
        quote: quote.id,
        plan: quote.offer.plan,
        total: quote.price.total,
        expires_on,
        method: method.id,
        method_name: (method.saved.brand, method.saved.hint),
        terms_sent,
    }))
}

/// Until when the card is good afterwards, where the plan moves that date.
fn expires_on(app: &App, view: &LineView, quote: &Quote) -> Result<Option<Date>, Problem> {
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator);
    let rule = &operator.ok_or(Problem::of(ProblemCode::Internal))?.lifecycle;
    let (offer, dates) = (&quote.offer, view.line.dates);
    let renewal = renew(rule, dates, (offer.validity, offer.start_rule), app.now())?;
    Ok(renewal.dates.expires_on.filter(|date| Some(*date) != dates.expires_on))
}

/// Sends the terms to the holder's e-mail address, else to the card itself. Says by which medium somebody took them.
async fn send_terms(
    app: &App,
    view: &LineView,
    (account, language): (AccountId, Language),
    (quote, expires_on): (&Quote, Option<Date>),
) -> Result<Option<Medium>, Problem> {
    match limits::count(app, TERMS, &view.line.id.to_string()).await {
        Ok(()) => {}
        Err(problem) if problem.code == ProblemCode::TooManyRequests => return Ok(None),
        Err(problem) => return Err(problem),
    }
    let buyer = Buyer { account: Some(account), ..Buyer::default() };
    let email = reachable(app, buyer).await?.email.map(|email| (Medium::Email, email));
    let number = view.line.msisdn.clone().map(|number| (Medium::Sms, String::from(number)));
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&quote.offer.plan);
    let plan = plan.ok_or(Problem::of(ProblemCode::Internal))?;
    for (medium, to) in email.into_iter().chain(number) {
        let about = Terms {
            business: &app.business,
            base_url: &app.base_url,
            plan,
            total: quote.price.total,
            expires_on,
        };
        let (subject, body) = terms(&about, medium, language);
        let message = Message {
            key: format!("voice-terms-{}-{}", quote.id, medium.code()),
            medium,
            to,
            subject,
            body,
            html: None,
            attachments: Vec::new(),
            language,
        };
        if send_now(app, &message).await.is_ok() {
            return Ok(Some(medium));
        }
    }
    Ok(None)
}
