package io.adjustbatch.audit;

/**
 * The rows of a run or a period, as SQL: what was settled in it, and what was open at its end. Both are derived from the
 * last entry of each row up to that end, so that they are the same for ever; what a row is worth was frozen when it was
 * staged.
 *
 * <p>Parameters: {@code kind}, and those of the {@link Window}. Both relations have the same columns, as
 * {@link ReportRow} reads them, and also {@code late}, {@code carried} (staged before the window), {@code touched} (has
 * an entry in it) and {@code attempts_ended} (less than {@code attempts} by one if the last left in the window and has
 * no recorded end).
 */
final class RunRows {

    /** Entries are never older than the staging of their row; a day covers clocks that disagree. */
    private static final String AFTER_STAGING = "j.at >= d.staged_at - INTERVAL '1 day'";

    /** The first entry that bears an attempt's number is the one that ended it. */
    private static final String ATTEMPTS = """
            CASE WHEN j.attempt = 1 AND j.decided_by = 'adjust' THEN j.at
                 WHEN j.attempt > 0 THEN (
                    SELECT min(f.at) FROM adjust_batch.delivery_journal f
                    WHERE f.kind = d.kind AND f.row_id = d.row_id AND f.attempt > 0
                      AND f.at >= d.staged_at - INTERVAL '1 day')
            END AS first_attempt_at,
            CASE WHEN j.attempt > 0 AND j.decided_by = 'adjust' THEN j.at
                 WHEN j.attempt > 0 THEN (
                    SELECT min(l.at) FROM adjust_batch.delivery_journal l
                    WHERE l.kind = d.kind AND l.row_id = d.row_id AND l.attempt = j.attempt
                      AND l.at >= d.staged_at - INTERVAL '1 day')
            END AS last_attempt_at""";

    private static final String FROZEN = """
            d.kind, d.row_id, d.app_token, d.event_token, d.environment, d.occurred_at, d.currency, d.revenue,
            d.transaction_id, d.late, %s AS carried,
            j.error_class, j.http_status, j.message, j.reason, j.decided_by, j.who,
            j.next_attempt_at, j.held_by, j.at AS decided_at, j.run_id""";

    /** The rows whose last entry in the window is final: one pass over the run's own entries. */
    static String settled(Window window) {
        return """
            SELECT %s, j.state, j.attempt AS attempts, j.attempt AS attempts_ended, true AS touched,
            %s
            FROM (SELECT DISTINCT ON (j.row_id) j.* FROM adjust_batch.delivery_journal j
                  WHERE j.kind = :kind AND %s
                  ORDER BY j.row_id, j.entry_id DESC) j
            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = j.row_id
            WHERE j.state IN ('SENT', 'DUPLICATE', 'REJECTED', 'INVALID', 'SUPPRESSED', 'EXPIRED')
            """.formatted(frozen(window), ATTEMPTS, window.entries());
    }

    /**
     * The rows that were staged and not final at the window's end: of those that are open now, and those that have
     * changed since.
     */
    static String open(Window window) {
        return """
            SELECT %1$s,
            CASE WHEN d.state = 'SENDING' AND %2$s THEN d.state ELSE coalesce(j.state, 'PENDING') END AS state,
            CASE WHEN d.state = 'SENDING' AND %2$s THEN d.attempts ELSE coalesce(j.attempt, 0) END AS attempts,
            CASE WHEN d.state = 'SENDING' AND %3$s THEN d.attempts ELSE coalesce(j.attempt, 0) END AS attempts_ended,
            coalesce(%4$s, false) AS touched,
            %5$s
            FROM (SELECT row_id FROM adjust_batch.delivery
                  WHERE kind = :kind AND finalized_at IS NULL
                  UNION
                  SELECT j.row_id FROM adjust_batch.delivery_journal j
                  WHERE j.kind = :kind AND %6$s) candidate
            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = candidate.row_id AND %7$s
            LEFT JOIN LATERAL (
                SELECT j.* FROM adjust_batch.delivery_journal j
                WHERE j.kind = d.kind AND j.row_id = d.row_id AND %8$s
                  AND %9$s
                ORDER BY j.entry_id DESC LIMIT 1) j ON true
            WHERE coalesce(j.state, 'PENDING') IN ('PENDING', 'DEFERRED', 'HELD', 'IN_DOUBT')
            """.formatted(
                        frozen(window),
                        window.leftUntilItsEnd(),
                        window.leftBefore(),
                        window.entries(),
                        ATTEMPTS,
                        window.entriesAfterIt(),
                        window.stagedUntilItsEnd(),
                        AFTER_STAGING,
                        window.entriesUntilItsEnd());
    }

    /**
     * How the rows that were touched in the window stood before it: {@code state}, {@code attempts}, {@code currency},
     * {@code revenue}. Rows that were staged in it are not among them.
     */
    static String before(Window window) {
        return """
            SELECT coalesce(p.state, 'PENDING') AS state, coalesce(p.attempt, 0) AS attempts, d.currency, d.revenue
            FROM (SELECT j.row_id, min(j.entry_id) AS first_entry
                  FROM adjust_batch.delivery_journal j
                  JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = j.row_id AND %s
                  WHERE j.kind = :kind AND %s
                  GROUP BY j.row_id) touched
            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = touched.row_id
            LEFT JOIN LATERAL (
                SELECT j.state, j.attempt FROM adjust_batch.delivery_journal j
                WHERE j.kind = d.kind AND j.row_id = d.row_id AND %s AND j.entry_id < touched.first_entry
                ORDER BY j.entry_id DESC LIMIT 1) p ON true
            """.formatted(window.stagedBefore(), window.entries(), AFTER_STAGING);
    }

    private static String frozen(Window window) {
        return FROZEN.formatted(window.stagedBefore());
    }

    private RunRows() {}
}
