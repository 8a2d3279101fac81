-- What is changed of a plan's sale between two publications of the whole catalogue.

-- Versions that are sold from a first day on, which stands in the version. The newest that has begun is in force.
CREATE TABLE dated_versions (
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    -- When it was taken back, or overtaken by a publication.
    withdrawn_at bigint,
    PRIMARY KEY (code, version),
    FOREIGN KEY (code, version) REFERENCES plan_versions (code, version)
);

-- Plans whose sale is stopped until somebody resumes it, whatever is published.
CREATE TABLE stopped_plans (
    code text COLLATE "C" NOT NULL PRIMARY KEY,
    stopped_at bigint NOT NULL
);
