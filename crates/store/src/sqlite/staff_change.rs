//! Changing members of the staff, and writing their audit: one change, one line, one commit.

use super::accounts::rows;
use super::fault::Fault;
use crate::kept::row::Row as _;
use crate::kept::staff::{ACTIVE, leaves_nobody, noted};
use crate::kept::values::{IdBytes, from_json, to_json};
use farline_app::ports::passkeys::{NewPasskey, PasskeyUse};
use farline_app::ports::staff::{
    Accepted, Invitation, MemberChange, MemberChanged, NewStaffLine, NewStaffSession, SignInWith,
};
use farline_domain::kernel::{CallId, Instant, LineId, OrderId, SessionId, StaffId};
use farline_domain::staff::{ABSOLUTE_SECONDS, IDLE_SECONDS, Roles};
use rusqlite::{Connection, OptionalExtension, params};

statements! {
    OWNER = "SELECT id, state FROM staff WHERE sign_in = ?1";
    // Whoever is invited again keeps the id, and with it the audit.
    INVITE = "INSERT INTO staff (id, sign_in, name, language, roles, second_person, state, \
        invitation, invited_until, totp_step, audit, audit_head) \
        VALUES (?1, ?2, ?2, ?3, ?4, ?5, 'invited', ?6, ?7, 0, 0, zeroblob(32)) \
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, \
        roles = excluded.roles, second_person = excluded.second_person, state = 'invited', \
        invitation = excluded.invitation, invited_until = excluded.invited_until";
    ACCEPT = "UPDATE staff SET name = ?3, language = ?4, password = ?5, totp = ?6, totp_step = ?7, \
        state = 'active', invitation = NULL, invited_until = NULL \
        WHERE id = ?1 AND invitation = ?2 AND invited_until > ?8";
    USE_STEP = "UPDATE staff SET totp_step = COALESCE(?2, totp_step) \
        WHERE id = ?1 AND state = 'active' AND (?2 IS NULL OR totp_step < ?2)";
    USE_PASSKEY = "UPDATE staff_passkeys SET state = ?4, used_at = ?5 \
        WHERE id = ?2 AND staff = ?1 AND state = ?3";
    ADD_PASSKEY = "INSERT INTO staff_passkeys (id, staff, public_key, state, device, added_at) \
        SELECT ?2, id, ?3, ?4, ?5, ?6 FROM staff WHERE id = ?1 AND state = 'active' \
        ON CONFLICT (id) DO NOTHING";
    HAS_PASSKEY = "SELECT 1 FROM staff_passkeys WHERE id = ?1";
    REMOVE_PASSKEY = "DELETE FROM staff_passkeys WHERE staff = ?1 AND id = ?2";
    REMOVE_PASSKEYS = "DELETE FROM staff_passkeys WHERE staff = ?1";
    END_OLD_SESSIONS = "DELETE FROM staff_sessions \
        WHERE token = ?1 OR started_at <= ?2 OR used_at <= ?3";
    START_SESSION = "INSERT INTO staff_sessions (token, id, staff, device, started_at, used_at) \
        VALUES (?1, ?2, ?3, ?4, ?5, ?5)";
    END_SESSION = "DELETE FROM staff_sessions WHERE staff = ?1 AND id = ?2";
    END_SESSIONS = "DELETE FROM staff_sessions WHERE staff = ?1";
    AT_WORK = "SELECT id, roles FROM staff WHERE state = 'active' ORDER BY id";
    SET_ROLES = "UPDATE staff SET roles = ?2 WHERE id = ?1 AND state <> 'ended'";
    END = "UPDATE staff SET state = 'ended', password = NULL, totp = NULL, invitation = NULL, \
        invited_until = NULL WHERE id = ?1 AND state <> 'ended'";
    HEAD = "SELECT audit, audit_head FROM staff WHERE id = ?1";
    SET_HEAD = "UPDATE staff SET audit = ?2, audit_head = ?3 WHERE id = ?1";
    AUDIT = "INSERT INTO staff_audit (staff, number, at, action, line, order_id, call, detail, \
        hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
}

/// Changes a member, with the line of their audit.
pub(super) fn change(
    connection: &Connection,
    member: StaffId,
    change: MemberChange,
    (by, at): (Option<StaffId>, Instant),
) -> Result<MemberChanged, Fault> {
    let work = Work { connection, member: member.to_bytes(), at };
    let (action, detail) = (change.name(), change.detail(by));
    let changed = match change {
        MemberChange::Invite(invitation) => work.invite(&invitation)?,
        MemberChange::Accept(accepted) => work.accept(&accepted)?,
        MemberChange::SignIn { session, with } => work.sign_in(&session, &with)?,
        MemberChange::SignOut(session) => work.sign_out(session)?,
        MemberChange::AddPasskey(passkey) => work.add_passkey(&passkey)?,
        MemberChange::RemovePasskey(id) => work.remove_passkey(&id)?,
        MemberChange::SetRoles(roles) => work.set_roles(member, &roles)?,
        MemberChange::End => work.end(member)?,
    };
    if changed == MemberChanged::Done {
        let line = NewStaffLine { action, line: None, order: None, call: None, detail };
        note(connection, (member, at), line)?;
    }
    Ok(changed)
}

