package io.adjustbatch.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one outcome.
 *
 * @param action what to do
 * @param tries how many attempts in a row, this one included, have ended in the outcome's class
 * @param nextAttemptAt when the row may go again; set if and only if the action is {@link Action#RETRY} or
 *     {@link Action#DEFER}
 * @param reason why, for a person; null if the outcome says it all
 */
public record Decision(
        Action action,
        int tries,
        @Nullable Instant nextAttemptAt,
        @Nullable String reason) {

    public Decision {
        if (action.sendsAgain() != (nextAttemptAt != null)) {
            throw new IllegalArgumentException(action + " with next attempt at " + nextAttemptAt);
        }
    }
}
