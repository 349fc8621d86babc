package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.policy.ClassLimit;
import io.adjustbatch.policy.Limit;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The limits that each run worked under: the table {@code run_limit}. Threads may share it. */
public final class RunLimits {

    private final JdbcClient jdbc;

    public RunLimits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes down what is in force now; what a former start of the run took down is gone. */
    void replace(long runId, List<ClassLimit> limits) {
        // no row is deleted and inserted at once: within one statement their order would be chance
        jdbc.sql("""
                        WITH in_force AS (
                            SELECT * FROM unnest(:classes::text[], :kinds::text[], :max::bigint[], :percent::numeric[], :sample::bigint[])
                                AS l (error_class, kind, max_rows, max_percent, min_sample)),
                        taken_down AS (
                            INSERT INTO adjust_batch.run_limit (run_id, error_class, kind, max_rows, max_percent, min_sample)
                            SELECT :runId, * FROM in_force
                            ON CONFLICT (run_id, error_class, kind) DO UPDATE
                            SET max_rows = EXCLUDED.max_rows, max_percent = EXCLUDED.max_percent, min_sample = EXCLUDED.min_sample)
                        DELETE FROM adjust_batch.run_limit WHERE run_id = :runId
                          AND (error_class, kind) NOT IN (SELECT error_class, kind FROM in_force)""")
                .param("runId", runId)
                .param("classes", column(limits, limit -> limit.errorClass().name()))
                .param("kinds", column(limits, limit -> limit.kind().key()))
                .param("max", column(limits, limit -> text(limit.limit().max())))
                .param("percent", column(limits, limit -> text(limit.limit().maxPercent())))
                .param(
                        "sample",
                        column(
                                limits,
                                limit -> limit.limit().maxPercent() == null
                                        ? null
                                        : text(limit.limit().minSample())))
                .update();
    }

    /** The limits of a run in the order of class and kind. */
    public List<ClassLimit> of(long runId) {
        return jdbc
                .sql(
                        "SELECT error_class, kind, max_rows, max_percent, min_sample FROM adjust_batch.run_limit WHERE run_id = ?")
                .param(runId)
                .query(RunLimits::read)
                .stream()
                .sorted(Comparator.comparing(ClassLimit::errorClass).thenComparing(ClassLimit::kind))
                .toList();
    }

    private static ClassLimit read(ResultSet row, int number) throws SQLException {
        Long minSample = row.getObject("min_sample", Long.class);
        return new ClassLimit(
                ErrorClass.valueOf(row.getString("error_class")),
                Kind.of(row.getString("kind")),
                new Limit(
                        row.getObject("max_rows", Long.class),
                        row.getBigDecimal("max_percent"),
                        minSample == null ? Limit.DEFAULT_MIN_SAMPLE : minSample));
    }

    private static @Nullable String[] column(List<ClassLimit> limits, Function<ClassLimit, @Nullable String> value) {
        return limits.stream().map(value).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