/// Writes a line of a member's audit.
pub(super) fn note(
    connection: &Connection,
    (member, at): (StaffId, Instant),
    line: NewStaffLine,
) -> Result<(), Fault> {
    let head = connection
        .prepare_cached(HEAD)?
        .query_row([member.to_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let line = noted((member, at), line, head);
    connection.prepare_cached(AUDIT)?.execute(params![
        line.member.to_bytes(),
        line.number,
        line.at.millis(),
        line.action,
        line.line.map(LineId::to_bytes),
        line.order.map(OrderId::to_bytes),
        line.call.map(CallId::to_bytes),
        line.detail,
        line.hash,
    ])?;
    let head = params![member.to_bytes(), line.number, line.hash];
    connection.prepare_cached(SET_HEAD)?.execute(head)?;
    Ok(())
}

const fn done(rows: usize) -> MemberChanged {
    if rows == 0 { MemberChanged::Missing } else { MemberChanged::Done }
}

/// One change under way. Whatever does not answer [`MemberChanged::Done`] has written nothing.
struct Work<'a> {
    connection: &'a Connection,
    member: IdBytes,
    at: Instant,
}

impl Work<'_> {
    fn invite(&self, invitation: &Invitation) -> Result<MemberChanged, Fault> {
        let mut statement = self.connection.prepare_cached(OWNER)?;
        let owner: Option<(IdBytes, String)> = statement
            .query_row([&invitation.sign_in], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if owner.is_some_and(|(id, state)| id != self.member || state == ACTIVE) {
            return Ok(MemberChanged::Taken);
        }
        self.connection.prepare_cached(INVITE)?.execute(params![
            self.member,
            invitation.sign_in,
            invitation.language.tag(),
            to_json(&invitation.roles)?,
            invitation.second_person.code(),
            invitation.link,
            invitation.until.millis(),
        ])?;
        Ok(MemberChanged::Done)
    }

    fn accept(&self, accepted: &Accepted) -> Result<MemberChanged, Fault> {
        Ok(done(self.connection.prepare_cached(ACCEPT)?.execute(params![
            self.member,
            accepted.link,
            accepted.name,
            accepted.language.tag(),
            accepted.secrets.password,
            accepted.secrets.totp,
            accepted.step,
            self.at.millis(),
        ])?))
    }

    fn sign_in(
        &self,
        session: &NewStaffSession,
        with: &SignInWith,
    ) -> Result<MemberChanged, Fault> {
        let (step, passkey) = match with {
            SignInWith::Nothing => (None, None),
            SignInWith::Code(step) => (Some(*step), None),
            SignInWith::Passkey(passkey) => (None, Some(passkey)),
        };
        let used = self.connection.prepare_cached(USE_STEP)?.execute(params![self.member, step])?;
        if used == 0 || !passkey.map_or(Ok(true), |passkey| self.use_passkey(passkey))? {
            return Ok(MemberChanged::Missing);
        }
        let earlier = |seconds: i64| self.at.plus_seconds(-seconds).millis();
        self.connection.prepare_cached(END_OLD_SESSIONS)?.execute(params![
            session.replaces,
            earlier(ABSOLUTE_SECONDS),
            earlier(IDLE_SECONDS),
        ])?;
        self.connection.prepare_cached(START_SESSION)?.execute(params![
            session.token,
            session.id.to_bytes(),
            self.member,
            session.device,
            self.at.millis(),
        ])?;
        Ok(MemberChanged::Done)
    }

    fn use_passkey(&self, used: &PasskeyUse) -> Result<bool, Fault> {
        let PasskeyUse { id, before, after } = used;
        let row = params![self.member, id, before, after, self.at.millis()];
        Ok(self.connection.prepare_cached(USE_PASSKEY)?.execute(row)? == 1)
    }

    fn add_passkey(&self, passkey: &NewPasskey) -> Result<MemberChanged, Fault> {
        let NewPasskey { id, key, state, device } = passkey;
        let row = params![self.member, id, key, state, device, self.at.millis()];
        if self.connection.prepare_cached(ADD_PASSKEY)?.execute(row)? == 1 {
            return Ok(MemberChanged::Done);
        }
        let is_there = self.connection.prepare_cached(HAS_PASSKEY)?.exists([id])?;
        Ok(if is_there { MemberChanged::Taken } else { MemberChanged::Missing })
    }

    fn remove_passkey(&self, id: &[u8]) -> Result<MemberChanged, Fault> {
        let row = params![self.member, id];
        Ok(done(self.connection.prepare_cached(REMOVE_PASSKEY)?.execute(row)?))
    }

    fn sign_out(&self, session: SessionId) -> Result<MemberChanged, Fault> {
        let row = params![self.member, session.to_bytes()];
        Ok(done(self.connection.prepare_cached(END_SESSION)?.execute(row)?))
    }

    fn leaves_nobody(&self, member: StaffId, roles: &Roles) -> Result<bool, Fault> {
        let at_work = rows(self.connection, AT_WORK, [], |row| {
            Ok((StaffId::from_bytes(row.array(0)?), from_json(row.text(1)?)?))
        })?;
        Ok(leaves_nobody(&at_work, member, roles))
    }

    fn set_roles(&self, member: StaffId, roles: &Roles) -> Result<MemberChanged, Fault> {
        if self.leaves_nobody(member, roles)? {
            return Ok(MemberChanged::Last);
        }
        let row = params![self.member, to_json(roles)?];
        Ok(done(self.connection.prepare_cached(SET_ROLES)?.execute(row)?))
    }

    fn end(&self, member: StaffId) -> Result<MemberChanged, Fault> {
        if self.leaves_nobody(member, &Roles::default())? {
            return Ok(MemberChanged::Last);
        }
        let ended = self.connection.prepare_cached(END)?.execute([self.member])?;
        self.connection.prepare_cached(END_SESSIONS)?.execute([self.member])?;
        self.connection.prepare_cached(REMOVE_PASSKEYS)?.execute([self.member])?;
        Ok(done(ended))
    }
}
