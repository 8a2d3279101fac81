//! Telling partners what became of their orders, by callbacks in the form of the Standard Webhooks specification; or, where a
//! platform stands behind a partner, in that platform's own, and then only what they came to in the end.

use crate::endpoints;
use crate::ports::callback::{CallbackAnswer, CallbackForm, CallbackRequest};
use crate::ports::partners::CallbackRecord;
use crate::ports::records::StoredJob;
use crate::tokens::Seal;
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::Instant;
use farline_domain::orders::{Order, Stage};
use farline_domain::partners::{Outcome, Partner, callbacks};
use serde_json::json;

/// A secret of a partner's callbacks. It follows from the installation's own, and is kept nowhere.
pub fn secret_of(app: &App, partner: &Partner, generation: u32) -> [u8; 32] {
    let said = format!("{}~{generation}", partner.code);
    Seal(&app.keys.tokens).digest("callback-secret", &said)
}

/// Tells whoever sold an order what it came to. Says when it is to be tried again, if it is.
pub async fn tell(
    app: &App,
    job: &StoredJob,
    (order, stage): (&Order, Stage),
) -> Result<Option<Instant>, Problem> {
    let Some((partner, url)) = whom(app, order).await? else { return Ok(None) };
    if app.endpoints.of(&partner.code).is_some() && Outcome::told_at(stage).is_none() {
        return Ok(None);
    }
    let known = app.store.callback(order.id, job.number).await?;
    if known.as_ref().is_some_and(|known| known.taken_at.is_some()) {
        return Ok(None);
    }
    let mut record = CallbackRecord {
        order: order.id,
        number: job.number,
        partner: partner.code.clone(),
        stage,
        since: job.first_due,
        url,
        tries: known.map_or(0, |known| known.tries),
        tried_at: app.now(),
        came_of_it: String::new(),
        taken_at: None,
        next_at: None,
    };
    let wait = send(app, (&partner, order), &mut record).await;
    record.next_at = wait.map(|seconds| record.tried_at.plus_seconds(seconds));
    app.store.note_callback(&record).await?;
    Ok(record.next_at)
}

async fn whom(app: &App, order: &Order) -> Result<Option<(Partner, String)>, Problem> {
    let Some(sold_by) = &order.sold_by else { return Ok(None) };
    let (Some(code), Some(url)) = (sold_by.partner(), sold_by.callback.clone()) else {
        return Ok(None);
    };
    Ok(app.store.partner(code).await?.map(|partner| (partner, url)))
}

/// Sends it once. Where it was not taken, it may be tried again after so many seconds.
async fn send(
    app: &App,
    (partner, order): (&Partner, &Order),
    record: &mut CallbackRecord,
) -> Option<i64> {
    let now = app.now();
    let request = match app.endpoints.of(&partner.code) {
        Some(endpoint) => endpoints::notice(endpoint, order, (record, now)),
        None => standard(app, (partner, order), (record, now)),
    };
    let answer = app.callbacks.tell(&request).await;
    record.tries = record.tries.saturating_add(1);
    record.tried_at = now;
    match answer {
        CallbackAnswer::Taken(status) => {
            (record.came_of_it, record.taken_at) = (status.to_string(), Some(now));
            None
        }
        CallbackAnswer::NotTaken { why, wait } => {
            record.came_of_it = why;
            callbacks::next_try(record.tries, wait)
        }
    }
}

fn standard(
    app: &App,
    (partner, order): (&Partner, &Order),
    (record, now): (&CallbackRecord, Instant),
) -> CallbackRequest {
    let generations = partner.secret.signing(now).into_iter();
    CallbackRequest {
        url: record.url.clone(),
        id: record.id(),
        at: now,
        body: body(order, record),
        form: CallbackForm::Standard(generations.map(|it| secret_of(app, partner, it)).collect()),
    }
}

/// What is told: the same however often it is told. How the order stands now is read from it.
fn body(order: &Order, record: &CallbackRecord) -> String {
    let reference = order.sold_by.as_ref().map_or("", |sold_by| sold_by.reference.as_str());
    json!({
        "type": format!("order.{}", record.stage.code()),
        "timestamp": record.since.rfc3339(),
        "data": {
            "id": order.id.to_string(),
            "reference": reference,
            "state": record.stage.code(),
        },
    })
    .to_string()
}

/// Tells something again at once, as a partner wishes who has lost it.
pub async fn replay(app: &App, partner: &Partner, id: &str) -> Result<CallbackRecord, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let (order, number) = id.rsplit_once('-').ok_or_else(not_found)?;
    let number = number.parse().map_err(|_| not_found())?;
    let order = super::find(app, partner, order).await?;
    let mut record = app.store.callback(order.id, number).await?.ok_or_else(not_found)?;
    // Beside this, one that is being tried goes on at its own times.
    send(app, (partner, &order), &mut record).await;
    if record.taken_at.is_some() {
        record.next_at = None;
    }
    app.store.note_callback(&record).await?;
    Ok(record)
}
