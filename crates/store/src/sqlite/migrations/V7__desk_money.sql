-- Money that passes from hand to hand, and refunds that wait for a second person.

-- Which reference names what: one movement of money has one, and nothing else has it. A row is written before the order
-- knows of the money, so that two orders cannot have the same.
CREATE TABLE manual_payments (
    direction TEXT NOT NULL,
    method TEXT NOT NULL,
    reference TEXT NOT NULL,
    order_id BLOB NOT NULL CHECK (length(order_id) = 16),
    -- The order's refund that was given back; 0 for money that was taken.
    refund INTEGER NOT NULL CHECK (refund >= 0),
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL CHECK (minor > 0),
    staff BLOB NOT NULL CHECK (length(staff) = 16),
    at INTEGER NOT NULL,
    PRIMARY KEY (direction, method, reference)
) STRICT, WITHOUT ROWID;
-- A day's, for the report.
CREATE INDEX manual_payments_in_time ON manual_payments (at);

CREATE TABLE refund_requests (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    order_id BLOB NOT NULL CHECK (length(order_id) = 16),
    line BLOB NOT NULL,
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL CHECK (minor > 0),
    refund_to TEXT NOT NULL,
    reason TEXT NOT NULL,
    asker BLOB NOT NULL CHECK (length(asker) = 16),
    asked_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    decided_by BLOB,
    decided_at INTEGER,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((state = 'open') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
-- Those that somebody is to decide about: few at any time.
CREATE INDEX refund_requests_waiting ON refund_requests (asked_at) WHERE state IN ('open', 'agreed');
CREATE INDEX refund_requests_of_order ON refund_requests (cell, order_id);
