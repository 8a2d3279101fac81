//! The pages of accounts: coming in and going out, cards and their people, orders, and the person.

pub mod add_card;
pub mod approve;
pub mod auto_renew;
mod by_hour;
pub mod card;
pub mod cards;
pub mod helpers;
pub mod history;
pub mod keep;
pub mod marketing;
pub mod methods;
pub mod orders;
mod outlook;
pub mod owner;
pub mod present;
pub mod register;
pub mod reminders;
pub mod sealed;
pub mod session;
pub mod settings;
pub mod sign_in;
pub mod usage;

use super::frame::{Frame, html, see_other};
use super::problem;
use crate::portal::layout::Page;
use crate::web::Channels;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use farline_app::accounts::{Permitted, permit};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::LineId;
use session::SignedIn;

/// The routes of accounts.
pub fn routes() -> Router<Channels> {
    coming_in().merge(of_cards()).merge(of_the_person())
}

fn coming_in() -> Router<Channels> {
    Router::new()
        .route("/{language}/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/{language}/sign-in/code", get(sign_in::start_again).post(sign_in::code))
        .route("/{language}/sign-in/code/again", post(sign_in::another_code))
        .route("/{language}/register", get(register::show).post(register::send))
        .route("/{language}/verify", get(register::start_again).post(register::code))
        .route("/{language}/verify/again", post(register::another_code))
        .route("/{language}/sign-out", post(sign_in::sign_out))
}

fn of_cards() -> Router<Channels> {
    Router::new()
        .route("/{language}/cards", get(cards::list))
        .route("/{language}/cards/add", get(add_card::show).post(add_card::send))
        .route("/{language}/cards/add/{request}", get(add_card::proof).post(add_card::prove))
        .route("/{language}/cards/{id}", get(card::see))
        .route("/{language}/cards/{id}/renew", post(card::renew))
        .route("/{language}/cards/{id}/nickname", post(card::rename))
        .route("/{language}/cards/{id}/remove", post(card::remove))
        .route("/{language}/cards/{id}/auto-renew", get(auto_renew::show).post(auto_renew::send))
        .route("/{language}/cards/{id}/auto-renew/off", get(auto_renew::ask).post(auto_renew::end))
        .route("/{language}/cards/{id}/usage", get(usage::see))
        .route("/{language}/cards/{id}/history", get(history::see))
        .route("/{language}/cards/{id}/reminders", get(reminders::see).post(reminders::save))
        .route("/{language}/cards/{id}/keep", get(keep::see))
        .route("/{language}/cards/{id}/keep.ics", get(keep::dates))
        .route("/{language}/cards/{id}/helpers", get(helpers::see).post(helpers::name))
        .route("/{language}/cards/{id}/helpers/{helper}/revoke", post(helpers::take_back))
        .route("/{language}/approve/{token}", get(approve::see).post(approve::send))
}

fn of_the_person() -> Router<Channels> {
    Router::new()
        .route("/{language}/orders", get(orders::list))
        .route("/{language}/account", get(settings::see))
        .route("/{language}/account/language", post(settings::set_language))
        .route("/{language}/account/contacts", post(settings::add_contact))
        .route("/{language}/account/contacts/{id}/remove", post(settings::remove_contact))
        .route("/{language}/account/marketing", post(marketing::choose))
        .route("/{language}/account/password", post(settings::set_password))
        .route("/{language}/account/sign-out-everywhere", post(settings::sign_out_everywhere))
        .route("/{language}/account/methods", get(methods::list).post(methods::save_another))
        .route("/{language}/account/methods/added/{token}", get(methods::added))
        .route("/{language}/account/methods/{id}/remove", get(methods::ask).post(methods::forget))
        .route("/{language}/account/data.json", get(settings::data))
        .route("/{language}/account/delete", post(settings::delete))
        .route("/{language}/deleted", get(settings::deleted))
        .route("/{language}/unsubscribe/{token}", get(marketing::see).post(marketing::leave))
}

/// A page, or what went wrong.
fn shown(frame: &Frame, page: Result<impl Page, Problem>) -> Response {
    match page {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => problem::page(frame, &problem),
    }
}

/// On to an address, or what went wrong.
fn on(frame: &Frame, address: Result<String, Problem>) -> Response {
    match address {
        Ok(address) => see_other(&address),
        Err(problem) => problem::page(frame, &problem),
    }
}

/// Opens a card of the account's by the id in the address. For everybody else there is none.
async fn opened(here: &SignedIn, id: &str) -> Result<Permitted, Problem> {
    let line = LineId::parse(id).ok_or(Problem::of(ProblemCode::NotFound))?;
    permit(&here.frame.channels().app, here.account, line).await
}
