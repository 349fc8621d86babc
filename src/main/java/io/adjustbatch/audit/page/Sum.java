package io.adjustbatch.audit.page;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows and money of one currency, by their fate. Grows while rows are read; for one thread. */
final class Sum {

    private final Map<Fate, Long> rows = new EnumMap<>(Fate.class);
    private final Map<Fate, BigDecimal> money = new EnumMap<>(Fate.class);

    void add(Fate fate, @Nullable BigDecimal revenue) {
        rows.merge(fate, 1L, Long::sum);
        if (revenue != null && revenue.signum() != 0) {
            money.merge(fate, revenue, BigDecimal::add);
        }
    }

    void add(Sum other) {
        other.rows.forEach((fate, number) -> rows.merge(fate, number, Long::sum));
        other.money.forEach((fate, amount) -> money.merge(fate, amount, BigDecimal::add));
    }

    long rows(Fate fate) {
        return rows.getOrDefault(fate, 0L);
    }

    long rows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    BigDecimal money(Fate fate) {
        return money.getOrDefault(fate, BigDecimal.ZERO);
    }

    /** Whether any of its rows is worth something. */
    boolean hasMoney() {
        return !money.isEmpty();
    }
}
