package io.adjustbatch.sandbox;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which money Adjust takes (dev.adjust.com, "S2S events" and "Send S2S ad revenue"): plain decimals up to
 * 100,000,000,000, at least 0.001 for events and more than nothing for ad revenue, with an ISO 4217 currency.
 */
final class MoneyRules {

    /** As long as any number in the range with 20 decimals. */
    private static final Pattern PLAIN = Pattern.compile("\\d{1,12}(\\.\\d{1,20})?");

    private static final BigDecimal LEAST = new BigDecimal("0.001");
    private static final BigDecimal MOST = new BigDecimal("100000000000");
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private MoneyRules() {}

    static @Nullable Refusal areRight(Call call) {
        return switch (call.endpoint()) {
            case SESSION -> null;
            case EVENT -> call.has("revenue") || call.has("currency") ? money(call, LEAST) : null;
            case AD_REVENUE -> money(call, BigDecimal.ZERO);
        };
    }

    private static @Nullable Refusal money(Call call, BigDecimal least) {
        if (!isRevenue(call.revenue(), least)) {
            return Refusal.INVALID_REVENUE;
        }
        if (!CURRENCIES.contains(call.parameter("currency"))) {
            return Refusal.invented(
                    call.has("currency") ? "currency is not an ISO 4217 code" : "revenue without currency");
        }
        return null;
    }

    private static boolean isRevenue(String text, BigDecimal least) {
        if (!PLAIN.matcher(text).matches()) {
            return false;
        }
        BigDecimal revenue = new BigDecimal(text);
        return revenue.signum() > 0 && revenue.compareTo(least) >= 0 && revenue.compareTo(MOST) <= 0;
    }
}
