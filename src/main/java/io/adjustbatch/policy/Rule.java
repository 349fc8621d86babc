package io.adjustbatch.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done about one class of one kind: settings that are complete and fit together.
 *
 * @param action null for a class that is found before sending, about which nothing is to be decided
 * @param attempts most attempts in a row that end in the class: within one run for {@link Action#RETRY}, which then
 *     leaves the row to the next run; in all for {@link Action#DEFER}, which then gives the row up
 * @param backoff waits between the attempts of {@link Action#RETRY}
 * @param deferral waits of {@link Action#DEFER}, the last one for all further attempts; at least one
 * @param limit null for none
 */
public record Rule(
        @Nullable Action action,
        int attempts,
        Backoff backoff,
        List<Duration> deferral,
        @Nullable Limit limit) {

    static final int DEFAULT_RETRY_ATTEMPTS = 4;
    static final List<Duration> DEFAULT_DEFERRAL =
            List.of(Duration.ofHours(6), Duration.ofHours(24), Duration.ofHours(72), Duration.ofHours(168));

    public Rule {
        deferral = List.copyOf(deferral);
    }

    /** The wait before the next attempt of a deferred row. */
    Duration deferral(int tries) {
        return deferral.get(Math.min(tries, deferral.size()) - 1);
    }
}
