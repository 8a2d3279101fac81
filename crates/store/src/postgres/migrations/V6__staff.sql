-- The people who work for the business: who they are, where they are signed in, and what they did. They
-- belong to no line, so nothing here has a cell.

CREATE TABLE staff (
    id bytea NOT NULL PRIMARY KEY CHECK (octet_length(id) = 16),
    sign_in text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    language text COLLATE "C" NOT NULL,
    -- A JSON array of words.
    roles text COLLATE "C" NOT NULL,
    second_person text COLLATE "C" NOT NULL CHECK (second_person IN ('needed', 'waived')),
    state text COLLATE "C" NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    -- SHA-256 of the secret in the one-time link, and until when it opens.
    invitation bytea CHECK (octet_length(invitation) = 32),
    invited_until bigint,
    password text COLLATE "C",
    -- The secret of the codes, sealed with a key that is not in the database.
    totp bytea,
    -- The newest step of time whose code was used: a code is good once.
    totp_step bigint NOT NULL,
    audit bigint NOT NULL,
    audit_head bytea NOT NULL CHECK (octet_length(audit_head) = 32),
    CHECK ((state = 'invited') = (invitation IS NOT NULL)),
    CHECK ((invitation IS NULL) = (invited_until IS NULL)),
    CHECK (state = 'active' OR (password IS NULL AND totp IS NULL))
);

CREATE UNIQUE INDEX staff_by_sign_in ON staff (sign_in);
CREATE UNIQUE INDEX staff_by_invitation ON staff (invitation) WHERE invitation IS NOT NULL;

CREATE TABLE staff_sessions (
    token bytea NOT NULL PRIMARY KEY CHECK (octet_length(token) = 32),
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    staff bytea NOT NULL,
    device text COLLATE "C" NOT NULL,
    started_at bigint NOT NULL,
    used_at bigint NOT NULL,
    FOREIGN KEY (staff) REFERENCES staff (id)
);

CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff);

-- Where somebody wanted to go before they were asked to sign in. It may hold a caller's number: it is
-- gone once it has served, or soon.
CREATE TABLE staff_targets (
    token bytea NOT NULL PRIMARY KEY CHECK (octet_length(token) = 32),
    target text COLLATE "C" NOT NULL,
    until bigint NOT NULL
);

CREATE INDEX staff_targets_by_end ON staff_targets (until);

CREATE TABLE staff_audit (
    staff bytea NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    action text COLLATE "C" NOT NULL,
    line bytea,
    order_id bytea,
    call bytea,
    detail text COLLATE "C" NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (staff, number),
    FOREIGN KEY (staff) REFERENCES staff (id)
);

CREATE INDEX staff_audit_by_time ON staff_audit (at);
CREATE INDEX staff_audit_by_line ON staff_audit (line, at) WHERE line IS NOT NULL;

REVOKE UPDATE, DELETE, TRUNCATE ON staff_audit FROM CURRENT_USER;
