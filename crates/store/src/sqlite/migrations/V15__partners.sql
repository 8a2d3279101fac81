-- Partners: who sells from an account with us. The account is a subject; what somebody outside calls an entry of it stands in it.

ALTER TABLE subjects ADD COLUMN paid_in INTEGER NOT NULL DEFAULT 0 CHECK (paid_in >= 0);
ALTER TABLE subject_entries ADD COLUMN named TEXT;
CREATE INDEX subject_entries_named ON subject_entries (cell, subject, named, number) WHERE named IS NOT NULL;

CREATE TABLE partners (
    code TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_keys (
    digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
    partner TEXT NOT NULL REFERENCES partners (code),
    since INTEGER NOT NULL,
    body TEXT NOT NULL,
    -- When it last signed in, to the minute.
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX partner_keys_of ON partner_keys (partner, since);

-- What partners were told of their orders, and what came of it. What is still to be told is a job of the line.
CREATE TABLE callbacks (
    cell INTEGER NOT NULL,
    order_id BLOB NOT NULL CHECK (length(order_id) = 16),
    number INTEGER NOT NULL,
    partner TEXT NOT NULL,
    stage TEXT NOT NULL,
    since INTEGER NOT NULL,
    url TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries > 0),
    tried_at INTEGER NOT NULL,
    came_of_it TEXT NOT NULL,
    taken_at INTEGER,
    next_at INTEGER,
    PRIMARY KEY (cell, order_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX callbacks_of ON callbacks (partner, tried_at);
