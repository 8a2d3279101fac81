-- What offers cost on every channel, as they were listed, and what currencies are worth.

CREATE TABLE listings (
    seller TEXT NOT NULL,
    code TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (seller, code)
);

CREATE TABLE exchange_rates (
    sold TEXT NOT NULL,
    bought TEXT NOT NULL,
    source TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (sold, bought, source)
);
