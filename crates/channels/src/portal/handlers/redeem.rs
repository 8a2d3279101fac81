//! Renewing with what was bought at a shop: the number of an order there, or a voucher's code.

use super::account::session;
use super::form::Fields;
use super::frame::{Frame, html, see_other};
use super::{present, problem};
use crate::api::problem::status_of;
use crate::portal::layout::FieldError;
use crate::portal::views::{RedeemCheckPage, RedeemPage, SellerLine, SellersPage};
use crate::web::limits::{PerAddress, check, check_subject, guessing};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::shops::demonstration;
use farline_app::shops::{Bought, Ready, Redeemable, look_up, redeem};
use farline_app::tokens::Seal;
use farline_app::wording::{hint, starts};
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::orders::Order;
use serde::Deserialize;

/// Trying things bought, by address.
const REDEEM: PerAddress = PerAddress { name: "redeem", most: 60, window_seconds: 600 };
/// Trying what is nothing: enough for a mistake, too slow to guess the numbers of others' orders.
const UNKNOWN_BOUGHT: PerAddress =
    PerAddress { name: "unknown-bought", most: 10, window_seconds: 600 };
/// Trying the same thing, whoever does.
const SAME_BOUGHT: PerAddress = PerAddress { name: "same-bought", most: 30, window_seconds: 3600 };
/// Nothing that can be bought is longer.
const LONGEST: usize = 64;

/// `?bought=`: the link that a shop sends its buyer.
#[derive(Debug, Deserialize)]
pub struct BoughtQuery {
    bought: Option<String>,
}

/// `GET /redeem`: as it stands on a card or in a message of a shop.
pub async fn short(frame: Frame, Query(query): Query<BoughtQuery>) -> Response {
    let bought = serde_urlencoded::to_string([("bought", query.bought.unwrap_or_default())]);
    see_other(&format!("/{}/redeem?{}", frame.language.path(), bought.unwrap_or_default()))
}

/// `GET /{language}/redeem`
pub async fn form(frame: Frame, Query(query): Query<BoughtQuery>) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let bought = query.bought.unwrap_or_default();
    let bought = bought.chars().take(LONGEST).collect();
    show(&frame, StatusCode::OK, (bought, String::new(), Vec::new()))
}

fn show(
    frame: &Frame,
    status: StatusCode,
    (bought, number, errors): (String, String, Vec<FieldError>),
) -> Response {
    let mut layout = frame.layout_at("/redeem");
    layout.errors = errors;
    let samples = demonstration::samples(&frame.channels().app);
    html(status, &RedeemPage { layout, bought, number, samples })
}

/// `POST /{language}/redeem`: what was bought, and for which card; nothing is changed.
pub async fn check_page(frame: Frame, fields: Fields) -> Response {
    let app = &frame.channels().app;
    let shown = async {
        match guarded(&frame, &fields, async |bought| look_up(app, bought).await).await? {
            Redeemable::Made(order) => Ok(see_other(&address_of(&frame, &order))),
            Redeemable::Ready(ready) => {
                Ok(html(StatusCode::OK, &ready_page(&frame, &fields, &ready).await?))
            }
        }
    };
    shown.await.unwrap_or_else(|problem| wrong(&frame, &fields, &problem))
}

/// `POST /{language}/redeem/confirm`: renews the card.
pub async fn confirm(frame: Frame, fields: Fields) -> Response {
    let app = &frame.channels().app;
    match guarded(&frame, &fields, async |bought| redeem(app, bought).await).await {
        Ok(order) => see_other(&address_of(&frame, &order)),
        Err(problem) => wrong(&frame, &fields, &problem),
    }
}

/// `GET /{language}/redeem/confirm`: somebody reloaded after an error; they start again.
pub async fn again(frame: Frame) -> Response {
    see_other(&format!("/{}/redeem", frame.language.path()))
}

/// Counts who tries what, and does it. What turns out to be nothing is counted as a guess.
async fn guarded<T>(
    frame: &Frame,
    fields: &Fields,
    doing: impl AsyncFnOnce(Bought<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let channels = frame.channels();
    if frame.named.is_none() {
        return Err(Problem::of(ProblemCode::NotFound));
    }
    session::genuine(frame, fields)?;
    check(channels, REDEEM, &frame.address).await?;
    let (what, number) = (fields.get("bought"), fields.get("number"));
    if what.is_empty() || what.chars().count() > LONGEST {
        return Err(Problem::of(ProblemCode::BoughtUnknown).in_field("bought"));
    }
    crate::api::lines::find(channels, &frame.address, number).await?;
    let guess = (UNKNOWN_BOUGHT, ProblemCode::BoughtUnknown);
    let counted = async {
        check_subject(channels, SAME_BOUGHT, what).await?;
        doing(Bought { what, number }).await
    };
    guessing((channels, &frame.address), guess, counted).await
}

/// What is wrong, beside the field that it is about.
fn wrong(frame: &Frame, fields: &Fields, problem: &Problem) -> Response {
    if problem.field.is_none() {
        return problem::page(frame, problem);
    }
    let errors = vec![frame.error(problem, "bought")];
    let typed = (fields.get("bought").to_owned(), fields.get("number").to_owned(), errors);
    show(frame, status_of(problem.code.kind()), typed)
}

fn address_of(frame: &Frame, order: &Order) -> String {
    let token = Seal(&frame.channels().app.keys.tokens).order_token(order.id);
    format!("/{}/orders/{token}", frame.language.path())
}

async fn ready_page(
    frame: &Frame,
    fields: &Fields,
    ready: &Ready,
) -> Result<RedeemCheckPage, Problem> {
    let app = &frame.channels().app;
    let line = lines::find::view(app, ready.quote.line).await?.line;
    let catalogue = app.store.catalogue();
    let internal = || Problem::of(ProblemCode::Internal);
    let operator = lines::operator_of(&catalogue, &line)?;
    let plan = catalogue.plans.get(&ready.quote.offer.plan).ok_or_else(internal)?;
    let words = frame.words();
    Ok(RedeemCheckPage {
        layout: frame.layout_at("/redeem"),
        bought: fields.get("bought").to_owned(),
        number: fields.get("number").to_owned(),
        card: match &line.msisdn {
            Some(number) => words.phone(number.as_str()),
            None => line.iccid.as_str().to_owned(),
        },
        card_hint: words.dot(&[hint(words, &line), operator.name.clone()]),
        plan: plan.name.get(frame.language).to_owned(),
        gets: present::gets_and_lasts(words, &catalogue, plan),
        starts: starts(words, ready.quote.offer.start_rule),
        shop: ready.shop.title.clone(),
    })
}

/// `GET /{language}/sellers`: the shops that may sell, so that a buyer can see whether one may.
pub async fn sellers(frame: Frame) -> Response {
    if frame.named.is_none() {
        return problem::page(&frame, &Problem::of(ProblemCode::NotFound));
    }
    let words = frame.words();
    let mut shops: Vec<SellerLine> = (frame.channels().app.shops.each())
        .map(|shop| SellerLine {
            title: shop.title.clone(),
            at: shop.gateway.as_ref().map_or_else(String::new, |gateway| {
                words.say(&format!("marketplace-{}", gateway.marketplace().code()))
            }),
            address: shop.address.as_ref().map(|address| {
                let shown = address.trim_start_matches("https://").trim_end_matches('/');
                (address.clone(), shown.to_owned())
            }),
        })
        .collect();
    shops.sort_by(|one, other| one.title.cmp(&other.title));
    html(StatusCode::OK, &SellersPage { layout: frame.layout(), shops })
}
