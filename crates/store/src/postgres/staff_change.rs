//! Changing members of the staff, and writing their audit: one change, one line, one commit. The
//! member's row is locked first, so what one member does follows one another.

use super::fault::Fault;
use super::session::{Parameters, Session};
use super::staff::staff_key;
use super::values::{Id, Octets};
use crate::kept::row::Row as _;
use crate::kept::staff::{ACTIVE, leaves_nobody, noted};
use crate::kept::values::{from_json, to_json};
use farline_app::ports::passkeys::{NewPasskey, PasskeyUse};
use farline_app::ports::staff::{
    Accepted, Invitation, MemberChange, MemberChanged, NewStaffLine, NewStaffSession, SignInWith,
};
use farline_domain::kernel::{Instant, SessionId, StaffId};
use farline_domain::staff::{ABSOLUTE_SECONDS, IDLE_SECONDS, Roles};

statements! {
    OWNER = "SELECT id, state FROM staff WHERE sign_in = $1 FOR UPDATE";
    // Whoever is invited again keeps the id, and with it the audit.
    INVITE = "INSERT INTO staff (id, sign_in, name, language, roles, second_person, state, \
        invitation, invited_until, totp_step, audit, audit_head) \
        VALUES ($1, $2, $2, $3, $4, $5, 'invited', $6, $7, 0, 0, decode(repeat('00', 32), 'hex')) \
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, language = excluded.language, \
        roles = excluded.roles, second_person = excluded.second_person, state = 'invited', \
        invitation = excluded.invitation, invited_until = excluded.invited_until";
    ACCEPT = "UPDATE staff SET name = $3, language = $4, password = $5, totp = $6, totp_step = $7, \
        state = 'active', invitation = NULL, invited_until = NULL \
        WHERE id = $1 AND invitation = $2 AND invited_until > $8";
    USE_STEP = "UPDATE staff SET totp_step = COALESCE($2::bigint, totp_step) \
        WHERE id = $1 AND state = 'active' AND ($2::bigint IS NULL OR totp_step < $2)";
    USE_PASSKEY = "UPDATE staff_passkeys SET state = $4, used_at = $5 \
        WHERE id = $2 AND staff = $1 AND state = $3";
    ADD_PASSKEY = "INSERT INTO staff_passkeys (id, staff, public_key, state, device, added_at) \
        SELECT $2::bytea, id, $3::bytea, $4::bytea, $5::text, $6::bigint FROM staff \
        WHERE id = $1 AND state = 'active' ON CONFLICT (id) DO NOTHING";
    HAS_PASSKEY = "SELECT 1 FROM staff_passkeys WHERE id = $1";
    REMOVE_PASSKEY = "DELETE FROM staff_passkeys WHERE staff = $1 AND id = $2";
    REMOVE_PASSKEYS = "DELETE FROM staff_passkeys WHERE staff = $1";
    END_OLD_SESSIONS = "DELETE FROM staff_sessions \
        WHERE token = $1 OR started_at <= $2 OR used_at <= $3";
    START_SESSION = "INSERT INTO staff_sessions (token, id, staff, device, started_at, used_at) \
        VALUES ($1, $2, $3, $4, $5, $5)";
    END_SESSION = "DELETE FROM staff_sessions WHERE staff = $1 AND id = $2";
    END_SESSIONS = "DELETE FROM staff_sessions WHERE staff = $1";
    // Of two who end each other, the later sees what the earlier did.
    AT_WORK = "SELECT id, roles FROM staff WHERE state = 'active' ORDER BY id FOR UPDATE";
    SET_ROLES = "UPDATE staff SET roles = $2 WHERE id = $1 AND state <> 'ended'";
    END = "UPDATE staff SET state = 'ended', password = NULL, totp = NULL, invitation = NULL, \
        invited_until = NULL WHERE id = $1 AND state <> 'ended'";
    HEAD = "SELECT audit, audit_head FROM staff WHERE id = $1 FOR UPDATE";
    SET_HEAD = "UPDATE staff SET audit = $2, audit_head = $3 WHERE id = $1";
    AUDIT = "INSERT INTO staff_audit (staff, number, at, action, line, order_id, call, detail, \
        hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Changes a member, with the line of their audit.
pub(super) async fn change(
    session: &Session,
    member: StaffId,
    change: &MemberChange,
    (by, at): (Option<StaffId>, Instant),
) -> Result<MemberChanged, Fault> {
    let work = Work { session, key: staff_key(member), at };
    let changed = match change {
        MemberChange::Invite(invitation) => work.invite(invitation).await?,
        MemberChange::Accept(accepted) => work.accept(accepted).await?,
        MemberChange::SignIn { session, with } => work.sign_in(session, with).await?,
        MemberChange::SignOut(session) => work.sign_out(*session).await?,
        MemberChange::AddPasskey(passkey) => work.add_passkey(passkey).await?,
        MemberChange::RemovePasskey(id) => work.remove_passkey(id).await?,
        MemberChange::SetRoles(roles) => work.set_roles(member, roles).await?,
        MemberChange::End => work.end(member).await?,
    };
    if changed == MemberChanged::Done {
        let (action, detail) = (change.name(), change.detail(by));
        let line = NewStaffLine { action, line: None, order: None, call: None, detail };
        note(session, (member, at), line).await?;
    }
    Ok(changed)
}

/// Writes a line of a member's audit.
pub(super) async fn note(
    session: &Session,
    (member, at): (StaffId, Instant),
    line: NewStaffLine,
) -> Result<(), Fault> {
    let key = staff_key(member);
    let row = session.row(HEAD, &[&key]).await?;
    let row = row.ok_or_else(|| Fault::Unreadable("the member is not there".to_owned()))?;
    let written = noted((member, at), line, (row.small(0)?, row.array(1)?));
    let (number, at) = (i64::from(written.number), written.at.millis());
    let line = written.line.map(|id| Octets(id.to_bytes()));
    let order = written.order.map(|id| Octets(id.to_bytes()));
    let call = written.call.map(|id| Octets(id.to_bytes()));
    let (action, detail, hash) = (&written.action, &written.detail, Octets(written.hash));
    let row: Parameters<'_> = &[&key, &number, &at, action, &line, &order, &call, detail, &hash];
    session.execute(AUDIT, row).await?;
    session.execute(SET_HEAD, &[&key, &number, &hash]).await?;
    Ok(())
}

const fn done(rows: u64) -> MemberChanged {
    if rows == 0 { MemberChanged::Missing } else { MemberChanged::Done }
}

/// One change under way. Whatever does not answer [`MemberChanged::Done`] has written nothing.
struct Work<'a> {
    session: &'a Session,
    key: Id,
    at: Instant,
}

