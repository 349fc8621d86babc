package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.page.Chart.Series;
import io.adjustbatch.audit.page.Chart.Shape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** How fast a run went, by its whole minutes; those without any answer are among them. */
final class Pace {

    private static final int LISTED = 10;
    private static final Comparator<Minute> SLOWEST_FIRST =
            Comparator.comparingLong(Minute::rows).thenComparing(Minute::begin);

    private record Minute(Instant begin, long rows) {}

    private final List<Minute> minutes;

    private Pace(List<Minute> minutes) {
        this.minutes = minutes;
    }

    /** Of a period nothing is said. */
    static Pace of(PageRows rows) {
        return new Pace(wholeMinutes(rows.minutes()));
    }

    /** The first and the last minute were not whole ones. */
    private static List<Minute> wholeMinutes(SortedMap<Instant, Long> rows) {
        List<Minute> minutes = new ArrayList<>();
        if (!rows.isEmpty()) {
            Instant begin = rows.firstKey().plus(1, ChronoUnit.MINUTES);
            for (Instant minute = begin; minute.isBefore(rows.lastKey()); minute = minute.plus(1, ChronoUnit.MINUTES)) {
                minutes.add(new Minute(minute, rows.getOrDefault(minute, 0L)));
            }
        }
        return minutes;
    }

    private boolean saysSomething() {
        return minutes.size() >= 2;
    }

    /** The pace from beginning to end; nothing for a run that was over within two whole minutes. */
    Optional<Chart> chart() {
        if (!saysSomething()) {
            return Optional.empty();
        }
        return Optional.of(new Chart(
                "Rows answered a minute",
                "",
                Shape.LINE,
                minutes.stream()
                        .map(minute -> Figures.time(minute.begin()).substring(0, "2026-01-31 12:00".length()))
                        .toList(),
                List.of(Series.of(
                        "Rows answered",
                        "accent",
                        minutes.stream()
                                .map(minute -> BigDecimal.valueOf(minute.rows()))
                                .toList(),
                        Figures::money))));
    }

    /** The slowest minutes beside the middle one and the fastest; empty likewise. */
    PageTable table() {
        List<Minute> sorted = minutes.stream().sorted(SLOWEST_FIRST).toList();
        PageTable table = new PageTable(
                "pace",
                "Slowest minutes",
                saysSomething() ? note(sorted) : "",
                List.of(
                        PageTable.text("Minute (UTC)"),
                        PageTable.number("Rows answered"),
                        PageTable.number("Rows a second")));
        if (saysSomething()) {
            sorted.stream()
                    .limit(LISTED)
                    .forEach(minute -> table.add(
                            Figures.time(minute.begin()),
                            Figures.number(minute.rows()),
                            String.format(Locale.ROOT, "%,.1f", minute.rows() / 60.0)));
        }
        return table;
    }

    private static String note(List<Minute> sorted) {
        return "Of %s whole minutes; in the middle one %s were answered, in the fastest %s."
                .formatted(
                        Figures.number(sorted.size()),
                        Figures.rows(sorted.get(sorted.size() / 2).rows()),
                        Figures.rows(sorted.get(sorted.size() - 1).rows()));
    }
}
