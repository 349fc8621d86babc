package io.adjustbatch.ledger;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The duplicate guard: a purchase whose transaction another row has reported is not sent. A warehouse reload with new ids
 * thus sends nothing again, and a corrected reload of a refused row goes out.
 *
 * <p>Staging notes in {@code repeats} which row reported the transaction first; while that row is open, {@link HeldRows}
 * holds this one. Here it is decided once the first row is settled. Call both methods with the lock held.
 */
public final class RepeatedTransactions {

    private final JdbcClient jdbc;

    public RepeatedTransactions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Settles the pending rows whose transaction was, or may have been, reported: as {@link RowState#DUPLICATE} if money
     * and time are the same, else as {@link RowState#INVALID} with a reason that tells a person both.
     *
     * @return how many rows were settled
     */
    public int settle(RunToken run) {
        return jdbc.sql("""
                        WITH settled AS (
                            UPDATE adjust_batch.delivery d
                            SET state = CASE WHEN same THEN 'DUPLICATE' ELSE 'INVALID' END, decided_by = 'local',
                                error_class = 'REPEATED_TRANSACTION', finalized_at = now(), run_id = :runId,
                                next_attempt_at = NULL,
                                reason = CASE WHEN same THEN format('transaction %s was reported by row %s', d.transaction_id, f.row_id)
                                    ELSE format('transaction %s was reported by row %s with %s %s of %s; this row says %s %s of %s',
                                        d.transaction_id, f.row_id, f.revenue, f.currency, f.occurred_at AT TIME ZONE 'UTC',
                                        d.revenue, d.currency, d.occurred_at AT TIME ZONE 'UTC') END
                            FROM adjust_batch.delivery o
                            JOIN adjust_batch.delivery f ON f.kind = 'purchase' AND f.row_id = o.repeats
                            CROSS JOIN LATERAL (SELECT (f.revenue, f.currency, f.occurred_at)
                                IS NOT DISTINCT FROM (o.revenue, o.currency, o.occurred_at) AS same) comparison
                            WHERE o.kind = 'purchase' AND o.repeats IS NOT NULL AND o.finalized_at IS NULL
                              AND o.state = 'PENDING' AND f.state IN ('SENT', 'DUPLICATE', 'SENDING', 'IN_DOUBT')
                              AND d.kind = 'purchase' AND d.row_id = o.row_id
                            RETURNING d.*
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, run_id, state, attempt, error_class, reason, decided_by)
                        SELECT now(), kind, row_id, run_id, state, attempts, error_class, reason, decided_by FROM settled""").param("runId", run.runId()).update();
    }

    /** Notes of rows that were staged anew whether another row has reported their transaction. */
    void note(Collection<Long> rowIds) {
        jdbc.sql("""
                        INSERT INTO adjust_batch.purchase_transaction (digest, row_id)
                        SELECT %1$s, n.row_id FROM adjust_batch.delivery n
                        WHERE n.kind = 'purchase' AND n.row_id = ANY (:rowIds) AND n.transaction_id IS NOT NULL
                        ORDER BY n.occurred_at, n.row_id
                        ON CONFLICT DO NOTHING""".formatted(FrozenColumns.TRANSACTION_DIGEST))
                .param("rowIds", rowIds.toArray(Long[]::new))
                .update();
        jdbc.sql("""
                        UPDATE adjust_batch.delivery n SET repeats = nullif(t.row_id, n.row_id)
                        FROM adjust_batch.purchase_transaction t
                        WHERE n.kind = 'purchase' AND n.row_id = ANY (:rowIds) AND n.state = 'PENDING' AND n.attempts = 0
                          AND t.digest = %1$s""".formatted(FrozenColumns.TRANSACTION_DIGEST))
                .param("rowIds", rowIds.toArray(Long[]::new))
                .update();
    }

    /**
     * Where the first row of a transaction ended without having been sent, or the warehouse has given it another transaction
     * since, the next one stands for the transaction from now on, and may be sent.
     */
    public void passOn() {
        jdbc.sql("""
                        WITH heir AS (
                            SELECT DISTINCT ON (o.repeats) o.repeats AS predecessor, o.row_id
                            FROM adjust_batch.delivery o
                            JOIN adjust_batch.delivery f ON f.kind = 'purchase' AND f.row_id = o.repeats
                            WHERE o.kind = 'purchase' AND o.repeats IS NOT NULL AND o.finalized_at IS NULL
                              AND (f.state IN ('REJECTED', 'INVALID', 'EXPIRED', 'SUPPRESSED')
                                   OR (f.app_token, f.environment, f.event_token, f.transaction_id)
                                       IS DISTINCT FROM (o.app_token, o.environment, o.event_token, o.transaction_id))
                            ORDER BY o.repeats, o.occurred_at, o.row_id
                        ), stands_for AS (
                            UPDATE adjust_batch.purchase_transaction t SET row_id = h.row_id
                            FROM heir h
                            JOIN adjust_batch.delivery n ON n.kind = 'purchase' AND n.row_id = h.row_id
                            WHERE t.digest = %s
                        )
                        UPDATE adjust_batch.delivery d SET repeats = nullif(h.row_id, d.row_id)
                        FROM heir h
                        WHERE d.kind = 'purchase' AND d.repeats = h.predecessor AND d.finalized_at IS NULL""".formatted(FrozenColumns.TRANSACTION_DIGEST)).update();
    }
}
