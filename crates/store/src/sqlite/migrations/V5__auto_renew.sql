-- Lines that renew themselves, and the methods that pay for it.

-- The auto-renew of a line, also one that has ended: what was agreed to and where it stands.
ALTER TABLE lines ADD COLUMN auto_renew TEXT;

-- The words that were agreed to, with who, when and from where.
CREATE TABLE consents (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, line, number),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE auto_renew_notices (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    key TEXT NOT NULL,
    news TEXT NOT NULL,
    medium TEXT NOT NULL,
    provider_id TEXT,
    failure TEXT,
    ambiguous INTEGER NOT NULL CHECK (ambiguous >= 0),
    at INTEGER NOT NULL,
    PRIMARY KEY (cell, line, key)
) STRICT, WITHOUT ROWID;

-- The methods that providers keep for accounts: what their owner recognises them by, never the card.
CREATE TABLE account_methods (
    cell INTEGER NOT NULL,
    account BLOB NOT NULL,
    provider TEXT NOT NULL,
    method TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (cell, account, provider, method),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER consents_stay BEFORE UPDATE ON consents
BEGIN SELECT RAISE(ABORT, 'consents are never changed'); END;
CREATE TRIGGER consents_remain BEFORE DELETE ON consents
BEGIN SELECT RAISE(ABORT, 'consents are never deleted'); END;
