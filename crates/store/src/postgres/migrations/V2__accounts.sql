-- Accounts. Personal data sits here and nowhere else, so that it can be erased: what is left of a deleted
-- account is its id, when it was opened, and its audit, which name nobody.

CREATE TABLE accounts (
    cell smallint NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    opened_at bigint NOT NULL,
    -- Absent once deleted.
    language text COLLATE "C",
    password text COLLATE "C",
    state text COLLATE "C" NOT NULL CHECK (state IN ('open', 'deleted')),
    audit bigint NOT NULL,
    audit_head bytea NOT NULL CHECK (octet_length(audit_head) = 32),
    PRIMARY KEY (cell, id),
    CHECK (state = 'open' OR (language IS NULL AND password IS NULL))
);

CREATE TABLE account_contacts (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    medium text COLLATE "C" NOT NULL,
    address text COLLATE "C" NOT NULL,
    address_key bytea NOT NULL CHECK (octet_length(address_key) = 32),
    verified_at bigint NOT NULL,
    PRIMARY KEY (cell, account, id),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
);

CREATE TABLE account_audit (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    action text COLLATE "C" NOT NULL,
    before bytea NOT NULL,
    after bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (cell, account, number)
);

-- What an account calls a line; also before it has rights to it.
CREATE TABLE account_lines (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    line bytea NOT NULL,
    nickname text COLLATE "C" NOT NULL,
    PRIMARY KEY (cell, account, line)
);

-- The people of a line, in the line's cell.
CREATE TABLE line_people (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    account bytea NOT NULL,
    rights text COLLATE "C" NOT NULL CHECK (rights IN ('holder', 'helper')),
    name text COLLATE "C" NOT NULL,
    since bigint NOT NULL,
    PRIMARY KEY (cell, line, account),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

CREATE UNIQUE INDEX line_holders ON line_people (cell, line) WHERE rights = 'holder';
CREATE INDEX line_people_by_account ON line_people (account);

CREATE TABLE line_requests (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    kind text COLLATE "C" NOT NULL,
    asker bytea NOT NULL,
    state text COLLATE "C" NOT NULL,
    asked_at bigint NOT NULL,
    medium text COLLATE "C",
    address text COLLATE "C",
    address_key bytea,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (cell, line, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

CREATE INDEX line_requests_by_asker ON line_requests (asker);
CREATE INDEX line_requests_by_address ON line_requests (address_key) WHERE address_key IS NOT NULL;

-- Directories, each by a digest from which nothing can be read ---------------------------------------

CREATE TABLE account_addresses (
    cell smallint NOT NULL,
    address_key bytea NOT NULL CHECK (octet_length(address_key) = 32),
    account bytea NOT NULL,
    PRIMARY KEY (cell, address_key)
);

CREATE TABLE account_sessions (
    cell smallint NOT NULL,
    token bytea NOT NULL CHECK (octet_length(token) = 32),
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    account bytea NOT NULL,
    device text COLLATE "C" NOT NULL,
    started_at bigint NOT NULL,
    used_at bigint NOT NULL,
    PRIMARY KEY (cell, token)
);

CREATE INDEX account_sessions_by_account ON account_sessions (account);

CREATE TABLE account_codes (
    cell smallint NOT NULL,
    subject bytea NOT NULL CHECK (octet_length(subject) = 32),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    expires_at bigint NOT NULL,
    tries bigint NOT NULL CHECK (tries >= 0),
    account bytea,
    address_key bytea,
    awaiting text NOT NULL,
    PRIMARY KEY (cell, subject)
);

CREATE INDEX account_codes_by_end ON account_codes (expires_at);

CREATE TABLE line_request_ids (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    line bytea NOT NULL,
    PRIMARY KEY (cell, id)
);

REVOKE UPDATE, DELETE, TRUNCATE ON account_audit FROM CURRENT_USER;
