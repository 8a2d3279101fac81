-- Accounts. Personal data sits here and nowhere else, so that it can be erased: what is left of a deleted
-- account is its id, when it was opened, and its audit, which name nobody.

CREATE TABLE accounts (
    cell INTEGER NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    id BLOB NOT NULL CHECK (length(id) = 16),
    opened_at INTEGER NOT NULL,
    -- Absent once deleted.
    language TEXT,
    password TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'deleted')),
    audit INTEGER NOT NULL,
    audit_head BLOB NOT NULL CHECK (length(audit_head) = 32),
    PRIMARY KEY (cell, id),
    CHECK (state = 'open' OR (language IS NULL AND password IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE account_contacts (
    cell INTEGER NOT NULL,
    account BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key BLOB NOT NULL CHECK (length(address_key) = 32),
    verified_at INTEGER NOT NULL,
    PRIMARY KEY (cell, account, id),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_audit (
    cell INTEGER NOT NULL,
    account BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    action TEXT NOT NULL,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (cell, account, number)
) STRICT, WITHOUT ROWID;

-- What an account calls a line; also before it has rights to it.
CREATE TABLE account_lines (
    cell INTEGER NOT NULL,
    account BLOB NOT NULL,
    line BLOB NOT NULL,
    nickname TEXT NOT NULL,
    PRIMARY KEY (cell, account, line)
) STRICT, WITHOUT ROWID;

-- The people of a line, in the line's cell.
CREATE TABLE line_people (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    account BLOB NOT NULL,
    rights TEXT NOT NULL CHECK (rights IN ('holder', 'helper')),
    name TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (cell, line, account),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX line_holders ON line_people (cell, line) WHERE rights = 'holder';
CREATE INDEX line_people_by_account ON line_people (account);

CREATE TABLE line_requests (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind TEXT NOT NULL,
    asker BLOB NOT NULL,
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    medium TEXT,
    address TEXT,
    address_key BLOB,
    name TEXT NOT NULL,
    PRIMARY KEY (cell, line, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX line_requests_by_asker ON line_requests (asker);
CREATE INDEX line_requests_by_address ON line_requests (address_key) WHERE address_key IS NOT NULL;

-- Directories, each by a digest from which nothing can be read ---------------------------------------

CREATE TABLE account_addresses (
    address_key BLOB NOT NULL PRIMARY KEY CHECK (length(address_key) = 32),
    account BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_sessions (
    token BLOB NOT NULL PRIMARY KEY CHECK (length(token) = 32),
    id BLOB NOT NULL CHECK (length(id) = 16),
    account BLOB NOT NULL,
    device TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_sessions_by_account ON account_sessions (account);

CREATE TABLE account_codes (
    subject BLOB NOT NULL PRIMARY KEY CHECK (length(subject) = 32),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    account BLOB,
    address_key BLOB,
    awaiting TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX account_codes_by_end ON account_codes (expires_at);

CREATE TABLE line_request_ids (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    line BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_audit_stay BEFORE UPDATE ON account_audit
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER account_audit_remain BEFORE DELETE ON account_audit
BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
