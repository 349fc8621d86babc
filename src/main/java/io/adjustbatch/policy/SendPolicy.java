package io.adjustbatch.policy;

import static io.adjustbatch.policy.Action.ACCEPT;
import static io.adjustbatch.policy.Action.DEFER;
import static io.adjustbatch.policy.Action.HALT;
import static io.adjustbatch.policy.Action.IN_DOUBT;
import static io.adjustbatch.policy.Action.REJECT;
import static io.adjustbatch.policy.Action.RETRY;
import static io.adjustbatch.policy.Action.SUPPRESS;

import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of "and now?": neither the HTTP client nor the step tries anything again on its own. Holds no state;
 * threads may share it.
 */
public final class SendPolicy {

    private static final int RETRIES = 3;
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2);
    private static final List<Duration> DEVICE_UNKNOWN_WAITS =
            List.of(Duration.ofHours(6), Duration.ofHours(24), Duration.ofHours(72), Duration.ofHours(168));

    private final RandomGenerator random;

    /** @param random spreads the waits; shared by all threads that call {@link #decide} */
    public SendPolicy(RandomGenerator random) {
        this.random = random;
    }

    /** What to do about an attempt. Never throws. */
    public Decision decide(Attempt attempt) {
        int tries = attempt.tries();
        return switch (attempt.outcome().errorClass()) {
            case DELIVERED -> settled(ACCEPT, tries);
            case DUPLICATE -> settled(Action.DUPLICATE, tries);
            case ROW_FAULT -> settled(REJECT, tries);
            case OPTED_OUT -> settled(SUPPRESS, tries);
            case EVENT_TOKEN_FAULT, APP_FAULT, AUTH_FAULT -> settled(HALT, tries);
            case DEVICE_UNKNOWN -> deferOrReject(attempt.endedAt(), tries);
            case THROTTLED -> retry(attempt, tries);
            case UNAVAILABLE, SERVER_ERROR, UNRECOGNIZED -> retryOrDefer(attempt, tries);
            case AMBIGUOUS -> attempt.kind() == Kind.SESSION ? retryOrDefer(attempt, tries) : settled(IN_DOUBT, tries);
            case INVALID_ROW, TOO_OLD, REPEATED_TRANSACTION, SUPPRESSED_LOCALLY, NOT_YET_DUE ->
                throw localClass(attempt);
        };
    }

    private static IllegalArgumentException localClass(Attempt attempt) {
        return new IllegalArgumentException(
                "an attempt cannot end in " + attempt.outcome().errorClass());
    }

    private static Decision settled(Action action, int tries) {
        return new Decision(action, tries, null, null);
    }

    private static Decision deferOrReject(Instant now, int tries) {
        if (tries > DEVICE_UNKNOWN_WAITS.size()) {
            return new Decision(
                    REJECT, tries, null, "the device was still unknown to Adjust after " + tries + " tries");
        }
        return new Decision(DEFER, tries, now.plus(DEVICE_UNKNOWN_WAITS.get(tries - 1)), null);
    }

    private Decision retryOrDefer(Attempt attempt, int tries) {
        if (tries > RETRIES) {
            return new Decision(DEFER, tries, attempt.endedAt(), "left to the next run after " + tries + " tries");
        }
        return retry(attempt, tries);
    }

    private Decision retry(Attempt attempt, int tries) {
        Duration wait = longer(BACKOFF.after(tries, random), attempt.outcome());
        return new Decision(RETRY, tries, attempt.endedAt().plus(wait), null);
    }

    private static Duration longer(Duration backoff, Outcome outcome) {
        @Nullable Duration asked = outcome.retryAfter();
        return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
    }
}
