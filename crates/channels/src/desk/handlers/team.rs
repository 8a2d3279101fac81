//! Who works here: inviting people, giving roles, ending somebody's work.

use crate::api::problem::status_of;
use crate::desk::here::{Here, Posted};
use crate::desk::layout::Section;
use crate::desk::views::{Invitation, MemberLine, MemberStanding, RoleChoice, TeamPage};
use crate::portal::handlers::form::Fields;
use crate::portal::handlers::frame::{html, see_other};
use crate::portal::handlers::present::{clock_time, home_zone};
use crate::portal::layout::FieldError;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use farline_app::ports::staff::{Member, MemberState};
use farline_app::staff::invite::Wanted;
use farline_app::staff::{Invited, StaffNote, invite as inviting, note, team};
use farline_app::{Problem, ProblemCode};
use farline_domain::kernel::StaffId;
use farline_domain::staff::{Deed, Role, Roles, SecondPerson};
use serde::Deserialize;
use serde_json::json;

/// What stands in the address.
#[derive(Debug, Deserialize)]
pub struct MemberPath {
    member: String,
}

/// `GET /{language}/desk/team`
pub async fn show(here: Here) -> Response {
    match page(&here, StatusCode::OK, None, Vec::new()).await {
        Ok(page) => page,
        Err(problem) => here.problem(&problem),
    }
}

async fn page(
    here: &Here,
    status: StatusCode,
    invited: Option<Invited>,
    errors: Vec<FieldError>,
) -> Result<Response, Problem> {
    here.may(Deed::ManageStaff)?;
    let members = team::members(&here.frame.channels().app).await?;
    let mut layout = here.layout(Section::Team);
    layout.page = {
        let mut page = here.frame.layout_at("/desk/team");
        page.csrf = layout.page.csrf.take();
        page.errors = errors;
        page
    };
    let members = members.iter().map(|member| line(here, member)).collect();
    let invited =
        invited.map(|invited| Invitation { until: time(here, invited.until), link: invited.link });
    let choices = choices(here, &Roles::default());
    Ok(html(status, &TeamPage { layout, members, choices, invited }))
}

fn time(here: &Here, at: farline_domain::kernel::Instant) -> String {
    let now = here.frame.channels().app.now();
    home_zone().map(|zone| clock_time(here.frame.words(), at, (&zone, now))).unwrap_or_default()
}

fn choices(here: &Here, held: &Roles) -> Vec<RoleChoice> {
    let choice = |role: Role| RoleChoice {
        code: role.code(),
        label: here.role_name(role),
        is_held: held.iter().any(|one| one == role),
    };
    Role::ALL.into_iter().map(choice).collect()
}

fn line(here: &Here, member: &Member) -> MemberLine {
    let roles: Vec<String> = member.roles.iter().map(|role| here.role_name(role)).collect();
    MemberLine {
        id: member.id.to_string(),
        name: member.name.clone(),
        sign_in: member.sign_in.clone(),
        roles: here.frame.words().dot(&roles),
        choices: choices(here, &member.roles),
        is_alone: member.second_person == SecondPerson::Waived,
        standing: match member.state {
            MemberState::Invited { until } => MemberStanding::Invited { until: time(here, until) },
            MemberState::Active => MemberStanding::Active,
            MemberState::Ended => MemberStanding::Ended,
        },
    }
}

fn roles_of(fields: &Fields) -> Roles {
    Role::ALL.into_iter().filter(|role| !fields.get(role.code()).is_empty()).collect()
}

/// `POST /{language}/desk/team`: an invitation. The link is shown once, to be passed on.
pub async fn invite(Posted { here, fields }: Posted) -> Response {
    if let Err(problem) = here.may(Deed::ManageStaff) {
        return here.problem(&problem);
    }
    let wanted = Wanted {
        sign_in: fields.get("sign_in").to_owned(),
        roles: roles_of(&fields),
        second_person: SecondPerson::Needed,
        language: here.frame.language,
    };
    let app = &here.frame.channels().app;
    let answered = match inviting(app, wanted, Some(here.member.id)).await {
        Ok(invited) => {
            written(&here, "invite", invited.member).await;
            page(&here, StatusCode::OK, Some(invited), Vec::new()).await
        }
        Err(problem) if problem.field.is_some() => {
            let errors = vec![here.frame.error(&problem, "sign_in")];
            page(&here, status_of(problem.code.kind()), None, errors).await
        }
        Err(problem) => Err(problem),
    };
    answered.unwrap_or_else(|problem| here.problem(&problem))
}

/// What one member does with another stands in the audit of both; the other's has it in the same commit.
async fn written(here: &Here, action: &'static str, whom: StaffId) {
    let detail = json!({ "member": whom.to_string() });
    let line = StaffNote { detail, ..StaffNote::of(action) };
    if note(&here.frame.channels().app, here.member.id, line).await.is_err() {
        tracing::warn!(action, "a change of the staff stands in one audit only");
    }
}

async fn change(here: &Here, member: &str, roles: Option<Roles>) -> Result<(), Problem> {
    here.may(Deed::ManageStaff)?;
    let member = StaffId::parse(member).ok_or(Problem::of(ProblemCode::NotFound))?;
    let (app, by) = (&here.frame.channels().app, Some(here.member.id));
    if let Some(roles) = roles {
        team::set_roles(app, member, roles, by).await?;
        written(here, "set_roles", member).await;
    } else {
        team::end(app, member, by).await?;
        written(here, "end_work", member).await;
    }
    Ok(())
}

async fn changed(here: Here, member: &str, roles: Option<Roles>) -> Response {
    match change(&here, member, roles).await {
        Ok(()) => see_other(&here.href("desk/team")),
        Err(problem) => here.problem(&problem),
    }
}

/// `POST /{language}/desk/team/{member}/roles`
pub async fn set_roles(Path(path): Path<MemberPath>, Posted { here, fields }: Posted) -> Response {
    let roles = roles_of(&fields);
    changed(here, &path.member, Some(roles)).await
}

/// `POST /{language}/desk/team/{member}/end`
pub async fn end(Path(path): Path<MemberPath>, Posted { here, .. }: Posted) -> Response {
    changed(here, &path.member, None).await
}
