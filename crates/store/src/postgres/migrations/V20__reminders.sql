-- Reminders, each once for ever, and how each of a line's people wants them.

CREATE TABLE reminders (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    reason text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    told text COLLATE "C" NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 0),
    state text COLLATE "C" NOT NULL CHECK (state IN ('planned', 'sent', 'dropped', 'failed')),
    planned_for bigint NOT NULL,
    due_at bigint,
    body text NOT NULL,
    PRIMARY KEY (cell, line, reason, period, told),
    CHECK ((state = 'planned') = (due_at IS NOT NULL))
);

CREATE INDEX reminders_due ON reminders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX reminders_over ON reminders (cell, planned_for);

CREATE TABLE reminder_wishes (
    cell smallint NOT NULL,
    line bytea NOT NULL,
    account bytea NOT NULL,
    medium text COLLATE "C" NOT NULL CHECK (medium IN ('email', 'sms', 'none')),
    PRIMARY KEY (cell, line, account),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
);
