//! The renewal in a call: the plan, the sentence to read out, how it is paid, and the order as it comes to its end.

use super::{address, head, on, verified};
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{CallerMethod, CheckPage, ReadIn, TermsFirst};
use crate::portal::handlers::form::{Fields, form_key};
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present;
use crate::portal::layout::FieldError;
use crate::web::once::{Once, is_key, once};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::hotline::sell::{self, CallerPays, Sale};
use farline_app::hotline::terms;
use farline_app::lines::outlook::credit_to_pay;
use farline_app::ports::records::RequestKey;
use farline_app::wording::auto_renew::saved_method;
use farline_app::{App, Problem, ProblemCode, accounts, lines};
use farline_domain::commands::LineMark;
use farline_domain::hotline::Call;
use farline_domain::kernel::{Language, OrderId, QuoteId, SavedMethodId};
use farline_domain::notices::Medium;
use farline_domain::orders::{Order, Quote};
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub(super) use super::order::{by_hand, cancel, see, send_link};

/// What the check page is asked with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct CheckQuery {
    /// How the card stood when the agent looked.
    seen: Option<String>,
    /// The language in which it is read out.
    read: Option<String>,
    /// What says that written terms were sent, where they come first.
    terms: Option<String>,
}

impl CheckQuery {
    /// The same of a form.
    fn of(fields: &Fields) -> Self {
        Self {
            seen: fields.given("seen"),
            read: fields.given("read"),
            terms: fields.given("terms"),
        }
    }
}

/// `POST /{language}/desk/calls/{call}/plan`: a plan was chosen; it is priced.
pub(super) async fn choose(
    Path((_, call)): Path<(String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let chosen = async {
        let call = verified(&here, &call).await?;
        let quote = sell::price(&here.frame.channels().app, &call, fields.get("plan")).await?;
        let query = serde_urlencoded::to_string([("seen", fields.get("seen"))]);
        let query = query.map_err(|_| Problem::of(ProblemCode::Internal))?;
        Ok(format!("{}/check/{}?{query}", address(&here, &call), quote.id))
    };
    let led = chosen.await;
    on(&here, led)
}

/// A quote for the card of a call, while it holds.
async fn quoted(app: &App, call: &Call, quote: &str) -> Result<Quote, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = QuoteId::parse(quote).ok_or_else(not_found)?;
    let quote = app.store.quote(id).await?.filter(|quote| quote.line == call.line);
    let quote = quote.ok_or_else(not_found)?;
    if quote.is_valid_at(app.now()) {
        Ok(quote)
    } else {
        Err(Problem::of(ProblemCode::QuoteExpired))
    }
}

