//! The rows of the staff, and what their audit says of a change.

use super::Unreadable;
use super::row::Row;
use super::values::from_json;
use farline_app::ports::accounts::Digest;
use farline_app::ports::staff::{
    Member, MemberSecrets, MemberState, NewStaffLine, StoredStaffSession,
};
use farline_domain::kernel::{CallId, Instant, Language, LineId, OrderId, SessionId, StaffId};
use farline_domain::staff::{Deed, Roles, SecondPerson, StaffAuditLine, StaffSession};

fn unreadable(what: &str) -> Unreadable {
    Unreadable(format!("{what} of a member of the staff"))
}

/// The words of where somebody stands.
pub(crate) const INVITED: &str = "invited";
/// Signs in.
pub(crate) const ACTIVE: &str = "active";
/// Has left.
pub(crate) const ENDED: &str = "ended";

/// Reads a member from: id, sign_in, name, language, roles, second_person, state, invited_until, audit, audit_head.
pub(crate) fn member<R: Row>(row: &R) -> Result<Member, R::Fault> {
    let state = match (row.text(6)?, row.some_number(7)?) {
        (INVITED, Some(until)) => MemberState::Invited { until: Instant::from_millis(until) },
        (ACTIVE, None) => MemberState::Active,
        (ENDED, None) => MemberState::Ended,
        _ => return Err(unreadable("the state").into()),
    };
    let second_person = SecondPerson::parse(row.text(5)?);
    Ok(Member {
        id: StaffId::from_bytes(row.array(0)?),
        sign_in: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        language: Language::parse(row.text(3)?).ok_or_else(|| unreadable("the language"))?,
        roles: from_json(row.text(4)?)?,
        second_person: second_person.ok_or_else(|| unreadable("the second person"))?,
        state,
        head: (row.small(8)?, row.array(9)?),
    })
}

/// Reads secrets from: password, totp.
pub(crate) fn secrets<R: Row>(row: &R) -> Result<MemberSecrets, R::Fault> {
    let password = row.some_text(0)?.map(str::to_owned);
    Ok(MemberSecrets { password, totp: row.some_octets(1)?.map(<[u8]>::to_vec) })
}

/// Reads a session from: id, staff, device, started_at, used_at.
pub(crate) fn session<R: Row>(row: &R) -> Result<StoredStaffSession, R::Fault> {
    Ok(StoredStaffSession {
        id: SessionId::from_bytes(row.array(0)?),
        member: StaffId::from_bytes(row.array(1)?),
        device: row.text(2)?.to_owned(),
        times: StaffSession { started_at: row.instant(3)?, used_at: row.instant(4)? },
    })
}

/// Reads a line of the audit from: staff, number, at, action, line, order_id, call, detail, hash.
pub(crate) fn audit_line<R: Row>(row: &R) -> Result<StaffAuditLine, R::Fault> {
    Ok(StaffAuditLine {
        member: StaffId::from_bytes(row.array(0)?),
        number: row.small(1)?,
        at: row.instant(2)?,
        action: row.text(3)?.to_owned(),
        line: row.some_array(4)?.map(LineId::from_bytes),
        order: row.some_array(5)?.map(OrderId::from_bytes),
        call: row.some_array(6)?.map(CallId::from_bytes),
        detail: row.text(7)?.to_owned(),
        hash: row.array(8)?,
    })
}

/// The next line of a member's audit, behind `(number, head)`.
pub(crate) fn noted(
    (member, at): (StaffId, Instant),
    new: NewStaffLine,
    (number, head): (u32, Digest),
) -> StaffAuditLine {
    let NewStaffLine { action, line, order, call, detail } = new;
    let number = number + 1;
    let action = action.to_owned();
    let line =
        StaffAuditLine { member, number, at, action, line, order, call, detail, hash: [0; 32] };
    line.chained_to(head)
}

/// Whether nobody would manage the staff any more, if a member had these roles. `active` is everybody who works here.
/// Where nobody does anyway, nothing is made worse.
pub(crate) fn leaves_nobody(active: &[(StaffId, Roles)], member: StaffId, roles: &Roles) -> bool {
    let manages = |roles: &Roles| roles.may(Deed::ManageStaff);
    let was = active.iter().any(|(_, roles)| manages(roles));
    let others = active.iter().any(|(id, roles)| *id != member && manages(roles));
    was && !others && !manages(roles)
}
