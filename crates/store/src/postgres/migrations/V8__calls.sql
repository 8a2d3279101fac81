-- The hotline: calls, and what the staff notes about lines. The number of a caller is not kept.

CREATE TABLE calls (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    line bytea NOT NULL,
    -- Who talks; absent for the telephone robot.
    staff bytea,
    caller text COLLATE "C" NOT NULL CHECK (caller IN ('card', 'other', 'unknown')),
    started_at bigint NOT NULL,
    active_at bigint NOT NULL,
    ended_at bigint,
    -- How the caller proved who they are, and when.
    way text COLLATE "C",
    proven_at bigint,
    failures bigint NOT NULL CHECK (failures >= 0),
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((way IS NULL) = (proven_at IS NULL))
);

CREATE INDEX calls_of_line ON calls (cell, line, active_at);
-- What each member of the staff did on a day.
CREATE INDEX calls_in_time ON calls (started_at);

CREATE TABLE line_notes (
    cell smallint NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    line bytea NOT NULL,
    call bytea,
    staff bytea NOT NULL,
    at bigint NOT NULL,
    text text NOT NULL,
    due_at bigint,
    done_by bytea,
    done_at bigint,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((done_by IS NULL) = (done_at IS NULL))
);

CREATE INDEX line_notes_of_line ON line_notes (cell, line);
CREATE INDEX line_notes_to_see_to ON line_notes (due_at) WHERE due_at IS NOT NULL AND done_at IS NULL;

-- Keyed digests of the numbers of identity documents, where the business has turned that on.
CREATE TABLE line_documents (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    staff bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);
