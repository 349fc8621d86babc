package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import java.time.Duration;

/**
 * How many requests may be on the wire: slow start, then additive increase and multiplicative decrease, as TCP does it
 * (RFC 5681, section 3.1). It doubles with every window of good answers until the first sign of congestion, halves with
 * each such sign, and from then on grows by one with every window of good answers. Signs of congestion are HTTP 429 and
 * 503, no answer, and answers that on average take far longer than they did. For one thread at a time.
 */
public final class CongestionWindow {

    private static final int INITIAL = 16;

    /** With fewer, a pause after HTTP 429 would find out too little. */
    private static final int LEAST = 4;

    /** Weight of one answer in the mean of the latest ones. */
    private static final double RECENT = 1.0 / 64;

    /** Weight of one answer in the mean against which the latest ones are held. */
    private static final double USUAL = 1.0 / 4096;

    /** The latest answers take so many times longer than usual: a queue builds up at the other end. */
    private static final double TOO_LONG = 3;

    /** Below this, differences come from our own machine. */
    private static final Duration NEVER_TOO_LONG = Duration.ofMillis(250);

    private final int maximum;
    private double size;
    private double threshold;
    private double recentMillis;
    private double usualMillis;
    private long answersSinceDecrease;

    /** @param maximum {@code adjust.max-in-flight}, at least 1 */
    public CongestionWindow(int maximum) {
        this.maximum = maximum;
        this.size = Math.min(INITIAL, maximum);
        this.threshold = maximum;
        this.answersSinceDecrease = maximum;
    }

    /** How many requests may be on the wire now; at least 4, or the maximum. */
    public int size() {
        return (int) size;
    }

    /** Takes note of an answer, or of its absence, and of the time from the request to it. */
    public void note(Outcome outcome, Duration latency) {
        answersSinceDecrease++;
        ErrorClass errorClass = outcome.errorClass();
        if (errorClass == ErrorClass.THROTTLED
                || errorClass == ErrorClass.UNAVAILABLE
                || errorClass == ErrorClass.AMBIGUOUS) {
            decrease();
        } else if (outcome.httpStatus() != null) {
            answered(latency.toNanos() / 1e6);
        }
    }

    private void answered(double millis) {
        usualMillis = usualMillis == 0 ? millis : usualMillis + (millis - usualMillis) * USUAL;
        recentMillis = recentMillis == 0 ? millis : recentMillis + (millis - recentMillis) * RECENT;
        if (recentMillis > NEVER_TOO_LONG.toMillis() && recentMillis > TOO_LONG * usualMillis) {
            decrease();
        } else {
            size = Math.min(maximum, size < threshold ? size + 1 : size + 1 / size);
        }
    }

    /** Once a window: all requests that were on the wire together are one sign. */
    private void decrease() {
        if (answersSinceDecrease >= size) {
            size = Math.max(Math.min(LEAST, maximum), size / 2);
            threshold = size;
            answersSinceDecrease = 0;
        }
    }
}
