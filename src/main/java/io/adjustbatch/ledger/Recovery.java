package io.adjustbatch.ledger;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Settles what dead runs left on the wire. Call it with the lock held: only then is everything that is still
 * {@link RowState#SENDING} a dead run's.
 */
public final class Recovery {

    private final JdbcClient jdbc;

    public Recovery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes leftover {@link RowState#SENDING} rows {@link RowState#IN_DOUBT}, and sessions {@link RowState#PENDING}:
     * Adjust's interval rule refuses a session that comes twice (dev.adjust.com, "S2S sessions"). Each gets a journal
     * entry that names the run that died.
     *
     * @return how many rows were left
     */
    public int settleLeftovers() {
        return jdbc.sql("""
                        WITH leftover AS (
                            UPDATE adjust_batch.delivery
                            SET state = CASE kind WHEN 'session' THEN 'PENDING' ELSE 'IN_DOUBT' END,
                                error_class = 'AMBIGUOUS', tries = 1, http_status = NULL, message = NULL,
                                decided_by = 'local', next_attempt_at = NULL,
                                reason = format('run %s ended before an answer to attempt %s was recorded', run_id, attempts)
                            WHERE finalized_at IS NULL AND state = 'SENDING'
                            RETURNING *
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, run_id, state, attempt, error_class, reason, decided_by)
                        SELECT now(), kind, row_id, run_id, state, attempts, error_class, reason, decided_by FROM leftover""").update();
    }
}
