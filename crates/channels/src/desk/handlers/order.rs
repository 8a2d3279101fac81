//! One order at the desk: what is known of it, and what is done about it.

use super::order_page::{Typed, page};
use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::layout::FieldError;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::desk::Acting;
use farline_app::imports::amounts;
use farline_app::orders::{self, RefundWish, Refunded, Rescue};
use farline_app::payments::{self, GivingBack, Taking};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::{Currency, Money, Reference, RefundRequestId};
use farline_domain::orders::Order;
use farline_domain::payments::{ManualMethod, RefundTo};
use farline_domain::staff::Deed;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct OrderPath {
    reference: String,
    request: Option<String>,
}

/// `?done=`: what was just done.
#[derive(Debug, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// What can have been done, each with a text of its own.
const DEEDS: [&str; 7] = ["taken", "refunded", "asked", "given", "rescued", "agreed", "refused"];

/// `GET /{language}/desk/orders/{reference}`
pub async fn show(here: Here, Path(path): Path<OrderPath>, Query(query): Query<Done>) -> Response {
    let shown = async {
        let order = find(&here, &path).await?;
        page(&here, &order, &Typed::default()).await
    };
    match shown.await {
        Ok(mut page) => {
            let done = DEEDS.into_iter().find(|deed| query.done.as_deref() == Some(deed));
            page.layout.notice = done.map(|deed| page.layout.say(format!("rescue-done-{deed}")));
            html(StatusCode::OK, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

/// Them, as the use cases want to know who asks.
pub(super) fn acting(here: &Here) -> Acting<'_> {
    let member = &here.member;
    Acting { id: member.id, roles: &member.roles, second_person: member.second_person }
}

async fn find(here: &Here, path: &OrderPath) -> Result<Order, Problem> {
    // Whoever may do anything here may see it.
    here.may(Deed::SeeRescues)?;
    let none = || Problem::of(ProblemCode::NotFound);
    let reference = Reference::parse(&path.reference).ok_or_else(none)?;
    let app = &here.frame.channels().app;
    let order = app.store.order_by_reference(&reference).await?.ok_or_else(none)?;
    // Whether it is paid is read from its provider.
    orders::see(app, order.id).await
}

/// After a form: to the order's page, which says what was done, or the same page with what is wrong.
async fn after(
    (here, path, fields): (&Here, &OrderPath, &Fields),
    form: &'static str,
    done: Result<&'static str, Problem>,
) -> Response {
    let problem = match done {
        Ok(deed) => {
            let address = format!("desk/orders/{}?done={deed}", path.reference);
            return see_other(&here.href(&address));
        }
        Err(problem) => problem,
    };
    if problem.deed.is_some() || problem.code == ProblemCode::NotFound {
        return here.problem(&problem);
    }
    let typed = Typed { form, fields: Some(fields) };
    let shown = async {
        let order = find(here, path).await?;
        page(here, &order, &typed).await
    };
    match shown.await {
        Ok(mut page) => {
            let error = here.frame.error(&problem, "");
            let field = match problem.field {
                Some(field) => format!("{form}_{field}"),
                None => String::new(),
            };
            page.layout.errors = vec![FieldError { field, ..error }];
            html(status_of(problem.code.kind()), &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

fn wrong(field: &'static str) -> Problem {
    Problem::of(ProblemCode::FieldInvalid).in_field(field)
}

/// An amount as people type it, without its currency.
pub(super) fn amount_in(typed: &str, currency: Currency) -> Option<Money> {
    let plain = typed.trim().replace(',', ".");
    amounts::money(&format!("{plain} {}", currency.code())).ok()
}

/// An amount in the order's currency.
fn amount_of(typed: &str, order: &Order) -> Result<Money, Problem> {
    amount_in(typed, order.price.total.currency).ok_or_else(|| wrong("amount"))
}

/// `POST …/take`: money taken by hand.
pub async fn take(Path(path): Path<OrderPath>, Posted { here, fields }: Posted) -> Response {
    let taken = async {
        here.may(Deed::TakePayment)?;
        let order = find(&here, &path).await?;
        let taking = Taking {
            method: ManualMethod::parse(fields.get("take_method")).ok_or(wrong("method"))?,
            reference: fields.get("take_reference"),
            amount: amount_of(fields.get("take_amount"), &order)?,
        };
        let app = &here.frame.channels().app;
        payments::take_by_hand(app, &acting(&here), &order, &taking).await?;
        Ok("taken")
    };
    let taken = taken.await;
    after((&here, &path, &fields), "take", taken).await
}

/// `POST …/refund`: money given back, or asked for.
pub async fn refund(Path(path): Path<OrderPath>, Posted { here, fields }: Posted) -> Response {
    let refunded = async {
        here.may(Deed::Refund)?;
        let order = find(&here, &path).await?;
        let amount = fields.given("refund_amount");
        let amount = amount.map(|typed| amount_of(&typed, &order)).transpose()?;
        let to = match fields.get("refund_to") {
            "line_credit" => RefundTo::LineCredit,
            _ => RefundTo::Source,
        };
        let wish = RefundWish { amount, to, reason: fields.get("refund_reason"), key: None };
        let app = &here.frame.channels().app;
        Ok(match orders::refund_by_staff(app, &acting(&here), &order, &wish).await? {
            Refunded::Owed(_) => "refunded",
            Refunded::Waits(_) => "asked",
        })
    };
    let refunded = refunded.await;
    after((&here, &path, &fields), "refund", refunded).await
}

/// `POST …/given-back`: a refund that was given back by hand.
pub async fn given_back(Path(path): Path<OrderPath>, Posted { here, fields }: Posted) -> Response {
    let given = async {
        if here.may(Deed::Approve).is_err() {
            here.may(Deed::Rescue)?;
        }
        let order = find(&here, &path).await?;
        let giving = GivingBack {
            refund: fields.get("given_refund").parse().map_err(|_| wrong("reference"))?,
            method: ManualMethod::parse(fields.get("given_method")).ok_or(wrong("method"))?,
            reference: fields.get("given_reference"),
            reason: fields.get("given_reason"),
        };
        let app = &here.frame.channels().app;
        payments::give_back_by_hand(app, &acting(&here), &order, &giving).await?;
        Ok("given")
    };
    let given = given.await;
    after((&here, &path, &fields), "given", given).await
}

/// `POST …/rescue`: the verdict of a person.
pub async fn rescue(Path(path): Path<OrderPath>, Posted { here, fields }: Posted) -> Response {
    let rescued = async {
        here.may(Deed::Rescue)?;
        let order = find(&here, &path).await?;
        let what = Rescue::parse(fields.get("what")).ok_or(wrong("reason"))?;
        let app = &here.frame.channels().app;
        let deed = (what, fields.get("rescue_reason"));
        orders::rescue(app, &acting(&here), &order, deed).await?;
        Ok("rescued")
    };
    let rescued = rescued.await;
    after((&here, &path, &fields), "rescue", rescued).await
}

/// `POST …/requests/{request}`: a second person agrees, or says no.
pub async fn answer(Path(path): Path<OrderPath>, Posted { here, fields }: Posted) -> Response {
    let answered = async {
        here.may(Deed::Approve)?;
        let none = Problem::of(ProblemCode::NotFound);
        let id = path.request.as_deref().and_then(RefundRequestId::parse).ok_or(none)?;
        let app = &here.frame.channels().app;
        if fields.get("answer") == "agree" {
            orders::approve_refund(app, &acting(&here), id).await?;
            return Ok("agreed");
        }
        orders::refuse_refund(app, &acting(&here), id).await?;
        Ok("refused")
    };
    let answered = answered.await;
    after((&here, &path, &fields), "request", answered).await
}
