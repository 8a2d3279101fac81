//! The order's page and what can be done there.

use super::form::Fields;
use super::frame::{Frame, html, see_other};
use super::{order_page, problem};
use axum::extract::Path;
use axum::http::header::REFRESH;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use farline_app::orders::{
    Paying, cancel as cancel_order, cancel_queued as give_back, choose_held as choose, pay_url,
    report_wrong_number, see as see_order,
};
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode};
use farline_domain::commands::{Actor, HeldChoice};
use farline_domain::orders::Order;

/// Opens an order by the bearer in its address.
pub(super) async fn open(frame: &Frame, token: &str) -> Result<Order, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    if frame.named.is_none() {
        return Err(not_found());
    }
    let app = &frame.channels().app;
    let id = Seal(&app.keys.tokens).order(token).ok_or_else(not_found)?;
    see_order(app, id).await
}

fn page_of(frame: &Frame, token: &str) -> Response {
    see_other(&format!("/{}/orders/{token}", frame.language.path()))
}

/// `GET /{language}/orders/{token}`
pub async fn see(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let shown = async {
        let order = open(&frame, &token).await?;
        order_page::page(&frame, &token, &order).await
    };
    match shown.await {
        Ok(page) => {
            let mut response = html(StatusCode::OK, &page);
            if let Some(seconds) = page.layout.refresh_seconds {
                response.headers_mut().insert(REFRESH, HeaderValue::from(seconds));
            }
            response
        }
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `GET /{language}/orders/{token}/pay`: on to the payment page.
pub async fn pay(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let found = async {
        let order = open(&frame, &token).await?;
        pay_url(&frame.channels().app, &order, Paying::default()).await
    };
    match found.await {
        Ok(Some(address)) => see_other(&address),
        Ok(None) => page_of(&frame, &token),
        Err(problem) => problem::page(&frame, &problem),
    }
}

/// `POST …/cancel`
pub async fn cancel(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let cancelled = async {
        let order = open(&frame, &token).await?;
        cancel_order(&frame.channels().app, &order, Actor::Guest).await
    };
    done(&frame, &token, cancelled.await)
}

/// `POST …/another`: the second of two paid renewals becomes another period, or goes back.
pub async fn choose_held(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let chosen = async {
        let order = open(&frame, &token).await?;
        let choice = match fields.get("choice") {
            "period" => HeldChoice::AddPeriod,
            "refund" => HeldChoice::Refund,
            _ => return Err(Problem::of(ProblemCode::FieldInvalid)),
        };
        choose(&frame.channels().app, &order, choice, Actor::Guest).await
    };
    done(&frame, &token, chosen.await)
}

/// `POST …/wrong-number`
pub async fn wrong_number(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let reported = async {
        let order = open(&frame, &token).await?;
        if fields.get("confirm") != "yes" {
            return Err(Problem::of(ProblemCode::FieldInvalid));
        }
        report_wrong_number(&frame.channels().app, &order, Actor::Guest).await
    };
    done(&frame, &token, reported.await)
}

/// `POST …/cancel-queued`: a plan that waits for its first day is given back.
pub async fn cancel_queued(
    frame: Frame,
    Path((_, token)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let given_back = async {
        let order = open(&frame, &token).await?;
        if fields.get("confirm") != "yes" {
            return Err(Problem::of(ProblemCode::FieldInvalid));
        }
        give_back(&frame.channels().app, &order, Actor::Guest).await
    };
    done(&frame, &token, given_back.await)
}

fn done(frame: &Frame, token: &str, outcome: Result<Order, Problem>) -> Response {
    match outcome {
        Ok(_) => page_of(frame, token),
        Err(problem) => problem::page(frame, &problem),
    }
}
