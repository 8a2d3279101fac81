//! The rows of partners, their keys, and what they were told.

use super::Unreadable;
use super::row::Row;
use super::values::from_json;
use farline_app::ports::partners::{CallbackRecord, KeptKey, RequestPlace, RequestRecord};
use farline_domain::kernel::{Cell, Instant, OrderId};
use farline_domain::orders::{PartnerCode, Stage};
use farline_domain::partners::Partner;
use farline_domain::subjects::SubjectKey;

/// Reads a partner from: body.
pub(crate) fn partner_of<R: Row>(row: &R) -> Result<Partner, R::Fault> {
    Ok(from_json(row.text(0)?)?)
}

/// Reads a key from: digest, body, used_at.
pub(crate) fn key_of<R: Row>(row: &R) -> Result<KeptKey, R::Fault> {
    Ok(KeptKey {
        digest: row.array(0)?,
        key: from_json(row.text(1)?)?,
        used_at: row.some_number(2)?.map(Instant::from_millis),
    })
}

/// Reads a callback from: order_id, number, partner, stage, since, url, tries, tried_at, came_of_it, taken_at, next_at.
pub(crate) fn callback_of<R: Row>(row: &R) -> Result<CallbackRecord, R::Fault> {
    let word = row.text(3)?;
    let stage = Stage::ALL.into_iter().find(|stage| stage.code() == word);
    Ok(CallbackRecord {
        order: OrderId::from_bytes(row.array(0)?),
        number: row.small(1)?,
        partner: PartnerCode::parse(row.text(2)?).map_err(Unreadable)?,
        stage: stage.ok_or_else(|| Unreadable("this is no stage of an order".to_owned()))?,
        since: row.instant(4)?,
        url: row.text(5)?.to_owned(),
        tries: row.small(6)?,
        tried_at: row.instant(7)?,
        came_of_it: row.text(8)?.to_owned(),
        taken_at: row.some_number(9)?.map(Instant::from_millis),
        next_at: row.some_number(10)?.map(Instant::from_millis),
    })
}

/// Reads a request from: partner, at, request, method, path, status, problem.
pub(crate) fn request_of<R: Row>(row: &R) -> Result<RequestRecord, R::Fault> {
    Ok(RequestRecord {
        partner: PartnerCode::parse(row.text(0)?).map_err(Unreadable)?,
        at: row.instant(1)?,
        request: row.text(2)?.to_owned(),
        method: row.text(3)?.to_owned(),
        path: row.text(4)?.to_owned(),
        status: row.small(5)?,
        problem: row.some_text(6)?.map(str::to_owned),
    })
}

/// Where reading begins: before a place, or before the end of all time.
pub(crate) fn place_of(before: Option<&RequestPlace>) -> (i64, &str) {
    before.map_or((i64::MAX, ""), |(at, request)| (at.millis(), request))
}

/// The cell of a partner's rows: that of its account.
pub(crate) fn cell_of_partner(code: &PartnerCode) -> Cell {
    SubjectKey::Partner(code.clone()).cell()
}
