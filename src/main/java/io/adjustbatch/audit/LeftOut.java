package io.adjustbatch.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a relation's first staging did not take in: rows past Adjust's age limit or before {@code warehouse.since}.
 *
 * @param firstAt when the oldest of them occurred; null if no row was left out or none has a time
 * @param lastAt when the newest of them occurred; null likewise
 */
public record LeftOut(
        Tally tally, @Nullable Instant firstAt, @Nullable Instant lastAt) {

    static final LeftOut NOTHING = new LeftOut(Tally.NONE, null, null);

    LeftOut plus(LeftOut other) {
        return new LeftOut(
                tally.plus(other.tally),
                firstAt == null || (other.firstAt != null && other.firstAt.isBefore(firstAt)) ? other.firstAt : firstAt,
                lastAt == null || (other.lastAt != null && other.lastAt.isAfter(lastAt)) ? other.lastAt : lastAt);
    }
}
