package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.StagedGroup;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** One comparison of the three records; see {@link Reconciliation}. */
final class Comparison {

    private static final String IN_PERIOD =
            "(:always OR (d.occurred_at AT TIME ZONE 'UTC')::date BETWEEN :from AND :to)";

    private static final String STAGED = """
            SELECT currency, sum(row_count) AS row_count, sum(revenue) AS revenue
            FROM adjust_batch.staged_total
            WHERE kind = :kind AND (:always OR utc_day BETWEEN :from AND :to)
            GROUP BY currency
            """;

    private static final String LEDGER = """
            SELECT d.state, d.currency, count(*) AS row_count, sum(d.revenue) AS revenue
            FROM adjust_batch.delivery d WHERE d.kind = :kind AND %s
            GROUP BY d.state, d.currency
            """.formatted(IN_PERIOD);

    private static final String TOTALS = """
            SELECT t.*, count(*) OVER () AS differences, ARRAY(
                SELECT d.row_id FROM adjust_batch.delivery d
                WHERE d.kind = :kind AND d.app_token IS NOT DISTINCT FROM t.app_token
                  AND d.environment IS NOT DISTINCT FROM t.environment
                  AND d.event_token IS NOT DISTINCT FROM t.event_token
                  AND d.currency IS NOT DISTINCT FROM t.currency
                  AND (d.occurred_at AT TIME ZONE 'UTC')::date IS NOT DISTINCT FROM t.utc_day
                ORDER BY d.row_id LIMIT :row_ids) AS row_ids
            FROM (
                SELECT app_token, environment, event_token, currency, utc_day,
                    sum(staged_rows) AS staged_rows, sum(staged_revenue) AS staged_revenue,
                    sum(ledger_rows) AS ledger_rows, sum(ledger_revenue) AS ledger_revenue
                FROM (
                    SELECT app_token, environment, event_token, currency, utc_day,
                        row_count AS staged_rows, revenue AS staged_revenue, 0 AS ledger_rows, 0 AS ledger_revenue
                    FROM adjust_batch.staged_total
                    WHERE kind = :kind AND (:always OR utc_day BETWEEN :from AND :to)
                    UNION ALL
                    SELECT app_token, environment, event_token, currency, (occurred_at AT TIME ZONE 'UTC')::date,
                        0, 0, count(*), coalesce(sum(revenue), 0)
                    FROM adjust_batch.delivery d
                    WHERE kind = :kind AND %s
                    GROUP BY 1, 2, 3, 4, 5) records
                GROUP BY 1, 2, 3, 4, 5
                HAVING sum(staged_rows) <> sum(ledger_rows) OR sum(staged_revenue) <> sum(ledger_revenue)
                ORDER BY 1, 2, 3, 4, 5) t
            LIMIT :listed
            """.formatted(IN_PERIOD);

    /** A delivering entry is sound if Adjust said so or a person did. */
    private static final String ANSWERS = """
            SELECT row_id, d.state, coalesce(j.answers, 0) AS answers, coalesce(j.sound, 0) AS sound,
                count(*) OVER () AS differences
            FROM (SELECT row_id, state, occurred_at FROM adjust_batch.delivery WHERE kind = :kind) d
            FULL JOIN (
                SELECT row_id, count(*) AS answers, count(*) FILTER (WHERE state = 'SENT'
                    AND (decided_by = 'person' OR decided_by = 'adjust' AND error_class = 'DELIVERED')) AS sound
                FROM adjust_batch.delivery_journal
                WHERE kind = :kind AND (state = 'SENT' OR error_class = 'DELIVERED')
                GROUP BY row_id) j USING (row_id)
            WHERE (d.state IS NULL OR %s)
              AND CASE WHEN d.state = 'SENT' THEN coalesce(j.answers, 0) <> 1 OR j.sound <> 1 ELSE j.answers > 0 END
            ORDER BY row_id LIMIT :listed
            """.formatted(IN_PERIOD);

    private static final String ANSWERED = """
            SELECT count(*) FILTER (WHERE j.decided_by <> 'person') AS answers,
                count(*) FILTER (WHERE j.decided_by = 'person') AS resolutions
            FROM adjust_batch.delivery_journal j
            LEFT JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = j.row_id
            WHERE j.kind = :kind AND j.state = 'SENT' AND (d.state IS NULL OR %s)
            """.formatted(IN_PERIOD);

