//! My orders.

use super::super::present as plans;
use super::history::{AfterQuery, state_word};
use super::session::SignedIn;
use super::{present, shown};
use crate::portal::layout::Section;
use crate::portal::views::{OrderLine, OrdersPage};
use axum::extract::Query;
use axum::response::Response;
use farline_app::accounts::orders::mine;
use farline_app::tokens::Seal;
use farline_app::{Problem, ProblemCode, lines, receipts};
use farline_domain::kernel::{LineId, OrderId};
use farline_domain::orders::Order;
use std::collections::BTreeMap;

/// Orders on one page.
const PAGE: u32 = 20;

/// `GET /{language}/orders`
pub async fn list(here: SignedIn, Query(query): Query<AfterQuery>) -> Response {
    let page = async {
        let after = query.after.as_deref();
        let after = after.map(|id| OrderId::parse(id).ok_or(Problem::of(ProblemCode::NotFound)));
        page(&here, after.transpose()?).await
    };
    shown(&here.frame, page.await)
}

async fn page(here: &SignedIn, after: Option<OrderId>) -> Result<OrdersPage, Problem> {
    let app = &here.frame.channels().app;
    let mut found = mine(app, here.account, after, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > page;
    found.truncate(page);
    let older = found.last().filter(|_| more).map(|order| order.id);
    let places = app.store.lines_of_account(here.account).await?;
    let names: BTreeMap<LineId, String> =
        places.into_iter().map(|place| (place.line, place.nickname)).collect();
    let mut orders = Vec::new();
    for order in &found {
        orders.push(line(here, order, names.get(&order.line).map(String::as_str)).await?);
    }
    let older = older.map(|id| here.href(&format!("orders?after={id}")));
    Ok(OrdersPage { layout: here.layout(Section::Orders), orders, older })
}

/// An order. The number stands in full only where the card is among the reader's.
async fn line(
    here: &SignedIn,
    order: &Order,
    nickname: Option<&str>,
) -> Result<OrderLine, Problem> {
    let app = &here.frame.channels().app;
    let words = here.frame.words();
    let view = lines::find::view(app, order.line).await?;
    let catalogue = app.store.catalogue();
    let zone = &lines::operator_of(&catalogue, &view.line)?.lifecycle.zone;
    let plan = receipts::plan_of(app, order).await?;
    let token = Seal(&app.keys.tokens).order_token(order.id);
    let placed = order.history.first().map(|passage| words.date(passage.at.date_in(zone)));
    Ok(OrderLine {
        href: here.href(&format!("orders/{token}")),
        reference: order.reference.to_string(),
        at: placed.unwrap_or_default(),
        card: nickname.map_or_else(
            || farline_app::wording::masked(&view.line),
            |nickname| present::name(words, nickname, &view.line),
        ),
        gets: plans::gets_and_lasts(words, &catalogue, &plan),
        total: plans::total(words, &order.price),
        state: words.say(&format!("order-state-{}", state_word(order))),
    })
}
