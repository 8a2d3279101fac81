-- The telephone robot, and text messages that customers send.

-- A call between two webhooks, by a keyed digest of its id; for a day.
CREATE TABLE voice_calls (
    cell smallint NOT NULL,
    call bytea NOT NULL CHECK (octet_length(call) = 32),
    step bigint NOT NULL CHECK (step >= 0),
    body text NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (cell, call)
);

-- Numbers that want no text messages, by a keyed digest.
CREATE TABLE sms_stops (
    cell smallint NOT NULL,
    number bytea NOT NULL CHECK (octet_length(number) = 32),
    at bigint NOT NULL,
    PRIMARY KEY (cell, number)
);

-- What a text message offered to a line last.
CREATE TABLE sms_offers (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

-- What was agreed to by a key, a word or a text message, with the words that came before the yes.
CREATE TABLE spoken_consents (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    order_id bytea NOT NULL CHECK (octet_length(order_id) = 16),
    body text NOT NULL,
    PRIMARY KEY (cell, line, order_id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);

REVOKE UPDATE, DELETE, TRUNCATE ON spoken_consents FROM CURRENT_USER;
