package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows that wait for a person, because Adjust may have counted them or not. {@link #resolve} is to be called with the
 * lock held; reading needs none.
 */
public final class InDoubtRows {

    private static final String SELECTED = """
            finalized_at IS NULL AND state = 'IN_DOUBT'
              AND (:kind::text IS NULL OR kind = :kind::text) AND (:rowId::bigint IS NULL OR row_id = :rowId::bigint)
              AND (:app::text IS NULL OR app_token = :app::text) AND (:run::bigint IS NULL OR run_id = :run::bigint)""";

    private final JdbcClient jdbc;

    public InDoubtRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which of them are meant: all that meet every condition that is not null.
     *
     * @param rowId only together with {@code kind}
     * @param runId the run that left them in doubt
     */
    public record Selection(
            @Nullable Kind kind,
            @Nullable Long rowId,
            @Nullable String appToken,
            @Nullable Long runId) {

        /** Every row in doubt. */
        public static final Selection ALL = new Selection(null, null, null, null);

        public Selection {
            if (rowId != null && kind == null) {
                throw new IllegalArgumentException("a row is named by its kind and its id");
            }
        }
    }

    /** What a person found out about rows in doubt. */
    public enum Finding {
        /** Adjust has counted them: final. */
        SENT,
        /** Adjust has not: they are sent again. */
        NOT_SENT
    }

    /**
     * One row in doubt.
     *
     * @param runId the run that left it so
     * @param since when its last attempt began
     */
    public record InDoubtRow(
            Kind kind,
            long rowId,
            @Nullable String appToken,
            @Nullable String eventToken,
            Instant occurredAt,
            @Nullable BigDecimal revenue,
            @Nullable String currency,
            @Nullable String transactionId,
            @Nullable String message,
            @Nullable String reason,
            long runId,
            Instant since) {}

    /** How many there are, of all kinds and runs. */
    public long count() {
        return count(Selection.ALL);
    }

    /** How many are selected. */
    public long count(Selection selection) {
        return select("SELECT count(*) FROM adjust_batch.delivery WHERE " + SELECTED, selection)
                .query(Long.class)
                .single();
    }

    /** The selected rows, by kind and id; at most so many. */
    public List<InDoubtRow> list(Selection selection, int most) {
        return select(
                        "SELECT * FROM adjust_batch.delivery WHERE " + SELECTED + " ORDER BY kind, row_id LIMIT :most",
                        selection)
                .param("most", most)
                .query(InDoubtRows::read)
                .list();
    }

    /**
     * Records what a person found out about the selected rows, with a journal entry each. Compute {@link HeldRows} anew
     * afterwards: what waited for them is free.
     *
     * @param who names the person
     * @param because how they know
     * @return how many rows were resolved
     */
    public int resolve(Selection selection, Finding finding, String who, String because) {
        return select("""
                        WITH resolved AS (
                            UPDATE adjust_batch.delivery
                            SET state = CASE WHEN :sent THEN 'SENT' ELSE 'PENDING' END,
                                finalized_at = CASE WHEN :sent THEN now() END,
                                decided_by = 'person', reason = :because, next_attempt_at = NULL
                            WHERE %s
                            RETURNING *
                        )
                        INSERT INTO adjust_batch.delivery_journal
                            (at, kind, row_id, state, attempt, error_class, http_status, reason, decided_by, who)
                        SELECT now(), kind, row_id, state, attempts, error_class, http_status, reason, 'person', :who
                        FROM resolved""".formatted(SELECTED), selection)
                .param("sent", finding == Finding.SENT)
                .param("because", because)
                .param("who", who)
                .update();
    }

    private JdbcClient.StatementSpec select(String sql, Selection selection) {
        return jdbc.sql(sql)
                .param(
                        "kind",
                        selection.kind() == null ? null : selection.kind().key())
                .param("rowId", selection.rowId())
                .param("app", selection.appToken())
                .param("run", selection.runId());
    }

    private static InDoubtRow read(ResultSet result, int row) throws SQLException {
        return new InDoubtRow(
                Kind.of(result.getString("kind")),
                result.getLong("row_id"),
                result.getString("app_token"),
                result.getString("event_token"),
                result.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                result.getBigDecimal("revenue"),
                result.getString("currency"),
                result.getString("transaction_id"),
                result.getString("message"),
                result.getString("reason"),
                result.getLong("run_id"),
                result.getObject("last_attempt_at", OffsetDateTime.class).toInstant());
    }
}
