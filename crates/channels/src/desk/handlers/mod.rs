//! The desk's handlers: who may, parse, call a use case, present.

pub mod audit;
pub mod call;
pub mod find;
pub mod join;
pub mod look;
pub mod me;
pub mod order;
mod order_page;
pub mod orders;
mod partner_page;
pub mod partners;
pub mod plans;
pub mod promotions;
pub mod sign_in;
pub mod supervise;
mod supervise_page;
pub mod team;
pub mod today;

use super::here::Here;
use crate::portal::handlers::account::session::refuse_other_sites;
use crate::portal::handlers::frame::see_other;
use crate::web::Channels;
use axum::Router;
use axum::extract::RawQuery;
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{get, post};

/// The desk's routes.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/desk", get(root))
        .route("/{language}/desk", get(find::show))
        .route("/{language}/desk/cards/{card}", get(look::show).post(look::ask))
        .merge(call::routes())
        .merge(rescues())
        .merge(coming_in())
        .merge(of_plans())
        .merge(of_partners())
        .merge(of_the_staff())
        .layer(from_fn(refuse_other_sites))
}

fn rescues() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/today", get(today::show))
        .route("/{language}/desk/today.csv", get(today::sheet))
        .route("/{language}/desk/orders", get(orders::show))
        .route("/{language}/desk/orders/{reference}", get(order::show))
        .route("/{language}/desk/orders/{reference}/take", post(order::take))
        .route("/{language}/desk/orders/{reference}/refund", post(order::refund))
        .route("/{language}/desk/orders/{reference}/given-back", post(order::given_back))
        .route("/{language}/desk/orders/{reference}/rescue", post(order::rescue))
        .route("/{language}/desk/orders/{reference}/requests/{request}", post(order::answer))
}

fn coming_in() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/{language}/desk/sign-in/demonstration", post(sign_in::demonstration))
        .route("/{language}/desk/sign-in/passkey", post(sign_in::by_passkey))
        .route("/{language}/desk/sign-in/passkey/ask", post(sign_in::ask))
        .route("/{language}/desk/join/{link}", get(join::show).post(join::send))
        .route("/{language}/desk/sign-out", post(sign_in::sign_out))
}

fn of_plans() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/promotions", get(promotions::list).post(promotions::create))
        .route("/{language}/desk/promotions/{promotion}/stop", post(promotions::stop))
        .route("/{language}/desk/plans", get(plans::list))
        .route("/{language}/desk/plans/{plan}", get(plans::show))
        .route("/{language}/desk/plans/{plan}/price", post(plans::set_price))
        .route("/{language}/desk/plans/{plan}/withdraw", post(plans::withdraw))
        .route("/{language}/desk/plans/{plan}/stop", post(plans::stop))
        .route("/{language}/desk/plans/{plan}/resume", post(plans::resume))
}

fn of_partners() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/partners", get(partners::list))
        .route("/{language}/desk/partners/{partner}", get(partners::show))
        .route("/{language}/desk/partners/{partner}/pay-in", post(partners::pay_in))
}

fn of_the_staff() -> Router<Channels> {
    Router::new()
        .route("/{language}/desk/team", get(team::show).post(team::invite))
        .route("/{language}/desk/team/{member}/roles", post(team::set_roles))
        .route("/{language}/desk/team/{member}/end", post(team::end))
        .route("/{language}/desk/audit", get(audit::show))
        .route("/{language}/desk/me", get(me::show))
        .route("/{language}/desk/me/again", post(me::again))
        .route("/{language}/desk/me/passkeys", post(me::added))
        .route("/{language}/desk/me/passkeys/ask", post(me::ask))
        .route("/{language}/desk/me/passkeys/remove", post(me::remove))
        .route("/{language}/desk/supervise", get(supervise::show))
        .route("/{language}/desk/supervise.csv", get(supervise::sheet))
}

/// `GET /desk`, as a telephone system opens it: on to the member's own language.
async fn root(here: Here, RawQuery(query): RawQuery) -> Response {
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    see_other(&format!("/{}/desk{query}", here.member.language.path()))
}