/// `GET /{language}/desk/calls/{call}/check/{quote}`
pub(super) async fn check(
    here: Here,
    Path((_, call, quote)): Path<(String, String, String)>,
    Query(query): Query<CheckQuery>,
) -> Response {
    let shown = async {
        let call = verified(&here, &call).await?;
        let quote = quoted(&here.frame.channels().app, &call, &quote).await?;
        view(&here, (&call, &quote), &query, &Fields::default()).await
    };
    match shown.await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/calls/{call}/check/{quote}`: the caller said yes.
pub(super) async fn sell(
    Path((_, call, quote)): Path<(String, String, String)>,
    Posted { here, fields }: Posted,
) -> Response {
    let app = &here.frame.channels().app;
    let opened = async {
        let call = verified(&here, &call).await?;
        let quote = quoted(app, &call, &quote).await?;
        Ok((call, quote))
    };
    let (call, quote) = match opened.await {
        Ok(opened) => opened,
        Err(problem) => return here.problem(&problem),
    };
    let done = match fields.get("pay") {
        "terms" => terms_sent(&here, (&call, &quote), &fields).await,
        _ => sold(&here, (&call, &quote), &fields).await,
    };
    match done {
        Ok(led) => on(&here, Ok(led)),
        Err(problem) => again(&here, (&call, &quote), &fields, &problem).await,
    }
}

/// The check page once more, with what was wrong; what was typed stays.
async fn again(
    here: &Here,
    (call, quote): (&Call, &Quote),
    fields: &Fields,
    problem: &Problem,
) -> Response {
    let field = match problem.code {
        ProblemCode::RenewalInProgress | ProblemCode::RenewalAwaitsPayment => "another",
        _ => "email",
    };
    let error = match problem.code {
        ProblemCode::RenewedMeanwhile => {
            FieldError { field: String::new(), ..here.frame.error(problem, field) }
        }
        _ => here.frame.error(problem, field),
    };
    match view(here, (call, quote), &CheckQuery::of(fields), fields).await {
        Ok(mut page) => {
            page.layout.errors = vec![error];
            html(crate::api::problem::status_of(problem.code.kind()), &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

/// Sends the written terms, and leads back to where the caller can then say yes.
async fn terms_sent(
    here: &Here,
    (call, quote): (&Call, &Quote),
    fields: &Fields,
) -> Result<String, Problem> {
    let (app, read) = (&here.frame.channels().app, fields.get("read"));
    let token = terms::send_to_caller(app, call, (quote, read_in(read))).await?;
    let query = [("seen", fields.get("seen")), ("read", read), ("terms", &token)];
    let query = serde_urlencoded::to_string(query);
    let query = query.map_err(|_| Problem::of(ProblemCode::Internal))?;
    Ok(format!("{}/check/{}?{query}", address(here, call), quote.id))
}

/// Places the order, once per form, and sends the link where one was asked for.
async fn sold(
    here: &Here,
    (call, quote): (&Call, &Quote),
    fields: &Fields,
) -> Result<String, Problem> {
    let channels = here.frame.channels();
    let (pays, medium) = pays(fields.get("pay"))?;
    let (scope, language) = (format!("{}:{}", call.id, quote.id), read_in(fields.get("read")));
    let said = [fields.get("pay"), fields.get("email"), fields.get("phone"), fields.get("another")];
    let key = RequestKey {
        scope: &scope,
        key: fields.get("key"),
        body_hash: Sha256::digest(said.join("\n")).into(),
    };
    if !is_key(key.key) {
        return Err(Problem::of(ProblemCode::FieldInvalid));
    }
    let answer = once(channels, key, async |seed, at| {
        let sale = Sale {
            quote: quote.clone(),
            pays,
            email: fields.given("email"),
            phone: fields.given("phone"),
            language,
            seen: mark_of(fields.get("seen")),
            terms: fields.get("terms").to_owned(),
            another: fields.get("another") == "yes",
            seed: (seed, at),
        };
        let order = sell::sell(&channels.app, call, sale).await?;
        Ok(Once { status: 303, body: order.id.to_string() })
    });
    let answer = answer.await?;
    let own = format!("{}/orders/{}", address(here, call), answer.body);
    let Some(medium) = medium else { return Ok(own) };
    let id = OrderId::parse(&answer.body).ok_or(Problem::of(ProblemCode::NotFound))?;
    let order = channels.app.order(id).await?;
    // The order stands: a link that could not be sent is sent from its page.
    match sell::send_link(&channels.app, (call, &order), medium).await {
        Ok(()) => Ok(format!("{own}?sent={}", medium.code())),
        Err(problem) => Ok(format!("{own}?problem={}", problem.code.code())),
    }
}

/// How it is paid, and how the link travels.
fn pays(typed: &str) -> Result<(CallerPays, Option<Medium>), Problem> {
    match typed {
        "sms" => Ok((CallerPays::ByLink, Some(Medium::Sms))),
        "email" => Ok((CallerPays::ByLink, Some(Medium::Email))),
        "qr" => Ok((CallerPays::ByLink, None)),
        "credit" => Ok((CallerPays::FromCredit, None)),
        id => {
            let unknown = || Problem::of(ProblemCode::FieldInvalid).in_field("pay_with");
            let id = SavedMethodId::parse(id).ok_or_else(unknown)?;
            Ok((CallerPays::WithMethod(id), None))
        }
    }
}

fn read_in(typed: &str) -> Language {
    Language::ALL.into_iter().find(|one| one.path() == typed).unwrap_or(Language::EnCa)
}

/// How the card stood when the agent looked: the newest order and the last grant. What cannot be read fits no card.
fn mark_of(typed: &str) -> LineMark {
    let (newest, buckets) = typed.split_once('~').unwrap_or_default();
    LineMark { newest_order: OrderId::parse(newest), buckets: buckets.parse().unwrap_or(u32::MAX) }
}

async fn view(
    here: &Here,
    (call, quote): (&Call, &Quote),
    asked: &CheckQuery,
    fields: &Fields,
) -> Result<CheckPage, Problem> {
    let (app, words) = (&here.frame.channels().app, here.frame.words());
    let view = lines::find::view(app, call.line).await?;
    let language = asked.read.as_deref().map_or(view.line.language, read_in);
    let catalogue = app.store.catalogue();
    let plan = catalogue.plans.get(&quote.offer.plan).ok_or(Problem::of(ProblemCode::Internal))?;
    let (email, phone) = contact(app, call, fields).await?;
    let terms = terms_first(here, (call, quote), asked);
    let is_charged_here = !matches!(terms, TermsFirst::Wanted);
    let mut layout = here.layout(Section::Desk);
    let rest = format!("/desk/calls/{}/check/{}", call.id, quote.id);
    layout.page.path = crate::portal::layout::PagePath::InLanguage(rest);
    Ok(CheckPage {
        layout,
        head: head(here, call).await?,
        quote: quote.id.to_string(),
        key: form_key(app, fields),
        seen: asked.seen.clone().unwrap_or_default(),
        sentence: sell::sentence(app, quote, language).await?,
        language,
        others: others(language),
        items: present::items(words, &quote.price, plan.name.get(words.language())),
        total_label: present::total_label(words, "check-total", &quote.price),
        total: present::total(words, &quote.price),
        email,
        phone,
        methods: if is_charged_here { methods(here, call).await? } else { Vec::new() },
        credit: if is_charged_here { credit(here, (call, quote)).await? } else { None },
        terms,
        another: fields.get("another") == "yes",
    })
}

/// Whether written terms come first, and whether they are there.
fn terms_first(here: &Here, (call, quote): (&Call, &Quote), asked: &CheckQuery) -> TermsFirst {
    if !terms::come_first(quote, CallerPays::FromCredit) {
        return TermsFirst::No;
    }
    let app = &here.frame.channels().app;
    let token = asked.terms.as_deref().unwrap_or_default();
    match terms::were_sent(app, (call, quote), token) {
        None => TermsFirst::Wanted,
        Some(medium) => TermsFirst::Sent {
            sentence: here.frame.words().say(&format!("desk-terms-sent-{}", medium.code())),
            token: token.to_owned(),
        },
    }
}

/// Where the payer is reached: as typed, else the holder's own addresses, else the card itself.
async fn contact(app: &App, call: &Call, fields: &Fields) -> Result<(String, String), Problem> {
    if fields.given("key").is_some() {
        return Ok((fields.get("email").to_owned(), fields.get("phone").to_owned()));
    }
    let account = accounts::holder(app, call.line).await?;
    let buyer = farline_app::orders::Buyer { account, ..Default::default() };
    let buyer = accounts::orders::reachable(app, buyer).await?;
    let number = lines::find::view(app, call.line).await?.line.msisdn.map(String::from);
    Ok((buyer.email.unwrap_or_default(), buyer.phone.or(number).unwrap_or_default()))
}

fn others(language: Language) -> Vec<ReadIn> {
    let other = |one: &Language| *one != language;
    let read = |one: Language| ReadIn { path: one.path().to_owned(), language: one };
    Language::ALL.into_iter().filter(other).map(read).collect()
}

async fn methods(here: &Here, call: &Call) -> Result<Vec<CallerMethod>, Problem> {
    let usable = sell::usable_methods(&here.frame.channels().app, call.line).await?;
    let shown = |method: &farline_app::ports::methods::AccountMethod| CallerMethod {
        id: method.id.to_string(),
        label: saved_method(here.frame.words(), &method.saved),
    };
    Ok(usable.iter().map(shown).collect())
}

/// The card's own credit, as it is shown, if it is enough.
async fn credit(here: &Here, (call, quote): (&Call, &Quote)) -> Result<Option<String>, Problem> {
    let app = &here.frame.channels().app;
    let view = lines::find::view(app, call.line).await?;
    let catalogue = app.store.catalogue();
    let operator = lines::operator_of(&catalogue, &view.line)?;
    let credit = credit_to_pay(&view, (&operator.lifecycle, app.now()));
    let total = quote.price.total;
    let is_enough = credit >= total.minor;
    Ok(is_enough.then(|| here.frame.words().money(credit, total.currency.code())))
}

/// An order of the call's card.
pub(super) async fn order_of(app: &App, call: &Call, id: &str) -> Result<Order, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = OrderId::parse(id).ok_or_else(not_found)?;
    let order = app.order(id).await?;
    if order.line == call.line { Ok(order) } else { Err(not_found()) }
}
