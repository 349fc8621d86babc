package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row that the next run would find.
 *
 * @param standing what it would find it to be
 * @param open the row; null if it has no time and so no place in the order of sending
 * @param fault why the row could not be staged as it is; null for nearly every row
 */
public record UpcomingRow(
        Kind kind,
        long rowId,
        Standing standing,
        @Nullable String currency,
        @Nullable BigDecimal revenue,
        @Nullable String fault,
        @Nullable OpenRow open) {

    /** What stands in the way of a row. */
    public enum Standing {
        /** Nothing. */
        DUE,
        /** Its time has not come, or it waits for another row of its lane or transaction. */
        WAITING,
        /** Another row reports its transaction. */
        REPEATED,
        /** A first staging would leave it in the warehouse. */
        LEFT_OUT
    }
}
