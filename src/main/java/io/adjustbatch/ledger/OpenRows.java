package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of one kind that are due to be sent, page by page, in the order of sending. Holds no state and no
 * connection between pages; threads may share it. A row that has lost its time since it was staged has no place in that
 * order: the next staging refuses it.
 */
public final class OpenRows {

    private static final int LIVE = 16;
    private static final OffsetDateTime BEGINNING = OffsetDateTime.MIN;

    private final JdbcTemplate jdbc;
    private final Relation relation;
    private final boolean ordered;
    private final String pageSql;

    /** @param ordered whether rows have lanes; if not, each may go whenever it is read */
    public OpenRows(JdbcTemplate jdbc, Relation relation, boolean ordered) {
        this.jdbc = jdbc;
        this.ordered = ordered;
        this.relation = relation;
        this.pageSql = """
                SELECT d.*, %s
                FROM (
                    SELECT bucket, occurred_at, row_id, lane, attempts, error_class, tries, app_token, environment,
                           event_token, currency, revenue, transaction_id, staging_fault, next_attempt_at
                    FROM adjust_batch.delivery
                    WHERE kind = '%s' AND finalized_at IS NULL AND state = 'PENDING' AND occurred_at IS NOT NULL
                      AND (bucket, occurred_at, row_id) > (?, ?, ?) AND bucket < ?
                      AND (next_attempt_at IS NULL OR next_attempt_at <= ?)
                    ORDER BY bucket, occurred_at, row_id
                    LIMIT ?
                ) d
                LEFT JOIN %s w ON w.id = d.row_id
                ORDER BY d.bucket, d.occurred_at, d.row_id""".formatted(relation.rowColumns("w"), relation.kind().key(), relation.name());
    }

    /**
     * The next rows of a range of buckets.
     *
     * @param after the last row of the page before; null for the first page
     * @param dueUntil rows that are due later are passed over
     * @param size most rows of a page
     * @return empty if there are no more
     */
    public List<OpenRow> page(Buckets buckets, @Nullable Position after, Instant dueUntil, int size) {
        return Objects.requireNonNull(jdbc.query(
                pageSql,
                this::readPage,
                after == null ? buckets.first() : after.bucket(),
                after == null ? BEGINNING : after.occurredAt().atOffset(ZoneOffset.UTC),
                after == null ? Long.MIN_VALUE : after.rowId(),
                buckets.end(),
                dueUntil.atOffset(ZoneOffset.UTC),
                size));
    }

    /** How many rows of the kind are pending, whether due or not. */
    public long count() {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM adjust_batch.delivery WHERE kind = ? AND finalized_at IS NULL AND state = 'PENDING'",
                Long.class,
                kind().key());
        return Objects.requireNonNull(count);
    }

    /** Which kind the rows are of. */
    public Kind kind() {
        return relation.kind();
    }

    /** A view without a unique id joins a row twice: the first one counts, and reconciliation names the others. */
    private List<OpenRow> readPage(ResultSet result) throws SQLException {
        List<OpenRow> page = new ArrayList<>();
        long last = 0;
        while (result.next()) {
            long rowId = result.getLong(3);
            if (page.isEmpty() || rowId != last) {
                page.add(readRow(result, rowId));
            }
            last = rowId;
        }
        return page;
    }

    OpenRow readRow(ResultSet result, long rowId) throws SQLException {
        Instant occurredAt = result.getObject(2, OffsetDateTime.class).toInstant();
        long lane = result.getLong(4);
        boolean laneless = result.wasNull() || !ordered;
        String errorClass = result.getString(6);
        return new OpenRow(
                kind(),
                new Position(result.getInt(1), occurredAt, rowId),
                laneless ? null : lane,
                result.getInt(5),
                errorClass == null ? null : ErrorClass.valueOf(errorClass),
                result.getInt(7),
                StagingMarks.instant(result.getObject(15, OffsetDateTime.class)),
                new OpenRow.Frozen(
                        result.getString(8),
                        result.getString(9),
                        result.getString(10),
                        result.getString(11),
                        result.getBigDecimal(12),
                        occurredAt,
                        result.getString(13)),
                result.getString(14),
                relation.readRow(result, LIVE));
    }
}