    /** What is SENT on either side is {@link #ANSWERS}' business. A request under way has no entry yet. */
    private static final String STATES = """
            SELECT row_id, d.state AS ledger, j.state AS journal, count(*) OVER () AS differences
            FROM (SELECT row_id, occurred_at, state FROM adjust_batch.delivery WHERE kind = :kind) d
            FULL JOIN (
                SELECT DISTINCT ON (row_id) row_id, state FROM adjust_batch.delivery_journal WHERE kind = :kind
                ORDER BY row_id, entry_id DESC) j USING (row_id)
            WHERE (d.state IS NULL OR %s)
              AND coalesce(d.state, '') <> 'SENT' AND coalesce(j.state, '') <> 'SENT'
              AND replace(coalesce(d.state, ''), 'SENDING', 'PENDING') <> coalesce(j.state, 'PENDING')
            ORDER BY row_id LIMIT :listed
            """.formatted(IN_PERIOD);

    private final JdbcClient jdbc;
    private final Period period;
    private final int listed;
    private final List<Balance.Line> lines = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private long differenceCount;

    /** @param listed the most differences of one sort and kind that are listed */
    Comparison(JdbcClient jdbc, Period period, int listed) {
        this.jdbc = jdbc;
        this.period = period;
        this.listed = listed;
    }

    Balance balance() {
        for (Kind kind : Kind.values()) {
            lines.add(line(kind));
            collect(
                    statement(TOTALS, kind).param("row_ids", Difference.Totals.ROW_IDS),
                    (row, number) -> totals(row, kind));
            collect(statement(ANSWERS, kind), (row, number) -> answers(row, kind));
            collect(statement(STATES, kind), (row, number) -> states(row, kind));
        }
        return new Balance(lines, differences, differenceCount);
    }

    private StatementSpec statement(String sql, Kind kind) {
        return jdbc.sql(sql)
                .param("kind", kind.key())
                .param("always", period.equals(Period.ALWAYS))
                .param("from", period.from() == null ? LocalDate.MIN : period.from())
                .param("to", period.to() == null ? LocalDate.MAX : period.to())
                .param("listed", listed);
    }

    /** Each row of the result also says how many there are without the limit. */
    private void collect(StatementSpec statement, RowMapper<Difference> mapper) {
        long[] count = {0};
        differences.addAll(statement
                .query((row, number) -> {
                    count[0] = row.getLong("differences");
                    return mapper.mapRow(row, number);
                })
                .list());
        differenceCount += count[0];
    }

    private Balance.Line line(Kind kind) {
        Tally staged = statement(STAGED, kind).query((row, number) -> RowGroup.tally(row)).list().stream()
                .reduce(Tally.NONE, Tally::plus);
        Map<RowState, Tally> ledger = new EnumMap<>(RowState.class);
        statement(LEDGER, kind).query(row -> {
            ledger.merge(RowState.valueOf(row.getString("state")), RowGroup.tally(row), Tally::plus);
        });
        return statement(ANSWERED, kind)
                .query((row, number) ->
                        new Balance.Line(kind, staged, ledger, row.getLong("answers"), row.getLong("resolutions")))
                .single();
    }

    private static Difference totals(ResultSet row, Kind kind) throws SQLException {
        StagedGroup group = new StagedGroup(
                kind,
                row.getString("app_token"),
                row.getString("environment"),
                row.getString("event_token"),
                row.getString("currency"),
                row.getObject("utc_day", LocalDate.class));
        return new Difference.Totals(
                group,
                row.getLong("staged_rows"),
                row.getBigDecimal("staged_revenue"),
                row.getLong("ledger_rows"),
                row.getBigDecimal("ledger_revenue"),
                List.of((Long[]) row.getArray("row_ids").getArray()));
    }

    private static Difference answers(ResultSet row, Kind kind) throws SQLException {
        return new Difference.Answers(
                kind, row.getLong("row_id"), state(row, "state"), row.getLong("answers"), row.getLong("sound"));
    }

    private static Difference states(ResultSet row, Kind kind) throws SQLException {
        return new Difference.State(kind, row.getLong("row_id"), state(row, "ledger"), state(row, "journal"));
    }

    private static @Nullable RowState state(ResultSet row, String column) throws SQLException {
        String name = row.getString(column);
        return name == null ? null : RowState.valueOf(name);
    }
}
