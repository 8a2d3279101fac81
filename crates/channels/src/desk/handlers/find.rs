//! The first page of the desk: the search.

use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::FindPage;
use crate::portal::handlers::frame::html;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_domain::staff::Deed;
use serde::Deserialize;

/// `?q=`
#[derive(Debug, Deserialize)]
pub struct FindQuery {
    q: Option<String>,
}

/// `GET /{language}/desk`
pub async fn show(here: Here, Query(query): Query<FindQuery>) -> Response {
    let may_find = here.may(Deed::Find);
    let typed = query.q.unwrap_or_default();
    if let Err(problem) = &may_find
        && !typed.is_empty()
    {
        return here.problem(problem);
    }
    let layout = here.layout(Section::Desk);
    html(StatusCode::OK, &FindPage { layout, typed, may_find: may_find.is_ok() })
}
