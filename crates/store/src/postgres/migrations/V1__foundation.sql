-- The foundation. Times are milliseconds since 1970-01-01T00:00:00Z, dates are days since 1970-01-01,
-- ids are 16 octets. Every table has its cell first in its primary key: its line's or account's, or, in
-- a directory, the cell of a hash of the key that is looked up. Only the catalogue, the settings and the
-- leases are the same everywhere. Texts are compared octet by octet, as in the rules.

-- Lines ------------------------------------------------------------------------------------------

CREATE TABLE lines (
    cell smallint NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    msisdn text COLLATE "C",
    iccid text COLLATE "C" NOT NULL,
    operator text COLLATE "C" NOT NULL,
    province text COLLATE "C",
    language text COLLATE "C" NOT NULL,
    activated_on integer,
    expires_on integer,
    anniversary_day smallint,
    pin bytea,
    puk bytea,
    -- The paid, unfinished order that blocks another.
    busy bytea,
    -- When the sweep that is promised is due, if one is.
    sweep_at bigint,
    -- The last number given to each kind of row of the line.
    buckets bigint NOT NULL,
    bucket_entries bigint NOT NULL,
    entry_sets bigint NOT NULL,
    jobs bigint NOT NULL,
    audit bigint NOT NULL,
    audit_head bytea NOT NULL CHECK (octet_length(audit_head) = 32),
    PRIMARY KEY (cell, id)
) WITH (fillfactor = 80); -- Every command writes the row anew: there is room for it on its page.

CREATE TABLE buckets (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    zone text COLLATE "C" NOT NULL,
    breadth bigint NOT NULL,
    window_from integer,
    window_until integer,
    granted bigint NOT NULL CHECK (granted >= 0),
    used bigint NOT NULL CHECK (used >= 0),
    reserved bigint NOT NULL CHECK (reserved >= 0),
    valid_from bigint NOT NULL,
    valid_until integer,
    origin text COLLATE "C" NOT NULL,
    order_id bytea,
    PRIMARY KEY (cell, line, number),
    CHECK (used + reserved <= granted),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) WITH (fillfactor = 80);

-- What the sweep has to close.
CREATE INDEX buckets_to_close ON buckets (valid_until) WHERE valid_until IS NOT NULL AND used < granted;

CREATE TABLE bucket_entries (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    bucket bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    units bigint NOT NULL CHECK (units >= 0),
    at bigint NOT NULL,
    PRIMARY KEY (cell, line, number)
);

CREATE TABLE reservations (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    session text COLLATE "C" NOT NULL,
    bucket bigint NOT NULL,
    position bigint NOT NULL,
    units bigint NOT NULL CHECK (units > 0),
    until bigint NOT NULL,
    PRIMARY KEY (cell, line, session, bucket)
);

CREATE TABLE charging_sessions (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    session text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    ended_at bigint,
    sequence bigint NOT NULL CHECK (sequence BETWEEN 0 AND 4294967295),
    heard_on integer NOT NULL,
    used bigint NOT NULL CHECK (used >= 0),
    overrun bigint NOT NULL CHECK (overrun >= 0),
    refused bigint NOT NULL CHECK (refused >= 0),
    -- The answer to the newest request, which is given again when that request is repeated.
    answer text NOT NULL,
    PRIMARY KEY (cell, line, session)
) WITH (fillfactor = 80); -- Every request writes its row anew.

-- What can be forgotten. By day, so that a request changes it at most once a day.
CREATE INDEX charging_sessions_by_day ON charging_sessions (heard_on);

CREATE TABLE depletions (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    bucket bigint NOT NULL,
    mark text COLLATE "C" NOT NULL,
    units_left bigint NOT NULL CHECK (units_left >= 0),
    at bigint NOT NULL,
    PRIMARY KEY (cell, line, bucket, mark)
);

CREATE TABLE usage_days (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    date integer NOT NULL,
    kind text COLLATE "C" NOT NULL,
    -- Debited; used by sessions beyond what buckets could give; reported after its session had ended.
    units bigint NOT NULL CHECK (units >= 0),
    overrun bigint NOT NULL DEFAULT 0 CHECK (overrun >= 0),
    refused bigint NOT NULL DEFAULT 0 CHECK (refused >= 0),
    PRIMARY KEY (cell, line, date, kind)
);

CREATE TABLE commands (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    key bytea NOT NULL CHECK (octet_length(key) = 16),
    PRIMARY KEY (cell, line, key)
);

CREATE TABLE audit (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    reason text COLLATE "C",
    action text COLLATE "C" NOT NULL,
    order_id bytea,
    stage text COLLATE "C",
    before bytea NOT NULL,
    after bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (cell, line, number)
);

CREATE TABLE jobs (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    order_id bytea,
    attempts bigint NOT NULL DEFAULT 0,
    first_due bigint NOT NULL,
    due bigint NOT NULL,
    PRIMARY KEY (cell, line, number)
);

-- A job that is done is deleted, so every row here waits.
CREATE INDEX jobs_by_due ON jobs (due);

-- Orders and money -------------------------------------------------------------------------------

