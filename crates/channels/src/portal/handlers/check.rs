//! Check everything on one page, then pay.

use super::account::{owner, session};
use super::form::{Fields, form_key};
use super::frame::{Frame, html, see_other};
use super::pay_methods::Theirs;
use super::{pay_methods, present, problem};
use crate::api::problem::status_of;
use crate::portal::layout::FieldError;
use crate::portal::views::{CheckPage, FrenchTerms, ProvinceChoice, WrongNumberRule};
use crate::web::limits::{self, ORDER, QUOTE};
use crate::web::{Once, once};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::orders::{Buyer, Choice, Paying, PlaceRequest, choice, pay, place};
use farline_app::ports::records::RequestKey;
use farline_app::quotes::{Promoting, QuoteRequest, make, promotions_in, typed_for};
use farline_app::tokens::{Arrival, RenewLink, Seal};
use farline_app::wording::{hint, masked, province as province_name, starts};
use farline_app::{App, Problem, ProblemCode, lines, wording};
use farline_domain::catalog::{Network, Plan};
use farline_domain::commands::PayWith;
use farline_domain::kernel::{Instant, Language, OrderId, Province, QuoteId};
use farline_domain::lines::Line;
use farline_domain::orders::{Channel, Quote};
use farline_texts::Words;
use sha2::{Digest, Sha256};

/// Hours within which a person answers about a wrong number.
const DESK_HOURS: i64 = 48;

/// Opens the address of a check page.
async fn open(frame: &Frame, token: &str) -> Result<(Quote, Arrival), Problem> {
    let app = &frame.channels().app;
    let not_found = || Problem::of(ProblemCode::NotFound);
    let (id, arrival) = Seal(&app.keys.tokens).quote(token).ok_or_else(not_found)?;
    if frame.named.is_none() {
        return Err(not_found());
    }
    let quote = app.store.quote(id).await?.ok_or(Problem::of(ProblemCode::LinkExpired))?;
    if quote.is_valid_at(app.now()) {
        Ok((quote, arrival))
    } else {
        Err(Problem::of(ProblemCode::LinkExpired))
    }
}

