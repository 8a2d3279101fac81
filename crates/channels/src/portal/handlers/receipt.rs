//! The receipt and the proof of payment.

use super::frame::{Frame, html};
use super::{orders, present, problem};
use crate::api::orders::pdf;
use crate::portal::views::{ReceiptKind, ReceiptPage};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::wording::{masked, paid_with, province as province_name, starts};
use farline_app::{Problem, ProblemCode, lines, receipts, shops};
use farline_domain::orders::{Order, OrderState, Seller, Stage};
use farline_domain::receipts::ReceiptData;

/// `GET …/receipt`
pub async fn receipt(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    show(&frame, &token, ReceiptKind::Receipt).await
}

/// `GET …/proof`
pub async fn proof(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    show(&frame, &token, ReceiptKind::Proof).await
}

/// `GET …/receipt.pdf`
pub async fn receipt_pdf(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let printed = async {
        let order = orders::open(&frame, &token).await?;
        receipts::receipt_pdf(&frame.channels().app, &order).await
    };
    printed.await.map_or_else(|problem| problem::page(&frame, &problem), pdf)
}

/// `GET …/proof.pdf`
pub async fn proof_pdf(frame: Frame, Path((_, token)): Path<(String, String)>) -> Response {
    let printed = async {
        let order = orders::open(&frame, &token).await?;
        receipts::proof_pdf(&frame.channels().app, &order).await
    };
    printed.await.map_or_else(|problem| problem::page(&frame, &problem), pdf)
}

async fn show(frame: &Frame, token: &str, kind: ReceiptKind) -> Response {
    let shown = async {
        let order = orders::open(frame, token).await?;
        page(frame, token, &order, kind).await
    };
    match shown.await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => problem::page(frame, &problem),
    }
}

async fn page(
    frame: &Frame,
    token: &str,
    order: &Order,
    kind: ReceiptKind,
) -> Result<ReceiptPage, Problem> {
    let app = &frame.channels().app;
    let not_found = || Problem::of(ProblemCode::NotFound);
    let view = lines::find::view(app, order.line).await?;
    let plan = receipts::plan_of(app, order).await?;
    let catalogue = app.store.catalogue();
    let operator = catalogue.operators.get(&view.line.operator).ok_or_else(not_found)?;
    let zone = &operator.lifecycle.zone;
    let words = frame.words();
    let capture = order.capture().ok_or_else(not_found)?;
    let base = format!("/{}/orders/{token}", frame.language.path());
    let name = plan.name.get(frame.language);
    let digest = match kind {
        ReceiptKind::Receipt => {
            let stored = app.store.receipt(order.id).await?.ok_or_else(not_found)?;
            in_fours(&stored.receipt.hash)
        }
        ReceiptKind::Proof => String::new(),
    };
    let (period, delivered_at) = match (&order.state, kind) {
        (OrderState::Delivered { delivered, .. }, ReceiptKind::Receipt) => (
            present::period_in_full(words, (delivered.starts_on, delivered.usable_until), zone),
            words.date_time(&delivered.at.in_zone(zone)),
        ),
        _ => (starts(words, plan.start_rule), String::new()),
    };
    let (rest, pdf) = match kind {
        ReceiptKind::Receipt => ("/receipt", format!("{base}/receipt.pdf")),
        ReceiptKind::Proof => ("/proof", format!("{base}/proof.pdf")),
    };
    Ok(ReceiptPage {
        layout: frame.layout(),
        kind,
        number: ReceiptData::number_of(&order.reference),
        reference: order.reference.to_string(),
        order_href: base.clone(),
        delivered_at,
        paid_at: words.date_time(&paid_at(order).in_zone(zone)),
        paid_with: paid_with(words, capture),
        card: masked(&view.line),
        operator: operator.name.clone(),
        plan: name.to_owned(),
        gets: present::gets_and_lasts(words, &catalogue, &plan),
        period,
        sold_by: sold_by(frame, order),
        province: province_name(words, order.price.province),
        items: present::items(words, &order.price, name),
        total_label: present::total_label(words, total_key(order), &order.price),
        total: present::total(words, &order.price),
        qr_svg: crate::portal::qr::svg(&format!("{}{base}{rest}", app.base_url)),
        pdf: Some(pdf),
        digest,
    })
}

/// The shop that sold it, with what it calls the order.
fn sold_by(frame: &Frame, order: &Order) -> Option<String> {
    let (app, words) = (&frame.channels().app, frame.words());
    let sold_by = order.sold_by.as_ref()?;
    let Seller::Shop(code) = &sold_by.seller else { return None };
    let shop = shops::title(app, order).unwrap_or(code.as_str());
    let said = [("shop", shop.into()), ("order", sold_by.reference.as_str().into())];
    Some(words.say_with("receipt-sold-by-shop", &said))
}

fn total_key(order: &Order) -> &'static str {
    if order.is_shop_order() { "receipt-total-at-shop" } else { "receipt-total" }
}

fn paid_at(order: &Order) -> farline_domain::kernel::Instant {
    let paid = order.history.iter().find(|passage| passage.state == Stage::Paid);
    paid.or(order.history.first())
        .map_or(farline_domain::kernel::Instant::from_millis(0), |passage| passage.at)
}

/// The beginning of a digest in groups of four, as people compare it.
fn in_fours(digest: &[u8; 32]) -> String {
    let groups = digest[..16].chunks(2).map(|pair| match pair {
        [a, b] => format!("{a:02x}{b:02x}"),
        _ => String::new(),
    });
    groups.collect::<Vec<_>>().join(" ")
}
