//! Who looked at what and did what: the audit of the staff, and whether it is whole.

use crate::desk::here::Here;
use crate::desk::layout::Section;
use crate::desk::views::{AuditLine, AuditPage, MemberChoice};
use crate::portal::handlers::frame::html;
use crate::portal::handlers::present::home_zone;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::staff::{AuditSearch, Member};
use farline_app::staff::{StaffNote, audit, note, team};
use farline_app::{Problem, ProblemCode, lines};
use farline_domain::kernel::{LineId, StaffId, Zone};
use farline_domain::staff::{Deed, StaffAuditLine};
use serde::Deserialize;
use std::fmt::Write as _;

/// How many lines are shown at most.
const MOST: u32 = 200;

/// `?member=&line=&day=`
#[derive(Debug, Default, Deserialize)]
pub struct AuditQuery {
    #[serde(default)]
    member: String,
    #[serde(default)]
    line: String,
    #[serde(default)]
    day: String,
}

/// `GET /{language}/desk/audit`
pub async fn show(here: Here, Query(query): Query<AuditQuery>) -> Response {
    match page(&here, &query).await {
        Ok(page) => html(StatusCode::OK, &page),
        Err(problem) => here.problem(&problem),
    }
}

async fn page(here: &Here, query: &AuditQuery) -> Result<AuditPage, Problem> {
    here.may(Deed::SearchAudit)?;
    let app = &here.frame.channels().app;
    let zone = home_zone().ok_or(Problem::of(ProblemCode::Internal))?;
    let day = query.day.parse().unwrap_or_else(|_| app.now().date_in(&zone));
    let line = line_of(here, query.line.trim()).await?;
    let search = AuditSearch {
        member: StaffId::parse(&query.member),
        line: line.flatten(),
        since: zone.start_of(day),
        until: zone.end_of(day),
        limit: MOST,
    };
    note(app, here.member.id, StaffNote { line: search.line, ..StaffNote::of("search_audit") })
        .await?;
    // A number that is no card's finds nothing, rather than everything.
    let found = match line {
        Some(None) => Vec::new(),
        Some(Some(_)) | None => audit::search(app, search).await?,
    };
    let members = team::members(app).await?;
    let broken = audit::verify(&*app.store).await?;
    let choice = |member: &Member| MemberChoice {
        id: member.id.to_string(),
        name: member.name.clone(),
        is_chosen: search.member == Some(member.id),
    };
    let mut layout = here.layout(Section::Audit);
    layout.page.path = here.frame.layout_at("/desk/audit").path;
    Ok(AuditPage {
        layout,
        choices: members.iter().map(choice).collect(),
        line: query.line.clone(),
        day: day.to_string(),
        lines: found.iter().map(|line| shown(here, line, (&members, &zone))).collect(),
        is_cut: found.len() >= usize::try_from(MOST).unwrap_or(usize::MAX),
        broken: broken.into_iter().map(|(member, _)| member.name).collect(),
    })
}

/// The card that was typed: nothing typed, no such card, or its id.
async fn line_of(here: &Here, typed: &str) -> Result<Option<Option<LineId>>, Problem> {
    if typed.is_empty() {
        return Ok(None);
    }
    if let Some(id) = LineId::parse(typed) {
        return Ok(Some(Some(id)));
    }
    Ok(Some(lines::find(&here.frame.channels().app, typed).await.ok()))
}

fn shown(here: &Here, line: &StaffAuditLine, (members, zone): (&[Member], &Zone)) -> AuditLine {
    let name = members.iter().find(|member| member.id == line.member);
    let mut about = String::new();
    for id in [
        line.line.map(|id| id.to_string()),
        line.order.map(|id| id.to_string()),
        line.call.map(|id| id.to_string()),
        Some(line.detail.clone()).filter(|detail| detail != "{}"),
    ]
    .into_iter()
    .flatten()
    {
        // Writing to a string cannot fail.
        let _ = write!(about, "{id} ");
    }
    AuditLine {
        at: here.frame.words().date_time_short(&line.at.in_zone(zone)),
        name: name.map_or_else(String::new, |member| member.name.clone()),
        action: line.action.clone(),
        about: about.trim_end().to_owned(),
    }
}
