//! Signing out.

use super::StaffPresent;
use crate::ports::staff::MemberChange;
use crate::{App, Problem};

/// Signs a device out. It takes effect with the answer.
pub async fn sign_out(app: &App, present: &StaffPresent) -> Result<(), Problem> {
    let change = MemberChange::SignOut(present.session);
    app.store.change_member(present.member.id, change, (None, app.now())).await?;
    Ok(())
}
