package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A row on which the warehouse and the ledger disagree.
 *
 * @param finding what differs, in words that stay the same as long as nothing changes
 * @param accepted why a person has accepted just this finding; null if nobody has
 */
public record WarehouseDifference(
        Kind kind,
        long rowId,
        Sort sort,
        String finding,
        @Nullable String accepted) {

    /** In what way they disagree. */
    public enum Sort {
        /** The row is in the warehouse, the window has passed over it, and the ledger does not have it. */
        MISSING,
        /** What was sent of the row is not what the warehouse says now. */
        CHANGED,
        /** The ledger has the row, the warehouse no longer. */
        GONE,
        /** The id stands in the warehouse more than once. */
        REPEATED
    }

    /** The difference in one sentence, with the row. */
    public String words() {
        return kind.key() + ":" + rowId + " " + finding;
    }
}
