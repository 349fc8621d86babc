package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.StagingMarks.at;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes new warehouse rows into the ledger as {@link RowState#PENDING}, with what identifies and values them.
 *
 * <p>A window is staged slice by slice, each in one transaction together with its totals and the mark: after a crash at
 * any point the next staging goes on where this one ended, and takes no row twice. Staging never fails because of a
 * row. Threads may share it, but only one may stage a relation: the run's lock sees to that.
 */
public final class Staging {

    /** Rows that a slice has at least, if the window has them: about two seconds of work. */
    private static final long SLICE_ROWS = 250_000;

    /**
     * The planner's statistics are refreshed when a tenth as many rows are new as it knows of, within these bounds. In between,
     * it takes a table for as empty as it was, and the time of the large statements grows with the square of the rows.
     */
    private static final long ANALYZE_LEAST = 500;

    private static final long ANALYZE_MOST = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StagingMarks marks;
    private final boolean transactionUnique;
    private final long sliceRows;

    /** @param transactionUnique whether two purchases of one transaction id are the same purchase */
    public Staging(JdbcClient jdbc, TransactionTemplate transaction, boolean transactionUnique) {
        this(jdbc, transaction, transactionUnique, SLICE_ROWS);
    }

    Staging(JdbcClient jdbc, TransactionTemplate transaction, boolean transactionUnique, long sliceRows) {
        this.jdbc = jdbc;
        this.transactionUnique = transactionUnique;
        this.transaction = transaction;
        this.sliceRows = sliceRows;
        this.marks = new StagingMarks(jdbc);
    }

    /**
     * Opens the window of a relation: at its mark less the lookback, or at the beginning if it has never been staged.
     *
     * @param lookback how much later than its {@code loaded_at} a row may be committed and still be found
     * @param since a first staging leaves out what occurred before; null: nothing
     */
    public StagingWindow open(Relation relation, Duration lookback, @Nullable Instant since) {
        StagingMarks.Mark mark =
                marks.of(relation, AgeLimit.maxAge(relation.kind()).orElse(null), since);
        Instant opensAt = mark.markedAt() == null ? null : mark.markedAt().minus(lookback);
        return new StagingWindow(relation, opensAt, mark.takenFrom(), mark.firstMarkedAt(), slices(relation, opensAt));
    }

    /** One pass over the window counts its rows by the hour; whole hours are put together until a slice is full. */
    private List<StagingWindow.Slice> slices(Relation relation, @Nullable Instant opensAt) {
        List<StagingWindow.Slice> slices = new ArrayList<>();
        long[] rows = {0};
        Instant[] from = {opensAt};
        jdbc.sql("""
                        SELECT date_trunc('hour', w.loaded_at) AS hour, count(*) AS row_count
                        FROM %s w
                        WHERE w.loaded_at >= coalesce(:opensAt::timestamptz, '-infinity') AND isfinite(w.loaded_at)
                        GROUP BY 1 ORDER BY 1""".formatted(relation.name()))
                .param("opensAt", at(opensAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(result -> {
                    Instant hour = result.getTimestamp("hour").toInstant();
                    if (rows[0] >= sliceRows) {
                        slices.add(new StagingWindow.Slice(from[0], hour));
                        from[0] = hour;
                        rows[0] = 0;
                    }
                    rows[0] += result.getLong("row_count");
                });
        slices.add(new StagingWindow.Slice(from[0], null));
        return slices;
    }

    /**
     * Stages one slice in one transaction.
     *
     * @return how many rows were new
     */
    public long stage(long runId, StagingWindow window, StagingWindow.Slice slice) {
        Long staged = transaction.execute(status -> {
            long rows = insertNewRows(runId, window, slice);
            if (slice.isLast()) {
                refuseRowsWithoutTime(runId, window);
                recordWhatIsLeftOut(runId, window);
            }
            marks.moveTo(window.relation().kind(), window.relation().name(), slice);
            return rows;
        });
        return staged == null ? 0 : staged;
    }

    /** Takes down anew what the warehouse has changed of open rows that no reader comes to. Before the first slice. */
    public void restageUnread(RunToken run, Relation relation) {
        Restaging restaging = new Restaging(jdbc, relation, transactionUnique);
        transaction.executeWithoutResult(status -> restaging.restageUnread(run));
    }

    /** Refreshes the planner's statistics after a staging that added much: the send step's pages depend on them. */
    public void analyze(Relation relation, long stagedRows) {
        String table = "adjust_batch.delivery_" + relation.kind().key();
        if (stagedRows >= Math.min(ANALYZE_MOST, Math.max(ANALYZE_LEAST, rowsThePlannerKnows(table) / 10))) {
            jdbc.sql("ANALYZE " + table).update();
        }
    }

    private long rowsThePlannerKnows(String table) {
        return jdbc.sql("SELECT reltuples::bigint FROM pg_class WHERE oid = ?::regclass")
                .param(table)
                .query(Long.class)
                .single();
    }

    private long insertNewRows(long runId, StagingWindow window, StagingWindow.Slice slice) {
        return window(runId, window, """
                        WITH candidate AS MATERIALIZED (
                            SELECT n.*, %1$s AS digest FROM (%2$s) n
                        ), first_of_transaction AS (
                            INSERT INTO adjust_batch.purchase_transaction (digest, row_id)
                            SELECT DISTINCT ON (digest) digest, row_id
                            FROM candidate WHERE digest IS NOT NULL ORDER BY digest, occurred_at, row_id
                            ON CONFLICT DO NOTHING
                            RETURNING digest, row_id
                        ), staged AS (
                            INSERT INTO adjust_batch.delivery (kind, staged_run_id, staged_at, repeats, %3$s)
                            SELECT :kind, :runId, now(), nullif(coalesce(t.row_id, f.row_id), c.row_id), %4$s
                            FROM candidate c
                            LEFT JOIN adjust_batch.purchase_transaction t ON t.digest = c.digest
                            LEFT JOIN first_of_transaction f ON f.digest = c.digest
                            ON CONFLICT DO NOTHING
                            RETURNING app_token, environment, event_token, currency, occurred_at, revenue
                        ), totalled AS (
                            INSERT INTO adjust_batch.staged_total (run_id, at, kind, app_token, environment, event_token,
                                currency, utc_day, row_count, revenue)
                            SELECT :runId, now(), :kind, app_token, environment, event_token, currency,
                                   (occurred_at AT TIME ZONE 'UTC')::date, count(*), coalesce(sum(revenue), 0)
                            FROM staged GROUP BY 4, 5, 6, 7, 8
                            RETURNING row_count
                        )
                        SELECT coalesce(sum(row_count), 0)::bigint FROM totalled""".formatted(
                                digest(window.relation().kind()),
                                newRows(window.relation(), slice),
                                FrozenColumns.NAMES,
                                FrozenColumns.names("c")))
                .param("from", at(slice.from()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", at(slice.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("opensAt", at(window.opensAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(Long.class)
                .single();
    }

    private String digest(Kind kind) {
        return kind == Kind.PURCHASE && transactionUnique ? FrozenColumns.TRANSACTION_DIGEST : "NULL::uuid";
    }

    /** The rows of a slice that are to be staged, as SQL over {@code :from} to {@code :firstMarkedAt}. */
    static String newRows(Relation relation, StagingWindow.Slice slice) {
        return FrozenColumns.select(relation, inSlice(slice) + " AND NOT " + LEFT_OUT + " AND " + UNKNOWN);
    }

    private static String inSlice(StagingWindow.Slice slice) {
        String loaded = "w.loaded_at >= coalesce(:from::timestamptz, '-infinity')";
        return slice.isLast()
                ? "(" + loaded + " OR w.loaded_at IS NULL OR w.loaded_at = '-infinity') AND :to::timestamptz IS NULL"
                : loaded + " AND w.loaded_at < :to::timestamptz";
    }

    /** What the first staging left, and still leaves, in the warehouse. Of later rows none is left out for its age. */
    static final String LEFT_OUT = """
            coalesce(w.occurred_at < :takenFrom::timestamptz AND w.occurred_at > '-infinity'
                AND coalesce(w.loaded_at, '-infinity') < coalesce(:firstMarkedAt::timestamptz, 'infinity'), false)""";

    /** ON CONFLICT alone would do, but costs three times as much for each row that is known. */
    private static final String UNKNOWN = """
            NOT EXISTS (SELECT FROM adjust_batch.delivery d
                WHERE d.kind = :kind AND d.row_id = w.id
                  AND (d.loaded_at >= coalesce(:opensAt::timestamptz, '-infinity') OR d.loaded_at IS NULL))""";

    /** The send step reads rows in order of time, and so would never meet these. */
    private void refuseRowsWithoutTime(long runId, StagingWindow window) {
        jdbc.sql("""
                        WITH refused AS (
                            UPDATE adjust_batch.delivery
                            SET state = 'INVALID', error_class = 'INVALID_ROW', reason = staging_fault,
                                decided_by = 'local', finalized_at = now(), run_id = :runId
                            WHERE kind = :kind AND occurred_at IS NULL AND finalized_at IS NULL AND state = 'PENDING'
                            RETURNING kind, row_id, reason
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, run_id, state, attempt, error_class, reason, decided_by)
                        SELECT now(), kind, row_id, :runId, 'INVALID', 0, 'INVALID_ROW', reason, 'local' FROM refused""")
                .param("runId", runId)
                .param("kind", window.relation().kind().key())
                .update();
    }

    private void recordWhatIsLeftOut(long runId, StagingWindow window) {
        if (!window.isFirst()) {
            return;
        }
        Relation relation = window.relation();
        window(runId, window, """
                        INSERT INTO adjust_batch.left_out_total
                            (run_id, kind, app_token, environment, currency, row_count, revenue, first_at, last_at)
                        SELECT :runId, :kind, %s, %s, upper(%s), count(*), coalesce(sum(%s), 0),
                               min(w.occurred_at), max(w.occurred_at)
                        FROM %s w WHERE w.id IS NOT NULL AND %s
                        GROUP BY 3, 4, 5""".formatted(
                                relation.text("w", "app_token"),
                                relation.text("w", "environment"),
                                relation.text("w", "currency"),
                                relation.revenue("w"),
                                relation.name(),
                                LEFT_OUT))
                .update();
    }

    private JdbcClient.StatementSpec window(long runId, StagingWindow window, String sql) {
        return jdbc.sql(sql)
                .param("runId", runId)
                .param("kind", window.relation().kind().key())
                .param("takenFrom", at(window.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", at(window.firstMarkedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
