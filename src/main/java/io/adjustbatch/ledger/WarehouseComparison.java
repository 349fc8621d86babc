package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.StagingMarks.at;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.warehouse.Relation;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Compares the warehouse as it is now with what the ledger took down. The database compares; only the first differences
 * of each sort come over. Reads only, but for {@link #accept}; threads may share it.
 */
public final class WarehouseComparison {

    /** The most differences of one kind and sort that are listed. */
    public static final int LISTED = 100;

    private static final List<String> COLUMNS =
            List.of("app_token", "environment", "event_token", "currency", "revenue", "occurred_at", "transaction_id");

    private static final String FIRST_OF_EACH_SORT = """
            SELECT * FROM (
                SELECT e.row_id, e.sort, e.finding, a.because,
                       row_number() OVER (PARTITION BY e.sort ORDER BY a.because IS NOT NULL, e.row_id) AS number,
                       count(*) OVER (PARTITION BY e.sort) AS all_rows,
                       count(*) FILTER (WHERE a.because IS NULL) OVER (PARTITION BY e.sort) AS open_rows
                FROM different e
                LEFT JOIN adjust_batch.accepted_difference a
                    ON a.kind = :kind AND a.row_id = e.row_id AND a.finding = e.finding) numbered
            WHERE number <= :listed ORDER BY sort, number""";

    private static final String ACCEPT = """
            INSERT INTO adjust_batch.accepted_difference (kind, row_id, finding, accepted_at, who, because)
            SELECT :kind, row_id, finding, now(), :who, :because FROM different WHERE row_id = :rowId
            ON CONFLICT DO NOTHING""";

    private final JdbcClient jdbc;
    private final Duration lookback;
    private final @Nullable Instant since;

    /**
     * @param lookback as for {@link Staging#open}
     * @param since likewise
     */
    public WarehouseComparison(JdbcClient jdbc, Duration lookback, @Nullable Instant since) {
        this.jdbc = jdbc;
        this.lookback = lookback;
        this.since = since;
    }

    /**
     * Compares the rows that occurred on days of UTC; without any bound also those without a time.
     *
     * @param from the first day; null for no beginning
     * @param to the last day, included; null for no end
     */
    public WarehouseDifferences compare(
            Collection<Relation> relations, @Nullable LocalDate from, @Nullable LocalDate to) {
        WarehouseDifferences all = WarehouseDifferences.NONE;
        for (Relation relation : relations) {
            all = all.and(compare(relation, from, to));
        }
        return all;
    }

    private WarehouseDifferences compare(Relation relation, @Nullable LocalDate from, @Nullable LocalDate to) {
        List<WarehouseDifference> listed = new ArrayList<>();
        Map<Sort, Long> open = new EnumMap<>(Sort.class);
        long[] accepted = {0};
        statement(relation, from, to, FIRST_OF_EACH_SORT)
                .param("listed", LISTED)
                .query(row -> {
                    Sort sort = Sort.valueOf(row.getString("sort"));
                    long openRows = row.getLong("open_rows");
                    if (row.getInt("number") == 1) {
                        accepted[0] += row.getLong("all_rows") - openRows;
                        if (openRows > 0) {
                            open.put(sort, openRows);
                        }
                    }
                    listed.add(new WarehouseDifference(
                            relation.kind(),
                            row.getLong("row_id"),
                            sort,
                            row.getString("finding"),
                            row.getString("because")));
                });
        return new WarehouseDifferences(listed, open.isEmpty() ? Map.of() : Map.of(relation.kind(), open), accepted[0]);
    }

    private StatementSpec statement(Relation relation, @Nullable LocalDate from, @Nullable LocalDate to, String use) {
        StagingMarks.Mark mark = new StagingMarks(jdbc)
                .peek(relation, AgeLimit.maxAge(relation.kind()).orElse(null), since);
        Instant opensAt = mark.markedAt() == null ? null : mark.markedAt().minus(lookback);
        return jdbc.sql("WITH different AS (" + differences(relation, from == null && to == null) + ") " + use)
                .param("kind", relation.kind().key())
                .param("opensAt", at(opensAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("takenFrom", at(mark.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", at(mark.firstMarkedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("from", from, Types.DATE)
                .param("to", to, Types.DATE);
    }

    /** Rows of the window itself are not missing: the next run takes them. Rows never attempted are staged anew if they change. */
    private static String differences(Relation relation, boolean always) {
        return """
                SELECT w.id::bigint AS row_id, 'MISSING' AS sort,
                       'is not in the ledger, though it was loaded before the last staging' AS finding
                FROM %1$s w
                WHERE w.id IS NOT NULL AND isfinite(w.loaded_at) AND w.loaded_at < :opensAt AND NOT %2$s
                  AND NOT EXISTS (SELECT FROM adjust_batch.delivery d WHERE d.kind = :kind AND d.row_id = w.id)
                  AND %3$s
                UNION
                SELECT d.row_id, 'CHANGED', 'has changed since it was sent: ' || concat_ws(', ', %5$s)
                FROM adjust_batch.delivery d JOIN (%6$s) f USING (row_id)
                WHERE d.kind = :kind AND d.attempts > 0 AND (%7$s) AND %4$s
                UNION
                SELECT d.row_id, 'GONE', 'is in the ledger, and no longer in the warehouse'
                FROM adjust_batch.delivery d
                WHERE d.kind = :kind AND NOT EXISTS (SELECT FROM %1$s w WHERE w.id = d.row_id) AND %4$s
                UNION
                SELECT w.id::bigint, 'REPEATED', 'occurs ' || count(*) || ' times in the warehouse'
                FROM %1$s w WHERE w.id IS NOT NULL AND %3$s GROUP BY w.id HAVING count(*) > 1
                """.formatted(
                        relation.name(),
                        Staging.LEFT_OUT,
                        occurred(relation.occurredAt("w"), always),
                        occurred("d.occurred_at", always),
                        COLUMNS.stream().map(WarehouseComparison::change).collect(Collectors.joining(", ")),
                        FrozenColumns.select(relation, "true"),
                        COLUMNS.stream()
                                .map("d.%1$s IS DISTINCT FROM f.%1$s"::formatted)
                                .collect(Collectors.joining(" OR ")));
    }

    private static String occurred(String time, boolean always) {
        return always ? "true" : """
                ((%s) AT TIME ZONE 'UTC')::date
                    BETWEEN coalesce(:from::date, '-infinity') AND coalesce(:to::date, 'infinity')""".formatted(time);
    }

    private static String change(String column) {
        return "CASE WHEN d.%1$s IS DISTINCT FROM f.%1$s THEN concat('%1$s was ', %2$s, ', is ', %3$s) END"
                .formatted(column, shown("d", column), shown("f", column));
    }

    private static String shown(String alias, String column) {
        String value = alias + "." + column;
        return "coalesce(%s, 'none')"
                .formatted(
                        column.equals("occurred_at")
                                ? "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(value)
                                : value + "::text");
    }

    /**
     * Records that a person accepts the differences of a row. Each stays accepted for as long as its finding is the same.
     *
     * @param who names the person
     * @param because why
     * @return how many had not been accepted before
     */
    public int accept(Relation relation, long rowId, String who, String because) {
        return statement(relation, null, null, ACCEPT)
                .param("rowId", rowId)
                .param("who", who)
                .param("because", because)
                .update();
    }

    /** Takes down what a run found at its end, so that its report says so for ever. A restart of the run replaces it. */
    public void record(long runId, WarehouseDifferences differences) {
        jdbc.sql("DELETE FROM adjust_batch.run_drift WHERE run_id = :runId")
                .param("runId", runId)
                .update();
        differences
                .openOnes()
                .forEach((kind, sorts) -> sorts.forEach((sort, rows) -> jdbc.sql("""
                                INSERT INTO adjust_batch.run_drift (run_id, kind, sort, row_count)
                                VALUES (:runId, :kind, :sort, :rows)""")
                        .param("runId", runId)
                        .param("kind", kind.key())
                        .param("sort", sort.name())
                        .param("rows", rows)
                        .update()));
    }
}
