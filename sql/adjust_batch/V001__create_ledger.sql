-- The ledger: what became of every row that was to be reported to Adjust, and how it got there.
-- Its own columns refuse impossible rows by named CHECKs. What is copied from the warehouse (marked "frozen") is
-- refused nothing: staging must never fail because of a row, and a wrong row ends INVALID with a reason.

CREATE SEQUENCE run_id_seq;

-- One row a nightly run. A restart of a run keeps its row and gives it a new execution.
CREATE TABLE run (
    run_id           bigint      NOT NULL DEFAULT nextval('run_id_seq'),
    state            text        NOT NULL,
    execution_id     bigint,                -- Spring Batch's job execution that holds the run now; fences out its predecessors
    started_at       timestamptz NOT NULL,
    ended_at         timestamptz,
    host             text        NOT NULL,
    process_id       bigint      NOT NULL,
    exit_code        smallint,              -- of the command, as the README lists them
    reason           text,                  -- why it ended as it did, for a person; null if it simply finished
    settings_digest  text        NOT NULL,  -- SHA-256 over the settings in force, secrets left out
    CONSTRAINT run_pk PRIMARY KEY (run_id),
    CONSTRAINT run_state_known CHECK (state IN ('RUNNING', 'COMPLETED', 'HALTED', 'STOPPED', 'FAILED', 'ABANDONED')),
    CONSTRAINT run_ended_unless_running CHECK ((state = 'RUNNING') = (ended_at IS NULL))
);

-- The kinds that a run staged, and what a night without new rows of them meant then.
CREATE TABLE run_kind (
    run_id           bigint      NOT NULL,
    kind             text        NOT NULL,
    expect_rows      text        NOT NULL,
    CONSTRAINT run_kind_pk PRIMARY KEY (run_id, kind),
    CONSTRAINT run_kind_expect_rows_known CHECK (expect_rows IN ('warn', 'fail', 'off'))
);

-- The status table: one row a warehouse row. LIST-partitioned by kind, so that each kind's rows lie together.
CREATE TABLE delivery (
    kind             text        NOT NULL,
    row_id           bigint      NOT NULL,  -- the warehouse relation's id
    state            text        NOT NULL DEFAULT 'PENDING', -- kept near the top for the eyes of operators
    attempts         integer     NOT NULL DEFAULT 0,         -- requests that were about to leave, whatever became of them
    tries            integer     NOT NULL DEFAULT 0,         -- the last attempts in a row that ended in error_class, throttled ones left out
    app_token        text,                  -- frozen
    event_token      text,                  -- frozen; purchases only
    environment      text,                  -- frozen
    currency         text,                  -- frozen, upper-cased
    revenue          numeric,               -- frozen, exact
    occurred_at      timestamptz,           -- frozen
    transaction_id   text,                  -- frozen; purchases only
    http_status      smallint,              -- of the last attempt; null if no answer came
    error_class      text,                  -- why the row is in its state; null while nothing has happened to it
    message          text,                  -- Adjust's recognised message of the last attempt, never its free text
    reason           text,                  -- why, in our words
    decided_by       text,                  -- who put the row into its state: adjust, local or person
    last_attempt_at  timestamptz,
    next_attempt_at  timestamptz,           -- not to be sent before; null: at once
    finalized_at     timestamptz,           -- set if and only if the state is final
    held_by          bigint,                -- row_id of the earlier row of the lane that this one waits for
    late             boolean     NOT NULL DEFAULT false,     -- came when a later row of its lane had been sent already
    repeats          bigint,                -- row_id of the purchase that reported this row's transaction first
    run_id           bigint,                -- the run that last changed the row; null before the first change
    bucket           smallint    NOT NULL,  -- which of 256 shares of the work; a lane lies in one bucket
    lane             bigint,                -- rows of one lane leave in time order; null: in any order
    loaded_at        timestamptz,           -- frozen; null also for an infinite time
    staged_at        timestamptz NOT NULL,
    staged_run_id    bigint      NOT NULL,
    staging_fault    text,                  -- what of the row could not be stored, in words; null for nearly every row
    CONSTRAINT delivery_pk PRIMARY KEY (kind, row_id),
    CONSTRAINT delivery_state_known CHECK (state IN ('PENDING', 'SENDING', 'DEFERRED', 'HELD', 'IN_DOUBT', 'SENT',
        'DUPLICATE', 'REJECTED', 'INVALID', 'SUPPRESSED', 'EXPIRED')),
    CONSTRAINT delivery_final_iff_finalized CHECK ((finalized_at IS NOT NULL) =
        (state IN ('SENT', 'DUPLICATE', 'REJECTED', 'INVALID', 'SUPPRESSED', 'EXPIRED'))),
    CONSTRAINT delivery_tries_within_attempts CHECK (tries BETWEEN 0 AND attempts),
    CONSTRAINT delivery_attempted_if_on_the_wire CHECK (state NOT IN ('SENDING', 'SENT', 'REJECTED', 'IN_DOUBT')
        OR (attempts > 0 AND last_attempt_at IS NOT NULL AND run_id IS NOT NULL)),
    CONSTRAINT delivery_deferred_has_a_time CHECK (state <> 'DEFERRED' OR next_attempt_at IS NOT NULL),
    CONSTRAINT delivery_held_names_what_it_waits_for CHECK ((state = 'HELD') = (held_by IS NOT NULL)),
    CONSTRAINT delivery_decided_by_known CHECK (decided_by IN ('adjust', 'local', 'person')),
    CONSTRAINT delivery_final_says_who_decided CHECK (finalized_at IS NULL OR decided_by IS NOT NULL),
    CONSTRAINT delivery_bucket_of_its_lane CHECK (bucket = (coalesce(lane, row_id) & 255)),
    CONSTRAINT delivery_repeats_another_row CHECK (repeats <> row_id),
    CONSTRAINT delivery_ad_revenue_has_no_lane CHECK (kind <> 'ad_revenue' OR lane IS NULL)
) PARTITION BY LIST (kind);

