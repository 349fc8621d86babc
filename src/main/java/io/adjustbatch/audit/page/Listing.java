package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import org.jspecify.annotations.Nullable;

/** How many sums a table lists, and what it says of the others. */
final class Listing {

    static final int LINES = 500;

    private Listing() {}

    /**
     * What a reader should know of the sums that are not listed; null if all are.
     *
     * @param lines that there would be
     * @param keys what the sums are made by, such as days
     */
    static @Nullable String note(int lines, Sums<?> sums, String keys) {
        long left = sums.rowsWithoutRoom();
        String unlisted =
                left == 0 ? "" : " %s of further %s are in the CSV files only.".formatted(Figures.rows(left), keys);
        if (lines > LINES) {
            return "The first %s of %s lines; the CSV files have every row.%s"
                    .formatted(Figures.number(LINES), Figures.number(lines), unlisted);
        }
        return unlisted.isEmpty() ? null : unlisted.strip();
    }
}
