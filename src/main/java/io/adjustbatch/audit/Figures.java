package io.adjustbatch.audit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How figures are written for people: the same on every machine, whatever its language. */
public final class Figures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int CENTS = 2;

    private Figures() {}

    /** {@code 1,234,567}. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row} or {@code 1,234 rows}. */
    public static String rows(long rows) {
        return rows == 1 ? "1 row" : number(rows) + " rows";
    }

    /** {@code 1,234.50}: exact; zeros beyond the cents, which say nothing, are left out. */
    public static String money(BigDecimal amount) {
        BigDecimal shortest = amount.stripTrailingZeros();
        int scale = Math.max(shortest.scale(), Math.min(CENTS, Math.max(0, amount.scale())));
        String plain = shortest.setScale(scale).toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        return grouped(whole) + (point < 0 ? "" : plain.substring(point));
    }

    /** {@code 9.99 EUR, 5 USD and 3 more currencies}; empty if there is none. */
    public static String money(Tally tally, int currencies) {
        List<String> lines = moneyLines(tally, currencies);
        int named = Math.min(currencies, tally.money().size());
        return String.join(", ", lines.subList(0, named)) + (lines.size() > named ? " and " + lines.get(named) : "");
    }

    /** The same with a line for each currency, and one for all others. */
    public static List<String> moneyLines(Tally tally, int currencies) {
        List<String> lines = tally.money().entrySet().stream()
                .limit(currencies)
                .map(entry -> money(entry.getValue()) + " " + currency(entry.getKey()))
                .collect(Collectors.toCollection(ArrayList::new));
        int more = tally.money().size() - lines.size();
        if (more > 0) {
            lines.add(more + (more == 1 ? " more currency" : " more currencies"));
        }
        return lines;
    }

    /** The currency, or words for its absence. */
    public static String currency(String currency) {
        return currency.isEmpty() ? "(no currency)" : currency;
    }

    /** To the second, UTC; empty for null. */
    public static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** {@code 12.3 s}, {@code 4 min 5 s} or {@code 2 h 3 min}. */
    public static String duration(Duration duration) {
        if (duration.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        Duration whole = duration.truncatedTo(ChronoUnit.SECONDS);
        return whole.toHours() < 1
                ? whole.toMinutes() + " min " + whole.toSecondsPart() + " s"
                : whole.toHours() + " h " + whole.toMinutesPart() + " min";
    }

    /** At most that many characters, the last of them an ellipsis if it was longer; empty for null. */
    public static String brief(@Nullable String text, int most) {
        if (text == null || text.codePointCount(0, text.length()) <= most) {
            return text == null ? "" : text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static String grouped(String whole) {
        boolean negative = whole.startsWith("-");
        StringBuilder digits = new StringBuilder(negative ? whole.substring(1) : whole);
        for (int place = digits.length() - 3; place > 0; place -= 3) {
            digits.insert(place, ',');
        }
        return negative ? digits.insert(0, '-').toString() : digits.toString();
    }
}
