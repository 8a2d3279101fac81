-- The hotline: calls, and what the staff notes about lines. The number of a caller is not kept.

CREATE TABLE calls (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    line BLOB NOT NULL,
    -- Who talks; absent for the telephone robot.
    staff BLOB,
    caller TEXT NOT NULL CHECK (caller IN ('card', 'other', 'unknown')),
    started_at INTEGER NOT NULL,
    active_at INTEGER NOT NULL,
    ended_at INTEGER,
    -- How the caller proved who they are, and when.
    way TEXT,
    proven_at INTEGER,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((way IS NULL) = (proven_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX calls_of_line ON calls (cell, line, active_at);
-- What each member of the staff did on a day.
CREATE INDEX calls_in_time ON calls (started_at);

CREATE TABLE line_notes (
    cell INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    line BLOB NOT NULL,
    call BLOB,
    staff BLOB NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL,
    due_at INTEGER,
    done_by BLOB,
    done_at INTEGER,
    PRIMARY KEY (cell, id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id),
    CHECK ((done_by IS NULL) = (done_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX line_notes_of_line ON line_notes (cell, line);
CREATE INDEX line_notes_to_see_to ON line_notes (due_at) WHERE due_at IS NOT NULL AND done_at IS NULL;

-- Keyed digests of the numbers of identity documents, where the business has turned that on.
CREATE TABLE line_documents (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    staff BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;
