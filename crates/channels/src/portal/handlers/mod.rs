//! The portal's handlers: parse, call a use case, present. The pages stand in [`super::views`].

pub mod account;
pub mod check;
pub mod compare;
pub mod form;
pub mod frame;
pub mod home;
pub mod legal;
pub mod mailbox;
pub mod order_page;
pub mod orders;
pub mod partner;
pub mod partners;
mod pay_methods;
pub mod present;
pub mod problem;
pub mod promotions;
pub mod receipt;
pub mod redeem;
pub mod renew;

use crate::web::Channels;
use axum::Router;
use axum::routing::{get, post};

/// The portal's routes.
pub fn routes() -> Router<Channels> {
    Router::new()
        .route("/", get(home::root))
        .route("/{language}", get(home::home))
        .route("/{language}/renew", get(home::again).post(renew::find))
        .route("/{language}/renew/{link}", get(renew::plans).post(renew::choose))
        .route("/l/{link}", get(renew::short))
        .route("/{language}/check/{quote}", get(check::check).post(check::order))
        .route("/{language}/check/{quote}/province", post(check::province))
        .route("/{language}/check/{quote}/promotion", post(check::promotion))
        .route("/{language}/promotions", get(promotions::page))
        .route("/{language}/compare", get(compare::page))
        .route("/{language}/compare.csv", get(compare::sheet))
        .route("/{language}/orders/{token}", get(orders::see))
        .route("/{language}/orders/{token}/pay", get(orders::pay))
        .route("/{language}/orders/{token}/cancel", post(orders::cancel))
        .route("/{language}/orders/{token}/another", post(orders::choose_held))
        .route("/{language}/orders/{token}/wrong-number", post(orders::wrong_number))
        .route("/{language}/orders/{token}/cancel-queued", post(orders::cancel_queued))
        .route("/{language}/orders/{token}/receipt", get(receipt::receipt))
        .route("/{language}/orders/{token}/receipt.pdf", get(receipt::receipt_pdf))
        .route("/{language}/orders/{token}/proof", get(receipt::proof))
        .route("/{language}/orders/{token}/proof.pdf", get(receipt::proof_pdf))
        .route("/{language}/about", get(legal::about))
        .route("/{language}/terms", get(legal::terms))
        .route("/{language}/privacy", get(legal::privacy))
        .route("/{language}/complaints", get(legal::complaints))
        .route("/{language}/partners", get(partners::page).post(partners::sign_up))
        .route("/redeem", get(redeem::short))
        .route("/{language}/redeem", get(redeem::form).post(redeem::check_page))
        .route("/{language}/redeem/confirm", get(redeem::again).post(redeem::confirm))
        .route("/{language}/sellers", get(redeem::sellers))
        .route("/mailbox", get(mailbox::mailbox))
        .merge(account::routes())
        .merge(partner::routes())
        .layer(axum::middleware::from_fn(account::session::refuse_other_sites))
        .fallback(problem::no_such_page)
}
