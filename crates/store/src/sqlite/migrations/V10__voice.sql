-- The telephone robot, and text messages that customers send.

-- A call between two webhooks, by a keyed digest of its id; for a day.
CREATE TABLE voice_calls (
    call BLOB NOT NULL PRIMARY KEY CHECK (length(call) = 32),
    step INTEGER NOT NULL CHECK (step >= 0),
    body TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that want no text messages, by a keyed digest.
CREATE TABLE sms_stops (
    number BLOB NOT NULL PRIMARY KEY CHECK (length(number) = 32),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a text message offered to a line last.
CREATE TABLE sms_offers (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, line),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

-- What was agreed to by a key, a word or a text message, with the words that came before the yes.
CREATE TABLE spoken_consents (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    order_id BLOB NOT NULL CHECK (length(order_id) = 16),
    body TEXT NOT NULL,
    PRIMARY KEY (cell, line, order_id),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER spoken_consents_stay BEFORE UPDATE ON spoken_consents
BEGIN SELECT RAISE(ABORT, 'consents are never changed'); END;
CREATE TRIGGER spoken_consents_remain BEFORE DELETE ON spoken_consents
BEGIN SELECT RAISE(ABORT, 'consents are never deleted'); END;
