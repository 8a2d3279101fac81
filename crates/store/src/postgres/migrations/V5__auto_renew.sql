-- Lines that renew themselves, and the methods that pay for it.

-- The auto-renew of a line, also one that has ended: what was agreed to and where it stands.
ALTER TABLE lines ADD COLUMN auto_renew text;

-- The words that were agreed to, with who, when and from where.
CREATE TABLE consents (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    number bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (cell, line, number),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

CREATE TABLE auto_renew_notices (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    key text COLLATE "C" NOT NULL,
    news text COLLATE "C" NOT NULL,
    medium text COLLATE "C" NOT NULL,
    provider_id text COLLATE "C",
    failure text COLLATE "C",
    ambiguous bigint NOT NULL CHECK (ambiguous >= 0),
    at bigint NOT NULL,
    PRIMARY KEY (cell, line, key)
);

-- The methods that providers keep for accounts: what their owner recognises them by, never the card.
CREATE TABLE account_methods (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    provider text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    id bytea NOT NULL CHECK (octet_length(id) = 16),
    body text NOT NULL,
    PRIMARY KEY (cell, account, provider, method),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
);

REVOKE UPDATE, DELETE, TRUNCATE ON consents FROM CURRENT_USER;
