//! The staff as kept: reading members, their sessions and their audit. What changes a member is in
//! `staff_change`, because each change carries its line of the audit.

use super::accounts::rows;
use super::fault::Fault;
use super::{SqliteStore, staff_change};
use crate::kept::row::Row as _;
use crate::kept::staff::{audit_line, member, secrets, session};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::staff::{
    AuditSearch, Member, MemberChange, MemberChanged, MemberSecrets, NewStaffLine,
    StoredStaffSession,
};
use farline_app::ports::{Staff, StoreError};
use farline_domain::kernel::{Instant, LineId, StaffId};
use farline_domain::staff::StaffAuditLine;
use rusqlite::{Params, Row, params};

statements! {
    MEMBER = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE id = ?1";
    NAMED = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE sign_in = ?1";
    INVITED = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE invitation = ?1";
    MEMBERS = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff ORDER BY sign_in";
    SECRETS = "SELECT password, totp FROM staff WHERE id = ?1";
    SESSION = "SELECT id, staff, device, started_at, used_at FROM staff_sessions WHERE token = ?1";
    TOUCH = "UPDATE staff_sessions SET used_at = ?2 WHERE token = ?1 AND used_at < ?2";
    BY_TIME = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE at >= ?1 AND at < ?2 AND (?3 IS NULL OR staff = ?3) \
        ORDER BY at DESC, staff, number DESC LIMIT ?4";
    BY_LINE = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE at >= ?1 AND at < ?2 AND (?3 IS NULL OR staff = ?3) AND line = ?5 \
        ORDER BY at DESC, staff, number DESC LIMIT ?4";
    CHAIN = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE staff = ?1 AND number > ?2 ORDER BY number LIMIT ?3";
    FORGET_TARGETS = "DELETE FROM staff_targets WHERE until <= ?1";
    KEEP_TARGET = "INSERT INTO staff_targets (token, target, until) VALUES (?1, ?2, ?3) \
        ON CONFLICT (token) DO UPDATE SET target = excluded.target, until = excluded.until";
    TAKE_TARGET = "DELETE FROM staff_targets WHERE token = ?1 RETURNING target, until";
}

impl SqliteStore {
    pub(super) fn one<T>(
        &self,
        sql: &str,
        parameters: impl Params,
        read: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, StoreError> {
        let found = self.read(|connection| rows(connection, sql, parameters, read))?;
        Ok(found.into_iter().next())
    }
}

#[async_trait]
impl Staff for SqliteStore {
    async fn member(&self, id: StaffId) -> Result<Option<Member>, StoreError> {
        self.one(MEMBER, [id.to_bytes()], |row| member(row))
    }

    async fn member_named(&self, sign_in: &str) -> Result<Option<Member>, StoreError> {
        self.one(NAMED, [sign_in], |row| member(row))
    }

    async fn member_invited(&self, link: &Digest) -> Result<Option<Member>, StoreError> {
        self.one(INVITED, [link], |row| member(row))
    }

    async fn members(&self) -> Result<Vec<Member>, StoreError> {
        self.read(|connection| rows(connection, MEMBERS, [], |row| member(row)))
    }

    async fn member_secrets(&self, id: StaffId) -> Result<MemberSecrets, StoreError> {
        Ok(self.one(SECRETS, [id.to_bytes()], |row| secrets(row))?.unwrap_or_default())
    }

    async fn staff_session(
        &self,
        token: &Digest,
    ) -> Result<Option<StoredStaffSession>, StoreError> {
        self.one(SESSION, [token], |row| session(row))
    }

    async fn touch_staff_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError> {
        let token = *token;
        self.write(move |connection| {
            connection.prepare_cached(TOUCH)?.execute(params![token, at.millis()])?;
            Ok(())
        })
        .await
    }

    async fn change_member(
        &self,
        member: StaffId,
        change: MemberChange,
        by: (Option<StaffId>, Instant),
    ) -> Result<MemberChanged, StoreError> {
        self.write(move |connection| staff_change::change(connection, member, change, by)).await
    }

    async fn note_staff(
        &self,
        member: StaffId,
        line: NewStaffLine,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.write(move |connection| staff_change::note(connection, (member, at), line)).await
    }

    async fn search_staff_audit(
        &self,
        search: AuditSearch,
    ) -> Result<Vec<StaffAuditLine>, StoreError> {
        let AuditSearch { member, line, since, until, limit } = search;
        let member = member.map(StaffId::to_bytes);
        self.read_long(move |connection| {
            let (since, until) = (since.millis(), until.millis());
            match line.map(LineId::to_bytes) {
                None => {
                    let wanted = params![since, until, member, limit];
                    rows(connection, BY_TIME, wanted, |row| audit_line(row))
                }
                Some(line) => {
                    let wanted = params![since, until, member, limit, line];
                    rows(connection, BY_LINE, wanted, |row| audit_line(row))
                }
            }
        })
        .await
    }

    async fn staff_chain(
        &self,
        member: StaffId,
        after: u32,
        limit: u32,
    ) -> Result<Vec<StaffAuditLine>, StoreError> {
        let wanted = params![member.to_bytes(), after, limit];
        self.read(|connection| rows(connection, CHAIN, wanted, |row| audit_line(row)))
    }

    async fn keep_target(
        &self,
        token: &Digest,
        target: &str,
        (now, until): (Instant, Instant),
    ) -> Result<(), StoreError> {
        let (token, target) = (*token, target.to_owned());
        self.write(move |connection| {
            connection.prepare_cached(FORGET_TARGETS)?.execute([now.millis()])?;
            let row = params![token, target, until.millis()];
            connection.prepare_cached(KEEP_TARGET)?.execute(row)?;
            Ok(())
        })
        .await
    }

    async fn take_target(
        &self,
        token: &Digest,
        now: Instant,
    ) -> Result<Option<String>, StoreError> {
        let token = *token;
        self.write(move |connection| {
            let taken = rows(connection, TAKE_TARGET, [token], |row| {
                Ok((row.text(0)?.to_owned(), row.instant(1)?))
            })?;
            Ok(taken.into_iter().next().filter(|(_, until)| now < *until).map(|(target, _)| target))
        })
        .await
    }
}
