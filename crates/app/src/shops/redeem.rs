//! Redeeming what was bought at a shop: the number of an order there, or a voucher's code, and the card that it is for.

use super::look::{keep, read_now};
use super::place::{Placed, place, quote};
use super::take_in::take;
use super::vouchers::digest_of;
use super::{Asked, Shop, asked, shop_of};
use crate::ports::accounts::Digest;
use crate::ports::shops::Revised;
use crate::{App, Problem, ProblemCode, lines};
use farline_domain::kernel::{LineId, Money};
use farline_domain::orders::{Order, Quote};
use farline_domain::shops::{
    ItemSource, Progress, ShopItem, VoucherCode, VoucherState, Waiting, judge_plan,
};

/// What somebody says: what was bought, and for which card.
#[derive(Clone, Copy, Debug)]
pub struct Bought<'a> {
    /// The number of an order at a marketplace, or a voucher's code, as typed.
    pub what: &'a str,
    /// The number or ICCID of the card, as typed.
    pub number: &'a str,
}

/// What stands behind it.
#[derive(Clone)]
pub enum Redeemable {
    /// It may renew the card.
    Ready(Box<Ready>),
    /// It has renewed the card, or is about to.
    Made(Box<Order>),
}

/// A renewal that may be made.
#[derive(Clone)]
pub struct Ready {
    /// Who sold it.
    pub shop: Shop,
    /// The plan for the card, at what was paid there.
    pub quote: Quote,
    /// The item that it is, and whether it is to be kept first.
    item: Found,
}

/// What was bought, as it is kept.
#[derive(Clone)]
enum Found {
    /// An item of a trade, or of a voucher that somebody used before.
    Kept(Box<Revised<ShopItem>>),
    /// A voucher that nobody used, and the item that it is to be.
    Voucher(Box<ShopItem>, Digest),
}

impl Found {
    fn item(&self) -> &ShopItem {
        match self {
            Self::Kept(item) => &item.kept,
            Self::Voucher(item, _) => item,
        }
    }
}

/// Looks what stands behind it, and changes nothing but what the shop itself tells.
pub async fn look_up(app: &App, bought: Bought<'_>) -> Result<Redeemable, Problem> {
    let line = lines::find::find(app, bought.number).await?;
    let found = match by_voucher(app, bought.what).await? {
        Some(found) => vec![found],
        None => by_trade(app, bought.what).await?,
    };
    let is_voucher = found.first().is_some_and(|it| it.1.item().source == ItemSource::Voucher);
    if let Some(order) = made_for(app, line, &found).await? {
        return Ok(Redeemable::Made(Box::new(order)));
    }
    let mut not_for_it = None;
    for (shop, item) in found {
        match may_renew(app, (&shop, item.item()), line).await {
            Ok(Some(quote)) => {
                return Ok(Redeemable::Ready(Box::new(Ready { shop, quote, item })));
            }
            Ok(None) => {}
            // Another thing in the same trade may be for it.
            Err(problem) => not_for_it = Some(problem),
        }
    }
    let code = if is_voucher { ProblemCode::VoucherUsed } else { ProblemCode::BoughtUnknown };
    Err(not_for_it.unwrap_or_else(|| Problem::of(code).in_field("bought")))
}

/// Renews the card with what was bought: once, whoever asks how often.
pub async fn redeem(app: &App, bought: Bought<'_>) -> Result<Order, Problem> {
    let ready = match look_up(app, bought).await? {
        Redeemable::Made(order) => return Ok(*order),
        Redeemable::Ready(ready) => ready,
    };
    let Some(taken) = take_it(app, &ready.item).await? else {
        return Err(Problem::of(ProblemCode::RequestRunning));
    };
    let before = taken.kept.progress.clone();
    let quote = &ready.quote;
    let wanted = (quote.line, quote.offer.plan.as_str(), quote.price.total);
    match place(app, &ready.shop, &taken, wanted).await? {
        Placed::Order(placed) => {
            // The shop is told by whoever looks at it next: the buyer does not wait for that.
            keep(app, &placed, placed.kept.progress.clone()).await?;
            app.wake.notify_one();
            let order = placed.kept.order().ok_or_else(|| Problem::of(ProblemCode::Internal))?;
            app.order(order).await
        }
        Placed::Waits(taken, what) => {
            keep(app, &taken, before).await?;
            Err(refusal(what))
        }
        Placed::NotOurs => Err(Problem::of(ProblemCode::RequestRunning)),
    }
}

/// Takes an item, so that nobody else makes its order meanwhile.
async fn take_it(app: &App, found: &Found) -> Result<Option<Revised<ShopItem>>, Problem> {
    let now = app.now();
    let before = match found {
        Found::Kept(item) => (**item).clone(),
        Found::Voucher(item, digest) => {
            // From here on it cannot be revoked; what becomes of it is its item's to say.
            if !app.store.use_voucher(digest, now).await? {
                return Ok(None);
            }
            app.store.claim_shop_items(std::slice::from_ref(item)).await?;
            return Ok(Some(Revised::first((**item).clone())));
        }
    };
    let taken = before.then(before.kept.taken(now));
    Ok(app.store.keep_shop_item(&taken).await?.then_some(taken))
}

