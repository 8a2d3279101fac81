-- Subjects: what is limited and shared, such as the places of a promotion. Everything of a subject lies in
-- the subject's own cell, so that its limit, its figures and a reservation are one commit.

CREATE TABLE subjects (
    cell INTEGER NOT NULL CHECK (cell BETWEEN 0 AND 1023),
    subject TEXT NOT NULL,
    -- What is counted: redemptions, or minor units of a currency.
    measure TEXT NOT NULL,
    -- The limits in all and for each holder; none where nothing is limited.
    total_limit INTEGER CHECK (total_limit >= 0),
    holder_limit INTEGER CHECK (holder_limit >= 0),
    -- The limit, or what was taken already when it was lowered.
    ceiling INTEGER,
    used INTEGER NOT NULL CHECK (used >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    -- The last number given to an entry, and its hash.
    entries INTEGER NOT NULL,
    head BLOB NOT NULL CHECK (length(head) = 32),
    PRIMARY KEY (cell, subject),
    CHECK (used + reserved <= ceiling)
) STRICT, WITHOUT ROWID;

-- What each holder has taken.
CREATE TABLE subject_shares (
    cell INTEGER NOT NULL,
    subject TEXT NOT NULL,
    holder TEXT NOT NULL,
    ceiling INTEGER,
    used INTEGER NOT NULL CHECK (used >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (cell, subject, holder),
    CHECK (used + reserved <= ceiling)
) STRICT, WITHOUT ROWID;

CREATE TABLE subject_reservations (
    cell INTEGER NOT NULL,
    subject TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    -- The order it is held for, which may not be made yet, and its line.
    order_id BLOB NOT NULL CHECK (length(order_id) = 16),
    line BLOB NOT NULL CHECK (length(line) = 16),
    -- The key under which that order is placed.
    placing_key BLOB NOT NULL CHECK (length(placing_key) = 16),
    holder TEXT,
    units INTEGER NOT NULL CHECK (units >= 0),
    state TEXT NOT NULL CHECK (state IN ('held', 'captured', 'released')),
    reserved_at INTEGER NOT NULL,
    settled_at INTEGER,
    look_at INTEGER NOT NULL,
    PRIMARY KEY (cell, subject, id)
) STRICT, WITHOUT ROWID;

-- An order holds something of a subject once.
CREATE UNIQUE INDEX subject_reservations_held ON subject_reservations (cell, subject, order_id) WHERE state = 'held';
-- What the reconciler looks at.
CREATE INDEX subject_reservations_to_look_at ON subject_reservations (look_at) WHERE state = 'held';

CREATE TABLE subject_entries (
    cell INTEGER NOT NULL,
    subject TEXT NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    reservation BLOB,
    units INTEGER,
    used INTEGER NOT NULL,
    reserved INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (cell, subject, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER subject_entries_stay BEFORE UPDATE ON subject_entries
BEGIN SELECT RAISE(ABORT, 'entries of a subject are never changed'); END;
CREATE TRIGGER subject_entries_remain BEFORE DELETE ON subject_entries
BEGIN SELECT RAISE(ABORT, 'entries of a subject are never deleted'); END;
