//! The people of the demonstration: an owner and an agent who come in by one tap, and only where no money is
//! real.

use super::invite::{Wanted, digest_of};
use super::{StaffSignedIn, invite, session};
use crate::accounts::Visitor;
use crate::ports::staff::{Accepted, MemberChange, MemberSecrets, SignInWith};
use crate::{App, Mode, Problem, ProblemCode};
use farline_domain::kernel::Language;
use farline_domain::staff::{Role, Roles, SecondPerson};

/// Somebody of the demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Played {
    /// Owns the business and does everything alone, without a second person.
    Owner,
    /// Answers the telephone.
    Agent,
}

impl Played {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Agent, Self::Owner];

    /// The name to sign in with.
    pub const fn sign_in(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Agent => "agent",
        }
    }

    /// Reads it.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|played| played.sign_in() == word)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Owner => "Lin Yue 林悦",
            Self::Agent => "Camille Roy",
        }
    }

    fn roles(self) -> (Roles, SecondPerson) {
        match self {
            Self::Owner => (Roles::owner(), SecondPerson::Waived),
            Self::Agent => (Roles::from_iter([Role::Agent]), SecondPerson::Needed),
        }
    }
}

fn none() -> Problem {
    Problem::of(ProblemCode::NotFound)
}

/// Employs both, unless they are there.
pub async fn employ(app: &App) -> Result<(), Problem> {
    for played in Played::ALL {
        if app.store.member_named(played.sign_in()).await?.is_none() {
            employ_one(app, played).await?;
        }
    }
    Ok(())
}

async fn employ_one(app: &App, played: Played) -> Result<(), Problem> {
    if app.mode != Mode::Sandbox {
        return Err(none());
    }
    let (roles, second_person) = played.roles();
    let (sign_in, language) = (played.sign_in().to_owned(), Language::EnCa);
    let wanted = Wanted { sign_in, roles, second_person, language };
    let invited = invite(app, wanted, None).await?;
    let accepted = Accepted {
        link: digest_of(invited.link.rsplit('/').next().unwrap_or_default()),
        name: played.name().to_owned(),
        language,
        secrets: MemberSecrets::default(),
        step: 0,
    };
    let by = (None, app.now());
    app.store.change_member(invited.member, MemberChange::Accept(accepted), by).await?;
    Ok(())
}

/// Signs in as one of them. Where money is real, or somebody real has the name, there is nobody to sign in as.
pub async fn come_in(
    app: &App,
    played: Played,
    visitor: &Visitor,
) -> Result<StaffSignedIn, Problem> {
    if app.mode != Mode::Sandbox {
        return Err(none());
    }
    let member = app.store.member_named(played.sign_in()).await?.ok_or_else(none)?;
    if app.store.member_secrets(member.id).await?.totp.is_some() {
        return Err(none());
    }
    session::start(app, member.id, SignInWith::Nothing, visitor).await
}
