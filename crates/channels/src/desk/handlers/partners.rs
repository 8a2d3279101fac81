//! Partners at the desk: how their accounts stand, and what came in.

use super::order::acting;
use super::partner_page::{self, Typed};
use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{DeskPartnerRow, DeskPartnersPage};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::partners::{Booked, PaidIn, book_pay_in, see_all};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::Money;
use farline_domain::partners::{Partner, Standing, Trading};
use farline_domain::staff::Deed;
use farline_domain::subjects::PaidBy;
use serde::Deserialize;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct PartnerPath {
    partner: String,
}

/// `?done=`: what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct PartnerQuery {
    done: Option<String>,
}

/// What can have been done, each with a text of its own.
const DEEDS: [&str; 2] = ["booked", "before"];

/// An amount, worded.
pub(super) fn money(here: &Here, money: Money) -> String {
    here.frame.words().money(money.minor, money.currency.code())
}

/// `GET /{language}/desk/partners`
pub async fn list(here: Here) -> Response {
    match see_all(&here.frame.channels().app, &acting(&here)).await {
        Ok(seen) => {
            let partners = seen.iter().map(|one| row(&here, one)).collect();
            let layout = here.layout(Section::Partners);
            html(StatusCode::OK, &DeskPartnersPage { layout, partners })
        }
        Err(problem) => here.problem(&problem),
    }
}

fn row(here: &Here, (partner, standing): &(Partner, Standing)) -> DeskPartnerRow {
    let words = here.frame.words();
    let available = [("amount", money(here, standing.available).into())];
    DeskPartnerRow {
        code: partner.code.to_string(),
        name: partner.name.clone(),
        balance: money(here, standing.balance),
        state: match partner.trading {
            Trading::Open => words.say_with("desk-partner-available", &available),
            Trading::Stopped => words.say("desk-partner-stopped"),
        },
    }
}

/// `GET /{language}/desk/partners/{partner}`
pub async fn show(
    here: Here,
    Path(path): Path<PartnerPath>,
    Query(query): Query<PartnerQuery>,
) -> Response {
    match partner_page::page(&here, &path.partner, Typed::default()).await {
        Ok(mut page) => {
            let done = DEEDS.into_iter().find(|deed| query.done.as_deref() == Some(deed));
            page.layout.notice =
                done.map(|deed| page.layout.say(format!("desk-pay-in-done-{deed}")));
            html(StatusCode::OK, &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

/// `POST …/{partner}/pay-in`: what came in at the bank.
pub async fn pay_in(Path(path): Path<PartnerPath>, Posted { here, fields }: Posted) -> Response {
    let problem = match booked(&here, &path.partner, &fields).await {
        Ok(booked) => {
            let done = match booked {
                Booked::Now => "booked",
                Booked::Before => "before",
            };
            return see_other(&here.href(&format!("desk/partners/{}?done={done}", path.partner)));
        }
        Err(problem) => problem,
    };
    if problem.deed.is_some() || problem.code == ProblemCode::NotFound {
        return here.problem(&problem);
    }
    match partner_page::page(&here, &path.partner, Typed(Some(&fields))).await {
        Ok(mut page) => {
            page.layout.errors = vec![here.frame.error(&problem, "")];
            html(status_of(problem.code.kind()), &page)
        }
        Err(problem) => here.problem(&problem),
    }
}

async fn booked(here: &Here, partner: &str, fields: &Fields) -> Result<Booked, Problem> {
    here.may(Deed::BookPartners)?;
    let wrong = Problem::of(ProblemCode::FieldInvalid).in_field("paid_by");
    let paid = PaidIn {
        amount: fields.get("amount"),
        paid_by: PaidBy::parse(fields.get("paid_by")).ok_or(wrong)?,
        reference: fields.get("reference"),
        reason: fields.get("reason"),
    };
    book_pay_in(&here.frame.channels().app, &acting(here), (partner, &paid)).await
}
