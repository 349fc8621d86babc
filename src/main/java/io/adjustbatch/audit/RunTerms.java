package io.adjustbatch.audit;

import io.adjustbatch.ledger.RunLimits;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.policy.ClassLimit;
import io.adjustbatch.warehouse.Kind;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * On which terms a run worked. Immutable.
 *
 * @param options that it was first started with
 * @param limits in force when it was last started, in the order of class and kind
 */
public record RunTerms(RunOptions options, List<ClassLimit> limits) {

    public RunTerms {
        limits = List.copyOf(limits);
    }

    /** Null for a run from before they were kept. */
    static @Nullable RunTerms of(JdbcClient jdbc, long runId) {
        return jdbc.sql("SELECT kinds, row_limit, until FROM adjust_batch.run WHERE run_id = ?")
                .param(runId)
                .query((row, number) -> Optional.ofNullable(options(row)))
                .single()
                .map(options -> new RunTerms(options, new RunLimits(jdbc).of(runId)))
                .orElse(null);
    }

    private static @Nullable RunOptions options(ResultSet row) throws SQLException {
        Array kinds = row.getArray("kinds");
        return kinds == null
                ? null
                : new RunOptions(
                        Arrays.stream((String[]) kinds.getArray()).map(Kind::of).collect(Collectors.toSet()),
                        row.getObject("row_limit", Long.class),
                        RunSummaries.instant(row, "until"));
    }
}
