//! From a number to a plan.

use super::form::Fields;
use super::frame::{Frame, html, see_other};
use super::{home, present, problem};
use crate::api::problem::status_of;
use crate::portal::views::{LineHint, Need as ShownNeed, RenewPage};
use crate::web::limits::{self, QUOTE};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::catalog::{Audience, offers};
use farline_app::quotes::{Promoting, QuoteRequest, make, of_themselves, province_of};
use farline_app::tokens::{Arrival, RenewLink, Seal};
use farline_app::wording::{hint, masked};
use farline_app::{Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::Need;
use serde::Deserialize;

/// How long the address of a renewal opens that somebody typed their way to, in seconds.
const TYPED_OPENS_SECONDS: i64 = 24 * 60 * 60;

/// `POST /{language}/renew`: finds the line.
pub async fn find(frame: Frame, fields: Fields) -> Response {
    let typed = fields.get("number");
    match crate::api::lines::find(frame.channels(), &frame.address, typed).await {
        Ok(line) => {
            let app = &frame.channels().app;
            let until = app.now().plus_seconds(TYPED_OPENS_SECONDS);
            let link = RenewLink { line, arrival: Arrival::Typed, plan: None, until };
            let token = Seal(&app.keys.tokens).renew_token(&link);
            see_other(&format!("/{}/renew/{token}", frame.language.path()))
        }
        Err(problem) if problem.field == Some("number") => {
            let errors = vec![frame.error(&problem, "number")];
            home::page(&frame, status_of(problem.code.kind()), (typed, errors))
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `GET /l/{link}`: the short form of a signed link, as it stands in a text message.
pub async fn short(frame: Frame, Path(link): Path<String>) -> Response {
    see_other(&format!("/{}/renew/{link}", frame.language.path()))
}

/// `?need=`
#[derive(Debug, Deserialize)]
pub struct NeedQuery {
    need: Option<String>,
}

/// Opens a renewal link.
pub(super) fn open(frame: &Frame, token: &str) -> Result<RenewLink, Problem> {
    let app = &frame.channels().app;
    let not_found = || Problem::of(ProblemCode::NotFound);
    let link = Seal(&app.keys.tokens).renew(token).ok_or_else(not_found)?;
    if frame.named.is_none() {
        return Err(not_found());
    }
    if app.now() >= link.until {
        return Err(Problem::of(ProblemCode::LinkExpired));
    }
    Ok(link)
}

/// `GET /{language}/renew/{link}`: what do you need, and the plans for it.
pub async fn plans(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    Query(query): Query<NeedQuery>,
) -> Response {
    match plans_page(&frame, token, query.need.as_deref()).await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => problem::page(&frame, &problem),
    }
}

async fn plans_page(
    frame: &Frame,
    token: String,
    need: Option<&str>,
) -> Result<RenewPage, Problem> {
    let link = open(frame, &token)?;
    let app = &frame.channels().app;
    let view = lines::find::view(app, link.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    suppliers::may_sell(app, operator, suppliers::Wanted::Any).await?;
    let province = province_of(&view.line);
    let audience = (Audience::Stranger, app.now());
    let wanted = need.and_then(Need::parse);
    let customer = frame.session.map(|session| session.account);
    let promoted = of_themselves(app, &catalogue, (link.line, customer)).await?;
    let tiles = offers((&catalogue, &view.line, &promoted), wanted, province, audience)?;
    let words = frame.words();
    let line = LineHint {
        masked: masked(&view.line),
        hint: hint(words, &view.line),
        operator: operator.name.clone(),
    };
    let plans = tiles.iter().map(|tile| present::tile(words, &catalogue, tile)).collect();
    let need = need.and_then(ShownNeed::parse);
    Ok(RenewPage { layout: frame.layout(), link: token, line, need, plans })
}

/// `POST /{language}/renew/{link}`: a plan was chosen; make the quote.
pub async fn choose(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    match quote(&frame, &token, &fields).await {
        Ok(address) => see_other(&address),
        Err(problem) => problem::page(&frame, &problem),
    }
}

async fn quote(frame: &Frame, token: &str, fields: &Fields) -> Result<String, Problem> {
    let link = open(frame, token)?;
    limits::check(frame.channels(), QUOTE, &frame.address).await?;
    let app = &frame.channels().app;
    let view = lines::find::view(app, link.line).await?;
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let request = QuoteRequest {
        line: link.line,
        plan: fields.get("plan").to_owned(),
        promotions: Promoting::to(
            frame.session.map(|session| session.account),
            fields.given("promotion"),
        ),
        // Where the number does not decide, the most common province stands until it is changed.
        province: province_of(&view.line).or(Some(farline_domain::kernel::Province::On)),
        seed,
    };
    let typed = request.promotions.typed().map(str::to_owned);
    let from = (&frame.address, typed.as_deref());
    let quote = limits::pricing(frame.channels(), from, make(app, request)).await?;
    let token = Seal(&app.keys.tokens).quote_token(quote.id, link.arrival);
    Ok(format!("/{}/check/{token}", frame.language.path()))
}
