package io.adjustbatch.ledger;

import static io.adjustbatch.ledger.StagingMarks.at;

import io.adjustbatch.adjust.AgeLimit;
import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.warehouse.Relation;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Compares the warehouse as it is now with what the ledger took down. The database compares; only the first differences
 * of each sort come over. Reads only, but for {@link #accept}; threads may share it.
 */
public final class WarehouseComparison {

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
            SELECT :kind, e.row_id, e.finding, now(), :who, :because FROM different e
            WHERE e.row_id = :rowId AND NOT EXISTS (SELECT FROM adjust_batch.accepted_difference a
                WHERE a.kind = :kind AND a.row_id = e.row_id AND a.finding = e.finding)""";

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

    /** Compares the relations of several kinds. */
    public WarehouseDifferences compare(Collection<Relation> relations, ComparisonScope scope) {
        WarehouseDifferences all = WarehouseDifferences.NONE;
        for (Relation relation : relations) {
            all = all.and(compare(relation, scope));
        }
        return all;
    }

    private WarehouseDifferences compare(Relation relation, ComparisonScope scope) {
        List<WarehouseDifference> listed = new ArrayList<>();
        Map<Sort, Long> open = new EnumMap<>(Sort.class);
        long[] accepted = {0};
        statement(relation, scope, FIRST_OF_EACH_SORT)
                .param("listed", scope.listed())
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

    private StatementSpec statement(Relation relation, ComparisonScope scope, String use) {
        StagingMarks.Mark mark = new StagingMarks(jdbc)
                .peek(relation, AgeLimit.maxAge(relation.kind()).orElse(null), since);
        Instant opensAt = mark.markedAt() == null ? null : mark.markedAt().minus(lookback);
        List<StagedGroup> unbalanced = scope.unbalanced().stream()
                .filter(group -> group.kind() == relation.kind())
                .toList();
        return jdbc.sql(new ComparisonQuery(relation, scope).different() + use)
                .param("kind", relation.kind().key())
                .param("opensAt", at(opensAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("markedAt", at(mark.markedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("takenFrom", at(mark.takenFrom()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("firstMarkedAt", at(mark.firstMarkedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("apps", array(unbalanced, StagedGroup::appToken))
                .param("environments", array(unbalanced, StagedGroup::environment))
                .param("events", array(unbalanced, StagedGroup::eventToken))
                .param("currencies", array(unbalanced, StagedGroup::currency))
                .param("days", array(unbalanced, StagedGroup::utcDay))
                .param("from", scope.from(), Types.DATE)
                .param("to", scope.to(), Types.DATE);
    }

    private static @Nullable String[] array(List<StagedGroup> groups, Function<StagedGroup, @Nullable Object> column) {
        return groups.stream()
                .map(column)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    /**
     * Records that a person accepts the differences of a row. Each stays accepted for as long as its finding is the same.
     * Meant for one caller at a time: the run's lock sees to that.
     *
     * @param who names the person
     * @param because why
     * @return how many had not been accepted before
     */
    public int accept(Relation relation, long rowId, String who, String because) {
        return statement(relation, ComparisonScope.ALWAYS, ACCEPT)
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
