//! The staff as kept: reading members, their sessions and their audit. What changes a member is in
//! `staff_change`, because each change carries its line of the audit.

use super::accounts::{all, one};
use super::fault::Fault;
use super::session::{Parameters, Session};
use super::values::{Id, Octets};
use super::{PostgresStore, staff_change};
use crate::kept::row::Row as _;
use crate::kept::staff::{audit_line, member, secrets, session};
use async_trait::async_trait;
use farline_app::ports::accounts::Digest;
use farline_app::ports::staff::{
    AuditSearch, Member, MemberChange, MemberChanged, MemberSecrets, NewStaffLine,
    StoredStaffSession,
};
use farline_app::ports::{Staff, StoreError};
use farline_domain::kernel::{Instant, StaffId};
use farline_domain::staff::StaffAuditLine;

statements! {
    MEMBER = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE id = $1";
    NAMED = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE sign_in = $1";
    INVITED = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff WHERE invitation = $1";
    MEMBERS = "SELECT id, sign_in, name, language, roles, second_person, state, invited_until, \
        audit, audit_head FROM staff ORDER BY sign_in";
    SECRETS = "SELECT password, totp FROM staff WHERE id = $1";
    SESSION = "SELECT id, staff, device, started_at, used_at FROM staff_sessions WHERE token = $1";
    TOUCH = "UPDATE staff_sessions SET used_at = $2 WHERE token = $1 AND used_at < $2";
    BY_TIME = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE at >= $1 AND at < $2 AND ($3::bytea IS NULL OR staff = $3) \
        ORDER BY at DESC, staff, number DESC LIMIT $4";
    BY_LINE = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE at >= $1 AND at < $2 AND ($3::bytea IS NULL OR staff = $3) \
        AND line = $5 ORDER BY at DESC, staff, number DESC LIMIT $4";
    CHAIN = "SELECT staff, number, at, action, line, order_id, call, detail, hash \
        FROM staff_audit WHERE staff = $1 AND number > $2 ORDER BY number LIMIT $3";
    FORGET_TARGETS = "DELETE FROM staff_targets WHERE until <= $1";
    KEEP_TARGET = "INSERT INTO staff_targets (token, target, until) VALUES ($1, $2, $3) \
        ON CONFLICT (token) DO UPDATE SET target = excluded.target, until = excluded.until";
    TAKE_TARGET = "DELETE FROM staff_targets WHERE token = $1 RETURNING target, until";
}

/// A member's id as stored.
pub(super) const fn staff_key(id: StaffId) -> Id {
    Octets(id.to_bytes())
}

async fn search(store: &PostgresStore, search: AuditSearch) -> Result<Vec<StaffAuditLine>, Fault> {
    let AuditSearch { member, line, since, until, limit } = search;
    let (since, until, limit) = (since.millis(), until.millis(), i64::from(limit));
    let (member, line) = (member.map(staff_key), line.map(|id| Octets(id.to_bytes())));
    match line {
        None => {
            let wanted: Parameters<'_> = &[&since, &until, &member, &limit];
            all(store, (BY_TIME, wanted), audit_line).await
        }
        Some(line) => {
            let wanted: Parameters<'_> = &[&since, &until, &member, &limit, &line];
            all(store, (BY_LINE, wanted), audit_line).await
        }
    }
}

async fn touch(store: &PostgresStore, token: &Digest, at: Instant) -> Result<(), Fault> {
    store.session().await?.execute(TOUCH, &[&Octets(*token), &at.millis()]).await?;
    Ok(())
}

async fn keep_target(
    session: &Session,
    (token, target): (&Digest, &str),
    (now, until): (Instant, Instant),
) -> Result<(), Fault> {
    session.execute(FORGET_TARGETS, &[&now.millis()]).await?;
    session.execute(KEEP_TARGET, &[&Octets(*token), &target, &until.millis()]).await?;
    Ok(())
}

#[async_trait]
impl Staff for PostgresStore {
    async fn member(&self, id: StaffId) -> Result<Option<Member>, StoreError> {
        Ok(one(self, (MEMBER, &[&staff_key(id)]), member).await?)
    }

    async fn member_named(&self, sign_in: &str) -> Result<Option<Member>, StoreError> {
        Ok(one(self, (NAMED, &[&sign_in]), member).await?)
    }

    async fn member_invited(&self, link: &Digest) -> Result<Option<Member>, StoreError> {
        Ok(one(self, (INVITED, &[&Octets(*link)]), member).await?)
    }

    async fn members(&self) -> Result<Vec<Member>, StoreError> {
        Ok(all(self, (MEMBERS, &[]), member).await?)
    }

    async fn member_secrets(&self, id: StaffId) -> Result<MemberSecrets, StoreError> {
        Ok(one(self, (SECRETS, &[&staff_key(id)]), secrets).await?.unwrap_or_default())
    }

    async fn staff_session(
        &self,
        token: &Digest,
    ) -> Result<Option<StoredStaffSession>, StoreError> {
        Ok(one(self, (SESSION, &[&Octets(*token)]), session).await?)
    }

    async fn touch_staff_session(&self, token: &Digest, at: Instant) -> Result<(), StoreError> {
        Ok(touch(self, token, at).await?)
    }

    async fn change_member(
        &self,
        member: StaffId,
        change: MemberChange,
        by: (Option<StaffId>, Instant),
    ) -> Result<MemberChanged, StoreError> {
        Ok(transaction!(self, |session| {
            staff_change::change(&session, member, &change, by).await
        })?)
    }

    async fn note_staff(
        &self,
        member: StaffId,
        line: NewStaffLine,
        at: Instant,
    ) -> Result<(), StoreError> {
        Ok(transaction!(self, |session| {
            staff_change::note(&session, (member, at), line.clone()).await
        })?)
    }

    async fn search_staff_audit(
        &self,
        wanted: AuditSearch,
    ) -> Result<Vec<StaffAuditLine>, StoreError> {
        Ok(search(self, wanted).await?)
    }

    async fn staff_chain(
        &self,
        member: StaffId,
        after: u32,
        limit: u32,
    ) -> Result<Vec<StaffAuditLine>, StoreError> {
        let (after, limit) = (i64::from(after), i64::from(limit));
        let wanted: Parameters<'_> = &[&staff_key(member), &after, &limit];
        Ok(all(self, (CHAIN, wanted), audit_line).await?)
    }

    async fn keep_target(
        &self,
        token: &Digest,
        target: &str,
        times: (Instant, Instant),
    ) -> Result<(), StoreError> {
        Ok(transaction!(self, |session| { keep_target(&session, (token, target), times).await })?)
    }

    async fn take_target(
        &self,
        token: &Digest,
        now: Instant,
    ) -> Result<Option<String>, StoreError> {
        let read = |row: &tokio_postgres::Row| Ok((row.text(0)?.to_owned(), row.instant(1)?));
        let taken = one(self, (TAKE_TARGET, &[&Octets(*token)]), read).await?;
        Ok(taken.filter(|(_, until)| now < *until).map(|(target, _)| target))
    }
}
