-- On which terms a run worked: kept with it, so that its report says the same whatever the settings are later.

-- The options that the run was first started with. Runs from before this file have none of them.
ALTER TABLE run
    ADD COLUMN kinds     text[],            -- that took part
    ADD COLUMN row_limit bigint,            -- most rows of each kind to send; null for no limit
    ADD COLUMN until     timestamptz,       -- when it was to stop sending; null for never
    ADD CONSTRAINT run_kinds_known CHECK (kinds <@ ARRAY['session', 'purchase', 'ad_revenue']),
    ADD CONSTRAINT run_row_limit_positive CHECK (row_limit > 0),
    ADD CONSTRAINT run_options_name_kinds CHECK (kinds IS NOT NULL OR (row_limit IS NULL AND until IS NULL));

-- The limits in force: how many rows of a class the run might meet before it halted. A restart replaces them by its own.
CREATE TABLE run_limit (
    run_id           bigint      NOT NULL,
    error_class      text        NOT NULL,
    kind             text        NOT NULL,
    max_rows         bigint,                -- null for any number
    max_percent      numeric,               -- null for any share
    min_sample       bigint,                -- rows from which on the share counts
    CONSTRAINT run_limit_pk PRIMARY KEY (run_id, error_class, kind),
    CONSTRAINT run_limit_kind_known CHECK (kind IN ('session', 'purchase', 'ad_revenue')),
    CONSTRAINT run_limit_limits_something CHECK (max_rows IS NOT NULL OR max_percent IS NOT NULL),
    CONSTRAINT run_limit_max_rows_possible CHECK (max_rows >= 0),
    CONSTRAINT run_limit_max_percent_possible CHECK (max_percent > 0 AND max_percent < 100),
    CONSTRAINT run_limit_sample_of_a_share CHECK ((max_percent IS NULL) = (min_sample IS NULL) AND min_sample > 0)
);
