//! Making the order of an item: at once, at the price that was paid to the shop, and once for ever.

use super::Shop;
use crate::app::Placed as PlacedOrder;
use crate::ports::pipeline::Beside;
use crate::ports::shops::Revised;
use crate::quotes::make::{first_eight, province_of};
use crate::{App, Problem, ProblemCode, lines, suppliers};
use farline_domain::catalog::{PlanCode, Price, PriceItem, PriceItemKind};
use farline_domain::commands::{Actor, PayWith, PlaceOrder};
use farline_domain::kernel::{LineId, Money, OrderId, Province, QuoteId, Reference};
use farline_domain::lines::renew;
use farline_domain::orders::{Channel, Quote, Seller, SoldBy};
use farline_domain::shops::{ItemSource, Judgement, Progress, ShopItem, Trade, Waiting, judge};

/// What came of making an order.
pub(super) enum Placed {
    /// It is made, and the item says so.
    Order(Revised<ShopItem>),
    /// It is not, for this.
    Waits(Revised<ShopItem>, Waiting),
    /// Somebody else has the item now.
    NotOurs,
}

/// Makes the order of an item that may be delivered to this line. The line and the plan are kept first.
pub(super) async fn place(
    app: &App,
    shop: &Shop,
    taken: &Revised<ShopItem>,
    (line, plan, paid): (LineId, &str, Money),
) -> Result<Placed, Problem> {
    let Some(quote) = quote(app, &taken.kept, (line, plan, paid)).await? else {
        return Ok(Placed::Waits(taken.clone(), Waiting::Plan));
    };
    let item = &taken.kept;
    let order = OrderId::mint(item.told_at, line.cell(), random(item));
    // No other line and no other plan from here on, whatever becomes of us.
    let placing = Progress::Placing { line, plan: plan.to_owned(), order };
    let now = app.now();
    let placing = taken.then(item.at(placing, now).taken(now));
    if !app.store.keep_shop_item(&placing).await? {
        return Ok(Placed::NotOurs);
    }
    make(app, shop, &placing, (order, quote)).await
}

/// Goes on with an order whose making was broken off.
pub(super) async fn place_again(
    app: &App,
    shop: &Shop,
    taken: &Revised<ShopItem>,
    trade: Option<&Trade>,
) -> Result<Placed, Problem> {
    let Progress::Placing { line, plan, order } = &taken.kept.progress else {
        return Ok(Placed::NotOurs);
    };
    if app.store.order(*order).await?.is_some() {
        return made(app, taken, *order).await;
    }
    let waits = |what| Ok(Placed::Waits(taken.clone(), what));
    let paid = match still_paid(shop, &taken.kept, trade) {
        Ok(paid) => paid,
        Err(what) => return waits(what),
    };
    match quote(app, &taken.kept, (*line, plan, paid)).await? {
        Some(quote) => make(app, shop, taken, (*order, quote)).await,
        None => waits(Waiting::Plan),
    }
}

/// What is paid for an item whose making was broken off, or for what it waits now.
fn still_paid(shop: &Shop, kept: &ShopItem, trade: Option<&Trade>) -> Result<Money, Waiting> {
    match kept.source {
        ItemSource::Imported | ItemSource::Voucher => return kept.paid.ok_or(Waiting::Amount),
        ItemSource::Read => {}
    }
    let found = trade.and_then(|trade| Some((trade, trade.item(&kept.key.item)?)));
    let (trade, item) = found.ok_or(Waiting::Refused)?;
    match judge(trade, item, &shop.skus) {
        Judgement::Wait(what @ (Waiting::Held | Waiting::RefundOpen)) => Err(what),
        Judgement::NotYet | Judgement::Over => Err(Waiting::Refused),
        // The line and the plan were decided already.
        Judgement::Deliver { .. } | Judgement::Wait(_) => Ok(item.paid),
    }
}

async fn make(
    app: &App,
    shop: &Shop,
    taken: &Revised<ShopItem>,
    (id, quote): (OrderId, Quote),
) -> Result<Placed, Problem> {
    let seller = Seller::Shop(shop.name.clone());
    let reference = taken.kept.reference();
    let sold_by = SoldBy { seller: seller.clone(), reference, callback: None };
    let line = quote.line;
    let placing = PlaceOrder {
        id,
        reference: Reference::mint(line.cell(), random(&taken.kept).rotate_left(32)),
        quote,
        payer: None,
        language: shop.language,
        french_terms: None,
        channel: Channel::Marketplace,
        assisted: None,
        origin: None,
        another_period: false,
        pay_with: PayWith::Seller(sold_by),
        occasion: None,
        reservations: Vec::new(),
    };
    let beside = Beside { contact: None, claim: None };
    let waits = |what| Ok(Placed::Waits(taken.clone(), what));
    match app.place((line, placing), Actor::Seller(seller), beside).await {
        Ok(PlacedOrder::Order(order)) => made(app, taken, order.id).await,
        Ok(PlacedOrder::ClaimFirst) => Err(Problem::of(ProblemCode::Internal)),
        Err(problem) => match problem.code {
            ProblemCode::RenewalInProgress => waits(Waiting::OtherOrder),
            ProblemCode::LineClosed | ProblemCode::NoPlanInService => waits(Waiting::Plan),
            ProblemCode::UnknownLine => waits(Waiting::Line),
            _ => Err(problem),
        },
    }
}

async fn made(app: &App, taken: &Revised<ShopItem>, order: OrderId) -> Result<Placed, Problem> {
    let now = app.now();
    let placed = taken.then(taken.kept.at(Progress::placed(order), now).taken(now));
    let is_ours = app.store.keep_shop_item(&placed).await?;
    Ok(if is_ours { Placed::Order(placed) } else { Placed::NotOurs })
}

/// The plan for a line at the price that the buyer paid there. Tax is the shop's affair, and none of it is ours to show.
pub(super) async fn quote(
    app: &App,
    item: &ShopItem,
    (line, plan, paid): (LineId, &str, Money),
) -> Result<Option<Quote>, Problem> {
    let view = lines::find::view(app, line).await?;
    let catalogue = app.store.catalogue();
    let now = app.now();
    let Ok(code) = PlanCode::parse(plan) else { return Ok(None) };
    let Some(operator) = catalogue.operators.get(&view.line.operator) else { return Ok(None) };
    // It is paid; but what could not be delivered just now is better looked at again than sent.
    suppliers::may_sell(app, operator, suppliers::Wanted::Plan(&code)).await?;
    let sold = catalogue.sold(&code, operator.lifecycle.today(now));
    let Some(plan) = sold.filter(|plan| plan.operator == view.line.operator) else {
        return Ok(None);
    };
    let rule = &operator.lifecycle;
    if renew(rule, view.line.dates, (plan.validity, plan.start_rule), now).is_err() {
        return Ok(None);
    }
    let province = province_of(&view.line).unwrap_or(Province::On);
    let items = vec![PriceItem { kind: PriceItemKind::Plan, amount: paid }];
    Ok(Some(Quote {
        id: QuoteId::mint(item.told_at, line.cell(), random(item)),
        line,
        offer: plan.offer(&[]),
        single_use: None,
        price: Price { items, total: paid, province },
        made_at: now,
        expires_at: now.plus_seconds(Quote::VALID_SECONDS),
    }))
}

/// Sixty-four bits that are the same for an item for ever.
fn random(item: &ShopItem) -> u64 {
    u64::from_be_bytes(first_eight(item.order_key().to_bytes()))
}
