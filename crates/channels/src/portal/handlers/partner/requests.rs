//! What a partner's programs asked.

use super::here::{AtPartner, not_found};
use super::shown;
use crate::portal::views::{PartnerRequestsPage, RequestLine, Tab};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::partners::{RequestPlace, RequestRecord};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Instant;
use serde::Deserialize;

/// Requests of a page.
const PAGE: u32 = 30;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct RequestsQuery {
    before: Option<String>,
}

/// `GET /{language}/partner/{partner}/requests`
pub async fn list(at: AtPartner, Query(query): Query<RequestsQuery>) -> Response {
    let page = page(&at, query.before.as_deref()).await;
    shown(&at, StatusCode::OK, page)
}

async fn page(at: &AtPartner, before: Option<&str>) -> Result<PartnerRequestsPage, Problem> {
    let before = before.map(|text| read(text).ok_or_else(not_found)).transpose()?;
    let code = &at.partner.code;
    let mut found = at.app().store.partner_requests(code, before.as_ref(), PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = found.len() > page;
    found.truncate(page);
    let place = at.place(Tab::Requests);
    let last = found.last().filter(|_| has_more);
    let older = last.map(|last| at.href(&place, &[("before", &written(last))]));
    let requests = found.iter().map(|record| line(at, record)).collect();
    Ok(PartnerRequestsPage { layout: at.layout(&place), place, requests, older })
}

fn written(record: &RequestRecord) -> String {
    format!("{}-{}", record.at.millis(), record.request)
}

fn read(text: &str) -> Option<RequestPlace> {
    let (millis, request) = text.split_once('-')?;
    Some((Instant::from_millis(millis.parse().ok()?), request.to_owned()))
}

fn line(at: &AtPartner, record: &RequestRecord) -> RequestLine {
    let problem = record.problem.as_deref().and_then(|code| {
        let known = ProblemCode::ALL.iter().find(|known| known.code() == code)?.code();
        let text = at.words().say(&format!("problem-{known}-detail"));
        Some((known.replace('-', "_"), text))
    });
    RequestLine {
        what: format!("{} {}", record.method, record.path),
        status: record.status,
        at: at.time(record.at),
        request: record.request.clone(),
        problem,
    }
}
