package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of "and now?": neither the HTTP client nor the step tries anything again on its own. Holds no state;
 * threads may share it.
 */
public final class SendPolicy {

    private final Rules rules;
    private final RandomGenerator random;

    /** @param random spreads the waits; shared by all threads that call {@link #decide} */
    public SendPolicy(Rules rules, RandomGenerator random) {
        this.rules = rules;
        this.random = random;
    }

    /** What it follows. */
    public Rules rules() {
        return rules;
    }

    /** What to do about an attempt. Never throws. */
    public Decision decide(Attempt attempt) {
        Rule rule = rules.rule(attempt.outcome().errorClass(), attempt.kind());
        Action action = Objects.requireNonNull(rule.action());
        return switch (action) {
            case DEFER -> defer(rule, attempt);
            case RETRY -> retry(rule, attempt);
            case ACCEPT, DUPLICATE, REJECT, IN_DOUBT, SUPPRESS, HALT_EVENT_TOKEN, HALT_APP, HALT_ENDPOINT, HALT_RUN ->
                new Decision(action, attempt.tries(), null, null);
        };
    }

    /** What is not the row's fault never uses it up: only its age ends it. */
    private static Decision defer(Rule rule, Attempt attempt) {
        int tries = attempt.tries();
        if (tries >= rule.attempts() && isAboutRow(attempt.outcome().errorClass())) {
            return new Decision(
                    Action.REJECT, tries, null, usedUp(attempt.outcome().errorClass(), tries));
        }
        Duration wait = longer(rule.deferral(Math.max(1, tries)), attempt.outcome());
        return new Decision(Action.DEFER, tries, attempt.endedAt().plus(wait), null);
    }

    /** A row that is left to the next run has all its attempts again there. */
    private Decision retry(Rule rule, Attempt attempt) {
        int tries = attempt.tries();
        if (tries >= rule.attempts()) {
            return new Decision(Action.DEFER, 0, attempt.endedAt(), "left to the next run after " + tries + " tries");
        }
        Duration wait = longer(rule.backoff().after(tries, random), attempt.outcome());
        return new Decision(Action.RETRY, tries, attempt.endedAt().plus(wait), null);
    }

    private static boolean isAboutRow(ErrorClass errorClass) {
        return errorClass == ErrorClass.DEVICE_UNKNOWN || errorClass == ErrorClass.ROW_FAULT;
    }

    private static String usedUp(ErrorClass errorClass, int tries) {
        return errorClass == ErrorClass.DEVICE_UNKNOWN
                ? "the device was still unknown to Adjust after " + tries + " tries"
                : "refused by Adjust " + tries + " times";
    }

    private static Duration longer(Duration backoff, Outcome outcome) {
        @Nullable Duration asked = outcome.retryAfter();
        return asked != null && asked.compareTo(backoff) > 0 ? asked : backoff;
    }
}
