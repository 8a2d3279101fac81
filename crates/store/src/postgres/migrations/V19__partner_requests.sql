-- What partners' programs asked of us, for the partners' people to look at. No bodies, no secrets, and nothing for long.

CREATE TABLE partner_requests (
    cell smallint NOT NULL,
    partner text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    request text COLLATE "C" NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    status bigint NOT NULL,
    problem text,
    PRIMARY KEY (cell, partner, at, request)
);

CREATE INDEX partner_requests_over ON partner_requests (cell, at);
