-- What a caller types of a bank card on the telephone: how far it has come, and at most the last four digits; for a day.

CREATE TABLE keypads (
    cell INTEGER NOT NULL,
    call BLOB NOT NULL CHECK (length(call) = 16),
    revision INTEGER NOT NULL CHECK (revision >= 0),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, call),
    FOREIGN KEY (cell, call) REFERENCES calls (cell, id)
) STRICT, WITHOUT ROWID;
