package io.adjustbatch.testing;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Numbers that are added up under names, to be compared: those that come to nothing are left out. */
public final class Sums {

    /** Stands in names for the currency of money that has none. */
    static final String WITHOUT_CURRENCY = "without currency";

    private final SortedMap<String, BigDecimal> sums = new TreeMap<>();

    /** Adds to {@code NAME rows} and, if there is any money, to {@code NAME CURRENCY}. */
    public void add(String name, BigDecimal rows, @Nullable String currency, @Nullable BigDecimal money) {
        add(name + " rows", rows);
        if (money != null) {
            add(name + " " + (currency == null || currency.isEmpty() ? WITHOUT_CURRENCY : currency), money);
        }
    }

    public void add(String name, BigDecimal number) {
        sums.merge(name, number, BigDecimal::add);
    }

    /** Equal numbers are equal here, whatever zeros they end in. */
    public SortedMap<String, BigDecimal> asMap() {
        SortedMap<String, BigDecimal> comparable = new TreeMap<>();
        sums.forEach((name, number) -> {
            if (number.signum() != 0) {
                comparable.put(name, number.stripTrailingZeros());
            }
        });
        return comparable;
    }
}
