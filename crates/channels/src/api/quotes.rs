//! `POST /api/v1/quotes`

use super::account_lines::last_moment;
use super::body::Body;
use super::lines::find;
use super::orders::key_of;
use super::problem::{ApiProblem, Asker};
use super::shapes::{ItemShape, PromotionShape, QuoteRequestShape, QuoteShape};
use crate::web::limits::{self, QUOTE};
use crate::web::{Address, Caller, Channels, Once, once};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use farline_app::ports::records::RequestKey;
use farline_app::quotes::{Promoting, QuoteRequest, make as make_quote, promotions_in};
use farline_app::wording::{price_item_label, promotion_applied, promotion_limits, starts};
use farline_app::{Problem, ProblemCode, accounts, lines};
use farline_domain::catalog::{Price, PriceItem, PriceItemKind, Promotion};
use farline_domain::kernel::{AccountId, LineId, Province, Zone};
use farline_domain::lines::{Renewal, renew};
use farline_domain::orders::Quote;
use farline_texts::Words;

/// Makes a quote.
#[utoipa::path(post, path = "/api/v1/quotes", tag = "renew",
    params(("Idempotency-Key" = String, Header, description = "A UUID or at least 22 characters; any for a signed-in caller")),
    request_body = QuoteRequestShape,
    security((), ("bearer" = [])),
    responses(
        (status = 201, body = QuoteShape),
        (status = 400, description = "No usable Idempotency-Key, or an unreadable body"),
        (status = 401, description = "The session has ended"),
        (status = 404, description = "No such line"),
        (status = 409, description = "The line cannot be renewed, the promotion is used up, or the key is in use"),
        (status = 422, description = "A wrong value, or the key was used with another body"),
    ))]
pub async fn make(
    State(channels): State<Channels>,
    (asker, address, caller, headers): (Asker, Address, Caller, HeaderMap),
    body: Body<QuoteRequestShape>,
) -> Result<Response, ApiProblem> {
    let made = answer(&channels, (&asker, &caller), (&address, &headers), body).await;
    made.map(created).map_err(|problem| asker.problem(problem))
}

/// An answer kept under a key, as a response.
pub(super) fn created(once: Once) -> Response {
    let status = StatusCode::from_u16(once.status).unwrap_or(StatusCode::CREATED);
    (status, [(header::CONTENT_TYPE, "application/json")], once.body).into_response()
}

async fn answer(
    channels: &Channels,
    (asker, caller): (&Asker, &Caller),
    (address, headers): (&Address, &HeaderMap),
    body: Body<QuoteRequestShape>,
) -> Result<Once, Problem> {
    let account = caller.if_account()?;
    let key = key_of(headers, account)?;
    limits::check(channels, QUOTE, address).await?;
    let line = find(channels, address, &body.value.line).await?;
    let scope = account.map_or_else(|| line.to_string(), |account| account.to_string());
    let request = RequestKey { scope: &scope, key, body_hash: body.hash };
    let language = asker.language;
    once(channels, request, async |seed, _| {
        let wanted = wanted((line, account), body.value, seed)?;
        let typed = wanted.promotions.typed().map(str::to_owned);
        let making = make_quote(&channels.app, wanted);
        let quote = limits::pricing(channels, (address, typed.as_deref()), making).await?;
        let mut shape = shape(channels, &quote, Words::of(language));
        if let Some((renewal, zone)) = renewal(channels, account, &quote).await? {
            shape.starts_at = Some(renewal.starts.rfc3339());
            let expires_on = renewal.dates.expires_on;
            shape.new_expiry = expires_on.map(|date| last_moment(date, &zone));
        }
        Ok(Once { status: 201, body: serde_json::to_string(&shape).unwrap_or_default() })
    })
    .await
}

/// What the plan would do to the line's dates, for a caller with rights to it.
async fn renewal(
    channels: &Channels,
    account: Option<AccountId>,
    quote: &Quote,
) -> Result<Option<(Renewal, Zone)>, Problem> {
    let app = &channels.app;
    let Some(account) = account else { return Ok(None) };
    if accounts::rights(app, account, quote.line).await?.is_none() {
        return Ok(None);
    }
    let view = lines::find::view(app, quote.line).await?;
    let catalogue = app.store.catalogue();
    let rule = &lines::operator_of(&catalogue, &view.line)?.lifecycle;
    let terms = (quote.offer.validity, quote.offer.start_rule);
    let renewal = renew(rule, view.line.dates, terms, quote.made_at)?;
    Ok(Some((renewal, rule.zone.clone())))
}

fn wanted(
    (line, account): (LineId, Option<AccountId>),
    body: QuoteRequestShape,
    seed: [u8; 16],
) -> Result<QuoteRequest, Problem> {
    let unknown = || Problem::of(ProblemCode::ProvinceUnknown).in_field("province");
    let province = body.province.map(|code| Province::parse(&code).ok_or_else(unknown));
    let province = province.transpose()?;
    let promotions = Promoting::to(account, body.promotion);
    Ok(QuoteRequest { line, plan: body.plan, promotions, province, seed })
}

/// The items of a price of a plan with this name.
pub(crate) fn items(words: &Words, price: &Price, name: &str) -> Vec<ItemShape> {
    let shape = |item: &PriceItem| ItemShape {
        kind: match item.kind {
            PriceItemKind::Plan => "plan",
            PriceItemKind::Promotion(_) => "promotion",
            PriceItemKind::Levy(_) => "levy",
            PriceItemKind::Tax(..) => "tax",
        },
        label: price_item_label(words, item, name),
        amount: item.amount.into(),
    };
    price.items.iter().map(shape).collect()
}

fn shape(channels: &Channels, quote: &Quote, words: &Words) -> QuoteShape {
    let catalogue = channels.app.store.catalogue();
    let name = catalogue.plans.get(&quote.offer.plan);
    let name = name.map_or("", |plan| plan.name.get(words.language()));
    let promotions = promotions_in(&catalogue, &quote.price);
    let limits = promotions.iter().filter_map(|one| promotion_limits(words, one));
    let limits: Vec<String> = limits.collect();
    let currency = quote.price.total.currency;
    let shown = |one: &Promotion| PromotionShape {
        code: one.code.to_string(),
        applied: promotion_applied(words, one, currency),
    };
    QuoteShape {
        id: quote.id.to_string(),
        items: items(words, &quote.price, name),
        total: quote.price.total.into(),
        province: quote.price.province.code(),
        expires_at: quote.expires_at.rfc3339(),
        starts_at: None,
        new_expiry: None,
        starts: starts(words, quote.offer.start_rule),
        promotion_limits: (!limits.is_empty()).then(|| words.dot(&limits)),
        promotions: promotions.into_iter().map(shown).collect(),
    }
}
