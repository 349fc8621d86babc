package io.adjustbatch.audit.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A chart of the page, as the page's script hands it to the charting library. A table beside it has the same figures, for
 * those who do not see it.
 *
 * @param note what a reader should know of it; empty if nothing
 * @param shape how its values are drawn
 * @param labels what stands below the values
 * @param series the lowest first
 */
record Chart(String title, String note, Shape shape, List<String> labels, List<Series> series) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** How values are drawn. */
    enum Shape {
        /** Those of one label on top of each other. */
        BARS,
        /** One after the other. */
        LINE
    }

    /**
     * One value for each label.
     *
     * @param style the name of its colour in the page's style sheet, without the two dashes
     * @param values what is drawn
     * @param words the same as people read them, exact
     */
    record Series(String name, String style, List<BigDecimal> values, List<String> words) {

        static Series of(String name, String style, List<BigDecimal> values, Function<BigDecimal, String> words) {
            return new Series(name, style, values, values.stream().map(words).toList());
        }

        boolean isNothing() {
            return values.stream().allMatch(value -> value.signum() == 0);
        }
    }

    Chart {
        labels = List.copyOf(labels);
        series = series.stream().filter(one -> !one.isNothing()).toList();
    }

    /** What the chart shows, for those who do not see it. */
    String summary() {
        return "%s: %s from %s to %s: %s. The table below has the figures."
                .formatted(
                        title,
                        shape == Shape.BARS ? "stacked bars" : "a line",
                        labels.get(0),
                        labels.get(labels.size() - 1),
                        series.stream().map(Series::name).collect(Collectors.joining(", ")));
    }

    /** What the script needs, as JSON that can stand in a page: it cannot end the element that it stands in. */
    String json() {
        return JSON.writeValueAsString(new Data(shape, labels, series)).replace("<", "\\u003c");
    }

    private record Data(Shape shape, List<String> labels, List<Series> series) {}
}
