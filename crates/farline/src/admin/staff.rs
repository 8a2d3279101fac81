//! Changing who works at the desk, from the command line.

use super::StaffRequest;
use eyre::{Result, eyre};
use farline_app::staff::invite::Wanted;
use farline_app::staff::{invite, team};
use farline_app::{App, Problem, ProblemCode};
use farline_domain::staff::{Roles, SecondPerson};

/// Does it, and says what was done.
pub(super) async fn change(app: &App, asked: StaffRequest) -> Result<String> {
    match asked {
        StaffRequest::Invite { name, roles, waive_second_person, language } => {
            let second_person =
                if waive_second_person { SecondPerson::Waived } else { SecondPerson::Needed };
            let wanted = Wanted { sign_in: name.clone(), roles, second_person, language };
            let invited = invite(app, wanted, None).await.map_err(|one| refused(&name, &one))?;
            let (link, until) = (&invited.link, invited.until.rfc3339());
            Ok(format!("{link}\nopens once, until {until}. It is not shown again."))
        }
        StaffRequest::Roles { name, roles } => {
            set_roles(app, &name, roles).await.map_err(|problem| refused(&name, &problem))
        }
        StaffRequest::End { name } => {
            end(app, &name).await.map_err(|problem| refused(&name, &problem))
        }
    }
}

async fn set_roles(app: &App, name: &str, roles: Roles) -> Result<String, Problem> {
    let member = team::named(app, name).await?;
    let words: Vec<&str> = roles.iter().map(farline_domain::staff::Role::code).collect();
    let told = format!("{name} is {} now.", words.join(", "));
    team::set_roles(app, member.id, roles, None).await?;
    Ok(told)
}

async fn end(app: &App, name: &str) -> Result<String, Problem> {
    let member = team::named(app, name).await?;
    team::end(app, member.id, None).await?;
    Ok(format!("{name} does not work here any more."))
}

fn refused(name: &str, problem: &Problem) -> eyre::Report {
    match problem.code {
        ProblemCode::NotFound => eyre!("nobody who works here signs in as {name}"),
        ProblemCode::NameTaken => eyre!("somebody who works here signs in as {name} already"),
        ProblemCode::LastManager => {
            eyre!("{name} is the last who looks after the team: give that role to another first")
        }
        ProblemCode::FieldInvalid => eyre!("“{name}” is no name to sign in with"),
        code => eyre!("this cannot be done ({})", code.code()),
    }
}
