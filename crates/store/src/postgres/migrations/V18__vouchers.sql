-- Vouchers that shops sell: each by the digest of its code.

CREATE TABLE voucher_batches (
    code text COLLATE "C" PRIMARY KEY,
    body text NOT NULL
);

CREATE TABLE vouchers (
    cell smallint NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    batch text COLLATE "C" NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    state text COLLATE "C" NOT NULL CHECK (state IN ('unused', 'used', 'revoked')),
    since bigint NOT NULL,
    PRIMARY KEY (cell, digest)
);

CREATE INDEX vouchers_of ON vouchers (batch, state);
