package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes what became of rows, and which are to be sent next, in one statement and one commit: durable before the first
 * of them leaves. Threads may share it, each with rows of its own.
 *
 * <p>After a crash either all of a call is in the ledger or nothing.
 */
public final class Deliveries {

    private static final String SQL = """
            WITH fence AS (
                SELECT FROM adjust_batch.run WHERE run_id = ? AND execution_id = ? AND state = 'RUNNING'
            ), settled AS (
                UPDATE adjust_batch.delivery d
                SET state = s.new_state, error_class = s.error_class, tries = s.tries, http_status = s.http_status,
                    message = s.message, reason = s.reason, next_attempt_at = s.next_attempt_at, held_by = s.held_by,
                    decided_by = s.decided_by, run_id = ?,
                    finalized_at = CASE WHEN s.is_final THEN now() END
                FROM unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::boolean[], ?::int[], ?::text[], ?::smallint[],
                            ?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::text[])
                     AS s(row_id, old_state, attempts, new_state, is_final, tries, error_class, http_status,
                          message, reason, next_attempt_at, held_by, decided_by)
                WHERE d.kind = '%1$s' AND d.row_id = s.row_id AND d.state = s.old_state AND d.attempts = s.attempts
                  AND CASE WHEN s.old_state = 'SENDING' THEN d.run_id = ? ELSE EXISTS (SELECT FROM fence) END
                RETURNING d.*
            ), journal AS (
                INSERT INTO adjust_batch.delivery_journal (at, kind, row_id, run_id, state, attempt, error_class,
                    http_status, message, reason, next_attempt_at, held_by, decided_by)
                SELECT now(), kind, row_id, run_id, state, attempts, error_class, http_status, message, reason,
                       next_attempt_at, held_by, decided_by
                FROM settled
            ), intended AS (
                UPDATE adjust_batch.delivery d
                SET state = 'SENDING', attempts = d.attempts + 1, last_attempt_at = now(), next_attempt_at = NULL,
                    run_id = ?
                FROM unnest(?::bigint[], ?::int[]) AS i(row_id, attempts)
                WHERE d.kind = '%1$s' AND d.row_id = i.row_id AND d.state = 'PENDING' AND d.attempts = i.attempts
                  AND EXISTS (SELECT FROM fence)
                RETURNING d.row_id
            )%2$s
            SELECT (SELECT array_agg(row_id) FROM settled), (SELECT array_agg(row_id) FROM intended)""";

    /**
     * Part of the statement only if there is something to it. It does not ask whether the settlement was taken: that the
     * device opted out is true whoever heard it. Ordered, so that two partitions cannot lock each other out.
     */
    private static final String OPT_OUTS = """
            , opted_out AS (
                INSERT INTO adjust_batch.suppressed_device
                    (app_token, device_hash, identifier, suppressed_at, kind, row_id, run_id, because)
                SELECT app_token, decode(hex, 'hex'), identifier, now(), '%s', row_id, ?, because
                FROM unnest(?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                     AS o(app_token, hex, identifier, row_id, because)
                ORDER BY app_token, hex
                ON CONFLICT DO NOTHING
            )""";

    private final JdbcTemplate jdbc;

    public Deliveries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was recorded.
     *
     * @param settled the rows whose settlement found them as it expected
     * @param intended the rows that may leave now; the others had changed, or the run is fenced out
     */
    public record Recorded(Set<Long> settled, Set<Long> intended) {}

    /**
     * Records settlements and intents of different rows of one kind.
     *
     * @throws IllegalArgumentException if a row is named twice: all parts of the statement see the same snapshot
     */
    public Recorded record(Kind kind, RunToken run, List<Settlement> settlements, List<OpenRow> intents) {
        return record(kind, run, settlements, intents, List.of());
    }

