-- How a payment into an account was made, and why somebody did what they did to it: both as they said it, and chained with the entry.

ALTER TABLE subject_entries ADD COLUMN paid_by text;
ALTER TABLE subject_entries ADD COLUMN reason text;
