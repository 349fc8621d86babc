package io.adjustbatch.audit;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A number of rows and the money they carry, exact.
 *
 * @param rows how many
 * @param money the sum of their revenue by currency; a currency whose revenue comes to nothing is absent, and the empty
 *     name stands for revenue without a currency
 */
public record Tally(long rows, SortedMap<String, BigDecimal> money) {

    /** No rows, no money. */
    public static final Tally NONE = new Tally(0, new TreeMap<>());

    public Tally {
        money = Collections.unmodifiableSortedMap(new TreeMap<>(money));
    }

    /** Rows of one currency; without money if {@code amount} is null or zero. */
    public static Tally of(long rows, @Nullable String currency, @Nullable BigDecimal amount) {
        SortedMap<String, BigDecimal> money = new TreeMap<>();
        if (amount != null && amount.signum() != 0) {
            money.put(currency == null ? "" : currency, amount);
        }
        return new Tally(rows, money);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        SortedMap<String, BigDecimal> sum = new TreeMap<>(money);
        other.money.forEach((currency, amount) -> sum.merge(currency, amount, BigDecimal::add));
        return new Tally(rows + other.rows, sum);
    }

    /** What is left of this without the other; may be negative. A currency that comes to nothing is left out. */
    public Tally minus(Tally other) {
        SortedMap<String, BigDecimal> difference = new TreeMap<>(money);
        other.money.forEach((currency, amount) -> difference.merge(currency, amount.negate(), BigDecimal::add));
        difference.values().removeIf(amount -> amount.signum() == 0);
        return new Tally(rows - other.rows, difference);
    }

    /** Whether there is neither a row nor any money. */
    public boolean isNothing() {
        return rows == 0 && money.values().stream().allMatch(amount -> amount.signum() == 0);
    }
}