/// `GET /{language}/check/{quote}`
pub async fn check(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let shown = async {
        let (quote, arrival) = open(&frame, &token).await?;
        page(&frame, (&token, &quote, arrival), &Fields::default(), Vec::new()).await
    };
    match shown.await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `POST /{language}/check/{quote}/province`: the same plan, priced for another province.
pub async fn province(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let quoted = async {
        session::genuine(&frame, &fields)?;
        let (quote, arrival) = open(&frame, &token).await?;
        limits::check(frame.channels(), QUOTE, &frame.address).await?;
        let app = &frame.channels().app;
        let unknown = || Problem::of(ProblemCode::ProvinceUnknown).in_field("province");
        let province = Province::parse(fields.get("province")).ok_or_else(unknown)?;
        let typed = typed_for(app, &quote);
        let again = make(app, same_for(&frame, &quote, (province, typed))).await?;
        Ok::<_, Problem>(Seal(&app.keys.tokens).quote_token(again.id, arrival))
    };
    match quoted.await {
        Ok(token) => see_other(&format!("/{}/check/{token}", frame.language.path())),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `POST /{language}/check/{quote}/promotion`: the same plan, priced with the code that was typed, or without one.
pub async fn promotion(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let (quote, arrival) = match open(&frame, &token).await {
        Ok(opened) => opened,
        Err(problem) => return problem::page(&frame, &problem),
    };
    match with_code(&frame, &quote, &fields).await {
        Ok(again) => {
            let token = Seal(&frame.channels().app.keys.tokens).quote_token(again.id, arrival);
            see_other(&format!("/{}/check/{token}", frame.language.path()))
        }
        Err(problem) if problem.field == Some("promotion") => {
            let error = gives_nothing(&frame, &problem);
            let status = status_of(problem.code.kind());
            refused(&frame, (&token, &quote, arrival), &fields, (error, status)).await
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// Why a code gives nothing, and what to do.
fn gives_nothing(frame: &Frame, problem: &Problem) -> FieldError {
    let words = frame.words();
    let (title, detail) = wording::problem(words, problem.code);
    let told = [("title", title.into()), ("detail", detail.into())];
    let message = words.say_with("promotion-code-refused", &told);
    FieldError { field: "promotion".to_owned(), message }
}

async fn with_code(frame: &Frame, quote: &Quote, fields: &Fields) -> Result<Quote, Problem> {
    session::genuine(frame, fields)?;
    limits::check(frame.channels(), QUOTE, &frame.address).await?;
    let typed = fields.given("promotion");
    let from = (&frame.address, typed.as_deref());
    let wanted = same_for(frame, quote, (quote.price.province, typed.clone()));
    limits::pricing(frame.channels(), from, make(&frame.channels().app, wanted)).await
}

/// The page as it was, with what is wrong.
async fn refused(
    frame: &Frame,
    opened: (&str, &Quote, Arrival),
    fields: &Fields,
    (error, status): (FieldError, StatusCode),
) -> Response {
    match page(frame, opened, fields, vec![error]).await {
        Ok(page) => html(status, &page),
        Err(problem) => problem::page(frame, &problem),
    }
}

fn same_for(
    frame: &Frame,
    quote: &Quote,
    (province, typed): (Province, Option<String>),
) -> QuoteRequest {
    let mut seed = [0; 16];
    frame.channels().app.randomness.fill(&mut seed);
    QuoteRequest {
        line: quote.line,
        plan: quote.offer.plan.to_string(),
        promotions: Promoting::to(frame.session.map(|session| session.account), typed),
        province: Some(province),
        seed,
    }
}

/// `POST /{language}/check/{quote}`: places the order and goes to the payment page.
pub async fn order(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let opened = open(&frame, &token).await;
    let (quote, arrival) = match opened {
        Ok(opened) => opened,
        Err(problem) => return problem::page(&frame, &problem),
    };
    match placed(&frame, &quote, &fields).await {
        Ok(address) => see_other(&address),
        Err(problem) if problem.field.is_some() => {
            let refusal = (frame.error(&problem, "email"), status_of(problem.code.kind()));
            refused(&frame, (&token, &quote, arrival), &fields, refusal).await
        }
        Err(problem) if problem.code == ProblemCode::SignInFirst => {
            problem::page_with_way(&frame, &problem, Some(session::sign_in_address(&frame)))
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// Places the order, once per form, and finds where it is paid.
async fn placed(frame: &Frame, quote: &Quote, fields: &Fields) -> Result<String, Problem> {
    let channels = frame.channels();
    session::genuine(frame, fields)?;
    limits::check(channels, ORDER, &frame.address).await?;
    let french_terms = french_choice(frame, quote, fields)?;
    let buyer = owner::buyer(frame, fields).await?;
    let asks = (buyer.account, quote.line);
    let Choice { pay_with, provider } =
        choice(&channels.app, asks, fields.given("pay_with").as_deref()).await?;
    let keep_method = pay_methods::keeps(fields);
    let scope = quote.id.to_string();
    let Buyer { email, phone, account } = &buyer;
    let language = frame.language.tag();
    let body = format!("{email:?}\n{phone:?}\n{language}\n{account:?}\n{pay_with:?}");
    let key = RequestKey {
        scope: &scope,
        key: fields.get("key"),
        body_hash: Sha256::digest(body.as_bytes()).into(),
    };
    if !crate::web::once::is_key(key.key) {
        return Err(Problem::of(ProblemCode::FieldInvalid));
    }
    let (id, language) = (quote.id, frame.language);
    let once = once(channels, key, async |seed, at| {
        let mut request = request(id, (buyer, language), french_terms, (seed, at));
        request.pay_with = pay_with;
        let placing = async |request| place(&channels.app, request).await.map(Some);
        let order = limits::placing(channels, (&frame.address, request), placing).await?;
        let id = order.map(|order| order.id.to_string());
        Ok(Once { status: 303, body: id.unwrap_or_default() })
    });
    let answer = once.await?;
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = OrderId::parse(&answer.body).ok_or_else(not_found)?;
    let order = channels.app.order(id).await?;
    let token = Seal(&channels.app.keys.tokens).order_token(id);
    let own = format!("/{}/orders/{token}", frame.language.path());
    let paying = Paying { provider: provider.as_deref(), keep_method };
    let (order, page) = pay(&channels.app, order, paying).await?;
    // A refused charge is explained before another way is offered.
    let is_refused = order.charge.is_some_and(|charge| charge.declined.is_some());
    Ok(page.filter(|_| !is_refused).unwrap_or(own))
}

fn request(
    quote: QuoteId,
    (buyer, language): (Buyer, Language),
    french_terms: Option<String>,
    seed: ([u8; 16], Instant),
) -> PlaceRequest {
    PlaceRequest {
        quote,
        buyer,
        language,
        french_terms,
        channel: Channel::Portal,
        origin: None,
        assisted: None,
        another: false,
        pay_with: PayWith::Page,
        seed,
    }
}

/// Whether the French terms come first: in Quebec, on a page in another language.
fn french_first(language: Language, quote: &Quote) -> bool {
    quote.price.province == Province::Qc && language != Language::FrCa
}

fn french_choice(frame: &Frame, quote: &Quote, fields: &Fields) -> Result<Option<String>, Problem> {
    if !french_first(frame.language, quote) {
        return Ok(None);
    }
    if fields.get("terms_language") == "seen" {
        Ok(Some(frame.channels().app.business.terms_version.clone()))
    } else {
        Err(Problem::of(ProblemCode::TermsNotConfirmed).in_field("terms_language"))
    }
}

async fn page(
    frame: &Frame,
    (token, quote, arrival): (&str, &Quote, Arrival),
    fields: &Fields,
    errors: Vec<FieldError>,
) -> Result<CheckPage, Problem> {
    let app = &frame.channels().app;
    let view = lines::find::view(app, quote.line).await?;
    let catalogue = app.store.catalogue();
    let internal = || Problem::of(ProblemCode::Internal);
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let plan = catalogue.plans.get(&quote.offer.plan).ok_or_else(internal)?;
    let words = frame.words();
    let mut layout = frame.layout_at(&format!("/check/{token}"));
    layout.errors = errors;
    let standing = owner::standing(frame, (quote, &view, operator)).await?;
    let (email, phone) = owner::contact(frame, fields).await?;
    let is_theirs = standing.is_some();
    let arrival = if is_theirs { Arrival::Typed } else { arrival };
    let standing = standing.unwrap_or_else(|| owner::Standing {
        starts: starts(words, quote.offer.start_rule),
        gap: None,
        credit: None,
        change_card: format!("/{}", frame.language.path()),
        change_plan: change_address(app, frame.language, &view.line, arrival),
    });
    let shown_hint = words.dot(&[hint(words, &view.line), operator.name.clone()]);
    let terms = french_first(frame.language, quote).then(|| french_terms(app, fields));
    Ok(CheckPage {
        layout,
        quote: token.to_owned(),
        key: form_key(app, fields),
        card: card(words, &view.line, arrival),
        card_hint: shown_hint,
        change_card: standing.change_card,
        plan: plan.name.get(frame.language).to_owned(),
        gets: present::gets_and_lasts(words, &catalogue, plan),
        change_plan: standing.change_plan,
        starts: standing.starts,
        gap: standing.gap,
        province: quote.price.province.code().to_owned(),
        provinces: provinces(words, &app.business.provinces),
        items: items(words, quote, plan),
        promotions: promotions_in(&catalogue, &quote.price)
            .into_iter()
            .map(|one| present::promotion(words, one, plan.price.currency))
            .collect(),
        code: fields.given("promotion").or_else(|| typed_for(app, quote)).unwrap_or_default(),
        total_label: present::total_label(words, "check-total", &quote.price),
        total: present::total(words, &quote.price),
        email,
        phone,
        pay_with: pay_methods::all(frame, fields, Theirs { credit: standing.credit, is_theirs })
            .await?,
        keep: pay_methods::keep(frame, fields),
        french_terms: terms,
        wrong_number: match operator.network {
            Network::Own => WrongNumberRule::TakenBack,
            Network::Supplier(_) => WrongNumberRule::Desk { hours: DESK_HOURS },
        },
        holds_until: present::clock_time(
            words,
            quote.expires_at,
            (&operator.lifecycle.zone, app.now()),
        ),
    })
}

fn items(words: &Words, quote: &Quote, plan: &Plan) -> Vec<crate::portal::views::PriceItem> {
    present::items(words, &quote.price, plan.name.get(words.language()))
}

/// The number in full for whoever typed it, masked behind a link.
fn card(words: &Words, line: &Line, arrival: Arrival) -> String {
    match (arrival, &line.msisdn) {
        (Arrival::Typed, Some(number)) => words.phone(number.as_str()),
        (Arrival::Typed, None) => line.iccid.as_str().to_owned(),
        (Arrival::Link, _) => masked(line),
    }
}

/// Where another plan is chosen for the same line.
fn change_address(app: &App, language: Language, line: &Line, arrival: Arrival) -> String {
    let until = app.now().plus_seconds(24 * 60 * 60);
    let link = RenewLink { line: line.id, arrival, plan: None, until };
    format!("/{}/renew/{}", language.path(), Seal(&app.keys.tokens).renew_token(&link))
}

/// Where the business sells.
pub(super) fn provinces(words: &Words, sold: &[Province]) -> Vec<ProvinceChoice> {
    let mut choices: Vec<ProvinceChoice> = sold
        .iter()
        .map(|province| ProvinceChoice {
            code: province.code().to_owned(),
            name: province_name(words, *province),
        })
        .collect();
    choices.sort_by(|a, b| a.name.cmp(&b.name));
    choices
}

/// The terms in French, from the same texts as the French page of terms.
fn french_terms(app: &App, fields: &Fields) -> FrenchTerms {
    let french = Words::of(Language::FrCa);
    let sections = app.business.terms(french).into_iter();
    let last = french.say("terms-complaints-text");
    FrenchTerms {
        version: app.business.terms_version.clone(),
        paragraphs: sections.flat_map(|section| section.paragraphs).chain([last]).collect(),
        chosen: fields.get("terms_language") == "seen",
    }
}