CREATE TABLE orders (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    line bytea NOT NULL,
    stage text COLLATE "C" NOT NULL,
    task_by bigint,
    body text NOT NULL,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

CREATE INDEX orders_by_line ON orders (cell, line, id);
-- Those that every command on their line has to see; few at any time.
CREATE INDEX orders_unfinished ON orders (cell, line) WHERE stage IN ('paid', 'delivering', 'unknown');
CREATE INDEX orders_with_task ON orders (task_by) WHERE task_by IS NOT NULL;

CREATE TABLE money_sets (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    kind text COLLATE "C" NOT NULL,
    order_id bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (cell, line, number)
);

CREATE TABLE money_entries (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    set_number bigint NOT NULL,
    position bigint NOT NULL,
    account text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    minor bigint NOT NULL,
    PRIMARY KEY (cell, line, set_number, position)
);

CREATE TABLE receipts (
    cell smallint NOT NULL,
    order_id bytea NOT NULL,
    line bytea NOT NULL,
    number text COLLATE "C" NOT NULL,
    canonical text NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (cell, order_id)
);

CREATE TABLE receipt_pdfs (
    cell smallint NOT NULL,
    order_id bytea NOT NULL,
    pdf bytea NOT NULL,
    PRIMARY KEY (cell, order_id)
);

CREATE TABLE notices (
    cell smallint NOT NULL,
    order_id bytea NOT NULL,
    key text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    medium text COLLATE "C" NOT NULL,
    provider_id text COLLATE "C",
    failure text COLLATE "C",
    ambiguous bigint NOT NULL CHECK (ambiguous >= 0),
    at bigint NOT NULL,
    PRIMARY KEY (cell, order_id, key)
);

CREATE TABLE quotes (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    expires_at bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (cell, id)
);

CREATE TABLE contacts (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    email text COLLATE "C",
    phone text COLLATE "C",
    PRIMARY KEY (cell, id)
);

-- Directories: look-ups by another key, which lead to an id that routes itself. A reference carries the
-- cell of its order, so its row is in the order's own cell; an order's row under its account is written
-- before the order, and leads nowhere if that came to nothing. -----------------------------------------

CREATE TABLE numbers (
    cell smallint NOT NULL,
    number text COLLATE "C" NOT NULL,
    line bytea NOT NULL,
    PRIMARY KEY (cell, number)
);

CREATE TABLE iccids (
    cell smallint NOT NULL,
    iccid text COLLATE "C" NOT NULL,
    line bytea NOT NULL,
    PRIMARY KEY (cell, iccid)
);

CREATE TABLE order_references (
    cell smallint NOT NULL,
    reference text COLLATE "C" NOT NULL,
    order_id bytea NOT NULL,
    PRIMARY KEY (cell, reference)
);

CREATE TABLE account_orders (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    order_id bytea NOT NULL,
    PRIMARY KEY (cell, account, order_id)
);

-- The catalogue: the same everywhere ---------------------------------------------------------------

CREATE TABLE operators (
    code text COLLATE "C" NOT NULL PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE zones (
    code text COLLATE "C" NOT NULL PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE promotions (
    code text COLLATE "C" NOT NULL PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE tax_tables (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE plan_versions (
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    published_at bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (code, version)
);

-- The versions that are sold now.
CREATE TABLE plans (
    code text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    FOREIGN KEY (code, version) REFERENCES plan_versions (code, version)
);

-- The smaller records ------------------------------------------------------------------------------

CREATE TABLE requests (
    cell smallint NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    body_hash bytea NOT NULL CHECK (octet_length(body_hash) = 32),
    seed bytea NOT NULL CHECK (octet_length(seed) = 16),
    claimed_at bigint NOT NULL,
    running_since bigint,
    status integer,
    body text,
    PRIMARY KEY (cell, digest)
);

CREATE TABLE limits (
    cell smallint NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    ends_at bigint NOT NULL,
    hits bigint NOT NULL CHECK (hits > 0),
    PRIMARY KEY (cell, digest)
);

CREATE INDEX limits_by_end ON limits (ends_at);

CREATE TABLE provider_events (
    cell smallint NOT NULL,
    provider text COLLATE "C" NOT NULL,
    event text COLLATE "C" NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (cell, provider, event)
);

CREATE TABLE settings (
    name text COLLATE "C" NOT NULL PRIMARY KEY,
    value text NOT NULL
);

-- Who works on which cells --------------------------------------------------------------------------

-- Every running process that takes jobs, with the instant until which it counts as alive.
CREATE TABLE lease_holders (
    owner bytea NOT NULL PRIMARY KEY CHECK (octet_length(owner) = 16),
    until bigint NOT NULL
);

-- Each cell's jobs belong to one process at a time. The epoch rises with every change of hands.
CREATE TABLE cell_leases (
    cell smallint NOT NULL PRIMARY KEY CHECK (cell BETWEEN 0 AND 1023),
    owner bytea,
    epoch bigint NOT NULL,
    until bigint NOT NULL
);

INSERT INTO cell_leases (cell, owner, epoch, until) SELECT number, NULL, 0, 0 FROM generate_series(0, 1023) AS number;

-- What is written once stays as it is --------------------------------------------------------------

-- Not by triggers, which a spread-out database does not take: the right itself is given up, so that the
-- program's own user cannot change or delete these rows by mistake. (A superuser always can.)
REVOKE UPDATE, DELETE, TRUNCATE
    ON bucket_entries, money_sets, money_entries, receipts, receipt_pdfs, audit FROM CURRENT_USER;
