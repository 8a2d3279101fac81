-- A promotion comes with the catalogue's file, which replaces those of the file before; or it is made by itself and stays.

ALTER TABLE promotions ADD COLUMN origin TEXT NOT NULL DEFAULT 'catalogue' CHECK (origin IN ('catalogue', 'own'));
