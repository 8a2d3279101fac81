-- Money that passes from hand to hand, and refunds that wait for a second person.

-- Which reference names what: one movement of money has one, and nothing else has it. A row is written before the order
-- knows of the money, so that two orders cannot have the same.
CREATE TABLE manual_payments (
    cell smallint NOT NULL,
    direction text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    reference text COLLATE "C" NOT NULL,
    order_id bytea NOT NULL CHECK (octet_length(order_id) = 16),
    -- The order's refund that was given back; 0 for money that was taken.
    refund bigint NOT NULL CHECK (refund >= 0),
    currency text COLLATE "C" NOT NULL,
    minor bigint NOT NULL CHECK (minor > 0),
    staff bytea NOT NULL CHECK (octet_length(staff) = 16),
    at bigint NOT NULL,
    PRIMARY KEY (cell, direction, method, reference)
);
-- A day's, for the report.
CREATE INDEX manual_payments_in_time ON manual_payments (at);

CREATE TABLE refund_requests (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    order_id bytea NOT NULL CHECK (octet_length(order_id) = 16),
    line bytea NOT NULL,
    currency text COLLATE "C" NOT NULL,
    minor bigint NOT NULL CHECK (minor > 0),
    refund_to text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    asker bytea NOT NULL CHECK (octet_length(asker) = 16),
    asked_at bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    decided_by bytea,
    decided_at bigint,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((state = 'open') = (decided_by IS NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
-- Those that somebody is to decide about: few at any time.
CREATE INDEX refund_requests_waiting ON refund_requests (asked_at) WHERE state IN ('open', 'agreed');
CREATE INDEX refund_requests_of_order ON refund_requests (cell, order_id);
