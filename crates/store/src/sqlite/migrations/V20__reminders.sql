-- Reminders, each once for ever, and how each of a line's people wants them.

CREATE TABLE reminders (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    reason TEXT NOT NULL,
    period TEXT NOT NULL,
    told TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'dropped', 'failed')),
    planned_for INTEGER NOT NULL,
    due_at INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, line, reason, period, told),
    CHECK ((state = 'planned') = (due_at IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX reminders_due ON reminders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX reminders_over ON reminders (cell, planned_for);

CREATE TABLE reminder_wishes (
    cell INTEGER NOT NULL,
    line BLOB NOT NULL,
    account BLOB NOT NULL,
    medium TEXT NOT NULL CHECK (medium IN ('email', 'sms', 'none')),
    PRIMARY KEY (cell, line, account),
    FOREIGN KEY (cell, line) REFERENCES lines (cell, id)
) STRICT, WITHOUT ROWID;
