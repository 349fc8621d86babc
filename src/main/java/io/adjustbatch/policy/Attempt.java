package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that has come to its end, with what the row had met before.
 *
 * @param kind of the row
 * @param outcome what became of it
 * @param previousClass of the attempt before; null if this is the first
 * @param previousTries how many attempts in a row had ended in {@code previousClass}
 * @param endedAt when the outcome was known
 */
public record Attempt(
        Kind kind, Outcome outcome, @Nullable ErrorClass previousClass, int previousTries, Instant endedAt) {

    /** Attempts in a row, this one included, that ended in this outcome's class. A throttled one is not a try. */
    int tries() {
        if (outcome.errorClass() == ErrorClass.THROTTLED) {
            return 0;
        }
        return outcome.errorClass() == previousClass ? previousTries + 1 : 1;
    }
}
