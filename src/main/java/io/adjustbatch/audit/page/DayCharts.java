package io.adjustbatch.audit.page;

import io.adjustbatch.audit.page.Chart.Series;
import io.adjustbatch.audit.page.Chart.Shape;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Charts over days, with the days that have nothing among them. */
final class DayCharts {

    private static final int LONGEST = 92;

    /** The name of a series and its colour, as {@link Series} has them. */
    record Key(String name, String style) {}

    private DayCharts() {}

    /**
     * Stacked bars from the first day to the last. If those are more than {@value #LONGEST}, as many that have the most in
     * them: a row with a time far off, as refused ones may have, does not push all others out.
     *
     * @param keys of the series, the lowest first
     * @param days their values, in the order of the keys
     * @param words how a value is written
     * @return nothing if there are not two days to compare
     */
    static Optional<Chart> of(
            String title,
            List<Key> keys,
            SortedMap<LocalDate, List<BigDecimal>> days,
            Function<BigDecimal, String> words) {
        if (days.size() < 2) {
            return Optional.empty();
        }
        boolean fits = days.firstKey().plusDays(LONGEST).isAfter(days.lastKey());
        SortedMap<LocalDate, List<BigDecimal>> fullest = fits ? days : fullest(days);
        List<LocalDate> shown =
                fullest.firstKey().datesUntil(fullest.lastKey().plusDays(1)).toList();
        List<BigDecimal> nothing =
                Stream.generate(() -> BigDecimal.ZERO).limit(keys.size()).toList();
        return Optional.of(new Chart(
                title,
                fits ? "" : "the fullest " + LONGEST + " days; the table has all",
                Shape.BARS,
                shown.stream().map(LocalDate::toString).toList(),
                IntStream.range(0, keys.size())
                        .mapToObj(i -> Series.of(
                                keys.get(i).name(),
                                keys.get(i).style(),
                                shown.stream()
                                        .map(day ->
                                                days.getOrDefault(day, nothing).get(i))
                                        .toList(),
                                words))
                        .toList()));
    }

    private static SortedMap<LocalDate, List<BigDecimal>> fullest(SortedMap<LocalDate, List<BigDecimal>> days) {
        return days.keySet().stream()
                .map(first -> days.subMap(first, first.plusDays(LONGEST)))
                .max(Comparator.comparing(DayCharts::total).thenComparing(shown -> shown.firstKey()))
                .orElseThrow();
    }

    private static BigDecimal total(SortedMap<LocalDate, List<BigDecimal>> days) {
        return days.values().stream()
                .flatMap(List::stream)
                .map(BigDecimal::abs)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
