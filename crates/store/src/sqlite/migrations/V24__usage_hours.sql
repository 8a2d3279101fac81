-- What a line used at each local hour. Only the last weeks are kept: each takes the place of the one six weeks before it.

CREATE TABLE usage_hours (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    place INTEGER NOT NULL CHECK (place BETWEEN 0 AND 5),
    kind TEXT NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    -- The Monday of the week.
    week INTEGER NOT NULL,
    units INTEGER NOT NULL CHECK (units >= 0),
    PRIMARY KEY (cell, line, place, kind, hour)
) STRICT, WITHOUT ROWID;
