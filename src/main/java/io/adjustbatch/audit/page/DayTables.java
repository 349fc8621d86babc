package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.page.PageRows.Slot;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows and money by the day that they occurred on. */
final class DayTables {

    private static final int CHARTS = 3;
    private static final List<DayCharts.Key> KEYS = Stream.of(Fate.values())
            .map(fate -> new DayCharts.Key(fate.words(), fate.style()))
            .toList();

    private final PageRows rows;

    DayTables(PageRows rows) {
        this.rows = rows;
    }

    /** Rows of all kinds, then money: the currencies of most rows. */
    List<Chart> charts() {
        Stream<Optional<Chart>> rowsByDay = Stream.of(chart(
                "Rows by day",
                slot -> true,
                (sum, fate) -> BigDecimal.valueOf(sum.rows(fate)),
                value -> Figures.money(value)));
        Stream<Optional<Chart>> money = busiestCurrencies().stream()
                .map(currency -> chart(
                        Figures.currency(currency) + " by day",
                        slot -> currency.equals(slot.currency()),
                        Sum::money,
                        Figures::money));
        return Stream.concat(rowsByDay, money).flatMap(Optional::stream).toList();
    }

    /** The newest days, a line for each with its rows. */
    PageTable rowsByDay() {
        PageTable table = new PageTable(
                "rows-by-day",
                "Rows by day",
                Listing.note(byDay(slot -> true).size(), rows.days(), "days"),
                columns(PageTable.text("Day")));
        byDay(slot -> true).descendingMap().entrySet().stream()
                .limit(Listing.LINES)
                .forEach(day -> table.add("", cells(List.of(words(day.getKey())), day.getValue(), DayTables::rows)));
        return table;
    }

    /** The newest days, a line for each currency. */
    PageTable moneyByDay() {
        List<Map.Entry<Slot, Sum>> lines = rows.days().byKey().entrySet().stream()
                .filter(entry -> entry.getKey().currency() != null)
                .sorted(Map.Entry.comparingByKey(newestFirst()))
                .toList();
        PageTable table = new PageTable(
                "money-by-day",
                "Money by day and currency",
                Listing.note(lines.size(), rows.days(), "days"),
                Stream.concat(
                                Stream.of(PageTable.text("Day"), PageTable.text("Currency")),
                                columns(PageTable.number("Rows")).stream())
                        .toList());
        lines.stream()
                .limit(Listing.LINES)
                .forEach(line -> table.add(
                        "",
                        cells(
                                List.of(
                                        words(line.getKey().day()),
                                        Figures.currency(Objects.requireNonNull(
                                                line.getKey().currency())),
                                        Figures.number(line.getValue().rows())),
                                line.getValue(),
                                DayTables::money)));
        return table;
    }

    private Optional<Chart> chart(
            String title,
            Predicate<Slot> chosen,
            BiFunction<Sum, Fate, BigDecimal> value,
            Function<BigDecimal, String> words) {
        SortedMap<LocalDate, List<BigDecimal>> days = new TreeMap<>();
        byDay(chosen).forEach((day, sum) -> {
            if (!day.equals(LocalDate.MIN)) {
                days.put(
                        day,
                        Stream.of(Fate.values())
                                .map(fate -> value.apply(sum, fate))
                                .toList());
            }
        });
        return DayCharts.of(title, KEYS, days, words);
    }

    /** Rows without a time stand before all days. */
    private NavigableMap<LocalDate, Sum> byDay(Predicate<Slot> chosen) {
        NavigableMap<LocalDate, Sum> days = new TreeMap<>();
        rows.days().byKey().forEach((slot, sum) -> {
            if (chosen.test(slot)) {
                days.computeIfAbsent(Objects.requireNonNullElse(slot.day(), LocalDate.MIN), day -> new Sum())
                        .add(sum);
            }
        });
        return days;
    }

    private List<String> busiestCurrencies() {
        Map<String, Long> counts = new HashMap<>();
        rows.days().byKey().forEach((slot, sum) -> {
            if (slot.currency() != null) {
                counts.merge(slot.currency(), sum.rows(), Long::sum);
            }
        });
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(CHARTS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Comparator<Slot> newestFirst() {
        return Comparator.comparing(Slot::day, Comparator.nullsLast(Comparator.reverseOrder()))
                .thenComparing(Slot::currency, Comparator.nullsFirst(Comparator.naturalOrder()));
    }

    private static List<PageTable.Column> columns(PageTable.Column first) {
        return PageTable.columns(first, Stream.of(Fate.values()).map(fate -> PageTable.number(fate.words())));
    }

    private static List<String> cells(List<String> first, Sum sum, BiFunction<Sum, Fate, String> value) {
        return Stream.concat(first.stream(), Stream.of(Fate.values()).map(fate -> value.apply(sum, fate)))
                .toList();
    }

    private static String rows(Sum sum, Fate fate) {
        return Figures.number(sum.rows(fate));
    }

    private static String money(Sum sum, Fate fate) {
        return Figures.money(sum.money(fate));
    }

    private static String words(@Nullable LocalDate day) {
        return day == null || day.equals(LocalDate.MIN) ? "(no time)" : day.toString();
    }
}