fn refusal(what: Waiting) -> Problem {
    Problem::of(match what {
        Waiting::OtherOrder => ProblemCode::RenewalInProgress,
        Waiting::Line => ProblemCode::UnknownLine,
        Waiting::Plan => ProblemCode::PlanNotForLine,
        Waiting::Held
        | Waiting::RefundOpen
        | Waiting::Pieces
        | Waiting::Sku
        | Waiting::NoNumber
        | Waiting::SeveralNumbers
        | Waiting::MayBeAbroad
        | Waiting::Amount
        | Waiting::Refused
        | Waiting::NotTold => ProblemCode::BoughtUnknown,
    })
}

async fn by_voucher(app: &App, typed: &str) -> Result<Option<(Shop, Found)>, Problem> {
    let Some(code) = VoucherCode::parse(typed) else { return Ok(None) };
    let digest = digest_of(app, &code);
    let Some(voucher) = app.store.voucher(&digest).await? else { return Ok(None) };
    let revoked = || Problem::of(ProblemCode::VoucherRevoked).in_field("bought");
    let batch = app.store.voucher_batch(&voucher.batch).await?.ok_or_else(revoked)?;
    // A shop that is not set up any more sells nothing.
    let shop = shop_of(app, &batch.shop).ok_or_else(revoked)?.clone();
    let item = batch.item(voucher.number, app.now());
    let found = match voucher.state {
        VoucherState::Revoked => return Err(revoked()),
        VoucherState::Unused => Found::Voucher(Box::new(item), digest),
        VoucherState::Used => {
            // Whoever used it may not have come as far as to keep it.
            app.store.claim_shop_items(std::slice::from_ref(&item)).await?;
            let kept = app.store.shop_item(&item.key).await?;
            Found::Kept(Box::new(kept.unwrap_or_else(|| Revised::first(item))))
        }
    };
    Ok(Some((shop, found)))
}

/// Every item of the trade of this number, at whichever shop. One that was not told yet is read there.
async fn by_trade(app: &App, typed: &str) -> Result<Vec<(Shop, Found)>, Problem> {
    let number = typed.trim();
    let fits =
        (6..=40).contains(&number.len()) && number.bytes().all(|octet| octet.is_ascii_digit());
    let mut found = Vec::new();
    let mut trouble = None;
    for shop in app.shops.each().filter(|_| fits) {
        match items(app, shop, number).await {
            Ok(items) => {
                found.extend(items.into_iter().map(|it| (shop.clone(), Found::Kept(Box::new(it)))));
            }
            Err(problem) => trouble = Some(problem),
        }
    }
    match trouble {
        Some(problem) if found.is_empty() => Err(problem),
        Some(_) | None => Ok(found),
    }
}

async fn items(app: &App, shop: &Shop, trade: &str) -> Result<Vec<Revised<ShopItem>>, Problem> {
    let known = app.store.items_of_trade(&shop.name, trade).await?;
    let Some(gateway) = shop.gateway.as_deref().filter(|_| known.is_empty()) else {
        return Ok(known);
    };
    match asked(gateway.trade(trade, app.now()).await)? {
        Asked::Done(trade) => take(app, shop, (&trade, ItemSource::Read)).await?,
        Asked::Refused(_) => return Ok(known),
    }
    Ok(app.store.items_of_trade(&shop.name, trade).await?)
}

/// The order that was made of one of these for this line.
async fn made_for(
    app: &App,
    line: LineId,
    found: &[(Shop, Found)],
) -> Result<Option<Order>, Problem> {
    for (_, item) in found {
        let Some(id) = item.item().order().filter(|id| id.cell() == line.cell()) else { continue };
        match app.store.order(id).await? {
            Some(order) if order.line == line => return Ok(Some(order)),
            Some(_) => {}
            None => return Err(Problem::of(ProblemCode::RequestRunning)),
        }
    }
    Ok(None)
}

/// The renewal that an item may become on this line.
async fn may_renew(
    app: &App,
    (shop, item): (&Shop, &ShopItem),
    line: LineId,
) -> Result<Option<Quote>, Problem> {
    let waits = match item.progress {
        Progress::New => item.source == ItemSource::Voucher,
        Progress::Waits { what, .. } => what.is_for_a_number(),
        Progress::Placing { .. }
        | Progress::Placed { .. }
        | Progress::Told { .. }
        | Progress::Over => false,
    };
    if !waits {
        return Ok(None);
    }
    let Some((plan, paid)) = plan_of(app, (shop, item)).await? else { return Ok(None) };
    let quote = quote(app, item, (line, &plan, paid)).await?;
    quote.map(Some).ok_or_else(|| Problem::of(ProblemCode::PlanNotForLine).in_field("number"))
}

/// The plan that may be delivered for an item, and what was paid for it, as it stands at this moment.
async fn plan_of(
    app: &App,
    (shop, item): (&Shop, &ShopItem),
) -> Result<Option<(String, Money)>, Problem> {
    match item.source {
        ItemSource::Voucher => return Ok(item.paid.map(|paid| (item.sku.clone(), paid))),
        ItemSource::Imported => {
            let plan = shop.skus.plan(&item.sku).map(str::to_owned);
            return Ok(plan.zip(item.paid));
        }
        ItemSource::Read => {}
    }
    let Some(trade) = read_now(app, shop, item).await? else { return Ok(None) };
    let Some(sold) = trade.item(&item.key.item) else { return Ok(None) };
    let plan = judge_plan(&trade, sold, &shop.skus).ok();
    Ok(plan.map(|plan| (plan.to_owned(), sold.paid)))
}
