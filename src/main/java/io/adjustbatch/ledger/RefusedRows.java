package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.WarehouseRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows that were refused and may go again once the cause is mended: {@link RowState#REJECTED},
 * {@link RowState#INVALID}, {@link RowState#EXPIRED}, {@link RowState#SUPPRESSED}, and {@link RowState#DUPLICATE} if it
 * was found here. Never what Adjust has counted, by its own word or perhaps.
 *
 * <p>{@link #replay} is to be called with the lock held; reading needs none. Threads may share it.
 */
public final class RefusedRows {

    private static final int FETCH_SIZE = 2_000;
    private static final int ANALYZE_ROWS = 10_000;

    /** A DUPLICATE of Adjust's may have been configured to end REJECTED: counted it is all the same. */
    private static final String SELECTED = """
            n.finalized_at IS NOT NULL AND n.error_class = :class AND n.error_class <> 'DUPLICATE'
              AND (n.state IN ('REJECTED', 'INVALID', 'EXPIRED', 'SUPPRESSED')
                   OR n.state = 'DUPLICATE' AND n.decided_by = 'local')
              AND n.kind = ANY (:kinds)
              AND (:app::text IS NULL OR n.app_token = :app::text)
              AND (:event::text IS NULL OR n.event_token = :event::text)
              AND (:since::timestamptz IS NULL OR n.occurred_at >= :since::timestamptz)""";

    /** Which row stands for the transaction by now: another one, if this one was refused and that one came after it. */
    private static final String REPORTED_BY = """
            (SELECT nullif(t.row_id, n.row_id) FROM adjust_batch.purchase_transaction t
             WHERE n.kind = 'purchase' AND t.digest = %s)""".formatted(FrozenColumns.TRANSACTION_DIGEST);

    private final JdbcClient jdbc;
    private final boolean transactionUnique;

    /** @param transactionUnique whether two purchases of one transaction id are the same purchase */
    public RefusedRows(JdbcClient jdbc, boolean transactionUnique) {
        this.jdbc = jdbc;
        this.transactionUnique = transactionUnique;
    }

    /**
     * Which of them are meant: all that meet every condition that is not null.
     *
     * @param errorClass why they were refused
     * @param since the earliest time of a row; rows without a time are not meant then
     */
    public record Selection(
            ErrorClass errorClass,
            Set<Kind> kinds,
            @Nullable String appToken,
            @Nullable String eventToken,
            @Nullable Instant since) {

        public Selection {
            kinds = Set.copyOf(kinds);
        }

        /** Those of one kind. */
        public Selection of(Kind kind) {
            return new Selection(errorClass, Set.of(kind), appToken, eventToken, since);
        }
    }

    /** Some of them: rows and money of one kind, state and currency. */
    public record Group(
            Kind kind,
            RowState state,
            @Nullable String currency,
            long rows,
            @Nullable BigDecimal revenue) {}

    /** How many are selected, and what they are worth. */
    public List<Group> groups(Selection selection) {
        return select("""
                        SELECT n.kind, n.state, n.currency, count(*) AS row_count, sum(n.revenue) AS revenue
                        FROM adjust_batch.delivery n WHERE %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""".formatted(SELECTED), selection)
                .query((row, number) -> new Group(
                        Kind.of(row.getString("kind")),
                        RowState.valueOf(row.getString("state")),
                        row.getString("currency"),
                        row.getLong("row_count"),
                        row.getBigDecimal("revenue")))
                .list();
    }

    /** How many of the selected rows of a kind have a later row of their lane that was sent. */
    public long late(Selection selection, Kind kind) {
        return select("""
                        WITH n AS MATERIALIZED (
                            SELECT n.lane, n.occurred_at FROM adjust_batch.delivery n WHERE %s AND n.lane IS NOT NULL
                        )
                        SELECT count(*) FROM n
                        JOIN (
                            SELECT s.lane, max(s.occurred_at) AS latest FROM adjust_batch.delivery s
                            WHERE s.kind = :kind AND s.state = 'SENT' AND s.occurred_at > (SELECT min(occurred_at) FROM n)
                              AND s.lane IN (SELECT lane FROM n)
                            GROUP BY s.lane
                        ) sent USING (lane)
                        WHERE sent.latest > n.occurred_at""".formatted(SELECTED), selection.of(kind))
                .param("kind", kind.key())
                .query(Long.class)
                .single();
    }

    /** How many of the selected rows of a kind occurred before that time. */
    public long before(Selection selection, Kind kind, Instant time) {
        return select(
                        "SELECT count(*) FROM adjust_batch.delivery n WHERE n.occurred_at < :time AND " + SELECTED,
                        selection.of(kind))
                .param("time", StagingMarks.at(time))
                .query(Long.class)
                .single();
    }

    /** How many of the selected purchases have a transaction that another row has reported, or may have. */
    public long repeated(Selection selection) {
        if (!transactionUnique || !selection.kinds().contains(Kind.PURCHASE)) {
            return 0;
        }
        return select("""
                        SELECT count(*) FROM adjust_batch.delivery n
                        JOIN adjust_batch.purchase_transaction t ON t.digest = %s AND t.row_id <> n.row_id
                        JOIN adjust_batch.delivery f ON f.kind = 'purchase' AND f.row_id = t.row_id
                        WHERE f.state IN ('SENT', 'DUPLICATE', 'SENDING', 'IN_DOUBT') AND %s""".formatted(FrozenColumns.TRANSACTION_DIGEST, SELECTED), selection.of(Kind.PURCHASE))
                .query(Long.class)
                .single();
    }

    /**
     * Tells of every selected row that the warehouse still has, with the app that it was taken in for; streams within the
     * caller's transaction.
     */
    public void forEach(Selection selection, Relation relation, BiConsumer<String, WarehouseRow> consumer) {
        select("""
                        SELECT coalesce(n.app_token, ''), %s FROM adjust_batch.delivery n
                        JOIN %s w ON w.id = n.row_id WHERE %s""".formatted(relation.rowColumns("w"), relation.name(), SELECTED), selection.of(relation.kind()))
                .withFetchSize(FETCH_SIZE)
                .query(row -> {
                    WarehouseRow live = relation.readRow(row, 2);
                    if (live != null) {
                        consumer.accept(row.getString(1), live);
                    }
                });
    }

    /**
     * Makes the selected rows pending again, with a journal entry each that names the person; their attempts are counted
     * on. To be called within a transaction: after a crash all of them are pending or none. Compute {@link HeldRows} anew
     * afterwards.
     *
     * @param who names the person
     * @param because what was mended
     * @return how many rows are pending again
     */
    public int replay(Selection selection, String who, String because) {
        int replayed = update(selection, who, because);
        if (replayed >= ANALYZE_ROWS) {
            // what looks for open rows next would be planned for the few that there were, and take hours for a million
            selection
                    .kinds()
                    .forEach(kind -> jdbc.sql("ANALYZE adjust_batch.delivery_" + kind.key())
                            .update());
        }
        return replayed;
    }

    private int update(Selection selection, String who, String because) {
        return select("""
                        WITH replayed AS (
                            UPDATE adjust_batch.delivery n
                            SET state = 'PENDING', finalized_at = NULL, tries = 0, error_class = NULL, http_status = NULL,
                                message = NULL, reason = :because, decided_by = 'person', next_attempt_at = NULL,
                                late = false, repeats = %s
                            WHERE %s
                            RETURNING kind, row_id, attempts
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, state, attempt, reason, decided_by, who)
                        SELECT now(), kind, row_id, 'PENDING', attempts, :because, 'person', :who FROM replayed""".formatted(transactionUnique ? REPORTED_BY : "NULL", SELECTED), selection)
                .param("because", because)
                .param("who", who)
                .update();
    }

    private JdbcClient.StatementSpec select(String sql, Selection selection) {
        return jdbc.sql(sql)
                .param("class", selection.errorClass().name())
                .param("kinds", selection.kinds().stream().map(Kind::key).toArray(String[]::new))
                .param("app", selection.appToken())
                .param("event", selection.eventToken())
                .param("since", StagingMarks.at(selection.since()));
    }
}
