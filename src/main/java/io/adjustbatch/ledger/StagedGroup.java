package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Rows that belong together in the books: what staging counts in one total.
 *
 * @param appToken null if the rows have none; so with the others
 * @param eventToken null also for kinds that have none
 * @param utcDay on which they occurred; null if the warehouse has no finite time
 */
public record StagedGroup(
        Kind kind,
        @Nullable String appToken,
        @Nullable String environment,
        @Nullable String eventToken,
        @Nullable String currency,
        @Nullable LocalDate utcDay) {

    /** The group in words. */
    public String words() {
        return "%s of app %s, %s, event token %s, %s, %s"
                .formatted(
                        kind.key(),
                        words(appToken),
                        words(environment),
                        words(eventToken),
                        words(currency),
                        words(utcDay));
    }

    private static Object words(@Nullable Object value) {
        return value == null ? "none" : value;
    }
}
