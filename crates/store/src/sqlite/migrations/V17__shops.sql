-- Shops on marketplaces that we read: how far, and what became of each item of a trade. Nothing of what a buyer wrote.

CREATE TABLE shop_marks (
    cell INTEGER NOT NULL,
    shop TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    body TEXT NOT NULL,
    PRIMARY KEY (cell, shop)
) STRICT, WITHOUT ROWID;

-- An item without a number is the trade as a whole, which is to be read.
CREATE TABLE shop_items (
    cell INTEGER NOT NULL,
    shop TEXT NOT NULL,
    trade TEXT NOT NULL,
    item TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0),
    state TEXT NOT NULL CHECK (state IN ('new', 'waits', 'placing', 'placed', 'told', 'over')),
    due_at INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (cell, shop, trade, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX shop_items_due ON shop_items (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX shop_items_waiting ON shop_items (shop, trade) WHERE state = 'waits';
