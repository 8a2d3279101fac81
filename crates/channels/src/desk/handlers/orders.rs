//! The orders that wait for a person, and what shops sold that is no order yet.

use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{WaitingItem, WaitingOrder, WaitingPage};
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present::total;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::Problem;
use farline_app::shops::Shop;
use farline_domain::kernel::Instant;
use farline_domain::orders::{Order, TaskKind};
use farline_domain::shops::ShopItem;
use farline_domain::staff::Deed;
use farline_texts::Words;

/// At most so many are listed: those with the soonest deadline.
const MOST: u32 = 200;

/// `GET /{language}/desk/orders`
pub async fn show(here: Here) -> Response {
    match page(&here).await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => here.problem(&problem),
    }
}

async fn page(here: &Here) -> Result<WaitingPage, Problem> {
    here.may(Deed::SeeRescues)?;
    let app = &here.frame.channels().app;
    let orders = app.store.orders_with_task(MOST).await?;
    let orders = orders.iter().filter_map(|order| waiting(here, order)).collect();
    let mut items = Vec::new();
    for shop in app.shops.each() {
        let waiting = app.store.waiting_shop_items(&shop.name, MOST).await?;
        items.extend(waiting.iter().filter_map(|item| waiting_item(here, shop, item)));
    }
    Ok(WaitingPage { layout: here.layout(Section::Rescues), orders, items })
}

/// Something that a shop sold and that waits, as a row.
fn waiting_item(here: &Here, shop: &Shop, item: &ShopItem) -> Option<WaitingItem> {
    let what = item.progress.waits_for()?;
    let words = here.frame.words();
    let paid = item.paid.map(|paid| words.money(paid.minor, paid.currency.code()));
    let redeem = || here.href(&format!("redeem?bought={}", item.key.trade));
    Some(WaitingItem {
        trade: item.key.trade.clone(),
        shop: shop.title.clone(),
        sold: item.sku.clone(),
        paid: paid.unwrap_or_default(),
        since: moment(here, item.told_at),
        waits_for: words.say(&format!("shop-item-{}", what.code().replace('_', "-"))),
        redeem: what.is_for_a_number().then(redeem),
    })
}

/// An order that waits, as a row.
pub(super) fn waiting(here: &Here, order: &Order) -> Option<WaitingOrder> {
    let (words, task) = (here.frame.words(), order.task?);
    Some(WaitingOrder {
        address: here.href(&format!("desk/orders/{}", order.reference)),
        reference: order.reference.to_string(),
        waits_for: task_words(words, task.kind),
        by: by(here, task.by),
        state: state_words(words, order),
        total: total(words, &order.price),
    })
}

/// `by November 24, 2:02 p.m.`
pub(super) fn by(here: &Here, at: Instant) -> String {
    here.frame.words().say_with("rescue-by", &[("when", moment(here, at).into())])
}

/// An instant in the business's zone.
pub(super) fn moment(here: &Here, at: Instant) -> String {
    let zone = here.frame.channels().app.desk.zone();
    here.frame.words().date_time_short(&at.in_zone(&zone))
}

/// What waits for a person.
pub(super) fn task_words(words: &Words, kind: TaskKind) -> String {
    words.say(&format!("task-{}", kind.code().replace('_', "-")))
}

/// The state of an order.
pub(super) fn state_words(words: &Words, order: &Order) -> String {
    words.say(&format!("order-state-{}", order.state.stage().code().replace('_', "-")))
}
