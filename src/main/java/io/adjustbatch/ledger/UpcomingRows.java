package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.StagingMarks.at;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.ledger.UpcomingRow.Standing;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the next run would find: the rows that are open in the ledger, and those of the warehouse that it would stage. Only
 * reads, with the same statements as {@link Staging}; streams within the caller's transaction. Threads may share it.
 */
public final class UpcomingRows {

    private static final int FETCH_SIZE = 2_000;

    private final JdbcTemplate jdbcTemplate;
    private final JdbcClient jdbc;
    private final boolean transactionUnique;

    /** @param transactionUnique whether two purchases of one transaction id are the same purchase */
    public UpcomingRows(JdbcTemplate jdbc, boolean transactionUnique) {
        this.jdbcTemplate = jdbc;
        this.jdbc = JdbcClient.create(jdbc);
        this.transactionUnique = transactionUnique;
    }

    /** Whether there is a ledger to compare the warehouse with. */
    public boolean hasLedger() {
        return jdbc.sql("SELECT to_regclass('adjust_batch.staging_mark') IS NOT NULL")
                .query(Boolean.class)
                .single();
    }

    /**
     * Tells of every row.
     *
     * @param lookback as for {@link Staging#open}
     * @param since likewise
     * @param dueUntil rows that are due later are waiting
     */
    public void forEach(
            Relation relation,
            Duration lookback,
            @Nullable Instant since,
            Instant dueUntil,
            Consumer<UpcomingRow> consumer) {
        StagingMarks.Mark mark = new StagingMarks(jdbc)
                .peek(relation, AgeLimit.maxAge(relation.kind()).orElse(null), since);
        Instant opensAt = mark.markedAt() == null ? null : mark.markedAt().minus(lookback);
        OpenRows rows = new OpenRows(jdbcTemplate, relation, true);
        jdbc.sql(sql(relation))
                .withFetchSize(FETCH_SIZE)
                .param("kind", relation.kind().key())
                .param("from", at(opensAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("to", null, Types.TIMESTAMP_WITH_TIMEZONE)
                .param("opensAt", at(opensAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("takenFrom", at(mark.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", at(mark.firstMarkedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("dueUntil", at(dueUntil), Types.TIMESTAMP_WITH_TIMEZONE)
                .query(row -> {
                    consumer.accept(read(relation.kind(), rows, row));
                });
        if (mark.firstMarkedAt() == null) {
            forEachLeftOut(relation, mark, consumer);
        }
    }

    private String sql(Relation relation) {
        String digest =
                relation.kind() == Kind.PURCHASE && transactionUnique ? FrozenColumns.TRANSACTION_DIGEST : "NULL::uuid";
        return """
                SELECT u.bucket, u.occurred_at, u.row_id, u.lane, u.attempts, u.error_class, u.tries, u.app_token,
                       u.environment, u.event_token, u.currency, u.revenue, u.transaction_id, u.staging_fault,
                       u.next_attempt_at, %1$s, u.standing
                FROM (
                    SELECT bucket, occurred_at, row_id, lane, attempts, error_class, tries, app_token, environment,
                           event_token, currency, revenue, transaction_id, staging_fault, next_attempt_at,
                           CASE WHEN state = 'PENDING' AND coalesce(next_attempt_at <= :dueUntil, true) THEN 'DUE'
                                WHEN state = 'DEFERRED' AND next_attempt_at <= :dueUntil THEN 'DUE'
                                WHEN repeats IS NOT NULL THEN 'REPEATED'
                                ELSE 'WAITING' END AS standing
                    FROM adjust_batch.delivery
                    WHERE kind = :kind AND finalized_at IS NULL AND state IN ('PENDING', 'DEFERRED', 'HELD')
                    UNION ALL
                    SELECT n.bucket, n.occurred_at, n.row_id, n.lane, 0, NULL, 0, n.app_token, n.environment,
                           n.event_token, n.currency, n.revenue, n.transaction_id, n.staging_fault, NULL::timestamptz,
                           CASE WHEN n.digest IS NOT NULL
                                     AND n.row_id <> coalesce(t.row_id, first_value(n.row_id) OVER (
                                         PARTITION BY n.digest ORDER BY n.occurred_at, n.row_id))
                                THEN 'REPEATED' ELSE 'DUE' END
                    FROM (SELECT n.*, %2$s AS digest FROM (%3$s) n) n
                    LEFT JOIN adjust_batch.purchase_transaction t ON t.digest = n.digest
                ) u
                LEFT JOIN %4$s w ON w.id = u.row_id
                """.formatted(
                        relation.rowColumns("w"),
                        digest,
                        Staging.newRows(relation, new StagingWindow.Slice(null, null)),
                        relation.name());
    }

    private static UpcomingRow read(Kind kind, OpenRows rows, ResultSet row) throws SQLException {
        long rowId = row.getLong(3);
        Standing standing = Standing.valueOf(row.getString("standing"));
        boolean timeless = row.getObject(2) == null;
        if (timeless) {
            return new UpcomingRow(
                    kind, rowId, standing, row.getString(11), row.getBigDecimal(12), row.getString(14), null);
        }
        OpenRow open = rows.readRow(row, rowId).upToDate();
        return new UpcomingRow(
                kind, rowId, standing, open.frozen().currency(), open.frozen().revenue(), open.stagingFault(), open);
    }

    private void forEachLeftOut(Relation relation, StagingMarks.Mark mark, Consumer<UpcomingRow> consumer) {
        jdbc.sql("""
                        SELECT w.id, upper(%s) AS currency, %s AS revenue
                        FROM %s w WHERE w.id IS NOT NULL AND %s""".formatted(
                        relation.text("w", "currency"), relation.revenue("w"), relation.name(), Staging.LEFT_OUT))
                .withFetchSize(FETCH_SIZE)
                .param("takenFrom", at(mark.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", null, Types.TIMESTAMP_WITH_TIMEZONE)
                .query(row -> {
                    consumer.accept(new UpcomingRow(
                            relation.kind(),
                            row.getLong(1),
                            Standing.LEFT_OUT,
                            row.getString(2),
                            row.getBigDecimal(3),
                            null,
                            null));
                });
    }
}
