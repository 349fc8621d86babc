package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run is asked to do; kept with the run.
 *
 * @param kinds which kinds to stage and send
 * @param limit most rows of each kind to send; null for no limit. Staging knows no limit
 * @param until when to stop sending; null for never
 */
public record RunOptions(
        Set<Kind> kinds, @Nullable Long limit, @Nullable Instant until) {

    public RunOptions {
        kinds = Set.copyOf(kinds);
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("--limit must be at least 1, but is " + limit);
        }
    }

    /** Everything, without a limit of rows or time. */
    public static RunOptions everything() {
        return new RunOptions(Set.of(Kind.values()), null, null);
    }
}
