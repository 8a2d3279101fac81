-- What a caller types of a bank card on the telephone: how far it has come, and at most the last four digits; for a day.

CREATE TABLE keypads (
    cell smallint NOT NULL,
    call bytea NOT NULL CHECK (octet_length(call) = 16),
    revision bigint NOT NULL CHECK (revision >= 0),
    body text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (cell, call),
    FOREIGN KEY (cell, call) REFERENCES calls (cell, id)
);
