//! Who works here: seeing everybody, giving and taking roles, ending somebody's work. Nobody takes the last
//! right to do so away.

use crate::ports::staff::{Member, MemberChange, MemberChanged};
use crate::{App, Problem, ProblemCode};
use farline_domain::kernel::StaffId;
use farline_domain::staff::Roles;

/// Everybody, those who left included, by name.
pub async fn members(app: &App) -> Result<Vec<Member>, Problem> {
    Ok(app.store.members().await?)
}

/// The member of a name to sign in with.
pub async fn named(app: &App, sign_in: &str) -> Result<Member, Problem> {
    let found = app.store.member_named(&sign_in.trim().to_lowercase()).await?;
    found.ok_or(Problem::of(ProblemCode::NotFound))
}

/// Gives and takes roles. It takes effect with the member's next request.
pub async fn set_roles(
    app: &App,
    member: StaffId,
    roles: Roles,
    by: Option<StaffId>,
) -> Result<(), Problem> {
    if roles.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("roles"));
    }
    change(app, member, MemberChange::SetRoles(roles), by).await
}

/// Ends somebody's work: they are signed out at once, and do not come in again.
pub async fn end(app: &App, member: StaffId, by: Option<StaffId>) -> Result<(), Problem> {
    change(app, member, MemberChange::End, by).await
}

async fn change(
    app: &App,
    member: StaffId,
    change: MemberChange,
    by: Option<StaffId>,
) -> Result<(), Problem> {
    match app.store.change_member(member, change, (by, app.now())).await? {
        MemberChanged::Done => Ok(()),
        MemberChanged::Last => Err(Problem::of(ProblemCode::LastManager)),
        MemberChanged::Taken | MemberChanged::Missing => Err(Problem::of(ProblemCode::NotFound)),
    }
}
