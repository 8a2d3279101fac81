//! One view struct per page of the desk: typed, already worded data over an askama template in `templates/desk`.

mod find;
mod sign_in;
mod team;

pub use find::{FindPage, ForbiddenPage};
pub use sign_in::{JoinPage, SignInPage};
pub use team::{
    AuditLine, AuditPage, Invitation, MemberChoice, MemberLine, MemberStanding, RoleChoice,
    TeamPage,
};
