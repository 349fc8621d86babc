package io.adjustbatch.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of one class a run may meet before it halts.
 *
 * @param max most rows, at least 0; null for any number
 * @param maxPercent largest share in percent, above 0 and below 100; null for any share
 * @param minSample rows from which on the share counts, at least 1
 */
public record Limit(@Nullable Long max, @Nullable BigDecimal maxPercent, long minSample) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A share of fewer rows says little, unless the operator says otherwise. */
    public static final long DEFAULT_MIN_SAMPLE = 1_000;

    /** A side on which it can be passed. */
    public enum Bound {
        MAX,
        MAX_PERCENT;

        /** The last part of its setting's name. */
        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** On which side that many rows out of so many are too many; null if they are not. */
    public @Nullable Bound passed(long rows, long sample) {
        if (max != null && rows > max) {
            return Bound.MAX;
        }
        boolean isShareTooLarge = maxPercent != null
                && sample >= minSample
                && BigDecimal.valueOf(rows).multiply(HUNDRED).compareTo(maxPercent.multiply(BigDecimal.valueOf(sample)))
                        > 0;
        return isShareTooLarge ? Bound.MAX_PERCENT : null;
    }

    /** Such as {@code 100 rows or 10 % of at least 1,000}. */
    String words() {
        List<String> parts = new ArrayList<>(2);
        if (max != null) {
            parts.add(String.format(Locale.ROOT, "%,d rows", max));
        }
        if (maxPercent != null) {
            parts.add(String.format(Locale.ROOT, "%s %% of at least %,d", maxPercent.toPlainString(), minSample));
        }
        return String.join(" or ", parts);
    }
}
