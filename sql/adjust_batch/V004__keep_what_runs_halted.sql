-- What a run halted, so that its report can say for ever which rows wait for which remedy.

CREATE TABLE run_halt (
    run_id           bigint      NOT NULL,
    halt             smallint    NOT NULL,  -- in the order in which they were met, from 1
    scope            text        NOT NULL,  -- what was halted, in words: "the run" or, say, "app 4w565xzmb54d at /event"
    cause            text        NOT NULL,  -- what was met
    remedy           text        NOT NULL,  -- what a person should do about it
    waiting_rows     bigint      NOT NULL,  -- open rows of the scope at the run's end
    CONSTRAINT run_halt_pk PRIMARY KEY (run_id, halt),
    CONSTRAINT run_halt_counts_from_one CHECK (halt > 0),
    CONSTRAINT run_halt_waiting_rows_possible CHECK (waiting_rows >= 0)
);
