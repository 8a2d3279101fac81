-- What is changed of a plan's sale between two publications of the whole catalogue.

-- Versions that are sold from a first day on, which stands in the version. The newest that has begun is in force.
CREATE TABLE dated_versions (
    code TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- When it was taken back, or overtaken by a publication.
    withdrawn_at INTEGER,
    PRIMARY KEY (code, version),
    FOREIGN KEY (code, version) REFERENCES plan_versions (code, version)
) STRICT, WITHOUT ROWID;

-- Plans whose sale is stopped until somebody resumes it, whatever is published.
CREATE TABLE stopped_plans (
    code TEXT NOT NULL PRIMARY KEY,
    stopped_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
