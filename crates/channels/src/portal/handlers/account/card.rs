//! The page of one card, and renewing it from there.

use super::super::compare;
use super::super::present as plans;
use super::auto_renew::standing as auto_renew;
use super::session::{Sent, SignedIn};
use super::{cards, on, opened, outlook, present, shown};
use crate::portal::charts::life_line;
use crate::portal::layout::Section;
use crate::portal::views::{CardPage, ClockView};
use crate::web::limits::{self, QUOTE};
use axum::extract::Path;
use axum::response::Response;
use farline_app::accounts::lines::{balance, call, leave};
use farline_app::accounts::{Permitted, permit};
use farline_app::quotes::{Promoting, QuoteRequest, make, province_of};
use farline_app::suppliers::{self, Selling};
use farline_app::tokens::{Arrival, Seal};
use farline_app::{App, Problem, ProblemCode, lines};
use farline_domain::catalog::Operator;
use farline_domain::kernel::{Instant, Province};
use farline_domain::lines::{Line, LineStatus};

/// What the account calls a card; empty where it has given no name.
pub(super) async fn nickname(app: &App, permitted: Permitted) -> Result<String, Problem> {
    let mine = app.store.lines_of_account(permitted.account()).await?;
    let place = mine.into_iter().find(|place| place.line == permitted.line());
    Ok(place.map(|place| place.nickname).unwrap_or_default())
}

/// `GET /{language}/cards/{id}`
pub async fn see(here: SignedIn, Path((_, id)): Path<(String, String)>) -> Response {
    let page = async { page(&here, opened(&here, &id).await?).await };
    shown(&here.frame, page.await)
}

async fn page(here: &SignedIn, permitted: Permitted) -> Result<CardPage, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let left = balance(app, permitted).await?;
    let line = &left.view.line;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, line)?;
    let at = (operator, app.now());
    let selling = suppliers::selling(app, operator).await?;
    let offers = match (left.status, selling) {
        (LineStatus::Closed, _) | (_, Selling::Paused) => Vec::new(),
        (
            LineStatus::Inactive | LineStatus::Active | LineStatus::Grace | LineStatus::Suspended,
            Selling::Open,
        ) => cards::tiles(app, Some(here.account), (&left.view, operator)).await?,
    };
    let expected = lines::outlook(app, &left.view, &operator.lifecycle).await?;
    let life = present::life(words, line, at);
    let is_renewing = auto_renew::is_renewing(&left.view, left.status);
    Ok(CardPage {
        layout: here.layout(Section::Cards),
        id: line.id.to_string(),
        nickname: present::name(words, &nickname(app, permitted).await?, line),
        number: present::number(words, line),
        operator: operator.name.clone(),
        role: present::role(permitted.rights()),
        status: present::status(left.status),
        days: present::days(words, &left, at),
        life_svg: life.map_or_else(String::new, |life| life_line::draw(&life)),
        is_renewing,
        advice: if is_renewing {
            None
        } else {
            outlook::advice(words, &expected, (line, operator))
        },
        clock: clock(here, line, at),
        compare: compare::address(&here.frame, &operator.code, &expected),
        buckets: present::buckets(words, &left.view, at),
        ahead: outlook::ahead(words, &expected),
        auto_renew: auto_renew::view(here, permitted, (&left.view, operator)).await?,
        is_paused: selling == Selling::Paused && left.status != LineStatus::Closed,
        plans: offers.iter().map(|tile| plans::tile(words, &catalogue, tile)).collect(),
    })
}

/// How far the demonstration's clock has to go until the card has expired: a minute into the day after.
fn clock(here: &SignedIn, line: &Line, (operator, now): (&Operator, Instant)) -> ClockView {
    let ends = line.dates.expires_on.map(|last| operator.lifecycle.zone.end_of(last));
    let left = ends.map(|ends| ends.millis_since(now) / 1_000 + 60);
    let to = here.href(&format!("cards/{}", line.id));
    ClockView { to, expiry_s: left.filter(|seconds| *seconds > 60) }
}

/// `POST /{language}/cards/{id}/renew`: a plan was chosen; on to the check page.
pub async fn renew(Path((_, id)): Path<(String, String)>, sent: Sent) -> Response {
    let quoted = async {
        let permitted = opened(&sent.here, &id).await?;
        quote(&sent, permitted).await
    };
    on(&sent.here.frame, quoted.await)
}

async fn quote(Sent { here, fields }: &Sent, permitted: Permitted) -> Result<String, Problem> {
    let channels = here.frame.channels();
    limits::check(channels, QUOTE, &here.frame.address).await?;
    let app = &channels.app;
    let view = lines::find::view(app, permitted.line()).await?;
    let mut seed = [0; 16];
    app.randomness.fill(&mut seed);
    let request = QuoteRequest {
        line: permitted.line(),
        plan: fields.get("plan").to_owned(),
        promotions: Promoting::Customer(here.account),
        // As for guests: the most common province stands until it is changed.
        province: province_of(&view.line).or(Some(Province::On)),
        seed,
    };
    let quote = make(app, request).await?;
    // The address alone shows the number masked; the check page shows it in full to its people.
    let token = Seal(&app.keys.tokens).quote_token(quote.id, Arrival::Link);
    Ok(here.href(&format!("check/{token}")))
}

/// `POST /{language}/cards/{id}/nickname`
pub async fn rename(
    Path((_, id)): Path<(String, String)>,
    Sent { here, fields }: Sent,
) -> Response {
    let renamed = async {
        let permitted = opened(&here, &id).await?;
        let app = &here.frame.channels().app;
        call(app, here.account, permitted.line(), fields.get("nickname")).await?;
        Ok(here.href(&format!("cards/{id}")))
    };
    on(&here.frame, renamed.await)
}

/// `POST /{language}/cards/{id}/remove`
pub async fn remove(Path((_, id)): Path<(String, String)>, Sent { here, .. }: Sent) -> Response {
    let removed = async {
        let permitted = opened(&here, &id).await?;
        leave(&here.frame.channels().app, permitted).await?;
        Ok(here.href("cards"))
    };
    on(&here.frame, removed.await)
}

/// The permission to a card of somebody who may have one: none, if they are not signed in.
pub async fn permitted(
    frame: &super::super::frame::Frame,
    line: farline_domain::kernel::LineId,
) -> Result<Option<Permitted>, Problem> {
    let Some(session) = frame.session else { return Ok(None) };
    match permit(&frame.channels().app, session.account, line).await {
        Ok(permitted) => Ok(Some(permitted)),
        Err(problem) if problem.code == ProblemCode::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}
