package io.adjustbatch.audit;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of a run or a period, as SQL: what was settled in it, and what was open at its end. Both are derived from the
 * last entry of each row up to that end, so that they are the same for ever; what a row is worth was frozen when it was
 * staged, and if it was staged anew later, what it was before is kept.
 *
 * <p>Parameters: {@code kind}, and those of the {@link Window}. Both relations have the same columns, as
 * {@link ReportRow} reads them, and also {@code late}, {@code carried} (staged before the window), {@code touched} (has
 * an entry in it, or was staged anew in it) and {@code attempts_ended} (less than {@code attempts} by one if the last
 * left in the window and has no recorded end).
 */
public final class RunRows {

    private static final String RESTAGED =
            "d.row_id IN (SELECT r.row_id FROM adjust_batch.restaged_row r WHERE r.kind = :kind AND %s)";

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
            d.kind, d.row_id, %s, d.late, %s AS carried,
            j.error_class, j.http_status, j.message, j.reason, j.decided_by, j.who,
            j.next_attempt_at, j.held_by, j.at AS decided_at, j.run_id""";

    /** The rows whose last entry in the window is final: one pass over the run's own entries. */
    public static String settled(Window window) {
        return """
            SELECT %s, j.state, j.attempt AS attempts, j.attempt AS attempts_ended, true AS touched,
            %s
            FROM (SELECT DISTINCT ON (j.row_id) j.* FROM adjust_batch.delivery_journal j
                  WHERE j.kind = :kind AND %s
                  ORDER BY j.row_id, j.entry_id DESC) j
            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = j.row_id
            %s
            WHERE j.state IN ('SENT', 'DUPLICATE', 'REJECTED', 'INVALID', 'SUPPRESSED', 'EXPIRED')
            """.formatted(frozen(window), ATTEMPTS, window.entries(), former(window.restagedAfterIt()));
    }

    /**
     * The rows that were staged and not final at the window's end: of those that are open now, and those that have
     * changed since.
     */
    public static String open(Window window) {
        return """
            SELECT %1$s,
            CASE WHEN d.state = 'SENDING' AND %2$s THEN d.state ELSE coalesce(j.state, 'PENDING') END AS state,
            CASE WHEN d.state = 'SENDING' AND %2$s THEN d.attempts ELSE coalesce(j.attempt, 0) END AS attempts,
            CASE WHEN d.state = 'SENDING' AND %3$s THEN d.attempts ELSE coalesce(j.attempt, 0) END AS attempts_ended,
            coalesce(%4$s, false) OR %10$s AS touched,
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
            %11$s
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
                        window.entriesUntilItsEnd(),
                        RESTAGED.formatted(window.restagedInIt()),
                        former(window.restagedAfterIt()));
    }

    /**
     * How the rows that were touched in the window stood before it: {@code state}, {@code attempts}, {@code currency},
     * {@code revenue}. Rows that were staged in it are not among them, but for those that were staged anew.
     */
    static String before(Window window) {
        return """
            SELECT coalesce(p.state, 'PENDING') AS state, coalesce(p.attempt, 0) AS attempts, %1$s
            FROM (SELECT row_id, min(first_entry) AS first_entry
                  FROM (SELECT j.row_id, j.entry_id AS first_entry FROM adjust_batch.delivery_journal j
                        WHERE j.kind = :kind AND %2$s
                        UNION ALL
                        SELECT r.row_id, NULL FROM adjust_batch.restaged_row r WHERE r.kind = :kind AND %3$s) t
                  GROUP BY row_id) touched
            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = touched.row_id AND %4$s
            LEFT JOIN LATERAL (
                SELECT j.state, j.attempt FROM adjust_batch.delivery_journal j
                WHERE j.kind = d.kind AND j.row_id = d.row_id AND %5$s
                  AND (j.entry_id < touched.first_entry OR touched.first_entry IS NULL AND %6$s)
                ORDER BY j.entry_id DESC LIMIT 1) p ON true
            %7$s
            """.formatted(
                        value("currency") + ", " + value("revenue"),
                        window.entries(),
                        window.restagedInIt(),
                        window.stagedBefore(),
                        AFTER_STAGING,
                        window.entriesUntilItsEnd(),
                        former("(" + window.restagedInIt() + " OR " + window.restagedAfterIt() + ")"));
    }

    private static String frozen(Window window) {
        return FROZEN.formatted(
                Stream.of(
                                "app_token",
                                "event_token",
                                "environment",
                                "occurred_at",
                                "currency",
                                "revenue",
                                "transaction_id")
                        .map(RunRows::value)
                        .collect(Collectors.joining(", ")),
                window.stagedBefore());
    }

    /** What a row was worth then: what {@link #former} says, if that knows the row. */
    private static String value(String column) {
        return "CASE WHEN was.row_id IS NULL THEN d.%1$s ELSE was.%1$s END AS %1$s".formatted(column);
    }

    /** The rows that were staged anew after a moment, as they were at that moment. */
    private static String former(String restaged) {
        return """
            LEFT JOIN (SELECT DISTINCT ON (r.row_id) r.* FROM adjust_batch.restaged_row r
                       WHERE r.kind = :kind AND %s
                       ORDER BY r.row_id, r.restaging_id) was ON was.row_id = d.row_id""".formatted(restaged);
    }

    private RunRows() {}
}
