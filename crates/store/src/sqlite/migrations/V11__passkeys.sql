-- The passkeys of the staff, and what browsers were asked to sign. They belong to no line, so nothing here has a cell.

CREATE TABLE staff_passkeys (
    -- The id that the passkey's device gave it.
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 16 AND 1023),
    staff BLOB NOT NULL,
    public_key BLOB NOT NULL,
    -- What changes with each use: among others the counter of its signatures.
    state BLOB NOT NULL CHECK (length(state) = 7),
    device TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    used_at INTEGER,
    FOREIGN KEY (staff) REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_passkeys_by_staff ON staff_passkeys (staff, added_at);

-- Each is asked once, of one browser, and gone with its answer or soon.
CREATE TABLE staff_challenges (
    browser BLOB NOT NULL PRIMARY KEY CHECK (length(browser) = 32),
    asked BLOB NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX staff_challenges_by_end ON staff_challenges (until);
