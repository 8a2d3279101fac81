//! The part of the machine API about methods that are kept, and charges of them.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;

use super::{
    Access, Body, ByReference, Call, Decision, LONGEST_LIST, NO_REFERENCE, change, json, show,
    written,
};
use crate::{
    Server,
    charges::{self, CreateCharge},
    methods,
    records::Change,
    refusal::Refusal,
    setups::{self, OpenSetup},
    shapes::{self, ListShape},
};

pub(super) fn router() -> Router<Arc<Server>> {
    Router::new()
        .route("/v1/setups", post(open_setup).get(list_setups))
        .route("/v1/setups/{id}", get(show_setup))
        .route("/v1/charges", post(create_charge).get(list_charges))
        .route("/v1/charges/{id}", get(show_charge))
        .route("/v1/methods", get(list_methods))
        .route("/v1/methods/{id}", get(show_method).delete(forget_method))
}

async fn open_setup(server: Access, headers: HeaderMap, body: Body) -> Response {
    let call = Call { name: "POST /v1/setups".to_owned(), success: StatusCode::CREATED };
    change(&server, call, &headers, body, |moment, _, request: &OpenSetup| {
        let setup = setups::open(moment, request)?;
        let text = written(&shapes::setup(&moment.base_url, &setup, None))?;
        Ok(Decision::told(vec![Change::Setup(setup)], text))
    })
    .await
}

async fn create_charge(server: Access, headers: HeaderMap, body: Body) -> Response {
    let call = Call { name: "POST /v1/charges".to_owned(), success: StatusCode::CREATED };
    // Whoever charges without the payer must be able to ask again.
    let Some(key) = headers.get("idempotency-key").and_then(|key| key.to_str().ok()) else {
        return Refusal::IdempotencyKeyMissing.into_response();
    };
    let key = key.to_owned();
    change(&server, call, &headers, body, move |moment, state, request: &CreateCharge| {
        let charged = charges::create(moment, state, &key, request)?;
        let text = written(&shapes::charge(&charged.charge, charged.payment.as_ref()))?;
        Ok(Decision { changes: charged.changes, text, first_answer: charged.first_answer })
    })
    .await
}

async fn show_setup(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |moment, state| {
        let setup = state.setup(&id).ok_or(Refusal::NotFound)?;
        written(&shapes::setup(&moment.base_url, setup, state.method_of(setup)))
    })
    .await
}

async fn show_charge(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |_, state| {
        let charge = state.charge(&id).ok_or(Refusal::NotFound)?;
        written(&shapes::charge(charge, state.payment_by(charge)))
    })
    .await
}

async fn show_method(server: Access, Path(id): Path<String>) -> Response {
    show(&server, move |_, state| {
        written(&shapes::kept(state.method(&id).ok_or(Refusal::NotFound)?))
    })
    .await
}

/// Forgetting again changes nothing.
async fn forget_method(server: Access, Path(id): Path<String>) -> Response {
    let done = server.transact(move |_, state| match state.method(&id) {
        Some(method) => {
            let (changes, after) = methods::forget(method);
            (changes, written(&shapes::kept(&after)))
        }
        None => (Vec::new(), Err(Refusal::NotFound)),
    });
    match done.await {
        Ok(Ok(text)) => json(StatusCode::OK, text),
        Ok(Err(refusal)) | Err(refusal) => refusal.into_response(),
    }
}

async fn list_setups(server: Access, Query(query): Query<ByReference>) -> Response {
    show(&server, move |moment, state| {
        let reference = query.reference.ok_or(NO_REFERENCE)?;
        let setups = state.setups_of(&reference).take(LONGEST_LIST);
        let data = setups
            .map(|setup| shapes::setup(&moment.base_url, setup, state.method_of(setup)))
            .collect();
        written(&ListShape { data })
    })
    .await
}

async fn list_charges(server: Access, Query(query): Query<ByReference>) -> Response {
    show(&server, move |_, state| {
        let reference = query.reference.ok_or(NO_REFERENCE)?;
        let charges = state.charges_of(&reference).take(LONGEST_LIST);
        let data = charges.map(|charge| shapes::charge(charge, state.payment_by(charge))).collect();
        written(&ListShape { data })
    })
    .await
}

#[derive(Deserialize)]
struct ByCustomer {
    customer: Option<String>,
}

async fn list_methods(server: Access, Query(query): Query<ByCustomer>) -> Response {
    show(&server, move |_, state| {
        let none = Refusal::Invalid("name the customer by ?customer=");
        let customer = query.customer.ok_or(none)?;
        let data = state.kept_for(&customer).take(LONGEST_LIST).map(shapes::kept).collect();
        written(&ListShape { data })
    })
    .await
}
