-- The journal: one row for each command that changed a line, in place of rows in five tables. Orders,
-- receipts and jobs are kept in the order in which they come, so that what is written together lies
-- together; what belongs to one line is found by following it backwards.

-- With a rowid, as its rows are long: they are appended, and its key too.
CREATE TABLE journal (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- When the line's row before this one was written.
    previous_at INTEGER,
    actor TEXT NOT NULL,
    reason TEXT,
    action TEXT NOT NULL,
    order_id BLOB,
    stage TEXT,
    before BLOB NOT NULL,
    after BLOB NOT NULL,
    hash BLOB NOT NULL,
    -- What moved the buckets: [[number, bucket, kind, units, at], …].
    bucket_entries TEXT,
    -- Sets of money entries: [[number, kind, order, [[account, currency, minor], …]], …].
    entry_sets TEXT,
    PRIMARY KEY (at, cell, line, number)
) STRICT;

INSERT INTO journal (cell, line, number, at, previous_at, actor, reason, action, order_id, stage, before, after, hash)
SELECT cell, line, number, at, LAG(at) OVER (PARTITION BY cell, line ORDER BY number), actor, reason, action, order_id,
    stage, before, after, hash
FROM audit ORDER BY at, cell, line, number;

-- Entries go to the command of their time; what is older than every command came with the first.
CREATE TEMPORARY TABLE moved AS
SELECT cell, line, COALESCE((SELECT MAX(number) FROM audit a WHERE a.cell = e.cell AND a.line = e.line AND a.at <= e.at), 1)
    AS place, json_group_array(json_array(number, bucket, kind, units, at) ORDER BY number) AS body
FROM bucket_entries e GROUP BY cell, line, place;
CREATE UNIQUE INDEX temp.moved_by_place ON moved (cell, line, place);
UPDATE journal SET bucket_entries = m.body FROM moved m
WHERE m.cell = journal.cell AND m.line = journal.line AND m.place = journal.number;
DROP TABLE moved;

CREATE TEMPORARY TABLE posted AS
SELECT cell, line, COALESCE((SELECT MAX(number) FROM audit a WHERE a.cell = s.cell AND a.line = s.line AND a.at <= s.at), 1)
    AS place, json_group_array(json_array(number, kind, lower(hex(order_id)),
    (SELECT json_group_array(json_array(account, currency, minor) ORDER BY position) FROM money_entries e
    WHERE e.cell = s.cell AND e.line = s.line AND e.set_number = s.number)) ORDER BY number) AS body
FROM money_sets s GROUP BY cell, line, place;
CREATE UNIQUE INDEX temp.posted_by_place ON posted (cell, line, place);
UPDATE journal SET entry_sets = p.body FROM posted p
WHERE p.cell = journal.cell AND p.line = journal.line AND p.place = journal.number;
DROP TABLE posted;

CREATE TRIGGER journal_stays BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_remains BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;

-- The line leads to the newest row of its journal, to its newest order, and to the first day on which a
-- bucket of it has to be closed.
ALTER TABLE lines ADD COLUMN journal_at INTEGER;
ALTER TABLE lines ADD COLUMN newest_order BLOB;
ALTER TABLE lines ADD COLUMN closes_on INTEGER;
UPDATE lines SET
    journal_at = (SELECT a.at FROM audit a WHERE a.cell = lines.cell AND a.line = lines.id AND a.number = lines.audit),
    newest_order = (SELECT MAX(o.id) FROM orders o WHERE o.cell = lines.cell AND o.line = lines.id),
    closes_on = (SELECT MIN(b.valid_until) FROM buckets b WHERE b.cell = lines.cell AND b.line = lines.id
        AND b.used < b.granted AND b.reserved = 0);
CREATE INDEX lines_to_close ON lines (closes_on) WHERE closes_on IS NOT NULL;
DROP INDEX buckets_to_close;

DROP TABLE audit;
DROP TABLE bucket_entries;
DROP TABLE money_entries;
DROP TABLE money_sets;

CREATE TABLE orders_in_time (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    line BLOB NOT NULL,
    -- The order before it on its line.
    previous BLOB,
    stage TEXT NOT NULL,
    task_by INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (id, cell),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT;
INSERT INTO orders_in_time (cell, id, line, previous, stage, task_by, body)
SELECT cell, id, line, LAG(id) OVER (PARTITION BY cell, line ORDER BY id), stage, task_by, body FROM orders ORDER BY id;
DROP TABLE orders;
ALTER TABLE orders_in_time RENAME TO orders;
CREATE INDEX orders_unfinished ON orders (cell, line) WHERE stage IN ('paid', 'delivering', 'unknown');
CREATE INDEX orders_with_task ON orders (task_by) WHERE task_by IS NOT NULL;

CREATE TABLE receipts_in_time (
    cell INTEGER NOT NULL,
    order_id BLOB NOT NULL,
    line BLOB NOT NULL,
    number TEXT NOT NULL,
    canonical TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (order_id, cell)
) STRICT;
INSERT INTO receipts_in_time (cell, order_id, line, number, canonical, hash)
SELECT cell, order_id, line, number, canonical, hash FROM receipts ORDER BY order_id;
DROP TABLE receipts;
ALTER TABLE receipts_in_time RENAME TO receipts;
CREATE TRIGGER receipts_stay BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are never changed'); END;
CREATE TRIGGER receipts_remain BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are never deleted'); END;

-- In the order in which they fall due: what is promised for now is written and taken at one end.
CREATE TABLE jobs_in_time (
    -- The key's columns come first and in its order: SQLite before 3.41 finds damage where they do not.
    due INTEGER NOT NULL,
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    order_id BLOB,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_due INTEGER NOT NULL,
    PRIMARY KEY (due, cell, line, number)
) STRICT, WITHOUT ROWID;
INSERT INTO jobs_in_time (cell, line, number, kind, order_id, attempts, first_due, due)
SELECT cell, line, number, kind, order_id, attempts, first_due, due FROM jobs ORDER BY due;
DROP TABLE jobs;
ALTER TABLE jobs_in_time RENAME TO jobs;

-- Sessions are forgotten cell by cell, in the order of their key.
DROP INDEX charging_sessions_by_day;
