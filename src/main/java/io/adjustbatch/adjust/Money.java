package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Revenue and currency, exactly as the warehouse holds them (dev.adjust.com, "S2S events" and "S2S ad revenue"). A
 * purchase has both or neither; ad revenue has both.
 */
final class Money implements Section {

    /** Smallest revenue of an event. Ad revenue has none: one impression is often worth 0.0002. */
    private static final BigDecimal SMALLEST = new BigDecimal("0.001");

    private static final BigDecimal LARGEST = new BigDecimal("100000000000");

    /** As many decimals as PostgreSQL's NUMERIC can hold. */
    private static final int MOST_DECIMALS = 16_383;

    private static final Set<String> CURRENCIES = currencies();

    @Override
    public void write(Draft draft) {
        Kind kind = draft.row().kind();
        if (kind == Kind.SESSION) {
            return;
        }
        BigDecimal revenue = draft.row().revenue();
        String currency = draft.row().currency();
        boolean hasCurrency = currency != null && !currency.isBlank();
        if (revenue == null && !hasCurrency && kind == Kind.PURCHASE) {
            return;
        }
        if (revenue == null) {
            draft.refuse("revenue is missing or not a finite number" + (hasCurrency ? ", but currency is set" : ""));
        } else if (!hasCurrency || currency == null) {
            draft.refuse("currency is missing, but revenue is " + shown(revenue));
        } else {
            writeRevenue(draft, kind, revenue);
            writeCurrency(draft, currency);
        }
    }

    private static void writeRevenue(Draft draft, Kind kind, BigDecimal revenue) {
        String reason = fault(kind, revenue);
        if (reason == null) {
            draft.form().add("revenue", revenue.toPlainString());
        } else {
            draft.refuse("revenue " + reason);
        }
    }

    private static @Nullable String fault(Kind kind, BigDecimal revenue) {
        if (revenue.signum() < 0) {
            return "must not be negative, but is " + shown(revenue) + ": refunds cannot be reported to Adjust";
        }
        if (kind == Kind.AD_REVENUE && revenue.signum() == 0) {
            return "must be more than 0, but is " + shown(revenue);
        }
        if (kind == Kind.PURCHASE && revenue.signum() == 0) {
            return "must be at least 0.001, but is " + shown(revenue)
                    + ": leave revenue and currency empty to report an event without money";
        }
        if (kind == Kind.PURCHASE && revenue.compareTo(SMALLEST) < 0) {
            return "must be at least 0.001, but is " + shown(revenue);
        }
        if (revenue.compareTo(LARGEST) > 0) {
            return "must be at most 100000000000, but is " + shown(revenue);
        }
        return revenue.scale() > MOST_DECIMALS ? "has more than " + MOST_DECIMALS + " decimals" : null;
    }

    private static void writeCurrency(Draft draft, String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        if (CURRENCIES.contains(code)) {
            draft.form().add("currency", code);
        } else {
            draft.refuse("currency must be a code of ISO 4217 such as EUR, but is " + Shown.value(currency));
        }
    }

    private static String shown(BigDecimal revenue) {
        boolean isShort = revenue.precision() <= 30 && Math.abs((long) revenue.scale()) <= 30;
        return isShort ? revenue.toPlainString() : "a number of " + revenue.precision() + " digits";
    }

    // The JDK's list, without the codes that are no money of any country (metals, test, "no currency", units of
    // account), and with codes that are younger than some of the JDKs we run on.
    private static Set<String> currencies() {
        Set<String> noMoney = Set.of(
                "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XFO", "XFU", "XPD", "XPT", "XSU", "XTS", "XUA",
                "XXX");
        return Stream.concat(
                        Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode),
                        Stream.of("SLE", "VED", "XCG", "ZWG"))
                .filter(code -> !noMoney.contains(code))
                .collect(Collectors.toUnmodifiableSet());
    }
}
