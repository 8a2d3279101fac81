//! `farline staff invite|list|roles|end`

use super::{config_of, say};
use crate::admin::{self, Request, StaffRequest};
use crate::cli::{InviteArguments, Place, StaffCommand, WantedRole};
use crate::wiring;
use eyre::Result;
use farline_app::ports::staff::{Member, MemberState};
use farline_domain::staff::{Role, Roles, SecondPerson};
use farline_store::OpenMode;
use serde_json::{Value, json};

/// Runs the command.
pub(crate) async fn run(command: StaffCommand) -> Result<()> {
    match command {
        StaffCommand::Invite(arguments) => {
            let InviteArguments { name, roles, waive_second_person, language, place } = arguments;
            let roles = roles_of(&roles);
            let asked = StaffRequest::Invite { name, roles, waive_second_person, language };
            change(&place, asked).await
        }
        StaffCommand::List { json, place } => {
            let store = wiring::database(&config_of(&place)?, OpenMode::ReadOnly).await?;
            let members = store.members().await?;
            if json {
                say(&Value::from(members.iter().map(row).collect::<Vec<_>>()).to_string());
            } else {
                list(&members);
            }
            Ok(())
        }
        StaffCommand::Roles { name, roles, place } => {
            change(&place, StaffRequest::Roles { name, roles: roles.into_iter().collect() }).await
        }
        StaffCommand::End { name, place } => change(&place, StaffRequest::End { name }).await,
    }
}

async fn change(place: &Place, asked: StaffRequest) -> Result<()> {
    say(&admin::run(&config_of(place)?, Request::Staff(asked), None).await?);
    Ok(())
}

fn roles_of(wanted: &[WantedRole]) -> Roles {
    let each = wanted.iter().flat_map(|wanted| match wanted {
        WantedRole::One(role) => Roles::from_iter([*role]).iter().collect::<Vec<_>>(),
        WantedRole::Owner => Role::ALL.to_vec(),
    });
    each.collect()
}

fn list(members: &[Member]) {
    if members.is_empty() {
        say("Nobody yet. Invite with: farline staff invite NAME --role supervisor");
        return;
    }
    say("SIGNS IN AS               STATE     ROLES");
    for member in members {
        let (state, roles) = (state_of(member), words(member).join(", "));
        let alone = match member.second_person {
            SecondPerson::Needed => "",
            SecondPerson::Waived => "  (no second person)",
        };
        say(&format!("{:<25} {state:<9} {roles}{alone}", member.sign_in));
    }
}

fn words(member: &Member) -> Vec<&'static str> {
    member.roles.iter().map(Role::code).collect()
}

const fn state_of(member: &Member) -> &'static str {
    match member.state {
        MemberState::Invited { .. } => "invited",
        MemberState::Active => "active",
        MemberState::Ended => "ended",
    }
}

fn row(member: &Member) -> Value {
    json!({
        "id": member.id.to_string(),
        "signs_in_as": member.sign_in,
        "name": member.name,
        "state": state_of(member),
        "roles": words(member),
        "second_person": member.second_person.code(),
    })
}
