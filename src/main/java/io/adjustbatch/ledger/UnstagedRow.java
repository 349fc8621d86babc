package io.adjustbatch.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a row stands that is not in the ledger.
 *
 * @param relation where rows of its kind come from; null if the kind is switched off, or the row was removed
 * @param takenFrom the first staging leaves out what occurred before; null if the row is not left out
 * @param missingLookback the shortest {@code warehouse.lookback}, in whole days, that finds it; null unless the current one
 *     is too short
 * @param lastKnown the state that the journal last led it to; null unless the row was removed, and also then if the
 *     journal has no entry of it
 */
public record UnstagedRow(
        Standing standing,
        @Nullable String relation,
        @Nullable Instant takenFrom,
        @Nullable Duration missingLookback,
        @Nullable RowState lastKnown) {

    static UnstagedRow of(Standing standing, @Nullable String relation) {
        return new UnstagedRow(standing, relation, null, null, null);
    }

    /** What becomes of it. */
    public enum Standing {
        /** It was in the ledger, and somebody took it out: to stage it again could be to send it again. */
        REMOVED,
        /** No row of its kind is taken. */
        SWITCHED_OFF,
        /** The warehouse does not have it. */
        ABSENT,
        /** The next run takes it. */
        UPCOMING,
        /** It was too old for the first staging, or before {@code warehouse.since}. */
        LEFT_OUT,
        /** It became visible later than {@code warehouse.lookback} allows for. */
        MISSED
    }
}
