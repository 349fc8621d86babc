package io.adjustbatch.audit;

import io.adjustbatch.ledger.KeptTerms;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.policy.ClassLimit;
import java.util.List;
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
        KeptTerms kept = new KeptTerms(jdbc);
        return kept.options(runId)
                .map(options -> new RunTerms(options, kept.limits(runId)))
                .orElse(null);
    }
}