-- fillfactor and the vacuum scale leave room for HOT updates: every row is updated at least twice.
CREATE TABLE delivery_session PARTITION OF delivery FOR VALUES IN ('session')
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
CREATE TABLE delivery_purchase PARTITION OF delivery FOR VALUES IN ('purchase')
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
CREATE TABLE delivery_ad_revenue PARTITION OF delivery FOR VALUES IN ('ad_revenue')
    WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);

-- Serves the send step's pages (keyset by bucket, time and id) and everything else that looks for open rows.
-- Its predicate is finalized_at and not state, for an index that names state makes every HOT update impossible.
CREATE INDEX delivery_open ON delivery (kind, bucket, occurred_at, row_id) WHERE finalized_at IS NULL;

-- Serves staging: which rows of the window are known already. Rows arrive in the order of loaded_at, so BRIN is enough.
CREATE INDEX delivery_loaded ON delivery USING brin (loaded_at) WITH (pages_per_range = 32);

-- Serves the search for late rows: what was sent lately. Rows arrive roughly in order of time.
CREATE INDEX delivery_occurred ON delivery USING brin (occurred_at) WITH (pages_per_range = 32);

-- Serves the duplicate guard: open rows that repeat a transaction, which are few.
CREATE INDEX delivery_repeating ON delivery (repeats) WHERE repeats IS NOT NULL AND finalized_at IS NULL;

-- The purchase that stands for each transaction. A table of its own rather than an index on delivery: written once at
-- staging, it costs the many updates of delivery nothing.
CREATE TABLE purchase_transaction (
    digest           uuid        NOT NULL,  -- 128 bits of SHA-256 over app, environment, event token and transaction id
    row_id           bigint      NOT NULL,
    CONSTRAINT purchase_transaction_pk PRIMARY KEY (digest)
);

CREATE SEQUENCE delivery_journal_entry_id_seq;

-- Append-only: every transition but PENDING to SENDING. delivery is its projection. RANGE-partitioned by month of the
-- entry, UTC; the months are made ahead at the start of each run, and old ones can be detached.
CREATE TABLE delivery_journal (
    entry_id         bigint      NOT NULL DEFAULT nextval('delivery_journal_entry_id_seq'),
    at               timestamptz NOT NULL,
    kind             text        NOT NULL,
    row_id           bigint      NOT NULL,
    run_id           bigint,                -- null for what a person decided between runs
    state            text        NOT NULL,  -- entered by this transition
    attempt          integer     NOT NULL,  -- the row's attempts at that time
    error_class      text,
    http_status      smallint,
    message          text,
    reason           text,
    next_attempt_at  timestamptz,
    held_by          bigint,
    decided_by       text        NOT NULL,
    who              text,                  -- the person, if decided_by says person
    CONSTRAINT delivery_journal_state_known CHECK (state IN ('PENDING', 'DEFERRED', 'HELD', 'IN_DOUBT', 'SENT',
        'DUPLICATE', 'REJECTED', 'INVALID', 'SUPPRESSED', 'EXPIRED')),
    CONSTRAINT delivery_journal_decided_by_known CHECK (decided_by IN ('adjust', 'local', 'person')),
    CONSTRAINT delivery_journal_person_is_named CHECK ((decided_by = 'person') = (who IS NOT NULL))
) PARTITION BY RANGE (at);

-- Serves "the life of one row" and "the last entry of a row up to a run".
CREATE INDEX delivery_journal_row ON delivery_journal (kind, row_id, entry_id);

-- Serves "what this run did". Runs append one after the other, so BRIN is enough.
CREATE INDEX delivery_journal_run ON delivery_journal USING brin (run_id) WITH (pages_per_range = 32);

-- What staging took in, counted from the warehouse at that moment and never changed: the first of the three records
-- that must agree. A row that is staged anew before its first attempt is taken off and added by two further entries.
CREATE TABLE staged_total (
    run_id           bigint      NOT NULL,
    at               timestamptz NOT NULL,
    kind             text        NOT NULL,
    app_token        text,
    environment      text,
    event_token      text,
    currency         text,
    utc_day          date,                  -- of occurred_at
    row_count        bigint      NOT NULL,
    revenue          numeric     NOT NULL
);

