package io.adjustbatch.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Settles what is left on the wire by a run that will record no answer to it any more: rows that are
 * {@link RowState#SENDING} become {@link RowState#IN_DOUBT}, and sessions {@link RowState#PENDING}, for Adjust's interval
 * rule refuses a session that comes twice (dev.adjust.com, "S2S sessions"). Each gets a journal entry that names the run.
 */
public final class Recovery {

    private static final String SETTLE = """
            WITH fence AS MATERIALIZED (%s), leftover AS (
                UPDATE adjust_batch.delivery
                SET state = CASE kind WHEN 'session' THEN 'PENDING' ELSE 'IN_DOUBT' END,
                    error_class = 'AMBIGUOUS', tries = 1, http_status = NULL, message = NULL,
                    decided_by = 'local', next_attempt_at = NULL,
                    reason = format('run %%s ended before an answer to attempt %%s was recorded', run_id, attempts)
                WHERE finalized_at IS NULL AND state = 'SENDING' AND %s
                RETURNING *
            )
            INSERT INTO adjust_batch.delivery_journal
                (at, kind, row_id, run_id, state, attempt, error_class, reason, decided_by)
            SELECT now(), kind, row_id, run_id, state, attempts, error_class, reason, decided_by FROM leftover""";

    private static final String OF_DEAD_RUNS = SETTLE.formatted("SELECT", "true");

    /** Locks the run's row, so that no other process can take the run over meanwhile. */
    private static final String OF_OWN_RUN = SETTLE.formatted("""
            SELECT FROM adjust_batch.run
            WHERE run_id = :runId AND execution_id = :executionId AND state = 'RUNNING' FOR SHARE""", "run_id = :runId AND EXISTS (SELECT FROM fence)");

    private final JdbcClient jdbc;

    public Recovery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Settles what dead runs left. Call it with the lock held: only then is all that is on the wire theirs.
     *
     * @return how many rows were left
     */
    public int settleLeftovers() {
        return jdbc.sql(OF_DEAD_RUNS).update();
    }

    /**
     * Settles what a part of the caller's own run left that failed. Call it when all of its work is over and before its
     * end is recorded, so that its report never changes.
     *
     * @return how many rows were left; 0 also if the run is no longer this execution's
     */
    public int settleLeftovers(RunToken own) {
        return jdbc.sql(OF_OWN_RUN)
                .param("runId", own.runId())
                .param("executionId", own.executionId())
                .update();
    }
}
