package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are in one state for one cause.
 *
 * @param errorClass why they are in their state; null if nothing has happened to them yet
 * @param httpStatus of the answer; null if there was none
 * @param message Adjust's recognised message; null if there was none
 */
public record Share(
        RowState state,
        @Nullable String errorClass,
        @Nullable Integer httpStatus,
        @Nullable String message,
        Tally tally) {

    public static final Comparator<Share> ORDER = Comparator.comparing(Share::state)
            .thenComparing(Share::errorClass, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Share::httpStatus, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Share::message, Comparator.nullsFirst(Comparator.naturalOrder()));

    public Share with(Tally another) {
        return new Share(state, errorClass, httpStatus, message, another);
    }
}
