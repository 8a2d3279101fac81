-- Partners: who sells from an account with us. The account is a subject; what somebody outside calls an entry of it stands in it.

ALTER TABLE subjects ADD COLUMN paid_in bigint NOT NULL DEFAULT 0 CHECK (paid_in >= 0);
ALTER TABLE subject_entries ADD COLUMN named text COLLATE "C";
CREATE INDEX subject_entries_named ON subject_entries (cell, subject, named, number) WHERE named IS NOT NULL;

CREATE TABLE partners (
    code text COLLATE "C" PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE partner_keys (
    digest bytea PRIMARY KEY CHECK (octet_length(digest) = 32),
    partner text COLLATE "C" NOT NULL REFERENCES partners (code),
    since bigint NOT NULL,
    body text NOT NULL,
    -- When it last signed in, to the minute.
    used_at bigint
);

CREATE INDEX partner_keys_of ON partner_keys (partner, since);

-- What partners were told of their orders, and what came of it. What is still to be told is a job of the line.
CREATE TABLE callbacks (
    cell smallint NOT NULL,
    order_id bytea NOT NULL CHECK (octet_length(order_id) = 16),
    number bigint NOT NULL,
    partner text COLLATE "C" NOT NULL,
    stage text COLLATE "C" NOT NULL,
    since bigint NOT NULL,
    url text NOT NULL,
    tries bigint NOT NULL CHECK (tries > 0),
    tried_at bigint NOT NULL,
    came_of_it text NOT NULL,
    taken_at bigint,
    next_at bigint,
    PRIMARY KEY (cell, order_id, number)
);

CREATE INDEX callbacks_of ON callbacks (partner, tried_at);
