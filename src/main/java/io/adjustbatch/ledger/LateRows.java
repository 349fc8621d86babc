package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that arrive after a later one of their lane was sent: Adjust may refuse them as out of order (dev.adjust.com, "S2S
 * events"). They are marked, so that reports can count them, and sent or refused as the operator has decided.
 */
public final class LateRows {

    private static final String LATE = """
            d.kind = :kind AND d.finalized_at IS NULL AND d.state = 'PENDING' AND NOT d.late AND d.lane IS NOT NULL
              AND EXISTS (
                SELECT FROM adjust_batch.delivery s
                WHERE s.kind = :kind AND s.lane = d.lane AND s.state = 'SENT' AND s.occurred_at > d.occurred_at
                  AND s.occurred_at > (
                    SELECT min(occurred_at) FROM adjust_batch.delivery WHERE kind = :kind AND finalized_at IS NULL))""";

    private final JdbcClient jdbc;

    public LateRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Marks the pending rows of a kind that are late.
     *
     * @return how many were not marked before
     */
    public int mark(Kind kind) {
        return jdbc.sql("UPDATE adjust_batch.delivery d SET late = true WHERE " + LATE)
                .param("kind", kind.key())
                .update();
    }

    /** Refuses the pending rows of a kind that are late, with a journal entry each. */
    public int refuse(Kind kind, RunToken run) {
        return jdbc.sql("""
                        WITH refused AS (
                            UPDATE adjust_batch.delivery d
                            SET late = true, state = 'INVALID', error_class = 'INVALID_ROW', decided_by = 'local',
                                reason = 'arrived after a later row of its device and event token was sent (adjust.ordering.late is reject)',
                                finalized_at = now(), run_id = :runId
                            WHERE %s
                            RETURNING d.*
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, run_id, state, attempt, error_class, reason, decided_by)
                        SELECT now(), kind, row_id, run_id, state, attempts, error_class, reason, decided_by FROM refused""".formatted(LATE))
                .param("kind", kind.key())
                .param("runId", run.runId())
                .update();
    }
}
