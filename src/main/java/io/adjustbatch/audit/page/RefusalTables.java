package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.Share;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.ledger.RowState;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Why rows were refused or are open: by cause, and refusals by class over the days that their rows occurred on. */
final class RefusalTables {

    private static final int CLASSES = 6;
    private static final int LINES = 500;
    private static final int CURRENCIES = 3;
    private static final String OTHERS = "Other classes";

    private RefusalTables() {}

    /** A line for each cause, the most frequent first. */
    static PageTable causes(Account account) {
        PageTable table = new PageTable(
                "causes",
                "Why rows were not sent",
                null,
                List.of(
                        PageTable.text("Class"),
                        PageTable.text("State"),
                        PageTable.text("Answer"),
                        PageTable.text("Status"),
                        PageTable.number("Rows"),
                        PageTable.number("Money")));
        tallies(account).entrySet().stream()
                .sorted(Map.Entry.<Share, Tally>comparingByValue(
                                Comparator.comparingLong(Tally::rows).reversed())
                        .thenComparing(Map.Entry.comparingByKey(Share.ORDER)))
                .limit(LINES)
                .forEach(cause -> table.add("", cells(cause.getKey(), cause.getValue())));
        return table;
    }

    /** The classes of most refusals, over the days. */
    static Optional<Chart> chart(PageRows rows) {
        List<String> classes = classes(rows);
        List<DayCharts.Key> keys = IntStream.range(0, classes.size())
                .mapToObj(i -> new DayCharts.Key(
                        classes.get(i), "class-" + (classes.get(i).equals(OTHERS) ? "other" : i)))
                .toList();
        SortedMap<LocalDate, List<BigDecimal>> days = new TreeMap<>();
        byDay(rows, classes).forEach((day, counts) -> {
            if (!day.equals(LocalDate.MIN)) {
                days.put(day, counts.stream().map(BigDecimal::valueOf).toList());
            }
        });
        return DayCharts.of("Refusals by class", keys, days, Figures::money);
    }

    /** A line for each day, a column for each of those classes. */
    static PageTable byDay(PageRows rows) {
        List<String> classes = classes(rows);
        NavigableMap<LocalDate, List<Long>> days = byDay(rows, classes);
        PageTable table = new PageTable(
                "refusals-by-day",
                "Refusals by class and day",
                days.size() > LINES
                        ? "The newest " + Figures.number(LINES) + " days; rejected.csv has every row."
                        : null,
                PageTable.columns(PageTable.text("Day"), classes.stream().map(PageTable::number)));
        days.descendingMap().entrySet().stream().limit(LINES).forEach(day -> {
            List<String> cells = new ArrayList<>();
            cells.add(
                    day.getKey().equals(LocalDate.MIN)
                            ? "(no time)"
                            : day.getKey().toString());
            day.getValue().forEach(count -> cells.add(Figures.number(count)));
            table.add("", cells);
        });
        return table;
    }

    private static Map<Share, Tally> tallies(Account account) {
        Map<Share, Tally> tallies = new LinkedHashMap<>();
        account.kinds().stream()
                .flatMap(kind -> Stream.concat(kind.settled().stream(), kind.open().stream()))
                .filter(share -> share.state() != RowState.SENT && share.errorClass() != null)
                .forEach(share -> tallies.merge(share.with(Tally.NONE), share.tally(), Tally::plus));
        return tallies;
    }

    private static List<String> cells(Share cause, Tally tally) {
        return List.of(
                Objects.requireNonNullElse(cause.errorClass(), ""),
                AccountTables.words(cause.state()),
                Objects.requireNonNullElse(cause.message(), ""),
                cause.httpStatus() == null ? "" : cause.httpStatus().toString(),
                Figures.number(tally.rows()),
                Figures.money(tally, CURRENCIES));
    }

    /** The most frequent first; a last one stands for all others. */
    private static List<String> classes(PageRows rows) {
        Map<String, Long> counts = new HashMap<>();
        rows.causes().byKey().forEach((cause, sum) -> counts.merge(cause.errorClass(), sum.rows(), Long::sum));
        List<String> classes = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        return classes.size() <= CLASSES
                ? classes
                : Stream.concat(classes.stream().limit(CLASSES), Stream.of(OTHERS))
                        .toList();
    }

    private static NavigableMap<LocalDate, List<Long>> byDay(PageRows rows, List<String> classes) {
        NavigableMap<LocalDate, List<Long>> days = new TreeMap<>();
        rows.causes().byKey().forEach((cause, sum) -> {
            List<Long> counts = days.computeIfAbsent(
                    Objects.requireNonNullElse(cause.day(), LocalDate.MIN),
                    day -> new ArrayList<>(
                            Stream.generate(() -> 0L).limit(classes.size()).toList()));
            int known = classes.indexOf(cause.errorClass());
            int place = known < 0 ? classes.size() - 1 : known;
            counts.set(place, counts.get(place) + sum.rows());
        });
        return days;
    }
}