    /**
     * As {@link #record(Kind, RunToken, List, List)}, and puts devices on the list of the opted-out with it, unless they
     * stand there.
     *
     * @param optOuts what the answers that are settled here told
     */
    public Recorded record(
            Kind kind, RunToken run, List<Settlement> settlements, List<OpenRow> intents, List<OptOut> optOuts) {
        refuseRepeatedRows(settlements, intents);
        String sql = SQL.formatted(kind.key(), optOuts.isEmpty() ? "" : OPT_OUTS.formatted(kind.key()));
        return Objects.requireNonNull(jdbc.execute(
                (Connection connection) -> connection.prepareStatement(sql), statement -> {
                    Arrays arrays = new Arrays(statement);
                    bind(arrays, run, settlements, intents);
                    if (!optOuts.isEmpty()) {
                        bind(arrays, run, optOuts);
                    }
                    return read(statement);
                }));
    }

    private static void refuseRepeatedRows(List<Settlement> settlements, List<OpenRow> intents) {
        Set<Long> rows = new HashSet<>();
        settlements.forEach(settlement -> rows.add(settlement.rowId()));
        intents.forEach(row -> rows.add(row.rowId()));
        if (rows.size() != settlements.size() + intents.size()) {
            throw new IllegalArgumentException("a row is named twice in one statement");
        }
    }

    private static void bind(Arrays arrays, RunToken run, List<Settlement> settlements, List<OpenRow> intents)
            throws SQLException {
        arrays.bind(run.runId());
        arrays.bind(run.executionId());
        arrays.bind(run.runId());
        arrays.bind("bigint", settlements, Settlement::rowId);
        arrays.bind("text", settlements, settlement -> settlement.from().name());
        arrays.bind("int", settlements, Settlement::attempts);
        arrays.bind("text", settlements, settlement -> settlement.to().name());
        arrays.bind("boolean", settlements, settlement -> settlement.to().isFinal());
        arrays.bind("int", settlements, Settlement::tries);
        arrays.bind("text", settlements, settlement -> settlement.errorClass().name());
        arrays.bind("smallint", settlements, Settlement::httpStatus);
        arrays.bind("text", settlements, Settlement::message);
        arrays.bind("text", settlements, Settlement::reason);
        arrays.bind("text", settlements, Settlement::nextAttemptAt);
        arrays.bind("bigint", settlements, Settlement::heldBy);
        arrays.bind("text", settlements, Settlement::decidedBy);
        arrays.bind(run.runId());
        arrays.bind(run.runId());
        arrays.bind("bigint", intents, OpenRow::rowId);
        arrays.bind("int", intents, OpenRow::attempts);
    }

    private static void bind(Arrays arrays, RunToken run, List<OptOut> optOuts) throws SQLException {
        List<Map.Entry<OptOut, DeviceHash>> entries = optOuts.stream()
                .flatMap(optOut -> optOut.device().stream().map(hash -> Map.entry(optOut, hash)))
                .toList();
        arrays.bind(run.runId());
        arrays.bind("text", entries, entry -> entry.getKey().appToken());
        arrays.bind("text", entries, entry -> entry.getValue().hex());
        arrays.bind("text", entries, entry -> entry.getValue().identifier());
        arrays.bind("bigint", entries, entry -> entry.getKey().rowId());
        arrays.bind("text", entries, entry -> entry.getKey().because());
    }

    private static Recorded read(PreparedStatement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            result.next();
            return new Recorded(rows(result.getArray(1)), rows(result.getArray(2)));
        }
    }

    private static Set<Long> rows(@Nullable Array ids) throws SQLException {
        return ids == null ? Set.of() : Set.of((Long[]) ids.getArray());
    }

    /** Binds one array a column, for {@code unnest}. */
    private static final class Arrays {

        private final PreparedStatement statement;
        private int last;

        Arrays(PreparedStatement statement) {
            this.statement = statement;
        }

        void bind(long value) throws SQLException {
            statement.setLong(++last, value);
        }

        <T> void bind(String type, Collection<T> rows, Function<T, @Nullable Object> column) throws SQLException {
            @Nullable Object[] values = new Object[rows.size()];
            int i = 0;
            for (T row : rows) {
                Object value = column.apply(row);
                values[i++] = type.equals("text") && value != null ? value.toString() : value;
            }
            statement.setArray(++last, statement.getConnection().createArrayOf(type, values));
        }
    }
}
