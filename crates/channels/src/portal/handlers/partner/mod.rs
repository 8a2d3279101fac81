//! The portal of partners' people. Whoever is nobody's person finds no partner here, and is told what to do.

pub mod callbacks;
pub mod here;
pub mod keys;
pub mod orders;
pub mod overview;
pub mod requests;
pub mod statement;
pub mod upload;

use super::account::session::SignedIn;
use super::frame::{html, see_other};
use crate::portal::layout::{FieldError, Page};
use crate::portal::views::PartnerChoosePage;
use crate::web::Channels;
use axum::Router;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use farline_app::Problem;
use farline_app::partners::partners_of;
use here::nobody;

/// The routes of the portal.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/{language}/partner", get(choose))
        .route("/{language}/partner/{partner}", get(overview::see))
        .route("/{language}/partner/{partner}/orders", get(orders::list))
        .route("/{language}/partner/{partner}/upload", get(upload::show).post(upload::send))
        .route("/{language}/partner/{partner}/keys", get(keys::list).post(keys::make))
        .route("/{language}/partner/{partner}/keys/{ending}/end", post(keys::end))
        .route("/{language}/partner/{partner}/requests", get(requests::list))
        .route("/{language}/partner/{partner}/callbacks", get(callbacks::list))
        .route("/{language}/partner/{partner}/callbacks/{id}/replay", post(callbacks::replay))
        .route("/{language}/partner/{partner}/statement", get(statement::see))
        .route("/{language}/partner/{partner}/statement.csv", get(statement::csv))
        .route("/{language}/partner/{partner}/statement.pdf", get(statement::pdf))
}

/// `GET /{language}/partner`: on to the one partner there is, or a choice, which `?all` asks for.
pub async fn choose(signed_in: SignedIn, RawQuery(query): RawQuery) -> Response {
    let frame = &signed_in.frame;
    let partners = match partners_of(&frame.channels().app, signed_in.account).await {
        Ok(partners) => partners,
        Err(problem) => return super::problem::page(frame, &problem),
    };
    match partners.as_slice() {
        [] => nobody(frame),
        [one] if query.is_none() => see_other(&signed_in.href(&format!("partner/{}", one.code))),
        several => {
            let named = several.iter().map(|it| (it.code.to_string(), it.name.clone()));
            let page = PartnerChoosePage {
                layout: frame.layout_at("/partner"),
                partners: named.collect(),
            };
            html(StatusCode::OK, &page)
        }
    }
}

/// A page, or what went wrong. Where something is wrong with what was typed, the page says so itself.
fn shown(
    place: &here::AtPartner,
    status: StatusCode,
    page: Result<impl Page, Problem>,
) -> Response {
    match page {
        Ok(page) => html(status, &page),
        Err(problem) => super::problem::page(&place.here.frame, &problem),
    }
}

fn wrong(field: &str, message: String) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), message }]
}
