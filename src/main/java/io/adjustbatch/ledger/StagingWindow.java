package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Relation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a relation that one staging looks through: from the mark less the lookback to the end.
 *
 * @param relation where the rows come from
 * @param opensAt rows loaded before are known; null: nothing is known yet
 * @param takenFrom what occurred before was left out by the first staging
 * @param firstMarkedAt when the first staging came to its end; null: this one belongs to it
 * @param slices the window cut by {@code loaded_at}, in order; each is staged in a transaction of its own
 */
public record StagingWindow(
        Relation relation,
        @Nullable Instant opensAt,
        Instant takenFrom,
        @Nullable Instant firstMarkedAt,
        List<Slice> slices) {

    public StagingWindow {
        slices = List.copyOf(slices);
    }

    /** Whether the relation has never been staged to its end. */
    public boolean isFirst() {
        return firstMarkedAt == null;
    }

    /**
     * Rows loaded between two times.
     *
     * @param from null: from the beginning
     * @param to exclusive; null: to the end, and also the rows without a time of loading
     */
    public record Slice(@Nullable Instant from, @Nullable Instant to) {

        boolean isLast() {
            return to == null;
        }
    }
}
