-- What accounts chose about messages that sell. Rows are only ever added: they are the proof of a consent, and of its end.

CREATE TABLE marketing_choices (
    cell smallint NOT NULL,
    account bytea NOT NULL,
    medium text COLLATE "C" NOT NULL CHECK (medium IN ('email', 'sms')),
    at bigint NOT NULL,
    act text COLLATE "C" NOT NULL CHECK (act IN ('given', 'withdrawn')),
    body text NOT NULL,
    PRIMARY KEY (cell, account, medium, at, act),
    FOREIGN KEY (cell, account) REFERENCES accounts (cell, id)
);
