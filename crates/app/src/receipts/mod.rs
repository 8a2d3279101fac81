//! Receipts: rendered and signed once, stored, and served from storage for ever.

use crate::ports::documents::DocumentText;
use crate::wording::receipt::{DocumentFacts, proof_document, receipt_document};
use crate::{App, Problem, ProblemCode, shops};
use farline_domain::catalog::Plan;
use farline_domain::orders::Order;
use farline_domain::receipts::ReceiptData;

/// The signed PDF of an order's receipt: from storage, or rendered now and stored first.
pub async fn receipt_pdf(app: &App, order: &Order) -> Result<Vec<u8>, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let stored = app.store.receipt(order.id).await?.ok_or_else(not_found)?;
    if let Some(pdf) = stored.pdf {
        return Ok(pdf);
    }
    let data: ReceiptData = serde_json::from_str(&stored.receipt.canonical).map_err(internal)?;
    let plan = plan_of(app, order).await?;
    let facts = facts(app, order);
    let document =
        receipt_document(&data, &stored.receipt.canonical, &plan, &facts, order.language);
    let pdf = print(app, document).await?;
    Ok(app.store.keep_pdf(order.id, pdf).await?)
}

/// A proof of payment, which exists from *paid* on. It is not a receipt and is not stored: it says
/// what is known at this moment.
pub async fn proof_pdf(app: &App, order: &Order) -> Result<Vec<u8>, Problem> {
    let plan = plan_of(app, order).await?;
    let facts = facts(app, order);
    let document = proof_document(order, &plan, &facts, order.language);
    let document = document.ok_or_else(|| Problem::of(ProblemCode::NotFound))?;
    print(app, document).await
}

/// Renders on a thread where milliseconds of work hold nobody up.
pub(crate) async fn print(app: &App, document: DocumentText) -> Result<Vec<u8>, Problem> {
    let printer = app.printer.clone();
    let rendering = tokio::task::spawn_blocking(move || printer.print(&document));
    rendering.await.map_err(internal)?.map_err(internal)
}

/// The plan version that an order bought.
pub async fn plan_of(app: &App, order: &Order) -> Result<Plan, Problem> {
    let plan = app.store.plan_version(&order.offer.plan, order.offer.version).await?;
    plan.ok_or_else(|| Problem::of(ProblemCode::Internal))
}

fn facts(app: &App, order: &Order) -> DocumentFacts {
    DocumentFacts {
        business: app.business.clone(),
        order_link: order_link(app, order),
        base_url: app.base_url.clone(),
        shop: shops::title(app, order).map(str::to_owned),
        mode: app.mode,
        now: app.now(),
    }
}

/// The link to an order's page, with its bearer.
pub fn order_link(app: &App, order: &Order) -> String {
    let token = crate::tokens::Seal(&app.keys.tokens).order_token(order.id);
    format!("{}/{}/orders/{token}", app.base_url, order.language.path())
}

fn internal(error: impl std::fmt::Display) -> Problem {
    let mut problem = Problem::of(ProblemCode::Internal);
    problem.cause = Some(error.to_string());
    problem
}
