-- Subjects: what is limited and shared, such as the places of a promotion. Everything of a subject lies in
-- the subject's own cell, so that its limit, its figures and a reservation are one commit.

CREATE TABLE subjects (
    cell smallint NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    subject text COLLATE "C" NOT NULL,
    -- What is counted: redemptions, or minor units of a currency.
    measure text COLLATE "C" NOT NULL,
    -- The limits in all and for each holder; none where nothing is limited.
    total_limit bigint CHECK (total_limit >= 0),
    holder_limit bigint CHECK (holder_limit >= 0),
    -- The limit, or what was taken already when it was lowered.
    ceiling bigint,
    used bigint NOT NULL CHECK (used >= 0),
    reserved bigint NOT NULL CHECK (reserved >= 0),
    -- The last number given to an entry, and its hash.
    entries bigint NOT NULL,
    head bytea NOT NULL CHECK (octet_length(head) = 32),
    PRIMARY KEY (cell, subject),
    CHECK (used + reserved <= ceiling)
) WITH (fillfactor = 50); -- One row that every order of a promotion writes anew.

-- What each holder has taken.
CREATE TABLE subject_shares (
    cell smallint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    ceiling bigint,
    used bigint NOT NULL CHECK (used >= 0),
    reserved bigint NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (cell, subject, holder),
    CHECK (used + reserved <= ceiling)
);

CREATE TABLE subject_reservations (
    cell smallint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    -- The order it is held for, which may not be made yet, and its line.
    order_id bytea NOT NULL CHECK (octet_length(order_id) = 16),
    line bytea NOT NULL CHECK (octet_length(line) = 16),
    -- The key under which that order is placed.
    placing_key bytea NOT NULL CHECK (octet_length(placing_key) = 16),
    holder text COLLATE "C",
    units bigint NOT NULL CHECK (units >= 0),
    state text COLLATE "C" NOT NULL CHECK (state IN ('held', 'captured', 'released')),
    reserved_at bigint NOT NULL,
    settled_at bigint,
    look_at bigint NOT NULL,
    PRIMARY KEY (cell, subject, id)
);

-- An order holds something of a subject once.
CREATE UNIQUE INDEX subject_reservations_held ON subject_reservations (cell, subject, order_id) WHERE state = 'held';
-- What the reconciler looks at.
CREATE INDEX subject_reservations_to_look_at ON subject_reservations (look_at) WHERE state = 'held';

CREATE TABLE subject_entries (
    cell smallint NOT NULL,
    subject text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    reservation bytea,
    units bigint,
    used bigint NOT NULL,
    reserved bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (cell, subject, number)
);

REVOKE UPDATE, DELETE, TRUNCATE ON subject_entries FROM CURRENT_USER;
