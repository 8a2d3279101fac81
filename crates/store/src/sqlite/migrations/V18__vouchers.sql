-- Vouchers that shops sell: each by the digest of its code.

CREATE TABLE voucher_batches (
    code TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vouchers (
    cell INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    batch TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    state TEXT NOT NULL CHECK (state IN ('unused', 'used', 'revoked')),
    since INTEGER NOT NULL,
    PRIMARY KEY (cell, digest)
) STRICT, WITHOUT ROWID;

CREATE INDEX vouchers_of ON vouchers (batch, state);
