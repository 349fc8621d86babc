package io.adjustbatch.audit;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * UTC days: on which rows occurred, where the books are balanced; on which they were staged and decided, where a report
 * is made. Rows without a time of their own occurred only {@link #ALWAYS}.
 *
 * @param from the first day; null for no beginning
 * @param to the last day, included; null for no end
 */
public record Period(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** All days, and the rows without one. */
    public static final Period ALWAYS = new Period(null, null);

    public Period {
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("the period ends on %s, before it begins on %s".formatted(to, from));
        }
    }
}
