-- Shops on marketplaces that we read: how far, and what became of each item of a trade. Nothing of what a buyer wrote.

CREATE TABLE shop_marks (
    cell smallint NOT NULL,
    shop text NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 0),
    body text NOT NULL,
    PRIMARY KEY (cell, shop)
);

-- An item without a number is the trade as a whole, which is to be read.
CREATE TABLE shop_items (
    cell smallint NOT NULL,
    shop text NOT NULL,
    trade text NOT NULL,
    item text NOT NULL,
    revision bigint NOT NULL CHECK (revision >= 0),
    state text NOT NULL CHECK (state IN ('new', 'waits', 'placing', 'placed', 'told', 'over')),
    due_at bigint,
    body text NOT NULL,
    PRIMARY KEY (cell, shop, trade, item)
);

CREATE INDEX shop_items_due ON shop_items (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX shop_items_waiting ON shop_items (shop, trade) WHERE state = 'waits';
