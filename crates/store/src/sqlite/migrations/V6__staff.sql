-- The people who work for the business: who they are, where they are signed in, and what they did. They
-- belong to no line, so nothing here has a cell.

CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    sign_in TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    -- A JSON array of words.
    roles TEXT NOT NULL,
    second_person TEXT NOT NULL CHECK (second_person IN ('needed', 'waived')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    -- SHA-256 of the secret in the one-time link, and until when it opens.
    invitation BLOB CHECK (length(invitation) = 32),
    invited_until INTEGER,
    password TEXT,
    -- The secret of the codes, sealed with a key that is not in the database.
    totp BLOB,
    -- The newest step of time whose code was used: a code is good once.
    totp_step INTEGER NOT NULL,
    audit INTEGER NOT NULL,
    audit_head BLOB NOT NULL CHECK (length(audit_head) = 32),
    CHECK ((state = 'invited') = (invitation IS NOT NULL)),
    CHECK ((invitation IS NULL) = (invited_until IS NULL)),
    CHECK (state = 'active' OR (password IS NULL AND totp IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX staff_by_sign_in ON staff (sign_in);
CREATE UNIQUE INDEX staff_by_invitation ON staff (invitation) WHERE invitation IS NOT NULL;

CREATE TABLE staff_sessions (
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    id BLOB NOT NULL CHECK (length(id) = 16),
    staff BLOB NOT NULL,
    device TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    FOREIGN KEY (staff) REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff);

-- Where somebody wanted to go before they were asked to sign in. It may hold a caller's number: it is
-- gone once it has served, or soon.
CREATE TABLE staff_targets (
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    target TEXT NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_targets_by_end ON staff_targets (until);

CREATE TABLE staff_audit (
    staff BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    action TEXT NOT NULL,
    line BLOB,
    order_id BLOB,
    call BLOB,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (staff, number),
    FOREIGN KEY (staff) REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_audit_by_time ON staff_audit (at);
CREATE INDEX staff_audit_by_line ON staff_audit (line, at) WHERE line IS NOT NULL;

CREATE TRIGGER staff_audit_stay BEFORE UPDATE ON staff_audit
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER staff_audit_remain BEFORE DELETE ON staff_audit
BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
