package io.adjustbatch.job;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.warehouse.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the next run would do with the rows that it would find, if it started now and Adjust took all it was sent.
 *
 * @param tallies rows and money, by what would become of them
 * @param examples of each class the ten rows with the lowest ids that would be refused
 */
public record Forecast(SortedMap<Fate, Tally> tallies, List<Example> examples) {

    /** What would become of a row. */
    public enum Prospect {
        /** It would be sent. */
        SENT,
        /** It would be refused without being sent. */
        REFUSED,
        /** It would stay open: its time has not come, or it waits for another row. */
        WAITING,
        /** A first staging would leave it in the warehouse: too old, or before {@code warehouse.since}. */
        LEFT_OUT
    }

    /**
     * What rows have in common.
     *
     * @param errorClass why they are not sent; null where that is said already
     */
    public record Fate(
            Kind kind, Prospect prospect, @Nullable ErrorClass errorClass) implements Comparable<Fate> {

        private static final Comparator<Fate> ORDER = Comparator.comparing(Fate::kind)
                .thenComparing(Fate::prospect)
                .thenComparing(Fate::errorClass, Comparator.nullsFirst(Comparator.naturalOrder()));

        @Override
        public int compareTo(Fate other) {
            return ORDER.compare(this, other);
        }
    }

    /** A row that would be refused, and why. */
    public record Example(Kind kind, long rowId, ErrorClass errorClass, String reason) {}

    /** All rows of a prospect, over all kinds. */
    public Tally of(Prospect prospect) {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().prospect() == prospect)
                .map(Map.Entry::getValue)
                .reduce(Tally.NONE, Tally::plus);
    }
}
