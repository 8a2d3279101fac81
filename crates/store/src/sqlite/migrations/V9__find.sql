-- Finding a card by what a caller says: the end of its number or ICCID, the name of its holder, an e-mail
-- address of its people (docs/decisions/0016-finding-a-card.md).

-- Starts are found by the keys of the directories themselves.
CREATE INDEX numbers_by_end ON numbers (substr(number, -4));
CREATE INDEX iccids_by_end ON iccids (substr(iccid, -4));

-- Who holds a line. Personal data: it goes with the account that holds the line.
CREATE TABLE holder_names (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

-- The parts of each name as they are looked for. Computed from the name, and gone with it.
CREATE TABLE holder_terms (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (cell, line, term)
) STRICT, WITHOUT ROWID;

CREATE INDEX holder_terms_by_term ON holder_terms (term);

CREATE INDEX account_contacts_by_address ON account_contacts (lower(address), cell, account);
