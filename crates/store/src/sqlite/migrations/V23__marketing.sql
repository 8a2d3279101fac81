-- What accounts chose about messages that sell. Rows are only ever added: they are the proof of a consent, and of its end.

CREATE TABLE marketing_choices (
    cell INTEGER NOT NULL,
    account BLOB NOT NULL,
    medium TEXT NOT NULL CHECK (medium IN ('email', 'sms')),
    at INTEGER NOT NULL,
    act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
    body TEXT NOT NULL,
    PRIMARY KEY (cell, account, medium, at, act),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
) STRICT, WITHOUT ROWID;
