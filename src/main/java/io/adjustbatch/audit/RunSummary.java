package io.adjustbatch.audit;

import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.Run;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run did, counted from the ledger and its journal. Immutable, and the same for ever once the run has ended.
 *
 * @param settingsDigest SHA-256 over the settings that were in force
 * @param terms null for a run from before they were kept
 * @param halts what was halted, in the order in which it was met
 * @param kinds one for each kind, in the order of {@link io.adjustbatch.warehouse.Kind}
 * @param warnings what a person should look into
 */
public record RunSummary(
        Run run,
        String settingsDigest,
        @Nullable RunTerms terms,
        List<HaltedScope> halts,
        List<KindSummary> kinds,
        List<Warning> warnings)
        implements Account {

    public RunSummary {
        halts = List.copyOf(halts);
        kinds = List.copyOf(kinds);
        warnings = List.copyOf(warnings);
    }

    /** From its start to its end, a pause before a restart included; null while it runs. */
    public @Nullable Duration duration() {
        return run.endedAt() == null ? null : Duration.between(run.startedAt(), run.endedAt());
    }

    /** Rows settled a second over the whole run; null while it runs, or if it took no time. */
    public @Nullable Double rowsPerSecond() {
        Duration duration = duration();
        return duration == null || duration.toMillis() < 1
                ? null
                : total(KindSummary::totalSettled).rows() * 1000.0 / duration.toMillis();
    }
}
