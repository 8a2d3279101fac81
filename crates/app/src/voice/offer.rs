//! A renewal that can be agreed to without seeing it: the last plan again, with a method that the holder saved.

use crate::accounts::holder;
use crate::hotline::terms;
use crate::methods::{self, Usable};
use crate::orders::last_bought;
use crate::quotes::{self, Promoting, QuoteRequest};
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::hotline::robot::{NoOffer, Offer};
use farline_domain::kernel::{AccountId, Language, LineId, Province};
use farline_domain::orders::Quote;

/// The holder, and the newest of their methods that can be charged.
pub(super) async fn payer(app: &App, line: LineId) -> Result<Option<(AccountId, Usable)>, Problem> {
    let Some(holder) = holder(app, line).await? else { return Ok(None) };
    let usable = methods::mine(app, holder).await?.into_iter().rfind(Usable::is_usable);
    Ok(usable.map(|usable| (holder, usable)))
}

/// Whether the line's holder has a method that a yes in a text message can charge.
pub(crate) async fn has_payer(app: &App, line: LineId) -> Result<bool, Problem> {
    Ok(payer(app, line).await?.is_some())
}

/// What the last plan costs now, or why it cannot be had.
pub(super) async fn price(app: &App, line: LineId) -> Result<Result<Quote, NoOffer>, Problem> {
    let Some(plan) = last_bought(app, line).await? else { return Ok(Err(NoOffer::NoPlan)) };
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let request = QuoteRequest {
        line,
        plan: plan.to_string(),
        promotions: Promoting::OfThemselves,
        province: None,
        seed,
    };
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
    let expires_on = terms::expires_on(app, &view, &quote)?;
    let terms_sent = match quote.price.province {
        Province::Qc => match terms::send(app, &view, (Some(account), language), &quote).await? {
            Some(medium) => Some(medium),
            None => return Ok(Err(NoOffer::TermsNotSent)),
        },
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
