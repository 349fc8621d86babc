package io.adjustbatch.ledger;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.policy.ClassLimit;
import io.adjustbatch.policy.Limit;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The terms that each run works on: its options in the table {@code run}, its limits in {@code run_limit}. Threads may share it. */
public final class KeptTerms {

    private final JdbcClient jdbc;

    public KeptTerms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes down what is in force now; what a former start of the run took down is gone. */
    void replaceLimits(long runId, List<ClassLimit> limits) {
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

    /** What a run was first asked to do; empty for a run from before that was kept. */
    public Optional<RunOptions> options(long runId) {
        return jdbc.sql("SELECT kinds, row_limit, until FROM adjust_batch.run WHERE run_id = ? AND kinds IS NOT NULL")
                .param(runId)
                .query(KeptTerms::readOptions)
                .optional();
    }

    private static RunOptions readOptions(ResultSet row, int number) throws SQLException {
        String[] kinds = (String[]) row.getArray("kinds").getArray();
        return new RunOptions(
                Arrays.stream(kinds).map(Kind::of).collect(Collectors.toSet()),
                row.getObject("row_limit", Long.class),
                StagingMarks.instant(row.getObject("until", OffsetDateTime.class)));
    }

    /** The limits of a run in the order of class and kind. */
    public List<ClassLimit> limits(long runId) {
        return jdbc
                .sql(
                        "SELECT error_class, kind, max_rows, max_percent, min_sample FROM adjust_batch.run_limit WHERE run_id = ?")
                .param(runId)
                .query(KeptTerms::readLimit)
                .list()
                .stream()
                .sorted(Comparator.comparing(ClassLimit::errorClass).thenComparing(ClassLimit::kind))
                .toList();
    }

    private static ClassLimit readLimit(ResultSet row, int number) throws SQLException {
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
