-- What a line used at each local hour. Only the last weeks are kept: each takes the place of the one six weeks before it.

CREATE TABLE usage_hours (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    place smallint NOT NULL CHECK (place BETWEEN 0 AND 5),
    kind text COLLATE "C" NOT NULL,
    hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
    -- The Monday of the week.
    week integer NOT NULL,
    units bigint NOT NULL CHECK (units >= 0),
    PRIMARY KEY (cell, line, place, kind, hour)
);
