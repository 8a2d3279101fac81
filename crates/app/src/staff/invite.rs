//! Inviting somebody to work here, by a link that opens once.

use super::sign_in_name;
use crate::ports::accounts::Digest;
use crate::ports::staff::{Invitation, MemberChange, MemberChanged};
use crate::{App, Problem, ProblemCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use farline_domain::kernel::{Cell, Instant, Language, StaffId};
use farline_domain::staff::{Roles, SecondPerson};
use sha2::{Digest as _, Sha256};

/// How long the link opens, in seconds: a day.
const LINK_SECONDS: i64 = 24 * 60 * 60;

/// Who is invited, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The name to sign in with, as typed.
    pub sign_in: String,
    /// What they are to be there for.
    pub roles: Roles,
    /// Whether somebody else has to agree to what is above their limits.
    pub second_person: SecondPerson,
    /// The language of the link's page.
    pub language: Language,
}

/// Somebody who has been invited.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The member.
    pub member: StaffId,
    /// The link, told once: only a digest of its secret is kept.
    pub link: String,
    /// Until when it opens.
    pub until: Instant,
}

/// Never shows the link.
impl std::fmt::Debug for Invited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invited").field("member", &self.member).finish_non_exhaustive()
    }
}

/// What a link's secret is kept as.
pub(super) fn digest_of(secret: &str) -> Digest {
    Sha256::digest(secret.as_bytes()).into()
}

/// Invites somebody new, or anew whose link was not followed or who had left. `by` is the member who does it; nobody,
/// at the command line.
pub async fn invite(app: &App, wanted: Wanted, by: Option<StaffId>) -> Result<Invited, Problem> {
    let sign_in = sign_in_name(&wanted.sign_in)?;
    if wanted.roles.is_empty() {
        return Err(Problem::of(ProblemCode::FieldMissing).in_field("roles"));
    }
    let now = app.now();
    let known = app.store.member_named(&sign_in).await?;
    let new = || StaffId::mint(now, Cell::numbered(0), app.randomness.bits());
    let member = known.map_or_else(new, |member| member.id);
    let mut secret = [0; 32];
    app.randomness.fill(&mut secret);
    let secret = URL_SAFE_NO_PAD.encode(secret);
    let Wanted { roles, second_person, language, .. } = wanted;
    let (link, until) = (digest_of(&secret), now.plus_seconds(LINK_SECONDS));
    let invitation = Invitation { sign_in, language, roles, second_person, link, until };
    match app.store.change_member(member, MemberChange::Invite(invitation), (by, now)).await? {
        MemberChanged::Done => {
            let link = format!("{}/{}/desk/join/{secret}", app.base_url, language.path());
            Ok(Invited { member, link, until })
        }
        MemberChanged::Taken | MemberChanged::Missing | MemberChanged::Last => {
            Err(Problem::of(ProblemCode::NameTaken).in_field("sign_in"))
        }
    }
}