-- Serves "what did this run stage".
CREATE INDEX staged_total_run ON staged_total (run_id);

-- What rows were before they were staged anew: what was reported of them until then. Append-only.
CREATE TABLE restaged_row (
    restaging_id     bigint      GENERATED ALWAYS AS IDENTITY,
    run_id           bigint      NOT NULL,
    at               timestamptz NOT NULL,
    kind             text        NOT NULL,
    row_id           bigint      NOT NULL,
    app_token        text,
    event_token      text,
    environment      text,
    currency         text,
    revenue          numeric,
    occurred_at      timestamptz,
    transaction_id   text,
    CONSTRAINT restaged_row_pk PRIMARY KEY (kind, row_id, restaging_id)
);

-- What a relation's first staging left in the warehouse because it was already past Adjust's age limit, or before
-- warehouse.since: told once, as counts and money.
CREATE TABLE left_out_total (
    run_id           bigint      NOT NULL,
    kind             text        NOT NULL,
    app_token        text,
    environment      text,
    currency         text,
    row_count        bigint      NOT NULL,
    revenue          numeric     NOT NULL,
    first_at         timestamptz,
    last_at          timestamptz
);

-- Serves "what did this run leave out".
CREATE INDEX left_out_total_run ON left_out_total (run_id);

-- How far staging has come in each relation.
CREATE TABLE staging_mark (
    kind             text        NOT NULL,
    relation         text        NOT NULL,
    marked_at        timestamptz NOT NULL,  -- now() of the last staging transaction: the next window opens before it
    first_marked_at  timestamptz,           -- end of the first staging; null while that has not come to its end
    taken_from       timestamptz NOT NULL,  -- the first staging left out what occurred before
    CONSTRAINT staging_mark_pk PRIMARY KEY (kind, relation)
);

-- Devices whose users opted out (HTTP 451), as keyed hashes: never to be contacted again for that app.
CREATE TABLE suppressed_device (
    app_token        text        NOT NULL,
    device_hash      bytea       NOT NULL,  -- HMAC-SHA-256 of identifier name and value under the key of privacy_key
    identifier       text        NOT NULL,  -- the identifier's name, such as gps_adid; never its value
    suppressed_at    timestamptz NOT NULL,
    kind             text,                  -- with row_id: the row whose answer opted the device out; null if a person did
    row_id           bigint,
    run_id           bigint,
    who              text,
    because          text        NOT NULL,
    CONSTRAINT suppressed_device_pk PRIMARY KEY (app_token, device_hash),
    CONSTRAINT suppressed_device_row_or_person CHECK ((row_id IS NULL) = (who IS NOT NULL))
);

-- What persons took off that list, so that it can be told who let a device be contacted again. Append-only.
CREATE TABLE suppression_removal (
    app_token        text        NOT NULL,
    device_hash      bytea       NOT NULL,
    identifier       text        NOT NULL,
    suppressed_at    timestamptz NOT NULL,
    removed_at       timestamptz NOT NULL,
    who              text        NOT NULL,
    because          text        NOT NULL
);

-- The key that the hashes above were made with.
CREATE TABLE privacy_key (
    only_row         boolean     NOT NULL DEFAULT true,
    fingerprint      bytea       NOT NULL,  -- tells another key: 8 bytes of HMAC-SHA-256 of a constant
    secret           bytea,                 -- the key, made by Adjust Batch; null if it is configured (privacy.hash-key)
    kept_since       timestamptz NOT NULL,
    CONSTRAINT privacy_key_pk PRIMARY KEY (only_row),
    CONSTRAINT privacy_key_one_row CHECK (only_row),
    CONSTRAINT privacy_key_fingerprint_length CHECK (octet_length(fingerprint) = 8),
    CONSTRAINT privacy_key_secret_length CHECK (octet_length(secret) >= 16)
);

-- What differed between warehouse and ledger at the end of a run, and was not accepted.
CREATE TABLE run_drift (
    run_id           bigint      NOT NULL,
    kind             text        NOT NULL,
    sort             text        NOT NULL,
    row_count        bigint      NOT NULL,
    CONSTRAINT run_drift_pk PRIMARY KEY (run_id, kind, sort),
    CONSTRAINT run_drift_sort_known CHECK (sort IN ('MISSING', 'CHANGED', 'GONE', 'REPEATED')),
    CONSTRAINT run_drift_some_rows CHECK (row_count > 0)
);

-- Differences between warehouse and ledger that a person knows and accepts. Another finding on the same row counts anew.
CREATE TABLE accepted_difference (
    kind             text        NOT NULL,
    row_id           bigint      NOT NULL,
    finding          text        NOT NULL,  -- in the words in which it was shown
    accepted_at      timestamptz NOT NULL,
    who              text        NOT NULL,
    because          text        NOT NULL,
    CONSTRAINT accepted_difference_pk PRIMARY KEY (kind, row_id, finding),
    CONSTRAINT accepted_difference_kind_known CHECK (kind IN ('session', 'purchase', 'ad_revenue')),
    CONSTRAINT accepted_difference_has_a_reason CHECK (because <> '')
);
