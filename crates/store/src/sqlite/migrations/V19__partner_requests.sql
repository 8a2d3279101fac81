-- What partners' programs asked of us, for the partners' people to look at. No bodies, no secrets, and nothing for long.

CREATE TABLE partner_requests (
    cell INTEGER NOT NULL,
    partner TEXT NOT NULL,
    at INTEGER NOT NULL,
    request TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    problem TEXT,
    PRIMARY KEY (cell, partner, at, request)
) STRICT, WITHOUT ROWID;

CREATE INDEX partner_requests_over ON partner_requests (cell, at);
