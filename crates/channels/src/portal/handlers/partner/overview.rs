//! How a partner's account stands, and its last orders.

use super::here::AtPartner;
use super::{orders, shown};
use crate::portal::views::{PartnerOverviewPage, Tab};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::{Problem, partners};

/// Orders shown.
const LAST: usize = 5;

/// `GET /{language}/partner/{partner}`
pub async fn see(at: AtPartner) -> Response {
    let page = page(&at).await;
    shown(&at, StatusCode::OK, page)
}

async fn page(at: &AtPartner) -> Result<PartnerOverviewPage, Problem> {
    let standing = partners::standing(at.app(), &at.partner).await?;
    let orders = partners::list(at.app(), &at.partner, (u64::MAX, LAST)).await?;
    let others = partners::partners_of(at.app(), at.here.account).await?;
    let place = at.place(Tab::Overview);
    Ok(PartnerOverviewPage {
        layout: at.layout(&place),
        place,
        balance: at.money(standing.balance),
        held: at.money(standing.reserved),
        credit: at.money(standing.credit),
        available: at.money(standing.available),
        orders: orders::lines(at, orders.iter().map(|(_, order)| order)).await?,
        has_others: others.len() > 1,
    })
}
