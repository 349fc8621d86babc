package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one run did, counted from the ledger and its journal. Immutable, and the same for ever once the run has ended.
 *
 * @param settingsDigest SHA-256 over the settings that were in force
 * @param kinds one for each kind, in the order of {@link io.adjustbatch.warehouse.Kind}
 */
public record RunSummary(Run run, String settingsDigest, List<KindSummary> kinds) {

    public RunSummary {
        kinds = List.copyOf(kinds);
    }

    /** What it did with the rows of that kind. */
    public KindSummary of(Kind kind) {
        return kinds.stream()
                .filter(summary -> summary.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    /** From its start to its end, a pause before a restart included; null while it runs. */
    public @Nullable Duration duration() {
        return run.endedAt() == null ? null : Duration.between(run.startedAt(), run.endedAt());
    }

    /** Requests that left, retries included. */
    public long requests() {
        return kinds.stream().mapToLong(KindSummary::requests).sum();
    }

    /** Rows settled a second over the whole run; null while it runs, or if it took no time. */
    public @Nullable Double rowsPerSecond() {
        Duration duration = duration();
        return duration == null || duration.toMillis() < 1
                ? null
                : total(KindSummary::totalSettled).rows() * 1000.0 / duration.toMillis();
    }

    /** The rows in that state, over all kinds. */
    public Tally in(RowState state) {
        return total(kind -> kind.in(state));
    }

    /** A figure added up over all kinds. */
    public Tally total(Function<KindSummary, Tally> figure) {
        return kinds.stream().map(figure).reduce(Tally.NONE, Tally::plus);
    }

    /** The faults of configuration that it met. */
    public List<Fault> faults() {
        return kinds.stream().flatMap(kind -> kind.faults().stream()).toList();
    }
}
