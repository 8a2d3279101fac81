//! The supervisor's view, as a page and as a sheet.

use super::order::acting;
use super::supervise_page::view;
use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::SupervisePage;
use crate::portal::handlers::frame::html;
use crate::portal::layout::FieldError;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use farline_app::desk::supervise::Supervised;
use farline_app::desk::{supervise, supervision_sheet};
use farline_app::{Problem, ProblemCode};
use farline_domain::staff::{Deed, MOST_DAYS, Period, PeriodRefusal};
use jiff::civil::Date;
use serde::Deserialize;

/// `?from=&until=`: dates. Where one is missing, it is a week that ends or begins with the other; without both, the last
/// one.
#[derive(Debug, Default, Deserialize)]
pub struct PeriodQuery {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// What is wrong with the days that were asked for: the field, and its text.
type Wrong = (&'static str, &'static str);

impl PeriodQuery {
    fn period(&self, here: &Here) -> Result<Period, Wrong> {
        let read = |typed: &str, field| match typed.trim() {
            "" => Ok(None),
            typed => typed.parse::<Date>().map(Some).map_err(|_| (field, "supervise-no-date")),
        };
        let (from, until) = (read(&self.from, "from")?, read(&self.until, "until")?);
        let app = &here.frame.channels().app;
        let last = until.unwrap_or_else(|| app.now().date_in(&app.desk.zone()));
        let Some(first) = from else { return Ok(Period::usual(last)) };
        Period::of(first, last).map_err(|refusal| match refusal {
            PeriodRefusal::Backwards => ("until", "supervise-backwards"),
            PeriodRefusal::TooLong => ("from", "supervise-too-long"),
        })
    }
}

async fn read(here: &Here, period: Period) -> Result<Supervised, Problem> {
    supervise(&here.frame.channels().app, &acting(here), Some(period)).await
}

/// `GET /{language}/desk/supervise`
pub async fn show(here: Here, Query(query): Query<PeriodQuery>) -> Response {
    if let Err(problem) = here.may(Deed::Supervise) {
        return here.problem(&problem);
    }
    let mut layout = here.layout(Section::Supervise);
    let period = match query.period(&here) {
        Ok(period) => period,
        Err((field, key)) => {
            let most = i64::from(MOST_DAYS);
            let message = here.frame.words().say_with(key, &[("days", most.into())]);
            layout.errors = vec![FieldError { field: field.to_owned(), message }];
            let (from, until) = (query.from, query.until);
            let page = SupervisePage { layout, from, until, found: None };
            return html(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    match read(&here, period).await {
        Ok(supervised) => {
            let found = Some(view(&here, &supervised));
            let (from, until) = (period.first().to_string(), period.last().to_string());
            html(StatusCode::OK, &SupervisePage { layout, from, until, found })
        }
        Err(problem) => here.problem(&problem),
    }
}

/// `GET /{language}/desk/supervise.csv`
pub async fn sheet(here: Here, Query(query): Query<PeriodQuery>) -> Response {
    if let Err(problem) = here.may(Deed::Supervise) {
        return here.problem(&problem);
    }
    let Ok(period) = query.period(&here) else {
        return here.problem(&Problem::of(ProblemCode::FieldInvalid).in_field("from"));
    };
    let supervised = match read(&here, period).await {
        Ok(supervised) => supervised,
        Err(problem) => return here.problem(&problem),
    };
    let (first, last) = (period.first(), period.last());
    let named = format!("attachment; filename=\"farline-staff-{first}-{last}.csv\"");
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, named),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, supervision_sheet(&supervised)).into_response()
}
