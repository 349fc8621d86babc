package io.adjustbatch.audit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Stacked bars, one a day, as the template draws them: a day is ten units wide, and the height of the plot is a hundred.
 *
 * @param top the value at the upper edge, in words; {@code middle} that of half the height
 * @param width of the plot in units
 */
record BarChart(
        String title,
        String note,
        String top,
        String middle,
        String first,
        String last,
        int width,
        List<Key> keys,
        List<Bar> bars) {

    private static final int LONGEST = 92;
    private static final int SHORTEST = 14;
    private static final int SLOT = 10;
    private static final BigDecimal HEIGHT = new BigDecimal(100);

    /** One colour. */
    record Key(String style, String words) {}

    /** One day; {@code title} has its values in words. */
    record Bar(int x, String title, List<Part> parts) {}

    /** One value of a bar. */
    record Part(String style, String y, String height) {}

    /**
     * Draws the days from the first to the last, at least {@value #SHORTEST} and at most the last {@value #LONGEST} of them.
     *
     * @param keys the parts of a bar, the lowest first
     * @param days their values, in the order of the keys
     * @param words how a value is written
     * @return nothing if there are not two days to compare
     */
    static Optional<BarChart> of(
            String title,
            List<Key> keys,
            SortedMap<LocalDate, List<BigDecimal>> days,
            Function<BigDecimal, String> words) {
        if (days.size() < 2) {
            return Optional.empty();
        }
        LocalDate last = days.lastKey();
        LocalDate beginning = last.minusDays(LONGEST - 1L);
        LocalDate latestFirst = last.minusDays(SHORTEST - 1L);
        LocalDate first = days.firstKey().isBefore(beginning) ? beginning : days.firstKey();
        if (first.isAfter(latestFirst)) {
            first = latestFirst;
        }
        SortedMap<LocalDate, List<BigDecimal>> shown = days.tailMap(first);
        BigDecimal top = roundUp(shown.values().stream()
                .map(BarChart::total)
                .max(BigDecimal::compareTo)
                .orElseThrow());
        int slots = Math.toIntExact(ChronoUnit.DAYS.between(first, last)) + 1;
        return Optional.of(new BarChart(
                title,
                first.equals(beginning) && days.firstKey().isBefore(first)
                        ? "the last " + LONGEST + " days; the table has them all"
                        : "",
                words.apply(top),
                words.apply(top.divide(BigDecimal.valueOf(2))),
                first.toString(),
                last.toString(),
                slots * SLOT,
                used(keys, shown),
                bars(first, keys, shown, top, words)));
    }

    private static List<Key> used(List<Key> keys, SortedMap<LocalDate, List<BigDecimal>> days) {
        return IntStream.range(0, keys.size())
                .filter(i ->
                        days.values().stream().anyMatch(values -> values.get(i).signum() != 0))
                .mapToObj(keys::get)
                .toList();
    }

    private static List<Bar> bars(
            LocalDate first,
            List<Key> keys,
            SortedMap<LocalDate, List<BigDecimal>> days,
            BigDecimal top,
            Function<BigDecimal, String> words) {
        return days.entrySet().stream()
                .map(day -> new Bar(
                        Math.toIntExact(ChronoUnit.DAYS.between(first, day.getKey())) * SLOT + 1,
                        title(day, keys, words),
                        parts(keys, day.getValue(), top)))
                .toList();
    }

    private static String title(
            Map.Entry<LocalDate, List<BigDecimal>> day, List<Key> keys, Function<BigDecimal, String> words) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (day.getValue().get(i).signum() != 0) {
                values.add(
                        keys.get(i).words() + " " + words.apply(day.getValue().get(i)));
            }
        }
        return day.getKey() + ": " + String.join(", ", values);
    }

    private static List<Part> parts(List<Key> keys, List<BigDecimal> values, BigDecimal top) {
        List<Part> parts = new ArrayList<>();
        BigDecimal y = HEIGHT;
        for (int i = 0; i < keys.size(); i++) {
            BigDecimal height =
                    values.get(i).max(BigDecimal.ZERO).multiply(HEIGHT).divide(top, 2, RoundingMode.HALF_UP);
            if (height.signum() > 0) {
                y = y.subtract(height);
                parts.add(new Part(keys.get(i).style(), y.toPlainString(), height.toPlainString()));
            }
        }
        return parts;
    }

    /** What does not grow upwards, such as a negative amount that was refused, is left to the table. */
    private static BigDecimal total(List<BigDecimal> values) {
        return values.stream().map(value -> value.max(BigDecimal.ZERO)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The next of 1, 2, 4, 5, 6, 8 and 10 times a power of ten; 1 for nothing: 37 gives 40, and 0.0012 gives 0.002. */
    private static BigDecimal roundUp(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ONE;
        }
        BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(value.precision() - value.scale() - 1);
        for (int step : new int[] {1, 2, 4, 5, 6, 8}) {
            if (power.multiply(BigDecimal.valueOf(step)).compareTo(value) >= 0) {
                return power.multiply(BigDecimal.valueOf(step), MathContext.UNLIMITED);
            }
        }
        return power.scaleByPowerOfTen(1);
    }

    /** What the chart shows, for those who do not see it. */
    String summary() {
        return "%s: stacked bars from %s to %s, up to %s: %s. The table below has the figures."
                .formatted(
                        title, first, last, top, keys.stream().map(Key::words).collect(Collectors.joining(", ")));
    }
}