impl Work<'_> {
    async fn execute(&self, sql: &'static str, row: Parameters<'_>) -> Result<u64, Fault> {
        self.session.execute(sql, row).await
    }

    async fn invite(&self, invitation: &Invitation) -> Result<MemberChanged, Fault> {
        if let Some(row) = self.session.row(OWNER, &[&invitation.sign_in]).await? {
            let id: [u8; 16] = row.array(0)?;
            if id != self.key.0 || row.text(1)? == ACTIVE {
                return Ok(MemberChanged::Taken);
            }
        }
        let Invitation { sign_in, language, roles, second_person, link, until } = invitation;
        let (language, roles) = (language.tag(), to_json(roles)?);
        let (second, link, until) = (second_person.code(), Octets(*link), until.millis());
        let row: Parameters<'_> = &[&self.key, sign_in, &language, &roles, &second, &link, &until];
        self.execute(INVITE, row).await?;
        Ok(MemberChanged::Done)
    }

    async fn accept(&self, accepted: &Accepted) -> Result<MemberChanged, Fault> {
        let Accepted { link, name, language, secrets, step } = accepted;
        let (link, language, at) = (Octets(*link), language.tag(), self.at.millis());
        let (password, totp) = (&secrets.password, &secrets.totp);
        let row: Parameters<'_> = &[&self.key, &link, name, &language, password, totp, step, &at];
        Ok(done(self.execute(ACCEPT, row).await?))
    }

    async fn sign_in(
        &self,
        device: &NewStaffSession,
        with: &SignInWith,
    ) -> Result<MemberChanged, Fault> {
        let (step, passkey) = match with {
            SignInWith::Nothing => (None, None),
            SignInWith::Code(step) => (Some(*step), None),
            SignInWith::Passkey(passkey) => (None, Some(passkey)),
        };
        if self.execute(USE_STEP, &[&self.key, &step]).await? == 0 {
            return Ok(MemberChanged::Missing);
        }
        if let Some(passkey) = passkey
            && !self.use_passkey(passkey).await?
        {
            return Ok(MemberChanged::Missing);
        }
        let earlier = |seconds: i64| self.at.plus_seconds(-seconds).millis();
        let (replaces, at) = (device.replaces.map(Octets), self.at.millis());
        let ends: Parameters<'_> = &[&replaces, &earlier(ABSOLUTE_SECONDS), &earlier(IDLE_SECONDS)];
        self.execute(END_OLD_SESSIONS, ends).await?;
        let (token, id) = (Octets(device.token), Octets(device.id.to_bytes()));
        let row: Parameters<'_> = &[&token, &id, &self.key, &device.device, &at];
        self.execute(START_SESSION, row).await?;
        Ok(MemberChanged::Done)
    }

    async fn use_passkey(&self, used: &PasskeyUse) -> Result<bool, Fault> {
        let (before, after, at) = (Octets(used.before), Octets(used.after), self.at.millis());
        let row: Parameters<'_> = &[&self.key, &used.id, &before, &after, &at];
        Ok(self.execute(USE_PASSKEY, row).await? == 1)
    }

    async fn add_passkey(&self, passkey: &NewPasskey) -> Result<MemberChanged, Fault> {
        let NewPasskey { id, key, state, device } = passkey;
        let (state, at) = (Octets(*state), self.at.millis());
        let row: Parameters<'_> = &[&self.key, id, key, &state, device, &at];
        if self.execute(ADD_PASSKEY, row).await? == 1 {
            return Ok(MemberChanged::Done);
        }
        let is_there = self.session.row(HAS_PASSKEY, &[id]).await?.is_some();
        Ok(if is_there { MemberChanged::Taken } else { MemberChanged::Missing })
    }

    async fn remove_passkey(&self, id: &Vec<u8>) -> Result<MemberChanged, Fault> {
        Ok(done(self.execute(REMOVE_PASSKEY, &[&self.key, id]).await?))
    }

    async fn sign_out(&self, session: SessionId) -> Result<MemberChanged, Fault> {
        let row: Parameters<'_> = &[&self.key, &Octets(session.to_bytes())];
        Ok(done(self.execute(END_SESSION, row).await?))
    }

    async fn leaves_nobody(&self, member: StaffId, roles: &Roles) -> Result<bool, Fault> {
        let mut at_work = Vec::new();
        for row in self.session.rows(AT_WORK, &[]).await? {
            at_work.push((StaffId::from_bytes(row.array(0)?), from_json(row.text(1)?)?));
        }
        Ok(leaves_nobody(&at_work, member, roles))
    }

    async fn set_roles(&self, member: StaffId, roles: &Roles) -> Result<MemberChanged, Fault> {
        if self.leaves_nobody(member, roles).await? {
            return Ok(MemberChanged::Last);
        }
        Ok(done(self.execute(SET_ROLES, &[&self.key, &to_json(roles)?]).await?))
    }

    async fn end(&self, member: StaffId) -> Result<MemberChanged, Fault> {
        if self.leaves_nobody(member, &Roles::default()).await? {
            return Ok(MemberChanged::Last);
        }
        let ended = self.execute(END, &[&self.key]).await?;
        self.execute(END_SESSIONS, &[&self.key]).await?;
        self.execute(REMOVE_PASSKEYS, &[&self.key]).await?;
        Ok(done(ended))
    }
}
