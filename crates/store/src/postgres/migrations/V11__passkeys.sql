-- The passkeys of the staff, and what browsers were asked to sign. They belong to no line, so nothing here has a cell.

CREATE TABLE staff_passkeys (
    -- The id that the passkey's device gave it.
    id bytea NOT NULL PRIMARY KEY CHECK (octet_length(id) BETWEEN 16 AND 1023),
    staff bytea NOT NULL,
    public_key bytea NOT NULL,
    -- What changes with each use: among others the counter of its signatures.
    state bytea NOT NULL CHECK (octet_length(state) = 7),
    device text COLLATE "C" NOT NULL,
    added_at bigint NOT NULL,
    used_at bigint,
    FOREIGN KEY (staff) REFERENCES staff (id)
);

CREATE INDEX staff_passkeys_by_staff ON staff_passkeys (staff, added_at);

-- Each is asked once, of one browser, and gone with its answer or soon.
CREATE TABLE staff_challenges (
    browser bytea NOT NULL PRIMARY KEY CHECK (octet_length(browser) = 32),
    asked bytea NOT NULL,
    until bigint NOT NULL
);

CREATE INDEX staff_challenges_by_end ON staff_challenges (until);
