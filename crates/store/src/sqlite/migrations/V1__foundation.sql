-- The foundation. Times are milliseconds since 1970-01-01T00:00:00Z, dates are days since 1970-01-01,
-- ids are 16 octets. Every table that belongs to a line has its cell first in its primary key.

-- Lines ------------------------------------------------------------------------------------------

CREATE TABLE lines (
    cell INTEGER NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    id BLOB NOT NULL CHECK (length(id) = 16),
    msisdn TEXT,
    iccid TEXT NOT NULL,
    operator TEXT NOT NULL,
    province TEXT,
    language TEXT NOT NULL,
    activated_on INTEGER,
    expires_on INTEGER,
    anniversary_day INTEGER,
    pin BLOB,
    puk BLOB,
    -- The paid, unfinished order that blocks another.
    busy BLOB,
    -- When the sweep that is promised is due, if one is.
    sweep_at INTEGER,
    -- The last number given to each kind of row of the line.
    buckets INTEGER NOT NULL,
    bucket_entries INTEGER NOT NULL,
    entry_sets INTEGER NOT NULL,
    jobs INTEGER NOT NULL,
    audit INTEGER NOT NULL,
    audit_head BLOB NOT NULL CHECK (length(audit_head) = 32),
    PRIMARY KEY (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE buckets (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    zone TEXT NOT NULL,
    breadth INTEGER NOT NULL,
    window_from INTEGER,
    window_until INTEGER,
    granted INTEGER NOT NULL CHECK (granted >= 0),
    used INTEGER NOT NULL CHECK (used >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    valid_from INTEGER NOT NULL,
    valid_until INTEGER,
    origin TEXT NOT NULL,
    order_id BLOB,
    PRIMARY KEY (cell, line, number),
    CHECK (used + reserved <= granted),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

-- What the sweep has to close.
CREATE INDEX buckets_to_close ON buckets (valid_until) WHERE valid_until IS NOT NULL AND used < granted;

CREATE TABLE bucket_entries (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    bucket INTEGER NOT NULL,
    kind TEXT NOT NULL,
    units INTEGER NOT NULL CHECK (units >= 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, line, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE reservations (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    session TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    position INTEGER NOT NULL,
    units INTEGER NOT NULL CHECK (units > 0),
    until INTEGER NOT NULL,
    PRIMARY KEY (cell, line, session, bucket)
) STRICT, WITHOUT ROWID;

CREATE TABLE charging_sessions (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    ended_at INTEGER,
    sequence INTEGER NOT NULL CHECK (sequence BETWEEN 0 AND 4294967295),
    heard_on INTEGER NOT NULL,
    used INTEGER NOT NULL CHECK (used >= 0),
    overrun INTEGER NOT NULL CHECK (overrun >= 0),
    refused INTEGER NOT NULL CHECK (refused >= 0),
    -- The answer to the newest request, which is given again when that request is repeated.
    answer TEXT NOT NULL,
    PRIMARY KEY (cell, line, session)
) STRICT, WITHOUT ROWID;

-- What can be forgotten. By day, so that a request changes it at most once a day.
CREATE INDEX charging_sessions_by_day ON charging_sessions (heard_on);

CREATE TABLE depletions (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    bucket INTEGER NOT NULL,
    mark TEXT NOT NULL,
    units_left INTEGER NOT NULL CHECK (units_left >= 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, line, bucket, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_days (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    date INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- Debited; used by sessions beyond what buckets could give; reported after its session had ended.
    units INTEGER NOT NULL CHECK (units >= 0),
    overrun INTEGER NOT NULL DEFAULT 0 CHECK (overrun >= 0),
    refused INTEGER NOT NULL DEFAULT 0 CHECK (refused >= 0),
    PRIMARY KEY (cell, line, date, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 16),
    PRIMARY KEY (cell, line, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    action TEXT NOT NULL,
    order_id BLOB,
    stage TEXT,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (cell, line, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_id BLOB,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_due INTEGER NOT NULL,
    due INTEGER NOT NULL,
    PRIMARY KEY (cell, line, number)
) STRICT, WITHOUT ROWID;

-- A job that is done is deleted, so every row here waits.
CREATE INDEX jobs_by_due ON jobs (due);

-- Orders and money -------------------------------------------------------------------------------

-- With a rowid: bodies are long, and a rowid table keeps them on few pages in order of arrival.
CREATE TABLE orders (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    line BLOB NOT NULL,
    stage TEXT NOT NULL,
    task_by INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT;

CREATE INDEX orders_by_line ON orders (cell, line, id);
CREATE INDEX orders_with_task ON orders (task_by) WHERE task_by IS NOT NULL;

CREATE TABLE money_sets (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, line, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE money_entries (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    set_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL,
    PRIMARY KEY (cell, line, set_number, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
    cell INTEGER NOT NULL,
    order_id BLOB NOT NULL,
    line BLOB NOT NULL,
    number TEXT NOT NULL,
    canonical TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (cell, order_id)
) STRICT;

CREATE TABLE receipt_pdfs (
    cell INTEGER NOT NULL,
    order_id BLOB NOT NULL,
    pdf BLOB NOT NULL,
    PRIMARY KEY (cell, order_id)
) STRICT;

CREATE TABLE notices (
    cell INTEGER NOT NULL,
    order_id BLOB NOT NULL,
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    medium TEXT NOT NULL,
    provider_id TEXT,
    failure TEXT,
    ambiguous INTEGER NOT NULL CHECK (ambiguous >= 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, order_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotes (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    expires_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, id)
) STRICT;

CREATE TABLE contacts (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    email TEXT,
    phone TEXT,
    PRIMARY KEY (cell, id)
) STRICT, WITHOUT ROWID;

-- Directories: look-ups by another key, which lead to an id that routes itself ---------------------

CREATE TABLE numbers (
    number TEXT NOT NULL PRIMARY KEY,
    line BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE iccids (
    iccid TEXT NOT NULL PRIMARY KEY,
    line BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE order_references (
    reference TEXT NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_orders (
    account BLOB NOT NULL,
    order_id BLOB NOT NULL,
    PRIMARY KEY (account, order_id)
) STRICT, WITHOUT ROWID;

-- The catalogue: the same everywhere ---------------------------------------------------------------

CREATE TABLE operators (
    code TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE zones (
    code TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE promotions (
    code TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tax_tables (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_versions (
    code TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    published_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (code, version)
) STRICT;

-- The versions that are sold now.
CREATE TABLE plans (
    code TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    FOREIGN KEY (code, version) REFERENCES plan_versions (code, version)
) STRICT, WITHOUT ROWID;

-- The smaller records ------------------------------------------------------------------------------

CREATE TABLE requests (
    cell INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
    seed BLOB NOT NULL CHECK (length(seed) = 16),
    claimed_at INTEGER NOT NULL,
    running_since INTEGER,
    status INTEGER,
    body TEXT,
    PRIMARY KEY (cell, digest)
) STRICT;

-- Attempts without an answer: few, and looked for at every start.
CREATE INDEX requests_running ON requests (cell) WHERE status IS NULL;

CREATE TABLE limits (
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    ends_at INTEGER NOT NULL,
    hits INTEGER NOT NULL CHECK (hits > 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX limits_by_end ON limits (ends_at);

CREATE TABLE provider_events (
    provider TEXT NOT NULL,
    event TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (provider, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What is written once stays as it is --------------------------------------------------------------

CREATE TRIGGER bucket_entries_stay BEFORE UPDATE ON bucket_entries
BEGIN SELECT RAISE(ABORT, 'bucket entries are never changed'); END;
CREATE TRIGGER bucket_entries_remain BEFORE DELETE ON bucket_entries
BEGIN SELECT RAISE(ABORT, 'bucket entries are never deleted'); END;
CREATE TRIGGER money_sets_stay BEFORE UPDATE ON money_sets
BEGIN SELECT RAISE(ABORT, 'money entries are never changed'); END;
CREATE TRIGGER money_sets_remain BEFORE DELETE ON money_sets
BEGIN SELECT RAISE(ABORT, 'money entries are never deleted'); END;
CREATE TRIGGER money_entries_stay BEFORE UPDATE ON money_entries
BEGIN SELECT RAISE(ABORT, 'money entries are never changed'); END;
CREATE TRIGGER money_entries_remain BEFORE DELETE ON money_entries
BEGIN SELECT RAISE(ABORT, 'money entries are never deleted'); END;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are never changed'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are never deleted'); END;
CREATE TRIGGER receipt_pdfs_stay BEFORE UPDATE ON receipt_pdfs
BEGIN SELECT RAISE(ABORT, 'a rendered receipt is never changed'); END;
CREATE TRIGGER receipt_pdfs_remain BEFORE DELETE ON receipt_pdfs
BEGIN SELECT RAISE(ABORT, 'a rendered receipt is never deleted'); END;
CREATE TRIGGER audit_stay BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_remain BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never deleted'); END;
CREATE TRIGGER plan_versions_stay BEFORE UPDATE ON plan_versions
BEGIN SELECT RAISE(ABORT, 'a published plan version is never changed'); END;
CREATE TRIGGER plan_versions_remain BEFORE DELETE ON plan_versions
BEGIN SELECT RAISE(ABORT, 'a published plan version is never deleted'); END;
