package io.adjustbatch.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** How fast a run went: its slowest whole minutes beside the middle one and the fastest. */
final class PaceTable {

    private static final int LISTED = 10;

    private PaceTable() {}

    private record Minute(Instant begin, long rows) {}

    /** Empty for a period, and for a run that was over within two whole minutes. */
    static PageTable of(Account account, PageRows rows) {
        if (!(account instanceof RunSummary run)) {
            return table("");
        }
        List<Minute> minutes = wholeMinutes(rows.minutes(run.run().runId()));
        if (minutes.size() < 2) {
            return table("");
        }
        PageTable table = table("Of %s whole minutes; in the middle one %s were answered, in the fastest %s."
                .formatted(
                        Figures.number(minutes.size()),
                        Figures.rows(minutes.get(minutes.size() / 2).rows()),
                        Figures.rows(minutes.get(minutes.size() - 1).rows())));
        minutes.stream()
                .limit(LISTED)
                .forEach(minute -> table.add(
                        Figures.time(minute.begin()),
                        Figures.number(minute.rows()),
                        String.format(Locale.ROOT, "%,.1f", minute.rows() / 60.0)));
        return table;
    }

    private static PageTable table(String note) {
        return new PageTable(
                "pace",
                "Slowest minutes",
                note,
                List.of(
                        PageTable.text("Minute (UTC)"),
                        PageTable.number("Rows answered"),
                        PageTable.number("Rows a second")));
    }

    /** The slowest first, minutes without any answer among them; the first and the last minute were not whole ones. */
    private static List<Minute> wholeMinutes(SortedMap<Instant, Long> rows) {
        List<Minute> minutes = new ArrayList<>();
        if (!rows.isEmpty()) {
            Instant begin = rows.firstKey().plus(1, ChronoUnit.MINUTES);
            for (Instant minute = begin; minute.isBefore(rows.lastKey()); minute = minute.plus(1, ChronoUnit.MINUTES)) {
                minutes.add(new Minute(minute, rows.getOrDefault(minute, 0L)));
            }
        }
        minutes.sort(Comparator.comparingLong(Minute::rows).thenComparing(Minute::begin));
        return minutes;
    }
}
