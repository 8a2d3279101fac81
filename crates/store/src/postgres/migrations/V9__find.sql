-- Finding a card by what a caller says: the start or end of its number or ICCID, the name of its holder, an
-- e-mail address of its people (docs/decisions/0016-finding-a-card.md). No index here begins with the cell: a
-- search is over all of them, and one scan has to be enough.

CREATE INDEX numbers_by_start ON numbers (number);
CREATE INDEX numbers_by_end ON numbers (right(number, 4));
CREATE INDEX iccids_by_start ON iccids (iccid);
CREATE INDEX iccids_by_end ON iccids (right(iccid, 4));

-- Who holds a line. Personal data: it goes with the account that holds the line.
CREATE TABLE holder_names (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    name text COLLATE "C" NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

-- The parts of each name as they are looked for. Computed from the name, and gone with it.
CREATE TABLE holder_terms (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    term text COLLATE "C" NOT NULL,
    PRIMARY KEY (cell, line, term)
);

CREATE INDEX holder_terms_by_term ON holder_terms (term, cell, line);

CREATE INDEX account_contacts_by_address ON account_contacts (lower(address), cell, account);
