-- What a supervisor sees of each day.

-- The newest order that came of a call, in the call's own cell.
ALTER TABLE calls ADD COLUMN order_id bytea CHECK (octet_length(order_id) = 16);
-- How often the card turned out to be locked against proofs.
ALTER TABLE calls ADD COLUMN locks bigint NOT NULL DEFAULT 0 CHECK (locks >= 0);
-- Since when the telephone robot has been putting the caller through to a person.
ALTER TABLE calls ADD COLUMN connecting_at bigint;

-- What members of the staff did to orders: few rows among many. Their ids begin like this.
CREATE INDEX journal_of_staff ON journal (action, at) WHERE actor >= 'stf_' AND actor < 'stg';

CREATE INDEX refund_requests_asked ON refund_requests (asked_at);
CREATE INDEX refund_requests_decided ON refund_requests (decided_at) WHERE decided_at IS NOT NULL;
