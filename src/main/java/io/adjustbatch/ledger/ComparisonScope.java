package io.adjustbatch.ledger;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of warehouse and ledger is to look at.
 *
 * @param from the first day of UTC on which the rows occurred; null for no beginning
 * @param to the last day, included; null for no end. Without any bound the rows without a time count as well
 * @param unbalanced groups in which ledger and staging differ. Of their rows everything is compared, also what the next
 *     run would put right by itself, so that the row at fault is named
 * @param listed the most differences of one kind and sort that are listed; at least 1
 */
public record ComparisonScope(
        @Nullable LocalDate from, @Nullable LocalDate to, Collection<StagedGroup> unbalanced, int listed) {

    /** Unless another number is asked for, so many differences of one kind and sort are listed. */
    public static final int LISTED = 100;

    /** All rows. */
    public static final ComparisonScope ALWAYS = new ComparisonScope(null, null, List.of(), LISTED);

    public ComparisonScope {
        unbalanced = List.copyOf(unbalanced);
        if (listed < 1) {
            throw new IllegalArgumentException("at least 1 difference must be listed, not " + listed);
        }
    }

    boolean isBounded() {
        return from != null || to != null;
    }
}
