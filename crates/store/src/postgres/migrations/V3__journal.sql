-- The journal: one row for each command that changed a line, in place of rows in five tables. It and
-- the jobs are kept in the order in which they come, so that what is written together lies together;
-- what belongs to one line is found by following it backwards.

CREATE TABLE journal (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    -- When the line's row before this one was written.
    previous_at bigint,
    actor text COLLATE "C" NOT NULL,
    reason text,
    action text COLLATE "C" NOT NULL,
    order_id bytea,
    stage text COLLATE "C",
    before bytea NOT NULL,
    after bytea NOT NULL,
    hash bytea NOT NULL,
    -- What moved the buckets: [[number, bucket, kind, units, at], …].
    bucket_entries text,
    -- Sets of money entries: [[number, kind, order, [[account, currency, minor], …]], …].
    entry_sets text,
    PRIMARY KEY (cell, at, line, number)
);

-- Entries go to the command of their time; what is older than every command came with the first.
INSERT INTO journal (cell, line, number, at, previous_at, actor, reason, action, order_id, stage, before, after, hash,
    bucket_entries, entry_sets)
SELECT a.cell, a.line, a.number, a.at, LAG(a.at) OVER (PARTITION BY a.cell, a.line ORDER BY a.number), a.actor, a.reason,
    a.action, a.order_id, a.stage, a.before, a.after, a.hash, m.body, p.body
FROM audit a
LEFT JOIN (
    SELECT e.cell, e.line, e.place, json_agg(json_build_array(e.number, e.bucket, e.kind, e.units, e.at) ORDER BY e.number)::text AS body
    FROM (SELECT b.*, COALESCE((SELECT MAX(t.number) FROM audit t WHERE t.cell = b.cell AND t.line = b.line AND t.at <= b.at), 1)
        AS place FROM bucket_entries b) AS e
    GROUP BY e.cell, e.line, e.place) AS m ON m.cell = a.cell AND m.line = a.line AND m.place = a.number
LEFT JOIN (
    SELECT s.cell, s.line, s.place, json_agg(json_build_array(s.number, s.kind, encode(s.order_id, 'hex'), s.entries) ORDER BY s.number)::text AS body
    FROM (SELECT g.*, COALESCE((SELECT MAX(t.number) FROM audit t WHERE t.cell = g.cell AND t.line = g.line AND t.at <= g.at), 1)
        AS place, (SELECT json_agg(json_build_array(e.account, e.currency, e.minor) ORDER BY e.position) FROM money_entries e
        WHERE e.cell = g.cell AND e.line = g.line AND e.set_number = g.number) AS entries FROM money_sets g) AS s
    GROUP BY s.cell, s.line, s.place) AS p ON p.cell = a.cell AND p.line = a.line AND p.place = a.number;

REVOKE UPDATE, DELETE, TRUNCATE ON journal FROM CURRENT_USER;

-- The line leads to the newest row of its journal, to its newest order, and to the first day on which a
-- bucket of it has to be closed.
ALTER TABLE lines ADD COLUMN journal_at bigint;
ALTER TABLE lines ADD COLUMN newest_order bytea;
ALTER TABLE lines ADD COLUMN closes_on integer;
UPDATE lines AS l SET
    journal_at = (SELECT a.at FROM audit a WHERE a.cell = l.cell AND a.line = l.id AND a.number = l.audit),
    newest_order = (SELECT o.id FROM orders o WHERE o.cell = l.cell AND o.line = l.id ORDER BY o.id DESC LIMIT 1),
    closes_on = (SELECT MIN(b.valid_until) FROM buckets b WHERE b.cell = l.cell AND b.line = l.id
        AND b.used < b.granted AND b.reserved = 0);
CREATE INDEX lines_to_close ON lines (cell, closes_on) WHERE closes_on IS NOT NULL;
DROP INDEX buckets_to_close;

DROP TABLE audit;
DROP TABLE bucket_entries;
DROP TABLE money_entries;
DROP TABLE money_sets;

-- The order before it on its line.
ALTER TABLE orders ADD COLUMN previous bytea;
UPDATE orders AS o SET previous = w.previous
FROM (SELECT cell, id, LAG(id) OVER (PARTITION BY cell, line ORDER BY id) AS previous FROM orders) AS w
WHERE w.cell = o.cell AND w.id = o.id AND w.previous IS NOT NULL;
DROP INDEX orders_by_line;

-- In the order in which they fall due: what is promised for now is written and taken at one end.
ALTER TABLE jobs DROP CONSTRAINT jobs_pkey;
ALTER TABLE jobs ADD PRIMARY KEY (cell, due, line, number);
DROP INDEX jobs_by_due;

-- Sessions are forgotten cell by cell, in the order of their key.
DROP INDEX charging_sessions_by_day;
