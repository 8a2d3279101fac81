//! The orders of a partner.

use super::here::AtPartner;
use super::{shown, wrong};
use crate::portal::views::{PartnerOrdersPage, SoldOrder, Tab, Tone};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::wording::masked;
use farline_app::{Problem, ProblemCode, lines, partners, receipts};
use farline_domain::orders::{Order, Stage};
use serde::Deserialize;

/// Orders of a page.
const PAGE: usize = 20;

/// Which orders.
#[derive(Debug, Deserialize)]
pub struct OrdersQuery {
    reference: Option<String>,
    before: Option<u64>,
}

/// `GET /{language}/partner/{partner}/orders`
pub async fn list(at: AtPartner, Query(query): Query<OrdersQuery>) -> Response {
    let reference = query.reference.as_deref().unwrap_or_default().trim();
    if reference.is_empty() {
        return shown(&at, StatusCode::OK, page(&at, query.before).await);
    }
    match partners::find(at.app(), &at.partner, reference).await {
        Ok(order) => shown(&at, StatusCode::OK, found(&at, (reference, Some(&order))).await),
        Err(problem) if problem.code == ProblemCode::NotFound => {
            shown(&at, StatusCode::NOT_FOUND, found(&at, (reference, None)).await)
        }
        Err(problem) => super::super::problem::page(&at.here.frame, &problem),
    }
}

async fn page(at: &AtPartner, before: Option<u64>) -> Result<PartnerOrdersPage, Problem> {
    let wanted = (before.unwrap_or(u64::MAX), PAGE);
    let found = partners::list(at.app(), &at.partner, wanted).await?;
    let place = at.place(Tab::Orders);
    let last = found.last().filter(|_| found.len() == PAGE);
    Ok(PartnerOrdersPage {
        layout: at.layout(&place),
        reference: String::new(),
        orders: lines(at, found.iter().map(|(_, order)| order)).await?,
        older: last.map(|(number, _)| at.href(&place, &[("before", &number.to_string())])),
        place,
    })
}

/// The one order of a reference, or that there is none.
async fn found(
    at: &AtPartner,
    (reference, order): (&str, Option<&Order>),
) -> Result<PartnerOrdersPage, Problem> {
    let place = at.place(Tab::Orders);
    let mut layout = at.layout(&place);
    if order.is_none() {
        layout.errors = wrong("reference", at.words().say("partner-orders-unknown"));
    }
    let orders = lines(at, order.into_iter()).await?;
    Ok(PartnerOrdersPage { layout, place, reference: reference.to_owned(), orders, older: None })
}

/// Orders as a list shows them.
pub(super) async fn lines(
    at: &AtPartner,
    orders: impl Iterator<Item = &Order>,
) -> Result<Vec<SoldOrder>, Problem> {
    let mut shown = Vec::new();
    for order in orders {
        shown.push(line(at, order).await?);
    }
    Ok(shown)
}

async fn line(at: &AtPartner, order: &Order) -> Result<SoldOrder, Problem> {
    let plan = receipts::plan_of(at.app(), order).await?;
    let view = lines::find::view(at.app(), order.line).await?;
    let taken = order.history.first().map(|passage| at.time(passage.at));
    let stage = order.state.stage();
    Ok(SoldOrder {
        reference: reference_of(order),
        ours: order.reference.to_string(),
        at: taken.unwrap_or_default(),
        plan: plan.name.get(at.here.frame.language).to_owned(),
        card: masked(&view.line),
        total: at.money(order.price.total),
        state: state(at, stage),
        tone: tone(stage),
    })
}

/// What the partner calls an order.
pub(super) fn reference_of(order: &Order) -> String {
    order.sold_by.as_ref().map(|sold_by| sold_by.reference.clone()).unwrap_or_default()
}

/// The name of an order's state.
pub(super) fn state(at: &AtPartner, stage: Stage) -> String {
    at.words().say(&format!("order-state-{}", stage.code().replace('_', "-")))
}

/// How an order's state is drawn.
pub(super) const fn tone(stage: Stage) -> Tone {
    match stage {
        Stage::Delivered => Tone::Good,
        Stage::AwaitingPayment | Stage::Paid | Stage::Delivering | Stage::Unknown => Tone::Waiting,
        Stage::Declined
        | Stage::Refunding
        | Stage::Refunded
        | Stage::Reversed
        | Stage::Cancelled
        | Stage::Expired => Tone::Bad,
    }
}
